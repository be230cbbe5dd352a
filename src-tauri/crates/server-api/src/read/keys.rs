//! Keys and their owners (beside a flat in seed 003, and the list of an intercom's keys).

use chrono::{DateTime, Utc};
use serde_json::{Map, Value};

use super::flats::{LONGEST_NUMBER, Lines, lines};
use super::properties::properties;
use super::value::{Reader, join, text};

/// The longest key, in characters.
const LONGEST_KEY: usize = 128;

/// An RFID key of a flat.
#[derive(Debug, Clone, PartialEq)]
pub struct Key {
    /// Record id.
    pub id: u64,
    /// The key as the server writes it: hex, 14 digits upper case or 8 lower case in samples. At most 128 characters.
    pub key: String,
    /// Whose it is.
    pub owner: Owner,
}

/// Whose a key is.
#[derive(Debug, Clone, PartialEq)]
pub enum Owner {
    /// Nobody's: the server said `null`.
    None,
    /// Not said, or not readable.
    Unknown,
    /// This user's.
    User(User),
}

/// A user linked to a flat.
#[derive(Debug, Clone, PartialEq)]
pub struct User {
    /// Record id.
    pub id: u64,
    /// Name.
    pub name: Option<String>,
    /// Login, usually a mail address.
    pub login: Option<String>,
    /// When the account ends.
    pub expired_at: Option<DateTime<Utc>>,
}

/// A key in the list of an intercom's keys.
#[derive(Debug, Clone, PartialEq)]
pub struct KeyRecord {
    /// Record id.
    pub id: u64,
    /// The key as the server writes it, as in [`Key::key`].
    pub key: String,
    /// Whose it is.
    pub owner: Owner,
    /// The flat it opens; `None` where it is bound to none or the flat could not be read.
    pub flat: Option<KeyFlat>,
    /// When it was made.
    pub created_at: Option<DateTime<Utc>>,
}

/// What stands of a flat beside one of its keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyFlat {
    /// Record id.
    pub id: u64,
    /// Door number, at most 64 characters, empty where the answer does not say.
    pub number: String,
    /// Its lines, which some versions flatten into the flat under old and new names at once.
    pub lines: Lines,
}

/// One key of a flat; without an id or digits it is not one.
pub(crate) fn key(reader: &mut Reader, value: &Value, record: &str) -> Option<Key> {
    let object = reader.object(value, record)?;
    let id = reader.id(object, record)?;
    let key = reader.exact(object, "key", record, LONGEST_KEY)?;
    Some(Key { id, key, owner: owner(reader, object, record) })
}

/// One key of an intercom; without an id or digits it is not one.
pub(crate) fn key_record(reader: &mut Reader, value: &Value, record: &str) -> Option<KeyRecord> {
    let object = reader.object(value, record)?;
    let id = reader.id(object, record)?;
    let key = reader.exact(object, "key", record, LONGEST_KEY)?;
    let flat = object.get("flat").filter(|flat| !flat.is_null());
    Some(KeyRecord {
        id,
        key,
        owner: owner(reader, object, record),
        flat: flat.and_then(|flat| key_flat(reader, flat, &join(record, "flat"))),
        created_at: reader.instant(object, "created_at", record),
    })
}

/// One user.
pub(crate) fn user(reader: &mut Reader, value: &Value, record: &str) -> Option<User> {
    let object = reader.object(value, record)?;
    Some(User {
        id: reader.id(object, record)?,
        name: text(object.get("name")),
        login: text(object.get("login")),
        expired_at: reader.instant(object, "expired_at", record),
    })
}

/// An owner that cannot be read must not hide the key.
fn owner(reader: &mut Reader, key: &Map<String, Value>, record: &str) -> Owner {
    match key.get("user") {
        None => Owner::Unknown,
        Some(Value::Null) => Owner::None,
        Some(owner) => user(reader, owner, &join(record, "user")).map_or(Owner::Unknown, Owner::User),
    }
}

fn key_flat(reader: &mut Reader, value: &Value, record: &str) -> Option<KeyFlat> {
    let object = reader.object(value, record)?;
    let id = reader.id(object, record)?;
    let properties = properties(reader, object, record);
    let number = reader.exact(object, "flat", record, LONGEST_NUMBER).unwrap_or_default();
    Some(KeyFlat { id, number, lines: lines(reader, object, &properties, record) })
}
