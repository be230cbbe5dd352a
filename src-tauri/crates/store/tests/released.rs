//! Files as earlier versions of the program left them are read by this one, with everything in them.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::path::Path;

use chrono::{DateTime, TimeDelta};
use rusqlite::Connection;
use store::{
    Error, FlatSort, InFlat, Key, KeyRow, KeySort, MissedRow, Outcome, OwnerRow, Query, SeenServer, Store,
    SyncList, Which,
};

const KEY: [u8; 32] = [9; 32];
/// Each schema that was released, oldest first, with the rows of a desk that used it.
const CACHES: &[&str] = &[
    include_str!("released/cache-1.sql"),
    include_str!("released/cache-2.sql"),
    include_str!("released/cache-3.sql"),
];
const JOURNALS: &[&str] = &[include_str!("released/journal-1.sql")];

/// Makes a file as the version of that number left it.
fn leave(path: &Path, version: usize, sql: &str) {
    let file = Connection::open(path).unwrap();
    let hex: String = KEY.iter().map(|byte| format!("{byte:02X}")).collect();
    file.pragma_update(None, "key", format!("x'{hex}'")).unwrap();
    file.pragma_update(None, "journal_mode", "WAL").unwrap();
    file.execute_batch(sql).unwrap();
    file.pragma_update(None, "user_version", version).unwrap();
}

fn left_by(cache: usize, journal: usize) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    leave(&folder.path().join("cache.db"), cache, CACHES[cache - 1]);
    leave(&folder.path().join("journal.db"), journal, JOURNALS[journal - 1]);
    folder
}

#[test]
fn the_files_of_every_earlier_version_are_read_with_everything_in_them() {
    for cache in 1..=CACHES.len() {
        for journal in 1..=JOURNALS.len() {
            let folder = left_by(cache, journal);
            let (store, opened) = Store::open(folder.path(), &Key::new(KEY)).unwrap();
            assert_eq!(opened, store::Opened::default(), "nothing is set aside");
            store.with("lenina", look).unwrap();
            if cache >= 2 {
                store.with("lenina", look_at_the_reading).unwrap();
            }
            if cache >= 3 {
                store.with("lenina", look_at_what_was_missed).unwrap();
            }
            store.with("lenina", |rows| rows.keys().put_all(21, &[key_of("Новый Гость")])).unwrap();
            let seen = [SeenServer { server: "lenina".to_owned(), admin: true, client: true }];
            for text in ["45", "ёлкина", "Электрик", "курьер", "ленина", "гость"]
            {
                let found = store
                    .search(&Query {
                        text,
                        keys: &[],
                        named: &[],
                        otherwise: store::Otherwise::NONE,
                        seen: &seen,
                        limit: 8,
                    })
                    .unwrap();
                let hits = [found.flats.len(), found.people.len(), found.codes.len(), found.intercoms.len()];
                assert!(hits.iter().sum::<usize>() > 0, "{text}");
            }
            let beside = InFlat { words: "Ёлкина".to_owned(), number: "45".to_owned() };
            let otherwise = &store::Otherwise { people: vec![beside], ..store::Otherwise::default() };
            let query =
                Query { text: "Ёлкина 45", keys: &[], named: &[], otherwise, seen: &seen, limit: 8 };
            let people = store.search(&query).unwrap().people;
            assert!(people.first().is_some_and(|hit| hit.record.is_resident));
        }
    }
}

/// A key that this version takes in.
fn key_of(name: &str) -> KeyRow {
    let owner = OwnerRow::User { id: 104, name: Some(name.to_owned()), login: None };
    let (key, confirmed_at) = ("0B0B0B0B".to_owned(), DateTime::UNIX_EPOCH + TimeDelta::days(20_500));
    KeyRow { id: 10, key, owner, flat: None, created_at: None, confirmed_at, gone_at: None }
}

/// What version 2 of the cache began to keep.
fn look_at_the_reading(rows: &store::Rows<'_>) -> Result<(), Error> {
    let run = rows.sync().run()?.unwrap();
    assert!(run.completed_at.is_some() && run.completed_at == run.finished_at);
    assert_eq!(run.failed, 2);
    assert!(rows.sync().listed_at(SyncList::Keys(21))?.is_some());
    assert!(rows.flats().detail(21, 547)?.unwrap().flat.gone_at.is_some());
    Ok(())
}

/// What version 3 of the cache began to keep.
fn look_at_what_was_missed(rows: &store::Rows<'_>) -> Result<(), Error> {
    let missed = MissedRow { list: SyncList::Keys(21), why: Some("server_failed".to_owned()) };
    assert_eq!(rows.sync().missed()?, [missed]);
    Ok(())
}

fn look(rows: &store::Rows<'_>) -> Result<(), Error> {
    assert_eq!(rows.intercoms().get(21)?.unwrap().title.as_deref(), Some("Подъезд 1"));
    let flats = rows.flats().window(21, "", FlatSort::Number, false, 0, 9)?;
    assert_eq!(flats.rows.iter().map(|flat| flat.number.as_str()).collect::<Vec<_>>(), ["45", "46"]);
    let inside = rows.flats().detail(21, 545)?.unwrap();
    assert_eq!(inside.residents.unwrap().0[0].name.as_deref(), Some("Алёна Ёлкина"));
    assert_eq!(rows.keys().window(21, "", KeySort::Key, false, 0, 9)?.rows[0].key, "04A1B2C3");
    let codes = rows.codes()?;
    assert_eq!(codes.listed[0].code, "93552");
    // It was on its way when that version ended.
    let entries = codes.journal.entries();
    assert_eq!(
        (entries[0].0, entries[0].1.title.as_str(), &entries[0].2),
        (41, "Сантехник", &Outcome::Unknown)
    );
    assert_eq!(entries[0].1.account, None, "nobody wrote down who asked");
    Ok(())
}

#[test]
fn every_schema_that_was_released_is_kept_here() {
    let folder = tempfile::tempdir().unwrap();
    drop(Store::open(folder.path(), &Key::new(KEY)).unwrap());
    for (which, name, kept) in
        [(Which::Cache, "cache.db", CACHES.len()), (Which::Journal, "journal.db", JOURNALS.len())]
    {
        // The version after the last that is known is refused, and says which that is.
        let path = folder.path().join(name);
        std::fs::remove_file(&path).unwrap();
        leave(&path, 1_000, "CREATE TABLE later (row)");
        match Store::open(folder.path(), &Key::new(KEY)) {
            Err(Error::Newer { which: found, known, .. }) if found == which => {
                // This version's own is kept as soon as a later one follows.
                assert!(
                    usize::try_from(known).unwrap() - kept <= 1,
                    "{name} has steps that no file here was left by"
                );
            }
            other => panic!("{other:?}"),
        }
        std::fs::remove_file(&path).unwrap();
    }
}
