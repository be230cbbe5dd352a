//! Faults by plan.

use serde_json::{Value, json};
use simulator::Simulator;
use simulator::control::{Call, Fault, Schedule, Times, open_door};

use crate::support::{Caller, client, start};

const BASIC: &str = "/api/v1/static/basic";

fn status(status: u16) -> Fault {
    Fault::Status { status }
}

async fn statuses(simulator: &Simulator, path: &str, times: usize) -> Vec<u16> {
    let caller = Caller::admin(simulator);
    let mut seen = Vec::new();
    for _ in 0..times {
        seen.push(caller.get(path).await.status);
    }
    seen
}

#[tokio::test]
async fn a_sequence_is_met_step_by_step_and_ends_or_begins_again() {
    let simulator = start().await;
    let steps = Schedule::sequence(Call::StaticBasic, [None, Some(status(500)), None, Some(status(502))]);
    simulator.control().schedule([steps.clone()]);
    assert_eq!(statuses(&simulator, BASIC, 6).await, [200, 500, 200, 502, 200, 200]);
    simulator.control().schedule([steps.repeated()]);
    assert_eq!(statuses(&simulator, BASIC, 6).await, [200, 500, 200, 502, 200, 500]);
    simulator.control().clear();
    assert_eq!(statuses(&simulator, BASIC, 2).await, [200, 200]);
}

#[tokio::test]
async fn each_call_can_have_a_plan_of_its_own_and_armed_faults_come_first() {
    let simulator = start().await;
    simulator.control().schedule([
        Schedule::sequence(Call::StaticBasic, [Some(status(500))]).repeated(),
        Schedule::sequence(Call::Any, [Some(status(503)), None, Some(status(403))]),
    ]);
    simulator.control().fault(Call::StaticBasic, status(400), Times::Count(1));
    assert_eq!(statuses(&simulator, BASIC, 2).await, [400, 500]);
    assert_eq!(
        statuses(&simulator, "/api/v1/captcha", 2).await,
        [200, 403],
        "the first step met the other call"
    );
}

#[tokio::test]
async fn chance_falls_the_same_way_for_the_same_seed() {
    let mut seen = Vec::new();
    for seed in [7, 7, 8] {
        let simulator = start().await;
        simulator.control().schedule([Schedule::random(seed, 400, [status(500), status(503)])]);
        seen.push(statuses(&simulator, BASIC, 60).await);
    }
    assert_eq!(seen[0], seen[1]);
    assert_ne!(seen[0], seen[2]);
    assert!([200, 500, 503].iter().all(|status| seen[0].contains(status)));
}

#[tokio::test]
async fn another_process_can_order_plans_refusals_and_a_wrong_clock() {
    let simulator = start().await;
    let door = open_door(simulator.control()).await.unwrap();
    let http = client(&simulator);
    let order = async |path: &str, body: &Value| {
        let request = http.post(format!("{}{path}", door.address())).body(body.to_string());
        request.header("Content-Type", "application/json").send().await.unwrap().status().as_u16()
    };
    let plans = json!([
        {"call": "static_basic", "sequence": {"steps": [null, {"kind": "unavailable", "retry_after": 3}]}},
        {"call": "captcha", "random": {"seed": 1, "per_mille": 1000, "faults": [{"kind": "bad_gateway"}]}},
    ]);
    assert_eq!(order("/schedule", &plans).await, 204);
    assert_eq!(statuses(&simulator, BASIC, 3).await, [200, 503, 200]);
    assert_eq!(statuses(&simulator, "/api/v1/captcha", 2).await, [502, 502]);

    assert_eq!(order("/refuse", &json!({"ms": null})).await, 204);
    let caller = Caller::nobody(&simulator);
    caller.until_it_is_refused(BASIC).await;
    assert_eq!(order("/accept", &Value::Null).await, 204);
    caller.until_it_answers(BASIC).await;

    assert_eq!(order("/clock-off", &json!({"minutes": 90})).await, 204);
    let late = caller.get(BASIC).await;
    assert_eq!(late.headers["date"].to_str().unwrap(), "Sat, 21 Nov 2026 13:30:00 GMT");
}
