//! What the core tells the window by itself.

use serde::Serialize;
use ts_rs::TS;

/// What the core tells the window by itself, by the event `core`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum CoreEvent {
    /// The person chose something of the native menu.
    Menu {
        /// What.
        item: MenuItem,
    },
    /// The window was to be closed while a request that changes something is under way.
    CloseAsked,
    /// Reads that provide these tags are out of date.
    Changed {
        /// The tags.
        tags: Vec<String>,
    },
    /// What is remembered was filled by a sync: what shows it from memory is out of date. Nothing needs to be asked of the
    /// server.
    Filled {
        /// The server's id.
        server: String,
        /// The intercom's record id; null: it is not one intercom's.
        intercom: Option<u64>,
        /// The tags of the reads of memory that show it.
        tags: Vec<String>,
    },
}

/// What the native menu can ask of the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum MenuItem {
    /// A new code.
    NewCode,
    /// To the field that finds.
    Find,
    /// Ask the server again for what is on the screen.
    Refresh,
    /// To the buildings.
    Buildings,
    /// To the codes.
    Codes,
    /// To the settings.
    Settings,
    /// Another server.
    AddServer,
    /// The keys.
    Keys,
    /// The log.
    Log,
    /// What the program is.
    About,
}
