//! The log: to standard error, without secrets, names, keys or codes.

use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::prelude::*;

/// The project's own crates, which `GATEHOUSE_LOG` is about.
const OWN: [&str; 5] = ["gatehouse", "desk", "server_api", "store", "simulator"];

/// Starts logging. `GATEHOUSE_LOG` sets the level of the project's own crates (default `info`).
pub(crate) fn start() {
    let level = std::env::var("GATEHOUSE_LOG")
        .ok()
        .and_then(|level| level.parse::<LevelFilter>().ok())
        .unwrap_or(LevelFilter::INFO);
    // SECURITY: other crates never log more than `info`: at `debug` an HTTP library prints headers and bodies.
    let mut targets = Targets::new().with_default(LevelFilter::INFO.min(level));
    for own in OWN {
        targets = targets.with_target(own, level);
    }
    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr).with_ansi(false);
    tracing_subscriber::registry().with(lines).with(targets).init();
}
