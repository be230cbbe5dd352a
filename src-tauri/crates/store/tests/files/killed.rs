//! What a process that is killed leaves behind.

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};

use super::*;

/// How often the writing process is killed.
const ROUNDS: usize = 60;
const KILLED: &str = "GATEHOUSE_TEST_KILLED_STORE";
const KILL_TEST: &str =
    "killed::however_often_the_process_is_killed_the_files_open_whole_and_nothing_asked_for_is_lost";

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
