//! A stand-in for the intercom server: stateful, deterministic from a seed, served over HTTP or self-signed HTTPS.
//!
//! It exists so that the demo building works without any server, and so that every test has a peer that
//! remembers what was asked of it, down to answers that get lost on the way.
//!
//! It is written from the server's documentation alone. It must share no code or types with the crate that
//! calls the server (a shared type would hide a mistake from both sides), know nothing of the desktop
//! application, and listen on loopback only. Faults and assertions live behind the feature `control`, which
//! release builds do not have.
//!
//! It speaks the dialect of one of three versions of the server: [`Dialect`].

mod answers;
mod building;
mod callers;
mod captcha;
mod codes;
#[cfg(feature = "control")]
pub mod control;
mod dialect;
mod input;
mod installation;
mod offers;
mod options;
mod refusal;
mod routes;
mod serving;
mod sessions;
mod simulator;

pub use dialect::{Dialect, UnknownDialect};
pub use options::{BillingAccess, BuildingSize, Captcha, Clock, Credentials, Options, system_clock};
pub use serving::CertificateError;
pub use sessions::Account;
pub use simulator::{DemoTokens, Simulator, StartError};
