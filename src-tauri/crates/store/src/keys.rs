//! Rows of keys.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Utc};

use crate::window::{Window, folded};

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

/// The keys of one server.
#[derive(Debug, Default)]
pub struct Keys {
    intercoms: HashMap<u64, BTreeMap<u64, KeyRow>>,
}

impl Keys {
    /// Takes in the whole list of an intercom: keys that it does not name are gone.
    pub fn replace(&mut self, intercom: u64, rows: Vec<KeyRow>) {
        self.intercoms.insert(intercom, rows.into_iter().map(|row| (row.id, row)).collect());
    }

    /// Takes in part of an intercom's list: what it does not name stays.
    pub fn put_all(&mut self, intercom: u64, rows: Vec<KeyRow>) {
        self.intercoms.entry(intercom).or_default().extend(rows.into_iter().map(|row| (row.id, row)));
    }

    /// How many keys of an intercom are known.
    pub fn count(&self, intercom: u64) -> usize {
        self.intercoms.get(&intercom).map_or(0, BTreeMap::len)
    }

    /// The keys that `filter` is part of (by key, owner's name or login), or whose door number begins with it,
    /// sorted, cut to a window. What is not known sorts last.
    pub fn window(
        &self,
        intercom: u64,
        filter: &str,
        sort: KeySort,
        descending: bool,
        offset: usize,
        limit: usize,
    ) -> Window<KeyRow> {
        let filter = folded(filter.trim());
        let rows = self.intercoms.get(&intercom).into_iter().flat_map(BTreeMap::values);
        let mut found: Vec<&KeyRow> = rows.filter(|row| mentions(row, &filter)).collect();
        // The words a row sorts by are made once: folding inside a comparison would be made again and again.
        found.sort_by_cached_key(|row| (folded(&row.key), row.id));
        match sort {
            KeySort::Key if descending => found.reverse(),
            KeySort::Key => {}
            KeySort::Flat => order(&mut found, descending, |row| {
                let number = &row.flat.as_ref()?.1;
                let value = number.parse::<u64>().ok();
                Some((value.is_none(), value, folded(number)))
            }),
            KeySort::Owner => order(&mut found, descending, |row| owner(row).map(folded)),
            KeySort::Created => order(&mut found, descending, |row| row.created_at),
        }
        Window::cut(&found, offset, limit)
    }
}

/// Sorts by a value that some rows have; those without stand last in either direction. Stable.
fn order<T: Ord>(rows: &mut Vec<&KeyRow>, descending: bool, by: impl Fn(&KeyRow) -> Option<T>) {
    let mut keyed: Vec<(Option<T>, &KeyRow)> = rows.iter().map(|row| (by(row), *row)).collect();
    keyed.sort_by(|(a, _), (b, _)| match (a, b) {
        (Some(a), Some(b)) if descending => b.cmp(a),
        (Some(a), Some(b)) => a.cmp(b),
        (a, b) => a.is_none().cmp(&b.is_none()),
    });
    *rows = keyed.into_iter().map(|(_, row)| row).collect();
}

fn owner(row: &KeyRow) -> Option<&str> {
    match &row.owner {
        OwnerRow::User { name, login, .. } => name.as_deref().or(login.as_deref()),
        OwnerRow::Nobody | OwnerRow::Unknown => None,
    }
}

fn mentions(row: &KeyRow, filter: &str) -> bool {
    let has = |text: &Option<String>| text.as_deref().is_some_and(|text| folded(text).contains(filter));
    let is_owners = match &row.owner {
        OwnerRow::User { name, login, .. } => has(name) || has(login),
        OwnerRow::Nobody | OwnerRow::Unknown => false,
    };
    is_owners
        || folded(&row.key).contains(filter)
        || row.flat.as_ref().is_some_and(|(_, number)| folded(number).starts_with(filter))
}

#[cfg(test)]
mod tests {
    use super::*;

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
        }
    }

    fn keys() -> Keys {
        let mut keys = Keys::default();
        keys.replace(
            1,
            vec![
                row(1, "04A1", Some("10"), Some("Пётр")),
                row(2, "00ff", Some("9"), None),
                row(3, "0B22", None, Some("Анна")),
            ],
        );
        keys
    }

    fn found(filter: &str, sort: KeySort, descending: bool) -> Vec<u64> {
        keys().window(1, filter, sort, descending, 0, 10).rows.into_iter().map(|row| row.id).collect()
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
    fn a_key_missing_from_the_whole_list_is_gone_and_part_of_a_list_takes_nothing_away() {
        let mut keys = keys();
        keys.put_all(1, vec![row(4, "0C33", None, None)]);
        assert_eq!(keys.count(1), 4);
        keys.replace(1, vec![row(4, "0C33", None, None)]);
        assert_eq!(keys.count(1), 1);
    }
}
