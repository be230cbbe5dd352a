//! The client account's sessions, listed and ended.

use serde_json::{Value, json};
use simulator::{Captcha, Options, Simulator};

use crate::support::{Caller, TestClock, start};

async fn sign_in(simulator: &Simulator) -> Value {
    let client = &simulator.options().client;
    let request = json!({"login": client.login, "password": client.password});
    Caller::nobody(simulator).post("/api/v1/token", &request).await.ok()
}

fn with_token(simulator: &Simulator, answer: &Value) -> Caller {
    Caller::with(simulator, answer["access_token"].as_str().map(str::to_owned))
}

#[tokio::test]
async fn sessions_are_listed_as_a_bare_array_and_end_one_by_one() {
    let simulator = start().await;
    let (one, other) = (sign_in(&simulator).await, sign_in(&simulator).await);
    let (one, other_caller) = (with_token(&simulator, &one), with_token(&simulator, &other));
    let listed = one.get("/api/v1/sessions").await.ok();
    let rows = listed.as_array().unwrap();
    assert_eq!(rows.iter().map(|row| row["is_current"] == true).collect::<Vec<_>>(), [true, false]);
    let names: Vec<&String> = rows[0].as_object().unwrap().keys().collect();
    assert_eq!(names, ["client", "id", "ip", "is_current", "last", "online", "user_agent"]);

    let second = format!("/api/v1/sessions/{}", rows[1]["id"]);
    assert_eq!(one.post(&second, &json!({})).await.status, 204);
    assert_eq!(other_caller.get("/api/v1/intercom").await.status, 401);
    assert_eq!(one.post(&second, &json!({})).await.status, 404, "it is no more");
    assert_eq!(one.get("/api/v1/sessions").await.ok().as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_session_can_end_itself() {
    let simulator = start().await;
    let caller = with_token(&simulator, &sign_in(&simulator).await);
    let id = caller.get("/api/v1/sessions").await.ok()[0]["id"].clone();
    assert_eq!(caller.post(&format!("/api/v1/sessions/{id}"), &json!({})).await.status, 204);
    assert_eq!(caller.get("/api/v1/sessions").await.status, 401);
}

#[tokio::test]
async fn the_choice_of_a_session_has_the_documented_shape() {
    let options =
        Options { session_limit: Some(1), captcha: Captcha::AfterFailures(3), ..TestClock::new().options() };
    let simulator = Simulator::start(options).await.unwrap();
    sign_in(&simulator).await;
    let client = &simulator.options().client;
    let request = json!({"login": client.login, "password": client.password});
    let choice = Caller::nobody(&simulator).post("/api/v1/token", &request).await;
    assert_eq!(choice.status, 419);
    let expected = json!({
        "sessions_limit": 1,
        "sessions": [{
            "id": choice.json()["sessions"][0]["id"],
            "online": true,
            "last": "2026-11-21T12:00:00.000000Z",
            "user_agent": "",
            "client": "web",
            "ip": "127.0.0.1",
            "is_current": false,
        }],
        "captcha_will_required_in": 3,
    });
    assert_eq!(choice.json(), expected);
}
