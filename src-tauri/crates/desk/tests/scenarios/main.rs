//! What people do at the desk, against the simulator, with a keyring and preferences of the test's own.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod accounts;
mod codes;
mod directory;
mod lines;
mod trust;
mod world;
