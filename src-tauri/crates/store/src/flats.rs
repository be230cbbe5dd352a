//! Rows of flats and their lines.

use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::RangeInclusive;

use chrono::{DateTime, Utc};

use crate::window::{Window, folded};

/// One line's last known state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LineRow {
    /// On, off, or unknown.
    pub state: Option<bool>,
    /// When the server last said so.
    pub confirmed_at: Option<DateTime<Utc>>,
}

/// The three lines: analog, smartphone, landline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LineRows {
    /// The analog handset.
    pub analog: LineRow,
    /// The smartphone.
    pub smartphone: LineRow,
    /// The landline.
    pub landline: LineRow,
}

impl LineRows {
    /// A later answer over an earlier one: a line it does not name keeps its value and its own age, and so does one
    /// that was confirmed after the answer was asked for.
    pub fn merge(self, earlier: Self) -> Self {
        let merge = |later: LineRow, earlier: LineRow| {
            let is_news = later.state.is_some() && later.confirmed_at >= earlier.confirmed_at;
            if is_news { later } else { earlier }
        };
        Self {
            analog: merge(self.analog, earlier.analog),
            smartphone: merge(self.smartphone, earlier.smartphone),
            landline: merge(self.landline, earlier.landline),
        }
    }
}

/// What tells a flat from the others of its intercom.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum FlatKey {
    /// Its record id.
    Id(u64),
    /// Its door number, while nobody has told the id.
    Number(String),
}

/// A flat as it was last seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FlatRow {
    /// Record id; `None` where only the panel's range of numbers is known.
    pub id: Option<u64>,
    /// Door number.
    pub number: String,
    /// Its keys, unless the server did not count.
    pub key_count: Option<u32>,
    /// Its residents, unless the server did not count.
    pub resident_count: Option<u32>,
    /// Its lines.
    pub lines: LineRows,
    /// When this was last confirmed.
    pub confirmed_at: DateTime<Utc>,
}

impl FlatRow {
    /// What tells it from the others of its intercom.
    pub fn key(&self) -> FlatKey {
        self.id.map_or_else(|| FlatKey::Number(self.number.clone()), FlatKey::Id)
    }
}

/// What a list of flats is sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FlatSort {
    /// The door number, as a number where it is one.
    Number,
    /// How many keys.
    Keys,
    /// How many residents.
    Residents,
    /// The analog line: on, then off, then unknown.
    Analog,
    /// The smartphone line, likewise.
    Smartphone,
    /// The landline, likewise.
    Landline,
}

/// The flats of one server.
#[derive(Debug, Default)]
pub struct Flats {
    intercoms: HashMap<u64, BTreeMap<FlatKey, FlatRow>>,
}

impl Flats {
    /// Takes in the whole list of an intercom: flats that it does not name are gone.
    pub fn replace(&mut self, intercom: u64, rows: Vec<FlatRow>) {
        let mut earlier = self.intercoms.remove(&intercom).unwrap_or_default();
        let merged = rows.into_iter().map(|row| (row.key(), merge(row, &mut earlier))).collect();
        self.intercoms.insert(intercom, merged);
    }

    /// Takes in one flat. What was known of its number alone becomes its own.
    pub fn put(&mut self, intercom: u64, row: FlatRow) {
        let rows = self.intercoms.entry(intercom).or_default();
        let key = row.key();
        let merged = merge(row, rows);
        rows.insert(key, merged);
    }

    /// Takes in the door numbers of a panel; flats that are known by more stay as they are.
    pub fn put_numbers(&mut self, intercom: u64, numbers: RangeInclusive<u32>, told_at: DateTime<Utc>) {
        let rows = self.intercoms.entry(intercom).or_default();
        let known: HashSet<String> = rows.values().map(|row| row.number.clone()).collect();
        for number in numbers.map(|number| number.to_string()).filter(|number| !known.contains(number)) {
            let row = FlatRow {
                id: None,
                number,
                key_count: None,
                resident_count: None,
                lines: LineRows::default(),
                confirmed_at: told_at,
            };
            rows.insert(row.key(), row);
        }
    }

    /// One flat; by its number also once its id is known.
    pub fn get(&self, intercom: u64, key: &FlatKey) -> Option<&FlatRow> {
        let rows = self.intercoms.get(&intercom)?;
        rows.get(key).or_else(|| rows.values().find(|row| is_named(row, key)))
    }

    /// Changes a known flat's lines.
    pub fn set_lines(&mut self, intercom: u64, key: &FlatKey, change: impl FnOnce(&mut LineRows)) {
        let Some(rows) = self.intercoms.get_mut(&intercom) else { return };
        let found = if rows.contains_key(key) {
            rows.get_mut(key)
        } else {
            rows.values_mut().find(|row| is_named(row, key))
        };
        if let Some(row) = found {
            change(&mut row.lines);
        }
    }

    /// Takes in part of an intercom's list: what it does not name stays.
    pub fn put_all(&mut self, intercom: u64, rows: Vec<FlatRow>) {
        for row in rows {
            self.put(intercom, row);
        }
    }

    /// How many flats of an intercom are known.
    pub fn count(&self, intercom: u64) -> usize {
        self.intercoms.get(&intercom).map_or(0, BTreeMap::len)
    }

    /// The flats whose number begins with `filter`, sorted, cut to a window. Unknown counts sort last.
    pub fn window(
        &self,
        intercom: u64,
        filter: &str,
        sort: FlatSort,
        descending: bool,
        offset: usize,
        limit: usize,
    ) -> Window<FlatRow> {
        let filter = folded(filter.trim());
        let mut found: Vec<&FlatRow> = self
            .intercoms
            .get(&intercom)
            .into_iter()
            .flat_map(BTreeMap::values)
            .filter(|row| folded(&row.number).starts_with(&filter))
            .collect();
        found.sort_by(|a, b| {
            let order = match sort {
                FlatSort::Number => directed(by_number(a, b), descending),
                FlatSort::Keys => by_count(a.key_count, b.key_count, descending),
                FlatSort::Residents => by_count(a.resident_count, b.resident_count, descending),
                FlatSort::Analog => by_line(a.lines.analog, b.lines.analog, descending),
                FlatSort::Smartphone => by_line(a.lines.smartphone, b.lines.smartphone, descending),
                FlatSort::Landline => by_line(a.lines.landline, b.lines.landline, descending),
            };
            order.then_with(|| by_number(a, b))
        });
        Window::cut(&found, offset, limit)
    }
}

fn is_named(row: &FlatRow, key: &FlatKey) -> bool {
    matches!(key, FlatKey::Number(number) if row.number == *number)
}

/// A row with what was known of the same flat before, which leaves `earlier`.
fn merge(row: FlatRow, earlier: &mut BTreeMap<FlatKey, FlatRow>) -> FlatRow {
    let by_number = earlier.remove(&FlatKey::Number(row.number.clone()));
    let by_id = row.id.and_then(|id| earlier.remove(&FlatKey::Id(id)));
    [by_number, by_id].into_iter().flatten().fold(row, |row, known| FlatRow {
        key_count: row.key_count.or(known.key_count),
        resident_count: row.resident_count.or(known.resident_count),
        lines: row.lines.merge(known.lines),
        ..row
    })
}

fn directed(order: Ordering, descending: bool) -> Ordering {
    if descending { order.reverse() } else { order }
}

fn by_count(a: Option<u32>, b: Option<u32>, descending: bool) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) => directed(a.cmp(&b), descending),
        (a, b) => a.is_none().cmp(&b.is_none()),
    }
}

/// On before off; lines nobody told of come last in either direction.
fn by_line(a: LineRow, b: LineRow, descending: bool) -> Ordering {
    match (a.state, b.state) {
        (Some(a), Some(b)) => directed(b.cmp(&a), descending),
        (a, b) => a.is_none().cmp(&b.is_none()),
    }
}

/// Numbers before texts, each in its own order.
fn by_number(a: &FlatRow, b: &FlatRow) -> Ordering {
    let number = |row: &FlatRow| row.number.parse::<u64>().ok();
    match (number(a), number(b)) {
        (Some(a), Some(b)) => a.cmp(&b),
        (a, b) => a.is_none().cmp(&b.is_none()),
    }
    .then_with(|| a.number.cmp(&b.number))
    .then(a.id.cmp(&b.id))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(id: u64, number: &str, keys: Option<u32>) -> FlatRow {
        FlatRow {
            id: Some(id),
            number: number.to_owned(),
            key_count: keys,
            resident_count: None,
            lines: LineRows::default(),
            confirmed_at: DateTime::UNIX_EPOCH,
        }
    }

    fn numbers(flats: &Flats, filter: &str, sort: FlatSort, descending: bool) -> Vec<String> {
        flats.window(1, filter, sort, descending, 0, 100).rows.into_iter().map(|row| row.number).collect()
    }

    fn flats() -> Flats {
        let mut flats = Flats::default();
        flats.replace(
            1,
            vec![row(1, "10", Some(2)), row(2, "9", None), row(3, "12А", Some(7)), row(4, "100", Some(0))],
        );
        flats
    }

    #[test]
    fn door_numbers_sort_as_numbers_and_texts_come_after_them() {
        assert_eq!(numbers(&flats(), "", FlatSort::Number, false), ["9", "10", "100", "12А"]);
        assert_eq!(numbers(&flats(), "", FlatSort::Number, true), ["12А", "100", "10", "9"]);
    }

    #[test]
    fn flats_whose_keys_were_not_counted_come_last_in_either_direction() {
        assert_eq!(numbers(&flats(), "", FlatSort::Keys, false), ["100", "10", "12А", "9"]);
        assert_eq!(numbers(&flats(), "", FlatSort::Keys, true), ["12А", "10", "100", "9"]);
    }

    #[test]
    fn a_filter_is_the_beginning_of_the_number() {
        assert_eq!(numbers(&flats(), " 10 ", FlatSort::Number, false), ["10", "100"]);
        assert_eq!(numbers(&flats(), "12а", FlatSort::Number, false), ["12А"]);
    }

    #[test]
    fn a_line_that_a_later_answer_does_not_name_keeps_its_state_and_age() {
        let mut flats = flats();
        let then = DateTime::from_timestamp(60, 0);
        flats.set_lines(1, &FlatKey::Id(1), |lines| {
            lines.landline = LineRow { state: Some(true), confirmed_at: then }
        });
        let mut again = row(1, "10", None);
        again.lines.analog = LineRow { state: Some(false), confirmed_at: DateTime::from_timestamp(120, 0) };
        flats.put(1, again);
        let known = flats.get(1, &FlatKey::Id(1)).unwrap();
        assert_eq!(known.lines.landline, LineRow { state: Some(true), confirmed_at: then });
        assert_eq!(known.lines.analog.state, Some(false));
        assert_eq!(known.key_count, Some(2));
    }

    #[test]
    fn an_answer_that_was_asked_for_before_a_switch_does_not_undo_it() {
        let mut flats = flats();
        let at = |seconds| DateTime::from_timestamp(seconds, 0);
        flats.set_lines(1, &FlatKey::Id(1), |lines| {
            lines.analog = LineRow { state: Some(true), confirmed_at: at(120) }
        });
        let mut late = row(1, "10", None);
        late.lines.analog = LineRow { state: Some(false), confirmed_at: at(60) };
        flats.put(1, late);
        assert_eq!(flats.get(1, &FlatKey::Id(1)).unwrap().lines.analog.state, Some(true));
    }

    #[test]
    fn what_was_told_of_a_number_alone_becomes_the_flats_own_when_its_id_is_told() {
        let mut flats = Flats::default();
        flats.put_numbers(1, 9..=11, DateTime::UNIX_EPOCH);
        let then = DateTime::from_timestamp(60, 0);
        let key = FlatKey::Number("10".to_owned());
        flats.set_lines(1, &key, |lines| lines.analog = LineRow { state: Some(true), confirmed_at: then });
        flats.put(1, row(1, "10", Some(2)));
        assert_eq!(flats.count(1), 3);
        assert_eq!(flats.get(1, &key).unwrap().id, Some(1), "the number still names it");
        assert_eq!(flats.get(1, &FlatKey::Id(1)).unwrap().lines.analog.state, Some(true));
        flats.put_numbers(1, 9..=11, DateTime::UNIX_EPOCH);
        assert_eq!(flats.count(1), 3, "a known flat is not there twice");
    }

    #[test]
    fn lines_sort_on_before_off_and_unknown_last_in_either_direction() {
        let mut flats = flats();
        for (id, state) in [(1, Some(false)), (2, Some(true)), (3, None)] {
            let then = DateTime::from_timestamp(60, 0);
            flats.set_lines(1, &FlatKey::Id(id), |lines| {
                lines.landline = LineRow { state, confirmed_at: then };
            });
        }
        assert_eq!(numbers(&flats, "", FlatSort::Landline, false), ["9", "10", "100", "12А"]);
        assert_eq!(numbers(&flats, "", FlatSort::Landline, true), ["10", "9", "100", "12А"]);
    }

    #[test]
    fn a_flat_missing_from_the_whole_list_is_gone() {
        let mut flats = flats();
        flats.replace(1, vec![row(2, "9", None)]);
        assert_eq!(flats.count(1), 1);
        assert!(flats.get(1, &FlatKey::Id(1)).is_none());
    }
}
