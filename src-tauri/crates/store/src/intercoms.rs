//! Rows of intercoms.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Row, named_params, params};

use crate::error::Error;
use crate::search::words;
use crate::value::{At, at, kept, maybe_at};
use crate::window::folded;

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
#[derive(Debug)]
pub struct Intercoms<'t> {
    pub(crate) cache: &'t Connection,
    pub(crate) server: i64,
}

impl Intercoms<'_> {
    /// Takes in what an answer said. A field that it does not name keeps its last value.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub fn put(&self, row: &IntercomRow) -> Result<(), Error> {
        let (from, to) = row.flats.unzip();
        let known = self.get(row.id)?;
        let known = known.as_ref();
        let title = row.title.as_deref().or_else(|| known?.title.as_deref());
        let address = row.address.as_deref().or_else(|| known?.address.as_deref());
        self.cache
            .prepare_cached(
                "INSERT INTO intercom
                    (server, id, title, address, entrance, title_folded, entrance_folded, words, online, online_at, mac,
                     flat_from, flat_to, confirmed_at)
                 VALUES
                    (:server, :id, :title, :address, :entrance, :title_folded, :entrance_folded, :words, :online,
                     :online_at, :mac, :from, :to, :confirmed_at)
                 ON CONFLICT (server, id) DO UPDATE SET
                    title = coalesce(excluded.title, title),
                    address = coalesce(excluded.address, address),
                    entrance = coalesce(excluded.entrance, entrance),
                    title_folded = coalesce(excluded.title_folded, title_folded),
                    entrance_folded = coalesce(excluded.entrance_folded, entrance_folded),
                    words = excluded.words,
                    online_at = iif(excluded.online IS NULL, online_at, coalesce(excluded.online_at, online_at)),
                    online = coalesce(excluded.online, online),
                    mac = coalesce(excluded.mac, mac),
                    flat_to = iif(excluded.flat_from IS NULL, flat_to, excluded.flat_to),
                    flat_from = coalesce(excluded.flat_from, flat_from),
                    confirmed_at = excluded.confirmed_at",
            )?
            .execute(named_params! {
                ":server": self.server,
                ":id": row.id,
                ":title": row.title,
                ":address": row.address,
                ":entrance": row.entrance,
                ":title_folded": row.title.as_deref().map(folded),
                ":entrance_folded": row.entrance.as_deref().map(folded),
                ":words": words([title, address]),
                ":online": row.online,
                ":online_at": kept(row.online_at),
                ":mac": row.mac,
                ":from": from,
                ":to": to,
                ":confirmed_at": At(row.confirmed_at),
            })?;
        Ok(())
    }

    /// One intercom.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub fn get(&self, id: u64) -> Result<Option<IntercomRow>, Error> {
        let mut find = self.cache.prepare_cached("SELECT * FROM intercom WHERE server = ?1 AND id = ?2")?;
        Ok(find.query_row(params![self.server, id], intercom_row).optional()?)
    }

    /// Leaves only these intercoms: the others are gone, and their flats and keys with them.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub fn keep_only(&self, ids: &HashSet<u64>) -> Result<(), Error> {
        for gone in self.all()?.into_iter().map(|row| row.id).filter(|id| !ids.contains(id)) {
            for remove in [
                "DELETE FROM flat WHERE server = ?1 AND intercom = ?2",
                "DELETE FROM key WHERE server = ?1 AND intercom = ?2",
                "DELETE FROM resident WHERE server = ?1 AND intercom = ?2",
                "DELETE FROM code WHERE server = ?1 AND intercom_list = ?2",
                "DELETE FROM code_list WHERE server = ?1 AND intercom = ?2",
                // Should it come back, its lists are to be read again.
                "DELETE FROM sync_list WHERE server = ?1 AND intercom = ?2",
                "DELETE FROM intercom WHERE server = ?1 AND id = ?2",
            ] {
                self.cache.prepare_cached(remove)?.execute(params![self.server, gone])?;
            }
        }
        Ok(())
    }

    /// All of them, building by building and entrance by entrance, those without a title last.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub fn all(&self) -> Result<Vec<IntercomRow>, Error> {
        let text = |text: &Option<String>| crate::folded(text.as_deref().unwrap_or_default());
        let mut select = self.cache.prepare_cached("SELECT * FROM intercom WHERE server = ?1")?;
        let mut rows: Vec<IntercomRow> =
            select.query_map([self.server], intercom_row)?.collect::<Result<_, _>>()?;
        rows.sort_by_cached_key(|row| {
            let number = row.entrance.as_deref().and_then(|entrance| entrance.parse::<u64>().ok());
            // A numbered entrance before a named one.
            let entrance = (number.is_none(), number, text(&row.entrance));
            (row.title.is_none(), text(&row.address), entrance, text(&row.title), row.id)
        });
        Ok(rows)
    }
}

pub(crate) fn intercom_row(row: &Row<'_>) -> rusqlite::Result<IntercomRow> {
    let range = row.get::<_, Option<u32>>("flat_from")?.zip(row.get("flat_to")?);
    Ok(IntercomRow {
        id: row.get("id")?,
        title: row.get("title")?,
        address: row.get("address")?,
        entrance: row.get("entrance")?,
        online: row.get("online")?,
        online_at: maybe_at(row, "online_at")?,
        mac: row.get("mac")?,
        flats: range,
        confirmed_at: at(row, "confirmed_at")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Store;

    fn row(id: u64, title: Option<&str>) -> IntercomRow {
        IntercomRow { title: title.map(str::to_owned), ..IntercomRow::nameless(id, DateTime::UNIX_EPOCH) }
    }

    /// All intercoms after these answers, one after the other.
    fn after(answers: &[IntercomRow]) -> Vec<IntercomRow> {
        let store = Store::in_memory().unwrap();
        let put = |rows: &crate::Rows<'_>| {
            for answer in answers {
                rows.intercoms().put(answer)?;
            }
            rows.intercoms().all()
        };
        store.with("a", put).unwrap()
    }

    #[test]
    fn what_a_later_answer_does_not_name_keeps_its_value() {
        let kept = after(&[row(5, Some("House")), row(5, None)]);
        assert_eq!(kept[0].title.as_deref(), Some("House"));
    }

    #[test]
    fn an_answer_that_does_not_say_whether_it_is_online_does_not_make_that_younger() {
        let at = |seconds| DateTime::from_timestamp(seconds, 0);
        let kept = after(&[
            IntercomRow { online: Some(true), online_at: at(60), ..row(5, None) },
            IntercomRow { online_at: at(120), ..row(5, Some("House")) },
        ]);
        assert_eq!((kept[0].online, kept[0].online_at), (Some(true), at(60)));
    }

    #[test]
    fn entrances_of_a_building_stand_together_in_the_order_of_their_numbers() {
        let rows = [(1, "Lenina 12", "10"), (2, "Mira 1", "1"), (3, "lenina 12", "9")];
        let rows = rows.map(|(id, address, entrance)| {
            let (address, entrance) = (Some(address.to_owned()), Some(entrance.to_owned()));
            IntercomRow { address, entrance, ..row(id, Some("Entrance")) }
        });
        let order: Vec<u64> = after(&rows).iter().map(|row| row.id).collect();
        assert_eq!(order, [3, 1, 2]);
    }

    #[test]
    fn intercoms_without_a_title_come_last() {
        let kept = after(&[row(1, None), row(2, Some("Gate")), row(3, Some("arch"))]);
        let order: Vec<u64> = kept.iter().map(|row| row.id).collect();
        assert_eq!(order, [3, 2, 1]);
    }
}
