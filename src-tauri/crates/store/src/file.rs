//! The two files: opening, keying, setting aside.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use chrono::NaiveDate;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use secrecy::{ExposeSecret, SecretBox};

use crate::copies;
use crate::error::{Error, Which};
use crate::journal;
use crate::migrations;

/// How long a statement waits for a file that something else reads, a backup program for one.
const PATIENCE: Duration = Duration::from_secs(5);

/// How much of a file stays decrypted in memory, in KiB: taking a page in costs more than looking through it. More would make
/// taking in long lists quicker, but what SQLite gives back of it stays with the C library.
const DECRYPTED: i64 = 8 * 1_024;
/// How many pages of the cache are written beside the file before they are taken into it: a long list that is read for the first
/// time changes the same pages again and again. 32 MiB.
const PAGES_BESIDE: i64 = 8_000;
/// How many statements stay prepared.
const PREPARED: usize = 128;

/// The key of the files: 32 random bytes, used as they are.
#[derive(Debug, Clone)]
pub struct Key(Arc<SecretBox<[u8; 32]>>);

impl Key {
    /// The key that is these bytes.
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(Arc::new(SecretBox::new(Box::new(bytes))))
    }

    /// As SQLCipher wants a key that nothing is to be derived from.
    fn as_literal(&self) -> secrecy::SecretString {
        let hex: String = self.0.expose_secret().iter().map(|byte| format!("{byte:02X}")).collect();
        format!("x'{hex}'").into()
    }
}

/// What was found on opening.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Opened {
    /// Where the cache was moved that could not be read.
    pub cache_set_aside: Option<PathBuf>,
    /// Where the journal was moved that could not be read.
    pub journal_set_aside: Option<PathBuf>,
    /// The journal was not there, or empty, beside a cache that was: somebody took it away.
    pub journal_missing: bool,
    /// The day whose copy took the place of a journal that was set aside or missing.
    pub journal_restored: Option<NaiveDate>,
}

/// The open files.
pub(crate) struct OpenFiles {
    pub(crate) cache: Connection,
    pub(crate) journal: Connection,
    pub(crate) lock: fs::File,
}

impl Which {
    fn file_name(self) -> &'static str {
        match self {
            Self::Cache => "cache.db",
            Self::Journal => "journal.db",
        }
    }
}

pub(crate) fn in_memory(which: Which) -> Result<Connection, Error> {
    let mut connection = Connection::open_in_memory()?;
    prepare(&mut connection, which)?;
    Ok(connection)
}

pub(crate) fn open(folder: &Path, key: &Key) -> Result<(OpenFiles, Opened), Error> {
    make_private(folder)?;
    // The files themselves must not be links; where the folder really lies is nobody's concern.
    let folder = &fs::canonicalize(folder)?;
    let lock = fs::File::options().create(true).truncate(false).write(true).open(folder.join("lock"))?;
    match lock.try_lock() {
        Ok(()) => {}
        Err(fs::TryLockError::WouldBlock) => return Err(Error::InUse),
        Err(fs::TryLockError::Error(error)) => return Err(error.into()),
    }
    let is_there =
        |which: Which| fs::metadata(folder.join(which.file_name())).is_ok_and(|file| file.len() > 0);
    let is_old = is_there(Which::Cache) || !copies::all(folder)?.is_empty();
    let journal_missing = is_old && !is_there(Which::Journal);
    // The journal first: where a later version wrote it, the cache stays as it is, too.
    let journal = open_journal(folder, key, journal_missing)?;
    let (cache, cache_set_aside) = open_cache(folder, key)?;
    let opened = Opened {
        cache_set_aside,
        journal_set_aside: journal.set_aside,
        journal_missing,
        journal_restored: journal.restored,
    };
    Ok((OpenFiles { cache, journal: journal.connection, lock }, opened))
}

/// A journal, and what it took to have one.
struct OpenedJournal {
    connection: Connection,
    set_aside: Option<PathBuf>,
    restored: Option<NaiveDate>,
}

fn open_journal(folder: &Path, key: &Key, is_missing: bool) -> Result<OpenedJournal, Error> {
    let path = folder.join(Which::Journal.file_name());
    let opened = if is_missing { None } else { Some(open_one(&path, Which::Journal, key).and_then(settled)) };
    match opened {
        Some(Err(error)) if error.is_unreadable() => {
            let (connection, restored, aside) = begin_journal_anew(folder, key)?;
            Ok(OpenedJournal { connection, set_aside: Some(aside), restored })
        }
        Some(opened) => Ok(OpenedJournal { connection: opened?, set_aside: None, restored: None }),
        None => {
            let (connection, restored) = journal_from_copy(folder, key)?;
            Ok(OpenedJournal { connection, set_aside: None, restored })
        }
    }
}

/// What was on its way when the program ended may have been done or not.
fn settled(journal: Connection) -> Result<Connection, Error> {
    journal::lose_what_was_asked(&journal)?;
    Ok(journal)
}

/// Sets the journal aside; its copy takes its place, or a new one. Returns the day of the copy and where the journal is now.
pub(crate) fn begin_journal_anew(
    folder: &Path,
    key: &Key,
) -> Result<(Connection, Option<NaiveDate>, PathBuf), Error> {
    let aside = set_aside(&folder.join(Which::Journal.file_name()))?;
    tracing::warn!(aside = ?aside.file_name(), "the journal could not be read and was set aside");
    let (journal, restored) = journal_from_copy(folder, key)?;
    Ok((journal, restored, aside))
}

/// The latest copy that can be read, in the place of a journal that is not there or empty; a new one where none can.
fn journal_from_copy(folder: &Path, key: &Key) -> Result<(Connection, Option<NaiveDate>), Error> {
    let path = folder.join(Which::Journal.file_name());
    for (day, copy) in copies::all(folder)? {
        copies::put_back(&copy, &path)?;
        let opened = open_one(&path, Which::Journal, key).and_then(settled);
        match opened.and_then(|journal| journal::leave_room(&journal).map(|()| journal)) {
            Ok(journal) => return Ok((journal, Some(day))),
            Err(error) if error.is_unreadable() => remove(&path)?,
            Err(error) => return Err(error),
        }
    }
    Ok((open_one(&path, Which::Journal, key)?, None))
}

fn open_cache(folder: &Path, key: &Key) -> Result<(Connection, Option<PathBuf>), Error> {
    let path = folder.join(Which::Cache.file_name());
    match open_one(&path, Which::Cache, key) {
        Err(error) if error.is_unreadable() => {
            let (cache, aside) = begin_cache_anew(folder, key)?;
            Ok((cache, Some(aside)))
        }
        opened => Ok((opened?, None)),
    }
}

/// Sets the cache aside and begins it anew. Returns where it is now.
pub(crate) fn begin_cache_anew(folder: &Path, key: &Key) -> Result<(Connection, PathBuf), Error> {
    let path = folder.join(Which::Cache.file_name());
    // All of it can be read from the servers again: the one that was set aside last tells enough of what went wrong.
    for earlier in (1..).map(|number| aside_name(&path, number)).take_while(|aside| aside.exists()) {
        remove(&earlier)?;
    }
    let aside = set_aside(&path)?;
    tracing::warn!(aside = ?aside.file_name(), "the cache could not be read and was set aside");
    Ok((open_one(&path, Which::Cache, key)?, aside))
}

/// Whether every page of a file is as it was written.
pub(crate) fn is_sound(connection: &Connection) -> bool {
    let check = |pragma: &str| -> rusqlite::Result<Vec<String>> {
        let mut check = connection.prepare(pragma)?;
        check.query_map([], |row| row.get(0))?.collect()
    };
    // The first tells nothing where all is well, the second says so.
    let is_keyed = check("PRAGMA cipher_integrity_check").is_ok_and(|found| found.is_empty());
    is_keyed && check("PRAGMA quick_check(1)").is_ok_and(|found| found == ["ok"])
}

fn open_one(path: &Path, which: Which, key: &Key) -> Result<Connection, Error> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_CREATE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX
        | OpenFlags::SQLITE_OPEN_NOFOLLOW;
    let mut connection = Connection::open_with_flags(path, flags)?;
    // SECURITY: the key goes first: nothing of the file is read or written without it.
    connection.pragma_update(None, "key", key.as_literal().expose_secret())?;
    prepare(&mut connection, which)?;
    Ok(connection)
}

/// A file that is open for writing already, once more, for reading alone.
pub(crate) fn open_for_reading(folder: &Path, which: Which, key: &Key) -> Result<Connection, Error> {
    let flags =
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_NOFOLLOW;
    let connection = Connection::open_with_flags(folder.join(which.file_name()), flags)?;
    // SECURITY: as where it is written: the key first.
    connection.pragma_update(None, "key", key.as_literal().expose_secret())?;
    set_up(&connection)?;
    connection.pragma_update(None, "query_only", true)?;
    connection.query_row("SELECT count(*) FROM sqlite_master", [], |_| Ok(()))?;
    Ok(connection)
}

/// What every connection is like, whether it writes or only reads.
fn set_up(connection: &Connection) -> Result<(), Error> {
    connection.busy_timeout(PATIENCE)?;
    connection.set_prepared_statement_cache_capacity(PREPARED);
    // Otherwise SQLite plans a statement anew for every other value that is asked for.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.pragma_update(None, "cache_size", -DECRYPTED)?;
    // SECURITY: what SQLite puts away while sorting would stand on the disk in clear.
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    Ok(())
}

fn prepare(connection: &mut Connection, which: Which) -> Result<(), Error> {
    set_up(connection)?;
    connection.pragma_update(None, "foreign_keys", true)?;
    // A deleted name or code is overwritten, not only unlinked: "forget" means it.
    connection.pragma_update(None, "secure_delete", true)?;
    // The first reading of the file: a wrong key or a foreign file shows here.
    connection.query_row("SELECT count(*) FROM sqlite_master", [], |_| Ok(()))?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    // The cache may lose its last moments with the power, the journal nothing.
    let synchronous = if which == Which::Cache { "NORMAL" } else { "FULL" };
    connection.pragma_update(None, "synchronous", synchronous)?;
    if which == Which::Cache {
        connection.pragma_update(None, "wal_autocheckpoint", PAGES_BESIDE)?;
    }
    // macOS takes a word for a deed unless told otherwise.
    connection.pragma_update(None, "fullfsync", which == Which::Journal)?;
    migrations::migrate(connection, which)
}

/// Moves a file and what belongs to it out of the way, under a name that is free.
fn set_aside(path: &Path) -> Result<PathBuf, Error> {
    let aside = (1..)
        .map(|number| aside_name(path, number))
        .find(|aside| !aside.exists())
        .unwrap_or_else(|| path.with_extension("unreadable.db"));
    fs::rename(path, &aside)?;
    for companion in COMPANIONS {
        if_there(fs::rename(beside(path, companion), beside(&aside, companion)))?;
    }
    Ok(aside)
}

fn aside_name(path: &Path, number: u32) -> PathBuf {
    path.with_extension(format!("unreadable-{number}.db"))
}

/// Removes a file and what belongs to it.
fn remove(path: &Path) -> Result<(), Error> {
    for companion in COMPANIONS {
        if_there(fs::remove_file(beside(path, companion)))?;
    }
    Ok(fs::remove_file(path)?)
}

/// What SQLite keeps beside a file.
const COMPANIONS: [&str; 2] = ["-wal", "-shm"];

fn beside(path: &Path, companion: &str) -> PathBuf {
    PathBuf::from(format!("{}{companion}", path.display()))
}

fn if_there(done: io::Result<()>) -> io::Result<()> {
    match done {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        done => done,
    }
}

/// Removes the folder of the files with everything in it, also what was set aside. They must not be open.
///
/// # Errors
/// Where the disk refuses, or another process has them open.
pub fn erase(folder: &Path) -> Result<(), Error> {
    let lock = match fs::File::options().write(true).open(folder.join("lock")) {
        Ok(lock) => Some(lock),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(error.into()),
    };
    if let Some(lock) = &lock {
        match lock.try_lock() {
            Ok(()) => {}
            Err(fs::TryLockError::WouldBlock) => return Err(Error::InUse),
            Err(fs::TryLockError::Error(error)) => return Err(error.into()),
        }
    }
    // Nothing that is open can be removed everywhere.
    drop(lock);
    Ok(if_there(fs::remove_dir_all(folder))?)
}

/// A folder that nobody else on this computer can look into.
fn make_private(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(folder, fs::Permissions::from_mode(0o700))?;
    }
    Ok(())
}
