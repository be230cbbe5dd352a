//! What this desk remembers: rows of the directory and of codes, and the journal of what it asked a server to do.
//!
//! Exists so that what was last seen and what was asked for can be looked up without the network. For now every
//! row lives in memory and ends with the program; nothing is written to disk (see `SHORTCOMINGS.md`).
//! Must not go in: HTTP, the server's spellings, rules of the product, anything secret.

mod codes;
mod flats;
mod intercoms;
mod keys;
mod window;

use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

pub use codes::{CodeRow, Intent, Journal, Outcome};
pub use flats::{FlatKey, FlatRow, FlatSort, Flats, LineRow, LineRows};
pub use intercoms::{IntercomRow, Intercoms};
pub use keys::{KeyRow, KeySort, Keys, OwnerRow};
pub use window::{Window, folded};

/// Everything remembered of one server.
#[derive(Debug, Default)]
pub struct Rows {
    /// Its intercoms.
    pub intercoms: Intercoms,
    /// Its flats, by intercom.
    pub flats: Flats,
    /// Its keys, by intercom.
    pub keys: Keys,
    /// The client account's codes as the server last listed them.
    pub listed_codes: Vec<CodeRow>,
    /// When that listing was asked for.
    pub listed_at: Option<chrono::DateTime<chrono::Utc>>,
    /// The admin account's codes as the server last listed them, by intercom, and when that was asked for.
    pub listed_admin_codes: HashMap<u64, (chrono::DateTime<chrono::Utc>, Vec<CodeRow>)>,
    /// Intercoms whose listing of codes by flat once had a code that this desk issued.
    pub proven_admin_lists: HashSet<u64>,
    /// What this desk asked it to issue.
    pub journal: Journal,
}

/// The rows of every server, by the server's id. Servers never see each other's rows.
#[derive(Debug, Default)]
pub struct Store {
    servers: Mutex<HashMap<String, Rows>>,
}

impl Store {
    /// Looks at or changes one server's rows. `work` must be short: everyone else waits for it.
    pub fn with<T>(&self, server: &str, work: impl FnOnce(&mut Rows) -> T) -> T {
        work(self.lock().entry(server.to_owned()).or_default())
    }

    /// Forgets a server altogether.
    pub fn forget(&self, server: &str) {
        self.lock().remove(server);
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, Rows>> {
        self.servers.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
