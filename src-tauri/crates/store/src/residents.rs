//! Rows of residents.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, Row, params};

use crate::error::Error;
use crate::search::words;
use crate::value::{kept, maybe_at};
use crate::window::folded;

/// A user linked to a flat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResidentRow {
    /// Record id.
    pub id: u64,
    /// Name.
    pub name: Option<String>,
    /// Login.
    pub login: Option<String>,
    /// When the account ends.
    pub valid_until: Option<DateTime<Utc>>,
}

/// Writes the residents of a flat in place of those it had.
pub(crate) fn replace(
    cache: &Connection,
    server: i64,
    intercom: u64,
    flat: u64,
    residents: &[ResidentRow],
) -> Result<(), Error> {
    remove(cache, server, intercom, flat)?;
    let mut put = cache.prepare_cached(
        "INSERT INTO resident
            (server, intercom, flat, id, place, name, login, name_folded, login_folded, words, valid_until)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
         ON CONFLICT (server, intercom, flat, id) DO UPDATE SET
            place = excluded.place, name = excluded.name, login = excluded.login,
            name_folded = excluded.name_folded, login_folded = excluded.login_folded, words = excluded.words,
            valid_until = excluded.valid_until",
    )?;
    for (place, row) in residents.iter().enumerate() {
        put.execute(params![
            server,
            intercom,
            flat,
            row.id,
            place,
            row.name,
            row.login,
            row.name.as_deref().map(folded),
            row.login.as_deref().map(folded),
            words([row.name.as_deref(), row.login.as_deref()]),
            kept(row.valid_until),
        ])?;
    }
    Ok(())
}

pub(crate) fn remove(cache: &Connection, server: i64, intercom: u64, flat: u64) -> Result<(), Error> {
    cache
        .prepare_cached("DELETE FROM resident WHERE server = ?1 AND intercom = ?2 AND flat = ?3")?
        .execute(params![server, intercom, flat])?;
    Ok(())
}

/// The residents of a flat, in the order they were told in.
pub(crate) fn of_flat(
    cache: &Connection,
    server: i64,
    intercom: u64,
    flat: u64,
) -> Result<Vec<ResidentRow>, Error> {
    let mut select = cache.prepare_cached(
        "SELECT * FROM resident WHERE server = ?1 AND intercom = ?2 AND flat = ?3 ORDER BY place",
    )?;
    let rows = select.query_map(params![server, intercom, flat], resident_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn resident_row(row: &Row<'_>) -> rusqlite::Result<ResidentRow> {
    Ok(ResidentRow {
        id: row.get("id")?,
        name: row.get("name")?,
        login: row.get("login")?,
        valid_until: maybe_at(row, "valid_until")?,
    })
}
