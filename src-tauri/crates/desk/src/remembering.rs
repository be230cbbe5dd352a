//! What is remembered between looks and between runs: where the store comes from, and how the desk gets at it.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use secrecy::zeroize::Zeroize;
use store::{Codes, Error, Found, Key, KeyReading, Opened, Query, Rows, Store};

use crate::error::{CommandError, ErrorCode};
use crate::state::Desk;
use crate::vault::{self, Keyring};
use crate::views::{AccountKind, Memory};

/// The store in use, and how it is doing.
#[derive(Debug, Default)]
pub(crate) struct Shelf {
    place: Mutex<Place>,
}

#[derive(Debug, Default)]
struct Place {
    store: Option<Arc<Store>>,
    /// Whether the store in use is that of the files.
    is_file: bool,
    memory: Memory,
}

impl Shelf {
    /// The store in use. Until the files are open, one in memory.
    fn store(&self) -> Result<Arc<Store>, Error> {
        let mut place = self.place.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(store) = &place.store {
            return Ok(Arc::clone(store));
        }
        let store = Arc::new(Store::in_memory()?);
        place.store = Some(Arc::clone(&store));
        Ok(store)
    }

    fn is_file(&self) -> bool {
        self.place.lock().unwrap_or_else(PoisonError::into_inner).is_file
    }

    /// What the person should know about the store.
    pub(crate) fn memory(&self) -> Memory {
        self.place.lock().unwrap_or_else(PoisonError::into_inner).memory
    }

    fn cannot_open(&self, why: Memory) {
        self.place.lock().unwrap_or_else(PoisonError::into_inner).memory = why;
    }

    /// Puts the files' store in the place of the one in memory, whose journal goes into the files.
    fn put(&self, store: Store, opened: &Opened) -> Result<(), Error> {
        let mut place = self.place.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(before) = place.store.take() {
            store.take_over(&before)?;
        }
        place.store = Some(Arc::new(store));
        place.is_file = true;
        place.memory =
            if opened.journal_set_aside.is_some() { Memory::JournalSetAside } else { Memory::Kept };
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
        let store = self.shelf.store().map_err(|error| failed(&error))?;
        let server = server.to_owned();
        let worked = tokio::task::spawn_blocking(move || store.with(&server, work)).await;
        match worked {
            Ok(answer) => answer.map_err(|error| failed(&error)),
            Err(_) => Err(CommandError::plain(ErrorCode::Internal)),
        }
    }

    /// Looks over what is remembered of every server, off the event loop.
    pub(crate) async fn find(
        &self,
        text: String,
        keys: Vec<KeyReading>,
        limit: usize,
    ) -> Result<Found, CommandError> {
        let store = self.shelf.store().map_err(|error| failed(&error))?;
        let look = move || store.search(&Query { text: &text, keys: &keys, limit });
        let found = tokio::task::spawn_blocking(look).await;
        found.map_err(|_| CommandError::plain(ErrorCode::Internal))?.map_err(|error| failed(&error))
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

    /// Whether what this account saw may be looked at: an explicit sign-out hides it, an ended sign-in does not.
    pub(crate) fn may_see(&self, server: &str, account: AccountKind) -> bool {
        self.state().accounts.contains_key(&(server.to_owned(), account))
    }

    /// The first of a server's intercoms, if any is known.
    pub(crate) async fn some_intercom(&self, server: &str) -> Option<u64> {
        let known = self.rows(server, |rows| rows.intercoms().all()).await.ok()?;
        known.first().map(|row| row.id)
    }

    /// Forgets everything remembered of a server.
    pub(crate) async fn forget_rows(&self, server: &str) -> Result<(), CommandError> {
        let store = self.shelf.store().map_err(|error| failed(&error))?;
        let server = server.to_owned();
        let forgotten = tokio::task::spawn_blocking(move || store.forget(&server)).await;
        forgotten.map_err(|_| CommandError::plain(ErrorCode::Internal))?.map_err(|error| failed(&error))
    }

    /// Opens the files, where there is a folder for them and a keyring to hold their key. What the program remembered
    /// until then stays: it goes into the files.
    pub(crate) async fn open_files(&self) {
        let Some(folder) = self.setup.store.clone() else { return };
        if self.shelf.is_file() {
            return;
        }
        let keyring = Arc::clone(&self.setup.keyring);
        let servers: Vec<String> =
            self.state().saved.servers.iter().map(|server| server.id.clone()).collect();
        let opened = tokio::task::spawn_blocking(move || open(keyring.as_ref(), folder, &servers)).await;
        let why = match opened {
            Ok(Ok((store, opened))) => match self.shelf.put(store, &opened) {
                Ok(()) => return,
                Err(error) => memory_of(&error),
            },
            Ok(Err(why)) => why,
            Err(_) => Memory::Failed,
        };
        self.shelf.cannot_open(why);
    }
}

/// Opens the files with the keyring's key, made where there is none.
fn open(keyring: &dyn Keyring, folder: PathBuf, servers: &[String]) -> Result<(Store, Opened), Memory> {
    let mut bytes = vault::store_key(keyring).map_err(|_| Memory::NoKeyring)?;
    let key = Key::new(bytes);
    bytes.zeroize();
    let opened = Store::open(&folder, &key).and_then(|(store, opened)| {
        store.lose_what_was_asked()?;
        // Rows of the demo building, and of a server that was removed while the disk refused.
        let servers: Vec<&str> = servers.iter().map(String::as_str).collect();
        store.forget_all_but(&servers)?;
        Ok((store, opened))
    });
    opened.map_err(|error| memory_of(&error))
}

fn memory_of(error: &Error) -> Memory {
    tracing::error!(%error, "the store's files could not be opened");
    match error {
        Error::Newer { .. } => Memory::Newer,
        Error::InUse => Memory::InUse,
        Error::Failed(_) | Error::Folder(_) => Memory::Failed,
    }
}

fn failed(error: &Error) -> CommandError {
    tracing::error!(%error, "the store refused");
    CommandError::plain(ErrorCode::StoreFailed)
}
