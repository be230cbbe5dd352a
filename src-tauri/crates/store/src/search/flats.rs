//! Flats by their number, alone or after what their intercom is called: `45`, `A-45`, `Lenina 12 45`.

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::seen::{Seen, seen};
use super::words::Words;
use super::{CANDIDATES, Field, Hit, INTERCOMS, Mark, Named, Query, rows};
use crate::error::Error;
use crate::flats::{FlatRow, flat_row};
use crate::window::{folded, prefix_end};

/// Of how many intercoms that may be meant the flats are looked at, at most.
const MOST_INTERCOMS: usize = 16;

/// What the admin account saw is for who may look at that; a door number that billing told is for everybody.
macro_rules! may_be_seen {
    () => {
        concat!("(", seen!("?4", "server.name"), " OR flat.id IS NULL AND ", seen!("?5", "server.name"), ")")
    };
}

/// Flats of a number; exactly that one stands first in the index.
pub(super) const BY_NUMBER: &str = concat!(
    "SELECT flat.*, server.name AS server_name
     FROM flat CROSS JOIN server ON server.id = flat.server
     WHERE flat.number_folded >= ?1 AND flat.number_folded < ?2 AND ",
    may_be_seen!(),
    " ORDER BY flat.number_folded LIMIT ?3"
);

pub(super) const AT_INTERCOM: &str = concat!(
    "SELECT flat.*, server.name AS server_name
     FROM flat CROSS JOIN server ON server.id = flat.server
     WHERE flat.server = ?6 AND flat.intercom = ?7 AND flat.number_folded >= ?1 AND flat.number_folded < ?2 AND ",
    may_be_seen!(),
    " ORDER BY flat.number_folded LIMIT ?3"
);

pub(super) const BY_ENTRANCE: &str = concat!(
    "SELECT intercom.server, intercom.id FROM intercom CROSS JOIN server ON server.id = intercom.server
     WHERE intercom.entrance_folded = ?1 AND ",
    seen!("?3", "server.name"),
    " LIMIT ?2"
);

pub(super) const BY_TITLE: &str = concat!(
    "SELECT intercom.server, intercom.id FROM intercom CROSS JOIN server ON server.id = intercom.server
     WHERE intercom.title_folded >= ?1 AND intercom.title_folded < ?2 AND ",
    seen!("?4", "server.name"),
    " LIMIT ?3"
);

/// How well a flat answers: an exact number before the beginning of one, each first where the question named the
/// intercom, and before that where it did by the person's own name for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Named,
    ExactThere,
    Exact,
    BeginsNamed,
    BeginsThere,
    Begins,
}

pub(super) fn find(
    cache: &Connection,
    query: &Query<'_>,
    text: &str,
    words: &Words,
    seen: &Seen,
) -> Result<Vec<Hit<FlatRow>>, Error> {
    let limit = query.limit;
    let mut found: Vec<(Rank, Hit<FlatRow>)> = Vec::new();
    let mut add = |ranks: (Rank, Rank), number: &str, hit: Hit<FlatRow>| {
        let is_same = |known: &Hit<FlatRow>| {
            (&known.server, known.intercom, known.record.key())
                == (&hit.server, hit.intercom, hit.record.key())
        };
        if !found.iter().any(|(_, known)| is_same(known)) {
            let rank = if folded(&hit.record.number) == number { ranks.0 } else { ranks.1 };
            found.push((rank, hit));
        }
    };
    for Named { server, intercom, number } in query.named {
        let Some(server) = server_row(cache, server)? else { continue };
        let number = folded(number);
        let there = params![number, prefix_end(&number), limit, seen.admin, seen.any, server, intercom];
        for hit in rows(cache, AT_INTERCOM, there, |row| hit(row, &number))? {
            add((Rank::Named, Rank::BeginsNamed), &number, hit);
        }
    }
    if let Some((place, number)) = split(text, words) {
        let end = prefix_end(&number);
        let mut there = intercoms(cache, &place, seen)?;
        if there.is_empty() {
            there = intercoms(cache, &in_other_letters(&place), seen)?;
        }
        for (server, intercom) in there {
            let there = params![number, end, limit, seen.admin, seen.any, server, intercom];
            for hit in rows(cache, AT_INTERCOM, there, |row| hit(row, &number))? {
                add((Rank::ExactThere, Rank::BeginsThere), &number, hit);
            }
        }
    }
    let number = folded(text);
    let alike = params![number, prefix_end(&number), CANDIDATES, seen.admin, seen.any];
    for hit in rows(cache, BY_NUMBER, alike, |row| hit(row, &number))? {
        add((Rank::Exact, Rank::Begins), &number, hit);
    }
    found.sort_by_cached_key(|(rank, hit)| {
        // What is there before what was there, the nearest to what was typed so far.
        (
            *rank,
            hit.record.gone_at.is_some(),
            hit.record.number.chars().count(),
            folded(&hit.record.number),
            hit.server.clone(),
            hit.intercom,
        )
    });
    Ok(found.into_iter().take(limit).map(|(_, hit)| hit).collect())
}

fn server_row(cache: &Connection, name: &str) -> Result<Option<i64>, Error> {
    let mut find = cache.prepare_cached("SELECT id FROM server WHERE name = ?1")?;
    Ok(find.query_row([name], |row| row.get(0)).optional()?)
}

/// What the intercom and the flat are called, where a question names both.
fn split(text: &str, words: &Words) -> Option<(String, String)> {
    if let [place @ .., number] = words.all()
        && !place.is_empty()
    {
        return Some((place.join(" "), number.clone()));
    }
    // `a45`: letters, then digits.
    let text = folded(text);
    let digits = text.find(|character: char| character.is_ascii_digit())?;
    let (place, number) = text.split_at(digits);
    let is_name = !place.is_empty() && place.chars().all(char::is_alphabetic);
    let is_number = number.bytes().all(|digit| digit.is_ascii_digit());
    (is_name && is_number).then(|| (place.to_owned(), number.to_owned()))
}

/// A name in the letters of the other alphabet that look the same: nobody sees whether an entrance is a Latin A.
fn in_other_letters(name: &str) -> String {
    const LATIN: &str = "abcehkmoptxy";
    const CYRILLIC: &str = "авсенкмортху";
    let other = |letter: char| {
        let in_other = |from: &str, to: &str| to.chars().nth(from.chars().position(|known| known == letter)?);
        in_other(LATIN, CYRILLIC).or_else(|| in_other(CYRILLIC, LATIN)).unwrap_or(letter)
    };
    name.chars().map(other).collect()
}

/// Intercoms that may be called so: by entrance, by the beginning of the title, by words of title and address.
fn intercoms(cache: &Connection, place: &str, seen: &Seen) -> Result<Vec<(i64, u64)>, Error> {
    let named = |row: &Row<'_>| Ok((row.get("server")?, row.get("id")?));
    let mut found = rows(cache, BY_ENTRANCE, params![place, MOST_INTERCOMS, seen.any], named)?;
    let titled = params![place, prefix_end(place), MOST_INTERCOMS, seen.any];
    found.extend(rows(cache, BY_TITLE, titled, named)?);
    if let Some(beginnings) = Words::of(place).matches().first() {
        found.extend(rows(cache, INTERCOMS, params![beginnings, MOST_INTERCOMS, seen.any], named)?);
    }
    let mut kept = Vec::new();
    for intercom in found {
        if kept.len() < MOST_INTERCOMS && !kept.contains(&intercom) {
            kept.push(intercom);
        }
    }
    Ok(kept)
}

fn hit(row: &Row<'_>, number: &str) -> rusqlite::Result<Hit<FlatRow>> {
    let record = flat_row(row)?;
    let marks = super::words::find(&record.number, number).map(|range| Mark { field: Field::Number, range });
    Ok(Hit {
        server: row.get("server_name")?,
        intercom: Some(row.get("intercom")?),
        at: None,
        record,
        marks: marks.into_iter().collect(),
    })
}
