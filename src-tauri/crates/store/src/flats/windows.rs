//! Stretches of an intercom's list of flats, in any order.

use chrono::{DateTime, Utc};
use rusqlite::params;

use super::{FlatRow, Flats, HERE, flat_row};
use crate::error::Error;
use crate::value::At;
use crate::window::{Window, folded, prefix_end};

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

impl Flats<'_> {
    /// When the one of an intercom's flats was confirmed that was not confirmed for longest: none that is still there is older.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub fn oldest(&self, intercom: u64) -> Result<Option<DateTime<Utc>>, Error> {
        let mut find = self.cache.prepare_cached(&format!("SELECT min(confirmed_at) {HERE}"))?;
        let oldest = find.query_row(params![self.server, intercom], |row| row.get::<_, Option<At>>(0))?;
        Ok(oldest.map(|At(at)| at))
    }

    /// How many flats of an intercom are known.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub fn count(&self, intercom: u64) -> Result<usize, Error> {
        let mut count = self.cache.prepare_cached(&format!("SELECT count(*) {HERE}"))?;
        Ok(count.query_row(params![self.server, intercom], |row| row.get(0))?)
    }

    /// The flats whose number begins with `filter`, sorted, cut to a window. Unknown counts sort last.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub fn window(
        &self,
        intercom: u64,
        filter: &str,
        sort: FlatSort,
        descending: bool,
        offset: usize,
        limit: usize,
    ) -> Result<Window<FlatRow>, Error> {
        let from = folded(filter.trim());
        let (to, order) = (prefix_end(&from), ordered(sort, descending));
        let (found, total) = if from.is_empty() {
            // Put as a stretch of all texts it would be looked up by text, and sorted as a whole.
            (HERE.to_owned(), self.count(intercom)?)
        } else {
            let found = format!("{HERE} AND number_folded >= ?3 AND number_folded < ?4");
            let mut count = self.cache.prepare_cached(&format!("SELECT count(*) {found}"))?;
            let total = count.query_row(params![self.server, intercom, from, to], |row| row.get(0))?;
            (found, total)
        };
        let mut select =
            self.cache.prepare_cached(&format!("SELECT * {found} ORDER BY {order} LIMIT ?5 OFFSET ?6"))?;
        let rows = select
            .query_map(params![self.server, intercom, from, to, limit, offset], flat_row)?
            .collect::<Result<_, _>>()?;
        Ok(Window { total, offset, rows })
    }
}

/// The order of a list of flats.
pub(super) fn ordered(sort: FlatSort, descending: bool) -> String {
    let direction = if descending { "DESC" } else { "ASC" };
    // Numbers before texts, each in its own order.
    let by_number = "number_value IS NULL, number_value, number, id";
    match sort {
        FlatSort::Number if descending => {
            "number_value IS NULL DESC, number_value DESC, number DESC, id DESC".to_owned()
        }
        FlatSort::Number => by_number.to_owned(),
        FlatSort::Keys => format!("key_count IS NULL, key_count {direction}, {by_number}"),
        FlatSort::Residents => format!("resident_count IS NULL, resident_count {direction}, {by_number}"),
        // On before off; lines nobody told of come last in either direction.
        FlatSort::Analog => by_line("analog", descending, by_number),
        FlatSort::Smartphone => by_line("smartphone", descending, by_number),
        FlatSort::Landline => by_line("landline", descending, by_number),
    }
}

fn by_line(line: &str, descending: bool, then: &str) -> String {
    let direction = if descending { "ASC" } else { "DESC" };
    format!("{line} IS NULL, {line} {direction}, {then}")
}
