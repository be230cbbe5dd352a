//! What is kept comes back, and can be read by nobody else.

use super::*;

#[test]
fn everything_comes_back_as_it_was_kept() {
    let folder = tempfile::tempdir().unwrap();
    open(folder.path()).with(SERVER, plant).unwrap();
    let look = |rows: &Rows<'_>| {
        assert_eq!(rows.intercoms().get(1)?.unwrap().title.as_deref(), Some("Калитка-во-двор"));
        assert_eq!(rows.flats().get(1, &FlatKey::Id(5))?.unwrap(), flat(5, "flat-А-4517"));
        assert_eq!(rows.flats().detail(1, 5)?.unwrap(), inside());
        assert_eq!(rows.keys().window(1, "зареч", KeySort::Key, false, 0, 9)?.rows, [rfid(1)]);
        let codes = rows.codes()?;
        assert_eq!((codes.listed, codes.listed_at), (vec![code(1), code(2)], Some(then())));
        assert_eq!(codes.listed_by_flat[&1], (then(), vec![code(3)]));
        assert!(codes.proven_lists.contains(&1));
        let kept: Vec<_> = codes
            .journal
            .entries()
            .iter()
            .map(|(_, kept, outcome)| (kept.clone(), outcome.clone()))
            .collect();
        assert_eq!(kept, [(intent(), Outcome::Issued(code(4), then())), (intent(), Outcome::Unknown)]);
        Ok(())
    };
    open(folder.path()).with(SERVER, look).unwrap();
}

#[test]
fn nothing_that_was_kept_can_be_read_in_any_file_while_it_is_open_and_after() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    store.with(SERVER, plant).unwrap();
    let sizes: u64 = files(folder.path()).iter().map(|path| fs::metadata(path).unwrap().len()).sum();
    assert!(sizes > 20_000, "it is in the files");
    assert_eq!(readable(folder.path()), []);
    drop(store);
    assert_eq!(readable(folder.path()), []);
}

#[test]
fn the_search_for_readable_words_finds_them_where_they_are() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("plain"), "x81726y заречный").unwrap();
    assert_eq!(readable(folder.path()).len(), 2);
}

#[test]
fn a_forgotten_server_is_gone_and_the_others_stay() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    store.with(SERVER, plant).unwrap();
    store.with("other", plant).unwrap();
    store.forget(SERVER).unwrap();
    assert!(matches!(store.with(SERVER, plant), Err(Error::Gone)), "a late answer does not bring it back");
    assert_eq!(counts(&store, "other"), (2, 1, 2));
    store.forget_all_but(&[]).unwrap();
    assert_eq!(counts(&store, "other"), (0, 0, 0));
}

#[test]
fn work_that_fails_leaves_everything_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let failed: Result<(), Error> = store.with(SERVER, |rows| {
        plant(rows)?;
        Err(Error::InUse)
    });
    assert!(failed.is_err());
    assert_eq!(counts(&store, SERVER), (0, 0, 0));
}

#[test]
fn the_number_of_a_struck_entry_is_never_given_again() {
    let folder = tempfile::tempdir().unwrap();
    let ask = |rows: &Rows<'_>| {
        let mut codes = rows.codes()?;
        let number = codes.journal.ask(intent());
        rows.keep_codes(&mut codes)?;
        Ok(number)
    };
    let first = open(folder.path()).with(SERVER, ask).unwrap();
    let strike = |rows: &Rows<'_>| {
        let mut codes = rows.codes()?;
        codes.journal.strike(first);
        rows.keep_codes(&mut codes)
    };
    open(folder.path()).with(SERVER, strike).unwrap();
    assert!(open(folder.path()).with(SERVER, ask).unwrap() > first);
}

#[test]
fn what_was_on_its_way_when_the_program_ended_is_unknown_afterwards() {
    let folder = tempfile::tempdir().unwrap();
    open(folder.path()).with(SERVER, plant).unwrap();
    let store = open(folder.path());
    let outcomes = |rows: &Rows<'_>| {
        Ok(rows.codes()?.journal.entries().iter().map(|entry| entry.2.clone()).collect::<Vec<_>>())
    };
    let expected = [Outcome::Issued(code(4), then()), Outcome::Unknown];
    assert_eq!(store.with(SERVER, outcomes).unwrap(), expected);
}

#[test]
fn a_search_finds_what_is_kept_and_waits_for_nobody_who_is_at_the_files() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let search_within = |rows: &Rows<'_>| {
        plant(rows)?;
        search(&store, "17")
    };
    let within = store.with(SERVER, search_within).unwrap();
    assert_eq!(within.flats.len(), 0, "what is not kept yet is not found");
    assert_eq!(search(&store, "17").unwrap().flats.len(), 1);
    assert_eq!(search(&store, "courier").unwrap().codes.len(), 4, "of the lists and of the journal");
    store.forget(SERVER).unwrap();
    assert_eq!(search(&store, "17").unwrap(), store::Found::default());
    assert_eq!(search(&store, "courier").unwrap(), store::Found::default());
}

#[test]
fn codes_that_were_over_long_ago_are_forgotten_and_open_entries_are_not() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    store.with(SERVER, plant).unwrap();
    store.drop_ended(then()).unwrap();
    assert_eq!(counts(&store, SERVER).2, 2);
    store.drop_ended(then() + TimeDelta::seconds(1)).unwrap();
    let left = |rows: &Rows<'_>| Ok(rows.codes()?.journal.entries().to_vec());
    let left = store.with(SERVER, left).unwrap();
    assert_eq!(left.iter().map(|entry| &entry.2).collect::<Vec<_>>(), [&Outcome::Asked]);
}

#[cfg(unix)]
#[test]
fn a_folder_behind_a_link_is_as_good_as_any() {
    let parent = tempfile::tempdir().unwrap();
    fs::create_dir(parent.path().join("real")).unwrap();
    std::os::unix::fs::symlink(parent.path().join("real"), parent.path().join("link")).unwrap();
    open(&parent.path().join("link").join("store")).with(SERVER, plant).unwrap();
}

#[cfg(unix)]
#[test]
fn nobody_else_on_the_computer_can_look_into_the_folder() {
    use std::os::unix::fs::PermissionsExt;
    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join("a").join("store");
    open(&folder);
    assert_eq!(fs::metadata(folder).unwrap().permissions().mode() & 0o777, 0o700);
}
