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

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Params, Row, ToSql, params};

use crate::canonical::KeyReading;
use crate::codes::CodeRow;
use crate::error::Error;
use crate::flats::FlatRow;
use crate::intercoms::IntercomRow;
use crate::keys::KeyRow;
use crate::value::{At, maybe_at};
pub use seen::SeenServer;
use seen::{Seen, seen};
pub(crate) use words::words;
use words::{Quick, Rank, Words};

/// The longest question that is looked for, in characters: more is no name and no number.
pub const LONGEST_QUERY: usize = 100;
/// How many rows of one form are looked at, at most.
const CANDIDATES: usize = 64;
/// How many rows that a rough question gives are looked at before the exact one is asked.
const MOST_LOOKED_AT: usize = 4 * CANDIDATES;

/// What to look for.
#[derive(Debug, Clone, Copy)]
pub struct Query<'q> {
    /// What was typed.
    pub text: &'q str,
    /// The ways to read it as a key, the best first.
    pub keys: &'q [KeyReading],
    /// The flats it may name by what the person calls their intercoms. One word, as in `A-45`, means no other flats then.
    pub named: &'q [Named],
    /// What else it may mean.
    pub otherwise: &'q Otherwise,
    /// Whose rows may be found.
    pub seen: &'q [SeenServer],
    /// How many hits of each kind, at most; of codes twice as many, as whoever asks may leave out those that are long over.
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

/// What else a text may mean, each looked for only where the text as it stands finds nothing of that kind, but for whoever is
/// called so in a flat of that number: they come first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Otherwise {
    /// Words of an intercom's title, address or entrance, and a flat's number there; the likeliest first.
    pub places: Vec<InFlat>,
    /// Words of a person's name, and the number of their flat: as they stand, then as the other alphabet spells them.
    pub people: Vec<InFlat>,
    /// The text as the other alphabet spells it, the likeliest first. Where nobody is found by name, whose name begins so is;
    /// and an intercom where there is none else.
    pub spelled: Vec<String>,
}

impl Otherwise {
    /// A text that means what it says.
    pub const NONE: &'static Self = &Self { places: Vec::new(), people: Vec::new(), spelled: Vec::new() };
}

/// Words, and the number of a flat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InFlat {
    /// The words.
    pub words: String,
    /// The flat's number.
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
    /// At how many other places of the same server they are: flats, and intercoms where they have a key that belongs to none.
    pub others: usize,
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
        people: people::find(cache, query, &words, &seen)?,
        keys: keys::find(cache, query.keys, &seen, query.limit)?,
        codes: codes::find(cache, journal, text, &words, &seen, 2 * query.limit)?,
        intercoms: intercoms(cache, &words, &seen, query.limit)?,
    };
    for spelled in &query.otherwise.spelled {
        if found.intercoms.is_empty() {
            found.intercoms = intercoms(cache, &Words::of(spelled), &seen, query.limit)?;
        }
    }
    let places = &mut Places::new();
    place(cache, places, &mut found.flats)?;
    place(cache, places, &mut found.people)?;
    place(cache, places, &mut found.keys)?;
    place(cache, places, &mut found.codes)?;
    Ok(found)
}

/// What is read of an intercom, in the order of [`intercom_at`]. Columns are read by their place: by name, SQLite is asked
/// for the names of all of them for each value of each row.
macro_rules! intercom_columns {
    () => {
        "intercom.id, intercom.title, intercom.address, intercom.entrance, intercom.online, intercom.online_at, intercom.mac,
        intercom.flat_from, intercom.flat_to, intercom.confirmed_at"
    };
}

fn intercom_at(row: &Row<'_>) -> rusqlite::Result<IntercomRow> {
    Ok(IntercomRow {
        id: row.get(0)?,
        title: row.get(1)?,
        address: row.get(2)?,
        entrance: row.get(3)?,
        online: row.get(4)?,
        online_at: maybe_at(row, 5)?,
        mac: row.get(6)?,
        flats: row.get::<_, Option<u32>>(7)?.zip(row.get(8)?),
        confirmed_at: row.get::<_, At>(9)?.0,
    })
}

const INTERCOMS: &str = concat!(
    "SELECT ",
    intercom_columns!(),
    ", intercom.server, server.name, intercom.words
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
    let mut ranked: Vec<(Rank, Hit<IntercomRow>)> = anywhere(words, CANDIDATES, |asked, is_meant| {
        meant(cache, INTERCOMS, asked, &[&seen.any], CANDIDATES, |row| {
            let text = row.get_ref(INTERCOM_WORDS)?.as_str()?;
            is_meant(text).then(|| intercom_hit(row).map(|hit| (rank(words, text, &hit), hit))).transpose()
        })
    })?;
    let mut known = HashSet::new();
    ranked.retain(|(_, hit)| known.insert((hit.server.clone(), hit.intercom)));
    ranked.sort_by_cached_key(|(rank, hit)| {
        (*rank, crate::folded(hit.record.title.as_deref().unwrap_or_default()), hit.record.id)
    });
    ranked.truncate(limit);
    let mut hits: Vec<Hit<IntercomRow>> = ranked.into_iter().map(|(_, hit)| hit).collect();
    for hit in &mut hits {
        hit.marks = words.marks(Field::Title, hit.record.title.as_deref());
        hit.marks.extend(words.marks(Field::Address, hit.record.address.as_deref()));
    }
    Ok(hits)
}

fn rank(words: &Words, text: &str, hit: &Hit<IntercomRow>) -> Rank {
    words.rank(text, &[hit.record.title.as_deref(), hit.record.address.as_deref()])
}

/// Where a row of [`INTERCOMS`] has what it is searched by.
const INTERCOM_WORDS: usize = 12;

fn intercom_hit(row: &Row<'_>) -> rusqlite::Result<Hit<IntercomRow>> {
    let record = intercom_at(row)?;
    Ok(Hit {
        server: row.get(11)?,
        intercom: Some(record.id),
        at: Some(record.clone()),
        record,
        marks: Vec::new(),
    })
}

const PLACE: &str = concat!(
    "SELECT ",
    intercom_columns!(),
    " FROM server CROSS JOIN intercom ON intercom.server = server.id WHERE server.name = ?1 AND intercom.id = ?2"
);

/// Intercoms that were looked up for one question.
type Places = HashMap<u64, Vec<(String, Option<IntercomRow>)>>;

/// Puts what is known of their intercoms to what was found.
fn place<T>(cache: &Connection, places: &mut Places, hits: &mut [Hit<T>]) -> Result<(), Error> {
    let mut find = cache.prepare_cached(PLACE)?;
    for hit in hits {
        let Some(intercom) = hit.intercom else { continue };
        let known = places.entry(intercom).or_default();
        if let Some((_, at)) = known.iter().find(|(server, _)| *server == hit.server) {
            hit.at.clone_from(at);
            continue;
        }
        hit.at = find.query_row(params![hit.server, intercom], intercom_at).optional()?;
        known.push((hit.server.clone(), hit.at.clone()));
    }
    Ok(())
}

/// Whether texts, as their index has them, are meant by a question.
type IsMeant<'q> = &'q dyn Fn(&str) -> bool;

/// What has every word of a question, be it any part of one. Where that is more than is looked at, those that begin words, too.
fn anywhere<T>(
    words: &Words,
    most: usize,
    mut ask: impl FnMut(&Quick, IsMeant<'_>) -> Result<Vec<T>, Error>,
) -> Result<Vec<T>, Error> {
    let Some(asked) = words.anywhere() else { return Ok(Vec::new()) };
    let mut found = ask(&asked, &|text| words.are_in(text))?;
    if found.len() >= most
        && let Some(begun) = words.begun().filter(|begun| *begun != asked)
    {
        found.extend(ask(&begun, &|text| words.begin_words_of(text))?);
    }
    Ok(found)
}

/// At most so many rows that an index gives and that are meant; `read` passes over the others. The statement's first
/// parameter is the question, its second how many rows are looked at.
fn meant<T>(
    connection: &Connection,
    sql: &str,
    asked: &Quick,
    others: &[&dyn ToSql],
    most: usize,
    mut read: impl FnMut(&Row<'_>) -> rusqlite::Result<Option<T>>,
) -> Result<Vec<T>, Error> {
    let mut find = connection.prepare_cached(sql)?;
    let mut found = Vec::new();
    let questions = [asked.rough.as_ref().map(|rough| (rough, MOST_LOOKED_AT)), Some((&asked.exact, most))];
    for (question, most_looked_at) in questions.into_iter().flatten() {
        found.clear();
        let mut looked_at = 0;
        let params: Vec<&dyn ToSql> =
            [question as &dyn ToSql, &most_looked_at].into_iter().chain(others.iter().copied()).collect();
        let mut rows = find.query(params.as_slice())?;
        while let Some(row) = rows.next()? {
            looked_at += 1;
            found.extend(read(row)?);
            if found.len() == most {
                return Ok(found);
            }
        }
        if looked_at < most_looked_at {
            break;
        }
    }
    Ok(found)
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
mod naive;
#[cfg(test)]
mod tests;
