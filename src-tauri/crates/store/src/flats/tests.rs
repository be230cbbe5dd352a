use super::*;
use crate::{IntercomRow, Rows, Store};

fn row(id: u64, number: &str, keys: Option<u32>) -> FlatRow {
    FlatRow {
        id: Some(id),
        number: number.to_owned(),
        key_count: keys,
        resident_count: None,
        lines: LineRows::default(),
        confirmed_at: DateTime::UNIX_EPOCH,
        gone_at: None,
    }
}

fn rows() -> Vec<FlatRow> {
    vec![row(1, "10", Some(2)), row(2, "9", None), row(3, "12А", Some(7)), row(4, "100", Some(0))]
}

/// What `work` answers over the four flats.
fn over<T>(work: impl FnOnce(&Flats<'_>) -> Result<T, Error>) -> T {
    let store = Store::in_memory().unwrap();
    let answer = store.with("a", |kept| {
        kept.flats().put_listed(1, rows())?;
        work(&kept.flats())
    });
    answer.unwrap()
}

fn numbers(flats: &Flats<'_>, filter: &str, sort: FlatSort, descending: bool) -> Vec<String> {
    let window = flats.window(1, filter, sort, descending, 0, 100).unwrap();
    window.rows.into_iter().map(|row| row.number).collect()
}

fn at(seconds: i64) -> Option<DateTime<Utc>> {
    DateTime::from_timestamp(seconds, 0)
}

fn line(state: bool, seconds: i64) -> LineRow {
    LineRow { state: Some(state), confirmed_at: at(seconds) }
}

#[test]
fn door_numbers_sort_as_numbers_and_texts_come_after_them() {
    over(|flats| {
        assert_eq!(numbers(flats, "", FlatSort::Number, false), ["9", "10", "100", "12А"]);
        assert_eq!(numbers(flats, "", FlatSort::Number, true), ["12А", "100", "10", "9"]);
        Ok(())
    });
}

#[test]
fn flats_whose_keys_were_not_counted_come_last_in_either_direction() {
    over(|flats| {
        assert_eq!(numbers(flats, "", FlatSort::Keys, false), ["100", "10", "12А", "9"]);
        assert_eq!(numbers(flats, "", FlatSort::Keys, true), ["12А", "10", "100", "9"]);
        Ok(())
    });
}

#[test]
fn a_filter_is_the_beginning_of_the_number() {
    over(|flats| {
        assert_eq!(numbers(flats, " 10 ", FlatSort::Number, false), ["10", "100"]);
        assert_eq!(numbers(flats, "12а", FlatSort::Number, false), ["12А"]);
        Ok(())
    });
}

#[test]
fn a_window_is_a_stretch_of_what_was_found_and_says_how_much_that_is() {
    let window = over(|flats| flats.window(1, "1", FlatSort::Number, false, 1, 1));
    assert_eq!((window.total, window.offset), (3, 1));
    assert_eq!(window.rows, [row(4, "100", Some(0))]);
}

#[test]
fn a_line_that_a_later_answer_does_not_name_keeps_its_state_and_age() {
    let known = over(|flats| {
        flats.set_lines(1, &FlatKey::Id(1), |lines| lines.landline = line(true, 60))?;
        let mut again = row(1, "10", None);
        again.lines.analog = line(false, 120);
        flats.put(1, again)?;
        flats.get(1, &FlatKey::Id(1))
    })
    .unwrap();
    assert_eq!(known.lines.landline, line(true, 60));
    assert_eq!(known.lines.analog.state, Some(false));
    assert_eq!(known.key_count, Some(2));
}

#[test]
fn an_answer_that_was_asked_for_before_a_switch_does_not_undo_it() {
    let known = over(|flats| {
        flats.set_lines(1, &FlatKey::Id(1), |lines| lines.analog = line(true, 120))?;
        let mut late = row(1, "10", None);
        late.lines.analog = line(false, 60);
        flats.put(1, late)?;
        flats.get(1, &FlatKey::Id(1))
    });
    assert_eq!(known.unwrap().lines.analog.state, Some(true));
}

#[test]
fn what_was_told_while_the_clock_was_hours_ahead_does_not_outlive_its_correction() {
    let known = over(|flats| {
        flats.set_lines(1, &FlatKey::Id(1), |lines| lines.analog = line(true, 3 * 3_600))?;
        let mut now = row(1, "10", None);
        now.lines.analog = line(false, 60);
        flats.put(1, now)?;
        flats.get(1, &FlatKey::Id(1))
    });
    assert_eq!(known.unwrap().lines.analog, line(false, 60));
}

#[test]
fn what_was_told_of_a_number_alone_becomes_the_flats_own_when_its_id_is_told() {
    over(|flats| {
        let key = FlatKey::Number("10".to_owned());
        flats.put_numbers(2, 9..=11, DateTime::UNIX_EPOCH)?;
        flats.set_lines(2, &key, |lines| lines.analog = line(true, 60))?;
        flats.put(2, row(1, "10", Some(2)))?;
        assert_eq!(flats.count(2)?, 3);
        assert_eq!(flats.get(2, &key)?.unwrap().id, Some(1), "the number still names it");
        assert_eq!(flats.get(2, &FlatKey::Id(1))?.unwrap().lines.analog.state, Some(true));
        flats.put_numbers(2, 9..=11, DateTime::UNIX_EPOCH)?;
        assert_eq!(flats.count(2)?, 3, "a known flat is not there twice");
        Ok(())
    });
}

#[test]
fn lines_sort_on_before_off_and_unknown_last_in_either_direction() {
    over(|flats| {
        for (id, state) in [(1, Some(false)), (2, Some(true)), (3, None)] {
            let told = LineRow { state, confirmed_at: at(60) };
            flats.set_lines(1, &FlatKey::Id(id), |lines| lines.landline = told)?;
        }
        assert_eq!(numbers(flats, "", FlatSort::Landline, false), ["9", "10", "100", "12А"]);
        assert_eq!(numbers(flats, "", FlatSort::Landline, true), ["10", "9", "100", "12А"]);
        Ok(())
    });
}

#[test]
fn what_is_inside_a_flat_stays_until_it_is_told_anew() {
    over(|flats| {
        let resident = |id| ResidentRow { id, name: None, login: None, valid_until: None };
        let inside = |residents| FlatDetail { flat: row(1, "10", None), keys: None, residents };
        assert_eq!(flats.detail(1, 1)?.unwrap().residents, None, "the list alone does not tell");
        let told = Some((vec![resident(2), resident(1)], DateTime::UNIX_EPOCH));
        flats.put_detail(1, inside(told.clone()))?;
        flats.put_detail(1, inside(None))?;
        flats.put_listed(1, rows())?;
        assert_eq!(flats.detail(1, 1)?.unwrap().residents, told);
        let none = Some((vec![], DateTime::UNIX_EPOCH));
        flats.put_detail(1, inside(none.clone()))?;
        assert_eq!(flats.detail(1, 1)?.unwrap().residents, none, "nobody lives there, as it was told");
        Ok(())
    });
}

#[test]
fn a_flat_missing_from_the_whole_list_is_out_of_the_lists_and_known_to_be_gone_until_it_is_told_again() {
    over(|flats| {
        let then = DateTime::UNIX_EPOCH;
        flats.put_numbers(1, 500..=500, then)?;
        flats.keep_only(1, &HashSet::from([2]), then)?;
        assert_eq!(numbers(flats, "", FlatSort::Number, false), ["9"]);
        assert_eq!(flats.count(1)?, 1);
        assert_eq!(flats.get(1, &FlatKey::Id(1))?.unwrap().gone_at, Some(then));
        assert_eq!(flats.get(1, &FlatKey::Number("500".to_owned()))?, None, "nobody knew more of it");
        flats.keep_only(1, &HashSet::from([2]), then + chrono::TimeDelta::days(1))?;
        assert_eq!(flats.get(1, &FlatKey::Id(1))?.unwrap().gone_at, Some(then), "since the first time");
        flats.put(1, row(1, "10", None))?;
        assert_eq!(flats.get(1, &FlatKey::Id(1))?.unwrap().gone_at, None);
        Ok(())
    });
}

#[test]
fn without_the_admin_account_only_what_billing_told_of_doors_is_left() {
    let store = Store::in_memory().unwrap();
    let look = |rows: &Rows<'_>| {
        let panel = IntercomRow { flats: Some((45, 47)), ..IntercomRow::nameless(1, DateTime::UNIX_EPOCH) };
        rows.intercoms().put(&panel)?;
        // The admin account's, in the panel's range and beyond it; one that billing answered with; and a door alone.
        let on = |state| LineRow { state: Some(state), confirmed_at: Some(DateTime::UNIX_EPOCH) };
        let flat = |id: Option<u64>, number: &str| FlatRow {
            id,
            number: number.to_owned(),
            key_count: id.map(|_| 2),
            resident_count: None,
            lines: LineRows { analog: on(true), ..LineRows::default() },
            confirmed_at: DateTime::UNIX_EPOCH,
            gone_at: None,
        };
        rows.flats()
            .put_listed(1, vec![flat(Some(545), "45"), flat(Some(599), "99"), flat(Some(547), "047")])?;
        rows.flats().put(1, FlatRow { key_count: None, ..flat(Some(546), "46") })?;
        rows.flats().put_numbers(1, 45..=47, DateTime::UNIX_EPOCH)?;
        let all = rows.doors().window(1, "", FlatSort::Number, false, 0, 9)?;
        let shown = all.rows.iter().map(|row| (row.id, row.number.as_str(), row.lines.analog.state));
        assert_eq!(
            shown.collect::<Vec<_>>(),
            [(None, "45", None), (Some(546), "46", Some(true)), (None, "47", None)]
        );
        assert!(all.rows.iter().all(|row| row.key_count.is_none()));
        assert_eq!((all.total, rows.doors().count(1)?), (3, 3));
        assert_eq!(rows.doors().get(1, "99")?, None);
        assert_eq!(rows.doors().get(1, "45")?.unwrap().id, None);
        let turned = rows.doors().window(1, "4", FlatSort::Analog, true, 1, 1)?;
        assert_eq!((turned.total, turned.rows[0].number.as_str()), (3, "45"));
        Ok(())
    };
    store.with("a", look).unwrap();
}
