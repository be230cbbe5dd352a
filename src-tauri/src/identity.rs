//! Builds that must not see each other's data have different identifiers, folders and keyring names.

use std::path::PathBuf;

use desk::views::Identity;

/// Only debug builds can take the test identity, so that no environment variable moves a person's data.
pub(crate) fn current() -> Identity {
    if !cfg!(debug_assertions) {
        Identity::Release
    } else if std::env::var_os("GATEHOUSE_IDENTITY").is_some_and(|identity| identity == "test") {
        Identity::Test
    } else {
        Identity::Development
    }
}

/// Whether servers are read without anybody asking for it. Under the test identity only where `GATEHOUSE_SYNC` says so: most
/// tests count what they ask a server for themselves.
pub(crate) fn syncs_by_itself() -> bool {
    !matches!(current(), Identity::Test)
        || std::env::var_os("GATEHOUSE_SYNC").is_some_and(|sync| sync == "auto")
}

/// The identifier that names the program's folders, from the release's.
pub(crate) fn identifier(release: &str) -> String {
    match current() {
        Identity::Release => release.to_owned(),
        Identity::Development => format!("{release}.development"),
        Identity::Test => format!("{release}.test"),
    }
}

/// The name the system's keyring shows.
pub(crate) fn keyring_service() -> &'static str {
    match current() {
        Identity::Release => "Gatehouse",
        Identity::Development => "Gatehouse (development)",
        Identity::Test => "Gatehouse (test)",
    }
}

/// The folder of the log, where Tauri's own paths have it too: known before there is an application that could tell,
/// so that a start that fails is told there as well.
pub(crate) fn log_folder(identifier: &str) -> PathBuf {
    let found = if cfg!(target_os = "macos") {
        dirs::home_dir().map(|home| home.join("Library/Logs").join(identifier))
    } else {
        dirs::data_local_dir().map(|folder| folder.join(identifier).join("logs"))
    };
    found.unwrap_or_default()
}
