//! A building of a chosen size.

use serde_json::json;
use simulator::{BuildingSize, Options, Simulator};

use crate::support::{Caller, TestClock, admin_codes, visitor_of};

async fn sized(intercoms: u32, flats_per_intercom: u32) -> Simulator {
    let building = Some(BuildingSize { intercoms, flats_per_intercom });
    Simulator::start(Options { building, admin_list: true, ..TestClock::new().options() }).await.unwrap()
}

#[tokio::test]
async fn a_large_building_answers_every_call() {
    let simulator = sized(40, 250).await;
    let admin = Caller::admin(&simulator);
    assert_eq!(admin.get("/api/admin/v1/intercoms").await.ok()["meta"]["total"], 40);
    let last = admin.get("/api/admin/v1/intercoms/60/flats?per_page=1000").await.ok();
    assert_eq!(last["data"].as_array().unwrap().len(), 250);
    let flat = last["data"][249]["id"].as_u64().unwrap();
    admin.post(&admin_codes(60), &visitor_of(flat)).await.ok();
    let shown = admin.get("/api/v1/billing/intercoms/show?external_id=L12-0060").await.ok();
    assert_eq!((&shown["flat_from"], &shown["flat_to"]), (&json!(1), &json!(250)));
    assert!(admin.get("/api/admin/v1/intercoms/60/keys").await.ok()["meta"]["total"].as_u64().unwrap() > 100);
    assert_eq!(Caller::client(&simulator).get("/api/v1/intercom").await.ok()["meta"]["total"], 30);
}

#[tokio::test]
async fn a_building_may_be_empty() {
    let simulator = sized(0, 0).await;
    assert_eq!(Caller::client(&simulator).get("/api/v1/intercom").await.ok()["data"], json!([]));
    let none = sized(1, 0).await;
    let shown = Caller::admin(&none).get("/api/v1/billing/intercoms/show?id=21").await.ok();
    assert!(shown["flat_from"].is_null() && shown["flat_to"].is_null());
}
