//! What of an answer could not be used.

use serde::Serialize;
use ts_rs::TS;

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
