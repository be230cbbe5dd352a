//! Answers that are wrong though the work was done, and refusals in every form.

use serde_json::{Value, json};
use simulator::control::{Broken, Call, Fault, Schedule, Times};

use crate::support::{Caller, ENTRANCE, FLAT, admin_codes, start, visitor_of};

const FLAT_PATH: &str = "/api/admin/v1/intercoms/21/flats/501";
const FLATS_PATH: &str = "/api/admin/v1/intercoms/21/flats?per_page=5";

#[tokio::test]
async fn wrong_types_answer_done_work_in_the_habits_of_a_loose_language() {
    let simulator = start().await;
    simulator.control().fault(Call::CreateCodeAdmin, Fault::WrongTypes, Times::Count(1));
    let answer = Caller::admin(&simulator).post(&admin_codes(ENTRANCE), &visitor_of(FLAT)).await.ok();
    assert_eq!((&answer["intercom_flat"]["id"], &answer["is_expired"]), (&json!("501"), &json!("0")));
    assert!(answer["id"].is_string() && answer["code"].is_number());
    assert_eq!(simulator.control().codes_created(), 1);
}

#[tokio::test]
async fn a_wrong_shape_is_json_of_something_else() {
    let simulator = start().await;
    simulator.control().fault(Call::Any, Fault::WrongShape, Times::Count(3));
    let admin = Caller::admin(&simulator);
    assert!(admin.post(&admin_codes(ENTRANCE), &visitor_of(FLAT)).await.ok().is_array());
    assert_eq!(simulator.control().codes_created(), 1);
    assert!(Caller::client(&simulator).get("/api/v1/sessions").await.ok().is_object());
    assert!(admin.delete(&admin_codes(ENTRANCE), &json!({"ids": [1]})).await.ok().is_object());
}

#[tokio::test]
async fn one_bad_record_stands_among_good_ones() {
    let simulator = start().await;
    let admin = Caller::admin(&simulator);
    let right = admin.get(FLATS_PATH).await.ok();
    for how in [Broken::NoId, Broken::HugeId, Broken::ZeroId, Broken::NegativeId, Broken::TextInside] {
        simulator.control().fault(Call::ListFlats, Fault::BadRecord { how }, Times::Count(1));
        let wrong = admin.get(FLATS_PATH).await.ok();
        let differing: Vec<usize> = (0..5).filter(|row| wrong["data"][row] != right["data"][row]).collect();
        assert_eq!(differing, [2], "{how:?}");
    }
}

#[tokio::test]
async fn maps_are_empty_lists_where_that_is_ordered() {
    let simulator = start().await;
    simulator.control().fault(Call::Any, Fault::EmptyMaps, Times::Always);
    let admin = Caller::admin(&simulator);
    assert_eq!(admin.get(FLAT_PATH).await.ok()["properties"], json!([]));
    let page = admin.get(FLATS_PATH).await.ok();
    assert_eq!((&page["meta"], &page["data"][0]["properties"]), (&json!([]), &json!([])));
}

#[tokio::test]
async fn hostile_texts_come_with_the_right_records() {
    let simulator = start().await;
    let client = Caller::client(&simulator);
    let right = client.get("/api/v1/intercom").await.ok();
    simulator.control().fault(Call::ListIntercomsClient, Fault::HostileTexts, Times::Count(1));
    let wrong = client.get("/api/v1/intercom").await.ok();
    for row in 0..3 {
        assert_eq!(wrong["data"][row]["id"], right["data"][row]["id"]);
        assert_ne!(wrong["data"][row]["title"], right["data"][row]["title"]);
    }
}

#[tokio::test]
async fn a_huge_answer_is_valid_json_of_exactly_that_size_and_no_announced_length() {
    let simulator = start().await;
    for bytes in [64, 35 * 1_024 + 20, 5_000_000] {
        simulator.control().fault(Call::GetFlat, Fault::Huge { bytes }, Times::Count(1));
        let answer = Caller::admin(&simulator).get(FLAT_PATH).await;
        assert_eq!((answer.status, answer.text.len() as u64), (200, bytes));
        assert!(answer.headers.get("content-length").is_none());
        assert!(answer.json()["data"].is_array());
    }
}

#[tokio::test]
async fn a_slow_answer_is_whole_in_the_end() {
    let simulator = start().await;
    let admin = Caller::admin(&simulator);
    let whole = admin.get("/api/v1/static/basic").await.ok();
    simulator.control().fault(Call::StaticBasic, Fault::Slow { ms_per_chunk: 1 }, Times::Count(1));
    let begin = std::time::Instant::now();
    let slow = admin.get("/api/v1/static/basic").await;
    assert!(begin.elapsed().as_millis() as usize >= slow.text.len());
    assert_eq!(slow.ok(), whole);
}

#[tokio::test]
async fn refusals_speak_the_callers_language() {
    let simulator = start().await;
    simulator.control().fault(Call::GetFlat, Fault::Unprocessable, Times::Count(2));
    let english = Caller::admin(&simulator).get(FLAT_PATH).await.errors();
    let russian = Caller::admin(&simulator).in_russian().get(FLAT_PATH).await.errors();
    assert_eq!(english["title"][0], "The title is already in use.");
    assert_eq!(russian["title"][0], "Такое название уже используется.");
}

#[tokio::test]
async fn a_server_that_is_down_says_so_in_its_own_ways() {
    let simulator = start().await;
    let faults = [
        Fault::Unavailable { retry_after: None },
        Fault::Unavailable { retry_after: Some(9) },
        Fault::Maintenance,
        Fault::BadGateway,
    ];
    simulator.control().schedule([Schedule::sequence(Call::GetFlat, faults.map(Some))]);
    let mut seen = Vec::new();
    for _ in 0..4 {
        let answer = Caller::admin(&simulator).get(FLAT_PATH).await;
        let header = |name: &str| answer.headers.get(name).map(|value| value.to_str().unwrap().to_owned());
        let is_html = header("content-type").unwrap().starts_with("text/html");
        seen.push((answer.status, header("retry-after"), is_html));
    }
    let after = |seconds: &str| Some(seconds.to_owned());
    assert_eq!(
        seen,
        [(503, None, false), (503, after("9"), false), (503, after("60"), false), (502, None, true)]
    );
}

#[tokio::test]
async fn a_choice_of_sessions_on_purpose_has_sessions_to_choose_from() {
    let simulator = start().await;
    let choose = async || {
        simulator.control().fault(Call::SignInClient, Fault::Status { status: 419 }, Times::Count(1));
        let client = &simulator.options().client;
        let request = json!({"login": client.login, "password": client.password});
        let nobody = Caller::nobody(&simulator);
        let answer = nobody.post("/api/v1/token", &request).await;
        nobody.post("/api/v1/token", &request).await.ok();
        assert_eq!(answer.status, 419);
        answer.json()
    };
    let names = |choice: &Value| -> Vec<String> {
        choice["sessions"][0].as_object().unwrap().keys().cloned().collect()
    };
    let (invented, real) = (choose().await, choose().await);
    assert_eq!(names(&invented), names(&real));
    assert_eq!((&invented["sessions_limit"], &real["sessions_limit"]), (&json!(2), &json!(1)));
}
