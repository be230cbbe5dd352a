//! What this desk remembers: rows of the directory and of codes, and the journal of what it asked a server to do.
//!
//! Exists so that what was last seen and what was asked for can be looked up without the network, after a restart, too.
//! Two encrypted files: the *cache* can be read from the servers again, so a damaged one is set aside and filled anew; the
//! *journal* is this desk's own word on what it asked for, so it is on the disk before a request is sent and never begun
//! anew in silence.
//! Must not go in: HTTP, the server's spellings, rules of the product, anything secret but the key of the files.

mod canonical;
mod codes;
mod error;
mod file;
mod flats;
mod intercoms;
mod journal;
mod keys;
mod migrations;
mod residents;
mod search;
#[cfg(feature = "trace")]
mod trace;
mod value;
mod window;

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Transaction};

pub use canonical::{KeyPart, KeyReading, canonical_key, is_key_separator};
pub use codes::{CodeRow, Codes};
pub use error::{Error, Which};
pub use file::{Key, Opened};
pub use flats::{FlatDetail, FlatKey, FlatRow, FlatSort, Flats, LineRow, LineRows};
pub use intercoms::{IntercomRow, Intercoms};
pub use journal::{Intent, Journal, Outcome};
pub use keys::{KeyRow, KeySort, Keys, OwnerRow};
pub use residents::ResidentRow;
pub use search::{CodeList, Field, Found, FoundCode, FoundKey, FoundPerson, Hit, LONGEST_QUERY, Mark, Query};
#[cfg(feature = "trace")]
pub use trace::Statement;
pub use value::is_overtaken;
pub use window::{Window, folded};

/// The rows of every server, by the server's id. Servers never see each other's rows.
///
/// Every method blocks: on the disk, and on whoever else is at it.
#[derive(Debug)]
pub struct Store {
    files: Mutex<Files>,
    /// A second look at the files for searches, so that none waits for whoever takes in a long list; none in memory. Never
    /// held while `files` is waited for.
    reader: Mutex<Option<Reader>>,
    has_lost_journal: AtomicBool,
}

/// The files once more, for reading alone: what is committed.
#[derive(Debug)]
struct Reader {
    cache: Connection,
    journal: Connection,
}

#[derive(Debug)]
struct Files {
    cache: Connection,
    journal: Connection,
    /// The cache's short names of servers.
    servers: HashMap<String, i64>,
    /// Servers that were forgotten: an answer that was still on its way must not bring them back.
    gone: HashSet<String>,
    /// Where the files lie, and their key; none in memory.
    home: Option<(PathBuf, Key)>,
    /// Held for as long as the files are open: only one process writes to them.
    _lock: Option<std::fs::File>,
}

/// Everything remembered of one server, inside one transaction.
#[derive(Debug)]
pub struct Rows<'t> {
    cache: &'t Transaction<'t>,
    journal: &'t Transaction<'t>,
    server: i64,
    name: &'t str,
}

impl Store {
    /// A store that ends with the program.
    ///
    /// # Errors
    /// Where there is no memory for it.
    pub fn in_memory() -> Result<Self, Error> {
        Self::in_memory_from(0)
    }

    /// The same; its journal counts on from `number`, so that its numbers can be taken over into the files.
    ///
    /// # Errors
    /// Where there is no memory for it.
    pub fn in_memory_from(number: u64) -> Result<Self, Error> {
        let journal = file::in_memory(Which::Journal)?;
        journal::count_from(&journal, number)?;
        Ok(Self {
            files: Mutex::new(Files {
                cache: file::in_memory(Which::Cache)?,
                journal,
                servers: HashMap::new(),
                gone: HashSet::new(),
                home: None,
                _lock: None,
            }),
            reader: Mutex::new(None),
            has_lost_journal: AtomicBool::new(false),
        })
    }

    /// The store whose files lie in `folder`, encrypted with `key`; made where there is none.
    ///
    /// A cache that cannot be read is set aside and begun anew. So is a journal, and [`Opened`] says so: whoever opens it
    /// tells the person.
    ///
    /// # Errors
    /// [`Error::Newer`] where a later version of the program wrote a file, [`Error::InUse`] where another process has
    /// the folder, [`Error::Failed`] where the disk refuses. Nothing was changed then.
    pub fn open(folder: &Path, key: &Key) -> Result<(Self, Opened), Error> {
        let (files, opened) = file::open(folder, key)?;
        let files = Files {
            cache: files.cache,
            journal: files.journal,
            servers: HashMap::new(),
            gone: HashSet::new(),
            home: Some((folder.to_owned(), key.clone())),
            _lock: Some(files.lock),
        };
        let reader = Mutex::new(files.reader());
        Ok((Self { files: Mutex::new(files), reader, has_lost_journal: AtomicBool::new(false) }, opened))
    }

    /// Looks at or changes one server's rows. All of it is kept, on the disk when this returns, or, where `work` fails,
    /// none of it.
    ///
    /// # Errors
    /// What `work` says, and [`Error::Failed`] where the disk refuses.
    pub fn with<T>(
        &self,
        server: &str,
        work: impl FnOnce(&Rows<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        self.at_the_files(|files| files.work(server, work))
    }

    /// Looks over every server at once, for what a person typed. Looks at a bounded number of rows, and waits for nobody who
    /// is at the files.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub fn search(&self, query: &Query<'_>) -> Result<Found, Error> {
        {
            let reader = self.reader.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(Ok(found)) =
                reader.as_ref().map(|reader| search::search(&reader.cache, &reader.journal, query))
            {
                return Ok(found);
            }
        }
        self.at_the_files(|files| search::search(&files.cache, &files.journal, query))
    }

    /// Whether the journal turned out damaged while it was worked with, and was set aside.
    pub fn has_lost_journal(&self) -> bool {
        self.has_lost_journal.load(Ordering::Relaxed)
    }

    /// Begins a damaged file anew, and looks at the new one from then on.
    fn renew(&self, files: &mut Files) {
        let mut reader = self.reader.lock().unwrap_or_else(PoisonError::into_inner);
        // A file that is open cannot be moved everywhere.
        *reader = None;
        if files.renew() {
            self.has_lost_journal.store(true, Ordering::Relaxed);
        }
        *reader = files.reader();
    }

    /// Forgets a server for good: whatever is told of it later in this run is not kept.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub fn forget(&self, server: &str) -> Result<(), Error> {
        self.lock().gone.insert(server.to_owned());
        self.clear(server)
    }

    /// Forgets everything of a server that may be told anew.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub fn clear(&self, server: &str) -> Result<(), Error> {
        self.at_the_files(|files| {
            files.servers.remove(server);
            files.journal.execute("DELETE FROM entry WHERE server = ?1", [server])?;
            files.cache.execute("DELETE FROM server WHERE name = ?1", [server])?;
            // What was overwritten still stands in the file of the last writes.
            for file in [&files.journal, &files.cache] {
                file.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
            }
            Ok(())
        })
    }

    /// Forgets every server but these.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub fn forget_all_but(&self, servers: &[&str]) -> Result<(), Error> {
        for server in self.servers()?.into_iter().filter(|server| !servers.contains(&server.as_str())) {
            self.clear(&server)?;
        }
        Ok(())
    }

    /// Forgets the codes this desk issued that were over before `then`: of an open entry nothing is forgotten.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub fn drop_ended(&self, then: DateTime<Utc>) -> Result<(), Error> {
        self.at_the_files(|files| journal::drop_ended(&files.journal, then))
    }

    /// Takes over what another store's journal has, with its numbers: what was asked for before the files could be opened.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub fn take_over(&self, other: &Self) -> Result<(), Error> {
        for server in other.servers()? {
            let entries = other.with(&server, |rows| Ok(rows.codes()?.journal.entries().to_vec()))?;
            self.with(&server, |rows| {
                let mut codes = rows.codes()?;
                for (number, intent, outcome) in entries {
                    codes.journal.take_over(number, intent, outcome);
                }
                rows.keep_codes(&mut codes)
            })?;
        }
        Ok(())
    }

    fn servers(&self) -> Result<Vec<String>, Error> {
        self.at_the_files(|files| {
            let names = |connection: &Connection, sql| -> Result<Vec<String>, Error> {
                Ok(connection.prepare(sql)?.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
            };
            let mut servers = names(&files.cache, "SELECT name FROM server")?;
            servers.extend(names(&files.journal, "SELECT DISTINCT server FROM entry")?);
            servers.sort();
            servers.dedup();
            Ok(servers)
        })
    }

    fn lock(&self) -> MutexGuard<'_, Files> {
        self.files.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Works with the files; one that turns out damaged is begun anew afterwards.
    fn at_the_files<T>(&self, work: impl FnOnce(&mut Files) -> Result<T, Error>) -> Result<T, Error> {
        let mut files = self.lock();
        let answer = work(&mut files);
        if answer.as_ref().is_err_and(Error::is_unreadable) {
            self.renew(&mut files);
        }
        answer
    }
}

impl Files {
    fn work<T>(
        &mut self,
        server: &str,
        work: impl FnOnce(&Rows<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        if self.gone.contains(server) {
            return Err(Error::Gone);
        }
        let number = number_of(&self.cache, &mut self.servers, server)?;
        let cache = self.cache.transaction()?;
        let journal = self.journal.transaction()?;
        let answer = work(&Rows { cache: &cache, journal: &journal, server: number, name: server })?;
        // What was asked for outlives what was seen.
        journal.commit()?;
        cache.commit()?;
        Ok(answer)
    }

    /// The files once more, for reading. Without it, searches wait.
    fn reader(&self) -> Option<Reader> {
        let (folder, key) = self.home.as_ref()?;
        let open = |which| file::open_for_reading(folder, which, key);
        match open(Which::Cache).and_then(|cache| Ok(Reader { cache, journal: open(Which::Journal)? })) {
            Ok(reader) => Some(reader),
            Err(error) => {
                tracing::warn!(%error, "searches wait for whoever is at the store");
                None
            }
        }
    }

    /// Begins anew whichever file turned out damaged. Returns whether that was the journal.
    fn renew(&mut self) -> bool {
        let Some((folder, key)) = self.home.clone() else { return false };
        let mut has_lost_journal = false;
        for which in [Which::Cache, Which::Journal] {
            let file = if which == Which::Cache { &mut self.cache } else { &mut self.journal };
            if file::is_sound(file) {
                continue;
            }
            // Its file must be closed before it can be moved.
            let renewed = file::in_memory(which).and_then(|stand_in| {
                drop(std::mem::replace(file, stand_in));
                file::begin_anew(&folder, which, &key)
            });
            match renewed {
                Ok(renewed) => *file = renewed,
                Err(error) => tracing::error!(%error, ?which, "a damaged file could not be begun anew"),
            }
            has_lost_journal |= which == Which::Journal;
        }
        self.servers.clear();
        has_lost_journal
    }
}

impl<'t> Rows<'t> {
    /// Its intercoms.
    pub fn intercoms(&self) -> Intercoms<'t> {
        Intercoms { cache: self.cache, server: self.server }
    }

    /// Its flats, by intercom.
    pub fn flats(&self) -> Flats<'t> {
        Flats { cache: self.cache, server: self.server }
    }

    /// Its keys, by intercom.
    pub fn keys(&self) -> Keys<'t> {
        Keys { cache: self.cache, server: self.server }
    }

    /// Its codes, and what this desk asked it to issue.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub fn codes(&self) -> Result<Codes, Error> {
        codes::read(self.cache, self.journal, self.server, self.name)
    }

    /// Keeps what changed in them since they were read.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub fn keep_codes(&self, codes: &mut Codes) -> Result<(), Error> {
        codes::keep(self.cache, self.journal, self.server, self.name, codes)
    }
}

fn number_of(cache: &Connection, known: &mut HashMap<String, i64>, server: &str) -> Result<i64, Error> {
    if let Some(number) = known.get(server) {
        return Ok(*number);
    }
    let mut find = cache.prepare_cached("SELECT id FROM server WHERE name = ?1")?;
    let number = match find.query_row([server], |row| row.get(0)).optional()? {
        Some(number) => number,
        None => {
            cache.execute("INSERT INTO server (name) VALUES (?1)", [server])?;
            cache.last_insert_rowid()
        }
    };
    known.insert(server.to_owned(), number);
    Ok(number)
}
