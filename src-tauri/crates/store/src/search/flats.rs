//! Flats by their number, alone or after what their intercom is called: `45`, `A-45`, `Lenina 12 45`.

use std::collections::HashSet;

use rusqlite::{Connection, OptionalExtension, Row, ToSql, params};

use super::seen::{Seen, seen};
use super::words::Words;
use super::{CANDIDATES, Field, Hit, INTERCOM_WORDS, INTERCOMS, Mark, Named, Query, meant, rows};
use crate::error::Error;
use crate::flats::{FlatRow, LineRow, LineRows};
use crate::value::{At, maybe_at};
use crate::window::{folded, prefix_end};

/// Of how many intercoms that may be meant the flats are looked at, at most.
const MOST_INTERCOMS: usize = 16;

/// The shortest word of a title or an address that is looked for in one word with a number.
const SHORTEST_WORD: usize = 3;
/// How many flats of one of them are put in order, at least: those that begin like a number do not come nearest first.
const MOST_AT_INTERCOM: usize = 16;

/// What the admin account saw is for who may look at that; a door number that billing told is for everybody.
macro_rules! may_be_seen {
    () => {
        concat!("(", seen!("?4", "server.name"), " OR flat.id IS NULL AND ", seen!("?5", "server.name"), ")")
    };
}

/// Flats of a number; exactly that one stands first in the index, which has all that is asked for here.
pub(super) const BY_NUMBER: &str = concat!(
    "SELECT flat.row, flat.server, flat.intercom, flat.number_folded, flat.gone_at IS NOT NULL
     FROM flat CROSS JOIN server ON server.id = flat.server
     WHERE flat.number_folded >= ?1 AND flat.number_folded < ?2 AND ",
    may_be_seen!(),
    " ORDER BY flat.number_folded LIMIT ?3"
);

pub(super) const AT_INTERCOM: &str = concat!(
    "SELECT flat.row, flat.server, flat.intercom, flat.number_folded, flat.gone_at IS NOT NULL
     FROM flat CROSS JOIN server ON server.id = flat.server
     WHERE flat.server = ?6 AND flat.intercom = ?7 AND flat.number_folded >= ?1 AND flat.number_folded < ?2 AND ",
    may_be_seen!(),
    " ORDER BY flat.number_folded LIMIT ?3"
);

/// A flat that is shown, in the order of [`shown`].
pub(super) const SHOWN: &str =
    "SELECT flat.id, number, key_count, resident_count, analog, analog_at, smartphone,
        smartphone_at, landline, landline_at, confirmed_at, gone_at, server.name
     FROM flat CROSS JOIN server ON server.id = flat.server WHERE row = ?1";

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

/// A flat that may be shown.
struct Candidate {
    rank: Rank,
    row: i64,
    server: i64,
    intercom: u64,
    /// The number as it is searched, and how many characters it has; and of the one that was asked for.
    number: String,
    length: usize,
    asked: usize,
    is_gone: bool,
}

pub(super) fn find(
    cache: &Connection,
    query: &Query<'_>,
    text: &str,
    words: &Words,
    seen: &Seen,
) -> Result<Vec<Hit<FlatRow>>, Error> {
    let limit = query.limit;
    let most = limit.max(MOST_AT_INTERCOM);
    let mut found: Vec<Candidate> = Vec::new();
    let mut known: HashSet<i64> = HashSet::new();
    let mut look = |sql, params: &[&dyn ToSql], ranks: (Rank, Rank), asked: &str| -> Result<bool, Error> {
        let candidate = |row: &Row<'_>| {
            let number: String = row.get(3)?;
            let rank = if number == asked { ranks.0 } else { ranks.1 };
            let (row, server, intercom, is_gone) = (row.get(0)?, row.get(1)?, row.get(2)?, row.get(4)?);
            let (length, asked) = (number.chars().count(), asked.chars().count());
            Ok(Candidate { rank, row, server, intercom, number, length, asked, is_gone })
        };
        found.extend(rows(cache, sql, params, candidate)?.into_iter().filter(|one| known.insert(one.row)));
        Ok(!found.is_empty())
    };
    let mut is_found = false;
    let mut have_named: HashSet<i64> = HashSet::new();
    for Named { server: name, intercom, number } in query.named {
        let Some(server) = server_row(cache, name)? else { continue };
        let number = folded(number);
        let there = params![number, prefix_end(&number), most, seen.admin, seen.any, server, intercom];
        is_found |= look(AT_INTERCOM, there, (Rank::Named, Rank::BeginsNamed), &number)?;
        if query.seen.iter().any(|one| one.server == *name && (one.admin || one.client)) {
            have_named.insert(server);
        }
    }
    // A short name that is one word with the number means, at its server, the intercom that is called so and no other.
    let is_one_word = !text.contains(char::is_whitespace);
    let otherwise = query.otherwise.places.iter().map(|one| (folded(&one.words), folded(&one.number)));
    for (nth, (place, number)) in split(text, words).into_iter().chain(otherwise).enumerate() {
        // As it stands first, and then in another way only where that found nothing.
        if nth > 0 && is_found {
            break;
        }
        let end = prefix_end(&number);
        // A letter or two in one word with the number is what somebody calls an entrance, not how a word begins.
        let is_entrance = nth == 0 && is_one_word && place.chars().count() < SHORTEST_WORD;
        let called = |place: &str| {
            if is_entrance { by_entrance(cache, place, seen) } else { intercoms(cache, place, seen) }
        };
        let mut there = called(&place)?;
        if there.is_empty()
            && let Some(place) = in_other_letters(&place)
        {
            there = called(&place)?;
        }
        for (server, intercom) in there {
            if is_one_word && have_named.contains(&server) {
                continue;
            }
            let there = params![number, end, most, seen.admin, seen.any, server, intercom];
            is_found |= look(AT_INTERCOM, there, (Rank::ExactThere, Rank::BeginsThere), &number)?;
        }
    }
    let number = folded(text);
    let alike = params![number, prefix_end(&number), CANDIDATES, seen.admin, seen.any];
    look(BY_NUMBER, alike, (Rank::Exact, Rank::Begins), &number)?;
    // What is there before what was there, the nearest to what was typed so far.
    found.sort_unstable_by(|one, other| {
        let order = |of: &Candidate| (of.rank, of.is_gone, of.length);
        let place = |of: &Candidate| (of.server, of.intercom, of.row);
        order(one)
            .cmp(&order(other))
            .then_with(|| one.number.cmp(&other.number))
            .then(place(one).cmp(&place(other)))
    });
    found.truncate(limit);
    let hits = found.into_iter().map(|one| hit(cache, one));
    hits.filter_map(Result::transpose).collect()
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

/// A name in the letters of the other alphabet, where it has but such that look the same there: nobody sees whether an
/// entrance is a Latin A.
fn in_other_letters(name: &str) -> Option<String> {
    const LATIN: &str = "abcehkmoptxy";
    const CYRILLIC: &str = "авсенкмортху";
    let other = |letter: char| {
        let in_other = |from: &str, to: &str| to.chars().nth(from.chars().position(|known| known == letter)?);
        let other = in_other(LATIN, CYRILLIC).or_else(|| in_other(CYRILLIC, LATIN));
        other.or_else(|| (!letter.is_alphabetic()).then_some(letter))
    };
    name.chars().map(other).collect::<Option<String>>().filter(|other| other != name)
}

/// Intercoms of an entrance.
fn by_entrance(cache: &Connection, place: &str, seen: &Seen) -> Result<Vec<(i64, u64)>, Error> {
    let entrance = params![place, MOST_INTERCOMS, seen.any];
    rows(cache, BY_ENTRANCE, entrance, |row| Ok((row.get(0)?, row.get(1)?)))
}

/// Intercoms that may be called so: by entrance, by the beginning of the title, by words of title and address.
fn intercoms(cache: &Connection, place: &str, seen: &Seen) -> Result<Vec<(i64, u64)>, Error> {
    let mut found = by_entrance(cache, place, seen)?;
    let titled = params![place, prefix_end(place), MOST_INTERCOMS, seen.any];
    found.extend(rows(cache, BY_TITLE, titled, |row| Ok((row.get(0)?, row.get(1)?)))?);
    let words = Words::of(place);
    if let Some(begun) = words.begun() {
        found.extend(meant(cache, INTERCOMS, &begun, &[&seen.any], MOST_INTERCOMS, |row| {
            let is_meant = words.begin_words_of(row.get_ref(INTERCOM_WORDS)?.as_str()?);
            is_meant.then(|| Ok((row.get(10)?, row.get(0)?))).transpose()
        })?);
    }
    let mut kept = Vec::new();
    for intercom in found {
        if kept.len() < MOST_INTERCOMS && !kept.contains(&intercom) {
            kept.push(intercom);
        }
    }
    Ok(kept)
}

fn hit(cache: &Connection, one: Candidate) -> Result<Option<Hit<FlatRow>>, Error> {
    let read = |row: &Row<'_>| Ok((row.get(12)?, shown(row)?));
    let found = cache.prepare_cached(SHOWN)?.query_row([one.row], read).optional()?;
    Ok(found.map(|(server, record)| {
        // It begins with what was asked for.
        let asked: String = one.number.chars().take(one.asked).collect();
        let range = super::words::find(&record.number, &asked);
        let marks = range.map(|range| Mark { field: Field::Number, range }).into_iter().collect();
        Hit { server, intercom: Some(one.intercom), at: None, record, marks }
    }))
}

fn shown(row: &Row<'_>) -> rusqlite::Result<FlatRow> {
    let line = |state: usize| -> rusqlite::Result<LineRow> {
        Ok(LineRow { state: row.get(state)?, confirmed_at: maybe_at(row, state + 1)? })
    };
    Ok(FlatRow {
        id: row.get(0)?,
        number: row.get(1)?,
        key_count: row.get(2)?,
        resident_count: row.get(3)?,
        lines: LineRows { analog: line(4)?, smartphone: line(6)?, landline: line(8)? },
        confirmed_at: row.get::<_, At>(10)?.0,
        gone_at: maybe_at(row, 11)?,
    })
}
