//! Intercoms, flats, keys, residents and lines.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::error::CommandError;

/// Names an intercom.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct IntercomRef {
    /// The server's id.
    pub server: String,
    /// The intercom's record id.
    pub intercom: u64,
}

/// The intercoms, and who told of them.
#[derive(Debug, Clone, Serialize, TS)]
pub struct IntercomList {
    /// The intercoms, by title.
    pub intercoms: Vec<IntercomView>,
    /// What each source said.
    pub sources: Vec<SourceReport>,
    /// What could not be read.
    pub problems: Vec<RecordProblem>,
}

/// A door panel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "IntercomRow")]
pub struct IntercomView {
    /// Record id.
    pub id: u64,
    /// Its title; null where only the id is known.
    pub title: Option<String>,
    /// Street address.
    pub address: Option<String>,
    /// Entrance.
    pub entrance: Option<String>,
    /// Whether the server reached it when last asked.
    pub online: Option<bool>,
    /// When the server last said whether it reaches it.
    pub online_at: Option<DateTime<Utc>>,
    /// Its hardware address, where billing told it.
    pub mac: Option<String>,
    /// The door numbers its panel serves, where billing told them.
    pub flats: Option<FlatRange>,
    /// Whether the person added it.
    pub added: bool,
    /// When this was last confirmed.
    pub confirmed_at: DateTime<Utc>,
}

/// The door numbers a panel serves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct FlatRange {
    /// The first.
    pub from: u32,
    /// The last.
    pub to: u32,
}

/// Adds an intercom.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct AddIntercom {
    /// The server's id.
    pub server: String,
    /// Which.
    pub by: IntercomName,
}

/// An intercom by one of its names.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum IntercomName {
    /// By its record id.
    Id {
        /// The id.
        id: u64,
    },
    /// By its hardware address; only where billing names intercoms.
    Mac {
        /// Twelve hex digits, with or without separators.
        mac: String,
    },
    /// By its id in another system; only where billing names intercoms.
    ExternalId {
        /// The id there.
        id: String,
    },
}

/// What one source of intercoms said.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SourceReport {
    /// Which source.
    pub source: IntercomSource,
    /// What it said.
    pub state: SourceState,
    /// How it failed, if it did.
    pub error: Option<CommandError>,
}

/// Where intercoms come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum IntercomSource {
    /// The client account's list.
    ClientList,
    /// The admin API's list, which no page documents.
    AdminList,
}

/// What a source said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SourceState {
    /// It answered.
    Answered,
    /// It answered, and its list ended before its end.
    Partial,
    /// This server does not have it.
    NotOffered,
    /// Its account is not signed in.
    NoAccount,
    /// It failed.
    Failed,
}

/// Something in an answer that could not be used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RecordProblem {
    /// Where it stands, as `data[3]`.
    pub record: String,
    /// The field, empty where the whole record is meant.
    pub field: String,
    /// What is wrong.
    pub problem: ProblemName,
}

/// What is wrong with a record or field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ProblemName {
    /// No id: left out.
    IdMissing,
    /// An id that cannot be shown unharmed: left out.
    IdOutOfRange,
    /// Not a record: left out.
    NotAnObject,
    /// Two names of one line disagree.
    LineConflict,
    /// A value of an unknown form.
    Unreadable,
}

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
pub struct FlatWindow {
    /// How many match the filter.
    pub total: usize,
    /// How many are loaded.
    pub loaded: usize,
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
    /// Its keys; null: the server did not say.
    pub keys: Option<Vec<KeyView>>,
    /// Its residents; null: the server did not say.
    pub residents: Option<Vec<ResidentView>>,
    /// Its lines.
    pub lines: FlatLines,
    /// When this was confirmed.
    pub confirmed_at: DateTime<Utc>,
    /// What could not be read.
    pub problems: Vec<RecordProblem>,
}

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
pub struct KeyWindow {
    /// How many match the filter.
    pub total: usize,
    /// How many are loaded.
    pub loaded: usize,
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

/// Which line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LineName {
    /// The analog handset.
    Analog,
    /// The smartphone.
    Smartphone,
    /// The landline.
    Landline,
}

/// A line's state: unknown is not off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "LineStateName")]
pub enum OnOff {
    /// It rings.
    On,
    /// It does not.
    Off,
    /// Nobody said.
    Unknown,
}

/// A line's state and its age.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LineState {
    /// The state.
    pub state: OnOff,
    /// When the server last said so.
    pub confirmed_at: Option<DateTime<Utc>>,
}

/// The three lines of a flat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct FlatLines {
    /// The analog handset.
    pub analog: LineState,
    /// The smartphone.
    pub smartphone: LineState,
    /// The landline.
    pub landline: LineState,
}

/// Switches one line of a flat.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct SwitchLine {
    /// The server's id.
    pub server: String,
    /// The intercom's record id.
    pub intercom: u64,
    /// The flat.
    pub flat: FlatTarget,
    /// Which line.
    pub line: LineName,
    /// On or off.
    pub on: bool,
}

/// What the server answered to a switch.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LineSwitched {
    /// Which line.
    pub line: LineName,
    /// What was asked.
    pub asked: bool,
    /// What the server says it is now.
    pub answered: OnOff,
    /// Whether that is what was asked, of the flat that was meant.
    pub as_asked: bool,
    /// The door number the server answered with, when it is another flat's.
    pub wrong_flat: Option<String>,
    /// Other lines whose state in the answer is not the one known before.
    pub also_changed: Vec<LineName>,
    /// The flat's lines as they are known now.
    pub lines: FlatLines,
}
