//! The same statements without the store: what SQLite itself takes for them, on the same file with the same settings.

use std::path::Path;
use std::time::Duration;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags};
use store::{Statement, Which};

/// The store's two files, opened past it.
pub(crate) struct Bare {
    cache: Connection,
    journal: Connection,
}

impl Bare {
    pub(crate) fn open(folder: &Path, key: [u8; 32]) -> rusqlite::Result<Self> {
        let hex: String = key.iter().map(|byte| format!("{byte:02X}")).collect();
        let open = |name| {
            let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
            let connection = Connection::open_with_flags(folder.join(name), flags)?;
            connection.pragma_update(None, "key", format!("x'{hex}'"))?;
            connection.busy_timeout(Duration::from_secs(5))?;
            connection.pragma_update(None, "cache_size", -8 * 1_024)?;
            connection.pragma_update(None, "temp_store", "MEMORY")?;
            connection.pragma_update(None, "query_only", true)?;
            Ok::<_, rusqlite::Error>(connection)
        };
        Ok(Self { cache: open("cache.db")?, journal: open("journal.db")? })
    }

    /// The statements, prepared.
    pub(crate) fn prepare<'c>(&'c self, all: &[Statement]) -> rusqlite::Result<Vec<rusqlite::Statement<'c>>> {
        let connection = |which| if which == Which::Cache { &self.cache } else { &self.journal };
        all.iter().map(|one| connection(one.which).prepare(&one.sql)).collect()
    }
}

/// Runs them all and looks at every value they give. Returns how many bytes those have.
pub(crate) fn run(statements: &mut [rusqlite::Statement<'_>]) -> rusqlite::Result<usize> {
    let mut bytes = 0;
    for statement in statements {
        let columns = statement.column_count();
        let mut rows = statement.raw_query();
        while let Some(row) = rows.next()? {
            for column in 0..columns {
                bytes += match row.get_ref(column)? {
                    ValueRef::Text(bytes) | ValueRef::Blob(bytes) => bytes.len(),
                    ValueRef::Null | ValueRef::Integer(_) | ValueRef::Real(_) => 8,
                };
            }
        }
    }
    Ok(bytes)
}
