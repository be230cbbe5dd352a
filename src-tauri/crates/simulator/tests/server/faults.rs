use std::time::Duration;

use reqwest::Method;
use serde_json::json;
use simulator::Simulator;
use simulator::control::{Call, Fault, Times};

use crate::support::{Answer, Caller, ENTRANCE, FLAT, TestClock, admin_codes, start, visitor_of};

const FLAT_PATH: &str = "/api/admin/v1/intercoms/21/flats/501";

async fn create(simulator: &Simulator) -> reqwest::Result<Answer> {
    Caller::admin(simulator).try_call(Method::POST, &admin_codes(ENTRANCE), &visitor_of(FLAT)).await
}

async fn create_meeting(simulator: &Simulator, fault: Fault) -> reqwest::Result<Answer> {
    simulator.control().fault(Call::CreateCodeAdmin, fault, Times::Count(1));
    create(simulator).await
}

async fn secure() -> Simulator {
    Simulator::start(simulator::Options { https: true, ..TestClock::new().options() }).await.unwrap()
}

#[tokio::test]
async fn a_reset_before_the_work_leaves_nothing_behind() {
    for simulator in [start().await, secure().await] {
        create_meeting(&simulator, Fault::ResetBefore).await.unwrap_err();
        assert_eq!(simulator.control().codes_created(), 0);
        assert_eq!(create(&simulator).await.unwrap().status, 200, "the fault was for one request");
    }
}

#[tokio::test]
async fn a_reset_after_the_work_leaves_a_code_nobody_was_told_of() {
    for simulator in [start().await, secure().await] {
        create_meeting(&simulator, Fault::ResetAfter).await.unwrap_err();
        assert_eq!(simulator.control().codes_created(), 1);
        assert_eq!(simulator.control().requests()[0].status, None);
    }
}

#[tokio::test]
async fn a_truncated_answer_announces_more_than_it_sends() {
    for simulator in [start().await, secure().await] {
        simulator.control().fault(Call::CreateCodeAdmin, Fault::Truncate, Times::Count(1));
        let admin = Caller::admin(&simulator);
        let mut response = admin
            .http
            .post(format!("{}{}", simulator.address(), admin_codes(ENTRANCE)))
            .bearer_auth(simulator.tokens().admin)
            .header("Content-Type", "application/json")
            .body(visitor_of(FLAT).to_string())
            .send()
            .await
            .unwrap();
        assert_eq!(response.status(), 200);
        let announced = response.content_length().unwrap();
        let half = response.chunk().await.unwrap().unwrap();
        assert_eq!(half.len() as u64, announced / 2);
        response.chunk().await.unwrap_err();
        assert_eq!(simulator.control().codes_created(), 1);
    }
}

#[tokio::test]
async fn a_stalled_answer_never_comes_though_the_work_is_done() {
    let simulator = start().await;
    simulator.control().fault(Call::CreateCodeAdmin, Fault::Stall, Times::Count(1));
    let control = simulator.control();
    tokio::select! {
        answer = create(&simulator) => panic!("{answer:?}"),
        () = control.wait_until_done(Call::CreateCodeAdmin, 1) => {}
    }
    assert_eq!(control.codes_created(), 1);
    simulator.stop().await;
}

#[tokio::test]
async fn a_late_answer_is_late_but_whole() {
    let simulator = start().await;
    let begin = std::time::Instant::now();
    assert_eq!(create_meeting(&simulator, Fault::Latency { ms: 120 }).await.unwrap().status, 200);
    assert!(begin.elapsed() >= Duration::from_millis(120));
}

#[tokio::test]
async fn statuses_answer_without_any_work() {
    let simulator = start().await;
    for status in [400, 401, 402, 403, 404, 405, 409, 500, 502, 503] {
        let answer = create_meeting(&simulator, Fault::Status { status }).await.unwrap();
        assert_eq!(answer.status, status);
        assert!(answer.json()["message"].is_string());
    }
    let limited = create_meeting(&simulator, Fault::TooManyRequests { retry_after: 7 }).await.unwrap();
    assert_eq!((limited.status, limited.headers["retry-after"].to_str().unwrap()), (429, "7"));
    let location = "https://elsewhere.example/".to_owned();
    let moved = create_meeting(&simulator, Fault::Redirect { status: 307, location }).await.unwrap();
    assert_eq!(
        (moved.status, moved.headers["location"].to_str().unwrap()),
        (307, "https://elsewhere.example/")
    );
    assert_eq!(simulator.control().codes_created(), 0);
}

#[tokio::test]
async fn a_refusal_on_purpose_has_several_texts_and_a_key_of_its_own() {
    let simulator = start().await;
    let errors = create_meeting(&simulator, Fault::Unprocessable).await.unwrap().errors();
    assert_eq!(errors["title"].as_array().unwrap().len(), 2);
    assert!(errors["panel_memory"].is_array());
}

#[tokio::test]
async fn an_answer_may_be_a_page_for_people_or_nothing() {
    let simulator = start().await;
    let html = create_meeting(&simulator, Fault::Html).await.unwrap();
    assert_eq!(html.status, 200);
    assert!(html.headers["content-type"].to_str().unwrap().starts_with("text/html"));
    assert_eq!(simulator.control().codes_created(), 0);
    let empty = create_meeting(&simulator, Fault::Empty).await.unwrap();
    assert_eq!((empty.status, empty.text.as_str()), (200, ""));
    assert_eq!(simulator.control().codes_created(), 1);
}

#[tokio::test]
async fn a_wrong_echo_names_what_was_not_asked_though_the_work_is_right() {
    let simulator = start().await;
    let answer = create_meeting(&simulator, Fault::WrongEcho).await.unwrap().ok();
    assert_eq!(answer["intercom_flat"]["id"], FLAT + 1);
    assert_eq!(answer["expired_at"], "2026-11-21T14:37:00.000000Z");
    let kept = simulator.control().codes();
    assert!(kept.iter().any(|code| code.flat_id == Some(FLAT) && answer["id"] == code.id));

    simulator.control().fault(Call::SwitchLines, Fault::WrongEcho, Times::Count(1));
    let request = json!({"intercom_id": ENTRANCE, "flat_id": FLAT, "is_analog_line_available": true});
    let admin = Caller::admin(&simulator);
    let answer = admin.patch("/api/v1/billing/intercom-flats", &request).await.ok();
    assert_eq!((&answer["id"], &answer["flat"]), (&json!(FLAT + 1), &json!(2)));
    assert_eq!(answer["properties"]["is_analog_line_available"], false);
    assert_eq!(admin.get(FLAT_PATH).await.ok()["properties"]["is_analog_line_enable"], true);
}

#[tokio::test]
async fn a_fault_meets_only_its_call_and_as_often_as_ordered() {
    let simulator = start().await;
    let (admin, control) = (Caller::admin(&simulator), simulator.control());
    control.fault(Call::GetFlat, Fault::Status { status: 500 }, Times::Count(2));
    assert_eq!(admin.get("/api/v1/static/basic").await.status, 200);
    let mut statuses = Vec::new();
    for _ in 0..3 {
        statuses.push(admin.get(FLAT_PATH).await.status);
    }
    assert_eq!(statuses, [500, 500, 200]);

    control.fault(Call::Any, Fault::Status { status: 503 }, Times::Always);
    for _ in 0..5 {
        assert_eq!(admin.get("/anything").await.status, 503);
    }
    control.clear();
    assert_eq!(admin.get(FLAT_PATH).await.status, 200);
}

#[tokio::test]
async fn every_request_is_recorded_without_its_token() {
    let simulator = start().await;
    create(&simulator).await.unwrap();
    Caller::admin(&simulator).get("/api/admin/v1/intercoms/21/flats?page=1").await.ok();
    let requests = simulator.control().requests();
    assert_eq!((requests[0].call, requests[0].status), (Some(Call::CreateCodeAdmin), Some(200)));
    assert_eq!(requests[0].body, visitor_of(FLAT));
    assert_eq!(requests[0].headers["authorization"], "Bearer");
    assert_eq!(
        (requests[1].method.as_str(), requests[1].path.as_str()),
        ("GET", "/api/admin/v1/intercoms/21/flats?page=1")
    );
}
