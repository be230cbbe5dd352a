//! Residents and owners of keys, by name or login.

use rusqlite::{Connection, Row, params};

use super::seen::{Seen, seen};
use super::words::Words;
use super::{CANDIDATES, Field, FoundPerson, Hit, rows};
use crate::error::Error;
use crate::value::maybe_at;
use crate::window::folded;

pub(super) const RESIDENTS: &str = concat!(
    "SELECT resident.intercom, resident.id, resident.name, resident.login, resident.flat,
        flat.number AS flat_number, flat.residents_at AS confirmed_at, server.name AS server_name,
        coalesce(resident.gone_at, flat.gone_at) AS gone_at, resident.words
     FROM resident_word CROSS JOIN resident ON resident.row = resident_word.rowid
         CROSS JOIN server ON server.id = resident.server
         LEFT JOIN flat ON flat.server = resident.server AND flat.intercom = resident.intercom
             AND flat.id = resident.flat
     WHERE resident_word MATCH ?1 AND ",
    seen!("?3", "server.name"),
    " LIMIT ?2"
);

pub(super) const OWNERS: &str = concat!(
    "SELECT key.intercom, key.user AS id, key.name, key.login, key.flat,
        key.flat_number, key.confirmed_at, server.name AS server_name, key.gone_at, key.words
     FROM key_word CROSS JOIN key ON key.row = key_word.rowid
         CROSS JOIN server ON server.id = key.server
     WHERE key_word MATCH ?1 AND ",
    seen!("?3", "server.name"),
    " LIMIT ?2"
);

pub(super) fn find(
    cache: &Connection,
    words: &Words,
    seen: &Seen,
    limit: usize,
) -> Result<Vec<Hit<FoundPerson>>, Error> {
    let mut found: Vec<Hit<FoundPerson>> = Vec::new();
    for question in words.samples() {
        // Where every word begins one, it is the better answer: parts are looked for where such are few, and not for
        // several words that were found so together.
        if found.len() >= limit || (!found.is_empty() && words.all().len() > 1) {
            break;
        }
        for (sql, is_resident) in [(RESIDENTS, true), (OWNERS, false)] {
            let candidate = |row: &Row<'_>| candidate(row, is_resident, words);
            let asked = params![question, CANDIDATES, seen.admin];
            for hit in rows(cache, sql, asked, candidate)?.into_iter().flatten() {
                // Whoever lives there and has five keys is one person there, and there as long as one of them is.
                match found.iter_mut().find(|known| is_same(known, &hit)) {
                    None => found.push(hit),
                    Some(known) if known.record.gone_at.is_some() && hit.record.gone_at.is_none() => {
                        *known = hit
                    }
                    Some(_) => {}
                }
            }
        }
    }
    found.sort_by_cached_key(|hit| {
        let FoundPerson { name, login, id, .. } = &hit.record;
        let is_gone = hit.record.gone_at.is_some();
        let rank = (words.rank(&[name.as_deref(), login.as_deref()]), is_gone);
        let shown = folded(name.as_deref().or(login.as_deref()).unwrap_or_default());
        (rank, shown, hit.server.clone(), hit.intercom, *id)
    });
    found.truncate(limit);
    for hit in &mut found {
        hit.marks = words.marks(Field::Name, hit.record.name.as_deref());
        hit.marks.extend(words.marks(Field::Login, hit.record.login.as_deref()));
    }
    Ok(found)
}

fn is_same(one: &Hit<FoundPerson>, other: &Hit<FoundPerson>) -> bool {
    let flat = |hit: &Hit<FoundPerson>| hit.record.flat.as_ref().map(|(id, _)| *id);
    (&one.server, one.intercom, one.record.id, flat(one))
        == (&other.server, other.intercom, other.record.id, flat(other))
}

/// A row of either list, unless a word of the question is not in it. Columns by their place: by name, SQLite is asked for the
/// names of all of them for each value of each row.
fn candidate(row: &Row<'_>, is_resident: bool, words: &Words) -> rusqlite::Result<Option<Hit<FoundPerson>>> {
    if !words.are_in(row.get_ref(9)?.as_str()?) {
        return Ok(None);
    }
    let flat = match row.get::<_, Option<u64>>(4)? {
        Some(id) => Some((id, row.get(5)?)),
        None => None,
    };
    let record = FoundPerson {
        id: row.get(1)?,
        name: row.get(2)?,
        login: row.get(3)?,
        flat,
        is_resident,
        confirmed_at: maybe_at(row, 6)?,
        gone_at: maybe_at(row, 8)?,
    };
    Ok(Some(Hit { server: row.get(7)?, intercom: Some(row.get(0)?), at: None, record, marks: Vec::new() }))
}
