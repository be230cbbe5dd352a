//! Intercoms, and who told of them.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::problems::RecordProblem;
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
    /// The one that is open where nobody has chosen yet: the one looked at last, also in an earlier run, if it is still there.
    pub first: Option<u64>,
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
    /// What it is called for short, as in `A-45`: no two of a server alike.
    pub short_name: String,
    /// Whether the person chose that name; else it comes from its entrance or its title.
    pub is_short_name_chosen: bool,
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

/// Calls an intercom something for short.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SetShortName {
    /// The server's id.
    pub server: String,
    /// The intercom's record id.
    pub intercom: u64,
    /// One to eight letters and digits that no other intercom of the server was given; blank: as its entrance or title
    /// says.
    pub short_name: String,
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
