//! What every command works on: the desk, and the two things of the desktop beside it.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use desk::views::{About, ErrorDetails, ServerView};
use desk::{CommandError, Desk, ErrorCode, Language, Limits, OsKeyring, Setup, SystemClock};
use simulator::Simulator;
use tauri::{AppHandle, Manager};
use tauri_plugin_clipboard_manager::ClipboardExt;

use crate::identity;
use crate::preferences::StoredPreferences;

/// The longest text the window may put on the clipboard, in characters.
const LONGEST_COPY: usize = 10_000;

/// The managed state of the window's commands.
pub(crate) struct Core {
    /// What the product does.
    pub(crate) desk: Desk,
    app: AppHandle,
    /// The demo building, while it runs.
    demo: Mutex<Option<Simulator>>,
}

/// The program cannot work on this computer.
#[derive(Debug, thiserror::Error)]
pub(crate) enum StartError {
    /// No folder for its data.
    #[error("there is no folder for the program's data")]
    Folder(#[from] tauri::Error),
    /// The folder cannot be used.
    #[error("the folder {folder} cannot be used")]
    Preferences {
        /// Which.
        folder: PathBuf,
        /// Why.
        source: crate::preferences::OpenError,
    },
}

impl Core {
    pub(crate) fn new(app: &AppHandle) -> Result<Self, StartError> {
        let folder = app.path().app_data_dir()?;
        let preferences = StoredPreferences::open(app, &folder)
            .map_err(|source| StartError::Preferences { folder: folder.clone(), source })?;
        let desk = Desk::new(Setup {
            clock: Arc::new(SystemClock),
            keyring: Arc::new(OsKeyring::new(identity::keyring_service())),
            preferences: Arc::new(preferences),
            limits: Limits::default(),
            identity: identity::current(),
            version: app.package_info().version.to_string(),
            system_language: system_language(),
        });
        Ok(Self { desk, app: app.clone(), demo: Mutex::new(None) })
    }

    /// Starts the demo building, anew if it runs, and shows it.
    pub(crate) async fn start_demo(&self) -> Result<ServerView, CommandError> {
        let simulator = Simulator::start(simulator::Options::demo()).await.map_err(|error| {
            tracing::error!(%error, "the demo building did not start");
            CommandError::plain(ErrorCode::DemoFailed)
        })?;
        let tokens = simulator.tokens();
        let view = self.desk.show_demo(&simulator.address(), &tokens.admin, &tokens.client)?;
        *self.demo.lock().unwrap_or_else(PoisonError::into_inner) = Some(simulator);
        Ok(view)
    }

    /// Puts an error's details on the clipboard.
    pub(crate) fn copy_details(&self, details: &ErrorDetails) -> Result<(), CommandError> {
        let version = self.app.package_info().version.to_string();
        let status = details.status.map(|status| format!("status: {status}\n")).unwrap_or_default();
        self.copy(&format!("Gatehouse {version}\ncode: {}\n{status}trace: {}\n", details.code, details.trace))
    }

    /// Puts a text the window made on the clipboard.
    pub(crate) fn copy_text(&self, text: &str) -> Result<(), CommandError> {
        if text.chars().count() > LONGEST_COPY {
            return Err(CommandError::plain(ErrorCode::ClipboardFailed));
        }
        // Pasted into a terminal, a control character could act.
        let text: String = text.chars().filter(|one| *one == '\n' || !one.is_control()).collect();
        self.copy(&text)
    }

    /// What the program is and where it keeps what.
    pub(crate) fn about(&self) -> Result<About, CommandError> {
        let path = self.app.path();
        let folder = |found: tauri::Result<PathBuf>| {
            found.map(|path| path.to_string_lossy().into_owned()).map_err(|error| {
                tracing::error!(%error, "a folder of the program is not known");
                CommandError::plain(ErrorCode::Internal)
            })
        };
        Ok(About {
            version: self.app.package_info().version.to_string(),
            identity: identity::current(),
            data_folder: folder(path.app_data_dir())?,
            log_folder: folder(path.app_log_dir())?,
            keyring_name: identity::keyring_service().to_owned(),
        })
    }

    /// Puts a text on the clipboard.
    pub(crate) fn copy(&self, text: &str) -> Result<(), CommandError> {
        self.app.clipboard().write_text(text).map_err(|error| {
            tracing::warn!(%error, "the clipboard refused");
            CommandError::plain(ErrorCode::ClipboardFailed)
        })
    }
}

/// The language the servers' own texts come in while the person leaves the choice to the system.
fn system_language() -> Language {
    let is_russian = sys_locale::get_locale().is_some_and(|locale| locale.to_lowercase().starts_with("ru"));
    if is_russian { Language::Russian } else { Language::English }
}
