//! What every command works on: the desk, and the two things of the desktop beside it.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use desk::views::{
    About, AppState, Choices, CoreEvent, ErrorDetails, LanguageChoice, LogView, ServerRef, ServerView,
    ThemeChoice,
};
use desk::{CommandError, Desk, ErrorCode, Language, Limits, OsKeyring, Setup, SystemClock};
use simulator::Simulator;
use tauri::{AppHandle, Manager};
use tauri_plugin_clipboard_manager::ClipboardExt;

use crate::logging::{self, Log};
use crate::preferences::StoredPreferences;
use crate::window::Zoom;
use crate::{events, identity, menu, window};

/// The longest text the window may put on the clipboard, in characters.
const LONGEST_COPY: usize = 10_000;

/// The managed state of the window's commands.
pub(crate) struct Core {
    /// What the product does.
    pub(crate) desk: Desk,
    app: AppHandle,
    log: Log,
    /// What the window and its menu are like now.
    shown: Mutex<Shown>,
    /// Held from reading the size to writing it, so that two steps are two steps.
    zooming: tokio::sync::Mutex<()>,
    /// The demo building, while it runs.
    demo: Mutex<Option<Simulator>>,
}

/// What of the choices is already seen.
#[derive(Default)]
struct Shown {
    /// The menu's language, once there is a menu.
    language: Option<Language>,
    /// As the system, until something else was chosen.
    theme: ThemeChoice,
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
    pub(crate) fn new(app: &AppHandle, log: Log) -> Result<Self, StartError> {
        let folder = app.path().app_data_dir()?;
        let preferences = StoredPreferences::open(app, &folder)
            .map_err(|source| StartError::Preferences { folder: folder.clone(), source })?;
        let desk = Desk::new(Setup {
            clock: Arc::new(SystemClock),
            keyring: Arc::new(OsKeyring::new(identity::keyring_service())),
            preferences: Arc::new(preferences),
            store: Some(folder.join("store")),
            limits: Limits::default(),
            identity: identity::current(),
            version: app.package_info().version.to_string(),
            system_language: system_language(),
        });
        Ok(Self {
            desk,
            app: app.clone(),
            log,
            shown: Mutex::new(Shown::default()),
            zooming: tokio::sync::Mutex::new(()),
            demo: Mutex::new(None),
        })
    }

    /// Lets the window and its menu be as the person chose.
    pub(crate) fn apply_choices(&self) {
        let choices = self.desk.choices();
        window::set_zoom(&self.app, choices.zoom);
        let language = match choices.language {
            LanguageChoice::System => system_language(),
            LanguageChoice::En => Language::English,
            LanguageChoice::Ru => Language::Russian,
        };
        let before = {
            let mut shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
            std::mem::replace(&mut *shown, Shown { language: Some(language), theme: choices.theme })
        };
        if before.language != Some(language) {
            menu::show(&self.app, language);
        }
        if before.theme != choices.theme {
            window::set_theme(&self.app, choices.theme);
        }
    }

    /// Takes on what the person chose.
    pub(crate) async fn set_preferences(&self, choices: Choices) -> Result<AppState, CommandError> {
        let state = self.desk.set_preferences(choices).await;
        // Where they could not be saved they are still what this run goes by.
        self.apply_choices();
        state
    }

    /// Makes everything in the window a step larger or smaller, or the usual size.
    pub(crate) async fn zoom(&self, step: Zoom) {
        let _zooming = self.zooming.lock().await;
        let choices = self.desk.choices();
        let zoom = step.from(choices.zoom);
        // Not saved: already logged, and the person sees that it worked for now.
        let _ = self.set_preferences(Choices { zoom, ..choices }).await;
        events::tell(&self.app, &CoreEvent::Changed { tags: vec!["app".to_owned()] });
    }

    /// Tells the window when a server is lost, and what to ask for again when one is back.
    pub(crate) async fn watch_reach(&self) {
        let changed = |is_back| {
            let tags: &[&str] = if is_back {
                &["app", "intercom_lists", "flat_lists", "flats", "key_lists", "codes", "sessions"]
            } else {
                &["app"]
            };
            let tags = tags.iter().map(|tag| (*tag).to_owned()).collect();
            events::tell(&self.app, &CoreEvent::Changed { tags });
        };
        self.desk.watch_reach(changed).await;
    }

    /// Keeps this desk's memory filled, and tells the window.
    pub(crate) async fn watch_syncs(&self) {
        self.desk.watch_syncs(identity::syncs_by_itself(), |event| events::tell(&self.app, event)).await;
    }

    /// The newest lines of the log.
    pub(crate) async fn read_log(&self, limit: usize) -> Result<LogView, CommandError> {
        let log = self.log.clone();
        let read = tauri::async_runtime::spawn_blocking(move || log.read(limit)).await;
        read.map_err(|_| CommandError::plain(ErrorCode::Internal))?.map_err(|error| {
            tracing::warn!(%error, "the log could not be read");
            CommandError::plain(ErrorCode::LogFailed)
        })
    }

    /// Puts the end of the log on the clipboard, for whoever maintains the program.
    pub(crate) async fn copy_log(&self) -> Result<(), CommandError> {
        let view = self.read_log(logging::MOST_LINES).await?;
        let version = self.app.package_info().version.to_string();
        self.copy(&format!("Gatehouse {version}\n{}", logging::readable(&view)))
    }

    /// Closes the window whatever is under way: the person was asked.
    pub(crate) fn close_window(&self) -> Result<(), CommandError> {
        let Some(window) = window::main(&self.app) else { return Ok(()) };
        window.destroy().map_err(|error| {
            tracing::error!(%error, "the window could not be closed");
            CommandError::plain(ErrorCode::Internal)
        })
    }

    /// Starts the demo building, anew if it runs, and shows it.
    pub(crate) async fn start_demo(&self) -> Result<ServerView, CommandError> {
        let simulator = Simulator::start(simulator::Options::demo()).await.map_err(|error| {
            tracing::error!(%error, "the demo building did not start");
            CommandError::plain(ErrorCode::DemoFailed)
        })?;
        let tokens = simulator.tokens();
        let view = self.desk.show_demo(&simulator.address(), &tokens.admin, &tokens.client).await?;
        *self.demo.lock().unwrap_or_else(PoisonError::into_inner) = Some(simulator);
        // As after any sign-in; it is this computer, so it costs nothing to wait for.
        self.desk.check_capabilities(ServerRef { server: view.id.clone() }).await.or(Ok(view))
    }

    /// Erases everything that is kept on this computer, and is then as at the first start.
    pub(crate) async fn erase_everything(&self) -> Result<AppState, CommandError> {
        let state = self.desk.erase_everything().await?;
        *self.demo.lock().unwrap_or_else(PoisonError::into_inner) = None;
        let log = self.log.clone();
        let erased = tauri::async_runtime::spawn_blocking(move || log.erase()).await;
        if !matches!(erased, Ok(Ok(()))) {
            return Err(CommandError::plain(ErrorCode::LogFailed));
        }
        self.apply_choices();
        Ok(state)
    }

    /// Puts an error's details on the clipboard.
    pub(crate) fn copy_details(&self, details: &ErrorDetails) -> Result<(), CommandError> {
        self.copy(&self.desk.report(details))
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
        let data = self.app.path().app_data_dir().map_err(|error| {
            tracing::error!(%error, "the program's folder is not known");
            CommandError::plain(ErrorCode::Internal)
        })?;
        Ok(About {
            version: self.app.package_info().version.to_string(),
            identity: identity::current(),
            data_folder: data.to_string_lossy().into_owned(),
            log_folder: self.log.folder().to_string_lossy().into_owned(),
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
