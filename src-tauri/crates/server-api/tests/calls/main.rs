//! Every call against the simulator, in good times and bad.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod around;
mod canned;
mod contract;
mod dialects;
mod every_call;
mod faults;
mod table;
mod trust;

use std::time::Duration;

use secrecy::SecretString;
use server_api::{Address, Bearer, Connection, Settings, Trust};
use simulator::{Options, Simulator};

/// A simulator over plain HTTP with a connection to it and a token of each account.
struct World {
    simulator: Simulator,
    connection: Connection,
    admin: Bearer,
    client: Bearer,
}

async fn world() -> World {
    world_with(Options::default()).await
}

async fn world_with(options: Options) -> World {
    let simulator = Simulator::start(options).await.unwrap();
    let tokens = simulator.tokens();
    let connection = Connection::new(settings(&simulator)).unwrap();
    let bearer = |token: String| Bearer::new(SecretString::from(token));
    World { simulator, connection, admin: bearer(tokens.admin), client: bearer(tokens.client) }
}

/// Settings that give up soon: a test waits for what a person would wait half a minute for.
fn settings(simulator: &Simulator) -> Settings {
    let mut settings = Settings::new(Address::parse(&simulator.address()).unwrap());
    settings.trust = simulator.fingerprint().map_or(Trust::Platform, Trust::Pin);
    settings.device = "desk-under-test".to_owned();
    settings.limits.answer = Duration::from_millis(1_500);
    settings.limits.backoff = Duration::from_millis(1);
    settings.limits.patience = Duration::ZERO;
    settings
}
