//! Flats and their residents.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::keys::KeyView;
use super::lines::FlatLines;
use super::problems::RecordProblem;

/// What loading an intercom's flats brought.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FlatsLoaded {
    /// Whether all are known.
    pub listing: FlatListing,
    /// How many are known.
    pub total: usize,
    /// When the list was confirmed, where there is one.
    pub confirmed_at: Option<DateTime<Utc>>,
    /// What could not be read.
    pub problems: Vec<RecordProblem>,
}

/// Whether all flats of an intercom are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FlatListing {
    /// The server listed them.
    Complete,
    /// The list ended before its end, or records of it could not be read.
    Partial,
    /// Nobody lists them, but billing told which door numbers the panel serves.
    Range,
    /// This server does not list them: they open by record id.
    NotOffered,
    /// No admin account is signed in.
    NoAccount,
}

/// What a list of flats is sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FlatSort {
    /// Door number.
    Number,
    /// How many keys.
    Keys,
    /// How many residents.
    Residents,
    /// The analog line: on, off, unknown.
    Analog,
    /// The smartphone line: on, off, unknown.
    Smartphone,
    /// The landline: on, off, unknown.
    Landline,
}

/// Asks for a stretch of the loaded flats.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ListFlats {
    /// The server's id.
    pub server: String,
    /// The intercom's record id.
    pub intercom: u64,
    /// What the door number begins with.
    pub filter: String,
    /// What to sort by.
    pub sort: FlatSort,
    /// Backwards.
    pub descending: bool,
    /// The first row's place.
    pub offset: usize,
    /// How many rows, at most 500.
    pub limit: usize,
}

/// A stretch of the loaded flats.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FlatWindow {
    /// How many match the filter.
    pub total: usize,
    /// How many are loaded.
    pub loaded: usize,
    /// When the one that was not confirmed for longest was; null where none is loaded.
    pub oldest_at: Option<DateTime<Utc>>,
    /// The first row's place.
    pub offset: usize,
    /// The rows.
    pub rows: Vec<FlatView>,
}

/// A flat in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "FlatRow")]
pub struct FlatView {
    /// Record id; null where only the panel's range of numbers is known.
    pub id: Option<u64>,
    /// Door number.
    pub number: String,
    /// Its keys, unless the server did not count.
    pub key_count: Option<u32>,
    /// Its residents, unless the server did not count.
    pub resident_count: Option<u32>,
    /// Its lines.
    pub lines: FlatLines,
    /// When this was last confirmed.
    pub confirmed_at: DateTime<Utc>,
    /// Since when the server has it no longer; lists leave such a flat out, a search finds it.
    pub gone_at: Option<DateTime<Utc>>,
}

/// Names a flat.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct FlatRef {
    /// The server's id.
    pub server: String,
    /// The intercom's record id.
    pub intercom: u64,
    /// The flat's record id.
    pub flat: u64,
}

/// A flat by both of its names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FlatName {
    /// Record id.
    pub id: u64,
    /// Door number.
    pub number: String,
}

/// A flat by whichever of its names are known.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
pub struct FlatTarget {
    /// Record id, where known.
    pub id: Option<u64>,
    /// Door number.
    pub number: String,
}

/// One flat with everything in it.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FlatDetail {
    /// Record id.
    pub id: u64,
    /// Door number.
    pub number: String,
    /// The intercom's record id.
    pub intercom: u64,
    /// Its keys; null: no answer told them yet.
    pub keys: Option<Vec<KeyView>>,
    /// When its keys were last told.
    pub keys_at: Option<DateTime<Utc>>,
    /// Its residents; null: no answer told them yet.
    pub residents: Option<Vec<ResidentView>>,
    /// When its residents were last told.
    pub residents_at: Option<DateTime<Utc>>,
    /// Its lines.
    pub lines: FlatLines,
    /// When this was confirmed.
    pub confirmed_at: DateTime<Utc>,
    /// Since when the server has it no longer.
    pub gone_at: Option<DateTime<Utc>>,
    /// What could not be read.
    pub problems: Vec<RecordProblem>,
}

/// A user linked to a flat.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ResidentView {
    /// Record id.
    pub id: u64,
    /// Name.
    pub name: Option<String>,
    /// Login.
    pub login: Option<String>,
    /// When the account ends.
    pub valid_until: Option<DateTime<Utc>>,
    /// Whether it has ended.
    pub validity: Validity,
}

/// Whether an account has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Validity {
    /// Not yet.
    Valid,
    /// It has.
    Expired,
    /// The server did not say.
    Unknown,
}
