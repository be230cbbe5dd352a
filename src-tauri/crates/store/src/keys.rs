//! Rows of keys.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, Row, named_params, params};

use crate::canonical;
use crate::error::Error;
use crate::flats::number_value;
use crate::indexing;
use crate::search::words;
use crate::value::{At, at, kept, longest_way, maybe_at};
use crate::window::{Window, folded, prefix_end};

/// Whose a key is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OwnerRow {
    /// A user's.
    User {
        /// Record id.
        id: u64,
        /// Name.
        name: Option<String>,
        /// Login.
        login: Option<String>,
    },
    /// Nobody's.
    Nobody,
    /// The server did not say.
    Unknown,
}

/// A key as it was last seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyRow {
    /// Record id.
    pub id: u64,
    /// The key as the server writes it.
    pub key: String,
    /// Whose it is.
    pub owner: OwnerRow,
    /// The flat it belongs to: record id and door number.
    pub flat: Option<(u64, String)>,
    /// When it was made.
    pub created_at: Option<DateTime<Utc>>,
    /// When this was last confirmed.
    pub confirmed_at: DateTime<Utc>,
    /// Since when a complete list does not name it any more.
    pub gone_at: Option<DateTime<Utc>>,
}

/// What a list of keys is sorted by. Ties stand in the order of the keys themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeySort {
    /// The key as the server writes it.
    Key,
    /// The flat's door number.
    Flat,
    /// The owner's name, or login.
    Owner,
    /// When it was made.
    Created,
}

/// The keys an intercom has, as lists show them: one that is gone is only found by whoever looks for it.
const HERE: &str = "FROM key WHERE server = ?1 AND intercom = ?2 AND gone_at IS NULL";

/// The keys of one server.
#[derive(Debug)]
pub struct Keys<'t> {
    pub(crate) cache: &'t Connection,
    pub(crate) server: i64,
}

impl Keys<'_> {
    /// Marks as gone what the whole list of an intercom, asked for at `asked_at`, does not name. What was seen since is not.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub fn keep_only(
        &self,
        intercom: u64,
        named: &HashSet<u64>,
        asked_at: DateTime<Utc>,
    ) -> Result<(), Error> {
        let mut select = self.cache.prepare_cached(&format!("SELECT id {HERE} AND confirmed_at <= ?3"))?;
        let all: Vec<u64> = select
            .query_map(params![self.server, intercom, At(asked_at)], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        all.into_iter()
            .filter(|id| !named.contains(id))
            .try_for_each(|gone| self.mark_gone(intercom, gone, asked_at))
    }

    /// Takes in part of an intercom's list: what it does not name stays, and so does what was told since it was asked for.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub fn put_all(&self, intercom: u64, rows: &[KeyRow]) -> Result<(), Error> {
        // Mostly a key is told again as it was. That is a new age and nothing else, and leaves most indexes alone: SQLite
        // writes every index anew of a column that is set, be it to what it was.
        let mut confirm = self.cache.prepare_cached(
            "UPDATE key SET confirmed_at = :confirmed_at
             WHERE server = :server AND intercom = :intercom AND id = :id AND key = :key
                AND (:owner = 0 OR (owner = :owner AND user IS :user AND name IS :name AND login IS :login))
                AND flat IS :flat AND flat_number IS :flat_number
                AND (:created_at IS NULL OR created_at IS :created_at) AND gone_at IS NULL
                AND (:confirmed_at >= +confirmed_at OR :confirmed_at + :way <= confirmed_at)",
        )?;
        let mut add = self.cache.prepare_cached(
            "INSERT INTO key
                (server, intercom, id, key, key_folded, hex, tail, decimal_tail, low_tail, owner, user, name, login,
                 name_folded, login_folded, words, flat, flat_number, flat_folded, flat_value, created_at, confirmed_at)
             VALUES
                (:server, :intercom, :id, :key, :key_folded, :hex, :tail, :decimal_tail, :low_tail, :owner, :user,
                 :name, :login, :name_folded, :login_folded, :words, :flat, :flat_number, :flat_folded, :flat_value,
                 :created_at, :confirmed_at)
             ON CONFLICT (server, intercom, id) DO NOTHING",
        )?;
        let mut change = self.cache.prepare_cached(
            "UPDATE key SET
                key = :key, key_folded = :key_folded, hex = :hex, tail = :tail, decimal_tail = :decimal_tail,
                low_tail = :low_tail, owner = iif(:owner = 0, owner, :owner), user = iif(:owner = 0, user, :user),
                name = iif(:owner = 0, name, :name), login = iif(:owner = 0, login, :login),
                name_folded = iif(:owner = 0, name_folded, :name_folded),
                login_folded = iif(:owner = 0, login_folded, :login_folded), words = iif(:owner = 0, words, :words),
                flat = :flat, flat_number = :flat_number, flat_folded = :flat_folded, flat_value = :flat_value,
                created_at = coalesce(:created_at, created_at), confirmed_at = :confirmed_at, gone_at = NULL
             WHERE server = :server AND intercom = :intercom AND id = :id
                AND (:confirmed_at >= +confirmed_at OR :confirmed_at + :way <= confirmed_at)",
        )?;
        for row in rows {
            let (owner, user, name, login) = match &row.owner {
                OwnerRow::Unknown => (UNKNOWN, None, None, None),
                OwnerRow::Nobody => (NOBODY, None, None, None),
                OwnerRow::User { id, name, login } => (USER, Some(id), name.as_deref(), login.as_deref()),
            };
            let (flat, number) = row.flat.as_ref().map(|(id, number)| (*id, number.as_str())).unzip();
            let confirmed = confirm.execute(named_params! {
                ":server": self.server,
                ":intercom": intercom,
                ":id": row.id,
                ":key": row.key,
                ":owner": owner,
                ":user": user,
                ":name": name,
                ":login": login,
                ":flat": flat,
                ":flat_number": number,
                ":created_at": kept(row.created_at),
                ":confirmed_at": At(row.confirmed_at),
                ":way": longest_way(),
            })?;
            if confirmed > 0 {
                continue;
            }
            let forms = canonical::forms(&row.key);
            let (key_folded, words) = (folded(&row.key), words([name, login]));
            let (name_folded, login_folded) = (name.map(folded), login.map(folded));
            let (flat_folded, flat_value) = (number.map(folded), number.and_then(number_value));
            let (created_at, confirmed_at) = (kept(row.created_at), At(row.confirmed_at));
            let told = named_params! {
                ":server": self.server,
                ":intercom": intercom,
                ":id": row.id,
                ":key": row.key,
                ":key_folded": key_folded,
                ":hex": forms.hex,
                ":tail": forms.tail,
                ":decimal_tail": forms.decimal_tail,
                ":low_tail": forms.low_tail,
                ":owner": owner,
                ":user": user,
                ":name": name,
                ":login": login,
                ":name_folded": name_folded,
                ":login_folded": login_folded,
                ":words": words,
                ":flat": flat,
                ":flat_number": number,
                ":flat_folded": flat_folded,
                ":flat_value": flat_value,
                ":created_at": created_at,
                ":confirmed_at": confirmed_at,
            };
            if add.execute(told)? > 0 {
                let place = self.cache.last_insert_rowid();
                indexing::add_key(self.cache, place, &words, flat_folded.as_deref())?;
            } else {
                let way = longest_way();
                let mut told = told.to_vec();
                told.push((":way", &way));
                change.execute(told.as_slice())?;
            }
        }
        Ok(())
    }

    /// Takes in all keys of a flat, told at `told_at`: those it does not name are not the flat's any more.
    pub(crate) fn replace_of_flat(
        &self,
        intercom: u64,
        flat: u64,
        rows: &[KeyRow],
        told_at: DateTime<Utc>,
    ) -> Result<(), Error> {
        let named: HashSet<u64> = rows.iter().map(|row| row.id).collect();
        for gone in self.of_flat(intercom, flat)?.iter().filter(|row| !named.contains(&row.id)) {
            self.mark_gone(intercom, gone.id, told_at)?;
        }
        self.put_all(intercom, rows)
    }

    fn mark_gone(&self, intercom: u64, id: u64, since: DateTime<Utc>) -> Result<(), Error> {
        self.cache
            .prepare_cached("UPDATE key SET gone_at = ?4 WHERE server = ?1 AND intercom = ?2 AND id = ?3")?
            .execute(params![self.server, intercom, id, At(since)])?;
        Ok(())
    }

    /// The keys of a flat.
    pub(crate) fn of_flat(&self, intercom: u64, flat: u64) -> Result<Vec<KeyRow>, Error> {
        let mut select = self.cache.prepare_cached(
            // Without the plus SQLite goes through all keys of the intercom, as they stand in this order.
            "SELECT * FROM key WHERE server = ?1 AND intercom = ?2 AND flat = ?3 AND gone_at IS NULL
             ORDER BY +key_folded, id",
        )?;
        let rows = select.query_map(params![self.server, intercom, flat], key_row)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// When the one of an intercom's keys was confirmed that was not confirmed for longest: none that is still there is older.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub fn oldest(&self, intercom: u64) -> Result<Option<DateTime<Utc>>, Error> {
        let mut find = self.cache.prepare_cached(&format!("SELECT min(confirmed_at) {HERE}"))?;
        let oldest = find.query_row(params![self.server, intercom], |row| row.get::<_, Option<At>>(0))?;
        Ok(oldest.map(|At(at)| at))
    }

    /// How many keys of an intercom are known.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub fn count(&self, intercom: u64) -> Result<usize, Error> {
        let mut count = self.cache.prepare_cached(&format!("SELECT count(*) {HERE}"))?;
        Ok(count.query_row(params![self.server, intercom], |row| row.get(0))?)
    }

    /// The keys that `filter` is part of (by key, owner's name or login), or whose door number begins with it,
    /// sorted, cut to a window. What is not known sorts last.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub fn window(
        &self,
        intercom: u64,
        filter: &str,
        sort: KeySort,
        descending: bool,
        offset: usize,
        limit: usize,
    ) -> Result<Window<KeyRow>, Error> {
        let filter = folded(filter.trim());
        let end = prefix_end(&filter);
        let direction = if descending { "DESC" } else { "ASC" };
        let order = match sort {
            KeySort::Key => format!("key_folded {direction}, id {direction}"),
            KeySort::Flat => {
                // Numbers before texts; a key of no flat after both, in either direction.
                format!(
                    "flat IS NULL, flat_value IS NULL {direction}, flat_value {direction}, flat_folded {direction},
                     key_folded, id"
                )
            }
            KeySort::Owner => {
                let owner = "coalesce(name_folded, login_folded)";
                format!("{owner} IS NULL, {owner} {direction}, key_folded, id")
            }
            KeySort::Created => format!("created_at IS NULL, created_at {direction}, key_folded, id"),
        };
        let found = format!(
            "{HERE} AND (?3 = '' OR instr(key_folded, ?3) > 0
                OR instr(name_folded, ?3) > 0 OR instr(login_folded, ?3) > 0
                OR (flat_folded >= ?3 AND flat_folded < ?4))"
        );
        let mut count = self.cache.prepare_cached(&format!("SELECT count(*) {found}"))?;
        let total = count.query_row(params![self.server, intercom, filter, end], |row| row.get(0))?;
        let mut select =
            self.cache.prepare_cached(&format!("SELECT * {found} ORDER BY {order} LIMIT ?5 OFFSET ?6"))?;
        let rows = select
            .query_map(params![self.server, intercom, filter, end, limit, offset], key_row)?
            .collect::<Result<_, _>>()?;
        Ok(Window { total, offset, rows })
    }
}

const UNKNOWN: u8 = 0;
const NOBODY: u8 = 1;
const USER: u8 = 2;

/// An owner as the column has it; who that is, is asked for where it is a user.
pub(crate) fn owner(
    kind: u8,
    user: impl FnOnce() -> rusqlite::Result<(u64, Option<String>, Option<String>)>,
) -> rusqlite::Result<OwnerRow> {
    Ok(match kind {
        USER => {
            let (id, name, login) = user()?;
            OwnerRow::User { id, name, login }
        }
        NOBODY => OwnerRow::Nobody,
        _ => OwnerRow::Unknown,
    })
}

pub(crate) fn key_row(row: &Row<'_>) -> rusqlite::Result<KeyRow> {
    Ok(KeyRow {
        id: row.get("id")?,
        key: row.get("key")?,
        owner: owner(row.get("owner")?, || Ok((row.get("user")?, row.get("name")?, row.get("login")?)))?,
        flat: row.get::<_, Option<u64>>("flat")?.zip(row.get("flat_number")?),
        created_at: maybe_at(row, "created_at")?,
        confirmed_at: at(row, "confirmed_at")?,
        gone_at: maybe_at(row, "gone_at")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Store;

    fn row(id: u64, key: &str, flat: Option<&str>, name: Option<&str>) -> KeyRow {
        let owner = name.map_or(OwnerRow::Nobody, |name| OwnerRow::User {
            id,
            name: Some(name.to_owned()),
            login: None,
        });
        KeyRow {
            id,
            key: key.to_owned(),
            owner,
            flat: flat.map(|number| (id, number.to_owned())),
            created_at: None,
            confirmed_at: DateTime::UNIX_EPOCH,
            gone_at: None,
        }
    }

    fn keys() -> Vec<KeyRow> {
        vec![
            row(1, "04A1", Some("10"), Some("Пётр")),
            row(2, "00ff", Some("9"), None),
            row(3, "0B22", None, Some("Анна")),
        ]
    }

    fn found(filter: &str, sort: KeySort, descending: bool) -> Vec<u64> {
        let look = |rows: &crate::Rows<'_>| {
            rows.keys().put_all(1, &keys())?;
            rows.keys().window(1, filter, sort, descending, 0, 10)
        };
        let window = Store::in_memory().unwrap().with("a", look).unwrap();
        window.rows.into_iter().map(|row| row.id).collect()
    }

    #[test]
    fn a_key_is_found_by_part_of_it_by_its_owner_and_by_the_beginning_of_the_door_number() {
        assert_eq!(found("a1", KeySort::Key, false), [1]);
        assert_eq!(found("анн", KeySort::Key, false), [3]);
        assert_eq!(found("9", KeySort::Key, false), [2]);
        assert_eq!(found("", KeySort::Key, false), [2, 1, 3]);
    }

    #[test]
    fn what_is_not_known_sorts_last_in_either_direction() {
        assert_eq!(found("", KeySort::Flat, false), [2, 1, 3]);
        assert_eq!(found("", KeySort::Flat, true), [1, 2, 3]);
        assert_eq!(found("", KeySort::Owner, false), [3, 1, 2]);
        assert_eq!(found("", KeySort::Owner, true), [1, 3, 2]);
    }

    #[test]
    fn a_key_missing_from_the_whole_list_is_out_of_the_lists_and_part_of_a_list_takes_nothing_away() {
        let store = Store::in_memory().unwrap();
        let counts = |rows: &crate::Rows<'_>| {
            rows.keys().put_all(1, &keys())?;
            rows.keys().put_all(1, &[row(4, "0C33", None, None)])?;
            let after_part = rows.keys().count(1)?;
            rows.keys().keep_only(1, &HashSet::from([4]), DateTime::UNIX_EPOCH)?;
            Ok((after_part, rows.keys().count(1)?))
        };
        assert_eq!(store.with("a", counts).unwrap(), (4, 1));
    }

    #[test]
    fn a_key_comes_back_as_it_was_kept() {
        let kept = [
            KeyRow {
                created_at: DateTime::from_timestamp(60, 0),
                ..row(1, "04A1", Some("10"), Some("Пётр"))
            },
            KeyRow { owner: OwnerRow::Unknown, ..row(2, "00ff", None, None) },
        ];
        let look = |rows: &crate::Rows<'_>| {
            rows.keys().put_all(1, &kept)?;
            rows.keys().window(1, "", KeySort::Created, false, 0, 10)
        };
        assert_eq!(Store::in_memory().unwrap().with("a", look).unwrap().rows, kept);
    }
}
