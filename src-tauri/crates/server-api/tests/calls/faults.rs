//! What each fault becomes at a read and at a write, and how often the server was asked.

use chrono::{TimeZone, Utc};
use server_api::{
    Address, ApiError, Connection, LostAnswer, NotThisApi, Settings, Unreached, admin, client, open,
};
use simulator::control::{Call, Fault, Times};

use crate::{World, world};

const INTERCOM: u64 = 21;

async fn read(world: &World) -> ApiError {
    client::codes(&world.connection, &world.client).await.unwrap_err()
}

async fn write(world: &World) -> ApiError {
    let end = Utc.with_ymd_and_hms(2099, 1, 1, 0, 0, 0).unwrap();
    client::create_code(&world.connection, &world.client, INTERCOM, "x", end).await.unwrap_err()
}

fn asked(world: &World, call: Call) -> usize {
    world.simulator.control().requests().iter().filter(|request| request.call == Some(call)).count()
}

/// What a failure is called here, without the details that differ from run to run.
pub(crate) fn name(error: &ApiError) -> String {
    match error {
        ApiError::NeverReached { .. } => "never reached".to_owned(),
        ApiError::SentNoUsableAnswer { how: LostAnswer::Status { status, .. }, .. } => {
            format!("lost: {status}")
        }
        ApiError::SentNoUsableAnswer { how: LostAnswer::Unreadable(why), .. } => format!("lost: {why:?}"),
        ApiError::SentNoUsableAnswer { how: LostAnswer::ConnectionLost, .. } => "lost: connection".to_owned(),
        ApiError::SentNoUsableAnswer { how: LostAnswer::Timeout, .. } => "lost: timeout".to_owned(),
        ApiError::Refused(refusal) => format!("refused: {}", refusal.status),
        ApiError::ServerTrouble { status, .. } => format!("trouble: {status}"),
        ApiError::NotThisApi { why, .. } => format!("not this api: {why:?}"),
        ApiError::CertificateNotTrusted(_) => "certificate".to_owned(),
    }
}

#[tokio::test]
async fn every_fault_has_its_meaning_and_no_write_is_ever_sent_twice() {
    let status = |status| Fault::Status { status };
    let redirect = Fault::Redirect { status: 302, location: "https://127.0.0.1:1/".to_owned() };
    let table = [
        // fault, what a read becomes and how often it is tried, what a write becomes
        (Fault::ResetBefore, "lost: connection", 3, "lost: connection"),
        (Fault::ResetAfter, "lost: connection", 3, "lost: connection"),
        (Fault::Truncate, "lost: connection", 3, "lost: connection"),
        (Fault::Stall, "lost: timeout", 1, "lost: timeout"),
        (Fault::Html, "not this api: Html", 1, "lost: Html"),
        (Fault::Empty, "not this api: Empty", 1, "lost: Empty"),
        (redirect, "refused: 302", 1, "refused: 302"),
        (Fault::Unprocessable, "refused: 422", 1, "refused: 422"),
        (Fault::TooManyRequests { retry_after: 9 }, "refused: 429", 1, "refused: 429"),
        (status(400), "refused: 400", 1, "lost: 400"),
        (status(401), "refused: 401", 1, "refused: 401"),
        (status(402), "refused: 402", 1, "refused: 402"),
        (status(403), "refused: 403", 1, "refused: 403"),
        (status(404), "refused: 404", 1, "refused: 404"),
        (status(405), "refused: 405", 1, "refused: 405"),
        (status(409), "refused: 409", 1, "refused: 409"),
        (status(419), "refused: 419", 1, "refused: 419"),
        (status(500), "trouble: 500", 3, "lost: 500"),
        (status(502), "trouble: 502", 3, "lost: 502"),
        (status(503), "trouble: 503", 3, "lost: 503"),
    ];
    for (fault, at_read, tries, at_write) in table {
        let world = world().await;
        world.simulator.control().fault(Call::Any, fault.clone(), Times::Always);
        assert_eq!(name(&read(&world).await), at_read, "{fault:?} at a read");
        assert_eq!(asked(&world, Call::ListCodes), tries, "{fault:?}: tries of a read");
        assert_eq!(name(&write(&world).await), at_write, "{fault:?} at a write");
        assert_eq!(asked(&world, Call::CreateCodeClient), 1, "{fault:?}: a write is sent once");
    }
}

#[tokio::test]
async fn a_read_survives_a_passing_fault() {
    let world = world().await;
    for fault in [Fault::ResetBefore, Fault::Status { status: 503 }] {
        world.simulator.control().fault(Call::ListCodes, fault, Times::Count(1));
        client::codes(&world.connection, &world.client).await.unwrap();
    }
}

#[tokio::test]
async fn a_write_after_the_server_closed_idle_connections_is_not_a_lost_answer() {
    let world = world().await;
    client::codes(&world.connection, &world.client).await.unwrap();
    let end = Utc.with_ymd_and_hms(2099, 1, 1, 0, 0, 0).unwrap();
    let address = world.simulator.address();
    let port = address.rsplit(':').next().unwrap().parse().unwrap();
    world.simulator.stop().await;
    let options = simulator::Options { port, ..simulator::Options::default() };
    let again = simulator::Simulator::start(options).await.unwrap();
    let bearer = server_api::Bearer::new(again.tokens().client.into());
    client::create_code(&world.connection, &bearer, INTERCOM, "x", end).await.unwrap();
}

#[tokio::test]
async fn an_answer_beyond_the_limit_is_not_read_to_its_end() {
    let world = world().await;
    let mut settings = world.connection.settings().clone();
    settings.limits.body = 100;
    let connection = Connection::new(settings).unwrap();
    let error = admin::flats(&connection, &world.admin, INTERCOM).await.unwrap_err();
    assert!(matches!(error, ApiError::NotThisApi { why: NotThisApi::TooLarge, .. }), "{error:?}");
}

#[tokio::test]
async fn a_server_that_is_not_there_was_never_reached() {
    let world = world().await;
    let settings = world.connection.settings().clone();
    world.simulator.stop().await;
    let connection = Connection::new(settings).unwrap();
    let error = open::basic(&connection).await.unwrap_err();
    assert!(matches!(error, ApiError::NeverReached { why: Unreached::Refused, .. }), "{error:?}");
}

#[tokio::test]
async fn a_web_server_that_is_no_intercom_server_is_told_from_one() {
    let world = world().await;
    for fault in [Fault::Status { status: 404 }, Fault::Html, Fault::Empty] {
        world.simulator.control().fault(Call::StaticBasic, fault, Times::Count(1));
        let error = open::basic(&world.connection).await.unwrap_err();
        assert!(matches!(error, ApiError::NotThisApi { .. }), "{error:?}");
    }
}

#[tokio::test]
async fn every_text_of_a_422_arrives() {
    let world = world().await;
    world.simulator.control().fault(Call::CreateCodeClient, Fault::Unprocessable, Times::Count(1));
    let ApiError::Refused(refusal) = write(&world).await else { panic!("not refused") };
    assert!(refusal.fields.len() > 1 || refusal.fields.values().any(|texts| texts.len() > 1), "{refusal:?}");
}

#[test]
fn a_bearer_and_a_connection_never_print_a_token() {
    let bearer = server_api::Bearer::new("hidden-token".to_owned().into());
    assert!(!format!("{bearer:?}").contains("hidden"));
    let settings = Settings::new(Address::parse("vms.local").unwrap());
    assert!(format!("{settings:?}").contains("vms.local"));
}
