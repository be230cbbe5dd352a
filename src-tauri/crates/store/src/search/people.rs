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
        server.name AS server_name, flat.number AS flat_number, flat.residents_at AS confirmed_at,
        coalesce(resident.gone_at, flat.gone_at) AS gone_at
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
        server.name AS server_name, key.flat_number, key.confirmed_at, key.gone_at
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
    for question in words.matches() {
        for (sql, is_resident) in [(RESIDENTS, true), (OWNERS, false)] {
            let asked = params![question, CANDIDATES, seen.admin];
            for hit in rows(cache, sql, asked, |row| hit(row, is_resident))? {
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

fn hit(row: &Row<'_>, is_resident: bool) -> rusqlite::Result<Hit<FoundPerson>> {
    let flat = match row.get::<_, Option<u64>>("flat")? {
        Some(id) => Some((id, row.get("flat_number")?)),
        None => None,
    };
    let record = FoundPerson {
        id: row.get("id")?,
        name: row.get("name")?,
        login: row.get("login")?,
        flat,
        is_resident,
        confirmed_at: maybe_at(row, "confirmed_at")?,
        gone_at: maybe_at(row, "gone_at")?,
    };
    Ok(Hit {
        server: row.get("server_name")?,
        intercom: Some(row.get("intercom")?),
        at: None,
        record,
        marks: Vec::new(),
    })
}
