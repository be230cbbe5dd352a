//! The copy of the journal.

use chrono::NaiveDate;

use super::*;

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, day).unwrap()
}

fn entries(store: &Store) -> Vec<u64> {
    store
        .with(SERVER, |rows| Ok(rows.codes()?.journal.entries().iter().map(|entry| entry.0).collect()))
        .unwrap()
}

fn copies(folder: &Path) -> Vec<String> {
    let names =
        files(folder).into_iter().map(|path| path.file_name().unwrap().to_string_lossy().into_owned());
    names.filter(|name| name.contains("cop")).collect()
}

#[test]
fn a_journal_that_is_lost_or_damaged_is_brought_back_from_its_copy_and_that_is_told() {
    let damages: [fn(&Path); 3] = [
        |path| fs::remove_file(path).unwrap(),
        |path| fs::write(path, "").unwrap(),
        |path| fs::write(path, "no journal at all ".repeat(500)).unwrap(),
    ];
    for damage in damages {
        let folder = tempfile::tempdir().unwrap();
        let store = open(folder.path());
        store.with(SERVER, plant).unwrap();
        store.copy_journal(day(1)).unwrap();
        let copied = entries(&store);
        store.with(SERVER, plant).unwrap();
        let last = *entries(&store).last().unwrap();
        drop(store);
        damage(&folder.path().join("journal.db"));
        let (store, opened) = Store::open(folder.path(), &key()).unwrap();
        assert_eq!(opened.journal_restored, Some(day(1)));
        assert_eq!(entries(&store), copied);
        store.with(SERVER, plant).unwrap();
        assert!(entries(&store)[copied.len()..].iter().all(|number| *number > last), "no number twice");
        assert_eq!(readable(folder.path()), []);
    }
}

#[test]
fn a_journal_and_a_cache_that_were_both_taken_away_come_back_as_far_as_the_copy_goes() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    store.with(SERVER, plant).unwrap();
    store.copy_journal(day(1)).unwrap();
    let copied = entries(&store);
    drop(store);
    for name in ["journal.db", "cache.db"] {
        fs::remove_file(folder.path().join(name)).unwrap();
    }
    let (store, opened) = Store::open(folder.path(), &key()).unwrap();
    assert_eq!((opened.journal_missing, opened.journal_restored), (true, Some(day(1))));
    assert_eq!(entries(&store), copied);
}

#[test]
fn the_journal_is_copied_once_a_day_and_only_the_last_copy_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    store.copy_journal(day(1)).unwrap();
    store.with(SERVER, plant).unwrap();
    store.copy_journal(day(1)).unwrap();
    assert_eq!(copies(folder.path()), ["journal.2026-03-01.copy.db"]);
    let early = fs::read(folder.path().join("journal.2026-03-01.copy.db")).unwrap();
    store.copy_journal(day(2)).unwrap();
    assert_eq!(copies(folder.path()), ["journal.2026-03-02.copy.db"]);
    let late = fs::read(folder.path().join("journal.2026-03-02.copy.db")).unwrap();
    assert_ne!(early, late);
    assert_eq!(readable(folder.path()), []);
}

#[test]
fn what_was_forgotten_is_in_no_copy_either() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    store.with(SERVER, plant).unwrap();
    store.with("other", plant).unwrap();
    store.copy_journal(day(1)).unwrap();
    store.forget(SERVER).unwrap();
    drop(store);
    fs::remove_file(folder.path().join("journal.db")).unwrap();
    let (store, _) = Store::open(folder.path(), &key()).unwrap();
    assert_eq!(entries(&store), [] as [u64; 0]);
    assert_eq!(counts(&store, "other").2, 2);
}

#[test]
fn a_copy_that_cannot_be_read_is_no_copy_and_a_half_written_one_none_at_all() {
    let folder = tempfile::tempdir().unwrap();
    open(folder.path()).with(SERVER, plant).unwrap();
    fs::write(folder.path().join("journal.2026-03-01.copy.db"), "no journal at all ".repeat(500)).unwrap();
    fs::write(folder.path().join("journal.copying.db"), "half").unwrap();
    fs::remove_file(folder.path().join("journal.db")).unwrap();
    let (store, opened) = Store::open(folder.path(), &key()).unwrap();
    assert_eq!((opened.journal_missing, opened.journal_restored), (true, None));
    store.with(SERVER, plant).unwrap();
    store.copy_journal(day(2)).unwrap();
    assert_eq!(copies(folder.path()), ["journal.2026-03-02.copy.db"]);
}
