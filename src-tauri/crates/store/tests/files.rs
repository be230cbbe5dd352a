//! The files on the disk: what is in them, who can read them, and what becomes of those that cannot be read.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use proptest::prelude::*;
use store::{
    CodeRow, Error, FlatDetail, FlatKey, FlatRow, FlatSort, Intent, IntercomRow, Key, KeyRow, KeySort,
    LineRow, LineRows, Outcome, OwnerRow, ResidentRow, Rows, Store, SyncList, Unread, Which,
};

const SERVER: &str = "house";
/// What must not be readable in any file.
const PLANTED: [&str; 8] = [
    "Калитка-во-двор",
    "Ленинская-12",
    "Заречный",
    "04A1B2C3D4E5F6",
    "fyodor.login",
    "81726",
    "Courier-Anna",
    "flat-А-4517",
];

fn key() -> Key {
    Key::new([7; 32])
}

fn open(folder: &Path) -> Store {
    let (store, opened) = Store::open(folder, &key()).unwrap();
    assert_eq!(opened, store::Opened::default());
    store
}

fn then() -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::days(20_000)
}

fn code(id: u64) -> CodeRow {
    CodeRow {
        id,
        code: "81726".to_owned(),
        title: "Courier-Anna".to_owned(),
        intercom: Some(1),
        intercom_title: Some("Калитка-во-двор".to_owned()),
        flat_number: Some("flat-А-4517".to_owned()),
        until: Some(then()),
        is_ended: true,
        is_unsettled: true,
        removed_at: Some(then()),
        created_at: Some(then()),
    }
}

fn intent() -> Intent {
    Intent {
        intercom: 1,
        flat: Some((5, "flat-А-4517".to_owned())),
        title: "Courier-Anna".to_owned(),
        until: then(),
        asked_at: then(),
        account: Some("concierge-4517".to_owned()),
    }
}

fn flat(id: u64, number: &str) -> FlatRow {
    let line = |state| LineRow { state, confirmed_at: Some(then()) };
    FlatRow {
        id: Some(id),
        number: number.to_owned(),
        key_count: Some(3),
        resident_count: None,
        lines: LineRows { analog: line(Some(true)), smartphone: line(Some(false)), landline: line(None) },
        confirmed_at: then(),
        gone_at: None,
    }
}

fn rfid(id: u64) -> KeyRow {
    KeyRow {
        id,
        key: "04A1B2C3D4E5F6".to_owned(),
        owner: OwnerRow::User {
            id: 9,
            name: Some("Фёдор Заречный".to_owned()),
            login: Some("fyodor.login".to_owned()),
        },
        flat: Some((5, "flat-А-4517".to_owned())),
        created_at: None,
        confirmed_at: then(),
        gone_at: None,
    }
}

/// A flat with a key and a resident.
fn inside() -> FlatDetail {
    let resident = ResidentRow {
        id: 9,
        name: Some("Фёдор Заречный".to_owned()),
        login: Some("fyodor.login".to_owned()),
        valid_until: Some(then()),
    };
    FlatDetail {
        flat: flat(5, "flat-А-4517"),
        keys: Some((vec![rfid(1)], then())),
        residents: Some((vec![resident], then())),
    }
}

fn plant(rows: &Rows<'_>) -> Result<(), Error> {
    rows.intercoms().put(&IntercomRow {
        title: Some("Калитка-во-двор".to_owned()),
        address: Some("Ленинская-12".to_owned()),
        ..IntercomRow::nameless(1, then())
    })?;
    rows.flats().put_listed(1, vec![flat(5, "flat-А-4517"), flat(6, "17")])?;
    rows.keys().put_all(1, &[rfid(1)])?;
    rows.flats().put_detail(1, inside())?;
    let mut codes = rows.codes()?;
    codes.listed = vec![code(1), code(2)];
    codes.listed_at = Some(then());
    codes.listed_by_flat.insert(1, (then(), vec![code(3)]));
    codes.proven_lists.insert(1);
    let asked = codes.journal.ask(intent());
    codes.journal.settle(asked, Outcome::Issued(code(4), then()));
    codes.journal.ask(intent());
    rows.keep_codes(&mut codes)
}

/// How many flats, keys and entries of the journal there are.
fn counts(store: &Store, server: &str) -> (usize, usize, usize) {
    let count = |rows: &Rows<'_>| {
        Ok((rows.flats().count(1)?, rows.keys().count(1)?, rows.codes()?.journal.entries().len()))
    };
    store.with(server, count).unwrap()
}

fn search(store: &Store, text: &str) -> Result<store::Found, Error> {
    let all = [SERVER, "other"].map(|server| store::SeenServer {
        server: server.to_owned(),
        admin: true,
        client: true,
    });
    store.search(&store::Query {
        text,
        keys: &[],
        named: &[],
        several: store::Several::NONE,
        seen: &all,
        limit: 8,
    })
}

fn files(folder: &Path) -> Vec<PathBuf> {
    fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect()
}

fn has(bytes: &[u8], text: &[u8]) -> bool {
    bytes.windows(text.len()).any(|window| window == text)
}

/// What of the planted texts stands in the files, as UTF-8 or UTF-16, as it is or folded.
fn readable(folder: &Path) -> Vec<(PathBuf, &'static str)> {
    let mut found = Vec::new();
    for path in files(folder) {
        let bytes = fs::read(&path).unwrap();
        for text in PLANTED {
            let is_here = [text.to_owned(), store::folded(text)].iter().any(|form| {
                let wide: Vec<u8> = form.encode_utf16().flat_map(u16::to_le_bytes).collect();
                has(&bytes, form.as_bytes()) || has(&bytes, &wide)
            });
            if is_here {
                found.push((path.clone(), text));
            }
        }
    }
    found
}

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

/// How often the writing process is killed.
const ROUNDS: usize = 60;
const KILLED: &str = "GATEHOUSE_TEST_KILLED_STORE";
const KILL_TEST: &str =
    "however_often_the_process_is_killed_the_files_open_whole_and_nothing_asked_for_is_lost";

/// What the process does that is killed: takes in ever newer lists, writes intents down, and says what is done.
fn write_until_killed(folder: &Path) {
    let store = open(folder);
    let mut out = std::io::stdout();
    for round in counts(&store, SERVER).2.. {
        let keep = |rows: &Rows<'_>| {
            // Every flat of a list has the list's number as its count of keys: a torn list would show.
            let key_count = Some(u32::try_from(round).unwrap());
            let flats = (1..=40).map(|id| FlatRow { key_count, ..flat(id, &id.to_string()) }).collect();
            rows.flats().put_listed(1, flats)?;
            // What says that the list was read is there with the list, or not at all.
            let read_at = then() + TimeDelta::seconds(i64::try_from(round).unwrap());
            rows.sync().begin(read_at, false)?;
            rows.sync().listed(SyncList::Flats(1), read_at)?;
            let unread = Unread { failed: u32::try_from(round).unwrap(), missed: vec![] };
            rows.sync().finish(read_at, Some(&unread))?;
            let mut codes = rows.codes()?;
            codes.journal.ask(intent());
            rows.keep_codes(&mut codes)
        };
        store.with(SERVER, keep).unwrap();
        writeln!(out, "\nkept {round}").unwrap();
        out.flush().unwrap();
    }
}

#[test]
fn however_often_the_process_is_killed_the_files_open_whole_and_nothing_asked_for_is_lost() {
    // The test starts itself as the process that is killed.
    if let Some(folder) = std::env::var_os(KILLED) {
        return write_until_killed(Path::new(&folder));
    }
    let folder = tempfile::tempdir().unwrap();
    for round in 0..ROUNDS {
        let mut process = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "--nocapture", "--test-threads=1", KILL_TEST])
            .env(KILLED, folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let lines = BufReader::new(process.stdout.take().unwrap()).lines().map_while(Result::ok);
        let mut told = lines.filter_map(|line| Some(line.strip_prefix("kept ")?.parse::<usize>().unwrap()));
        // Killed after a few more each time: in the middle of whatever comes next. What it still said counts, too.
        let before = told.by_ref().nth(round % 5).unwrap();
        process.kill().unwrap();
        let told = told.last().unwrap_or(before);
        process.wait().unwrap();

        let look = |rows: &Rows<'_>| {
            let flats = rows.flats().window(1, "", FlatSort::Number, false, 0, 100)?;
            assert_eq!(flats.total, 40);
            let count = flats.rows[0].key_count;
            assert!(flats.rows.iter().all(|row| row.key_count == count), "a list is whole");
            let read_at = count.map(|round| then() + TimeDelta::seconds(round.into()));
            let run = rows.sync().run()?.unwrap();
            assert_eq!(rows.sync().listed_at(SyncList::Flats(1))?, read_at);
            assert_eq!((run.completed_at, Some(run.failed)), (read_at, count));
            Ok(rows.codes()?.journal.entries().len())
        };
        let kept = open(folder.path()).with(SERVER, look).unwrap();
        assert!(kept > told, "{kept} are kept, {told} was told");
    }
}
