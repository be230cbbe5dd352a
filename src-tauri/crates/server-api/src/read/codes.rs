//! Temporary visitor codes (seeds 000, 001, 002).

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::flats::{Flat, flat};
use super::intercoms::{Intercom, intercom};
use super::value::{Reader, boolean, join, text};

/// The longest code, in characters.
const LONGEST_CODE: usize = 64;

/// A temporary visitor code.
#[derive(Debug, Clone, PartialEq)]
pub struct Code {
    /// Record id.
    pub id: u64,
    /// What it is called, at most 2 000 characters and an ellipsis, as every text of a server is kept.
    pub title: String,
    /// The digits; a text, because leading zeros matter. At most 64 characters.
    pub code: String,
    /// When it stops opening the door.
    pub expired_at: Option<DateTime<Utc>>,
    /// Whether the server says that it has stopped.
    pub is_expired: Option<bool>,
    /// When the server forgets it.
    pub will_deleted_at: Option<DateTime<Utc>>,
    /// When it was made.
    pub created_at: Option<DateTime<Utc>>,
    /// Its flat (seed 000 only).
    pub flat: Option<Flat>,
    /// Its intercom (seeds 001 and 002 only).
    pub intercom: Option<Intercom>,
}

/// One code; without an id or digits it is not one.
pub(crate) fn code(reader: &mut Reader, value: &Value, record: &str) -> Option<Code> {
    let object = reader.object(value, record)?;
    let id = reader.id(object, record)?;
    let digits = reader.exact(object, "code", record, LONGEST_CODE)?;
    let beside = |name: &str| object.get(name).filter(|value| !value.is_null());
    Some(Code {
        id,
        title: text(object.get("title")).unwrap_or_default(),
        code: digits,
        expired_at: reader.instant(object, "expired_at", record),
        is_expired: boolean(object.get("is_expired")),
        will_deleted_at: reader.instant(object, "will_deleted_at", record),
        created_at: reader.instant(object, "created_at", record),
        flat: beside("intercom_flat").and_then(|value| flat(reader, value, &join(record, "intercom_flat"))),
        intercom: beside("intercom").and_then(|value| intercom(reader, value, &join(record, "intercom"))),
    })
}
