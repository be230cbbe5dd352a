//! The desk's preferences on disk, through the store plugin.

mod document;

use std::io;
use std::path::Path;
use std::sync::Arc;

use desk::{Preferences, PreferencesError};
use serde_json::Value;
use tauri::{AppHandle, Wry};
use tauri_plugin_store::{Store, StoreExt};

use document::Document;

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
    document: Document,
}

impl StoredPreferences {
    pub(crate) fn open(app: &AppHandle, folder: &Path) -> Result<Self, OpenError> {
        let document = Document::open(folder)?;
        let store = app.store_builder(document.path()).disable_auto_save().build()?;
        // The plugin forgets the store, which lives on here. It would write every store it knows once more at exit: in
        // place and with no copy kept, over what was saved, even where another process has the lock.
        store.close_resource();
        Ok(Self { store, document })
    }
}

impl Preferences for StoredPreferences {
    fn load(&self) -> Option<Value> {
        self.store.get(KEY)
    }

    fn save(&self, document: &Value) -> Result<(), PreferencesError> {
        let write = || {
            self.store.set(KEY, document.clone());
            self.store.save().map_err(io::Error::other)
        };
        self.document.replace(write).map_err(|error| {
            tracing::error!(%error, "preferences could not be saved");
            PreferencesError
        })
    }

    fn erase(&self) -> Result<(), PreferencesError> {
        self.store.clear();
        self.document.erase().map_err(|error| {
            tracing::error!(%error, "preferences could not be erased");
            PreferencesError
        })
    }
}
