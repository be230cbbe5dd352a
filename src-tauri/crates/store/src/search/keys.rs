//! Keys by the ways a text can be read as one.

use std::ops::Range;

use rusqlite::{Connection, Row, params};

use super::seen::{Seen, seen};
use super::{CANDIDATES, Field, FoundKey, Hit, Mark, rows};
use crate::canonical::{KeyPart, KeyReading, canonical_key, reversed};
use crate::error::Error;
use crate::keys::{KeyRow, owner};
use crate::value::{At, maybe_at};
use crate::window::prefix_end;

/// What is read of a key, in the order of [`hit`].
macro_rules! columns {
    () => {
        "key.id, key.key, key.owner, key.user, key.name, key.login, key.flat, key.flat_number, key.created_at,
        key.confirmed_at, key.gone_at, key.intercom, server.name"
    };
}

pub(super) const WHOLE: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM key CROSS JOIN server ON server.id = key.server WHERE key.hex >= ?1 AND key.hex <= ?2 AND ",
    seen!("?4", "server.name"),
    " LIMIT ?3"
);

pub(super) const BEGINNING: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM key CROSS JOIN server ON server.id = key.server WHERE key.hex >= ?1 AND key.hex < ?2 AND ",
    seen!("?4", "server.name"),
    " LIMIT ?3"
);

pub(super) const ENDING: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM key CROSS JOIN server ON server.id = key.server WHERE key.tail >= ?1 AND key.tail < ?2 AND ",
    seen!("?4", "server.name"),
    " LIMIT ?3"
);

pub(super) const DECIMAL_ENDING: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM key CROSS JOIN server ON server.id = key.server
     WHERE key.decimal_tail >= ?1 AND key.decimal_tail < ?2 AND ",
    seen!("?4", "server.name"),
    " LIMIT ?3"
);

pub(super) const LOW_ENDING: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM key CROSS JOIN server ON server.id = key.server WHERE key.low_tail >= ?1 AND key.low_tail < ?2 AND ",
    seen!("?4", "server.name"),
    " LIMIT ?3"
);

pub(super) fn find(
    cache: &Connection,
    readings: &[KeyReading],
    seen: &Seen,
    limit: usize,
) -> Result<Vec<Hit<FoundKey>>, Error> {
    let mut found: Vec<Hit<FoundKey>> = Vec::new();
    for (place, reading) in readings.iter().enumerate() {
        let digits = &reading.digits;
        let lookups: &[&str] = match reading.part {
            KeyPart::Whole => &[WHOLE],
            KeyPart::Beginning => &[BEGINNING],
            KeyPart::Low24 | KeyPart::Ending => &[ENDING],
            KeyPart::DecimalEnding => &[DECIMAL_ENDING, LOW_ENDING],
        };
        let (from, to) = match reading.part {
            KeyPart::Whole => (digits.clone(), digits.clone()),
            KeyPart::Beginning => (digits.clone(), prefix_end(digits)),
            _ => (reversed(digits), prefix_end(&reversed(digits))),
        };
        for sql in lookups {
            let asked = params![from, to, CANDIDATES, seen.admin];
            for hit in rows(cache, sql, asked, |row| hit(row, place, reading))? {
                let is_known = |known: &Hit<FoundKey>| {
                    (&known.server, known.intercom, known.record.row.id)
                        == (&hit.server, hit.intercom, hit.record.row.id)
                };
                if !found.iter().any(is_known) {
                    found.push(hit);
                }
            }
        }
        if found.iter().filter(|hit| hit.record.row.gone_at.is_none()).count() >= limit {
            break;
        }
    }
    // What is there before what was there.
    found.sort_by_key(|hit| hit.record.row.gone_at.is_some());
    found.truncate(limit);
    Ok(found)
}

fn hit(row: &Row<'_>, place: usize, reading: &KeyReading) -> rusqlite::Result<Hit<FoundKey>> {
    let key = KeyRow {
        id: row.get(0)?,
        key: row.get(1)?,
        owner: owner(row.get(2)?, || Ok((row.get(3)?, row.get(4)?, row.get(5)?)))?,
        flat: row.get::<_, Option<u64>>(6)?.zip(row.get(7)?),
        created_at: maybe_at(row, 8)?,
        confirmed_at: row.get::<_, At>(9)?.0,
        gone_at: maybe_at(row, 10)?,
    };
    let range = range(&key.key, reading);
    Ok(Hit {
        server: row.get(12)?,
        intercom: Some(row.get(11)?),
        at: None,
        record: FoundKey { row: key, reading: place },
        marks: range.map(|range| Mark { field: Field::Key, range }).into_iter().collect(),
    })
}

/// Which digits of a key, as the server writes it, a reading has; none where it does not write them.
fn range(key: &str, reading: &KeyReading) -> Option<Range<usize>> {
    let written = key.to_ascii_uppercase();
    match reading.part {
        KeyPart::Whole => Some(0..key.len()),
        KeyPart::DecimalEnding => None,
        KeyPart::Beginning => {
            let hex = canonical_key(key).filter(|hex| written.ends_with(hex))?;
            let start = key.len() - hex.len();
            Some(start..start + reading.digits.len().min(hex.len()))
        }
        KeyPart::Low24 | KeyPart::Ending => {
            let before = written.strip_suffix(&reading.digits)?;
            Some(before.len()..key.len())
        }
    }
}
