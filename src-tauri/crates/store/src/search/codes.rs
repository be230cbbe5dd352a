//! Codes by their digits or title: those a server listed, and those this desk issued.

use std::cmp::Reverse;

use rusqlite::types::Null;
use rusqlite::{Connection, Row, params};

use super::seen::{Seen, seen};
use super::words::Words;
use super::{CANDIDATES, CodeList, Field, FoundCode, Hit, Mark, rows};
use crate::codes::code_row;
use crate::error::Error;
use crate::journal::{self, Outcome};
use crate::window::prefix_end;

/// Each code is for whoever may look at what its account saw.
macro_rules! may_be_seen {
    ($is_clients:literal, $server:literal) => {
        concat!(
            "CASE WHEN ",
            $is_clients,
            " THEN ",
            seen!("?4", $server),
            " ELSE ",
            seen!("?5", $server),
            " END"
        )
    };
}

pub(super) const BY_DIGITS: &str = concat!(
    "SELECT code.*, server.name AS server_name
     FROM code CROSS JOIN server ON server.id = code.server
     WHERE code.code >= ?1 AND code.code < ?2 AND ",
    may_be_seen!("code.intercom_list IS NULL", "server.name"),
    " ORDER BY code.code LIMIT ?3"
);

pub(super) const BY_TITLE: &str = concat!(
    "SELECT code.*, server.name AS server_name
     FROM code_word CROSS JOIN code ON code.row = code_word.rowid CROSS JOIN server ON server.id = code.server
     WHERE code_word MATCH ?1 AND ",
    may_be_seen!("code.intercom_list IS NULL", "server.name"),
    " LIMIT ?3"
);

pub(super) const ISSUED_BY_DIGITS: &str = concat!(
    "SELECT * FROM entry WHERE code >= ?1 AND code < ?2 AND ",
    may_be_seen!("flat IS NULL", "server"),
    " ORDER BY code LIMIT ?3"
);

pub(super) const ISSUED_BY_TITLE: &str = concat!(
    "SELECT entry.*
     FROM entry_word CROSS JOIN entry ON entry.number = entry_word.rowid
     WHERE entry_word MATCH ?1 AND entry.code IS NOT NULL AND ",
    may_be_seen!("entry.flat IS NULL", "entry.server"),
    " LIMIT ?3"
);

pub(super) fn find(
    cache: &Connection,
    journal: &Connection,
    text: &str,
    words: &Words,
    seen: &Seen,
    limit: usize,
) -> Result<Vec<Hit<FoundCode>>, Error> {
    let mut found = Vec::new();
    // Codes are read aloud and typed in groups.
    let digits: String = text.chars().filter(|character| !character.is_whitespace()).collect();
    if digits.bytes().all(|digit| digit.is_ascii_digit()) {
        let (from, to) = (&digits, prefix_end(&digits));
        let asked = params![from, to, CANDIDATES, seen.client, seen.admin];
        found.extend(rows(cache, BY_DIGITS, asked, listed)?.into_iter().map(Some));
        found.extend(rows(journal, ISSUED_BY_DIGITS, asked, issued)?);
    }
    for question in words.matches() {
        // The same places as of the questions by digits; the second is nobody's.
        let asked = params![question, Null, CANDIDATES, seen.client, seen.admin];
        found.extend(rows(cache, BY_TITLE, asked, listed)?.into_iter().map(Some));
        found.extend(rows(journal, ISSUED_BY_TITLE, asked, issued)?);
    }
    let mut hits: Vec<Hit<FoundCode>> = Vec::new();
    for hit in found.into_iter().flatten() {
        // What a server lists is not told again from the journal.
        if !hits.iter().any(|known| is_same(known, &hit)) {
            hits.push(hit);
        }
    }
    hits.sort_by_cached_key(|hit| {
        let row = &hit.record.row;
        let by_code = (row.code != digits, !row.code.starts_with(&digits));
        let rank = words.rank(&[Some(row.title.as_str())]);
        (by_code, rank, Reverse(row.until), hit.server.clone(), Reverse(row.id))
    });
    hits.truncate(limit);
    for hit in &mut hits {
        let row = &hit.record.row;
        if row.code.starts_with(&digits) {
            hit.marks.push(Mark { field: Field::Code, range: 0..digits.len() });
        }
        hit.marks.extend(words.marks(Field::Title, Some(row.title.as_str())));
    }
    Ok(hits)
}

fn is_same(one: &Hit<FoundCode>, other: &Hit<FoundCode>) -> bool {
    let is_by_flat = |hit: &Hit<FoundCode>| match hit.record.list {
        CodeList::Client => false,
        CodeList::ByFlat(_) => true,
        CodeList::Journal(_, is_by_flat) => is_by_flat,
    };
    (&one.server, is_by_flat(one), one.record.row.id)
        == (&other.server, is_by_flat(other), other.record.row.id)
}

fn listed(row: &Row<'_>) -> rusqlite::Result<Hit<FoundCode>> {
    let list = row.get::<_, Option<u64>>("intercom_list")?.map_or(CodeList::Client, CodeList::ByFlat);
    Ok(hit(row.get("server_name")?, FoundCode { row: code_row(row)?, list }))
}

/// The code of an entry that was issued.
fn issued(row: &Row<'_>) -> rusqlite::Result<Option<Hit<FoundCode>>> {
    let (number, intent, outcome) = journal::entry(row)?;
    let Outcome::Issued(mut code, _) = outcome else { return Ok(None) };
    code.intercom = code.intercom.or(Some(intent.intercom));
    let list = CodeList::Journal(number, intent.flat.is_some());
    Ok(Some(hit(row.get("server")?, FoundCode { row: code, list })))
}

fn hit(server: String, record: FoundCode) -> Hit<FoundCode> {
    Hit { server, intercom: record.row.intercom, at: None, record, marks: Vec::new() }
}
