//! Rows of residents.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, Row, params};

use crate::error::Error;
use crate::indexing;
use crate::search::words;
use crate::value::{At, kept, maybe_at};
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

/// Takes in the residents of a flat, told at `told_at`: those who are not among them are gone. `number` is the flat's, folded.
pub(crate) fn replace(
    cache: &Connection,
    server: i64,
    intercom: u64,
    (flat, number): (u64, &str),
    residents: &[ResidentRow],
    told_at: DateTime<Utc>,
) -> Result<(), Error> {
    let known = of_flat(cache, server, intercom, flat)?;
    // Mostly they are told again as they were.
    if known == residents {
        return Ok(());
    }
    let mut leave = cache.prepare_cached(
        "UPDATE resident SET gone_at = ?5
         WHERE server = ?1 AND intercom = ?2 AND flat = ?3 AND id = ?4 AND gone_at IS NULL",
    )?;
    for gone in known.iter().filter(|known| residents.iter().all(|row| row.id != known.id)) {
        leave.execute(params![server, intercom, flat, gone.id, At(told_at)])?;
    }
    let mut add = cache.prepare_cached(
        "INSERT INTO resident
            (server, intercom, flat, id, place, name, login, name_folded, login_folded, words, valid_until,
             flat_folded)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
         ON CONFLICT (server, intercom, flat, id) DO NOTHING",
    )?;
    let mut change = cache.prepare_cached(
        "UPDATE resident SET
            place = ?5, name = ?6, login = ?7, name_folded = ?8, login_folded = ?9, words = ?10, valid_until = ?11,
            flat_folded = ?12, gone_at = NULL
         WHERE server = ?1 AND intercom = ?2 AND flat = ?3 AND id = ?4",
    )?;
    for (place, row) in residents.iter().enumerate() {
        let (name, login) = (row.name.as_deref(), row.login.as_deref());
        let (name_folded, login_folded, words) = (name.map(folded), login.map(folded), words([name, login]));
        let until = kept(row.valid_until);
        let told = params![
            server,
            intercom,
            flat,
            row.id,
            place,
            name,
            login,
            name_folded,
            login_folded,
            words,
            until,
            number,
        ];
        if add.execute(told)? > 0 {
            indexing::add_resident(cache, cache.last_insert_rowid(), &words, number)?;
        } else {
            change.execute(told)?;
        }
    }
    Ok(())
}

/// Takes note that a flat has another number, folded, than before.
pub(crate) fn renumber(
    cache: &Connection,
    server: i64,
    intercom: u64,
    (flat, number): (u64, &str),
) -> Result<(), Error> {
    cache
        .prepare_cached(
            "UPDATE resident SET flat_folded = ?4 WHERE server = ?1 AND intercom = ?2 AND flat = ?3",
        )?
        .execute(params![server, intercom, flat, number])?;
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
        "SELECT * FROM resident WHERE server = ?1 AND intercom = ?2 AND flat = ?3 AND gone_at IS NULL
         ORDER BY place",
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
