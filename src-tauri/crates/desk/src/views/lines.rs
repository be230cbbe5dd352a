//! The three lines of a flat.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::flats::FlatTarget;

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
