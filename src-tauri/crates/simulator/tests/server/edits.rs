//! Changes from outside, as the calls show them afterwards.

use serde_json::{Value, json};
use simulator::control::{Edit, NothingToEdit, open_door};

use crate::support::{Caller, ENTRANCE, FLAT, client, start};

const FLAT_PATH: &str = "/api/admin/v1/intercoms/21/flats/501";

#[tokio::test]
async fn an_intercom_is_renamed_taken_offline_taken_away_and_removed() {
    let simulator = start().await;
    let (caller, control) = (Caller::client(&simulator), simulator.control());
    let listed = async || caller.get("/api/v1/intercom").await.ok()["data"].as_array().unwrap().clone();
    control.edit(Edit::RenameIntercom { intercom: ENTRANCE, title: "Ёлочка".to_owned() }).unwrap();
    control.edit(Edit::SetOnline { intercom: ENTRANCE, is_online: false }).unwrap();
    let first = listed().await[0].clone();
    assert_eq!((&first["title"], &first["is_online"]), (&json!("Ёлочка"), &json!(false)));
    assert_eq!(first["updated_at"], "2026-11-21T12:00:00.000000Z");

    control.edit(Edit::SetOfClient { intercom: 22, is_of_client: true }).unwrap();
    assert_eq!(listed().await.len(), 4);
    control.edit(Edit::RemoveIntercom { intercom: ENTRANCE }).unwrap();
    assert_eq!(listed().await[0]["id"], 22);
    assert_eq!(Caller::admin(&simulator).get(FLAT_PATH).await.status, 404);
    let codes = caller.get("/api/v1/intercom/codes").await.ok();
    assert!(codes["data"].as_array().unwrap().iter().all(|code| code["intercom"]["id"] != ENTRANCE));
}

#[tokio::test]
async fn a_flat_gains_people_keys_and_lines_and_loses_them() {
    let simulator = start().await;
    let (admin, control) = (Caller::admin(&simulator), simulator.control());
    let flat = async || admin.get(FLAT_PATH).await.ok();
    let before = flat().await;
    let add = Edit::AddResident {
        intercom: ENTRANCE,
        flat: FLAT,
        name: "Пётр Ёжиков".to_owned(),
        login: "ezh@example.org".to_owned(),
    };
    let user = control.edit(add).unwrap().unwrap();
    let key = "00000000ABCDEF".to_owned();
    let add = Edit::AddKey { intercom: ENTRANCE, flat: Some(FLAT), key, user: Some(user) };
    let key = control.edit(add).unwrap().unwrap();
    let after = flat().await;
    assert_eq!(after["users"].as_array().unwrap().last().unwrap()["name"], "Пётр Ёжиков");
    let added = after["keys"].as_array().unwrap().last().unwrap();
    assert_eq!((&added["key"], &added["user"]["id"]), (&json!("00000000ABCDEF"), &json!(user)));

    control.edit(Edit::RemoveKey { intercom: ENTRANCE, key }).unwrap();
    control.edit(Edit::RemoveResident { intercom: ENTRANCE, flat: FLAT, user }).unwrap();
    assert_eq!(flat().await, before);

    for is_on in [true, false] {
        let (intercom, flat_id) = (ENTRANCE, FLAT);
        let lines =
            Edit::SetLines { intercom, flat: flat_id, analog: None, smartphone: Some(is_on), landline: None };
        control.edit(lines).unwrap();
        let properties = flat().await["properties"].clone();
        assert_eq!(properties["is_sip_line_enable"], is_on);
        assert_eq!(properties["is_analog_line_enable"], before["properties"]["is_analog_line_enable"]);
    }
    control.edit(Edit::RemoveFlat { intercom: ENTRANCE, flat: FLAT }).unwrap();
    assert_eq!(admin.get(FLAT_PATH).await.status, 404);
}

#[tokio::test]
async fn a_code_vanishes_whoever_made_it() {
    let simulator = start().await;
    let control = simulator.control();
    for code in control.codes() {
        control.edit(Edit::RemoveCode { code: code.id }).unwrap();
    }
    assert_eq!(control.codes(), []);
}

#[tokio::test]
async fn what_is_not_there_cannot_be_edited() {
    let simulator = start().await;
    let control = simulator.control();
    let missing = |edit: Edit| control.edit(edit).unwrap_err();
    let nothing = |what, id| NothingToEdit { what, id };
    assert_eq!(missing(Edit::RemoveIntercom { intercom: 99 }), nothing("intercom", 99));
    assert_eq!(missing(Edit::RemoveFlat { intercom: ENTRANCE, flat: 1 }), nothing("flat", 1));
    assert_eq!(missing(Edit::RemoveKey { intercom: ENTRANCE, key: 1 }), nothing("key", 1));
    assert_eq!(missing(Edit::RemoveCode { code: 1 }), nothing("code", 1));
    let foreign = Edit::AddKey { intercom: ENTRANCE, flat: None, key: "1".to_owned(), user: Some(1) };
    assert_eq!(missing(foreign), nothing("user", 1));
    assert_eq!(missing(Edit::RemoveResident { intercom: ENTRANCE, flat: FLAT, user: 1 }), nothing("user", 1));
}

#[tokio::test]
async fn another_process_can_edit_the_building() {
    let simulator = start().await;
    let door = open_door(simulator.control()).await.unwrap();
    let http = client(&simulator);
    let edit = async |body: Value| {
        let request = http.post(format!("{}/edit", door.address())).body(body.to_string());
        let answer = request.header("Content-Type", "application/json").send().await.unwrap();
        (answer.status().as_u16(), answer.text().await.unwrap())
    };
    let renamed = edit(json!({"kind": "rename_intercom", "intercom": 21, "title": "North"})).await;
    assert_eq!(renamed, (200, r#"{"id":null}"#.to_owned()));
    let (status, text) = edit(json!({"kind": "add_key", "intercom": 21, "key": "abc"})).await;
    let id = serde_json::from_str::<Value>(&text).unwrap()["id"].clone();
    assert!(status == 200 && id.is_u64());
    let keys =
        Caller::admin(&simulator).get("/api/admin/v1/intercoms/21/keys?search=abc&unbound_flats=1").await;
    assert!(keys.ok()["data"].as_array().unwrap().iter().any(|row| row["id"] == id && row["key"] == "abc"));
    assert_eq!(edit(json!({"kind": "remove_flat", "intercom": 21, "flat": 1})).await.0, 404);
}
