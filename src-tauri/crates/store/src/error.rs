//! What may go wrong with the files.

/// One of the two files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// What servers told: can be read again.
    Cache,
    /// What this desk asked for: cannot.
    Journal,
}

/// Why the store did not do it.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A later version of the program wrote the file; it was left as it is.
    #[error("the {which:?} file has version {found}, and this program knows {known}")]
    Newer {
        /// The file.
        which: Which,
        /// Its version.
        found: i64,
        /// The latest version this program knows.
        known: i64,
    },
    /// The server was forgotten.
    #[error("the server is forgotten")]
    Gone,
    /// Another process has the folder.
    #[error("another process has the store")]
    InUse,
    /// The disk, or what is in the file. The text may name a file, never a row's contents.
    #[error("the store failed: {0}")]
    Failed(#[from] rusqlite::Error),
    /// The folder could not be made or a file in it not be moved.
    #[error("the store's folder failed: {0}")]
    Folder(#[from] std::io::Error),
}

impl Error {
    /// Whether the file itself is not one of ours, or damaged: reading it again will not help.
    pub(crate) fn is_unreadable(&self) -> bool {
        let Self::Failed(rusqlite::Error::SqliteFailure(failure, _)) = self else { return false };
        matches!(failure.code, rusqlite::ErrorCode::NotADatabase | rusqlite::ErrorCode::DatabaseCorrupt)
    }
}
