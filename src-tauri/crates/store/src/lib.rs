//! What this desk remembers: rows of the directory and of codes, and the journal of what it asked a server to do.
//!
//! Exists so that what was last seen and what was asked for can be looked up without the network, after a restart, too.
//! Two encrypted files: the *cache* can be read from the servers again, so a damaged one is set aside and filled anew; the
//! *journal* is this desk's own word on what it asked for, so it is on the disk before a request is sent and never begun
//! anew in silence.
//! Must not go in: HTTP, the server's spellings, rules of the product, anything secret but the key of the files.

mod canonical;
mod codes;
mod copies;
mod error;
mod file;
mod flats;
mod indexing;
mod intercoms;
mod journal;
mod keys;
mod migrations;
mod reader;
mod residents;
mod search;
mod sync;
#[cfg(feature = "trace")]
mod trace;
mod value;
mod window;

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::{Connection, OptionalExtension, Transaction};

use crate::reader::Reader;

pub use canonical::{KeyPart, KeyReading, canonical_key, is_key_separator};
pub use codes::{CodeRow, Codes};
pub use error::{Error, Which};
pub use file::{Key, Opened, erase};
pub use flats::{Doors, FlatDetail, FlatKey, FlatRow, FlatSort, Flats, LineRow, LineRows};
pub use indexing::PuttingTogether;
pub use intercoms::{IntercomRow, Intercoms};
pub use journal::{Intent, Journal, Outcome};
pub use keys::{KeyRow, KeySort, Keys, OwnerRow};
pub use reader::Version;
pub use residents::ResidentRow;
pub use search::{
    CodeList, Field, Found, FoundCode, FoundKey, FoundPerson, Hit, InFlat, LONGEST_QUERY, Mark, Named,
    Otherwise, Query, SeenServer,
};
pub use sync::{Counts, DetailsDue, MissedRow, Sync, SyncList, SyncRun, Unread};
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
    /// A second look at the files; none in memory. Never held while `files` is waited for.
    reader: Mutex<Option<Reader>>,
    /// Servers that were forgotten: an answer that was still on its way must not bring them back.
    gone: Mutex<HashSet<String>>,
    lost_journal: Mutex<Option<LostJournal>>,
}

/// A journal that was set aside, or that somebody took away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LostJournal {
    /// The day whose copy took its place; none where a new journal was begun.
    pub restored: Option<NaiveDate>,
}

#[derive(Debug)]
struct Files {
    cache: Connection,
    journal: Connection,
    /// The cache's short names of servers.
    servers: HashMap<String, i64>,
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
                home: None,
                _lock: None,
            }),
            reader: Mutex::default(),
            gone: Mutex::default(),
            lost_journal: Mutex::default(),
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
            home: Some((folder.to_owned(), key.clone())),
            _lock: Some(files.lock),
        };
        let store = Self {
            reader: Mutex::new(files.reader()),
            files: Mutex::new(files),
            gone: Mutex::default(),
            lost_journal: Mutex::default(),
        };
        Ok((store, opened))
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
        self.at_the_files(|files| {
            self.is_known(server)?;
            files.work(server, work)
        })
    }

    /// Looks at one server's rows as they were last kept, and changes nothing. Waits for nobody who is at the files, only for
    /// others who look, or search; in memory there is only one place to look, and this is [`Self::with`].
    ///
    /// # Errors
    /// What `work` says, and [`Error::Failed`] where the disk refuses, or where `work` would change something.
    pub fn look<T>(
        &self,
        server: &str,
        work: impl FnOnce(&Rows<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let answer = {
            let mut reader = self.reader();
            let Some(reader) = reader.as_mut() else {
                drop(reader);
                return self.with(server, work);
            };
            self.is_known(server)?;
            reader.look(server, work)
        };
        answer.or_else(|error| self.at_the_files(|_| Err(error)))
    }

    /// Looks over every server at once, for what a person typed. Looks at a bounded number of rows, and waits for nobody who
    /// is at the files.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub fn search(&self, query: &Query<'_>) -> Result<Found, Error> {
        if let Some(Ok(found)) = self.reader().as_ref().map(|reader| reader.search(query)) {
            return Ok(found);
        }
        self.at_the_files(|files| search::search(&files.cache, &files.journal, query))
    }

    /// What the cache is like, to know later whether anything in it has changed; none in memory, where nobody knows.
    pub fn version(&self) -> Option<Version> {
        self.reader().as_ref()?.version().ok()
    }

    /// What became of the journal where it turned out damaged while it was worked with.
    pub fn lost_journal(&self) -> Option<LostJournal> {
        *self.lost_journal.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Begins a damaged file anew, and looks at the new one from then on.
    fn renew(&self, files: &mut Files) {
        let mut reader = self.reader();
        // A file that is open cannot be moved everywhere.
        *reader = None;
        if let Some(lost) = files.renew() {
            *self.lost_journal.lock().unwrap_or_else(PoisonError::into_inner) = Some(lost);
        }
        *reader = files.reader();
    }

    /// Forgets a server for good: whatever is told of it later in this run is not kept.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub fn forget(&self, server: &str) -> Result<(), Error> {
        self.gone().insert(server.to_owned());
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
            files.home.as_ref().map_or(Ok(()), |(folder, _)| copies::renew(&files.journal, folder))
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

    /// Keeps a copy of the journal as it is on this day, in place of that of an earlier day. Does nothing where there is
    /// one, and in memory.
    ///
    /// # Errors
    /// Where the disk refuses; the copy of the earlier day is kept then.
    pub fn copy_journal(&self, day: NaiveDate) -> Result<(), Error> {
        self.at_the_files(|files| {
            let Some((folder, _)) = &files.home else { return Ok(()) };
            copies::keep(&files.journal, folder, day).map(|_| ())
        })
    }

    /// Forgets records that their server has had no more since before `then`.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub fn drop_gone(&self, then: DateTime<Utc>) -> Result<(), Error> {
        self.at_the_files(|files| {
            let cache = files.cache.transaction()?;
            sync::drop_gone(&cache, then)?;
            Ok(cache.commit()?)
        })
    }

    /// Puts what a long reading left in many pieces together, a step at a time, so that nobody who writes waits for all of it:
    /// the search is several times as fast then. Returns how far it has come; none at its end.
    ///
    /// # Errors
    /// Where the disk refuses; what was done so far stays.
    pub fn put_together(&self, at: PuttingTogether) -> Result<Option<PuttingTogether>, Error> {
        self.at_the_files(|files| indexing::put_together(&files.cache, at))
    }

    /// Gives back the memory that taking in long lists took: what is needed again is read again.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub fn rest(&self) -> Result<(), Error> {
        self.at_the_files(|files| Ok(files.cache.execute_batch("PRAGMA shrink_memory")?))
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

    fn reader(&self) -> MutexGuard<'_, Option<Reader>> {
        self.reader.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn gone(&self) -> MutexGuard<'_, HashSet<String>> {
        self.gone.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn is_known(&self, server: &str) -> Result<(), Error> {
        if self.gone().contains(server) { Err(Error::Gone) } else { Ok(()) }
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
        let number = number_of(&self.cache, &mut self.servers, server)?;
        let cache = self.cache.transaction()?;
        let journal = self.journal.transaction()?;
        let answer = work(&Rows { cache: &cache, journal: &journal, server: number, name: server })?;
        // What was asked for outlives what was seen.
        journal.commit()?;
        cache.commit()?;
        Ok(answer)
    }

    fn reader(&self) -> Option<Reader> {
        self.home.as_ref().and_then(|(folder, key)| Reader::open(folder, key))
    }

    /// Begins anew whichever file turned out damaged. Returns what became of the journal if it was that.
    fn renew(&mut self) -> Option<LostJournal> {
        let (folder, key) = self.home.clone()?;
        let mut lost = None;
        if !file::is_sound(&self.cache) {
            let renewed =
                close(&mut self.cache, Which::Cache).and_then(|()| file::begin_cache_anew(&folder, &key));
            match renewed {
                Ok((cache, _)) => self.cache = cache,
                Err(error) => tracing::error!(%error, "a damaged cache could not be begun anew"),
            }
        }
        if !file::is_sound(&self.journal) {
            let renewed = close(&mut self.journal, Which::Journal)
                .and_then(|()| file::begin_journal_anew(&folder, &key));
            lost = Some(LostJournal { restored: None });
            match renewed {
                Ok((journal, restored, _)) => {
                    self.journal = journal;
                    lost = Some(LostJournal { restored });
                }
                Err(error) => tracing::error!(%error, "a damaged journal could not be begun anew"),
            }
        }
        self.servers.clear();
        lost
    }
}

/// Puts an empty one in memory in a file's place: a file must be closed before it can be moved.
fn close(file: &mut Connection, which: Which) -> Result<(), Error> {
    drop(std::mem::replace(file, file::in_memory(which)?));
    Ok(())
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

    /// The same without what the admin account has told of them.
    pub fn doors(&self) -> Doors<'t> {
        Doors { cache: self.cache, server: self.server }
    }

    /// Its keys, by intercom.
    pub fn keys(&self) -> Keys<'t> {
        Keys { cache: self.cache, server: self.server }
    }

    /// How far it has been read.
    pub fn sync(&self) -> Sync<'t> {
        Sync { cache: self.cache, server: self.server }
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
