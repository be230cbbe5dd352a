use serde_json::{Value, json};
use simulator::{Options, Simulator};

use crate::support::{Caller, ENTRANCE, FLAT, OTHER_ENTRANCE, TestClock, start};

const LINES: &str = "/api/v1/billing/intercom-flats";

async fn flat(admin: &Caller) -> Value {
    admin.get(&format!("/api/admin/v1/intercoms/{ENTRANCE}/flats/{FLAT}")).await.ok()
}

#[tokio::test]
async fn a_switched_line_shows_in_the_flat_and_the_others_stay() {
    let simulator = start().await;
    let admin = Caller::admin(&simulator);
    for is_on in [true, false, true] {
        let before = flat(&admin).await;
        let request =
            json!({"intercom_id": ENTRANCE, "flat_id": FLAT, "is_smartphone_sip_line_available": is_on});
        let answer = admin.patch(LINES, &request).await.ok();
        assert_eq!((&answer["id"], &answer["intercom_id"]), (&json!(FLAT), &json!(ENTRANCE)));
        assert_eq!(answer["properties"]["is_smartphone_sip_line_available"], is_on);
        let after = flat(&admin).await;
        assert_eq!(after["properties"]["is_sip_line_enable"], is_on);
        assert_eq!(
            after["properties"]["is_analog_line_enable"],
            before["properties"]["is_analog_line_enable"]
        );
    }
}

#[tokio::test]
async fn the_landline_is_kept_though_the_flat_does_not_show_it() {
    let simulator = start().await;
    let admin = Caller::admin(&simulator);
    for is_on in [true, false] {
        let request = json!({"intercom_id": ENTRANCE, "flat": 1, "is_landline_sip_line_available": is_on});
        admin.patch(LINES, &request).await.ok();
        let other = json!({"intercom_id": ENTRANCE, "flat": 1, "is_analog_line_available": true});
        assert_eq!(
            admin.patch(LINES, &other).await.ok()["properties"]["is_landline_sip_line_available"],
            is_on
        );
    }
    assert_eq!(flat(&admin).await["properties"].as_object().unwrap().len(), 3);
}

#[tokio::test]
async fn a_flat_is_named_by_number_or_by_id_but_not_both() {
    let simulator = start().await;
    let admin = Caller::admin(&simulator);
    let refused = async |request: Value| admin.patch(LINES, &request).await.refused_fields();
    let on = true;
    assert_eq!(
        refused(json!({"intercom_id": ENTRANCE, "flat": 1, "flat_id": FLAT, "is_analog_line_available": on}))
            .await,
        ["flat", "flat_id"]
    );
    assert_eq!(
        refused(json!({"intercom_id": ENTRANCE, "is_analog_line_available": on})).await,
        ["flat", "flat_id"]
    );
    assert_eq!(
        refused(json!({"intercom_id": OTHER_ENTRANCE, "flat_id": FLAT, "is_analog_line_available": on}))
            .await,
        ["flat_id"]
    );
    assert_eq!(
        refused(json!({"intercom_id": ENTRANCE, "flat": 999, "is_analog_line_available": on})).await,
        ["flat"]
    );
    assert_eq!(refused(json!({"flat": 1, "is_analog_line_available": on})).await, ["intercom_id"]);
    assert_eq!(
        refused(json!({"intercom_id": ENTRANCE, "flat": 1, "is_analog_line_available": "yes"})).await,
        ["is_analog_line_available"]
    );
}

#[tokio::test]
async fn a_body_without_any_line_is_refused() {
    let simulator = start().await;
    let answer = Caller::admin(&simulator).patch(LINES, &json!({"intercom_id": ENTRANCE, "flat": 1})).await;
    assert_eq!(answer.refused_fields().len(), 3);
}

#[tokio::test]
async fn a_server_that_wants_all_lines_names_the_missing_ones() {
    let options = Options { all_lines_required: true, ..TestClock::new().options() };
    let simulator = Simulator::start(options).await.unwrap();
    let request = json!({"intercom_id": ENTRANCE, "flat": 1, "is_analog_line_available": true});
    let answer = Caller::admin(&simulator).patch(LINES, &request).await;
    assert_eq!(
        answer.refused_fields(),
        ["is_landline_sip_line_available", "is_smartphone_sip_line_available"]
    );
}
