//! A server that cannot be reached, and one whose clock is wrong.

use std::time::Duration;

use chrono::TimeDelta;
use reqwest::Method;
use serde_json::{Value, json};
use simulator::control::{Call, Fault, Times};
use simulator::{Options, Simulator};

use crate::support::{Caller, ENTRANCE, FLAT, TestClock, admin_codes, start, visitor_of};

const BASIC: &str = "/api/v1/static/basic";

async fn both_kinds() -> [Simulator; 2] {
    let secure = Options { https: true, ..TestClock::new().options() };
    [start().await, Simulator::start(secure).await.unwrap()]
}

#[tokio::test]
async fn a_refused_connection_is_refused_until_it_is_accepted_again() {
    for simulator in both_kinds().await {
        let (caller, control) = (Caller::admin(&simulator), simulator.control());
        caller.get(BASIC).await.ok();
        let fingerprint = simulator.fingerprint();
        control.refuse_connections(None);
        caller.until_it_is_refused(BASIC).await;
        assert_eq!(simulator.fingerprint(), fingerprint);
        control.accept_connections();
        caller.until_it_answers(BASIC).await;
    }
}

#[tokio::test]
async fn a_server_that_goes_down_with_a_request_comes_back_by_itself_or_when_faults_are_cleared() {
    let simulator = start().await;
    let (admin, control) = (Caller::admin(&simulator), simulator.control());
    for ms in [Some(20), None] {
        control.fault(Call::CreateCodeAdmin, Fault::Refuse { ms }, Times::Count(1));
        let lost = admin.try_call(Method::POST, &admin_codes(ENTRANCE), &visitor_of(FLAT)).await;
        lost.unwrap_err();
        if ms.is_none() {
            admin.until_it_is_refused(BASIC).await;
            control.clear();
        }
        admin.until_it_answers(BASIC).await;
    }
    assert_eq!(control.codes_created(), 0);
}

#[tokio::test]
async fn a_server_that_refuses_connections_can_still_be_stopped() {
    let simulator = start().await;
    simulator.control().refuse_connections(Some(Duration::from_secs(3_600)));
    simulator.stop().await;
}

#[tokio::test]
async fn a_wrong_clock_shows_in_every_date_the_server_makes() {
    let options = Options { clock_off: TimeDelta::minutes(-50), ..TestClock::new().options() };
    let simulator = Simulator::start(options).await.unwrap();
    let admin = Caller::admin(&simulator);
    let code = admin.post(&admin_codes(ENTRANCE), &visitor_of(FLAT)).await;
    assert_eq!(code.headers["date"].to_str().unwrap(), "Sat, 21 Nov 2026 11:10:00 GMT");
    assert_eq!(code.ok()["created_at"], "2026-11-21T11:10:00.000000Z");

    simulator.control().set_clock_off(TimeDelta::minutes(180));
    let refused = admin.post(&admin_codes(ENTRANCE), &visitor_of(FLAT)).await;
    assert_eq!(refused.refused_fields(), ["expired_at"], "over by its clock");
    let credentials = &simulator.options().admin;
    let request = json!({"login": credentials.login, "password": credentials.password});
    let signed_in = admin.post("/api/admin/v1/auth/token", &request).await.ok();
    assert_eq!(signed_in["expires_at"], "2026-12-21T15:00:00.000000Z");
    assert_ne!(signed_in["access_token"], Value::Null);
}
