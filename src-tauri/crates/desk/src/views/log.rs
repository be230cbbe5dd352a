//! The log as the person reads it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Asks for the end of the log.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ReadLog {
    /// How many lines, at most 1,000.
    pub limit: usize,
}

/// The end of the log, newest first.
#[derive(Debug, Clone, Serialize, TS)]
pub struct LogView {
    /// The lines, newest first.
    pub lines: Vec<LogLine>,
}

/// One line of the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct LogLine {
    /// When, as it was written.
    pub at: String,
    /// How grave.
    pub level: LogLevel,
    /// The part of the program that wrote it.
    pub origin: String,
    /// What it says.
    pub text: String,
}

/// How grave a line of the log is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LogLevel {
    /// Something failed that should not.
    Error,
    /// Something to know.
    Warn,
    /// What happened.
    Info,
    /// How it happened.
    Debug,
    /// All of it.
    Trace,
}
