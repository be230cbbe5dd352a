//! A process that reads a building is killed, again and again, in the middle of whatever it does.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use desk::views::{CodeFilter, FlatRef, FlatSort, KeySort, ListCodes, ListFlats, ListKeys, SyncRequest};
use desk::{Clock, Desk};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use simulator::control::{Call, Edit};
use store::{Key, Opened, Store};

use crate::sync::{SECOND, count, world_at};
use crate::world::{INTERCOM, TestClock, TestKeyring, TestPreferences, World, desk};

/// How often the process is killed; `.ci/run` asks for hundreds.
const KILLS: usize = 40;
const ASKED_FOR: &str = "GATEHOUSE_TEST_KILLS";
const KILLED: &str = "GATEHOUSE_TEST_KILLED_READING";
const TEST: &str = "killed::however_often_the_process_is_killed_in_the_middle_of_a_reading_the_files_are_whole_and_it_goes_on";
/// What the process says when it has read everything.
const READ: &str = "everything was read";
/// Requests after which it is killed, at most: fewer than a whole reading takes.
const FURTHEST: usize = 23;
/// Flats at each of the two intercoms, as the other readings have them.
const FLATS: usize = 30;
/// Requests under way at once, at most.
const AT_ONCE: usize = 8;

/// What the process finds when it starts.
#[derive(Serialize, Deserialize)]
struct Home {
    now: DateTime<Utc>,
    entries: Vec<(String, Vec<u8>)>,
    preferences: Value,
    store: PathBuf,
    request: (String, bool),
}

/// What the process does that is killed: it reads the building.
async fn read_until_killed(home: &Path) {
    let home: Home = serde_json::from_slice(&std::fs::read(home).unwrap()).unwrap();
    let (keyring, preferences) = (Arc::<TestKeyring>::default(), Arc::<TestPreferences>::default());
    *keyring.entries.lock().unwrap() = home.entries.into_iter().collect();
    *preferences.document.lock().unwrap() = Some(home.preferences);
    let desk = desk(&TestClock::at(home.now), &keyring, &preferences, Some(home.store));
    let (server, everything) = home.request;
    let summary = desk.sync(SyncRequest { server, everything }).await.unwrap();
    assert!(summary.is_complete, "{summary:?}");
    let mut out = std::io::stdout();
    writeln!(out, "\n{READ}").unwrap();
    out.flush().unwrap();
}

/// Starts the process that reads; it finds everything as the world has it.
fn start(world: &World, home: &Path, everything: bool) -> Child {
    let found = Home {
        now: world.clock.now(),
        entries: world.keyring.entries.lock().unwrap().clone().into_iter().collect(),
        preferences: world.preferences.document.lock().unwrap().clone().unwrap(),
        store: world.store(),
        request: (world.server.clone(), everything),
    };
    std::fs::write(home, serde_json::to_vec(&found).unwrap()).unwrap();
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "--nocapture", "--test-threads=1", TEST])
        .env(KILLED, home)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// Lets it read until it has sent so many requests, and kills it then; whether it had read everything before.
async fn read_for(world: &World, home: &Path, everything: bool, requests: usize) -> bool {
    let control = world.simulator.control();
    let until = count_all(world) + requests;
    let mut process = start(world, home, everything);
    let lines = BufReader::new(process.stdout.take().unwrap()).lines();
    let mut said = tokio::task::spawn_blocking(move || {
        let lines: Vec<String> = lines.map_while(Result::ok).collect();
        lines.iter().any(|line| line == READ)
    });
    let ended = tokio::select! {
        said = &mut said => Some(said.unwrap()),
        () = control.wait_until_asked(Call::Any, until) => None,
    };
    process.kill().unwrap();
    process.wait().unwrap();
    match ended {
        Some(has_read) => {
            assert!(has_read, "it ended by itself and had not read everything");
            true
        }
        None => said.await.unwrap(),
    }
}

fn count_all(world: &World) -> usize {
    world.simulator.control().requests().len()
}

/// Looks into the files as they were left: whole, with indexes that say what the tables say.
fn look_into(world: &World) {
    const OF_CACHE: [&str; 6] =
        ["intercom_word", "key_word", "key_whole_word", "resident_word", "resident_whole_word", "code_word"];
    let files = [("cache.db", &OF_CACHE[..]), ("journal.db", &["entry_word"][..])];
    for (file, indexed) in files {
        let file = world.raw(file);
        let answer: String = file.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
        assert_eq!(answer, "ok");
        let strays =
            file.prepare("PRAGMA foreign_key_check").unwrap().query([]).unwrap().next().unwrap().is_some();
        assert!(!strays);
        for index in indexed {
            file.execute(&format!("INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)"), [])
                .unwrap();
        }
    }
}

/// The files as the program opens them: nothing is set aside, and what was there is there.
fn open_again(world: &World, key: [u8; 32], has_read_once: bool) {
    let (store, opened) = Store::open(&world.store(), &Key::new(key)).unwrap();
    assert_eq!(opened, Opened::default());
    let look = |rows: &store::Rows<'_>| {
        for intercom in [INTERCOM, SECOND] {
            let known = rows.flats().count(intercom)?;
            assert!(known == FLATS || (!has_read_once && known < FLATS), "no flat is lost or gone: {known}");
        }
        Ok(())
    };
    store.with(&world.server, look).unwrap();
}

/// Everything a desk knows of the building, without when it was told.
async fn known(desk: &Desk, server: &str) -> Vec<Value> {
    let mut all = Vec::new();
    let server = || server.to_owned();
    for intercom in [INTERCOM, SECOND] {
        let (filter, descending, offset, limit) = (String::new(), false, 0, 500);
        let flats = ListFlats {
            server: server(),
            intercom,
            filter,
            sort: FlatSort::Number,
            descending,
            offset,
            limit,
        };
        let filter = String::new();
        let keys =
            ListKeys { server: server(), intercom, filter, sort: KeySort::Key, descending, offset, limit };
        for row in desk.list_flats(flats).await.unwrap().rows {
            let named = FlatRef { server: server(), intercom, flat: row.id.unwrap() };
            all.push(serde_json::to_value(desk.get_flat(named).await.unwrap().unwrap()).unwrap());
            all.push(serde_json::to_value(row).unwrap());
        }
        all.push(serde_json::to_value(desk.list_keys(keys).await.unwrap().rows).unwrap());
    }
    let (filter, search) = (CodeFilter::All, String::new());
    let codes = ListCodes { server: server(), filter, search, offset: 0, limit: 500 };
    all.push(serde_json::to_value(desk.list_codes(codes).await.unwrap().rows).unwrap());
    all.iter_mut().for_each(without_times);
    all
}

fn without_times(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.retain(|name, _| !name.ends_with("At"));
            fields.values_mut().for_each(without_times);
        }
        Value::Array(items) => items.iter_mut().for_each(without_times),
        _ => {}
    }
}

/// Changes the building between two readings.
fn change(world: &World, turn: usize, flats: &[u64]) {
    let edit = |edit| world.simulator.control().edit(edit).unwrap();
    let flat = flats[turn % flats.len()];
    let (name, login) = (format!("Жилец {turn}"), format!("resident{turn}@example.org"));
    edit(Edit::AddResident { intercom: INTERCOM, flat, name, login });
    let key = edit(Edit::AddKey { intercom: SECOND, flat: None, key: format!("{turn:08X}"), user: None });
    if turn.is_multiple_of(2) {
        edit(Edit::RemoveKey { intercom: SECOND, key: key.unwrap() });
    }
}

#[tokio::test]
async fn however_often_the_process_is_killed_in_the_middle_of_a_reading_the_files_are_whole_and_it_goes_on() {
    // The test starts itself as the process that is killed.
    if let Some(home) = std::env::var_os(KILLED) {
        return read_until_killed(Path::new(&home)).await;
    }
    let kills = std::env::var(ASKED_FOR).map_or(KILLS, |asked| asked.parse().unwrap());
    let mut world = world_at(|options| {
        options.admin_codes_list = true;
        options.admin_token_life = TimeDelta::days(90);
    })
    .await;
    world.desk.app_state().await;
    let flats: Vec<u64> = {
        world.first_flat().await;
        world.flats("").await.rows.into_iter().filter_map(|row| row.id).collect()
    };
    // Only one process has the files.
    world.stop();
    let key: [u8; 32] = world.keyring.entries.lock().unwrap()["store"].clone().try_into().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("home.json");

    let (mut killed, mut turn) = (0, 0);
    while killed < kills {
        // One reading of everything, however often it is killed.
        turn += 1;
        world.clock.pass(TimeDelta::minutes(20));
        change(&world, turn, &flats);
        let asked = count(&world, Call::GetFlat);
        let mut tries = 0;
        loop {
            // Another moment each time, also where the same request comes again.
            let requests = 1 + (killed * 7 + turn) % FURTHEST;
            let is_over = read_for(&world, &home, tries == 0, requests).await;
            look_into(&world);
            open_again(&world, key, turn > 1);
            if is_over {
                break;
            }
            (killed, tries) = (killed + 1, tries + 1);
        }
        let read = count(&world, Call::GetFlat) - asked;
        assert!(read <= 2 * FLATS + tries * AT_ONCE, "{read} flats were asked for over {tries} kills");
    }
    assert!(turn > 1 && killed / turn > 2, "{killed} kills in {turn} readings");

    world.restart();
    world.desk.app_state().await;
    let kept = known(&world.desk, &world.server).await;
    let fresh = world.restarted();
    fresh.app_state().await;
    fresh.sync(SyncRequest { server: world.server.clone(), everything: true }).await.unwrap();
    assert_eq!(kept, known(&fresh, &world.server).await, "it is what the server has");
}
