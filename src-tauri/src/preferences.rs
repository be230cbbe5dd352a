//! The desk's preferences on disk, through the store plugin.
//!
//! The plugin writes its file in place, so a crash may leave half of one: the document before is kept beside it
//! and put back when the file does not read. One process writes: a lock on the folder says which.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use desk::{Preferences, PreferencesError};
use serde_json::Value;
use tauri::{AppHandle, Wry};
use tauri_plugin_store::{Store, StoreExt};

const FILE: &str = "desk.json";
const PREVIOUS: &str = "desk.previous.json";
const LOCK: &str = "desk.lock";
/// The store's one key: the document is written whole or not at all.
const KEY: &str = "desk";

/// Preferences could not be opened.
#[derive(Debug, thiserror::Error)]
pub(crate) enum OpenError {
    /// The folder or a file in it.
    #[error("a file could not be opened")]
    File(#[from] io::Error),
    /// The store plugin.
    #[error("the store could not be opened")]
    Store(#[from] tauri_plugin_store::Error),
}

/// The document, in the program's data folder.
pub(crate) struct StoredPreferences {
    store: Arc<Store<Wry>>,
    file: PathBuf,
    previous: PathBuf,
    /// Held as long as the program runs; `None` where another process has it, and then nothing is written.
    lock: Option<File>,
}

impl StoredPreferences {
    pub(crate) fn open(app: &AppHandle, folder: &Path) -> Result<Self, OpenError> {
        fs::create_dir_all(folder)?;
        let lock = lock(&folder.join(LOCK))?;
        let (file, previous) = (folder.join(FILE), folder.join(PREVIOUS));
        if lock.is_some() {
            put_back(&file, &previous)?;
        }
        let store = app.store_builder(&file).disable_auto_save().build()?;
        Ok(Self { store, file, previous, lock })
    }
}

impl Preferences for StoredPreferences {
    fn load(&self) -> Option<Value> {
        self.store.get(KEY)
    }

    fn save(&self, document: &Value) -> Result<(), PreferencesError> {
        if self.lock.is_none() {
            tracing::error!("another process writes this folder");
            return Err(PreferencesError);
        }
        let failed = |error: &dyn std::error::Error| {
            tracing::error!(%error, "preferences could not be saved");
            PreferencesError
        };
        keep(&self.file, &self.previous).map_err(|error| failed(&error))?;
        self.store.set(KEY, document.clone());
        self.store.save().map_err(|error| failed(&error))
    }
}

fn lock(path: &Path) -> io::Result<Option<File>> {
    let file = File::options().create(true).truncate(false).write(true).open(path)?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

/// Keeps a copy of the file as it reads now, before it is written over.
fn keep(file: &Path, previous: &Path) -> io::Result<()> {
    if !reads(file) {
        return Ok(());
    }
    let beside = previous.with_extension("new");
    fs::copy(file, &beside)?;
    File::open(&beside)?.sync_all()?;
    fs::rename(&beside, previous)
}

/// Puts the copy back where the file is missing or broken.
fn put_back(file: &Path, previous: &Path) -> io::Result<()> {
    if reads(file) || !reads(previous) {
        return Ok(());
    }
    tracing::warn!("the preferences were cut short; the ones before are back");
    fs::copy(previous, file).map(|_| ())
}

fn reads(file: &Path) -> bool {
    fs::read(file).ok().and_then(|bytes| serde_json::from_slice::<Value>(&bytes).ok()).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_cut_short_at_any_byte_gives_way_to_the_one_before() {
        let folder = tempfile::tempdir().unwrap();
        let (file, previous) = (folder.path().join(FILE), folder.path().join(PREVIOUS));
        let (before, after) = (r#"{"desk":{"active":"a"}}"#, r#"{"desk":{"active":"b"}}"#);
        for length in 0..after.len() {
            fs::write(&file, before).unwrap();
            keep(&file, &previous).unwrap();
            fs::write(&file, &after[..length]).unwrap();
            put_back(&file, &previous).unwrap();
            assert_eq!(fs::read_to_string(&file).unwrap(), before, "cut at {length}");
        }
    }

    #[test]
    fn a_broken_file_never_replaces_the_copy_that_reads() {
        let folder = tempfile::tempdir().unwrap();
        let (file, previous) = (folder.path().join(FILE), folder.path().join(PREVIOUS));
        fs::write(&previous, "{}").unwrap();
        fs::write(&file, "{\"desk\":").unwrap();
        keep(&file, &previous).unwrap();
        assert_eq!(fs::read_to_string(&previous).unwrap(), "{}");
    }

    #[test]
    fn only_one_holds_the_lock() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(LOCK);
        let first = lock(&path).unwrap();
        assert!(first.is_some());
        assert!(lock(&path).unwrap().is_none());
        drop(first);
        assert!(lock(&path).unwrap().is_some());
    }
}
