//! New rows put into the indexes of words. Of rows that change or go, the triggers of the schema see to it.
//!
//! SQLite guards each statement that has triggers by itself: an index of words then writes out what it has with every row, and
//! each page that is touched is encrypted once more, as it was. A long list that is new took more than a third longer.

use rusqlite::{Connection, params};

use crate::error::Error;

/// Of a key that was just inserted: the owner's words, and the number of its flat.
pub(crate) fn add_key(
    cache: &Connection,
    row: i64,
    words: &str,
    flat_folded: Option<&str>,
) -> Result<(), Error> {
    cache
        .prepare_cached("INSERT INTO key_word (rowid, words) VALUES (?1, ?2)")?
        .execute(params![row, words])?;
    cache
        .prepare_cached("INSERT INTO key_whole_word (rowid, words, flat_folded) VALUES (?1, ?2, ?3)")?
        .execute(params![row, words, flat_folded])?;
    Ok(())
}

/// Of a resident who was just inserted: their words, and the number of the flat.
pub(crate) fn add_resident(
    cache: &Connection,
    row: i64,
    words: &str,
    flat_folded: &str,
) -> Result<(), Error> {
    cache
        .prepare_cached("INSERT INTO resident_word (rowid, words) VALUES (?1, ?2)")?
        .execute(params![row, words])?;
    cache
        .prepare_cached("INSERT INTO resident_whole_word (rowid, words, flat_folded) VALUES (?1, ?2, ?3)")?
        .execute(params![row, words, flat_folded])?;
    Ok(())
}
