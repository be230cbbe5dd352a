//! Whoever only reads: what they see, and whom they wait for.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::path::Path;

use chrono::DateTime;
use store::{Error, IntercomRow, Key, Rows, Store};

const SERVER: &str = "house";

fn open(folder: &Path) -> Store {
    Store::open(folder, &Key::new([7; 32])).unwrap().0
}

fn put(rows: &Rows<'_>, title: &str) -> Result<(), Error> {
    let row = IntercomRow::nameless(1, DateTime::UNIX_EPOCH);
    rows.intercoms().put(&IntercomRow { title: Some(title.to_owned()), ..row })
}

fn titles(rows: &Rows<'_>) -> Result<Vec<String>, Error> {
    Ok(rows.intercoms().all()?.into_iter().filter_map(|row| row.title).collect())
}

#[test]
fn a_look_sees_what_was_kept_last_and_waits_for_nobody_who_is_at_the_files() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    store.with(SERVER, |rows| put(rows, "Gate")).unwrap();
    let within = |rows: &Rows<'_>| {
        put(rows, "Arch")?;
        store.look(SERVER, titles)
    };
    assert_eq!(store.with(SERVER, within).unwrap(), ["Gate"]);
    assert_eq!(store.look(SERVER, titles).unwrap(), ["Arch"]);
}

#[test]
fn a_look_at_a_server_that_nothing_is_known_of_finds_nothing() {
    let folder = tempfile::tempdir().unwrap();
    for store in [open(folder.path()), Store::in_memory().unwrap()] {
        let codes = store.look(SERVER, |rows| Ok((titles(rows)?, rows.codes()?.listed.len()))).unwrap();
        assert_eq!(codes, (Vec::new(), 0));
    }
}

#[test]
fn a_look_at_a_server_that_was_forgotten_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    store.with(SERVER, |rows| put(rows, "Gate")).unwrap();
    store.forget(SERVER).unwrap();
    assert!(matches!(store.look(SERVER, titles), Err(Error::Gone)));
}

#[test]
fn a_look_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    store.with(SERVER, |rows| put(rows, "Gate")).unwrap();
    assert!(store.look(SERVER, |rows| put(rows, "Arch")).is_err());
    assert_eq!(store.look(SERVER, titles).unwrap(), ["Gate"]);
}

#[test]
fn the_version_changes_with_what_is_kept_and_only_then() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let first = store.version().unwrap();
    store.look(SERVER, titles).unwrap();
    assert_eq!(store.version(), Some(first));
    store.with(SERVER, |rows| put(rows, "Gate")).unwrap();
    let second = store.version().unwrap();
    assert_ne!(second, first);
    drop(store);
    let again = open(folder.path());
    assert!(again.version().is_some_and(|version| version != first && version != second));
    assert_eq!(Store::in_memory().unwrap().version(), None);
}
