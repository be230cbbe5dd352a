use std::collections::BTreeSet;
use std::path::Path;

use chrono::NaiveDateTime;
use serde_json::{Value, json};

use crate::support::{Caller, ENTRANCE, FLAT, admin_codes, client_codes, start, visitor};

pub(crate) fn contract(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/contract").join(name);
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// What kind of value this is; for text, which form of date.
pub(crate) fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_u64() => "integer",
        Value::Number(_) => "other number",
        Value::String(text) if is_date(text, "%Y-%m-%dT%H:%M:%S%.6fZ", 27) => "ISO date",
        Value::String(text) if is_date(text, "%Y-%m-%d %H:%M:%S", 19) => "SQL date",
        Value::String(_) => "text",
        Value::Array(_) => "list",
        Value::Object(_) => "object",
    }
}

fn is_date(text: &str, form: &str, length: usize) -> bool {
    text.len() == length && NaiveDateTime::parse_from_str(text, form).is_ok()
}

/// Where and how `got` differs in shape from `expected`. An item of a list must be like one of the expected ones.
fn differences(expected: &Value, got: &Value, place: &str) -> Vec<String> {
    match (expected, got) {
        (Value::Object(expected), Value::Object(got)) => {
            let keys: BTreeSet<&String> = expected.keys().chain(got.keys()).collect();
            let compare = |key: &String| {
                let place = format!("{place}.{key}");
                match (expected.get(key), got.get(key)) {
                    (Some(expected), Some(got)) => differences(expected, got, &place),
                    (expected, _) => {
                        vec![format!("{place} is {}", if expected.is_some() { "missing" } else { "new" })]
                    }
                }
            };
            keys.into_iter().flat_map(compare).collect()
        }
        (Value::Array(expected), Value::Array(got)) => {
            let compare = |(index, item): (usize, &Value)| {
                let place = format!("{place}[{index}]");
                let found = expected.iter().map(|each| differences(each, item, &place));
                found.min_by_key(Vec::len).unwrap_or_default()
            };
            got.iter().enumerate().flat_map(compare).collect()
        }
        (expected, got) if kind(expected) == kind(got) => Vec::new(),
        (expected, got) => vec![format!("{place} is {} instead of {}", kind(got), kind(expected))],
    }
}

/// `may_differ`: parts of the texts of differences that are known and fine.
#[track_caller]
pub(crate) fn assert_shape(name: &str, got: &Value, may_differ: &[&str]) {
    let found = differences(&contract(name), got, "");
    let surprising: Vec<&String> =
        found.iter().filter(|text| !may_differ.iter().any(|allowed| text.contains(allowed))).collect();
    assert!(surprising.is_empty(), "{name}: {surprising:#?}\n{got:#}");
}

#[tokio::test]
async fn a_code_for_a_flat_is_answered_as_in_the_contract() {
    let simulator = start().await;
    let mut request = contract("create-code-admin.request.json");
    request["flat_id"] = json!(FLAT);
    let answer = Caller::admin(&simulator).post(&admin_codes(ENTRANCE), &request).await.ok();
    assert_shape("create-code-admin.answer.json", &answer, &[]);
    assert_eq!(answer["expired_at"], "2029-12-31T12:45:00.000000Z");
    assert_eq!(answer["will_deleted_at"], "2030-01-01T12:45:00.000000Z");
    assert_eq!(answer["intercom_flat"]["id"], FLAT);
}

#[tokio::test]
async fn a_code_for_an_intercom_is_answered_as_in_the_contract() {
    let simulator = start().await;
    let request = contract("create-code-client.request.json");
    let answer = Caller::client(&simulator).post(&client_codes(ENTRANCE), &request).await.ok();
    assert_shape("create-code-client.answer.json", &answer, &[]);
    assert_eq!(answer["expired_at"], "2029-12-31 12:45:00");
}

#[tokio::test]
async fn the_list_of_codes_is_answered_as_in_the_contract() {
    let simulator = start().await;
    let answer = Caller::client(&simulator).get("/api/v1/intercom/codes?per_page=25&page=1").await.ok();
    // An intercom may well know when it was created; the sample's does not.
    let may_differ: Vec<String> =
        (0..25).map(|row| format!(".data[{row}].intercom.created_at is ISO date")).collect();
    let may_differ: Vec<&str> = may_differ.iter().map(String::as_str).collect();
    assert_shape("list-codes.answer.json", &answer, &may_differ);
}

#[tokio::test]
async fn every_flat_is_answered_as_in_the_contract() {
    let simulator = start().await;
    let admin = Caller::admin(&simulator);
    for flat in FLAT..FLAT + 120 {
        let answer = admin.get(&format!("/api/admin/v1/intercoms/{ENTRANCE}/flats/{flat}")).await.ok();
        assert_shape("flat.answer.json", &answer, &[]);
        assert_eq!(answer["keys"].as_array().unwrap().len() as u64, answer["key_count"].as_u64().unwrap());
    }
}

#[tokio::test]
async fn switched_lines_are_answered_as_in_the_contract() {
    let simulator = start().await;
    let mut request = contract("switch-lines.request.json");
    request["intercom_id"] = json!(ENTRANCE);
    let answer = Caller::admin(&simulator).patch("/api/v1/billing/intercom-flats", &request).await.ok();
    assert_shape("switch-lines.answer.json", &answer, &[]);
    assert_eq!(answer["flat"], 10);
}

#[tokio::test]
async fn a_refusal_is_answered_as_in_the_contract() {
    let simulator = start().await;
    let empty = json!({});
    let (admin, client) = (Caller::admin(&simulator), Caller::client(&simulator));
    let by_flat = admin.post(&admin_codes(ENTRANCE), &empty).await;
    let by_intercom = client.post(&client_codes(ENTRANCE), &empty).await;
    let list = client.get("/api/v1/intercom/codes?page=0").await;
    let lines = admin.in_russian().patch("/api/v1/billing/intercom-flats", &empty).await;
    for answer in [by_flat, by_intercom, list, lines] {
        assert!(!answer.refused_fields().is_empty());
        for texts in answer.errors().as_object().unwrap().values() {
            assert!(texts.as_array().unwrap().iter().all(Value::is_string));
        }
        assert_eq!(answer.json().as_object().unwrap().len(), 2, "message and errors");
    }
}

#[tokio::test]
async fn a_title_of_the_contract_is_kept_as_it_is() {
    let simulator = start().await;
    let answer = Caller::client(&simulator).post(&client_codes(ENTRANCE), &visitor()).await.ok();
    assert_eq!(answer["title"], "Visitor");
    assert_eq!(answer["is_expired"], false);
}
