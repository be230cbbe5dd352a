//! What people do at the desk, against the simulator, with a keyring and preferences of the test's own.

mod accounts;
mod codes;
mod directory;
mod lines;
mod trust;
mod world;
