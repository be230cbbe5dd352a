//! Rows of intercoms.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

/// An intercom as it was last seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IntercomRow {
    /// Record id.
    pub id: u64,
    /// Its title, where anything told it.
    pub title: Option<String>,
    /// Street address.
    pub address: Option<String>,
    /// Entrance.
    pub entrance: Option<String>,
    /// Whether the server reached it when last asked.
    pub online: Option<bool>,
    /// When the server last said whether it reaches it.
    pub online_at: Option<DateTime<Utc>>,
    /// Its hardware address.
    pub mac: Option<String>,
    /// The first and last door number its panel serves.
    pub flats: Option<(u32, u32)>,
    /// When this was last confirmed.
    pub confirmed_at: DateTime<Utc>,
}

impl IntercomRow {
    /// An intercom of which only the id is known.
    pub fn nameless(id: u64, confirmed_at: DateTime<Utc>) -> Self {
        Self {
            id,
            title: None,
            address: None,
            entrance: None,
            online: None,
            online_at: None,
            mac: None,
            flats: None,
            confirmed_at,
        }
    }
}

/// The intercoms of one server.
#[derive(Debug, Default)]
pub struct Intercoms {
    rows: BTreeMap<u64, IntercomRow>,
}

impl Intercoms {
    /// Takes in what an answer said. A field that it does not name keeps its last value.
    pub fn put(&mut self, row: IntercomRow) {
        let known = self.rows.remove(&row.id);
        let merged = match known {
            Some(known) => IntercomRow {
                title: row.title.or(known.title),
                address: row.address.or(known.address),
                entrance: row.entrance.or(known.entrance),
                online: row.online.or(known.online),
                online_at: row.online.and(row.online_at).or(known.online_at),
                mac: row.mac.or(known.mac),
                flats: row.flats.or(known.flats),
                ..row
            },
            None => row,
        };
        self.rows.insert(merged.id, merged);
    }

    /// One intercom.
    pub fn get(&self, id: u64) -> Option<&IntercomRow> {
        self.rows.get(&id)
    }

    /// Leaves only the intercoms that `keep` says.
    pub fn retain(&mut self, keep: impl Fn(u64) -> bool) {
        self.rows.retain(|id, _| keep(*id));
    }

    /// All of them, building by building and entrance by entrance, those without a title last.
    pub fn all(&self) -> Vec<IntercomRow> {
        let text = |text: &Option<String>| crate::folded(text.as_deref().unwrap_or_default());
        let mut rows: Vec<IntercomRow> = self.rows.values().cloned().collect();
        rows.sort_by_cached_key(|row| {
            let number = row.entrance.as_deref().and_then(|entrance| entrance.parse::<u64>().ok());
            // A numbered entrance before a named one.
            let entrance = (number.is_none(), number, text(&row.entrance));
            (row.title.is_none(), text(&row.address), entrance, text(&row.title), row.id)
        });
        rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(id: u64, title: Option<&str>) -> IntercomRow {
        IntercomRow { title: title.map(str::to_owned), ..IntercomRow::nameless(id, DateTime::UNIX_EPOCH) }
    }

    #[test]
    fn what_a_later_answer_does_not_name_keeps_its_value() {
        let mut intercoms = Intercoms::default();
        intercoms.put(row(5, Some("House")));
        intercoms.put(row(5, None));
        assert_eq!(intercoms.get(5).unwrap().title.as_deref(), Some("House"));
    }

    #[test]
    fn an_answer_that_does_not_say_whether_it_is_online_does_not_make_that_younger() {
        let mut intercoms = Intercoms::default();
        let at = |seconds| DateTime::from_timestamp(seconds, 0);
        intercoms.put(IntercomRow { online: Some(true), online_at: at(60), ..row(5, None) });
        intercoms.put(IntercomRow { online_at: at(120), ..row(5, Some("House")) });
        assert_eq!(intercoms.get(5).unwrap().online_at, at(60));
    }

    #[test]
    fn entrances_of_a_building_stand_together_in_the_order_of_their_numbers() {
        let mut intercoms = Intercoms::default();
        for (id, address, entrance) in [(1, "Lenina 12", "10"), (2, "Mira 1", "1"), (3, "lenina 12", "9")] {
            let (address, entrance) = (Some(address.to_owned()), Some(entrance.to_owned()));
            intercoms.put(IntercomRow { address, entrance, ..row(id, Some("Entrance")) });
        }
        let order: Vec<u64> = intercoms.all().iter().map(|row| row.id).collect();
        assert_eq!(order, [3, 1, 2]);
    }

    #[test]
    fn intercoms_without_a_title_come_last() {
        let mut intercoms = Intercoms::default();
        for row in [row(1, None), row(2, Some("Gate")), row(3, Some("arch"))] {
            intercoms.put(row);
        }
        let order: Vec<u64> = intercoms.all().iter().map(|row| row.id).collect();
        assert_eq!(order, [3, 2, 1]);
    }
}
