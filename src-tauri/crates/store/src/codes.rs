//! Rows of visitor codes as servers listed them.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Row, named_params, params};

use crate::error::Error;
use crate::journal::{self, Journal};
use crate::search::words;
use crate::value::{kept, maybe_at};

/// A code as a server told of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeRow {
    /// Record id.
    pub id: u64,
    /// The digits.
    pub code: String,
    /// What it is called.
    pub title: String,
    /// The intercom it opens, where the answer says.
    pub intercom: Option<u64>,
    /// The intercom's title, where the answer says.
    pub intercom_title: Option<String>,
    /// The flat's door number, where the answer says.
    pub flat_number: Option<String>,
    /// When it stops opening the door.
    pub until: Option<DateTime<Utc>>,
    /// Whether the server itself called it ended.
    pub is_ended: bool,
    /// Whether it was to be deleted and the answer was lost.
    pub is_unsettled: bool,
    /// When the server forgets it.
    pub removed_at: Option<DateTime<Utc>>,
    /// When it was made.
    pub created_at: Option<DateTime<Utc>>,
}

/// Everything known of one server's codes: looked at and changed as one, because what a list has settles what was asked
/// for.
#[derive(Debug)]
pub struct Codes {
    /// The client account's codes as the server last listed them.
    pub listed: Vec<CodeRow>,
    /// When that listing was asked for.
    pub listed_at: Option<DateTime<Utc>>,
    /// The admin account's codes as the server last listed them, by intercom, and when that was asked for.
    pub listed_by_flat: BTreeMap<u64, (DateTime<Utc>, Vec<CodeRow>)>,
    /// Intercoms whose listing of codes by flat once had a code that this desk issued.
    pub proven_lists: BTreeSet<u64>,
    /// What this desk asked the server to issue.
    pub journal: Journal,
    /// What the files have of the lists.
    kept: Kept,
}

/// The lists as they stand in the cache.
#[derive(Debug, Default)]
struct Kept {
    listed: Vec<CodeRow>,
    listed_at: Option<DateTime<Utc>>,
    listed_by_flat: BTreeMap<u64, (DateTime<Utc>, Vec<CodeRow>)>,
    proven_lists: BTreeSet<u64>,
}

pub(crate) fn read(
    cache: &Connection,
    journal: &Connection,
    server: i64,
    name: &str,
) -> Result<Codes, Error> {
    let mut kept = Kept {
        listed_at: cache
            .prepare_cached("SELECT codes_listed_at FROM server WHERE id = ?1")?
            .query_row([server], |row| maybe_at(row, "codes_listed_at"))
            .optional()?
            .flatten(),
        ..Kept::default()
    };
    let mut lists = cache.prepare_cached("SELECT * FROM code_list WHERE server = ?1")?;
    let mut lists = lists.query([server])?;
    while let Some(list) = lists.next()? {
        let intercom = list.get("intercom")?;
        if list.get("is_proven")? {
            kept.proven_lists.insert(intercom);
        }
        if let Some(listed_at) = maybe_at(list, "listed_at")? {
            kept.listed_by_flat.insert(intercom, (listed_at, Vec::new()));
        }
    }
    let mut codes = cache.prepare_cached("SELECT * FROM code WHERE server = ?1 ORDER BY row")?;
    let mut codes = codes.query([server])?;
    while let Some(code) = codes.next()? {
        match code.get::<_, Option<u64>>("intercom_list")? {
            None => kept.listed.push(code_row(code)?),
            Some(intercom) => {
                if let Some((_, listed)) = kept.listed_by_flat.get_mut(&intercom) {
                    listed.push(code_row(code)?);
                }
            }
        }
    }
    Ok(Codes {
        listed: kept.listed.clone(),
        listed_at: kept.listed_at,
        listed_by_flat: kept.listed_by_flat.clone(),
        proven_lists: kept.proven_lists.clone(),
        journal: journal::read(journal, name)?,
        kept,
    })
}

pub(crate) fn keep(
    cache: &Connection,
    journal: &Connection,
    server: i64,
    name: &str,
    codes: &mut Codes,
) -> Result<(), Error> {
    journal::keep(journal, name, &mut codes.journal)?;
    let before = &codes.kept;
    if codes.listed_at != before.listed_at {
        let mut set = cache.prepare_cached("UPDATE server SET codes_listed_at = ?2 WHERE id = ?1")?;
        set.execute(params![server, kept(codes.listed_at)])?;
    }
    if codes.listed != before.listed {
        write_list(cache, server, None, &codes.listed)?;
    }
    let intercoms: BTreeSet<u64> = [&codes.listed_by_flat, &before.listed_by_flat]
        .into_iter()
        .flat_map(BTreeMap::keys)
        .chain(&codes.proven_lists)
        .copied()
        .collect();
    for intercom in intercoms {
        let (now, then) = (codes.listed_by_flat.get(&intercom), before.listed_by_flat.get(&intercom));
        let is_proven = codes.proven_lists.contains(&intercom);
        if now == then && is_proven == before.proven_lists.contains(&intercom) {
            continue;
        }
        cache
            .prepare_cached(
                "INSERT OR REPLACE INTO code_list (server, intercom, listed_at, is_proven) VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute(params![server, intercom, kept(now.map(|(listed_at, _)| *listed_at)), is_proven])?;
        write_list(cache, server, Some(intercom), now.map_or(&[], |(_, listed)| listed))?;
    }
    codes.kept = Kept {
        listed: codes.listed.clone(),
        listed_at: codes.listed_at,
        listed_by_flat: codes.listed_by_flat.clone(),
        proven_lists: codes.proven_lists.clone(),
    };
    Ok(())
}

fn write_list(
    cache: &Connection,
    server: i64,
    intercom: Option<u64>,
    listed: &[CodeRow],
) -> Result<(), Error> {
    cache
        .prepare_cached("DELETE FROM code WHERE server = ?1 AND intercom_list IS ?2")?
        .execute(params![server, intercom])?;
    let mut put = cache.prepare_cached(
        "INSERT INTO code
            (server, intercom_list, id, code, title, words, intercom, intercom_title, flat_number, until, is_ended,
             is_unsettled, removed_at, created_at)
         VALUES
            (:server, :list, :id, :code, :title, :words, :intercom, :intercom_title, :flat_number, :until, :is_ended,
             :is_unsettled, :removed_at, :created_at)",
    )?;
    for row in listed {
        put.execute(named_params! {
            ":server": server,
            ":list": intercom,
            ":id": row.id,
            ":code": row.code,
            ":title": row.title,
            ":words": words([Some(row.title.as_str())]),
            ":intercom": row.intercom,
            ":intercom_title": row.intercom_title,
            ":flat_number": row.flat_number,
            ":until": kept(row.until),
            ":is_ended": row.is_ended,
            ":is_unsettled": row.is_unsettled,
            ":removed_at": kept(row.removed_at),
            ":created_at": kept(row.created_at),
        })?;
    }
    Ok(())
}

pub(crate) fn code_row(row: &Row<'_>) -> rusqlite::Result<CodeRow> {
    Ok(CodeRow {
        id: row.get("id")?,
        code: row.get("code")?,
        title: row.get("title")?,
        intercom: row.get("intercom")?,
        intercom_title: row.get("intercom_title")?,
        flat_number: row.get("flat_number")?,
        until: maybe_at(row, "until")?,
        is_ended: row.get("is_ended")?,
        is_unsettled: row.get("is_unsettled")?,
        removed_at: maybe_at(row, "removed_at")?,
        created_at: maybe_at(row, "created_at")?,
    })
}
