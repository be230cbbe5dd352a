//! The contract's own answers, and PHP's ways with them. What becomes of them when a server lies: `tests/parsers/`.

use chrono::{FixedOffset, TimeZone, Utc};
use serde_json::{Value, json};

use crate::error::NotThisApi;

use super::value::{ProblemKind, Reader};
use super::{
    Lines, Owner, PanelStatus, PictureKind, billing_intercom, captcha, code, flat, key_record, page, session,
};

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
fn a_list_of_one_may_be_the_record_itself_but_another_object_is_no_list() {
    let record = sample("create-code-client");
    for lone in [json!({"data": record}), record] {
        let page = page(&mut reader(), &lone, code).unwrap();
        assert_eq!((page.items.len(), page.length), (1, 1));
    }
    for other in [
        json!({"data": {"status": "ok"}}),
        json!({"id": 1}),
        json!({"status": "ok"}),
        json!([1, {"ok": true}]),
    ] {
        assert!(page(&mut reader(), &other, code).is_none(), "{other}");
    }
    assert_eq!(page(&mut reader(), &json!({"data": {}}), code).map(|page| page.length), Some(0));
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

#[test]
fn what_an_answer_does_not_say_of_keys_and_users_is_unknown_and_an_empty_list_is_none() {
    let read = |body: Value| flat(&mut reader(), &body, "").unwrap();
    for unsaid in
        [json!({"id": 1}), json!({"id": 1, "keys": null, "users": null}), json!({"id": 1, "keys": "x"})]
    {
        assert_eq!((read(unsaid.clone()).keys, read(unsaid).users), (None, None));
    }
    for none in [json!([]), json!({})] {
        let flat = read(json!({"id": 1, "keys": none, "users": none}));
        assert_eq!((flat.keys, flat.users), (Some(vec![]), Some(vec![])));
    }
}

#[test]
fn nobodys_key_is_told_from_one_whose_owner_was_not_said() {
    let keys = json!([{"id": 1, "key": "A", "user": null}, {"id": 2, "key": "B"}, {"id": 3, "key": "C", "user": "x"}]);
    let flat = flat(&mut reader(), &json!({"id": 1, "keys": keys}), "").unwrap();
    let owners: Vec<Owner> = flat.keys.unwrap().into_iter().map(|key| key.owner).collect();
    assert_eq!(owners, [Owner::None, Owner::Unknown, Owner::Unknown]);
}

#[test]
fn lines_beside_a_keys_flat_are_read_in_the_flattened_form_of_24_12() {
    let key = json!({"id": 1, "key": "A", "user": null, "flat": {
        "id": 7, "flat": 45, "is_smartphone_sip_line_available": true, "is_landline_sip_line_available": false,
        "is_analog_line_enable": true, "is_sip_line_enable": true, "landline_number": null, "number": null,
    }});
    let mut reader = reader();
    let flat = key_record(&mut reader, &key, "").unwrap().flat.unwrap();
    assert_eq!((flat.id, flat.number.as_str()), (7, "45"));
    assert_eq!(flat.lines, Lines { analog: Some(true), smartphone: Some(true), landline: Some(false) });
    assert_eq!(reader.problems, []);
}

#[test]
fn door_numbers_are_believed_only_as_a_sensible_range() {
    let range = |from: Value, to: Value| {
        let body = json!({"id": 1, "flat_from": from, "flat_to": to, "status": "new"});
        let found = billing_intercom(&mut reader(), &body, "").unwrap();
        assert_eq!(found.status, Some(PanelStatus::Other));
        found.flats
    };
    assert_eq!(range(json!(1), json!("120")), Some((1, 120)));
    assert_eq!(range(json!(7), json!(7)), Some((7, 7)));
    for (from, to) in [(2, 1), (0, 5), (1, 10_002), (0, 0), (-1, 5)] {
        assert_eq!(range(json!(from), json!(to)), None, "{from}–{to}");
    }
    assert_eq!(range(json!(1), json!(null)), None);
}

#[test]
fn a_session_was_seen_at_a_date_in_any_form_or_at_a_timestamp() {
    let seen = |last: Value| session(&mut reader(), &json!({"id": 1, "last": last}), "").unwrap().last_seen;
    let moment = Utc.with_ymd_and_hms(2022, 4, 19, 17, 16, 0).single();
    for last in [
        json!("2022-04-19 17:16:00"),
        json!("2022-04-19T17:16:00Z"),
        json!(1_650_388_560),
        json!("1650388560"),
    ] {
        assert_eq!(seen(last.clone()), moment, "{last}");
    }
    for unknown in [json!(null), json!("yesterday"), json!(u64::MAX), json!(i64::MIN), json!([])] {
        assert_eq!(seen(unknown.clone()), None, "{unknown}");
    }
}

#[test]
fn only_a_small_picture_that_is_one_is_a_captcha() {
    let png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=";
    let read =
        |img: String| captcha(&json!({"key": "k", "img": img, "ttl": 60})).map(|captcha| captcha.image.kind);
    assert_eq!(read(format!("data:image/png;base64,{png}")), Ok(PictureKind::Png));
    assert_eq!(read(format!("data:image/png;base64,{}", png.trim_end_matches('='))), Ok(PictureKind::Png));
    assert_eq!(read("data:image/jpeg;base64,/9j/4AAQ".to_owned()), Ok(PictureKind::Jpeg));
    let large = format!("data:image/png;base64,{}{}", &png[..20], "A".repeat(2 << 20));
    for bad in [
        large,
        format!("data:image/jpeg;base64,{png}"),
        format!("data:image/svg+xml;base64,{png}"),
        "https://vms.local/captcha.png".to_owned(),
        "data:image/png;base64,%%%".to_owned(),
        String::new(),
    ] {
        assert_eq!(read(bad.clone()), Err(NotThisApi::Picture), "{}", &bad[..bad.len().min(60)]);
    }
    let without_key = json!({"img": format!("data:image/png;base64,{png}")});
    assert_eq!(captcha(&without_key), Err(NotThisApi::Shape));
    for (ttl, seconds) in
        [(json!(90), 90), (json!(null), 60), (json!(0), 60), (json!(-5), 60), (json!(1e6), 60)]
    {
        let body = json!({"key": "k", "img": format!("data:image/png;base64,{png}"), "ttl": ttl});
        assert_eq!(captcha(&body).unwrap().ttl.as_secs(), seconds);
    }
    let body = json!({"key": "k", "img": format!("data:image/png;base64,{png}"), "ttl": 999_999});
    assert_eq!(captcha(&body).unwrap().ttl.as_secs(), 3_600);
}
