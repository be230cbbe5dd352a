//! What people do at the desk, against the simulator, with a keyring and preferences of the test's own.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod accounts;
mod capabilities;
mod codes;
mod deleting;
mod directory;
mod every_fault;
mod killed;
mod lines;
mod missed;
mod pausing;
mod reading_codes;
mod remembering;
mod renewal;
mod search;
mod sessions;
mod signed_out;
mod sync;
mod tidying;
mod trust;
mod world;
