//! The schemas, step by step. A step that was released is never changed: another follows it, and what
//! it led to is kept in `tests/released`.

use rusqlite::Connection;

use crate::error::{Error, Which};

const CACHE: &[&str] = &[
    include_str!("migrations/cache-1.sql"),
    include_str!("migrations/cache-2.sql"),
    include_str!("migrations/cache-3.sql"),
    include_str!("migrations/cache-4.sql"),
];
const JOURNAL: &[&str] =
    &[include_str!("migrations/journal-1.sql"), include_str!("migrations/journal-2.sql")];

/// Brings a file to the latest version, each step in a transaction of its own with the version it leads to.
pub(crate) fn migrate(connection: &mut Connection, which: Which) -> Result<(), Error> {
    let steps = match which {
        Which::Cache => CACHE,
        Which::Journal => JOURNAL,
    };
    let known = i64::try_from(steps.len()).unwrap_or(i64::MAX);
    let found: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    if found > known {
        return Err(Error::Newer { which, found, known });
    }
    for (version, step) in (1..).zip(steps).filter(|(version, _)| *version > found) {
        let transaction = connection.transaction()?;
        transaction.execute_batch(step)?;
        transaction.pragma_update(None, "user_version", version)?;
        transaction.commit()?;
    }
    Ok(())
}
