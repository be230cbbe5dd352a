//! What is done with one flat costs as much as that flat, whatever else its intercom has: counted in steps of SQLite, with no
//! clock.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::HashSet;

use chrono::{DateTime, TimeDelta, Utc};
use store::{
    Error, FlatDetail, FlatRow, FlatSort, Key, KeyRow, LineRows, OwnerRow, ResidentRow, Rows, Statement,
    Store,
};

const INTERCOM: u64 = 1;
/// The one flat that is asked for, and its keys.
const FLAT: u64 = 7;
const KEYS: u64 = 3;

fn at(minutes: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::days(20_000) + TimeDelta::minutes(minutes)
}

fn flat(id: u64, asked_at: DateTime<Utc>) -> FlatRow {
    FlatRow {
        id: Some(id),
        number: id.to_string(),
        key_count: None,
        resident_count: None,
        lines: LineRows::default(),
        confirmed_at: asked_at,
        gone_at: None,
    }
}

fn key(id: u64, flat: u64, asked_at: DateTime<Utc>) -> KeyRow {
    KeyRow {
        id,
        key: format!("{id:08X}"),
        owner: OwnerRow::User { id: 5, name: Some("Пётр".to_owned()), login: None },
        flat: Some((flat, flat.to_string())),
        created_at: Some(at(0)),
        confirmed_at: asked_at,
        gone_at: None,
    }
}

fn detail(asked_at: DateTime<Utc>) -> FlatDetail {
    let resident = |id| ResidentRow { id, name: Some("Анна".to_owned()), login: None, valid_until: None };
    FlatDetail {
        flat: flat(FLAT, asked_at),
        keys: Some(((1..=KEYS).map(|id| key(id, FLAT, asked_at)).collect(), asked_at)),
        residents: Some(((1..=2).map(resident).collect(), asked_at)),
    }
}

/// What `work` asks the files for where the intercom has so many more flats, with as many keys each as the one.
fn asked_for(others: u64, work: impl Fn(&Rows<'_>) -> Result<(), Error>) -> Vec<Statement> {
    let folder = tempfile::tempdir().unwrap();
    let open = || Store::open(folder.path(), &Key::new([7; 32])).unwrap().0;
    let store = open();
    let fill = |rows: &Rows<'_>| {
        let first = FLAT + 1;
        rows.flats().put_listed(INTERCOM, (first..first + others).map(|id| flat(id, at(0))).collect())?;
        let keys = (0..others * KEYS).map(|nth| key(1_000 + nth, first + nth / KEYS, at(0)));
        rows.keys().put_all(INTERCOM, &keys.collect::<Vec<_>>())?;
        rows.flats().put_detail(INTERCOM, detail(at(0)))
    };
    store.with("a", fill).unwrap();
    // Steps are counted since a statement was prepared: here none is yet.
    drop(store);
    let (done, statements) = open().traced(|store| store.with("a", |rows| work(rows))).unwrap();
    done.unwrap();
    statements
}

fn steps(statements: &[Statement]) -> u64 {
    statements.iter().map(|one| one.steps).sum()
}

#[test]
fn taking_in_and_reading_one_flat_costs_the_same_whatever_else_there_is() {
    let work = |rows: &Rows<'_>| {
        rows.flats().put_detail(INTERCOM, detail(at(1)))?;
        let kept = rows.flats().detail(INTERCOM, FLAT)?;
        assert_eq!(kept, Some(detail(at(1))));
        Ok(())
    };
    let (few, many) = (asked_for(2, work), asked_for(600, work));
    assert!(!few.is_empty());
    assert_eq!(steps(&few), steps(&many), "{many:#?}");
}

#[test]
fn a_flat_that_is_gone_costs_the_same_whatever_keys_the_others_have() {
    let all = |others: u64| -> HashSet<u64> { (FLAT + 1..=FLAT + others).collect() };
    let leave = |others: u64| {
        let statements = asked_for(others, |rows| rows.flats().keep_only(INTERCOM, &all(others), at(1)));
        let keys = statements.iter().filter(|one| one.sql.starts_with("UPDATE key"));
        keys.map(|one| one.steps).sum::<u64>()
    };
    assert!(leave(2) > 0);
    assert_eq!(leave(2), leave(600));
}

#[test]
fn the_first_rows_by_number_are_taken_as_they_stand_and_not_sorted() {
    let first = |rows: &Rows<'_>| {
        for descending in [false, true] {
            let window = rows.flats().window(INTERCOM, "", FlatSort::Number, descending, 0, 20)?;
            assert_eq!(window.rows.len(), 20);
        }
        Ok(())
    };
    let rows = |others| {
        let statements = asked_for(others, first);
        let windows: Vec<u64> = statements
            .iter()
            .filter(|one| one.sql.starts_with("SELECT * FROM flat"))
            .map(|one| one.steps)
            .collect();
        assert_eq!(windows.len(), 2);
        windows
    };
    assert_eq!(rows(30), rows(600));
}

#[test]
fn what_is_told_again_as_it_was_is_a_new_age_and_nothing_else() {
    let again = asked_for(2, |rows| {
        rows.flats().put_detail(INTERCOM, detail(at(1)))?;
        rows.flats().put_listed(INTERCOM, vec![flat(FLAT, at(2))])
    });
    let written = |table: &str| {
        let is_written = |one: &&Statement| one.sql.starts_with(&format!("INSERT INTO {table}"));
        again.iter().filter(is_written).count()
    };
    assert_eq!(["flat", "key", "resident"].map(written), [0, 0, 0], "{again:#?}");
}
