//! The calls around the contract: what they answer, and installations without them.

use serde_json::{Value, json};
use simulator::{Options, Simulator};

use crate::support::{
    Caller, ENTRANCE, FLAT, OTHER_ENTRANCE, TestClock, admin_codes, client_codes, start, visitor, visitor_of,
};

const NOTHING: Value = Value::Null;

#[tokio::test]
async fn intercoms_are_shown_by_their_ids_without_foreign_ones() {
    let simulator = start().await;
    let client = Caller::client(&simulator);
    let shown = client.get("/api/v1/intercom/shows?ids[]=23&ids[]=22&ids[]=21&ids[]=999").await.ok();
    let listed = client.get("/api/v1/intercom").await.ok();
    assert_eq!(shown, json!([listed["data"][1], listed["data"][0]]));

    let many = |count: u64| (1..=count).map(|id| format!("ids[]={id}&")).collect::<String>();
    client.get(&format!("/api/v1/intercom/shows?{}", many(25))).await.ok();
    let too_many = client.get(&format!("/api/v1/intercom/shows?{}", many(26))).await;
    assert_eq!(too_many.refused_fields(), ["ids"]);
    assert_eq!(client.get("/api/v1/intercom/shows").await.refused_fields(), ["ids"]);
    assert_eq!(client.get("/api/v1/intercom/shows?ids[]=x").await.refused_fields(), ["ids.0"]);
}

#[tokio::test]
async fn the_admins_codes_are_listed_only_where_that_is_switched_on() {
    let without = start().await;
    assert_eq!(Caller::admin(&without).get(&admin_codes(ENTRANCE)).await.status, 405);

    let options = Options { admin_codes_list: true, ..TestClock::new().options() };
    let simulator = Simulator::start(options).await.unwrap();
    let admin = Caller::admin(&simulator);
    let code = admin.post(&admin_codes(ENTRANCE), &visitor_of(FLAT)).await.ok();
    Caller::client(&simulator).post(&client_codes(ENTRANCE), &visitor()).await.ok();
    let listed = admin.get(&format!("{}?per_page=25&page=1", admin_codes(ENTRANCE))).await.ok();
    assert_eq!(listed["data"][0], code);
    assert_eq!(listed["meta"]["total"], 2, "the new one and the demo's, and none of the client's");
    assert_eq!(admin.get(&admin_codes(OTHER_ENTRANCE)).await.ok()["meta"]["total"], 2);
}

#[tokio::test]
async fn deleting_names_only_lists_of_ids_and_passes_over_unknown_ones() {
    let simulator = start().await;
    let (admin, client) = (Caller::admin(&simulator), Caller::client(&simulator));
    for (caller, path) in [(&admin, admin_codes(ENTRANCE)), (&client, "/api/v1/intercom/codes".to_owned())] {
        assert_eq!(caller.delete(&path, &json!({"ids": [999_999]})).await.status, 204);
        for wrong in [json!({}), json!({"ids": []}), json!({"ids": 5}), json!({"ids": "5"})] {
            assert_eq!(caller.delete(&path, &wrong).await.refused_fields(), ["ids"], "{wrong}");
        }
        let words = json!({"ids": [1, "first"]});
        assert_eq!(caller.delete(&path, &words).await.refused_fields(), ["ids.1"]);
        let most = |count: u64| json!({"ids": (1..=count).map(|id| id + 900_000).collect::<Vec<_>>()});
        assert_eq!(caller.delete(&path, &most(200)).await.status, 204);
        assert_eq!(caller.delete(&path, &most(201)).await.refused_fields(), ["ids"]);
    }
}

#[tokio::test]
async fn billing_finds_an_intercom_by_any_of_its_names() {
    let simulator = start().await;
    let admin = Caller::admin(&simulator);
    let show = async |query: &str| admin.get(&format!("/api/v1/billing/intercoms/show?{query}")).await;
    let by_id = show("id=22").await.ok();
    let names: Vec<&String> = by_id.as_object().unwrap().keys().collect();
    let expected = ["camera", "department", "external_id", "flat_from", "flat_to", "group", "id", "mac"];
    assert_eq!(names[..8], expected);
    assert_eq!(names[8..], ["model", "serial_number", "status", "title"]);
    assert_eq!(show(&format!("external_id={}", by_id["external_id"].as_str().unwrap())).await.ok(), by_id);
    assert_eq!(show("external_id=nobody").await.status, 404);
    assert_eq!(show("id=23").await.ok()["external_id"], Value::Null);
}

#[tokio::test]
async fn doors_open_for_both_accounts_unless_the_panel_is_offline() {
    let simulator = start().await;
    let (admin, client) = (Caller::admin(&simulator), Caller::client(&simulator));
    assert_eq!(admin.post("/api/admin/v1/intercoms/22/open-door", &NOTHING).await.status, 204);
    assert_eq!(client.post("/api/v1/intercom/21/open-door", &NOTHING).await.status, 204);
    assert_eq!(client.post("/api/v1/intercom/22/open-door", &NOTHING).await.status, 404, "not its own");
    let silent = client.post("/api/v1/intercom/24/open-door", &NOTHING).await;
    assert_eq!(silent.status, 400);
    assert!(silent.json()["message"].is_string());
}

/// Everything around the contract: whose call, its method and path, the status where it is missing.
const OPTIONAL: [(&str, &str, &str, u16); 14] = [
    ("admin", "GET", "/api/admin/v1/intercoms", 404),
    ("admin", "GET", "/api/admin/v1/intercoms/21/flats", 404),
    ("admin", "GET", "/api/admin/v1/intercoms/21/keys", 404),
    ("admin", "GET", "/api/admin/v1/intercoms/21/get-users", 404),
    ("admin", "POST", "/api/admin/v1/intercoms/21/open-door", 404),
    ("admin", "GET", "/api/v1/billing/intercoms/show?id=21", 404),
    ("client", "GET", "/api/v1/intercom/shows?ids[]=21", 404),
    ("client", "POST", "/api/v1/intercom/21/open-door", 404),
    ("client", "GET", "/api/v1/sessions", 404),
    ("client", "POST", "/api/v1/sessions/1", 404),
    ("client", "POST", "/api/v1/logout", 404),
    // These paths have other methods, and the server's framework says so.
    ("admin", "GET", "/api/admin/v1/intercom/21/codes", 405),
    ("admin", "DELETE", "/api/admin/v1/intercom/21/codes", 405),
    ("client", "DELETE", "/api/v1/intercom/codes", 405),
];

#[tokio::test]
async fn a_bare_server_has_the_contract_and_nothing_around_it() {
    let options = Options { clock: TestClock::new().options().clock, ..Options::bare() };
    let simulator = Simulator::start(options).await.unwrap();
    let (admin, client) = (Caller::admin(&simulator), Caller::client(&simulator));
    for (account, method, path, status) in OPTIONAL {
        let caller = if account == "admin" { &admin } else { &client };
        let answer = caller.call(method.parse().unwrap(), path, &NOTHING).await;
        assert_eq!(answer.status, status, "{method} {path}");
    }
    admin.post(&admin_codes(ENTRANCE), &visitor_of(FLAT)).await.ok();
    client.post(&client_codes(ENTRANCE), &visitor()).await.ok();
    client.get("/api/v1/intercom/codes?per_page=25&page=1").await.ok();
    admin.get("/api/admin/v1/intercoms/21/flats/501").await.ok();
    let line = json!({"intercom_id": ENTRANCE, "flat_id": FLAT, "is_analog_line_available": true});
    admin.patch("/api/v1/billing/intercom-flats", &line).await.ok();
    client.get("/api/v1/intercom").await.ok();
    client.get("/api/v1/static/basic").await.ok();
}

#[tokio::test]
async fn the_list_of_flats_can_be_missing_by_itself() {
    let options = Options { flats_list: false, ..TestClock::new().options() };
    let simulator = Simulator::start(options).await.unwrap();
    let admin = Caller::admin(&simulator);
    assert_eq!(admin.get("/api/admin/v1/intercoms/21/flats").await.status, 404);
    admin.get("/api/admin/v1/intercoms/21/flats/501").await.ok();
    admin.get("/api/admin/v1/intercoms/21/keys").await.ok();
}
