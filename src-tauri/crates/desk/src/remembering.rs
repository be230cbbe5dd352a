//! What is remembered between looks and between runs: where the store comes from, and how the desk gets at it.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use secrecy::zeroize::Zeroize;
use store::{
    Codes, Error, Found, Key, KeyReading, LostJournal, Named, Opened, Otherwise, PuttingTogether, Query,
    Rows, SeenServer, Store,
};
use tokio::sync::{OwnedRwLockReadGuard, RwLock};

use crate::error::{CommandError, ErrorCode};
use crate::servers::DEMO;
use crate::state::Desk;
use crate::vault::{self, Keyring};
use crate::views::{AccountKind, Memory};

/// How long the journal keeps a code that is over: somebody may still ask who let whom in.
const KEPT_AFTER_ITS_END: TimeDelta = TimeDelta::days(30);

/// The turn of whoever opens or removes the files.
const FILES: &str = "the store's files";

/// The store in use, and how it is doing.
#[derive(Debug, Default)]
pub(crate) struct Shelf {
    /// Read for as long as the store is worked with, so that nothing is written to one that was just replaced.
    store: Arc<RwLock<Option<Arc<Store>>>>,
    place: Mutex<Place>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Place {
    /// Whether the store in use is that of the files.
    is_file: bool,
    memory: Memory,
}

/// The store, for one piece of work.
struct Taken {
    store: Arc<Store>,
    _until_done: OwnedRwLockReadGuard<Option<Arc<Store>>>,
}

impl Shelf {
    /// The store in use. Until the files are open, one in memory, whose journal counts from `first`.
    async fn take(&self, first: u64) -> Result<Taken, Error> {
        loop {
            let guard = Arc::clone(&self.store).read_owned().await;
            if let Some(store) = guard.as_ref().map(Arc::clone) {
                return Ok(Taken { store, _until_done: guard });
            }
            drop(guard);
            let mut place = self.store.write().await;
            if place.is_none() {
                *place = Some(Arc::new(Store::in_memory_from(first)?));
            }
        }
    }

    /// Closes the files, where they are open, and removes their folder with all that is in it. What is remembered from
    /// now on is remembered in memory.
    async fn erase(&self, folder: Option<PathBuf>) -> Result<(), Error> {
        let mut place = self.store.write().await;
        *place = None;
        *self.place() = Place::default();
        let Some(folder) = folder else { return Ok(()) };
        let removed = tokio::task::spawn_blocking(move || store::erase(&folder)).await;
        removed.map_err(|stopped| Error::Folder(stopped.into()))?
    }

    /// What the person should know about the store.
    pub(crate) fn memory(&self) -> Memory {
        self.place().memory
    }

    fn place(&self) -> MutexGuard<'_, Place> {
        self.place.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts the files' store in the place of the one in memory, whose journal goes into the files with its numbers.
    async fn put(&self, store: Store, opened: &Opened) -> Result<(), Error> {
        // Waits for all that is being done, and lets nobody begin.
        let mut place = self.store.write().await;
        let before = place.as_ref().map(Arc::clone);
        let taken_over = tokio::task::spawn_blocking(move || {
            if let Some(before) = before {
                store.take_over(&before)?;
            }
            Ok::<Store, Error>(store)
        });
        let store = taken_over.await.map_err(|stopped| Error::Folder(stopped.into()))??;
        *place = Some(Arc::new(store));
        let is_lost = opened.journal_set_aside.is_some() || opened.journal_missing;
        let lost = is_lost.then_some(LostJournal { restored: opened.journal_restored });
        let memory = lost.map_or(Memory::Kept, without_journal);
        *self.place() = Place { is_file: true, memory };
        Ok(())
    }
}

impl Desk {
    /// Looks at or changes what is remembered of a server, off the event loop.
    pub(crate) async fn rows<T: Send + 'static>(
        &self,
        server: &str,
        work: impl FnOnce(&Rows<'_>) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, CommandError> {
        let server = server.to_owned();
        self.store(move |store| store.with(&server, work)).await
    }

    /// Looks at what is remembered of a server, off the event loop, and waits for nobody who changes it.
    pub(crate) async fn look<T: Send + 'static>(
        &self,
        server: &str,
        work: impl FnOnce(&Rows<'_>) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, CommandError> {
        let server = server.to_owned();
        self.store(move |store| store.look(&server, work)).await
    }

    /// Works with what is remembered of every server, off the event loop.
    pub(crate) async fn store<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Store) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, CommandError> {
        // Later than any number that the files have given, and in none of them.
        let first = u64::try_from(self.setup.clock.now().timestamp_micros()).unwrap_or_default();
        let taken = self.shelf.take(first).await.map_err(|error| failed(&error))?;
        let worked = tokio::task::spawn_blocking(move || {
            // All of it, so that the store is not replaced while this is at work, whoever stopped waiting.
            let taken = taken;
            (work(&taken.store), taken.store.lost_journal())
        })
        .await;
        let (answer, lost) = worked.map_err(|_| CommandError::plain(ErrorCode::Internal))?;
        if let Some(lost) = lost {
            self.shelf.place().memory = without_journal(lost);
        }
        answer.map_err(|error| failed(&error))
    }

    /// Looks over what is remembered of every server, off the event loop.
    pub(crate) async fn find(
        &self,
        text: String,
        keys: Vec<KeyReading>,
        named: Vec<Named>,
        otherwise: Otherwise,
        seen: Vec<SeenServer>,
        limit: usize,
    ) -> Result<Found, CommandError> {
        self.store(move |store| {
            store.search(&Query {
                text: &text,
                keys: &keys,
                named: &named,
                otherwise: &otherwise,
                seen: &seen,
                limit,
            })
        })
        .await
    }

    /// Looks at or changes what is known of a server's codes.
    pub(crate) async fn codes<T: Send + 'static>(
        &self,
        server: &str,
        work: impl FnOnce(&mut Codes, &Rows<'_>) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, CommandError> {
        let look = move |rows: &Rows<'_>| {
            let mut codes = rows.codes()?;
            let answer = work(&mut codes, rows)?;
            rows.keep_codes(&mut codes)?;
            Ok(answer)
        };
        self.rows(server, look).await
    }

    /// Looks at what is known of a server's codes, and waits for nobody who changes it.
    pub(crate) async fn look_at_codes<T: Send + 'static>(
        &self,
        server: &str,
        work: impl FnOnce(&Codes, &Rows<'_>) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, CommandError> {
        self.look(server, move |rows| work(&rows.codes()?, rows)).await
    }

    /// Whether what this account saw may be looked at: an explicit sign-out hides it, an ended sign-in does not.
    pub(crate) fn may_see(&self, server: &str, account: AccountKind) -> bool {
        self.state().accounts.contains_key(&(server.to_owned(), account))
    }

    /// The first of a server's intercoms, if any is known.
    pub(crate) async fn some_intercom(&self, server: &str) -> Option<u64> {
        let known = self.look(server, |rows| rows.intercoms().all()).await.ok()?;
        known.first().map(|row| row.id)
    }

    /// Keeps the journal's copy of today, which is there when the journal itself cannot be read any more.
    pub(crate) async fn copy_journal(&self) {
        let today = self.setup.clock.now().date_naive();
        // Told in the log: nothing is lost as long as the journal itself is there.
        let _ = self.store(move |store| store.copy_journal(today)).await;
    }

    /// Forgets everything remembered of a server.
    pub(crate) async fn forget_rows(&self, server: &str) -> Result<(), CommandError> {
        let server = server.to_owned();
        // The demo building comes back under its own name.
        let is_demo = server == DEMO;
        self.store(move |store| if is_demo { store.clear(&server) } else { store.forget(&server) }).await
    }

    /// Removes the store's files; new ones are made at the next sign-in.
    pub(crate) async fn erase_files(&self) -> Result<(), CommandError> {
        let _one_at_a_time = self.turn(FILES.to_owned()).await;
        self.shelf.erase(self.setup.store.clone()).await.map_err(|error| failed(&error))
    }

    /// After a reading: forgets what servers have had no more since before `then`.
    pub(crate) async fn drop_gone(&self, then: DateTime<Utc>) -> Result<(), CommandError> {
        self.store(move |store| store.drop_gone(then)).await
    }

    /// After a reading: puts together what is searched, unless it is to end first, and gives back the memory that it
    /// took. Nothing is lost where that fails, which the log then tells.
    pub(crate) async fn tidy_up(&self, is_enough: impl Fn() -> bool) {
        let mut at = Some(PuttingTogether::default());
        // By steps: whoever has something to write comes in between.
        while let Some(step) = at.filter(|_| !is_enough()) {
            at = self.store(move |store| store.put_together(step)).await.unwrap_or_default();
        }
        let _ = self.store(Store::rest).await;
    }

    /// Opens the files, where there is a folder for them and a keyring to hold their key. What the program remembered
    /// until then stays: it goes into the files.
    pub(crate) async fn open_files(&self) {
        let Some(folder) = self.setup.store.clone() else { return };
        // Two at once would stand in each other's way at the files.
        let _one_at_a_time = self.turn(FILES.to_owned()).await;
        if self.shelf.place().is_file {
            return;
        }
        let keyring = Arc::clone(&self.setup.keyring);
        let servers: Vec<String> = {
            let saved = &self.state().saved;
            // A server that this version cannot read keeps what is remembered of it, and nobody knows which that is.
            let listed = saved.servers.iter().filter(|_| saved.unread.is_empty());
            listed.map(|server| server.id.clone()).collect()
        };
        let long_ago = self.setup.clock.now() - KEPT_AFTER_ITS_END;
        let opened =
            tokio::task::spawn_blocking(move || open(keyring.as_ref(), folder, &servers, long_ago)).await;
        let why = match opened {
            Ok(Ok((store, opened))) => match self.shelf.put(store, &opened).await {
                Ok(()) => return self.copy_journal().await,
                Err(error) => memory_of(&error),
            },
            Ok(Err(why)) => why,
            Err(_) => Memory::Failed,
        };
        self.shelf.place().memory = why;
    }
}

/// Opens the files with the keyring's key, made where there is none.
fn open(
    keyring: &dyn Keyring,
    folder: PathBuf,
    servers: &[String],
    long_ago: DateTime<Utc>,
) -> Result<(Store, Opened), Memory> {
    let mut bytes = vault::store_key(keyring).map_err(|_| Memory::NoKeyring)?;
    let key = Key::new(bytes);
    bytes.zeroize();
    let opened = Store::open(&folder, &key).and_then(|(store, opened)| {
        // Rows of the demo building, and of a server that was removed while the disk refused. Where the list of servers
        // is empty, it may be the list that was lost.
        if servers.is_empty() {
            store.clear(DEMO)?;
        } else {
            let servers: Vec<&str> = servers.iter().map(String::as_str).collect();
            store.forget_all_but(&servers)?;
        }
        store.drop_ended(long_ago)?;
        Ok((store, opened))
    });
    opened.map_err(|error| memory_of(&error))
}

fn without_journal(lost: LostJournal) -> Memory {
    if lost.restored.is_some() { Memory::JournalRestored } else { Memory::JournalSetAside }
}

fn memory_of(error: &Error) -> Memory {
    tracing::error!(%error, "the store's files could not be opened");
    match error {
        Error::Newer { .. } => Memory::Newer,
        Error::InUse => Memory::InUse,
        Error::Failed(_) | Error::Folder(_) | Error::Gone => Memory::Failed,
    }
}

fn failed(error: &Error) -> CommandError {
    if matches!(error, Error::Gone) {
        return CommandError::plain(ErrorCode::UnknownServer);
    }
    tracing::error!(%error, "the store refused");
    CommandError::plain(ErrorCode::StoreFailed)
}
