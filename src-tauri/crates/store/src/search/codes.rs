//! Codes by their digits or title: those a server listed, and those this desk issued.

use std::cmp::Reverse;

use rusqlite::{Connection, Row, ToSql, params};

use super::seen::{Seen, seen};
use super::words::Words;
use super::{CANDIDATES, CodeList, Field, FoundCode, Hit, Mark, anywhere, meant, rows};
use crate::codes::CodeRow;
use crate::error::Error;
use crate::journal::{self, Outcome};
use crate::value::maybe_at;
use crate::window::prefix_end;

/// Each code is for whoever may look at what its account saw.
macro_rules! may_be_seen {
    ($is_clients:literal, $server:literal, $client:literal, $admin:literal) => {
        concat!(
            "CASE WHEN ",
            $is_clients,
            " THEN ",
            seen!($client, $server),
            " ELSE ",
            seen!($admin, $server),
            " END"
        )
    };
}

/// What is read of a listed code, in the order of [`listed`].
macro_rules! columns {
    () => {
        "code.id, code.code, code.title, code.intercom, code.intercom_title, code.flat_number, code.until, code.is_ended,
        code.is_unsettled, code.removed_at, code.created_at, code.intercom_list, server.name,
        code.words"
    };
}

pub(super) const BY_DIGITS: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM code CROSS JOIN server ON server.id = code.server
     WHERE code.code >= ?1 AND code.code < ?2 AND ",
    may_be_seen!("code.intercom_list IS NULL", "server.name", "?4", "?5"),
    " ORDER BY code.code LIMIT ?3"
);

pub(super) const BY_TITLE: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM code_word CROSS JOIN code ON code.row = code_word.rowid CROSS JOIN server ON server.id = code.server
     WHERE code_word MATCH ?1 AND ",
    may_be_seen!("code.intercom_list IS NULL", "server.name", "?3", "?4"),
    " LIMIT ?2"
);

pub(super) const ISSUED_BY_DIGITS: &str = concat!(
    "SELECT * FROM entry WHERE code >= ?1 AND code < ?2 AND ",
    may_be_seen!("flat IS NULL", "server", "?4", "?5"),
    " ORDER BY code LIMIT ?3"
);

pub(super) const ISSUED_BY_TITLE: &str = concat!(
    "SELECT entry.*
     FROM entry_word CROSS JOIN entry ON entry.number = entry_word.rowid
     WHERE entry_word MATCH ?1 AND entry.code IS NOT NULL AND ",
    may_be_seen!("entry.flat IS NULL", "entry.server", "?3", "?4"),
    " LIMIT ?2"
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
        found.extend(rows(cache, BY_DIGITS, asked, listed)?);
        found.extend(rows(journal, ISSUED_BY_DIGITS, asked, issued)?.into_iter().flatten());
    }
    found.extend(anywhere(words, CANDIDATES, |asked, is_meant| {
        let seen: [&dyn ToSql; 2] = [&seen.client, &seen.admin];
        let mut found = meant(cache, BY_TITLE, asked, &seen, CANDIDATES, |row| {
            is_meant(row.get_ref(13)?.as_str()?).then(|| listed(row)).transpose()
        })?;
        found.extend(meant(journal, ISSUED_BY_TITLE, asked, &seen, CANDIDATES, |row| {
            if is_meant(row.get_ref("words")?.as_str()?) { issued(row) } else { Ok(None) }
        })?);
        Ok(found)
    })?);
    let mut hits: Vec<Hit<FoundCode>> = Vec::new();
    for hit in found {
        match hits.iter_mut().find(|known| is_same(known, &hit)) {
            None => hits.push(hit),
            // As the list of codes has it: one for a flat that this desk issued is told from its journal, ...
            Some(known) if matches!(known.record.list, CodeList::ByFlat(_)) => *known = hit,
            // ... one at an intercom as the server lists it.
            Some(_) => {}
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
    let code = CodeRow {
        id: row.get(0)?,
        code: row.get(1)?,
        title: row.get(2)?,
        intercom: row.get(3)?,
        intercom_title: row.get(4)?,
        flat_number: row.get(5)?,
        until: maybe_at(row, 6)?,
        is_ended: row.get(7)?,
        is_unsettled: row.get(8)?,
        removed_at: maybe_at(row, 9)?,
        created_at: maybe_at(row, 10)?,
    };
    let list = row.get::<_, Option<u64>>(11)?.map_or(CodeList::Client, CodeList::ByFlat);
    Ok(hit(row.get(12)?, FoundCode { row: code, list }))
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
