use std::collections::HashSet;

use super::*;
use crate::{FlatDetail, FlatRow, LineRows, Rows, Store};

fn then() -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::days(20_000)
}

fn flat(id: u64, keys: u32, asked_at: DateTime<Utc>) -> FlatRow {
    FlatRow {
        id: Some(id),
        number: id.to_string(),
        key_count: Some(keys),
        resident_count: None,
        lines: LineRows::default(),
        confirmed_at: asked_at,
        gone_at: None,
    }
}

fn detail(id: u64, asked_at: DateTime<Utc>) -> FlatDetail {
    let none = Some((vec![], asked_at));
    FlatDetail { flat: flat(id, 1, asked_at), keys: none, residents: Some((vec![], asked_at)) }
}

/// Flats 1 to 3, of which 1 and 2 were read in detail.
fn read(rows: &Rows<'_>) -> Result<(), Error> {
    rows.flats().put_listed(1, (1..=3).map(|id| flat(id, 1, then())).collect())?;
    rows.flats().put_detail(1, detail(1, then()))?;
    rows.flats().put_detail(1, detail(2, then()))
}

fn due(rows: &Rows<'_>, hours: i64) -> Result<Vec<u64>, Error> {
    let now = then() + TimeDelta::hours(hours);
    let due = DetailsDue { now, before: None, age: TimeDelta::hours(24), spread: TimeDelta::hours(12) };
    rows.sync().details_due(1, due)
}

fn over<T>(work: impl FnOnce(&Rows<'_>) -> Result<T, Error>) -> T {
    let store = Store::in_memory().unwrap();
    store.with("a", |rows| read(rows).and_then(|()| work(rows))).unwrap()
}

#[test]
fn what_is_still_to_be_read_follows_from_what_is_here() {
    over(|rows| {
        assert_eq!(due(rows, 1)?, [3], "an unchanged flat is not read again");
        let changed = then() + TimeDelta::minutes(30);
        rows.flats().put_listed(1, vec![flat(1, 1, then()), flat(2, 5, changed)])?;
        assert_eq!(due(rows, 1)?, [2, 3], "the list tells another count of keys");
        rows.flats().put_detail(1, detail(2, then()))?;
        assert_eq!(due(rows, 1)?, [2, 3], "what was asked for before the change does not settle it");
        rows.flats().put_detail(1, detail(2, changed))?;
        assert_eq!(due(rows, 1)?, [3]);
        rows.flats().keep_only(1, &HashSet::from([1, 2]), then())?;
        assert_eq!(due(rows, 1)?, [0; 0], "what is gone is not asked for");
        Ok(())
    });
}

#[test]
fn what_was_read_in_one_go_grows_old_little_by_little() {
    over(|rows| {
        for id in 1..=1_000 {
            rows.flats().put_detail(1, detail(id, then()))?;
        }
        let counts = [11, 13, 15, 18, 21, 24].map(|hours| due(rows, hours).unwrap().len());
        assert_eq!(counts[0], 0);
        assert!(counts.windows(2).all(|pair| pair[0] < pair[1]), "{counts:?}");
        assert!((450..550).contains(&counts[3]), "{counts:?}");
        assert_eq!(counts[5], 1_000);
        assert_eq!(due(rows, -1)?.len(), 1_000, "they were asked for while the clock was ahead");
        Ok(())
    });
}

#[test]
fn a_run_that_was_broken_off_goes_on_and_one_that_ended_does_not() {
    over(|rows| {
        let sync = rows.sync();
        assert_eq!(sync.run()?, None);
        let first = sync.begin(then(), true)?;
        let later = then() + TimeDelta::hours(1);
        assert_eq!(sync.begin(later, false)?, first, "it goes on as what it was");
        sync.finish(later, Some(&Unread { failed: 2, missed: vec![] }))?;
        let ended = sync.run()?.unwrap();
        assert_eq!((ended.finished_at, ended.completed_at, ended.failed), (Some(later), Some(later), 2));
        let second = sync.begin(later, false)?;
        assert_eq!((second.started_at, second.is_full, second.completed_at), (later, false, Some(later)));
        sync.finish(later + TimeDelta::hours(1), None)?;
        assert_eq!(
            sync.run()?.unwrap().completed_at,
            Some(later),
            "a run that was cut short completes nothing"
        );
        Ok(())
    });
}

#[test]
fn a_run_that_missed_a_list_completes_nothing_and_the_list_is_named_until_it_was_read() {
    over(|rows| {
        let sync = rows.sync();
        let later = |hours| then() + TimeDelta::hours(hours);
        sync.begin(then(), false)?;
        sync.finish(later(1), Some(&Unread::default()))?;
        sync.begin(later(2), false)?;
        let keys = MissedRow { list: SyncList::Keys(7), why: Some("{}".to_owned()) };
        let codes = MissedRow { list: SyncList::ClientCodes, why: None };
        let missed = vec![codes.clone(), keys.clone()];
        sync.finish(later(3), Some(&Unread { failed: 1, missed: missed.clone() }))?;
        let run = sync.run()?.unwrap();
        assert_eq!(
            (run.finished_at, run.completed_at, run.failed),
            (Some(later(3)), Some(later(1)), 1),
            "it ended, and the earlier one is the last that read everything"
        );
        assert_eq!(sync.missed()?, missed);
        sync.finish(later(4), None)?;
        assert_eq!(sync.missed()?, missed, "a run that was cut short has not tried them");
        sync.listed(SyncList::Keys(8), later(4))?;
        sync.listed(SyncList::ClientCodes, later(4))?;
        assert_eq!(sync.missed()?, [keys]);
        sync.finish(later(5), Some(&Unread::default()))?;
        assert_eq!((sync.missed()?, sync.run()?.unwrap().completed_at), (vec![], Some(later(5))));
        Ok(())
    });
}

#[test]
fn a_list_that_was_read_says_nothing_of_the_other_ones() {
    over(|rows| {
        rows.sync().listed(SyncList::Flats(1), then())?;
        assert_eq!(rows.sync().listed_at(SyncList::Flats(1))?, Some(then()));
        assert_eq!(rows.sync().listed_at(SyncList::Keys(1))?, None);
        assert_eq!(rows.sync().listed_at(SyncList::Flats(2))?, None);
        rows.sync().listed(SyncList::Keys(1), then() + TimeDelta::hours(1))?;
        assert_eq!(rows.sync().listed_at(SyncList::Flats(1))?, Some(then()));
        assert_eq!(rows.sync().counts()?, Counts { flats: 3, keys: 0, residents: 0 });
        Ok(())
    });
}

#[test]
fn keys_that_were_listed_before_any_flats_are_to_be_listed_again() {
    over(|rows| {
        let sync = rows.sync();
        let (flats, keys) = (SyncList::Flats(5), SyncList::Keys(5));
        sync.listed(keys, then())?;
        sync.listed(flats, then())?;
        assert_eq!((sync.listed_at(flats)?, sync.listed_at(keys)?), (Some(then()), None));
        sync.listed(keys, then())?;
        sync.listed(flats, then() + TimeDelta::hours(1))?;
        assert_eq!(sync.listed_at(keys)?, Some(then()));
        Ok(())
    });
}

#[test]
fn lists_of_codes_are_as_old_as_the_codes_say() {
    over(|rows| {
        let lists = [SyncList::ClientCodes, SyncList::AdminCodes(1), SyncList::AdminCodes(2)];
        let ages = || lists.map(|list| rows.sync().listed_at(list).unwrap());
        assert_eq!(ages(), [None, None, None]);
        let later = then() + TimeDelta::hours(1);
        let mut codes = rows.codes()?;
        codes.listed_at = Some(then());
        codes.listed_by_flat.insert(2, (later, vec![]));
        rows.keep_codes(&mut codes)?;
        assert_eq!(ages(), [Some(then()), None, Some(later)]);
        Ok(())
    });
}
