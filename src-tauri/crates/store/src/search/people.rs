//! Residents and owners of keys, by name or login: whoever is at several places is one person.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

use rusqlite::{Connection, OptionalExtension, Row, ToSql, params};

use super::seen::{Seen, seen};
use super::words::{Quick, Rank, Words};
use super::{CANDIDATES, Field, FoundPerson, Hit, InFlat, Query, meant, rows};
use crate::error::Error;
use crate::value::maybe_at;
use crate::window::folded;

/// How many rows of one list are looked at to say where else somebody is.
const MOST_PLACES: usize = 100;

/// Where one list of people is searched.
struct List {
    /// By whole words and by parts of three characters.
    by_whole: &'static str,
    by_part: &'static str,
    /// By whole words in flats of a number.
    in_flats: &'static str,
    /// A row of it.
    row: &'static str,
    is_residents: bool,
}

/// What is read of somebody who may be meant, in the order of [`candidate`].
macro_rules! columns {
    ($table:literal, $user:literal) => {
        concat!(
            "SELECT ",
            $table,
            ".row, ",
            $table,
            ".server, ",
            $table,
            ".",
            $user,
            ", ",
            $table,
            ".words, ",
            $table,
            ".name, ",
            $table,
            ".login, ",
            $table,
            ".gone_at IS NOT NULL, ",
            $table,
            ".intercom, ",
            $table,
            ".flat "
        )
    };
}

macro_rules! by_index {
    ($index:literal, $table:literal, $user:literal, $asked:literal) => {
        concat!(
            columns!($table, $user),
            "FROM ",
            $index,
            " CROSS JOIN ",
            $table,
            " ON ",
            $table,
            ".row = ",
            $index,
            ".rowid CROSS JOIN server ON server.id = ",
            $table,
            ".server WHERE ",
            $index,
            " MATCH ",
            $asked,
            " AND ",
            seen!("?3", "server.name"),
            " LIMIT ?2"
        )
    };
}

pub(super) const RESIDENTS_BY_WORD: &str = by_index!("resident_whole_word", "resident", "id", "?1");
pub(super) const RESIDENTS_BY_PART: &str = by_index!("resident_word", "resident", "id", "?1");
pub(super) const OWNERS_BY_WORD: &str = by_index!("key_whole_word", "key", "user", "?1");
pub(super) const OWNERS_BY_PART: &str = by_index!("key_word", "key", "user", "?1");

pub(super) const RESIDENTS_IN_FLATS: &str = by_index!(
    "resident_whole_word",
    "resident",
    "id",
    "'words : (' || ?1 || ') AND flat_folded : (' || ?5 || ')' AND resident.flat_folded = ?4"
);
pub(super) const OWNERS_IN_FLATS: &str = by_index!(
    "key_whole_word",
    "key",
    "user",
    "'words : (' || ?1 || ') AND flat_folded : (' || ?5 || ')' AND key.flat_folded = ?4"
);

pub(super) const RESIDENT: &str =
    "SELECT server.name, resident.intercom, resident.id, resident.name, resident.login,
        resident.flat, flat.number, flat.residents_at, coalesce(resident.gone_at, flat.gone_at)
     FROM resident CROSS JOIN server ON server.id = resident.server
         LEFT JOIN flat ON flat.server = resident.server AND flat.intercom = resident.intercom
             AND flat.id = resident.flat
     WHERE resident.row = ?1";

pub(super) const OWNER: &str = "SELECT server.name, key.intercom, key.user, key.name, key.login,
        key.flat, key.flat_number, key.confirmed_at, key.gone_at
     FROM key CROSS JOIN server ON server.id = key.server WHERE key.row = ?1";

pub(super) const HOMES: &str =
    "SELECT intercom, flat FROM resident WHERE server = ?1 AND id = ?2 AND gone_at IS NULL LIMIT ?3";

pub(super) const DOORS: &str =
    "SELECT intercom, flat FROM key WHERE server = ?1 AND user = ?2 AND gone_at IS NULL LIMIT ?3";

const LISTS: [List; 2] = [
    List {
        by_whole: RESIDENTS_BY_WORD,
        by_part: RESIDENTS_BY_PART,
        in_flats: RESIDENTS_IN_FLATS,
        row: RESIDENT,
        is_residents: true,
    },
    List {
        by_whole: OWNERS_BY_WORD,
        by_part: OWNERS_BY_PART,
        in_flats: OWNERS_IN_FLATS,
        row: OWNER,
        is_residents: false,
    },
];

/// Somebody, where the question found them best.
struct Candidate {
    list: &'static List,
    row: i64,
    person: (i64, u64),
    place: (u64, Option<u64>),
    is_gone: bool,
    rank: Rank,
    words: String,
    /// The place of the reading that found them.
    reading: usize,
}

impl Candidate {
    /// Somebody is told at a place where they still are, first where they live.
    fn in_order(&self) -> impl Ord + use<> {
        (self.is_gone, self.rank, Reverse(self.list.is_residents), self.place)
    }
}

type Candidates = HashMap<(i64, u64), Candidate>;

pub(super) fn find(
    cache: &Connection,
    query: &Query<'_>,
    words: &Words,
    seen: &Seen,
) -> Result<Vec<Hit<FoundPerson>>, Error> {
    let seen: &dyn ToSql = &seen.admin;
    let as_it_stands = std::slice::from_ref(words);
    let asked = &query.otherwise.people;
    let readings: Vec<Words> = asked.iter().map(|reading| Words::of(&reading.words)).collect();
    let likeliest = in_flats(cache, asked, &readings, 0..1, seen, query.limit)?;
    let mut found = begun(cache, as_it_stands, seen, query.limit)?;
    // Who is called so in a flat of that number is a better answer than a login that has both, not than who is called just that.
    if !likeliest.is_empty() {
        let there = shown(cache, likeliest, &readings, query.limit)?;
        let (all, others): (Vec<_>, Vec<_>) = shown(cache, found, as_it_stands, query.limit)?
            .into_iter()
            .partition(|hit| words.are_all_of(&[hit.record.name.as_deref(), hit.record.login.as_deref()]));
        let mut hits = one_after_the_other([all, there, others], usize::MAX);
        hits.sort_by_key(|hit| hit.record.gone_at.is_some());
        hits.truncate(query.limit);
        return Ok(hits);
    }
    // And in the other alphabet a better one than parts of both.
    if found.is_empty() {
        let spelled = in_flats(cache, asked, &readings, 1..readings.len(), seen, query.limit)?;
        if !spelled.is_empty() {
            return shown(cache, spelled, &readings, query.limit);
        }
    }
    // Where every word begins one, it is the better answer: parts are looked for where such are few, and not for several words
    // that were found so together.
    if found.len() < query.limit
        && (found.is_empty() || words.all().len() == 1)
        && let Some(asked) = words.parts()
    {
        let by_part = |list: &List| (list.by_part, false);
        gather(cache, &mut found, (0, words), &asked, by_part, &[seen], query.limit)?;
    }
    let hits = shown(cache, found, as_it_stands, query.limit)?;
    let is_called_so = |hit: &Hit<FoundPerson>| {
        let name = super::words([hit.record.name.as_deref()]);
        hit.record.gone_at.is_none() && words.begin_words_of(&name)
    };
    if query.otherwise.spelled.is_empty() || hits.iter().any(is_called_so) {
        return Ok(hits);
    }
    let readings: Vec<Words> = query.otherwise.spelled.iter().map(|text| Words::of(text)).collect();
    let spelled = shown(cache, begun(cache, &readings, seen, query.limit)?, &readings, query.limit)?;
    // Whose whole login it is comes first, who has it somewhere in one, last.
    let (all, others): (Vec<_>, Vec<_>) = hits.into_iter().partition(is_whole_login);
    Ok(one_after_the_other([all, spelled, others], query.limit))
}

/// At most so many, nobody twice.
fn one_after_the_other(all: [Vec<Hit<FoundPerson>>; 3], most: usize) -> Vec<Hit<FoundPerson>> {
    let mut hits: Vec<Hit<FoundPerson>> = Vec::new();
    for hit in all.into_iter().flatten() {
        let is_same = |one: &Hit<FoundPerson>| (&one.server, one.record.id) == (&hit.server, hit.record.id);
        if hits.len() < most && !hits.iter().any(is_same) {
            hits.push(hit);
        }
    }
    hits
}

fn is_whole_login(hit: &Hit<FoundPerson>) -> bool {
    let login = hit.record.login.as_deref().unwrap_or_default();
    hit.marks.iter().any(|mark| mark.field == Field::Login && mark.range.len() == login.len())
}

/// Who has a word that begins so for each of a reading.
fn begun(
    cache: &Connection,
    readings: &[Words],
    seen: &dyn ToSql,
    limit: usize,
) -> Result<Candidates, Error> {
    let mut found = Candidates::new();
    for (place, words) in readings.iter().enumerate() {
        // One digit begins the flats of very many, who stand in the same list, and nobody's login is looked for by it.
        let Some(asked) = (if words.is_digit() { words.exactly() } else { words.beginnings() }) else {
            continue;
        };
        // The number of their flat stands with them, and is mostly one.
        let has_digits = words.all().iter().any(|word| word.chars().any(char::is_numeric));
        let asked = if has_digits { asked.of_column("words") } else { asked.of_column_mostly("words") };
        let by_whole = |list: &List| (list.by_whole, true);
        gather(cache, &mut found, (place, words), &asked, by_whole, &[seen], limit)?;
    }
    Ok(found)
}

/// Who is called so, of those in flats of a number.
fn in_flats(
    cache: &Connection,
    asked: &[InFlat],
    readings: &[Words],
    places: Range<usize>,
    seen: &dyn ToSql,
    limit: usize,
) -> Result<Candidates, Error> {
    let mut found = Candidates::new();
    let among = asked.iter().zip(readings).enumerate();
    for (place, (InFlat { number, .. }, words)) in among.filter(|(place, _)| places.contains(place)) {
        let number = folded(number);
        let whole = Words::of(&number).whole();
        if let Some(asked) = words.beginnings().filter(|_| !whole.is_empty()) {
            let others = [seen, &number, &whole];
            let there = |list: &List| (list.in_flats, true);
            gather(cache, &mut found, (place, words), &asked, there, &others, limit)?;
        }
    }
    Ok(found)
}

/// Asks both lists by one of their indexes, and whether that is one of whole words.
fn gather(
    cache: &Connection,
    found: &mut Candidates,
    (reading, words): (usize, &Words),
    asked: &Quick,
    by: impl Fn(&List) -> (&'static str, bool),
    others: &[&dyn ToSql],
    limit: usize,
) -> Result<(), Error> {
    // Whoever has several words of a question is meant: there is less to choose among.
    let most =
        if words.all().len() > 1 { (CANDIDATES / 2).max(2 * limit) } else { CANDIDATES.max(2 * limit) };
    for list in &LISTS {
        let (sql, is_whole) = by(list);
        let read = |row: &Row<'_>| candidate(row, list, is_whole, (reading, words));
        add(found, meant(cache, sql, asked, others, most, read)?);
    }
    Ok(())
}

fn add(found: &mut Candidates, more: impl IntoIterator<Item = Candidate>) {
    for one in more {
        match found.get(&one.person) {
            Some(known) if known.in_order() <= one.in_order() => {}
            _ => _ = found.insert(one.person, one),
        }
    }
}

/// The best of them.
fn shown(
    cache: &Connection,
    found: Candidates,
    readings: &[Words],
    limit: usize,
) -> Result<Vec<Hit<FoundPerson>>, Error> {
    let mut found: Vec<Candidate> = found.into_values().collect();
    found.sort_by(|one, other| {
        let order = |of: &Candidate| (of.rank, of.is_gone);
        let by_name = one.words.cmp(&other.words).then(one.person.cmp(&other.person));
        order(one).cmp(&order(other)).then(by_name)
    });
    let mut hits: Vec<(Rank, Hit<FoundPerson>)> = Vec::new();
    let mut still_there = 0;
    for one in found {
        let Some(hit) = hit(cache, &one, &readings[one.reading])? else { continue };
        still_there += usize::from(hit.record.gone_at.is_none());
        hits.push((one.rank, hit));
        if still_there == limit {
            break;
        }
    }
    // Somebody's flat may be gone, too.
    hits.sort_by_key(|(rank, hit)| (*rank, hit.record.gone_at.is_some()));
    hits.truncate(limit);
    Ok(hits.into_iter().map(|(_, hit)| hit).collect())
}

/// A row of a list, unless it is none of what is meant.
fn candidate(
    row: &Row<'_>,
    list: &'static List,
    is_whole: bool,
    (reading, words): (usize, &Words),
) -> rusqlite::Result<Option<Candidate>> {
    let text = row.get_ref(3)?.as_str()?;
    if !if is_whole { words.begin_words_of(text) } else { words.are_in(text) } {
        return Ok(None);
    }
    let names = [row.get_ref(4)?.as_str_or_null()?, row.get_ref(5)?.as_str_or_null()?];
    Ok(Some(Candidate {
        list,
        row: row.get(0)?,
        person: (row.get(1)?, row.get(2)?),
        place: (row.get(7)?, row.get(8)?),
        is_gone: row.get(6)?,
        rank: words.rank(text, &names),
        words: text.to_owned(),
        reading,
    }))
}

/// Somebody as they are shown, with everything known of them there.
fn hit(cache: &Connection, one: &Candidate, words: &Words) -> Result<Option<Hit<FoundPerson>>, Error> {
    let read = |row: &Row<'_>| {
        let flat = match row.get::<_, Option<u64>>(5)? {
            Some(id) => Some((id, row.get(6)?)),
            None => None,
        };
        let record = FoundPerson {
            id: row.get(2)?,
            name: row.get(3)?,
            login: row.get(4)?,
            flat,
            is_resident: one.list.is_residents,
            confirmed_at: maybe_at(row, 7)?,
            gone_at: maybe_at(row, 8)?,
            others: 0,
        };
        let mut marks = words.marks(Field::Name, record.name.as_deref());
        marks.extend(words.marks(Field::Login, record.login.as_deref()));
        Ok(Hit { server: row.get(0)?, intercom: Some(row.get(1)?), at: None, record, marks })
    };
    let mut hit = cache.prepare_cached(one.list.row)?.query_row([one.row], read).optional()?;
    if let Some(hit) = &mut hit {
        hit.record.others = others(cache, one)?;
    }
    Ok(hit)
}

/// At how many other places somebody is: flats, and intercoms where they have a key that belongs to none.
fn others(cache: &Connection, one: &Candidate) -> Result<usize, Error> {
    let (server, id) = one.person;
    let mut places: HashSet<(u64, Option<u64>)> = HashSet::new();
    for sql in [HOMES, DOORS] {
        places.extend(rows(cache, sql, params![server, id, MOST_PLACES], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?);
    }
    places.insert(one.place);
    let has_flat: HashSet<u64> =
        places.iter().filter(|(_, flat)| flat.is_some()).map(|(at, _)| *at).collect();
    places.retain(|(at, flat)| flat.is_some() || !has_flat.contains(at));
    Ok(places.len().saturating_sub(1))
}
