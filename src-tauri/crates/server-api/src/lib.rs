//! What the intercom server speaks: one function per call, tolerant reading, TLS trust, retries of reads.
//!
//! Exists so that everything the server does differently from what its pages say is known in one place.
//! Must not go in: rules of the product (what may be issued, what a person is told), anything stored,
//! anything of Tauri, and anything shared with the `simulator`, which must be able to disagree.
//!
//! The five pages of the contract are called *seed 000* to *seed 004* after their files; their JSON stands in
//! `tests/contract/` at the root of the project.

mod address;
mod calls;
mod connection;
mod error;
#[cfg(any(test, feature = "fuzzing"))]
#[doc(hidden)]
pub mod fuzzing;
mod outcome;
mod pace;
mod read;
mod trust;

pub use address::{Address, AddressError};
pub use calls::{MOST_DELETED, Probe, admin, billing, client, open, probe};
pub use connection::{Bearer, Connection, DateForm, Language, Limits, Settings, SetupError};
pub use error::{ApiError, LostAnswer, NotThisApi, Refusal, Unreached};
pub use pace::Pace;
pub use read::{
    Account, AdminSession, Basic, BillingIntercom, Captcha, ClientSession, Code, Flat, Intercom, Key,
    KeyFlat, KeyRecord, Line, Lines, Listing, Owner, PanelStatus, Picture, PictureKind, Problem, ProblemKind,
    Session, User, parse_instant,
};
pub use trust::{CertificateFacts, Distrust, Trust, UntrustedCertificate};
