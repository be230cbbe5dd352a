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
const INDEXES: [&str; 6] =
    ["key_word", "key_whole_word", "resident_word", "resident_whole_word", "intercom_word", "code_word"];
/// In more pieces than this no index is left. Every word of a question is looked up in each of them: in ten, which a first
/// reading leaves, that takes most of a question's time.
const MOST_PIECES: i64 = 4;
/// How many pages of an index are written at once: whoever else writes waits no longer than for these.
const PAGES_AT_ONCE: i64 = 256;

/// Puts indexes together that lie in many pieces, a step at a time. Returns whether there is more to do.
pub(crate) fn put_together(cache: &Connection) -> Result<bool, Error> {
    for index in INDEXES {
        if pieces(cache, index)? <= MOST_PIECES {
            continue;
        }
        let before = cache.total_changes();
        // Less than none: into one. What was begun goes on, and is in as many pieces until it is done.
        let step = format!("INSERT INTO {index} ({index}, rank) VALUES ('merge', ?1)");
        cache.prepare_cached(&step)?.execute([-PAGES_AT_ONCE])?;
        // One change is what was asked for itself.
        if cache.total_changes() - before > 1 {
            return Ok(true);
        }
    }
    Ok(false)
}

/// In how many pieces an index lies. Looks at one row of each.
fn pieces(cache: &Connection, index: &str) -> Result<i64, Error> {
    let count = format!(
        "WITH RECURSIVE piece (id) AS (
             SELECT min(segid) FROM {index}_idx
             UNION ALL
             SELECT (SELECT min(segid) FROM {index}_idx WHERE segid > piece.id) FROM piece WHERE piece.id IS NOT NULL
         )
         SELECT count(id) FROM piece"
    );
    Ok(cache.prepare_cached(&count)?.query_row([], |row| row.get(0))?)
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta};

    use super::*;
    use crate::{Otherwise, OwnerRow, Query, SeenServer, Store};

    fn key(id: u64, name: &str) -> crate::KeyRow {
        let owner = OwnerRow::User { id: 1_000 + id, name: Some(name.to_owned()), login: None };
        crate::KeyRow {
            id,
            key: format!("{id:08X}"),
            owner,
            flat: None,
            created_at: None,
            confirmed_at: DateTime::UNIX_EPOCH + TimeDelta::days(20_000),
            gone_at: None,
        }
    }

    /// As many lists of keys, each taken in by itself.
    fn store_of(lists: u64) -> Store {
        let store = Store::in_memory().unwrap();
        for list in 1..=lists {
            let keys: Vec<_> = (0..3).map(|nth| key(3 * list + nth, "Ким")).collect();
            store.with("a", |rows| rows.keys().put_all(list, &keys)).unwrap();
        }
        store
    }

    fn pieces_of(store: &Store) -> Vec<i64> {
        store.at_the_files(|files| INDEXES.iter().map(|index| pieces(&files.cache, index)).collect()).unwrap()
    }

    fn found(store: &Store) -> crate::Found {
        let seen = [SeenServer { server: "a".to_owned(), admin: true, client: true }];
        let otherwise = Otherwise::NONE;
        store
            .search(&Query { text: "ким", keys: &[], named: &[], otherwise, seen: &seen, limit: 50 })
            .unwrap()
    }

    #[test]
    fn an_index_that_lies_in_many_pieces_is_put_together_and_finds_the_same() {
        let store = store_of(12);
        let before = found(&store);
        assert_eq!(before.people.len(), 36);
        assert!(pieces_of(&store)[..2].iter().all(|pieces| *pieces > MOST_PIECES), "{:?}", pieces_of(&store));
        while store.put_together().unwrap() {}
        assert_eq!(pieces_of(&store)[..2], [1, 1]);
        assert_eq!(found(&store), before);
        // Who is called something else now is not found any more.
        let renamed: Vec<_> = (3..6).map(|id| key(id, "Ли")).collect();
        store.with("a", |rows| rows.keys().put_all(1, &renamed)).unwrap();
        assert_eq!(found(&store).people.len(), 33);
    }

    #[test]
    fn an_index_in_few_pieces_is_left_as_it_is() {
        let store = store_of(2);
        let before = pieces_of(&store);
        assert!(!store.put_together().unwrap());
        assert_eq!(pieces_of(&store), before);
        assert!(!Store::in_memory().unwrap().put_together().unwrap(), "of nothing");
    }
}
