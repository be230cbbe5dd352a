//! The program itself: what the frame shows, and what the person chose.

use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::flats::{FlatSort, FlatWindow};
use super::intercoms::IntercomList;
use super::servers::ServerView;

/// Everything the frame shows.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AppState {
    /// The program's version.
    pub version: String,
    /// Which of the program's identities this is.
    pub identity: Identity,
    /// Whether secrets survive the program.
    pub keyring: KeyringState,
    /// Whether what is remembered outlives the program.
    pub memory: Memory,
    /// Language and theme.
    pub preferences: Choices,
    /// The servers, in the order they were added.
    pub servers: Vec<ServerView>,
    /// The server that is shown.
    pub active: Option<String>,
}

/// Asks for what a window shows first.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct FirstSightOf {
    /// The intercom that the window's address names; null where it names none.
    pub intercom: Option<u64>,
    /// What its flats are sorted by.
    pub sort: FlatSort,
    /// Backwards.
    pub descending: bool,
    /// How many of them, at most 500.
    pub limit: usize,
}

/// What a window shows first.
#[derive(Debug, Clone, Serialize, TS)]
pub struct FirstSight {
    /// The frame.
    pub state: AppState,
    /// What is remembered of the server that is shown; null where there is none, or that cannot be read.
    pub buildings: Option<FirstBuildings>,
}

/// The intercoms of a server, and the flats of the one that is open.
#[derive(Debug, Clone, Serialize, TS)]
pub struct FirstBuildings {
    /// The intercoms.
    pub intercoms: IntercomList,
    /// The one that is open: the one that was named if it is there, else the first.
    pub open: Option<u64>,
    /// Its flats; null where there is no intercom, or they cannot be read.
    pub flats: Option<FlatWindow>,
}

/// Builds that must not see each other's data have different identities.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Identity {
    /// What people install.
    Release,
    /// What developers run.
    Development,
    /// What tests run.
    Test,
}

/// Whether what this desk remembers outlives the program, and if not, why.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Memory {
    /// Nothing was opened yet, or there is no place for files.
    #[default]
    ThisRun,
    /// It is in the files.
    Kept,
    /// It is in the files; the journal of earlier runs could not be read and was set aside.
    JournalSetAside,
    /// The journal could not be read, or was taken away; its last daily copy took its place.
    JournalRestored,
    /// Not kept: without a keyring there is no key for the files.
    NoKeyring,
    /// Not kept: another process has the files.
    InUse,
    /// Not kept: a later version of the program wrote the files.
    Newer,
    /// Not kept: the disk refused.
    Failed,
}

/// Whether secrets survive the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum KeyringState {
    /// In the system's keyring.
    Available,
    /// Nowhere but memory: sign-ins end with the program.
    Unavailable,
}

/// What the person chose for the whole program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "Preferences")]
pub struct Choices {
    /// Language of the interface.
    pub language: LanguageChoice,
    /// Language of what is handed to visitors; `system`: as the interface.
    pub visitor_language: LanguageChoice,
    /// Colours.
    pub theme: ThemeChoice,
    /// Size of everything in the window, in percent, 80 to 200.
    pub zoom: u16,
    /// How long a new code is good for unless something else is chosen, in minutes, 1 to 5,256,000.
    pub code_minutes: u32,
    /// What a new code is called unless something else is typed.
    pub code_title: String,
}

/// The sizes a person can choose, in percent.
pub const ZOOM: RangeInclusive<u16> = 80..=200;

impl Default for Choices {
    fn default() -> Self {
        Self {
            language: LanguageChoice::default(),
            visitor_language: LanguageChoice::default(),
            theme: ThemeChoice::default(),
            zoom: 100,
            code_minutes: 120,
            code_title: String::new(),
        }
    }
}

/// Language of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LanguageChoice {
    /// As the system.
    #[default]
    System,
    /// English.
    En,
    /// Russian.
    Ru,
}

/// Colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ThemeChoice {
    /// As the system.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// Puts a text on the clipboard.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct CopyText {
    /// The text, at most 10,000 characters.
    pub text: String,
}

/// What the program is and where it keeps what.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct About {
    /// Its version.
    pub version: String,
    /// Which of the program's identities this is.
    pub identity: Identity,
    /// Where preferences and the list of servers lie.
    pub data_folder: String,
    /// Where the log lies.
    pub log_folder: String,
    /// The name its secrets have in the system's keyring.
    pub keyring_name: String,
}

/// What a person hands to whoever maintains the program or the server: nobody's data.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ErrorDetails {
    /// The error's code.
    pub code: String,
    /// Which of its kinds, where it has any.
    pub why: Option<String>,
    /// The HTTP status, where there was one.
    pub status: Option<u16>,
    /// Finds the error in the log.
    pub trace: String,
}
