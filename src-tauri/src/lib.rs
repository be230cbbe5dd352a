//! The shell: a window, its commands, and the things of the desktop that the desk needs (preferences, clipboard).
//!
//! Must not go in: rules of the product, HTTP, storage. A command parses, calls the desk and hands its answer on.

mod again;
pub mod commands;
mod core;
mod events;
mod identity;
pub mod logging;
mod menu;
mod preferences;
mod window;

use std::process::ExitCode;

use tauri::plugin::{self, TauriPlugin};
use tauri::{Manager, Runtime, Wry};

use crate::core::Core;

/// The identity, folders and walls of this build: the merged configuration with its own identifier.
pub fn context<R: Runtime>() -> tauri::Context<R> {
    let mut context = tauri::generate_context!();
    let identifier = identity::identifier(&context.config().identifier);
    context.config_mut().identifier = identifier;
    context
}

/// Runs the program until its window is closed.
pub fn run() -> ExitCode {
    window::drawing::choose();
    let context = context();
    let log = logging::start(&identity::log_folder(&context.config().identifier));
    let is_demo = std::env::args().any(|argument| argument == "--demo");
    let kept = log.clone();
    let result = tauri::Builder::default()
        // First of all, so that a second start ends before it touches anything.
        .plugin(tauri_plugin_single_instance::init(|app, _, _| window::focus(app)))
        .plugin(opens(log.clone()))
        .plugin(tauri_plugin_clipboard_manager::init())
        .plugin(tauri_plugin_store::Builder::new().build())
        .plugin(makes_core(kept))
        .plugin(window::tidied_memory())
        .plugin(window::memory())
        .invoke_handler(commands::handler())
        .on_menu_event(|app, event| menu::chosen(app, &event))
        .on_window_event(|window, event| window::told(window.app_handle(), event))
        .setup(move |app| {
            let handle = app.handle();
            let core = app.state::<Core>();
            if is_demo && let Err(error) = tauri::async_runtime::block_on(core.start_demo()) {
                // The window still opens and offers the demo again.
                tracing::error!(%error, "the demo building did not start");
            }
            core.apply_choices();
            let watched = handle.clone();
            tauri::async_runtime::spawn(async move { watched.state::<Core>().watch_reach().await });
            let filled = handle.clone();
            tauri::async_runtime::spawn(async move { filled.state::<Core>().watch_syncs().await });
            window::show(handle)?;
            Ok(())
        })
        .run(context);
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            again::start_over(&error);
            tracing::error!(error = causes(&error), "the window could not be opened");
            log.open();
            ExitCode::FAILURE
        }
    }
}

/// Opens the log's files once it is clear that this start is the first, and before anything of it can fail.
fn opens(log: logging::Log) -> TauriPlugin<Wry> {
    plugin::Builder::new("log-files")
        .setup(move |app, _| {
            log.open();
            tracing::info!(version = %app.package_info().version, "started");
            Ok(())
        })
        .build()
}

/// Makes what the commands work on before there is a window, and lets sign-ins and store come back while the web view starts,
/// which takes as long.
fn makes_core(log: logging::Log) -> TauriPlugin<Wry> {
    plugin::Builder::new("core-and-store")
        .setup(move |app, _| {
            app.manage(Core::new(app, log)?);
            let restored = app.clone();
            tauri::async_runtime::spawn(async move { restored.state::<Core>().desk.restore().await });
            Ok(())
        })
        .build()
}

/// An error with what caused it, on one line.
fn causes(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(Some(error), |error| error.source());
    causes.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}
