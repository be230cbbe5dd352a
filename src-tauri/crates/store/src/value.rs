//! Values as the files hold them, and what their instants are worth.

use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Row, RowIndex};

/// No answer is on its way for longer.
const LONGEST_WAY: TimeDelta = TimeDelta::hours(1);

/// Whether an answer that was asked for at `asked_at` was overtaken by what has been known since `known_at`. What is known
/// from much later was told while this computer's clock was wrong, and is no younger than anything.
pub fn is_overtaken(asked_at: DateTime<Utc>, known_at: DateTime<Utc>) -> bool {
    known_at > asked_at && known_at - asked_at < LONGEST_WAY
}

/// The same in microseconds, for a question to SQLite that is put as [`is_overtaken`] is.
pub(crate) fn longest_way() -> i64 {
    LONGEST_WAY.num_microseconds().unwrap_or(i64::MAX)
}

/// An instant: microseconds since 1970 in UTC.
#[derive(Debug, Clone, Copy)]
pub(crate) struct At(pub(crate) DateTime<Utc>);

impl ToSql for At {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.0.timestamp_micros().into())
    }
}

impl FromSql for At {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let micros = i64::column_result(value)?;
        DateTime::from_timestamp_micros(micros).map(At).ok_or(FromSqlError::OutOfRange(micros))
    }
}

/// The instant in a column.
pub(crate) fn at(row: &Row<'_>, column: &str) -> rusqlite::Result<DateTime<Utc>> {
    Ok(row.get::<_, At>(column)?.0)
}

/// The instant in a column, if there is one.
pub(crate) fn maybe_at(row: &Row<'_>, column: impl RowIndex) -> rusqlite::Result<Option<DateTime<Utc>>> {
    Ok(row.get::<_, Option<At>>(column)?.map(|at| at.0))
}

/// An instant that may be missing, to be kept.
pub(crate) fn kept(at: Option<DateTime<Utc>>) -> Option<At> {
    at.map(At)
}
