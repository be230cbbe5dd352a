//! Tolerant reading: any JSON in, a value or a named problem out, never a panic.
//!
//! One bad record never hides the others and an unknown or missing field never breaks a read; what could not
//! be read is reported as a [`Problem`] instead of being guessed.

mod accounts;
mod codes;
mod flats;
mod instant;
mod intercoms;
mod page;
mod refusal;
#[cfg(test)]
mod samples;
mod value;

pub use accounts::{Account, AdminSession, Basic, ClientSession};
pub use codes::Code;
pub use flats::{Flat, Key, Line, Lines, User};
pub use instant::parse_instant;
pub use intercoms::Intercom;
pub use page::Listing;
pub use value::{Problem, ProblemKind};

pub(crate) use accounts::{admin_session, basic, client_session};
pub(crate) use codes::code;
pub(crate) use flats::flat;
pub(crate) use intercoms::intercom;
pub(crate) use page::page;
pub(crate) use refusal::refusal;
pub(crate) use value::Reader;
