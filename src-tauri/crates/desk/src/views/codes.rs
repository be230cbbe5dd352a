//! Visitor codes.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::accounts::AccountKind;
use super::flats::FlatName;
use super::problems::RecordProblem;
use crate::error::CommandError;

/// Ten years of minutes: more is a slip of the hand.
pub const LONGEST_MINUTES: u32 = 5_256_000;

/// When a code is to end.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum Until {
    /// So many minutes from now, 1 to 5,256,000 (ten years).
    Minutes {
        /// How many.
        minutes: u32,
    },
    /// At a wall-clock time of this computer's zone.
    Local {
        /// `2026-11-21T16:40`.
        date_time: String,
    },
}

/// Issues a visitor code.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct IssueCode {
    /// The server's id.
    pub server: String,
    /// The intercom's record id.
    pub intercom: u64,
    /// The flat (seed 000); null for the client account's own flat at the intercom (seed 001).
    pub flat: Option<FlatName>,
    /// What to call it.
    pub title: String,
    /// When it is to end.
    pub until: Until,
}

/// A code was issued: the server's answer beside what was asked.
#[derive(Debug, Clone, Serialize, TS)]
pub struct IssuedCode {
    /// The code as the server has it.
    pub row: CodeView,
    /// Where the answer differs from what was asked.
    pub difference: Option<CodeDifference>,
    /// Whether it is on the clipboard.
    pub copied: bool,
}

/// Where an issued code differs from what was asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CodeDifference {
    /// The end that was asked.
    pub asked: DateTime<Utc>,
    /// The end the server took; null when it did not say.
    pub got: Option<DateTime<Utc>>,
    /// The door number the server answered with, when it is another flat's.
    pub wrong_flat: Option<String>,
    /// The title the server answered with, when it is another.
    pub wrong_title: Option<String>,
    /// The intercom's record id the server answered with, when it is another.
    pub wrong_intercom: Option<u64>,
    /// The zone the server seems to keep, in minutes east of UTC, where that explains the difference.
    pub zone_minutes: Option<i32>,
    /// How far the server's clock is ahead of this computer's, in minutes, where that explains the difference.
    pub clock_minutes: Option<i32>,
}

/// A visitor code in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "CodeRow")]
pub struct CodeView {
    /// Names the row.
    pub key: String,
    /// Record id; null while it is not known whether there is one.
    pub id: Option<u64>,
    /// The digits; null while it is not known whether there are any.
    pub code: Option<String>,
    /// What it is called.
    pub title: String,
    /// The intercom's record id, where known.
    pub intercom: Option<u64>,
    /// The intercom's title, where known.
    pub intercom_title: Option<String>,
    /// The flat's door number, where known.
    pub flat_number: Option<String>,
    /// When it stops opening the door.
    pub until: Option<DateTime<Utc>>,
    /// When the server forgets it.
    pub removed_at: Option<DateTime<Utc>>,
    /// When it was made, or asked for.
    pub created_at: Option<DateTime<Utc>>,
    /// Whether it opens the door.
    pub state: CodeState,
    /// Who made it.
    pub origin: CodeOrigin,
    /// The account whose code it is: admin or client.
    pub account: AccountKind,
    /// The flat this desk asked for, when the server's answer named another.
    pub asked_flat: Option<String>,
    /// Whether it can be deleted.
    pub deletion: Deletion,
}

/// Whether a code can be deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Deletion {
    /// It can, as far as is known.
    Possible,
    /// Its account is not signed in.
    NoAccount,
    /// Another account of the kind issued it, and only that one can.
    OtherAccount,
    /// This server has no call for it.
    NotOffered,
    /// Nobody knows whether there is a code, or which.
    NothingKnown,
    /// It was asked for and the answer was lost: the code may be gone. Asking again is safe.
    Unsettled,
}

/// Deletes codes.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct DeleteCodes {
    /// The server's id.
    pub server: String,
    /// The rows' keys, at most 500.
    pub keys: Vec<String>,
}

/// What became of each code that was to be deleted, in the order of asking.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CodesDeleted {
    /// One result per row.
    pub results: Vec<CodeDeleted>,
}

/// What became of one code that was to be deleted.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CodeDeleted {
    /// The row's key.
    pub key: String,
    /// What it was called.
    pub title: String,
    /// What became of it.
    pub outcome: DeleteOutcome,
    /// How it failed, if it did.
    pub error: Option<CommandError>,
}

/// What became of a code that was to be deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DeleteOutcome {
    /// The server deleted it, and where it lists codes, lists it no more.
    Deleted,
    /// The server said yes and still lists it.
    StillThere,
    /// The answer was lost: it may be deleted or not.
    Unknown,
    /// It was not deleted: refused, or never sent.
    Kept,
}

/// Whether a code opens the door.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CodeState {
    /// It does.
    Live,
    /// Not any more.
    Ended,
    /// The answer was lost: it may or may not exist.
    Unresolved,
    /// It is being asked for right now.
    Asked,
}

/// Who made a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CodeOrigin {
    /// This desk, and the server lists it.
    DeskListed,
    /// This desk, by flat: the server does not list these, so it is kept while the program runs.
    DeskUnlisted,
    /// A resident's app, or another desk.
    Elsewhere,
}

/// What loading the codes brought.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CodesLoaded {
    /// Whether the client account's codes are all known.
    pub listing: CodeListing,
    /// Whether the codes by flat are all known.
    pub admin_listing: CodeListing,
    /// When the list was confirmed.
    pub confirmed_at: Option<DateTime<Utc>>,
    /// What could not be read.
    pub problems: Vec<RecordProblem>,
}

/// Whether an account's codes are all known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CodeListing {
    /// Every page was read.
    Complete,
    /// The list ended before its end, or records of it could not be read.
    Partial,
    /// This server does not list them.
    NotOffered,
    /// The account is not signed in.
    NoAccount,
}

/// Which codes to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CodeFilter {
    /// All of them.
    All,
    /// Those that open the door.
    Live,
    /// Those that do not any more.
    Ended,
    /// Those whose answer was lost.
    Unresolved,
}

/// Asks for a stretch of the known codes.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ListCodes {
    /// The server's id.
    pub server: String,
    /// Which.
    pub filter: CodeFilter,
    /// Part of a title, code, flat number or intercom title.
    pub search: String,
    /// The first row's place.
    pub offset: usize,
    /// How many rows, at most 500.
    pub limit: usize,
}

/// A stretch of the known codes.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CodeWindow {
    /// How many match filter and search.
    pub total: usize,
    /// The first row's place.
    pub offset: usize,
    /// The rows.
    pub rows: Vec<CodeView>,
    /// How many each filter has, whatever the search.
    pub counts: CodeCounts,
    /// When the list that was read longest ago was asked for; null where none was.
    pub listed_at: Option<DateTime<Utc>>,
}

/// How many codes each filter has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, TS)]
pub struct CodeCounts {
    /// All.
    pub all: usize,
    /// Live.
    pub live: usize,
    /// Ended.
    pub ended: usize,
    /// Unresolved.
    pub unresolved: usize,
}

/// Names a code's row.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct CodeRef {
    /// The server's id.
    pub server: String,
    /// The row's key.
    pub key: String,
}
