//! The indexes of words: new rows put into them, and their pieces put together. Of rows that change or go, the triggers of
//! the schema see to it.
//!
//! SQLite guards each statement that has triggers by itself: an index of words then writes out what it has with every row, and
//! each page that is touched is encrypted once more, as it was. A long list that is new took more than a third longer.

use rusqlite::{Connection, params};

use crate::error::Error;

/// Of a key that was just inserted: the owner's words, and the number of its flat.
pub(crate) fn add_key(
    cache: &Connection,
    row: i64,
    words: &str,
    flat_folded: Option<&str>,
) -> Result<(), Error> {
    cache
        .prepare_cached("INSERT INTO key_word (rowid, words) VALUES (?1, ?2)")?
        .execute(params![row, words])?;
    cache
        .prepare_cached("INSERT INTO key_whole_word (rowid, words, flat_folded) VALUES (?1, ?2, ?3)")?
        .execute(params![row, words, flat_folded])?;
    Ok(())
}

/// Of a resident who was just inserted: their words, and the number of the flat.
pub(crate) fn add_resident(
    cache: &Connection,
    row: i64,
    words: &str,
    flat_folded: &str,
) -> Result<(), Error> {
    cache
        .prepare_cached("INSERT INTO resident_word (rowid, words) VALUES (?1, ?2)")?
        .execute(params![row, words])?;
    cache
        .prepare_cached("INSERT INTO resident_whole_word (rowid, words, flat_folded) VALUES (?1, ?2, ?3)")?
        .execute(params![row, words, flat_folded])?;
    Ok(())
}

/// The indexes of words in the cache.
pub(crate) const INDEXES: [&str; 6] =
    ["key_word", "key_whole_word", "resident_word", "resident_whole_word", "intercom_word", "code_word"];
/// In more pieces than this no index is left. Every word of a question is looked up in each of them: in ten, which a first
/// reading leaves, that takes most of a question's time.
const MOST_PIECES: usize = 4;
/// All of an index is written anew only where what lies beside its largest piece is at least such a part of it: a few new names
/// are put together with each other.
const WORTH_IT: u64 = 4;
/// How many pages of an index are written at once, or some more where one word has more: whoever else writes waits for them.
const PAGES_AT_ONCE: i32 = 256;

/// How far the putting together of the indexes has come; at first, nowhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PuttingTogether {
    index: usize,
    is_begun: bool,
}

/// Puts together what lies in many pieces, a step at a time. Returns how far it has come; none at its end.
pub(crate) fn put_together(
    cache: &Connection,
    at: PuttingTogether,
) -> Result<Option<PuttingTogether>, Error> {
    step(cache, at, PAGES_AT_ONCE)
}

fn step(cache: &Connection, at: PuttingTogether, pages: i32) -> Result<Option<PuttingTogether>, Error> {
    let Some(index) = INDEXES.get(at.index) else { return Ok(None) };
    let next = PuttingTogether { index: at.index + 1, is_begun: false };
    let pages = match pieces(cache, index)? {
        // What was begun goes on. Asked for all of it once more, it would begin anew where somebody wrote meanwhile.
        _ if at.is_begun => pages,
        pieces if pieces.len() <= MOST_PIECES => return Ok(Some(next)),
        pieces if is_worth_all(&pieces) => -pages,
        _ => pages,
    };
    let goes_on = merge(cache, index, pages)?;
    Ok(Some(if goes_on { PuttingTogether { is_begun: true, ..at } } else { next }))
}

/// As FTS5 has it: of less than no pages, all pieces become one; else such as are of one size. Returns whether that wrote
/// anything.
fn merge(cache: &Connection, index: &str, pages: i32) -> Result<bool, Error> {
    let before = cache.total_changes();
    let merge = format!("INSERT INTO {index} ({index}, rank) VALUES ('merge', ?1)");
    cache.prepare_cached(&merge)?.execute([pages])?;
    // One change is the question itself.
    Ok(cache.total_changes() - before > 1)
}

/// The pieces of an index, by their pages.
fn pieces(cache: &Connection, index: &str) -> Result<Vec<u64>, Error> {
    let count = format!("SELECT count(*) FROM {index}_idx GROUP BY segid");
    let mut count = cache.prepare_cached(&count)?;
    Ok(count.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

fn is_worth_all(pieces: &[u64]) -> bool {
    let all: u64 = pieces.iter().sum();
    let largest = pieces.iter().max().copied().unwrap_or_default();
    (all - largest) * WORTH_IT >= all
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use chrono::{DateTime, TimeDelta};

    use super::*;
    use crate::{FlatDetail, FlatRow, KeyRow, LineRows, OwnerRow, ResidentRow, Store};

    fn then() -> chrono::DateTime<chrono::Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::days(20_000)
    }

    fn key(id: u64, name: &str) -> KeyRow {
        let owner = OwnerRow::User { id: 100_000 + id, name: Some(name.to_owned()), login: None };
        KeyRow {
            id,
            key: format!("{id:08X}"),
            owner,
            flat: None,
            created_at: None,
            confirmed_at: then(),
            gone_at: None,
        }
    }

    /// Names at the two servers.
    const NAMES: [&str; 2] = ["Аникей", "Щукарь"];

    /// A list of keys and a flat with somebody in it, of one intercom: pieces of their own.
    fn take_in(store: &Store, intercom: u64, keys: u64) {
        let keys: Vec<KeyRow> = (0..keys)
            .map(|nth| {
                key(
                    10_000 * intercom + nth,
                    &format!("Имя{:05} {}{nth}", 7_919 * nth % 99_991, NAMES[(intercom % 2) as usize]),
                )
            })
            .collect();
        let flat = FlatRow {
            id: Some(intercom),
            number: "45".to_owned(),
            key_count: None,
            resident_count: None,
            lines: LineRows::default(),
            confirmed_at: then(),
            gone_at: None,
        };
        let resident =
            ResidentRow {
                id: intercom, name: Some("Ким Анна".to_owned()), login: None, valid_until: None
            };
        let inside = FlatDetail { flat, keys: None, residents: Some((vec![resident], then())) };
        // Two servers, by turns.
        let server = if intercom % 2 == 1 { "a" } else { "b" };
        store
            .with(server, |rows| {
                rows.keys().put_all(intercom, &keys)?;
                rows.flats().put_detail(intercom, inside).map(|_| ())
            })
            .unwrap();
    }

    /// Each list in pieces of its own, however long they are: FTS5 puts no two of them together by itself.
    fn store_of(lists: u64, keys: u64) -> Store {
        let store = Store::in_memory().unwrap();
        for index in INDEXES {
            let own =
                format!("INSERT INTO {index} ({index}, rank) VALUES ('automerge', 0), ('crisismerge', 100)");
            store.at_the_files(|files| Ok(files.cache.execute(&own, [])?)).unwrap();
        }
        (1..=lists).for_each(|list| take_in(&store, list, keys));
        store
    }

    fn pieces_of(store: &Store, index: &str) -> Vec<u64> {
        store.at_the_files(|files| pieces(&files.cache, index)).unwrap()
    }

    fn goes_on(store: &Store, at: PuttingTogether, pages: i32) -> Option<PuttingTogether> {
        store.at_the_files(|files| step(&files.cache, at, pages)).unwrap()
    }

    /// Whether every index has just what its table has.
    fn is_whole(store: &Store) {
        for index in INDEXES {
            let check = format!("INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)");
            store.at_the_files(|files| Ok(files.cache.execute(&check, [])?)).unwrap();
        }
    }

    #[test]
    fn these_are_all_indexes_of_words_that_the_cache_has() {
        let named = "SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%fts5%'";
        let there: HashSet<String> = Store::in_memory()
            .unwrap()
            .at_the_files(|files| {
                let mut find = files.cache.prepare(named)?;
                Ok(find.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
            })
            .unwrap();
        assert_eq!(there, INDEXES.map(str::to_owned).into());
    }

    #[test]
    fn what_lies_in_many_pieces_is_put_together_and_has_the_same_words() {
        let store = store_of(12, 3);
        let many = ["key_word", "key_whole_word", "resident_word", "resident_whole_word"];
        assert!(many.iter().all(|index| pieces_of(&store, index).len() > MOST_PIECES));
        let mut at = Some(PuttingTogether::default());
        while let Some(step) = at {
            at = store.put_together(step).unwrap();
        }
        assert!(many.iter().all(|index| pieces_of(&store, index).len() == 1));
        is_whole(&store);
    }

    #[test]
    fn somebody_who_writes_between_the_steps_does_not_make_them_begin_anew() {
        let store = store_of(12, 300);
        let (mut at, mut steps) = (Some(PuttingTogether::default()), 0);
        while let Some(step) = at {
            at = goes_on(&store, step, 1);
            steps += 1;
            assert!(steps < 1_000, "begun again and again");
            take_in(&store, 100 + steps, 1);
        }
        assert!(steps > 20, "as one step it would prove nothing: {steps}");
        is_whole(&store);
    }

    #[test]
    fn a_few_new_names_do_not_have_all_of_an_index_written_anew() {
        let store = store_of(1, 2_000);
        (2..=8).for_each(|list| take_in(&store, list, 1));
        let largest = |store: &Store| pieces_of(store, "key_word").into_iter().max().unwrap_or_default();
        let before = (largest(&store), pieces_of(&store, "key_word").len());
        assert!(before.1 > MOST_PIECES);
        let mut at = Some(PuttingTogether::default());
        while let Some(step) = at {
            at = store.put_together(step).unwrap();
        }
        assert_eq!(largest(&store), before.0);
        assert!(pieces_of(&store, "key_word").len() < before.1);
        is_whole(&store);
    }

    #[test]
    fn what_lies_in_few_pieces_is_left_as_it_is() {
        let store = store_of(2, 3);
        let before = INDEXES.map(|index| pieces_of(&store, index));
        let mut at = Some(PuttingTogether::default());
        while let Some(step) = at {
            at = store.put_together(step).unwrap();
        }
        assert_eq!(INDEXES.map(|index| pieces_of(&store, index)), before);
    }

    #[test]
    fn no_name_of_a_server_that_is_forgotten_stays_in_what_was_being_put_together() {
        // The second index, some of the way.
        let begin = PuttingTogether { index: 1, is_begun: false };
        let half_done = |steps: usize| {
            let store = store_of(12, 150);
            let mut at = begin;
            let taken = (0..steps).take_while(|_| {
                at = goes_on(&store, at, 1).unwrap();
                at.index == begin.index
            });
            (taken.count(), store)
        };
        let has_names = |store: &Store| {
            let blocks =
                "SELECT count(*) FROM key_whole_word_data WHERE instr(block, CAST('щукар' AS BLOB)) > 0";
            let count = |files: &mut crate::Files| {
                Ok(files.cache.query_row(blocks, [], |row| row.get::<_, i64>(0))?)
            };
            store.at_the_files(count).unwrap() > 0
        };
        let (all, _) = half_done(usize::MAX);
        assert!(all > 8, "in one step there is no half: {all}");
        for steps in [1, all / 2, all - 1] {
            let (_, store) = half_done(steps);
            assert!(has_names(&store));
            store.clear("a").unwrap();
            assert!(!has_names(&store), "after {steps} of {all}");
        }
    }
}
