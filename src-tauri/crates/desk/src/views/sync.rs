//! The filling of the cache: what is wanted of it, and how far it is.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::error::CommandError;

/// Reads what a server has into this desk's memory.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct SyncRequest {
    /// The server's id.
    pub server: String,
    /// Whether everything is read anew, whatever its age; else only what is missing, changed or old.
    pub everything: bool,
}

/// What a finished sync did and what is here now.
#[derive(Debug, Clone)]
pub struct SyncSummary {
    /// Whether it came to its end and read every list; `false` where it was cancelled, too.
    pub is_complete: bool,
    /// Requests it sent, each try counted.
    pub requests: u64,
    /// Flats whose details it read.
    pub details: u64,
    /// Flats that could not be read.
    pub failed: u64,
    /// Lists that could not be read.
    pub missed: u64,
    /// Flats known of the server now.
    pub flats: u64,
    /// Keys known of the server now.
    pub keys: u64,
    /// Residents known of the server now.
    pub residents: u64,
}

/// How the filling of memory is doing.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SyncOverview {
    /// Every server of the list.
    pub servers: Vec<SyncView>,
}

/// How the filling of a server's memory is doing.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SyncView {
    /// The server's id.
    pub server: String,
    /// What it is doing.
    pub state: SyncState,
    /// Flats read in this run; of the last run where none is under way.
    pub done: u64,
    /// How many flats this run has to read; null until every list was read.
    pub total: Option<u64>,
    /// Flats read per second; null until enough of them were.
    pub per_second: Option<f64>,
    /// How many seconds it will take; null until known.
    pub seconds_left: Option<u64>,
    /// Flats that could not be read, in this run or, where none is under way, the last that ended.
    pub failed: u64,
    /// How many lists could not be read, in this run or, where none is under way, the last that came to its end; one that
    /// was read since is none of them.
    pub missed_count: u64,
    /// The first of them.
    pub missed: Vec<MissedList>,
    /// Why a flat could not be read; where no run is under way, why the last one stopped, if it did not come to its end.
    pub error: Option<CommandError>,
    /// When a run last came to its end that had read every list.
    pub completed_at: Option<DateTime<Utc>>,
}

/// A list that could not be read: what is here of it is as old as it was before.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MissedList {
    /// Which list.
    pub list: ListName,
    /// Whose it is; null: it is the account's.
    pub intercom: Option<u64>,
    /// What that intercom is called for short.
    pub short_name: Option<String>,
    /// What it is called.
    pub title: Option<String>,
    /// Why; null: it came, but not all of it.
    pub error: Option<CommandError>,
}

/// The lists a sync reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ListName {
    /// The client account's intercoms.
    ClientIntercoms,
    /// The admin account's intercoms.
    AdminIntercoms,
    /// The client account's codes.
    ClientCodes,
    /// An intercom's flats.
    Flats,
    /// An intercom's keys.
    Keys,
    /// An intercom's codes by flat.
    AdminCodes,
}

/// What a sync is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SyncState {
    /// Nothing.
    Idle,
    /// It reads.
    Running,
    /// The person paused it.
    Paused,
    /// The server is away; it goes on when that is back.
    Waiting,
}
