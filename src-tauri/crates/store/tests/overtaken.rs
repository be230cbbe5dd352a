//! Answers that come late, and records that come and go: the later word counts, whichever answer brings it last.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::HashSet;

use chrono::{DateTime, TimeDelta, Utc};
use store::{
    DetailsDue, Error, FlatDetail, FlatKey, FlatRow, FlatSort, KeyRow, KeySort, LineRows, OwnerRow,
    ResidentRow, Rows, Store,
};

fn at(minutes: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::days(20_000) + TimeDelta::minutes(minutes)
}

fn flat(id: u64, keys: u32, asked_at: DateTime<Utc>) -> FlatRow {
    FlatRow {
        id: Some(id),
        number: "45".to_owned(),
        key_count: Some(keys),
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
        owner: OwnerRow::Nobody,
        flat: Some((flat, flat.to_string())),
        created_at: None,
        confirmed_at: asked_at,
        gone_at: None,
    }
}

fn over(work: impl FnOnce(&Rows<'_>) -> Result<(), Error>) {
    Store::in_memory().unwrap().with("a", work).unwrap();
}

fn here(rows: &Rows<'_>) -> Result<(Vec<u64>, Vec<u64>), Error> {
    let flats = rows.flats().window(1, "", FlatSort::Number, false, 0, 9)?.rows;
    let keys = rows.keys().window(1, "", KeySort::Key, false, 0, 9)?.rows;
    Ok((flats.iter().filter_map(|flat| flat.id).collect(), keys.iter().map(|key| key.id).collect()))
}

#[test]
fn what_was_seen_since_a_list_was_asked_for_is_not_gone_because_of_it() {
    over(|rows| {
        rows.flats().put(1, flat(7, 1, at(10)))?;
        rows.keys().put_all(1, &[key(9, 7, at(10))])?;
        rows.flats().keep_only(1, &HashSet::new(), at(5))?;
        rows.keys().keep_only(1, &HashSet::new(), at(5))?;
        assert_eq!(here(rows)?, (vec![7], vec![9]));
        rows.flats().keep_only(1, &HashSet::new(), at(20))?;
        rows.keys().keep_only(1, &HashSet::new(), at(20))?;
        assert_eq!(here(rows)?, (vec![], vec![]));
        Ok(())
    });
}

#[test]
fn an_answer_that_was_asked_for_earlier_does_not_replace_a_later_one() {
    over(|rows| {
        rows.flats().put(1, flat(7, 3, at(10)))?;
        rows.keys().put_all(1, &[key(9, 7, at(10))])?;
        rows.flats().put_listed(1, vec![flat(7, 1, at(5))])?;
        rows.keys().put_all(1, &[key(9, 8, at(5))])?;
        assert_eq!(rows.flats().get(1, &FlatKey::Id(7))?.unwrap(), flat(7, 3, at(10)));
        assert_eq!(rows.keys().window(1, "", KeySort::Key, false, 0, 9)?.rows, [key(9, 7, at(10))]);
        // Much later it was told while this computer's clock was wrong.
        rows.flats().put(1, flat(7, 4, at(-600)))?;
        rows.keys().put_all(1, &[key(9, 8, at(-600))])?;
        assert_eq!(rows.flats().get(1, &FlatKey::Id(7))?.unwrap().key_count, Some(4));
        assert_eq!(rows.keys().window(1, "", KeySort::Key, false, 0, 9)?.rows, [key(9, 8, at(-600))]);
        Ok(())
    });
}

#[test]
fn who_lives_in_a_flat_and_its_keys_are_as_the_later_question_was_answered() {
    let told = |key_id: u64, name: &str, asked_at| FlatDetail {
        flat: flat(7, 1, asked_at),
        keys: Some((vec![key(key_id, 7, asked_at)], asked_at)),
        residents: Some((
            vec![ResidentRow { id: key_id, name: Some(name.to_owned()), login: None, valid_until: None }],
            asked_at,
        )),
    };
    let known = |rows: &Rows<'_>| {
        let inside = rows.flats().detail(1, 7)?.unwrap();
        let (keys, residents) = (inside.keys.unwrap(), inside.residents.unwrap());
        assert_eq!(keys.1, residents.1);
        let names = residents.0.into_iter().filter_map(|one| one.name).collect::<Vec<_>>();
        Ok::<_, Error>((keys.0.iter().map(|key| key.id).collect::<Vec<_>>(), names, residents.1))
    };
    over(|rows| {
        rows.flats().put_detail(1, told(2, "Анна", at(10)))?;
        // It was asked for before, and is here only now.
        rows.flats().put_detail(1, told(1, "Пётр", at(5)))?;
        assert_eq!(known(rows)?, (vec![2], vec!["Анна".to_owned()], at(10)));
        rows.flats().put_detail(1, told(3, "Ольга", at(15)))?;
        assert_eq!(known(rows)?, (vec![3], vec!["Ольга".to_owned()], at(15)));
        Ok(())
    });
}

#[test]
fn the_keys_of_a_flat_that_is_gone_are_gone_with_it_until_a_list_names_them() {
    over(|rows| {
        rows.flats().put(1, flat(7, 1, at(0)))?;
        rows.keys().put_all(1, &[key(9, 7, at(0))])?;
        rows.flats().keep_only(1, &HashSet::new(), at(5))?;
        assert_eq!(here(rows)?, (vec![], vec![]));
        rows.keys().put_all(1, &[key(9, 7, at(10))])?;
        assert_eq!(here(rows)?, (vec![], vec![9]));
        Ok(())
    });
}

#[test]
fn by_its_number_a_flat_that_was_made_anew_is_found_not_the_one_that_is_gone() {
    over(|rows| {
        rows.flats().put(1, flat(7, 1, at(0)))?;
        rows.flats().put(1, flat(8, 1, at(5)))?;
        rows.flats().keep_only(1, &HashSet::from([8]), at(5))?;
        let found = rows.flats().get(1, &FlatKey::Number("45".to_owned()))?.unwrap();
        assert_eq!(found.id, Some(8));
        Ok(())
    });
}

#[test]
fn a_server_that_leaves_out_the_residents_is_not_asked_for_the_flat_again_at_once() {
    over(|rows| {
        let inside = FlatDetail { flat: flat(7, 1, at(0)), keys: Some((vec![], at(0))), residents: None };
        rows.flats().put_detail(1, inside)?;
        let due = |minutes| {
            let age = TimeDelta::hours(24);
            DetailsDue { now: at(minutes), before: None, age, spread: TimeDelta::zero() }
        };
        assert_eq!(rows.sync().details_due(1, due(16))?, [0; 0]);
        assert_eq!(rows.sync().details_due(1, due(24 * 60))?, [7]);
        Ok(())
    });
}
