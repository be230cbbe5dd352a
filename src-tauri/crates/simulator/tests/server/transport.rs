use reqwest::Method;
use serde_json::Value;
use simulator::{Options, Simulator, StartError};

use crate::support::{Caller, TestClock, client, start};

const BASIC: &str = "/api/v1/static/basic";

async fn secure() -> Simulator {
    Simulator::start(Options { https: true, ..TestClock::new().options() }).await.unwrap()
}

#[tokio::test]
async fn https_is_served_with_the_certificate_it_tells_of() {
    let simulator = secure().await;
    assert!(simulator.address().starts_with("https://127.0.0.1:"));
    let fingerprint = simulator.fingerprint().unwrap();
    assert_eq!((fingerprint.len(), fingerprint.matches(':').count()), (95, 31));
    Caller::nobody(&simulator).get(BASIC).await.ok();
}

#[tokio::test]
async fn a_client_that_was_not_given_the_certificate_does_not_connect() {
    let (simulator, plain) = (secure().await, start().await);
    let stranger = client(&plain);
    assert!(stranger.get(format!("{}{BASIC}", simulator.address())).send().await.unwrap_err().is_connect());
}

#[tokio::test]
async fn a_changed_certificate_ends_the_connections_made_under_the_old_one() {
    let simulator = secure().await;
    let before = Caller::nobody(&simulator);
    before.get(BASIC).await.ok();
    let old = simulator.fingerprint();
    simulator.control().change_certificate().unwrap();
    assert_ne!(simulator.fingerprint(), old);
    before.try_call(Method::GET, BASIC, &Value::Null).await.unwrap_err();
    Caller::nobody(&simulator).get(BASIC).await.ok();
}

#[tokio::test]
async fn stopping_frees_the_port_and_ends_open_connections() {
    let simulator = start().await;
    let caller = Caller::nobody(&simulator);
    caller.get(BASIC).await.ok();
    let port = simulator.address().rsplit(':').next().unwrap().parse().unwrap();
    simulator.stop().await;
    caller.try_call(Method::GET, BASIC, &Value::Null).await.unwrap_err();

    let again = Simulator::start(Options { port, ..TestClock::new().options() }).await.unwrap();
    caller.get(BASIC).await.ok();
    let taken = Simulator::start(Options { port, ..TestClock::new().options() }).await;
    assert!(matches!(taken, Err(StartError::Listen { port: refused, .. }) if refused == port));
    drop(again);
}

#[tokio::test]
async fn every_start_makes_its_own_tokens() {
    let (one, other) = (start().await, start().await);
    assert_ne!(one.tokens().admin, other.tokens().admin);
    assert_ne!(one.tokens().admin, one.tokens().client);
}
