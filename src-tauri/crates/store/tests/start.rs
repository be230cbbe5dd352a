//! What a start reads grows with what it shows, not with what is stored: counted in steps of SQLite, with no clock.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use chrono::{DateTime, Utc};
use store::{FlatRow, FlatSort, IntercomRow, Key, KeyRow, LineRows, OwnerRow, Statement, Store};

const SHOWN: u64 = 40;

fn then() -> DateTime<Utc> {
    DateTime::UNIX_EPOCH
}

fn flat(id: u64, number: u64) -> FlatRow {
    FlatRow {
        id: Some(id),
        number: number.to_string(),
        key_count: None,
        resident_count: None,
        lines: LineRows::default(),
        confirmed_at: then(),
        gone_at: None,
    }
}

fn key(id: u64) -> KeyRow {
    KeyRow {
        id,
        key: format!("{id:08X}"),
        owner: OwnerRow::Nobody,
        flat: None,
        created_at: None,
        confirmed_at: then(),
        gone_at: None,
    }
}

/// What the first screen asks a store for that also has so many flats and keys at another intercom and another server.
fn statements_of_a_start(others: u64) -> Vec<Statement> {
    let folder = tempfile::tempdir().unwrap();
    let open = || Store::open(folder.path(), &Key::new([7; 32])).unwrap().0;
    let store = open();
    let numbered = |first: u64, count: u64| (1..=count).map(|number| flat(first + number, number)).collect();
    for server in ["shown", "other"] {
        let fill = |rows: &store::Rows<'_>| {
            rows.intercoms().put(&IntercomRow::nameless(1, then()))?;
            rows.intercoms().put(&IntercomRow::nameless(2, then()))?;
            rows.flats().put_listed(1, numbered(0, SHOWN))?;
            rows.flats().put_listed(2, numbered(SHOWN, others))?;
            rows.keys().put_all(2, &(1..=others).map(key).collect::<Vec<_>>())
        };
        store.with(server, fill).unwrap();
    }
    // As the program finds it: nothing is prepared yet.
    drop(store);
    let start = |store: &Store| {
        store.with("shown", |rows| {
            assert_eq!(rows.intercoms().all()?.len(), 2);
            let window = rows.flats().window(1, "", FlatSort::Number, false, 0, 200)?;
            assert_eq!(window.rows.len() as u64, SHOWN);
            rows.codes().map(drop)
        })
    };
    let (done, statements) = open().traced(start).unwrap();
    done.unwrap();
    statements
}

#[test]
fn a_start_reads_no_table_from_end_to_end_and_no_more_where_more_is_stored() {
    let (few, many) = (statements_of_a_start(10), statements_of_a_start(2_000));
    assert!(few.len() > 4);
    for statement in &many {
        // That table has one row for each table that counts, and no index.
        let is_own = !statement.sql.contains("sqlite_sequence");
        assert!(!is_own || statement.scanned == 0, "{statement:?}");
    }
    let steps = |all: &[Statement]| all.iter().map(|one| (one.sql.clone(), one.steps)).collect::<Vec<_>>();
    assert_eq!(steps(&few), steps(&many));
}
