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
    /// When a run last came to its end.
    pub completed_at: Option<DateTime<Utc>>,
    /// How many records that one could not read.
    pub failed: u32,
}

/// One of an intercom's two lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SyncList {
    /// Its flats.
    Flats,
    /// Its keys.
    Keys,
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

    /// Ends the run; `completed` says how many records it could not read where it came to its end.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub fn finish(&self, now: DateTime<Utc>, completed: Option<u32>) -> Result<(), Error> {
        self.cache
            .prepare_cached(
                "UPDATE sync SET finished_at = ?2, completed_at = iif(?3 IS NULL, completed_at, ?2),
                    failed = coalesce(?3, failed) WHERE server = ?1",
            )?
            .execute(params![self.server, At(now), completed])?;
        Ok(())
    }

    /// Takes note that a list was read whole that was asked for at `asked_at`.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub fn listed(&self, intercom: u64, list: SyncList, asked_at: DateTime<Utc>) -> Result<(), Error> {
        let (flats, keys) = match list {
            SyncList::Flats => (Some(asked_at), None),
            SyncList::Keys => (None, Some(asked_at)),
        };
        self.cache
            .prepare_cached(
                "INSERT INTO sync_list (server, intercom, flats_at, keys_at) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (server, intercom) DO UPDATE SET
                    flats_at = coalesce(excluded.flats_at, flats_at), keys_at = coalesce(excluded.keys_at, keys_at)",
            )?
            .execute(params![self.server, intercom, kept(flats), kept(keys)])?;
        Ok(())
    }

    /// When a list was last read whole.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub fn listed_at(&self, intercom: u64, list: SyncList) -> Result<Option<DateTime<Utc>>, Error> {
        let mut find =
            self.cache.prepare_cached("SELECT * FROM sync_list WHERE server = ?1 AND intercom = ?2")?;
        let column = match list {
            SyncList::Flats => "flats_at",
            SyncList::Keys => "keys_at",
        };
        Ok(find.query_row(params![self.server, intercom], |row| maybe_at(row, column)).optional()?.flatten())
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
