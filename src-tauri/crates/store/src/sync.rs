//! How far a server's rows have been read: the run that fills them, its lists, and the flats whose details are still to come.

use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::{Connection, OptionalExtension, params};

use crate::error::Error;
use crate::value::{At, at, kept, maybe_at};

/// Flats that were read in one go are due again at so many different times.
const PLACES: u32 = 1_009;

/// The run that fills a server's rows: the one under way, or the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SyncRun {
    /// When it began.
    pub started_at: DateTime<Utc>,
    /// Whether it reads everything anew, whatever its age.
    pub is_full: bool,
    /// When it ended; `None`: it is under way, or was broken off.
    pub finished_at: Option<DateTime<Utc>>,
    /// When a run last came to its end and had read every list.
    pub completed_at: Option<DateTime<Utc>>,
    /// How many flats the last run to come to its end could not read.
    pub failed: u32,
}

/// A list that a run reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SyncList {
    /// The client account's intercoms.
    ClientIntercoms,
    /// The admin account's intercoms.
    AdminIntercoms,
    /// The client account's codes.
    ClientCodes,
    /// An intercom's flats.
    Flats(u64),
    /// An intercom's keys.
    Keys(u64),
    /// An intercom's codes by flat.
    AdminCodes(u64),
}

impl SyncList {
    /// Whose list it is; `None`: it is the account's.
    pub fn intercom(self) -> Option<u64> {
        match self {
            Self::ClientIntercoms | Self::AdminIntercoms | Self::ClientCodes => None,
            Self::Flats(intercom) | Self::Keys(intercom) | Self::AdminCodes(intercom) => Some(intercom),
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::ClientIntercoms => "client_intercoms",
            Self::AdminIntercoms => "admin_intercoms",
            Self::ClientCodes => "client_codes",
            Self::Flats(_) => "flats",
            Self::Keys(_) => "keys",
            Self::AdminCodes(_) => "admin_codes",
        }
    }

    fn named(name: &str, intercom: u64) -> Option<Self> {
        [
            Self::ClientIntercoms,
            Self::AdminIntercoms,
            Self::ClientCodes,
            Self::Flats(intercom),
            Self::Keys(intercom),
            Self::AdminCodes(intercom),
        ]
        .into_iter()
        .find(|list| list.name() == name)
    }
}

/// A list that a run could not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissedRow {
    /// Which.
    pub list: SyncList,
    /// Why, in the words of whoever asked for it; `None`: it came, but not all of it.
    pub why: Option<String>,
}

/// What a run that came to its end could not read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Unread {
    /// How many flats.
    pub failed: u32,
    /// Which lists: without them the run is no complete one.
    pub missed: Vec<MissedRow>,
}

/// When a flat's details are to be read again.
#[derive(Debug, Clone, Copy)]
pub struct DetailsDue {
    /// Now.
    pub now: DateTime<Utc>,
    /// Details asked for before this are, whatever their age.
    pub before: Option<DateTime<Utc>>,
    /// Details of this age are, at the latest.
    pub age: TimeDelta,
    /// How much earlier the first of them are, so that they do not all come at once.
    pub spread: TimeDelta,
}

/// What is here of a server, without what is gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Flats.
    pub flats: u64,
    /// Keys.
    pub keys: u64,
    /// Residents of flats.
    pub residents: u64,
}

/// How far one server's rows have been read.
#[derive(Debug)]
pub struct Sync<'t> {
    pub(crate) cache: &'t Connection,
    pub(crate) server: i64,
}

impl Sync<'_> {
    /// The run under way, or the last; `None`: there never was one.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub fn run(&self) -> Result<Option<SyncRun>, Error> {
        let mut find = self.cache.prepare_cached("SELECT * FROM sync WHERE server = ?1")?;
        let run = find.query_row([self.server], |row| {
            Ok(SyncRun {
                started_at: at(row, "started_at")?,
                is_full: row.get("is_full")?,
                finished_at: maybe_at(row, "finished_at")?,
                completed_at: maybe_at(row, "completed_at")?,
                failed: row.get("failed")?,
            })
        });
        Ok(run.optional()?)
    }

    /// Begins a run, or goes on with the one that was broken off; a wish to read everything anew makes it a new one.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub fn begin(&self, now: DateTime<Utc>, is_full: bool) -> Result<SyncRun, Error> {
        let known = self.run()?;
        if let Some(run) = known.filter(|run| run.finished_at.is_none() && !is_full) {
            return Ok(run);
        }
        self.cache
            .prepare_cached(
                "INSERT INTO sync (server, started_at, is_full, failed) VALUES (?1, ?2, ?3, 0)
                 ON CONFLICT (server) DO UPDATE SET
                    started_at = excluded.started_at, is_full = excluded.is_full, finished_at = NULL",
            )?
            .execute(params![self.server, At(now), is_full])?;
        Ok(SyncRun {
            started_at: now,
            is_full,
            finished_at: None,
            completed_at: known.and_then(|run| run.completed_at),
            failed: known.map_or(0, |run| run.failed),
        })
    }

    /// Ends the run; `unread` says what it could not read where it came to its end. It completes what is here only where it
    /// read every list.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub fn finish(&self, now: DateTime<Utc>, unread: Option<&Unread>) -> Result<(), Error> {
        let is_complete = unread.is_some_and(|unread| unread.missed.is_empty());
        self.cache
            .prepare_cached(
                "UPDATE sync SET finished_at = ?2, completed_at = iif(?3, ?2, completed_at),
                    failed = coalesce(?4, failed) WHERE server = ?1",
            )?
            .execute(params![self.server, At(now), is_complete, unread.map(|unread| unread.failed)])?;
        let Some(unread) = unread else { return Ok(()) };
        self.cache.prepare_cached("DELETE FROM sync_missed WHERE server = ?1")?.execute([self.server])?;
        let mut put = self.cache.prepare_cached(
            "INSERT OR REPLACE INTO sync_missed (server, list, intercom, why) VALUES (?1, ?2, ?3, ?4)",
        )?;
        for MissedRow { list, why } in &unread.missed {
            put.execute(params![self.server, list.name(), list.intercom().unwrap_or_default(), why])?;
        }
        Ok(())
    }

    /// The lists that the last run to come to its end could not read and that were not read since.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub fn missed(&self) -> Result<Vec<MissedRow>, Error> {
        let mut select = self.cache.prepare_cached(
            "SELECT list, intercom, why FROM sync_missed WHERE server = ?1 ORDER BY intercom, list",
        )?;
        let rows = select.query_map([self.server], |row| {
            let (name, intercom, why) =
                (row.get::<_, String>("list")?, row.get("intercom")?, row.get("why")?);
            Ok(SyncList::named(&name, intercom).map(|list| MissedRow { list, why }))
        })?;
        Ok(rows.filter_map(Result::transpose).collect::<Result<_, _>>()?)
    }

    /// Takes note that a list was read whole that was asked for at `asked_at`. Keys that were listed before any flats were are
    /// to be listed again: what stands beside a key of its flat is taken in by flats that are known.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub fn listed(&self, list: SyncList, asked_at: DateTime<Utc>) -> Result<(), Error> {
        let intercom = list.intercom().unwrap_or_default();
        self.cache
            .prepare_cached("DELETE FROM sync_missed WHERE server = ?1 AND list = ?2 AND intercom = ?3")?
            .execute(params![self.server, list.name(), intercom])?;
        let (flats, keys) = match list {
            SyncList::Flats(_) => (Some(asked_at), None),
            SyncList::Keys(_) => (None, Some(asked_at)),
            // Intercoms are always asked for; codes know their age themselves.
            _ => return Ok(()),
        };
        self.cache
            .prepare_cached(
                "INSERT INTO sync_list (server, intercom, flats_at, keys_at) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (server, intercom) DO UPDATE SET
                    flats_at = coalesce(excluded.flats_at, flats_at),
                    keys_at = iif(excluded.flats_at IS NOT NULL AND flats_at IS NULL, NULL,
                        coalesce(excluded.keys_at, keys_at))",
            )?
            .execute(params![self.server, intercom, kept(flats), kept(keys)])?;
        Ok(())
    }

    /// When a list was last read: whole, but for codes, of which whatever came is the list. Of intercoms that is not kept.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub fn listed_at(&self, list: SyncList) -> Result<Option<DateTime<Utc>>, Error> {
        let (sql, column) = match list {
            SyncList::ClientIntercoms | SyncList::AdminIntercoms => return Ok(None),
            SyncList::ClientCodes => ("SELECT * FROM server WHERE id = ?1 AND ?2 = 0", "codes_listed_at"),
            SyncList::Flats(_) => ("SELECT * FROM sync_list WHERE server = ?1 AND intercom = ?2", "flats_at"),
            SyncList::Keys(_) => ("SELECT * FROM sync_list WHERE server = ?1 AND intercom = ?2", "keys_at"),
            SyncList::AdminCodes(_) => {
                ("SELECT * FROM code_list WHERE server = ?1 AND intercom = ?2", "listed_at")
            }
        };
        let of = params![self.server, list.intercom().unwrap_or_default()];
        let mut find = self.cache.prepare_cached(sql)?;
        Ok(find.query_row(of, |row| maybe_at(row, column)).optional()?.flatten())
    }

    /// The flats of an intercom whose details are to be read, in the order of their doors: those never read, those that a
    /// list has told something new of since, and those that are too old.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub fn details_due(&self, intercom: u64, due: DetailsDue) -> Result<Vec<u64>, Error> {
        let micros = |time: TimeDelta| time.num_microseconds().unwrap_or(i64::MAX);
        let mut select = self.cache.prepare_cached(
            "SELECT id FROM flat WHERE server = ?1 AND intercom = ?2 AND id IS NOT NULL AND gone_at IS NULL
                AND (detail_at IS NULL OR detail_at < ?3
                    -- It was asked for while this computer's clock was ahead.
                    OR detail_at > ?4
                    OR detail_at + ?5 - (id % ?7) * (?6 / ?7) <= ?4)
             ORDER BY number_value IS NULL, number_value, number, id",
        )?;
        let ids = select.query_map(
            params![
                self.server,
                intercom,
                kept(due.before),
                At(due.now),
                micros(due.age),
                micros(due.spread),
                PLACES
            ],
            |row| row.get(0),
        )?;
        Ok(ids.collect::<Result<_, _>>()?)
    }

    /// How much is here.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub fn counts(&self) -> Result<Counts, Error> {
        let count = |sql: &str| -> Result<u64, Error> {
            Ok(self.cache.prepare_cached(sql)?.query_row([self.server], |row| row.get(0))?)
        };
        Ok(Counts {
            flats: count("SELECT count(*) FROM flat WHERE server = ?1 AND gone_at IS NULL")?,
            keys: count("SELECT count(*) FROM key WHERE server = ?1 AND gone_at IS NULL")?,
            residents: count("SELECT count(*) FROM resident WHERE server = ?1 AND gone_at IS NULL")?,
        })
    }
}

/// Forgets what has been gone since before `then`, of every server.
pub(crate) fn drop_gone(cache: &Connection, then: DateTime<Utc>) -> Result<(), Error> {
    for remove in [
        "DELETE FROM resident WHERE gone_at < ?1",
        "DELETE FROM resident WHERE (server, intercom, flat) IN
            (SELECT server, intercom, id FROM flat WHERE gone_at < ?1)",
        "DELETE FROM key WHERE gone_at < ?1",
        "DELETE FROM key WHERE (server, intercom, flat) IN
            (SELECT server, intercom, id FROM flat WHERE gone_at < ?1)",
        "DELETE FROM flat WHERE gone_at < ?1",
    ] {
        cache.prepare_cached(remove)?.execute([At(then)])?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
