use std::collections::BTreeSet;

use chrono::{FixedOffset, TimeDelta};
use serde_json::{Value, json};
use simulator::{Options, Simulator};

use crate::support::{
    Caller, ENTRANCE, FLAT, OTHER_ENTRANCE, TestClock, admin_codes, client_codes, start, visitor, visitor_of,
};

async fn listed(client: &Caller) -> Vec<Value> {
    client.get("/api/v1/intercom/codes?per_page=1000&page=1").await.ok()["data"].as_array().unwrap().clone()
}

fn find(rows: &[Value], id: &Value) -> Option<Value> {
    rows.iter().find(|row| row["id"] == *id).cloned()
}

#[tokio::test]
async fn a_code_lives_expires_stays_listed_and_vanishes() {
    let clock = TestClock::new();
    let simulator = Simulator::start(clock.options()).await.unwrap();
    let client = Caller::client(&simulator);
    let code = client.post(&client_codes(ENTRANCE), &visitor()).await.ok();
    assert_eq!(find(&listed(&client).await, &code["id"]).unwrap()["is_expired"], false);

    clock.advance(TimeDelta::hours(2));
    assert_eq!(find(&listed(&client).await, &code["id"]).unwrap()["is_expired"], true);

    clock.advance(TimeDelta::hours(24) - TimeDelta::seconds(1));
    assert!(find(&listed(&client).await, &code["id"]).is_some());
    clock.advance(TimeDelta::seconds(1));
    assert!(find(&listed(&client).await, &code["id"]).is_none());
}

#[tokio::test]
async fn digits_are_five_unique_and_may_begin_with_zero() {
    let simulator = start().await;
    let client = Caller::client(&simulator);
    let mut seen = BTreeSet::new();
    for _ in 0..200 {
        let code = client.post(&client_codes(ENTRANCE), &visitor()).await.ok();
        let digits = code["code"].as_str().unwrap().to_owned();
        assert!(digits.len() == 5 && digits.bytes().all(|byte| byte.is_ascii_digit()), "{digits}");
        assert!(seen.insert(digits));
    }
    assert!(seen.iter().any(|digits| digits.starts_with('0')));
}

#[tokio::test]
async fn the_same_seed_gives_the_same_codes() {
    let (one, other) = (start().await, start().await);
    let mut answers = Vec::new();
    for simulator in [&one, &other] {
        answers.push(Caller::client(simulator).post(&client_codes(ENTRANCE), &visitor()).await.ok());
    }
    assert_eq!(answers[0], answers[1]);
}

#[tokio::test]
async fn the_clients_list_does_not_show_what_the_admin_made() {
    let simulator = start().await;
    let before = listed(&Caller::client(&simulator)).await.len();
    let code = Caller::admin(&simulator).post(&admin_codes(ENTRANCE), &visitor_of(FLAT)).await.ok();
    assert_eq!(listed(&Caller::client(&simulator)).await.len(), before);
    assert!(
        simulator.control().codes().iter().any(|each| code["id"] == each.id && each.flat_id == Some(FLAT))
    );
}

#[tokio::test]
async fn the_list_is_paged_and_complete() {
    let simulator = start().await;
    let client = Caller::client(&simulator);
    for _ in 0..30 {
        client.post(&client_codes(ENTRANCE), &visitor()).await.ok();
    }
    let all = listed(&client).await;
    let mut seen = Vec::new();
    for page in 1..=4 {
        let body = client.get(&format!("/api/v1/intercom/codes?per_page=10&page={page}")).await.ok();
        assert_eq!(body["meta"]["last_page"], 4);
        assert_eq!(body["links"]["next"].is_null(), page == 4);
        seen.extend(body["data"].as_array().unwrap().clone());
    }
    assert_eq!(seen, all);
    let beyond = client.get("/api/v1/intercom/codes?per_page=10&page=9").await.ok();
    assert_eq!((&beyond["data"], &beyond["meta"]["from"]), (&json!([]), &Value::Null));
    let default = client.get("/api/v1/intercom/codes").await.ok();
    assert_eq!(default["meta"]["per_page"], 25);
}

#[tokio::test]
async fn everything_wrong_with_a_new_code_is_named_at_once() {
    let simulator = start().await;
    let admin = Caller::admin(&simulator);
    let answer =
        admin.post(&admin_codes(ENTRANCE), &json!({"title": "", "expired_at": "2020-01-01 00:00"})).await;
    assert_eq!(answer.refused_fields(), ["expired_at", "flat_id", "title"]);
    let wrong = json!({"title": "x".repeat(256), "expired_at": "soon", "flat_id": "first"});
    assert_eq!(
        admin.post(&admin_codes(ENTRANCE), &wrong).await.refused_fields(),
        ["expired_at", "flat_id", "title"]
    );
    assert_eq!(simulator.control().codes_created(), 0);
}

#[tokio::test]
async fn a_code_is_only_made_for_a_flat_of_its_intercom() {
    let simulator = start().await;
    let admin = Caller::admin(&simulator);
    assert_eq!(
        admin.post(&admin_codes(OTHER_ENTRANCE), &visitor_of(FLAT)).await.refused_fields(),
        ["flat_id"]
    );
    assert_eq!(admin.post(&admin_codes(999), &visitor_of(FLAT)).await.status, 404);
    assert_eq!(admin.post("/api/admin/v1/intercom/first/codes", &visitor_of(FLAT)).await.status, 404);
}

#[tokio::test]
async fn the_client_makes_codes_only_at_its_own_intercoms() {
    let simulator = start().await;
    let answer = Caller::client(&simulator).post(&client_codes(OTHER_ENTRANCE), &visitor()).await;
    assert_eq!(answer.status, 404);
    assert!(answer.json()["message"].is_string());
}

#[tokio::test]
async fn the_end_is_read_in_the_servers_zone_and_in_iso_form() {
    let zone = FixedOffset::east_opt(5 * 3_600 + 1_800).unwrap();
    let options = Options { zone, ..TestClock::new().options() };
    let simulator = Simulator::start(options).await.unwrap();
    let end = async |text: &str| {
        let request = json!({"title": "Visitor", "expired_at": text, "flat_id": FLAT});
        Caller::admin(&simulator).post(&admin_codes(ENTRANCE), &request).await.ok()["expired_at"].clone()
    };
    assert_eq!(end("2026-12-31 12:45").await, "2026-12-31T07:15:00.000000Z");
    assert_eq!(end("2026-12-31 12:45:30").await, "2026-12-31T07:15:30.000000Z");
    assert_eq!(end("2026-12-31T12:45:00.000000Z").await, "2026-12-31T12:45:00.000000Z");

    let by_client = Caller::client(&simulator).post(&client_codes(ENTRANCE), &visitor_of(FLAT)).await;
    assert_eq!(by_client.refused_fields(), ["expired_at"], "14:00 there was at 8:30 UTC, before now");
}

#[tokio::test]
async fn each_account_deletes_only_its_own_codes() {
    let simulator = start().await;
    let (admin, client) = (Caller::admin(&simulator), Caller::client(&simulator));
    let of_admin = admin.post(&admin_codes(ENTRANCE), &visitor_of(FLAT)).await.ok()["id"].clone();
    let of_client = client.post(&client_codes(ENTRANCE), &visitor()).await.ok()["id"].clone();
    let is_there = |id: &Value| simulator.control().codes().iter().any(|code| *id == code.id);
    let both = json!({"ids": [of_admin, of_client]});

    assert_eq!(client.delete("/api/v1/intercom/codes", &both).await.status, 204);
    assert!(is_there(&of_admin) && !is_there(&of_client));
    assert_eq!(admin.delete(&admin_codes(OTHER_ENTRANCE), &both).await.status, 204);
    assert!(is_there(&of_admin));
    assert_eq!(admin.delete(&admin_codes(ENTRANCE), &both).await.status, 204);
    assert!(!is_there(&of_admin));

    let too_many = json!({"ids": (0..201).collect::<Vec<u64>>()});
    assert_eq!(client.delete("/api/v1/intercom/codes", &too_many).await.refused_fields(), ["ids"]);
    assert_eq!(client.delete("/api/v1/intercom/codes", &json!({})).await.refused_fields(), ["ids"]);
}
