//! A second look at the files: what is committed, for whoever only reads.
//!
//! Exists so that no question of the window waits for whoever takes in a long list.

use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use rusqlite::{Connection, OptionalExtension};

use crate::error::{Error, Which};
use crate::search::{self, Found, Query};
use crate::{Rows, file};

/// The files once more, for reading alone.
#[derive(Debug)]
pub(crate) struct Reader {
    pub(crate) cache: Connection,
    pub(crate) journal: Connection,
    /// Which of this process's looks at files it is.
    number: u64,
}

/// What the cache is like: the same for as long as nothing in it changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Version {
    reader: u64,
    commits: i64,
}

impl Reader {
    /// Opens it beside the files that are open; without it, whoever reads waits.
    pub(crate) fn open(folder: &Path, key: &file::Key) -> Option<Self> {
        static OPENED: AtomicU64 = AtomicU64::new(0);
        let number = OPENED.fetch_add(1, Ordering::Relaxed);
        let open = |which| file::open_for_reading(folder, which, key);
        let opened =
            open(Which::Cache).and_then(|cache| Ok(Self { cache, journal: open(Which::Journal)?, number }));
        match opened {
            Ok(reader) => Some(reader),
            Err(error) => {
                tracing::warn!(%error, "whoever reads waits for whoever is at the store");
                None
            }
        }
    }

    /// Looks at one server's rows as they were last committed.
    pub(crate) fn look<T>(
        &mut self,
        server: &str,
        work: impl FnOnce(&Rows<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let cache = self.cache.transaction()?;
        let journal = self.journal.transaction()?;
        // Within the transaction: numbers of servers that were forgotten are given again.
        let number = {
            let mut find = cache.prepare_cached("SELECT id FROM server WHERE name = ?1")?;
            find.query_row([server], |row| row.get(0)).optional()?
        };
        // Of a server that nothing was told of yet there are no rows.
        work(&Rows { cache: &cache, journal: &journal, server: number.unwrap_or(NOBODY), name: server })
    }

    pub(crate) fn search(&self, query: &Query<'_>) -> Result<Found, Error> {
        search::search(&self.cache, &self.journal, query)
    }

    /// What the cache is like. The number SQLite gives is worth something beside another of the same connection only.
    pub(crate) fn version(&self) -> Result<Version, Error> {
        let mut ask = self.cache.prepare_cached("PRAGMA data_version")?;
        Ok(Version { reader: self.number, commits: ask.query_row([], |row| row.get(0))? })
    }
}

/// The number of no server: they are counted from 1.
const NOBODY: i64 = 0;
