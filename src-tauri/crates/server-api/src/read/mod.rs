//! Tolerant reading: any JSON in, a value or a named problem out, never a panic.
//!
//! One bad record never hides the others and an unknown or missing field never breaks a read; what could not
//! be read is reported as a [`Problem`] instead of being guessed.

mod accounts;
mod billing;
mod captcha;
mod codes;
mod flats;
mod instant;
mod intercoms;
pub(crate) mod json;
mod keys;
mod page;
mod properties;
mod refusal;
#[cfg(test)]
mod samples;
mod sessions;
mod value;

pub use accounts::{Account, AdminSession, Basic, ClientSession};
pub use billing::{BillingIntercom, PanelStatus};
pub use captcha::{Captcha, Picture, PictureKind};
pub use codes::Code;
pub use flats::{Flat, Line, Lines};
pub use instant::parse_instant;
pub use intercoms::Intercom;
pub use keys::{Key, KeyFlat, KeyRecord, Owner, User};
pub use page::Listing;
pub use sessions::Session;
pub use value::{Problem, ProblemKind};

pub(crate) use accounts::{admin_session, basic, client_session};
pub(crate) use billing::billing_intercom;
pub(crate) use captcha::captcha;
pub(crate) use codes::code;
pub(crate) use flats::flat;
pub(crate) use intercoms::intercom;
pub(crate) use keys::key_record;
pub(crate) use page::{Page, page};
pub(crate) use refusal::{RefusedWith, refusal};
pub(crate) use sessions::session;
pub(crate) use value::{MOST_RECORDS, Reader};
