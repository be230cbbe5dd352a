//! What the product does, without a window: servers and their accounts, the directory, visitor codes, lines.
//!
//! Exists so that every rule of the product can be tried against a server without Tauri.
//! Must not go in: Tauri, windows, the web view's concerns, HTTP (that is `server-api`), rows' storage (`store`).

mod accounts;
mod clock;
mod codes;
mod directory;
mod erasing;
mod error;
mod first_sight;
mod hardware_address;
mod intercoms;
mod keeping;
mod keys;
mod learning;
mod lines;
mod preferences;
mod reach;
mod remembering;
mod renewal;
mod report;
mod search;
mod servers;
mod sessions;
mod short_names;
mod state;
mod sync;
mod vault;
pub mod views;

pub use clock::{Clock, SystemClock};
pub use error::{CommandError, ErrorCode};
pub use preferences::{Preferences, PreferencesError, SavedDesk};
pub use search::{key_readings, otherwise};
pub use server_api::{Language, Limits};
pub use state::{Desk, Setup};
pub use vault::{Keyring, KeyringError, OsKeyring};
