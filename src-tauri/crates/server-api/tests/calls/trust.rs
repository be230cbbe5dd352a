//! Whom a connection believes.

use server_api::{ApiError, Connection, Distrust, Trust, open};
use simulator::{Options, Simulator};

use crate::settings;

async fn secure() -> Simulator {
    Simulator::start(Options { https: true, ..Options::default() }).await.unwrap()
}

async fn probe(simulator: &Simulator, trust: Trust) -> Result<(), ApiError> {
    let mut settings = settings(simulator);
    settings.trust = trust;
    open::basic(&Connection::new(settings).unwrap()).await.map(|_| ())
}

#[tokio::test]
async fn a_self_signed_server_is_blocked_and_shown_with_everything_a_decision_needs() {
    let simulator = secure().await;
    let Err(ApiError::CertificateNotTrusted(untrusted)) = probe(&simulator, Trust::Platform).await else {
        panic!("it was trusted or failed otherwise")
    };
    assert_eq!(untrusted.why, Distrust::UnknownIssuer);
    assert_eq!(Some(&untrusted.facts.fingerprint), simulator.fingerprint().as_ref());
    assert_eq!(untrusted.facts.host, "127.0.0.1");
    assert!(untrusted.facts.not_before < untrusted.facts.not_after);
    assert!(!untrusted.facts.subject.is_empty() && !untrusted.facts.issuer.is_empty());
    assert!(simulator.control().requests().is_empty(), "nothing was sent");
}

#[tokio::test]
async fn the_pinned_certificate_and_no_other_is_trusted() {
    let simulator = secure().await;
    let pin = simulator.fingerprint().unwrap();
    probe(&simulator, Trust::Pin(pin.clone())).await.unwrap();
    simulator.control().change_certificate().unwrap();
    let Err(ApiError::CertificateNotTrusted(untrusted)) = probe(&simulator, Trust::Pin(pin.clone())).await
    else {
        panic!("a changed certificate was trusted")
    };
    assert_eq!(untrusted.why, Distrust::Changed);
    assert_eq!(untrusted.pinned, Some(pin));
    probe(&simulator, Trust::Pin(untrusted.facts.fingerprint)).await.unwrap();
}

#[tokio::test]
async fn a_certificate_that_changes_under_a_living_connection_blocks_its_next_call() {
    let simulator = secure().await;
    let connection = Connection::new(settings(&simulator)).unwrap();
    open::basic(&connection).await.unwrap();
    simulator.control().change_certificate().unwrap();
    let error = open::basic(&connection).await.unwrap_err();
    assert!(matches!(error, ApiError::CertificateNotTrusted(_)), "{error:?}");
}

#[tokio::test]
async fn a_pinned_certificate_tells_when_it_ends() {
    let simulator = secure().await;
    let connection = Connection::new(settings(&simulator)).unwrap();
    open::basic(&connection).await.unwrap();
    assert!(connection.certificate().unwrap().not_after.is_some());
}
