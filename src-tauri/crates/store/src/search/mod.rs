//! One question over the rows of every server.
//!
//! Every form of it is a lookup in an index, and of what an index finds only so much is read as can be ranked while a person
//! types.

mod codes;
mod flats;
mod keys;
mod people;
mod seen;
mod words;

use std::ops::Range;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Params, Row, params};

use crate::canonical::KeyReading;
use crate::codes::CodeRow;
use crate::error::Error;
use crate::flats::FlatRow;
use crate::intercoms::{IntercomRow, intercom_row};
use crate::keys::KeyRow;
pub use seen::SeenServer;
use seen::{Seen, seen};
use words::Words;
pub(crate) use words::words;

/// The longest question that is looked for, in characters: more is no name and no number.
pub const LONGEST_QUERY: usize = 100;
/// How many rows of one form are looked at, at most.
const CANDIDATES: usize = 64;

/// What to look for.
#[derive(Debug, Clone, Copy)]
pub struct Query<'q> {
    /// What was typed.
    pub text: &'q str,
    /// The ways to read it as a key, the best first.
    pub keys: &'q [KeyReading],
    /// The flats it may name by what the person calls their intercoms.
    pub named: &'q [Named],
    /// Whose rows may be found.
    pub seen: &'q [SeenServer],
    /// How many hits of each kind, at most.
    pub limit: usize,
}

/// A flat's number at an intercom that the person calls something the rows know nothing of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The server.
    pub server: String,
    /// The intercom.
    pub intercom: u64,
    /// The flat's number, or its beginning.
    pub number: String,
}

/// Which text of a record a mark stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// The door number.
    Number,
    /// A person's name.
    Name,
    /// A person's login.
    Login,
    /// The title of an intercom or of a code.
    Title,
    /// An intercom's address.
    Address,
    /// The code's digits.
    Code,
    /// The key as the server writes it.
    Key,
}

/// What of a record was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The text.
    pub field: Field,
    /// The bytes of it.
    pub range: Range<usize>,
}

/// A record that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit<T> {
    /// The server.
    pub server: String,
    /// The intercom it belongs to, where that is known.
    pub intercom: Option<u64>,
    /// What is known of that intercom.
    pub at: Option<IntercomRow>,
    /// The record.
    pub record: T,
    /// Why it was found.
    pub marks: Vec<Mark>,
}

/// A resident, or the owner of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundPerson {
    /// The user's record id.
    pub id: u64,
    /// Name.
    pub name: Option<String>,
    /// Login.
    pub login: Option<String>,
    /// The flat: record id and, where it is known, door number.
    pub flat: Option<(u64, Option<String>)>,
    /// Whether the server told them among the flat's residents; else a key is all that is known of them.
    pub is_resident: bool,
    /// When this was last confirmed, where that is known.
    pub confirmed_at: Option<DateTime<Utc>>,
    /// Since when the server does not tell of them there any more.
    pub gone_at: Option<DateTime<Utc>>,
}

/// Where a code is known from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeList {
    /// The client account's list.
    Client,
    /// This intercom's list of codes by flat.
    ByFlat(u64),
    /// The journal's entry of this number, and whether it was asked for a flat.
    Journal(u64, bool),
}

/// A code, and where it is known from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundCode {
    /// The code.
    pub row: CodeRow,
    /// Where it is known from.
    pub list: CodeList,
}

/// A key, and how the question had to be read for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundKey {
    /// The key.
    pub row: KeyRow,
    /// The reading's place in the query.
    pub reading: usize,
}

/// What was found, each kind with the best first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Found {
    /// Flats, by their number.
    pub flats: Vec<Hit<FlatRow>>,
    /// Residents and owners of keys, by name or login.
    pub people: Vec<Hit<FoundPerson>>,
    /// Keys.
    pub keys: Vec<Hit<FoundKey>>,
    /// Codes, by their digits or title.
    pub codes: Vec<Hit<FoundCode>>,
    /// Intercoms, by title or address.
    pub intercoms: Vec<Hit<IntercomRow>>,
}

pub(crate) fn search(cache: &Connection, journal: &Connection, query: &Query<'_>) -> Result<Found, Error> {
    let text = query.text.trim();
    if text.is_empty() || text.chars().count() > LONGEST_QUERY {
        return Ok(Found::default());
    }
    let words = Words::of(text);
    let seen = Seen::of(query.seen);
    let mut found = Found {
        flats: flats::find(cache, query, text, &words, &seen)?,
        people: people::find(cache, &words, &seen, query.limit)?,
        keys: keys::find(cache, query.keys, &seen, query.limit)?,
        codes: codes::find(cache, journal, text, &words, &seen, query.limit)?,
        intercoms: intercoms(cache, &words, &seen, query.limit)?,
    };
    place(cache, &mut found.flats)?;
    place(cache, &mut found.people)?;
    place(cache, &mut found.keys)?;
    place(cache, &mut found.codes)?;
    Ok(found)
}

const INTERCOMS: &str = concat!(
    "SELECT intercom.*, server.name AS server_name
     FROM intercom_word CROSS JOIN intercom ON intercom.row = intercom_word.rowid
         CROSS JOIN server ON server.id = intercom.server
     WHERE intercom_word MATCH ?1 AND ",
    seen!("?3", "server.name"),
    " LIMIT ?2"
);

/// Intercoms by title or address, whatever their place in the answer.
fn intercoms(
    cache: &Connection,
    words: &Words,
    seen: &Seen,
    limit: usize,
) -> Result<Vec<Hit<IntercomRow>>, Error> {
    let mut hits: Vec<Hit<IntercomRow>> = Vec::new();
    for question in words.matches() {
        if hits.len() >= limit {
            break;
        }
        for hit in rows(cache, INTERCOMS, params![question, CANDIDATES, seen.any], intercom_hit)? {
            if !hits.iter().any(|known| (&known.server, known.intercom) == (&hit.server, hit.intercom)) {
                hits.push(hit);
            }
        }
    }
    hits.sort_by_cached_key(|hit| {
        let rank = words.rank(&[hit.record.title.as_deref(), hit.record.address.as_deref()]);
        (rank, crate::folded(hit.record.title.as_deref().unwrap_or_default()), hit.record.id)
    });
    hits.truncate(limit);
    for hit in &mut hits {
        hit.marks = words.marks(Field::Title, hit.record.title.as_deref());
        hit.marks.extend(words.marks(Field::Address, hit.record.address.as_deref()));
    }
    Ok(hits)
}

fn intercom_hit(row: &Row<'_>) -> rusqlite::Result<Hit<IntercomRow>> {
    let record = intercom_row(row)?;
    Ok(Hit {
        server: row.get("server_name")?,
        intercom: Some(record.id),
        at: Some(record.clone()),
        record,
        marks: Vec::new(),
    })
}

const PLACE: &str = "SELECT intercom.* FROM server CROSS JOIN intercom ON intercom.server = server.id
     WHERE server.name = ?1 AND intercom.id = ?2";

/// Puts what is known of their intercoms to what was found.
fn place<T>(cache: &Connection, hits: &mut [Hit<T>]) -> Result<(), Error> {
    let mut find = cache.prepare_cached(PLACE)?;
    for hit in hits {
        if let Some(intercom) = hit.intercom {
            hit.at = find.query_row(params![hit.server, intercom], intercom_row).optional()?;
        }
    }
    Ok(())
}

fn rows<T>(
    connection: &Connection,
    sql: &str,
    params: impl Params,
    read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
) -> Result<Vec<T>, Error> {
    Ok(connection.prepare_cached(sql)?.query_map(params, read)?.collect::<Result<_, _>>()?)
}

#[cfg(test)]
mod tests;
