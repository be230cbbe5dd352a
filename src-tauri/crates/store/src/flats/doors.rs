//! Flats as they are known without the admin account: what billing told, and nothing else.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, params};

use super::windows::{FlatSort, ordered};
use super::{FlatRow, flat_row};
use crate::error::Error;
use crate::value::At;
use crate::window::{Window, folded, prefix_end};

/// The flats of an intercom that the admin account has told nothing of, as they are; and of those it has, the door numbers
/// that the panel has as billing says, and no more.
const HERE: &str = "FROM (
        SELECT id, number, number_value, number_folded, key_count, resident_count, analog, analog_at, smartphone,
            smartphone_at, landline, landline_at, confirmed_at, NULL AS gone_at
        FROM flat
        WHERE server = ?1 AND intercom = ?2 AND gone_at IS NULL
            AND listed IS NULL AND changed_at IS NULL AND detail_at IS NULL AND keys_at IS NULL
            AND residents_at IS NULL
        UNION ALL
        SELECT NULL, flat.number, flat.number_value, flat.number_folded, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
            intercom.confirmed_at, NULL
        FROM flat JOIN intercom ON intercom.server = flat.server AND intercom.id = flat.intercom
        WHERE flat.server = ?1 AND flat.intercom = ?2
            AND flat.number_value BETWEEN intercom.flat_from AND intercom.flat_to
            AND flat.number = CAST(flat.number_value AS TEXT)
            AND NOT (flat.listed IS NULL AND flat.changed_at IS NULL AND flat.detail_at IS NULL
                AND flat.keys_at IS NULL AND flat.residents_at IS NULL)
        GROUP BY flat.number
    ) WHERE TRUE";

/// The doors of one server.
#[derive(Debug)]
pub struct Doors<'t> {
    pub(crate) cache: &'t Connection,
    pub(crate) server: i64,
}

impl Doors<'_> {
    /// The door of a number.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub fn get(&self, intercom: u64, number: &str) -> Result<Option<FlatRow>, Error> {
        let mut find = self.cache.prepare_cached(&format!("SELECT * {HERE} AND number = ?3 LIMIT 1"))?;
        Ok(find.query_row(params![self.server, intercom, number], flat_row).optional()?)
    }

    /// When the one was told of that was told of longest ago.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub fn oldest(&self, intercom: u64) -> Result<Option<DateTime<Utc>>, Error> {
        let mut find = self.cache.prepare_cached(&format!("SELECT min(confirmed_at) {HERE}"))?;
        let oldest = find.query_row(params![self.server, intercom], |row| row.get::<_, Option<At>>(0))?;
        Ok(oldest.map(|At(at)| at))
    }

    /// How many there are at an intercom.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub fn count(&self, intercom: u64) -> Result<usize, Error> {
        let mut count = self.cache.prepare_cached(&format!("SELECT count(*) {HERE}"))?;
        Ok(count.query_row(params![self.server, intercom], |row| row.get(0))?)
    }

    /// Those whose number begins with `filter`, sorted, cut to a window.
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
        let found = format!("{HERE} AND number_folded >= ?3 AND number_folded < ?4");
        let (to, order) = (prefix_end(&from), ordered(sort, descending));
        let mut count = self.cache.prepare_cached(&format!("SELECT count(*) {found}"))?;
        let total = count.query_row(params![self.server, intercom, from, to], |row| row.get(0))?;
        let mut select =
            self.cache.prepare_cached(&format!("SELECT * {found} ORDER BY {order} LIMIT ?5 OFFSET ?6"))?;
        let rows = select
            .query_map(params![self.server, intercom, from, to, limit, offset], flat_row)?
            .collect::<Result<_, _>>()?;
        Ok(Window { total, offset, rows })
    }
}
