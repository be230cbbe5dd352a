//! The shell: a window, its commands, and the things of the desktop that the desk needs (preferences, clipboard).
//!
//! Must not go in: rules of the product, HTTP, storage. A command parses, calls the desk and hands its answer on.

pub mod commands;
mod core;
mod identity;
mod logging;
mod preferences;

use std::process::ExitCode;

use tauri::{AppHandle, Manager, Runtime};

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
    logging::start();
    let is_demo = std::env::args().any(|argument| argument == "--demo");
    let result = tauri::Builder::default()
        // First of all, so that a second start ends before it touches anything.
        .plugin(tauri_plugin_single_instance::init(|app, _, _| focus(app)))
        .plugin(tauri_plugin_clipboard_manager::init())
        .plugin(tauri_plugin_store::Builder::new().build())
        .invoke_handler(commands::handler())
        .setup(move |app| {
            let core = Core::new(app.handle())?;
            app.manage(core);
            if is_demo {
                let handle = app.handle().clone();
                let started =
                    tauri::async_runtime::block_on(async move { handle.state::<Core>().start_demo().await });
                if let Err(error) = started {
                    // The window still opens and offers the demo again.
                    tracing::error!(%error, "the demo building did not start");
                }
            }
            Ok(())
        })
        .run(context());
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!(%error, "the window could not be opened");
            ExitCode::FAILURE
        }
    }
}

fn focus(app: &AppHandle) {
    if let Some(window) = app.get_webview_window("main") {
        let shown = window.unminimize().and_then(|()| window.show()).and_then(|()| window.set_focus());
        if let Err(error) = shown {
            tracing::warn!(%error, "the window could not be brought to the front");
        }
    }
}
