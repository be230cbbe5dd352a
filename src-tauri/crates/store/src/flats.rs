//! Rows of flats and their lines.

mod doors;
mod windows;

use std::collections::HashSet;
use std::ops::RangeInclusive;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Row, named_params, params};

pub use self::doors::Doors;
pub use self::windows::FlatSort;
use crate::error::Error;
use crate::keys::{KeyRow, Keys};
use crate::residents::{self, ResidentRow};
use crate::value::{At, at, is_overtaken, kept, maybe_at};
use crate::window::folded;

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
            let is_overtaken = match (later.confirmed_at, earlier.confirmed_at) {
                (Some(later), Some(earlier)) => is_overtaken(later, earlier),
                (later, earlier) => later < earlier,
            };
            let is_news = later.state.is_some() && !is_overtaken;
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
    /// Since when a complete list does not name it any more.
    pub gone_at: Option<DateTime<Utc>>,
}

/// A flat with what is inside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FlatDetail {
    /// The flat.
    pub flat: FlatRow,
    /// Its keys and when they were told; `None`: never.
    pub keys: Option<(Vec<KeyRow>, DateTime<Utc>)>,
    /// Its residents and when they were told; `None`: never.
    pub residents: Option<(Vec<ResidentRow>, DateTime<Utc>)>,
}

impl FlatRow {
    /// What tells it from the others of its intercom.
    pub fn key(&self) -> FlatKey {
        self.id.map_or_else(|| FlatKey::Number(self.number.clone()), FlatKey::Id)
    }

    /// What a list said of it, in one way of writing: where that changes, what is inside it may have changed, too.
    fn as_listed(&self) -> String {
        let LineRows { analog, smartphone, landline } = self.lines;
        let lines = [analog, smartphone, landline].map(|line| line.state);
        format!("{:?} {:?} {lines:?} {}", self.key_count, self.resident_count, self.number)
    }
}

/// The flats an intercom has, as lists show them: one that is gone is only found by whoever looks for it.
const HERE: &str = "FROM flat WHERE server = ?1 AND intercom = ?2 AND gone_at IS NULL";

/// The flats of one server.
#[derive(Debug)]
pub struct Flats<'t> {
    pub(crate) cache: &'t Connection,
    pub(crate) server: i64,
}

impl Flats<'_> {
    /// Takes in part of an intercom's list: what it does not name stays.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub fn put_listed(&self, intercom: u64, rows: Vec<FlatRow>) -> Result<(), Error> {
        for row in rows {
            let (listed, told_at) = (row.as_listed(), At(row.confirmed_at));
            let place = self.take(intercom, row)?;
            // A flat that was never listed before was not changed by this.
            self.cache
                .prepare_cached(
                    "UPDATE flat SET listed = ?2, changed_at = iif(listed IS NULL, changed_at, ?3),
                        detail_at = iif(listed IS NULL, detail_at, NULL)
                     WHERE row = ?1 AND listed IS NOT ?2",
                )?
                .execute(params![place, listed, told_at])?;
        }
        Ok(())
    }

    /// Marks as gone what the whole list of an intercom, asked for at `asked_at`, does not name. What was seen since is not.
    /// A door number without a record, of which nobody knew more, is forgotten.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub fn keep_only(
        &self,
        intercom: u64,
        named: &HashSet<u64>,
        asked_at: DateTime<Utc>,
    ) -> Result<(), Error> {
        let mut select =
            self.cache.prepare_cached(&format!("SELECT row, id {HERE} AND confirmed_at <= ?3"))?;
        let all = select
            .query_map(params![self.server, intercom, At(asked_at)], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<Result<Vec<(i64, Option<u64>)>, _>>()?;
        for (place, id) in all {
            match id {
                Some(id) if named.contains(&id) => {}
                Some(id) => {
                    self.cache
                        .prepare_cached("UPDATE flat SET gone_at = ?2 WHERE row = ?1")?
                        .execute(params![place, At(asked_at)])?;
                    // Where keys are not listed nothing else would ever say so.
                    self.cache
                        .prepare_cached(
                            // Without the plus SQLite goes through all older keys of the intercom.
                            "UPDATE key SET gone_at = ?4 WHERE server = ?1 AND intercom = ?2 AND flat = ?3
                                AND gone_at IS NULL AND +confirmed_at <= ?4",
                        )?
                        .execute(params![self.server, intercom, id, At(asked_at)])?;
                }
                None => self.remove(place)?,
            }
        }
        Ok(())
    }

    /// Takes in one flat. What was known of its number alone becomes its own.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub fn put(&self, intercom: u64, row: FlatRow) -> Result<(), Error> {
        self.take(intercom, row).map(|_| ())
    }

    /// Takes in one flat with what is inside it. What the answer does not tell of (`None`) stays as it was.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub fn put_detail(&self, intercom: u64, detail: FlatDetail) -> Result<(), Error> {
        let place = self.take(intercom, detail.flat.clone())?;
        let Some(id) = detail.flat.id else { return Ok(()) };
        let asked_at = detail.flat.confirmed_at;
        let is_overtaken = self.changed_at(place)?.is_some_and(|changed| is_overtaken(asked_at, changed));
        // An answer that leaves out one of them leaves it out the next time, too.
        let detail_at = (!is_overtaken).then_some(asked_at);
        // A list that was asked for before the one that is known, and comes after it, is the past.
        let [keys_at, residents_at] = self.told_at(place)?;
        let keys = detail.keys.filter(|(_, told_at)| is_news(*told_at, keys_at));
        let residents = detail.residents.filter(|(_, told_at)| is_news(*told_at, residents_at));
        let (keys_at, residents_at) =
            (keys.as_ref().map(|(_, told_at)| *told_at), residents.as_ref().map(|(_, told_at)| *told_at));
        self.cache
            .prepare_cached(
                "UPDATE flat SET detail_at = coalesce(?2, detail_at), keys_at = coalesce(?3, keys_at),
                    residents_at = coalesce(?4, residents_at) WHERE row = ?1",
            )?
            .execute(params![place, kept(detail_at), kept(keys_at), kept(residents_at)])?;
        if let Some((keys, told_at)) = keys {
            Keys { cache: self.cache, server: self.server }.replace_of_flat(intercom, id, &keys, told_at)?;
        }
        if let Some((residents, told_at)) = residents {
            let number = self.number_at(place)?;
            residents::replace(self.cache, self.server, intercom, (id, &number), &residents, told_at)?;
        }
        Ok(())
    }

    /// When a flat's keys and its residents were last told of.
    fn told_at(&self, place: i64) -> Result<[Option<DateTime<Utc>>; 2], Error> {
        let mut times = self.cache.prepare_cached("SELECT keys_at, residents_at FROM flat WHERE row = ?1")?;
        Ok(times.query_row([place], |row| Ok([maybe_at(row, "keys_at")?, maybe_at(row, "residents_at")?]))?)
    }

    /// A flat's number, folded. An answer that is overtaken does not say which it is.
    fn number_at(&self, place: i64) -> Result<String, Error> {
        let mut number = self.cache.prepare_cached("SELECT number_folded FROM flat WHERE row = ?1")?;
        Ok(number.query_row([place], |row| row.get(0))?)
    }

    /// One flat with what is known to be inside it.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub fn detail(&self, intercom: u64, id: u64) -> Result<Option<FlatDetail>, Error> {
        let Some((place, flat)) = self.find(intercom, &FlatKey::Id(id))? else { return Ok(None) };
        let [keys_at, residents_at] = self.told_at(place)?;
        let keys = match keys_at {
            Some(told_at) => {
                let keys = Keys { cache: self.cache, server: self.server }.of_flat(intercom, id)?;
                Some((keys, told_at))
            }
            None => None,
        };
        let residents = match residents_at {
            Some(told_at) => Some((residents::of_flat(self.cache, self.server, intercom, id)?, told_at)),
            None => None,
        };
        Ok(Some(FlatDetail { flat, keys, residents }))
    }

    /// Takes in the door numbers of a panel; flats that are known by more stay as they are.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub fn put_numbers(
        &self,
        intercom: u64,
        numbers: RangeInclusive<u32>,
        told_at: DateTime<Utc>,
    ) -> Result<(), Error> {
        for number in numbers.map(|number| number.to_string()) {
            if self.find(intercom, &FlatKey::Number(number.clone()))?.is_none() {
                let row = FlatRow {
                    id: None,
                    number,
                    key_count: None,
                    resident_count: None,
                    lines: LineRows::default(),
                    confirmed_at: told_at,
                    gone_at: None,
                };
                self.write(intercom, None, &row)?;
            }
        }
        Ok(())
    }

    /// One flat; by its number also once its id is known.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub fn get(&self, intercom: u64, key: &FlatKey) -> Result<Option<FlatRow>, Error> {
        Ok(self.find(intercom, key)?.map(|(_, row)| row))
    }

    /// Changes a known flat's lines.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub fn set_lines(
        &self,
        intercom: u64,
        key: &FlatKey,
        change: impl FnOnce(&mut LineRows),
    ) -> Result<(), Error> {
        if let Some((place, mut row)) = self.find(intercom, key)? {
            change(&mut row.lines);
            self.tell(place, &row)?;
        }
        Ok(())
    }

    /// Takes in one flat and returns its place.
    fn take(&self, intercom: u64, row: FlatRow) -> Result<i64, Error> {
        let nameless = self.find_without_id(intercom, &row.number)?;
        let known = match row.id {
            Some(id) => self.find(intercom, &FlatKey::Id(id))?,
            None => None,
        };
        let mut merged = FlatRow { gone_at: None, ..row };
        if let Some((_, known)) = &known
            && is_overtaken(merged.confirmed_at, known.confirmed_at)
        {
            let lines = merged.lines.merge(known.lines);
            merged = FlatRow { lines, ..known.clone() };
        }
        for (_, earlier) in nameless.iter().chain(&known) {
            merged.key_count = merged.key_count.or(earlier.key_count);
            merged.resident_count = merged.resident_count.or(earlier.resident_count);
            merged.lines = merged.lines.merge(earlier.lines);
        }
        let place = known.as_ref().or(nameless.as_ref()).map(|(place, _)| *place);
        if let (Some((gone, _)), Some(_)) = (&nameless, &known) {
            self.remove(*gone)?;
        }
        match known {
            Some((place, known))
                if (known.id, &known.number, known.gone_at)
                    == (merged.id, &merged.number, merged.gone_at) =>
            {
                self.tell(place, &merged).map(|()| place)
            }
            known => {
                let place = self.write(intercom, place, &merged)?;
                // Nobody lives in a flat that was not known.
                if let (Some(id), Some(_)) = (merged.id, known) {
                    let number = folded(&merged.number);
                    residents::renumber(self.cache, self.server, intercom, (id, &number))?;
                }
                Ok(place)
            }
        }
    }

    fn find(&self, intercom: u64, key: &FlatKey) -> Result<Option<(i64, FlatRow)>, Error> {
        let sql = match key {
            FlatKey::Id(_) => "SELECT * FROM flat WHERE server = ?1 AND intercom = ?2 AND id = ?3",
            FlatKey::Number(_) => {
                "SELECT * FROM flat WHERE server = ?1 AND intercom = ?2 AND number_folded = ?4 AND number = ?3
                 ORDER BY gone_at IS NOT NULL, id IS NOT NULL, id LIMIT 1"
            }
        };
        let mut find = self.cache.prepare_cached(sql)?;
        let found = match key {
            FlatKey::Id(id) => find.query_row(params![self.server, intercom, id], placed),
            FlatKey::Number(number) => {
                find.query_row(params![self.server, intercom, number, folded(number)], placed)
            }
        };
        Ok(found.optional()?)
    }

    fn find_without_id(&self, intercom: u64, number: &str) -> Result<Option<(i64, FlatRow)>, Error> {
        let mut find = self.cache.prepare_cached(
            "SELECT * FROM flat WHERE server = ?1 AND intercom = ?2 AND number = ?3 AND id IS NULL",
        )?;
        Ok(find.query_row(params![self.server, intercom, number], placed).optional()?)
    }

    /// Writes a row at its place, or at a new one, and returns that.
    fn write(&self, intercom: u64, place: Option<i64>, row: &FlatRow) -> Result<i64, Error> {
        let LineRows { analog, smartphone, landline } = row.lines;
        self.cache
            .prepare_cached(
                "INSERT INTO flat
                    (row, server, intercom, id, number, number_value, number_folded, key_count, resident_count,
                     analog, analog_at, smartphone, smartphone_at, landline, landline_at, confirmed_at, gone_at)
                 VALUES
                    (:row, :server, :intercom, :id, :number, :value, :folded, :keys, :residents,
                     :analog, :analog_at, :smartphone, :smartphone_at, :landline, :landline_at, :confirmed_at,
                     :gone_at)
                 ON CONFLICT (row) DO UPDATE SET
                    id = excluded.id, number = excluded.number, number_value = excluded.number_value,
                    number_folded = excluded.number_folded, key_count = excluded.key_count,
                    resident_count = excluded.resident_count,
                    analog = excluded.analog, analog_at = excluded.analog_at,
                    smartphone = excluded.smartphone, smartphone_at = excluded.smartphone_at,
                    landline = excluded.landline, landline_at = excluded.landline_at,
                    confirmed_at = excluded.confirmed_at, gone_at = excluded.gone_at",
            )?
            .execute(named_params! {
                ":row": place,
                ":server": self.server,
                ":intercom": intercom,
                ":id": row.id,
                ":number": row.number,
                ":value": number_value(&row.number),
                ":folded": folded(&row.number),
                ":keys": row.key_count,
                ":residents": row.resident_count,
                ":analog": analog.state,
                ":analog_at": kept(analog.confirmed_at),
                ":smartphone": smartphone.state,
                ":smartphone_at": kept(smartphone.confirmed_at),
                ":landline": landline.state,
                ":landline_at": kept(landline.confirmed_at),
                ":confirmed_at": At(row.confirmed_at),
                ":gone_at": kept(row.gone_at),
            })?;
        Ok(place.unwrap_or_else(|| self.cache.last_insert_rowid()))
    }

    /// Writes what may change of a flat from one answer to the next. What indexes are of, but for its age, stays: SQLite
    /// writes every index anew of a column that is set, be it to what it was.
    fn tell(&self, place: i64, row: &FlatRow) -> Result<(), Error> {
        let LineRows { analog, smartphone, landline } = row.lines;
        self.cache
            .prepare_cached(
                "UPDATE flat SET key_count = ?2, resident_count = ?3, analog = ?4, analog_at = ?5,
                    smartphone = ?6, smartphone_at = ?7, landline = ?8, landline_at = ?9, confirmed_at = ?10
                 WHERE row = ?1",
            )?
            .execute(params![
                place,
                row.key_count,
                row.resident_count,
                analog.state,
                kept(analog.confirmed_at),
                smartphone.state,
                kept(smartphone.confirmed_at),
                landline.state,
                kept(landline.confirmed_at),
                At(row.confirmed_at),
            ])?;
        Ok(())
    }

    fn changed_at(&self, place: i64) -> Result<Option<DateTime<Utc>>, Error> {
        let mut find = self.cache.prepare_cached("SELECT changed_at FROM flat WHERE row = ?1")?;
        Ok(find.query_row([place], |row| maybe_at(row, "changed_at"))?)
    }

    fn remove(&self, place: i64) -> Result<(), Error> {
        self.cache.prepare_cached("DELETE FROM flat WHERE row = ?1")?.execute([place])?;
        Ok(())
    }
}

/// A door number's value where it is a number that SQLite can hold.
pub(crate) fn number_value(number: &str) -> Option<i64> {
    number.parse::<u64>().ok().and_then(|value| i64::try_from(value).ok())
}

/// Whether what was told at `told_at` counts beside what is known since `known_at`.
fn is_news(told_at: DateTime<Utc>, known_at: Option<DateTime<Utc>>) -> bool {
    known_at.is_none_or(|known_at| !is_overtaken(told_at, known_at))
}

fn placed(row: &Row<'_>) -> rusqlite::Result<(i64, FlatRow)> {
    Ok((row.get("row")?, flat_row(row)?))
}

pub(crate) fn flat_row(row: &Row<'_>) -> rusqlite::Result<FlatRow> {
    let line = |state, confirmed_at| -> rusqlite::Result<LineRow> {
        Ok(LineRow { state: row.get(state)?, confirmed_at: maybe_at(row, confirmed_at)? })
    };
    Ok(FlatRow {
        id: row.get("id")?,
        number: row.get("number")?,
        key_count: row.get("key_count")?,
        resident_count: row.get("resident_count")?,
        lines: LineRows {
            analog: line("analog", "analog_at")?,
            smartphone: line("smartphone", "smartphone_at")?,
            landline: line("landline", "landline_at")?,
        },
        confirmed_at: at(row, "confirmed_at")?,
        gone_at: maybe_at(row, "gone_at")?,
    })
}

#[cfg(test)]
mod tests;
