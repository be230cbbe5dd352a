use chrono::TimeDelta;
use serde_json::{Value, json};
use simulator::{Account, BillingAccess, Options, Simulator};

use crate::support::{
    Caller, ENTRANCE, FLAT, TestClock, admin_codes, client_codes, start, visitor, visitor_of,
};

const ADMIN: &str = "/api/admin/v1/auth/token";
const CLIENT: &str = "/api/v1/token";

fn admin_credentials(simulator: &Simulator) -> Value {
    let admin = &simulator.options().admin;
    json!({"login": admin.login, "password": admin.password})
}

fn client_credentials(simulator: &Simulator) -> Value {
    let client = &simulator.options().client;
    json!({"login": client.login, "password": client.password})
}

fn token_of(answer: &Value) -> Option<String> {
    answer["access_token"].as_str().map(str::to_owned)
}

#[tokio::test]
async fn the_server_introduces_itself_to_anybody() {
    let simulator = start().await;
    let body = Caller::nobody(&simulator).get("/api/v1/static/basic").await.ok();
    assert_eq!((&body["is_captcha_available"], &body["version"]), (&json!(false), &json!("24.12.0.0")));
}

#[tokio::test]
async fn an_admin_token_works_until_it_expires() {
    let clock = TestClock::new();
    let simulator = Simulator::start(clock.options()).await.unwrap();
    let body = Caller::nobody(&simulator).post(ADMIN, &admin_credentials(&simulator)).await.ok();
    assert_eq!((&body["token_type"], &body["user"]["access_token_id"]), (&json!("Bearer"), &Value::Null));
    assert_eq!(body["expires_at"], "2026-12-21T12:00:00.000000Z");
    let admin = Caller::with(&simulator, token_of(&body));
    assert_eq!(admin.post(&admin_codes(ENTRANCE), &visitor_of(FLAT)).await.status, 200);
    clock.advance(TimeDelta::days(30));
    assert_eq!(admin.post(&admin_codes(ENTRANCE), &visitor_of(FLAT)).await.status, 401);
}

#[tokio::test]
async fn a_client_token_works_until_its_sign_out() {
    let simulator = start().await;
    let body = Caller::nobody(&simulator).post(CLIENT, &client_credentials(&simulator)).await.ok();
    assert!(body.get("expires_at").is_none());
    let client = Caller::with(&simulator, token_of(&body));
    assert_eq!(client.post(&client_codes(ENTRANCE), &visitor()).await.status, 200);
    assert_eq!(client.post("/api/v1/logout", &json!({"uuid": "desk"})).await.status, 204);
    assert_eq!(client.get("/api/v1/intercom").await.status, 401);
    assert_eq!(Caller::client(&simulator).get("/api/v1/intercom").await.status, 200);
}

#[tokio::test]
async fn wrong_credentials_are_refused_in_the_callers_language() {
    let simulator = start().await;
    for path in [ADMIN, CLIENT] {
        let wrong = json!({"login": "manager@lenina12.example", "password": "wrong"});
        let english = Caller::nobody(&simulator).post(path, &wrong).await.errors();
        let russian = Caller::nobody(&simulator).in_russian().post(path, &wrong).await.errors();
        assert_eq!(english["login"], json!(["These credentials do not match our records."]));
        assert_eq!(russian["login"], json!(["Неверное имя пользователя или пароль."]));
        assert_eq!(
            Caller::nobody(&simulator).post(path, &json!({})).await.refused_fields(),
            ["login", "password"]
        );
    }
}

#[tokio::test]
async fn a_call_without_a_living_token_is_unauthorized() {
    let simulator = start().await;
    for caller in [Caller::nobody(&simulator), Caller::with(&simulator, Some("invented".to_owned()))] {
        for path in ["/api/v1/intercom/codes", "/api/v1/intercom", "/api/admin/v1/intercoms/21/flats/501"] {
            let answer = caller.get(path).await;
            assert_eq!(answer.status, 401, "{path}");
            assert!(answer.json()["message"].is_string());
        }
        assert_eq!(caller.patch("/api/v1/billing/intercom-flats", &json!({})).await.status, 401);
    }
}

#[tokio::test]
async fn an_account_may_not_make_the_other_accounts_calls() {
    let simulator = start().await;
    assert_eq!(Caller::client(&simulator).post(&admin_codes(ENTRANCE), &visitor_of(FLAT)).await.status, 403);
    assert_eq!(Caller::admin(&simulator).post(&client_codes(ENTRANCE), &visitor()).await.status, 403);
    assert_eq!(
        Caller::client(&simulator).patch("/api/v1/billing/intercom-flats", &json!({})).await.status,
        403
    );
}

#[tokio::test]
async fn billing_takes_the_credential_it_was_set_to() {
    let request = json!({"intercom_id": ENTRANCE, "flat_id": FLAT, "is_analog_line_available": true});
    for billing in [BillingAccess::Open, BillingAccess::AdminToken, BillingAccess::OwnToken] {
        let simulator = Simulator::start(Options { billing, ..TestClock::new().options() }).await.unwrap();
        let own = Caller::with(&simulator, simulator.tokens().billing);
        let mut statuses = Vec::new();
        for caller in [Caller::nobody(&simulator), Caller::admin(&simulator), own] {
            statuses.push(caller.patch("/api/v1/billing/intercom-flats", &request).await.status);
        }
        let expected = match billing {
            BillingAccess::Open => [200, 200, 200],
            BillingAccess::AdminToken => [401, 200, 401],
            BillingAccess::OwnToken => [401, 403, 200],
        };
        assert_eq!(statuses, expected, "{billing:?}");
    }
}

#[tokio::test]
async fn too_many_sessions_are_listed_so_that_one_can_be_replaced() {
    let options = Options { session_limit: Some(2), ..TestClock::new().options() };
    let simulator = Simulator::start(options).await.unwrap();
    let nobody = Caller::nobody(&simulator);
    let mut credentials = client_credentials(&simulator);
    let first = nobody.post(CLIENT, &credentials).await.ok();
    nobody.post(CLIENT, &credentials).await.ok();

    let refused = nobody.post(CLIENT, &credentials).await;
    assert_eq!(refused.status, 419);
    assert_eq!(refused.json()["sessions_limit"], 2);
    let oldest = &refused.json()["sessions"][0];
    assert_eq!((&oldest["client"], &oldest["is_current"]), (&json!("web"), &json!(false)));

    credentials["session_id"] = json!(999);
    assert_eq!(nobody.post(CLIENT, &credentials).await.refused_fields(), ["session_id"]);
    credentials["session_id"] = oldest["id"].clone();
    nobody.post(CLIENT, &credentials).await.ok();
    assert_eq!(Caller::with(&simulator, token_of(&first)).get("/api/v1/intercom").await.status, 401);
}

#[tokio::test]
async fn expiring_an_account_ends_its_tokens_and_leaves_the_others() {
    let simulator = start().await;
    simulator.control().expire(Account::Admin);
    assert_eq!(Caller::admin(&simulator).post(&admin_codes(ENTRANCE), &visitor_of(FLAT)).await.status, 401);
    assert_eq!(Caller::client(&simulator).get("/api/v1/intercom").await.status, 200);
    let body = Caller::nobody(&simulator).post(ADMIN, &admin_credentials(&simulator)).await.ok();
    let again = Caller::with(&simulator, token_of(&body));
    assert_eq!(again.post(&admin_codes(ENTRANCE), &visitor_of(FLAT)).await.status, 200);
    assert!(simulator.control().tokens().contains(&token_of(&body).unwrap()));
}

#[tokio::test]
async fn a_body_that_is_not_json_gives_no_fields() {
    let simulator = start().await;
    let answer = Caller::nobody(&simulator)
        .http
        .post(format!("{}{ADMIN}", simulator.address()))
        .form(&[("login", "manager"), ("password", "x")])
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 422);
    let broken = Caller::nobody(&simulator)
        .http
        .post(format!("{}{ADMIN}", simulator.address()))
        .header("Content-Type", "application/json")
        .body("{\"login\":")
        .send()
        .await
        .unwrap();
    assert_eq!(broken.status(), 400);
}
