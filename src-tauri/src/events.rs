//! What the core tells the window by itself.

use desk::views::CoreEvent;
use tauri::{AppHandle, Emitter, EventTarget};

use crate::window;

/// The one event the window listens to.
const NAME: &str = "core";

/// Tells the window.
pub(crate) fn tell(app: &AppHandle, event: &CoreEvent) {
    if let Err(error) = app.emit_to(EventTarget::webview_window(window::MAIN), NAME, event) {
        tracing::error!(%error, "the window could not be told");
    }
}
