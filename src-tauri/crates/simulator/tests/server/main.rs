//! The simulator seen from outside: over HTTP, as a client of the real server would see it.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking, in its helpers as well")]

mod accounts;
mod answers;
mod captcha;
mod codes;
mod control_door;
mod dialects;
mod directory;
mod edits;
mod faults;
mod keys;
mod large;
mod lines;
mod optional;
mod outages;
mod program;
mod schedules;
mod sessions;
mod shapes;
mod support;
mod transport;
