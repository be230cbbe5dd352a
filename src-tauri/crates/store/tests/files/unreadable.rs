//! What becomes of files that cannot be opened: those in use, of another key, of a later version, and damaged ones.

use proptest::prelude::*;

use super::*;

#[test]
fn only_one_process_has_the_files() {
    let folder = tempfile::tempdir().unwrap();
    let first = open(folder.path());
    assert!(matches!(Store::open(folder.path(), &key()), Err(Error::InUse)));
    drop(first);
    open(folder.path());
}

#[test]
fn files_of_another_key_are_set_aside_whole_and_the_store_begins_anew() {
    let folder = tempfile::tempdir().unwrap();
    open(folder.path()).with(SERVER, plant).unwrap();
    let (store, opened) = Store::open(folder.path(), &Key::new([8; 32])).unwrap();
    assert_eq!(counts(&store, SERVER), (0, 0, 0));
    drop(store);
    // With the old key in the old place everything is there again.
    let back = tempfile::tempdir().unwrap();
    fs::rename(opened.cache_set_aside.unwrap(), back.path().join("cache.db")).unwrap();
    fs::rename(opened.journal_set_aside.unwrap(), back.path().join("journal.db")).unwrap();
    assert_eq!(counts(&open(back.path()), SERVER), (2, 1, 2));
}

#[test]
fn a_file_of_a_later_version_is_refused_and_left_as_it_is() {
    for which in [Which::Cache, Which::Journal] {
        let folder = tempfile::tempdir().unwrap();
        open(folder.path()).with(SERVER, plant).unwrap();
        let path = folder.path().join(if which == Which::Cache { "cache.db" } else { "journal.db" });
        let file = rusqlite::Connection::open(&path).unwrap();
        file.pragma_update(None, "key", format!("x'{}'", "07".repeat(32))).unwrap();
        file.pragma_update(None, "user_version", 99).unwrap();
        drop(file);
        let before = fs::read(&path).unwrap();
        let refused = Store::open(folder.path(), &key());
        assert!(matches!(refused, Err(Error::Newer { which: told, found: 99, .. }) if told == which));
        assert_eq!(fs::read(&path).unwrap(), before);
        assert!(files(folder.path()).iter().all(|path| !path.to_string_lossy().contains("unreadable")));
    }
}

#[test]
fn a_journal_that_somebody_took_away_or_emptied_is_told() {
    for is_removed in [true, false] {
        let folder = tempfile::tempdir().unwrap();
        open(folder.path()).with(SERVER, plant).unwrap();
        let path = folder.path().join("journal.db");
        if is_removed {
            fs::remove_file(path).unwrap()
        } else {
            fs::write(path, "").unwrap()
        }
        let (_, opened) = Store::open(folder.path(), &key()).unwrap();
        assert!(opened.journal_missing);
    }
}

#[test]
fn a_journal_damaged_beyond_its_beginning_is_set_aside_and_told() {
    let folder = tempfile::tempdir().unwrap();
    open(folder.path()).with(SERVER, plant).unwrap();
    let path = folder.path().join("journal.db");
    let mut bytes = fs::read(&path).unwrap();
    for byte in &mut bytes[4_096..] {
        *byte ^= 0x5A;
    }
    fs::write(&path, &bytes).unwrap();
    let (store, opened) = Store::open(folder.path(), &key()).unwrap();
    assert_eq!(fs::read(opened.journal_set_aside.unwrap()).unwrap(), bytes);
    store.with(SERVER, plant).unwrap();
}

#[test]
fn of_the_caches_that_were_set_aside_only_the_last_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    open(folder.path()).with(SERVER, plant).unwrap();
    for round in 0..3 {
        let bytes = format!("no cache at all, {round} ").repeat(500);
        fs::write(folder.path().join("cache.db"), &bytes).unwrap();
        let (_, opened) = Store::open(folder.path(), &key()).unwrap();
        assert_eq!(fs::read(opened.cache_set_aside.unwrap()).unwrap(), bytes.as_bytes());
    }
    let aside = files(folder.path()).into_iter().filter(|path| path.to_string_lossy().contains("unreadable"));
    assert_eq!(aside.count(), 1);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_bytes_in_place_of_a_file_are_set_aside_and_never_a_crash(
        bytes in proptest::collection::vec(any::<u8>(), 1..9_000),
    ) {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("cache.db"), &bytes).unwrap();
        fs::write(folder.path().join("journal.db"), &bytes).unwrap();
        let (store, opened) = Store::open(folder.path(), &key()).unwrap();
        prop_assert_eq!(fs::read(opened.cache_set_aside.unwrap()).unwrap(), bytes.clone());
        prop_assert_eq!(fs::read(opened.journal_set_aside.unwrap()).unwrap(), bytes);
        store.with(SERVER, plant).unwrap();
    }

    #[test]
    fn a_cache_damaged_anywhere_is_read_or_set_aside_and_filled_anew(
        thousandth in 0usize..1_000,
        length in 1usize..5_000,
    ) {
        let folder = tempfile::tempdir().unwrap();
        open(folder.path()).with(SERVER, plant).unwrap();
        let path = folder.path().join("cache.db");
        let mut bytes = fs::read(&path).unwrap();
        let start = bytes.len() * thousandth / 1_000;
        let end = (start + length).min(bytes.len());
        for byte in &mut bytes[start..end] {
            *byte ^= 0x5A;
        }
        fs::write(&path, bytes).unwrap();

        let (store, _) = Store::open(folder.path(), &key()).unwrap();
        let look = |rows: &Rows<'_>| {
            rows.intercoms().all()?;
            rows.keys().window(1, "", KeySort::Owner, false, 0, 9)?;
            rows.flats().window(1, "", FlatSort::Keys, true, 0, 9)?;
            plant(rows)
        };
        // What is met while working fails that work alone: after it the store is usable again.
        if store.with(SERVER, look).is_err() {
            store.with(SERVER, look).unwrap();
        }
        let found = search(&store, "17").or_else(|_| {
            store.with(SERVER, look)?;
            search(&store, "17")
        });
        prop_assert_eq!(found.unwrap().flats.len(), 1, "what is searched is what is kept");
        prop_assert!(counts(&store, SERVER).2 >= 4, "the journal is a file of its own");
    }
}
