//! Keys, whose they are, and the list of an intercom's.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::flats::FlatName;
use super::problems::RecordProblem;

/// An RFID key.
#[derive(Debug, Clone, Serialize, TS)]
pub struct KeyView {
    /// Record id.
    pub id: u64,
    /// The key as the server writes it.
    pub key: String,
    /// Whose it is.
    pub owner: KeyOwner,
}

/// Whose key it is.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum KeyOwner {
    /// A user's.
    User {
        /// Record id.
        id: u64,
        /// Name.
        name: Option<String>,
        /// Login.
        login: Option<String>,
    },
    /// Nobody's.
    Nobody,
    /// The server did not say, or not readably.
    Unknown,
}

/// What loading an intercom's keys brought.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct KeysLoaded {
    /// Whether all are known.
    pub listing: KeyListing,
    /// How many are known.
    pub total: usize,
    /// When the list was confirmed, where there is one.
    pub confirmed_at: Option<DateTime<Utc>>,
    /// What could not be read.
    pub problems: Vec<RecordProblem>,
}

/// Whether all keys of an intercom are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum KeyListing {
    /// The server listed them.
    Complete,
    /// The list ended before its end, or records of it could not be read.
    Partial,
    /// This server does not list them: they stand with each flat.
    NotOffered,
    /// No admin account is signed in.
    NoAccount,
}

/// What a list of keys is sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum KeySort {
    /// The key as the server writes it.
    Key,
    /// The flat's door number.
    Flat,
    /// Whose it is.
    Owner,
    /// When it was made.
    Created,
}

/// Asks for a stretch of the loaded keys.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ListKeys {
    /// The server's id.
    pub server: String,
    /// The intercom's record id.
    pub intercom: u64,
    /// Part of the key, the owner's name or login, or the beginning of the door number.
    pub filter: String,
    /// What to sort by.
    pub sort: KeySort,
    /// Backwards.
    pub descending: bool,
    /// The first row's place.
    pub offset: usize,
    /// How many rows, at most 500.
    pub limit: usize,
}

/// A stretch of the loaded keys.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct KeyWindow {
    /// How many match the filter.
    pub total: usize,
    /// How many are loaded.
    pub loaded: usize,
    /// When the one that was not confirmed for longest was; null where none is loaded.
    pub oldest_at: Option<DateTime<Utc>>,
    /// The first row's place.
    pub offset: usize,
    /// The rows.
    pub rows: Vec<ListedKey>,
}

/// A key in a list.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "KeyRow")]
pub struct ListedKey {
    /// Record id.
    pub id: u64,
    /// The key as the server writes it.
    pub key: String,
    /// Whose it is.
    pub owner: KeyOwner,
    /// The flat it belongs to, if any.
    pub flat: Option<FlatName>,
    /// When it was made.
    pub created_at: Option<DateTime<Utc>>,
    /// When this was last confirmed.
    pub confirmed_at: DateTime<Utc>,
    /// Since when the server has it no longer; lists leave such a key out, a search finds it.
    pub gone_at: Option<DateTime<Utc>>,
}
