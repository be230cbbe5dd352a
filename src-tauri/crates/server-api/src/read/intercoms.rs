//! Intercoms (the client account's list, and beside codes in seeds 001 and 002).

use serde_json::Value;

use super::value::{Reader, boolean, text};

/// A door panel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Intercom {
    /// Record id.
    pub id: u64,
    /// Its title.
    pub title: Option<String>,
    /// Its street address.
    pub address: Option<String>,
    /// Its entrance (`department`, a number or a text).
    pub entrance: Option<String>,
    /// Whether the server reaches it.
    pub online: Option<bool>,
}

/// One intercom, wherever it stands.
pub(crate) fn intercom(reader: &mut Reader, value: &Value, record: &str) -> Option<Intercom> {
    let object = reader.object(value, record)?;
    Some(Intercom {
        id: reader.id(object, record)?,
        title: text(object.get("title")),
        address: text(object.get("address")),
        entrance: text(object.get("department")),
        online: boolean(object.get("is_online")),
    })
}
