//! What the store asks its files for, statement by statement: a benchmark runs the same without the store, a test looks at
//! what each one cost.

use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::Connection;
use rusqlite::StatementStatus::{FullscanStep, VmStep};
use rusqlite::trace::{StmtRef, TraceEvent, TraceEventCodes};

use crate::error::{Error, Which};
use crate::{Files, Store};

/// A statement that was run to its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// The file it was asked of.
    pub which: Which,
    /// The statement with its values.
    pub sql: String,
    /// How many rows were passed over without an index, since it was prepared.
    pub scanned: u64,
    /// How many steps of SQLite's machine it took, since it was prepared: a measure of work that no clock has part in.
    pub steps: u64,
}

type Statements = Arc<Mutex<Vec<Statement>>>;

impl Store {
    /// Does `work` and tells what it asked of the files, in the order in which statements ended. Whoever else is at the
    /// store meanwhile is told of, too.
    ///
    /// # Errors
    /// Where SQLite will not be watched.
    pub fn traced<T>(&self, work: impl FnOnce(&Self) -> T) -> Result<(T, Vec<Statement>), Error> {
        let statements = Statements::default();
        self.watch(Some(&statements))?;
        let answer = work(self);
        self.watch(None)?;
        let statements = std::mem::take(&mut *statements.lock().unwrap_or_else(PoisonError::into_inner));
        Ok((answer, statements))
    }

    fn watch(&self, into: Option<&Statements>) -> Result<(), Error> {
        let mut reader = self.reader.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(reader) = reader.as_mut() {
            watch(&mut reader.cache, Which::Cache, into)?;
            watch(&mut reader.journal, Which::Journal, into)?;
        }
        drop(reader);
        let Files { cache, journal, .. } = &mut *self.lock();
        watch(cache, Which::Cache, into)?;
        watch(journal, Which::Journal, into)
    }
}

fn watch(connection: &mut Connection, which: Which, into: Option<&Statements>) -> Result<(), Error> {
    let watcher = into.map(|into| {
        let into = Arc::clone(into);
        move |event: TraceEvent<'_>| {
            if let TraceEvent::Profile(statement, _) = event {
                let told = told(which, &statement);
                into.lock().unwrap_or_else(PoisonError::into_inner).extend(told);
            }
        }
    });
    Ok(connection.trace_v2(TraceEventCodes::SQLITE_TRACE_PROFILE, watcher)?)
}

fn told(which: Which, statement: &StmtRef<'_>) -> Option<Statement> {
    let sql = statement.expanded_sql()?;
    // What an index of words asks its own tables for is part of the statement that asked the index.
    let is_own = !sql.contains("_word_");
    let count = |status| u64::try_from(statement.get_status(status)).unwrap_or_default();
    is_own.then(|| Statement { which, sql, scanned: count(FullscanStep), steps: count(VmStep) })
}
