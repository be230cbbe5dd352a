//! The contract's own answers, and what becomes of them when a server lies.

use chrono::{FixedOffset, TimeZone, Utc};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::value::{ProblemKind, Reader};
use super::{Lines, Owner, admin_session, basic, client_session, code, flat, intercom, page};

fn sample(name: &str) -> Value {
    let path = format!("{}/../../../tests/contract/{name}.answer.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn reader() -> Reader {
    Reader::new(FixedOffset::east_opt(0).unwrap())
}

#[test]
fn seed_000_is_read_with_its_flat_and_iso_dates() {
    let mut reader = reader();
    let code = code(&mut reader, &sample("create-code-admin"), "").unwrap();
    assert_eq!((code.id, code.code.as_str(), code.is_expired), (7, "93552", Some(false)));
    assert_eq!(code.expired_at, Utc.with_ymd_and_hms(2023, 12, 22, 0, 0, 0).single());
    let flat = code.flat.unwrap();
    assert_eq!((flat.id, flat.number.as_str(), flat.intercom), (2, "2", Some(5)));
    assert_eq!((flat.key_count, flat.user_count), (None, None));
    assert_eq!(flat.lines, Lines { analog: Some(false), smartphone: None, landline: None });
    assert!(flat.properties.contains_key("panel_system_volumes"), "unknown properties are kept");
    assert_eq!(reader.problems, []);
}

#[test]
fn seed_001_is_read_with_its_intercom_and_dates_without_a_zone() {
    let mut reader = reader();
    let code = code(&mut reader, &sample("create-code-client"), "").unwrap();
    assert_eq!((code.code.as_str(), code.is_expired), ("12345", Some(true)));
    assert_eq!(code.will_deleted_at, Utc.with_ymd_and_hms(2022, 4, 20, 17, 16, 0).single());
    let intercom = code.intercom.unwrap();
    assert_eq!(
        (intercom.id, intercom.title.as_deref(), intercom.entrance.as_deref()),
        (180, Some("House"), Some("100"))
    );
    assert_eq!(reader.problems, []);
}

#[test]
fn seed_002_is_a_page_of_such_codes() {
    let page = page(&mut reader(), &sample("list-codes"), code).unwrap();
    assert_eq!((page.items.len(), page.last), (1, Some(1)));
}

#[test]
fn seed_003_is_read_with_keys_owners_and_users() {
    let mut reader = reader();
    let flat = flat(&mut reader, &sample("flat"), "").unwrap();
    let keys_of_flat = flat.keys.unwrap();
    let keys: Vec<&str> = keys_of_flat.iter().map(|key| key.key.as_str()).collect();
    assert_eq!(keys, ["0000003042CAAC", "000000A3B48D3C", "000000417EE9AA"]);
    let Owner::User(owner) = &keys_of_flat[0].owner else { panic!("{:?}", keys_of_flat[0]) };
    assert_eq!(owner.name.as_deref(), Some("test"));
    assert_eq!(keys_of_flat[2].owner, Owner::None);
    assert_eq!(flat.users.unwrap().len(), 2);
    assert_eq!(flat.lines, Lines { analog: Some(true), smartphone: Some(true), landline: None });
    assert_eq!(reader.problems, []);
}

#[test]
fn seed_004_is_read_with_the_contracts_names_of_the_lines() {
    let flat = flat(&mut reader(), &sample("switch-lines"), "").unwrap();
    assert_eq!(flat.lines, Lines { analog: Some(true), smartphone: Some(true), landline: Some(false) });
}

#[test]
fn where_two_names_of_a_line_disagree_the_contracts_wins_and_it_is_noted() {
    let mut reader = reader();
    let both = json!({"id": 1, "flat": 1, "properties": {"is_analog_line_enable": true, "is_analog_line_available": "0"}});
    assert_eq!(flat(&mut reader, &both, "").unwrap().lines.analog, Some(false));
    assert_eq!(reader.problems[0].kind, ProblemKind::LineConflict);
}

#[test]
fn lines_may_stand_in_the_flat_itself_and_properties_may_be_an_empty_list() {
    let odd = json!({"id": "7", "flat": "12А", "is_duplicated_sip_line_available": 1, "properties": []});
    let flat = flat(&mut reader(), &odd, "").unwrap();
    assert_eq!((flat.id, flat.number.as_str(), flat.lines.landline), (7, "12А", Some(true)));
}

#[test]
fn one_bad_record_never_hides_the_others_and_is_named() {
    let mut reader = reader();
    let good = sample("create-code-client");
    let mut too_large = good.clone();
    too_large["id"] = json!(1u64 << 53);
    let body = json!({"data": [null, good, too_large, {"id": 5}, "x"], "meta": {"last_page": "1"}});
    let page = page(&mut reader, &body, code).unwrap();
    assert_eq!((page.items.len(), page.last), (1, Some(1)));
    let named: Vec<(&str, ProblemKind)> =
        reader.problems.iter().map(|problem| (problem.record.as_str(), problem.kind)).collect();
    assert_eq!(
        named,
        [
            ("data[0]", ProblemKind::NotAnObject),
            ("data[2]", ProblemKind::IdOutOfRange),
            ("data[3]", ProblemKind::Unreadable),
            ("data[4]", ProblemKind::NotAnObject),
        ]
    );
}

/// Any JSON, shallow enough to be made quickly.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,20}".prop_map(Value::from),
        "[0-9]{1,20}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 24, 5, |inner| {
        let key = prop_oneof![
            Just("id".to_owned()),
            Just("data".to_owned()),
            Just("properties".to_owned()),
            Just("keys".to_owned()),
            Just("errors".to_owned()),
            ".{0,6}".prop_map(String::from),
        ];
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            proptest::collection::vec((key, inner), 0..5)
                .prop_map(|pairs| Value::Object(pairs.into_iter().collect())),
        ]
    })
}

/// Puts `with` in the place of the `at`-th value of a tree, counted from the top.
fn replace(tree: &mut Value, at: &mut usize, with: &Value) {
    if *at == 0 {
        *tree = with.clone();
    }
    *at = at.wrapping_sub(1);
    match tree {
        Value::Array(items) => items.iter_mut().for_each(|item| replace(item, at, with)),
        Value::Object(fields) => fields.values_mut().for_each(|field| replace(field, at, with)),
        _ => {}
    }
}

fn read_as_everything(body: &Value) -> usize {
    let mut reader = reader();
    let _ = page(&mut reader, body, code).map(|page| page.items.len());
    let _ = page(&mut reader, body, flat).map(|page| page.items.len());
    let _ = (code(&mut reader, body, ""), flat(&mut reader, body, ""), intercom(&mut reader, body, ""));
    let _ = (admin_session(&mut reader, body), client_session(body), basic(body));
    reader.problems.len()
}

proptest! {
    #[test]
    fn any_json_is_read_or_left_out(body in any_json()) {
        prop_assert!(read_as_everything(&body) <= 200);
    }

    #[test]
    fn a_contract_answer_with_one_lie_in_it_is_read_or_left_out(
        name in prop::sample::select(vec!["create-code-admin", "create-code-client", "list-codes", "flat", "switch-lines"]),
        place in 0usize..80,
        lie in any_json(),
    ) {
        let mut body = sample(name);
        replace(&mut body, &mut place.clone(), &lie);
        prop_assert!(read_as_everything(&body) <= 200);
    }
}
