//! Codes by their digits or title: those a server listed, and those this desk issued.

use std::cmp::Reverse;

use rusqlite::{Connection, Row, ToSql, params};

use super::seen::{Seen, seen};
use super::words::{Rank, Words};
use super::{CANDIDATES, CodeList, Field, FoundCode, Hit, Mark, anywhere, meant, rows};
use crate::codes::CodeRow;
use crate::error::Error;
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

/// What is read of a listed code, in the order of [`hit`] and [`listed`]. Columns are read by their place: by name, SQLite is
/// asked for the names of all of them for each value of each row.
macro_rules! listed_columns {
    () => {
        "code.id, code.code, code.title, code.intercom, code.intercom_title, code.flat_number, code.until, code.is_ended,
        code.is_unsettled, code.removed_at, code.created_at, server.name, code.words, code.intercom_list"
    };
}

/// The same of the code of an entry that was issued, in the order of [`hit`] and [`issued`].
macro_rules! issued_columns {
    () => {
        "code_id, code, code_title, coalesce(code_intercom, intercom), code_intercom_title, code_flat_number, code_until,
        code_is_ended, code_is_unsettled, code_removed_at, code_created_at, server, entry.words, number, flat IS NOT NULL, title = code_title"
    };
}

pub(super) const BY_DIGITS: &str = concat!(
    "SELECT ",
    listed_columns!(),
    " FROM code CROSS JOIN server ON server.id = code.server
     WHERE code.code >= ?1 AND code.code < ?2 AND ",
    may_be_seen!("code.intercom_list IS NULL", "server.name", "?4", "?5"),
    " ORDER BY code.code LIMIT ?3"
);

pub(super) const BY_TITLE: &str = concat!(
    "SELECT ",
    listed_columns!(),
    " FROM code_word CROSS JOIN code ON code.row = code_word.rowid CROSS JOIN server ON server.id = code.server
     WHERE code_word MATCH ?1 AND ",
    may_be_seen!("code.intercom_list IS NULL", "server.name", "?3", "?4"),
    " LIMIT ?2"
);

pub(super) const ISSUED_BY_DIGITS: &str = concat!(
    "SELECT ",
    issued_columns!(),
    " FROM entry WHERE code >= ?1 AND code < ?2 AND ",
    may_be_seen!("flat IS NULL", "server", "?4", "?5"),
    " ORDER BY code LIMIT ?3"
);

pub(super) const ISSUED_BY_TITLE: &str = concat!(
    "SELECT ",
    issued_columns!(),
    " FROM entry_word CROSS JOIN entry ON entry.number = entry_word.rowid
     WHERE entry_word MATCH ?1 AND entry.code IS NOT NULL AND ",
    may_be_seen!("entry.flat IS NULL", "entry.server", "?3", "?4"),
    " LIMIT ?2"
);

/// Where either has what it is searched by.
const WORDS: usize = 12;

/// A code, and how well it answers by its title.
type Ranked = (Rank, Hit<FoundCode>);

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
        found.extend(rows(cache, BY_DIGITS, asked, |row| listed(row, words))?);
        found.extend(rows(journal, ISSUED_BY_DIGITS, asked, |row| issued(row, words))?);
    }
    found.extend(anywhere(words, CANDIDATES, |asked, is_meant| {
        let seen: [&dyn ToSql; 2] = [&seen.client, &seen.admin];
        let mut found = meant(cache, BY_TITLE, asked, &seen, CANDIDATES, |row| {
            is_meant(row.get_ref(WORDS)?.as_str()?).then(|| listed(row, words)).transpose()
        })?;
        found.extend(meant(journal, ISSUED_BY_TITLE, asked, &seen, CANDIDATES, |row| {
            is_meant(row.get_ref(WORDS)?.as_str()?).then(|| issued(row, words)).transpose()
        })?);
        Ok(found)
    })?);
    let mut best: Vec<Ranked> = Vec::new();
    for hit in found {
        match best.iter_mut().find(|known| is_same(&known.1, &hit.1)) {
            None => best.push(hit),
            // As the list of codes has it: one for a flat that this desk issued is told from its journal, ...
            Some(known) if matches!(known.1.record.list, CodeList::ByFlat(_)) => *known = hit,
            // ... one at an intercom as the server lists it.
            Some(_) => {}
        }
    }
    best.sort_by(|one, other| {
        let order = |(rank, hit): &Ranked| {
            let row = &hit.record.row;
            ((row.code != digits, !row.code.starts_with(&digits)), *rank, Reverse(row.until))
        };
        let place = |(_, hit): &Ranked| Reverse(hit.record.row.id);
        order(one)
            .cmp(&order(other))
            .then_with(|| one.1.server.cmp(&other.1.server))
            .then(place(one).cmp(&place(other)))
    });
    best.truncate(limit);
    let mut hits: Vec<Hit<FoundCode>> = best.into_iter().map(|(_, hit)| hit).collect();
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
    // What tells most of them apart first: there are a hundred of them, of few servers.
    (one.record.row.id, is_by_flat(one), &one.server)
        == (other.record.row.id, is_by_flat(other), &other.server)
}

fn listed(row: &Row<'_>, words: &Words) -> rusqlite::Result<Ranked> {
    let list = row.get::<_, Option<u64>>(13)?.map_or(CodeList::Client, CodeList::ByFlat);
    let hit = hit(row, list)?;
    Ok((words.rank(row.get_ref(WORDS)?.as_str()?, &[Some(&hit.record.row.title)]), hit))
}

fn issued(row: &Row<'_>, words: &Words) -> rusqlite::Result<Ranked> {
    let hit = hit(row, CodeList::Journal(row.get(13)?, row.get(14)?))?;
    let title = Some(hit.record.row.title.as_str());
    // An entry is searched by the title that was asked for, too; what is shown is the server's.
    let rank = match row.get(15)? {
        true => words.rank(row.get_ref(WORDS)?.as_str()?, &[title]),
        false => words.rank(&super::words([title]), &[title]),
    };
    Ok((rank, hit))
}

fn hit(row: &Row<'_>, list: CodeList) -> rusqlite::Result<Hit<FoundCode>> {
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
    let (server, intercom) = (row.get(11)?, code.intercom);
    Ok(Hit { server, intercom, at: None, record: FoundCode { row: code, list }, marks: Vec::new() })
}
