//! The journal's copy of the day: what is left of it should its file be damaged, or taken away.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use rusqlite::Connection;

use crate::error::Error;

const BEFORE_THE_DAY: &str = "journal.";
const AFTER_THE_DAY: &str = ".copy.db";
/// What is not whole yet.
const UNFINISHED: &str = "journal.copying.db";

/// Makes the copy of a day, where there is none of it yet, and then removes those of other days. Returns whether it did.
///
/// It is encrypted as the journal is, with the same key.
pub(crate) fn keep(journal: &Connection, folder: &Path, day: NaiveDate) -> Result<bool, Error> {
    let copy = folder.join(format!("{BEFORE_THE_DAY}{day}{AFTER_THE_DAY}"));
    if copy.exists() {
        return Ok(false);
    }
    write(journal, folder, &copy)?;
    for (_, other) in all(folder)?.into_iter().filter(|(other, _)| *other != day) {
        fs::remove_file(other)?;
    }
    Ok(true)
}

/// Makes every copy anew from what the journal is now: what was forgotten must not live on in them.
pub(crate) fn renew(journal: &Connection, folder: &Path) -> Result<(), Error> {
    for (_, copy) in all(folder)? {
        write(journal, folder, &copy)?;
    }
    Ok(())
}

/// The copies there are, the latest first, each with its day.
pub(crate) fn all(folder: &Path) -> Result<Vec<(NaiveDate, PathBuf)>, Error> {
    let mut copies = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if let Some(day) = day_of(&path) {
            copies.push((day, path));
        }
    }
    copies.sort_by(|one, other| other.cmp(one));
    Ok(copies)
}

/// Puts a copy in the journal's place, which is free.
pub(crate) fn put_back(copy: &Path, journal: &Path) -> Result<(), Error> {
    let unfinished = copy.with_file_name(UNFINISHED);
    fs::copy(copy, &unfinished)?;
    File::open(&unfinished)?.sync_all()?;
    Ok(fs::rename(unfinished, journal)?)
}

fn day_of(path: &Path) -> Option<NaiveDate> {
    path.file_name()?.to_str()?.strip_prefix(BEFORE_THE_DAY)?.strip_suffix(AFTER_THE_DAY)?.parse().ok()
}

fn write(journal: &Connection, folder: &Path, copy: &Path) -> Result<(), Error> {
    let unfinished = folder.join(UNFINISHED);
    match fs::remove_file(&unfinished) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error.into()),
        _ => {}
    }
    // A name that is no text is in no folder this program makes; a link in its place would have been removed just now.
    journal.execute("VACUUM INTO ?1", [unfinished.to_string_lossy()])?;
    // It must be whole on the disk before it takes the place of the one before.
    File::options().write(true).open(&unfinished)?.sync_all()?;
    Ok(fs::rename(unfinished, copy)?)
}
