//! The journal: what this desk asked a server to issue, and what became of it.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, Row, named_params, params};

use crate::codes::CodeRow;
use crate::error::Error;
use crate::search::words;
use crate::value::{At, at, kept, maybe_at};

/// A code this desk means to issue, written down before the server is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Intent {
    /// The intercom.
    pub intercom: u64,
    /// The flat: record id and door number; `None` for the client account's own.
    pub flat: Option<(u64, String)>,
    /// What it is to be called.
    pub title: String,
    /// When it is to end.
    pub until: DateTime<Utc>,
    /// When the server was asked.
    pub asked_at: DateTime<Utc>,
    /// Which account of the server asked, where that is known: not its login, which may be typed in several ways.
    pub account: Option<String>,
}

/// What became of an intent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The request is on its way.
    Asked,
    /// The server answered with the code, at this time.
    Issued(CodeRow, DateTime<Utc>),
    /// The request went out and no usable answer came back: it may have been done.
    Unknown,
}

/// What this desk asked a server to issue, in the order of asking.
#[derive(Debug, Default)]
pub struct Journal {
    entries: Vec<(u64, Intent, Outcome)>,
    /// Entries that are to be written, or taken out where there is none of the number any more.
    changed: BTreeSet<u64>,
    /// The last number that was given.
    last: u64,
}

impl Journal {
    /// Writes an intent down and gives it its number.
    pub fn ask(&mut self, intent: Intent) -> u64 {
        self.last += 1;
        self.entries.push((self.last, intent, Outcome::Asked));
        self.changed.insert(self.last);
        self.last
    }

    /// Writes down what became of an intent.
    pub fn settle(&mut self, number: u64, outcome: Outcome) {
        if let Some(entry) = self.entries.iter_mut().find(|entry| entry.0 == number) {
            entry.2 = outcome;
            self.changed.insert(number);
        }
    }

    /// Takes an intent out: nothing was done, or the person has looked.
    pub fn strike(&mut self, number: u64) {
        self.entries.retain(|entry| entry.0 != number);
        self.changed.insert(number);
    }

    /// Takes in an entry of another journal whose numbers are not used here.
    pub(crate) fn take_over(&mut self, number: u64, intent: Intent, outcome: Outcome) {
        match self.entries.iter_mut().find(|entry| entry.0 == number) {
            // Taken over before, and settled since.
            Some(entry) if entry.1 == intent => entry.2 = outcome,
            Some(_) => {
                let number = self.ask(intent);
                return self.settle(number, outcome);
            }
            None => self.entries.push((number, intent, outcome)),
        }
        self.last = self.last.max(number);
        self.changed.insert(number);
    }

    /// Every entry: its number, the intent and what became of it.
    pub fn entries(&self) -> &[(u64, Intent, Outcome)] {
        &self.entries
    }
}

/// More entries than a desk writes in a day.
const ROOM: u64 = 1_000_000;

const ASKED: u8 = 0;
const ISSUED: u8 = 1;
const UNKNOWN: u8 = 2;

pub(crate) fn read(journal: &Connection, server: &str) -> Result<Journal, Error> {
    let mut select = journal.prepare_cached("SELECT * FROM entry WHERE server = ?1 ORDER BY number")?;
    let entries = select.query_map([server], entry)?.collect::<Result<_, _>>()?;
    // A number is never given twice, not even that of an entry that was struck: a row on the screen may still name it.
    let mut find =
        journal.prepare_cached("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'entry'")?;
    let last = find.query_row([], |row| row.get(0))?;
    Ok(Journal { entries, changed: BTreeSet::new(), last })
}

pub(crate) fn keep(connection: &Connection, server: &str, journal: &mut Journal) -> Result<(), Error> {
    for number in std::mem::take(&mut journal.changed) {
        match journal.entries.iter().find(|entry| entry.0 == number) {
            Some((_, intent, outcome)) => write(connection, server, number, intent, outcome)?,
            None => {
                let mut strike =
                    connection.prepare_cached("DELETE FROM entry WHERE server = ?1 AND number = ?2")?;
                strike.execute(params![server, number])?;
            }
        }
    }
    Ok(())
}

/// Lets an empty journal count on from a number.
pub(crate) fn count_from(connection: &Connection, number: u64) -> Result<(), Error> {
    connection.execute("INSERT INTO sqlite_sequence (name, seq) VALUES ('entry', ?1)", [number])?;
    Ok(())
}

/// Leaves out numbers that may have been given since this journal was copied: a row on the screen may still name one.
pub(crate) fn leave_room(connection: &Connection) -> Result<(), Error> {
    connection.execute("UPDATE sqlite_sequence SET seq = seq + ?1 WHERE name = 'entry'", [ROOM])?;
    Ok(())
}

pub(crate) fn lose_what_was_asked(connection: &Connection) -> Result<(), Error> {
    connection.execute("UPDATE entry SET outcome = ?1 WHERE outcome = ?2", [UNKNOWN, ASKED])?;
    Ok(())
}

pub(crate) fn drop_ended(connection: &Connection, then: DateTime<Utc>) -> Result<(), Error> {
    connection.execute(
        "DELETE FROM entry WHERE outcome = ?1 AND max(coalesce(code_removed_at, 0), coalesce(code_until, until)) < ?2",
        params![ISSUED, At(then)],
    )?;
    Ok(())
}

fn write(
    connection: &Connection,
    server: &str,
    number: u64,
    intent: &Intent,
    outcome: &Outcome,
) -> Result<(), Error> {
    let (state, code, issued_at) = match outcome {
        Outcome::Asked => (ASKED, None, None),
        Outcome::Unknown => (UNKNOWN, None, None),
        Outcome::Issued(code, at) => (ISSUED, Some(code), Some(*at)),
    };
    let (flat, flat_number) = intent.flat.as_ref().map(|(id, number)| (*id, number.as_str())).unzip();
    connection
        .prepare_cached(
            "INSERT INTO entry
                (number, server, intercom, flat, flat_number, title, words, until, asked_at, account, outcome,
                 issued_at, code_id, code, code_title, code_intercom, code_intercom_title,
                 code_flat_number, code_until, code_is_ended, code_is_unsettled, code_removed_at,
                 code_created_at)
             VALUES
                (:number, :server, :intercom, :flat, :flat_number, :title, :words, :until, :asked_at,
                 :account, :outcome, :issued_at, :code_id, :code, :code_title, :code_intercom, :code_intercom_title,
                 :code_flat_number, :code_until, :code_is_ended, :code_is_unsettled, :code_removed_at,
                 :code_created_at)
             ON CONFLICT (number) DO UPDATE SET
                server = excluded.server, intercom = excluded.intercom, flat = excluded.flat,
                flat_number = excluded.flat_number, title = excluded.title, words = excluded.words,
                until = excluded.until, asked_at = excluded.asked_at, account = excluded.account,
                outcome = excluded.outcome,
                issued_at = excluded.issued_at, code_id = excluded.code_id, code = excluded.code,
                code_title = excluded.code_title, code_intercom = excluded.code_intercom,
                code_intercom_title = excluded.code_intercom_title,
                code_flat_number = excluded.code_flat_number, code_until = excluded.code_until,
                code_is_ended = excluded.code_is_ended, code_is_unsettled = excluded.code_is_unsettled,
                code_removed_at = excluded.code_removed_at, code_created_at = excluded.code_created_at",
        )?
        .execute(named_params! {
            ":number": number,
            ":server": server,
            ":intercom": intent.intercom,
            ":flat": flat,
            ":flat_number": flat_number,
            ":title": intent.title,
            ":words": words([Some(intent.title.as_str()), code.map(|code| code.title.as_str())]),
            ":until": At(intent.until),
            ":asked_at": At(intent.asked_at),
            ":account": intent.account,
            ":outcome": state,
            ":issued_at": kept(issued_at),
            ":code_id": code.map(|code| code.id),
            ":code": code.map(|code| &code.code),
            ":code_title": code.map(|code| &code.title),
            ":code_intercom": code.and_then(|code| code.intercom),
            ":code_intercom_title": code.and_then(|code| code.intercom_title.as_ref()),
            ":code_flat_number": code.and_then(|code| code.flat_number.as_ref()),
            ":code_until": kept(code.and_then(|code| code.until)),
            ":code_is_ended": code.map(|code| code.is_ended),
            ":code_is_unsettled": code.map(|code| code.is_unsettled),
            ":code_removed_at": kept(code.and_then(|code| code.removed_at)),
            ":code_created_at": kept(code.and_then(|code| code.created_at)),
        })?;
    Ok(())
}

pub(crate) fn entry(row: &Row<'_>) -> rusqlite::Result<(u64, Intent, Outcome)> {
    let intent = Intent {
        intercom: row.get("intercom")?,
        flat: row.get::<_, Option<u64>>("flat")?.zip(row.get("flat_number")?),
        title: row.get("title")?,
        until: at(row, "until")?,
        asked_at: at(row, "asked_at")?,
        account: row.get("account")?,
    };
    let outcome = match row.get::<_, u8>("outcome")? {
        ASKED => Outcome::Asked,
        ISSUED => {
            let code = CodeRow {
                id: row.get("code_id")?,
                code: row.get("code")?,
                title: row.get("code_title")?,
                intercom: row.get("code_intercom")?,
                intercom_title: row.get("code_intercom_title")?,
                flat_number: row.get("code_flat_number")?,
                until: maybe_at(row, "code_until")?,
                is_ended: row.get("code_is_ended")?,
                is_unsettled: row.get("code_is_unsettled")?,
                removed_at: maybe_at(row, "code_removed_at")?,
                created_at: maybe_at(row, "code_created_at")?,
            };
            Outcome::Issued(code, at(row, "issued_at")?)
        }
        _ => Outcome::Unknown,
    };
    Ok((row.get("number")?, intent, outcome))
}
