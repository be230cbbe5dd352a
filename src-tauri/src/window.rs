//! The one window: where it stands, how large things are in it, and how it closes.

pub(crate) mod drawing;
mod place;

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use desk::views::{CoreEvent, ThemeChoice, ZOOM};
use tauri::plugin::{self, TauriPlugin};
use tauri::{
    AppHandle, CloseRequestApi, Manager, PhysicalPosition, PhysicalSize, Theme, WebviewWindow, WindowEvent,
    Wry,
};
use tauri_plugin_window_state::{AppHandleExt, StateFlags};

use crate::core::Core;
use crate::events;
use place::Area;

/// The window's label.
pub(crate) const MAIN: &str = "main";

/// What is remembered of it, and in which file of the configuration folder.
const REMEMBERED: StateFlags = StateFlags::SIZE.union(StateFlags::POSITION).union(StateFlags::MAXIMIZED);
const FILE: &str = "window.json";
/// How long after a move or a change of size it is written down at the latest.
const WRITTEN_WITHIN: Duration = Duration::from_secs(1);

/// The sizes the menu goes through, in percent: the window's keys go through the same.
const ZOOM_STEPS: [u16; 8] = [80, 90, 100, 110, 125, 150, 175, 200];

/// A step of the size of everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Zoom {
    In,
    Out,
    Reset,
}

impl Zoom {
    /// Where a step leads from a size.
    pub(crate) fn from(self, at: u16) -> u16 {
        let next = match self {
            Self::In => ZOOM_STEPS.into_iter().find(|step| *step > at),
            Self::Out => ZOOM_STEPS.into_iter().rfind(|step| *step < at),
            Self::Reset => Some(100),
        };
        next.unwrap_or(at).clamp(*ZOOM.start(), *ZOOM.end())
    }
}

/// The window, while it is open.
pub(crate) fn main(app: &AppHandle) -> Option<WebviewWindow> {
    app.get_webview_window(MAIN)
}

/// Remembers size, place and whether the window is maximised.
pub(crate) fn memory() -> TauriPlugin<Wry> {
    tauri_plugin_window_state::Builder::new().with_state_flags(REMEMBERED).with_filename(FILE).build()
}

/// Before the memory is read: what it says is made to fit the screens that are there now.
pub(crate) fn tidied_memory() -> TauriPlugin<Wry> {
    plugin::Builder::new("window-tidy")
        .setup(|app, _| {
            let areas = areas(app);
            let path = app.path().app_config_dir()?.join(FILE);
            let fits = std::fs::read(&path).ok().and_then(|bytes| place::tidied(&bytes, MAIN, &areas));
            let done = match fits {
                Some(bytes) => std::fs::write(&path, bytes),
                // Not there, or not readable: as on a first start.
                None => std::fs::remove_file(&path).or(Ok(())),
            };
            if let Err(error) = done {
                tracing::warn!(%error, "the window's place could not be looked through");
            }
            Ok(())
        })
        .build()
}

/// Shows the window: where it was, or as large as a first start can have it.
pub(crate) fn show(app: &AppHandle) -> tauri::Result<()> {
    let Some(window) = main(app) else { return Ok(()) };
    if let Some(area) = areas(app).first().copied() {
        let least = area.least();
        window.set_min_size(Some(PhysicalSize::new(least.0, least.1)))?;
        let is_first = !app.path().app_config_dir()?.join(FILE).exists();
        if is_first {
            let first = area.first();
            window.set_size(PhysicalSize::new(first.width, first.height))?;
            // Not `center()`: it goes by a size the window has only later.
            window.set_position(PhysicalPosition::new(first.x, first.y))?;
            if first.fills {
                window.maximize()?;
            }
        }
    }
    window.show()
}

/// The free parts of the screens, the primary one's first.
fn areas(app: &AppHandle) -> Vec<Area> {
    let primary = app.primary_monitor().ok().flatten();
    let all = app.available_monitors().unwrap_or_default();
    let mut areas: Vec<Area> = primary.iter().chain(&all).map(Area::of).collect();
    areas.dedup();
    areas
}

/// Brings the window to the front.
pub(crate) fn focus(app: &AppHandle) {
    let Some(window) = main(app) else { return };
    let shown = window.unminimize().and_then(|()| window.show()).and_then(|()| window.set_focus());
    if let Err(error) = shown {
        tracing::warn!(%error, "the window could not be brought to the front");
    }
}

/// Sets the size of everything in the window, in percent.
pub(crate) fn set_zoom(app: &AppHandle, percent: u16) {
    let percent = percent.clamp(*ZOOM.start(), *ZOOM.end());
    if let Some(window) = main(app)
        && let Err(error) = window.set_zoom(f64::from(percent) / 100.0)
    {
        tracing::warn!(%error, "the size could not be changed");
    }
}

/// Gives the frame and the menu the colours of the content.
pub(crate) fn set_theme(app: &AppHandle, theme: ThemeChoice) {
    let theme = match theme {
        ThemeChoice::System => None,
        ThemeChoice::Light => Some(Theme::Light),
        ThemeChoice::Dark => Some(Theme::Dark),
    };
    if let Some(window) = main(app)
        && let Err(error) = window.set_theme(theme)
    {
        tracing::warn!(%error, "the colours of the frame could not be changed");
    }
}

/// Closes the window as its own button does.
pub(crate) fn ask_to_close(app: &AppHandle) {
    if let Some(window) = main(app)
        && let Err(error) = window.close()
    {
        tracing::error!(%error, "the window could not be closed");
    }
}

/// Full screen, and back.
pub(crate) fn toggle_full_screen(app: &AppHandle) {
    let Some(window) = main(app) else { return };
    let done = window.is_fullscreen().and_then(|is_full| window.set_fullscreen(!is_full));
    if let Err(error) = done {
        tracing::warn!(%error, "full screen could not be changed");
    }
}

/// What the window tells the shell.
pub(crate) fn told(app: &AppHandle, event: &WindowEvent) {
    match event {
        WindowEvent::CloseRequested { api, .. } => guard(app, api),
        WindowEvent::Moved(_) | WindowEvent::Resized(_) => write_down_soon(app),
        _ => {}
    }
}

/// While a request that changes something is under way, the window stays and asks.
fn guard(app: &AppHandle, api: &CloseRequestApi) {
    if app.try_state::<Core>().is_some_and(|core| core.desk.is_writing()) {
        api.prevent_close();
        events::tell(app, &CoreEvent::CloseAsked);
    }
}

/// Writes the window's place down, so that it is not lost with a killed program; once for many events.
fn write_down_soon(app: &AppHandle) {
    static SOON: AtomicBool = AtomicBool::new(false);
    if SOON.swap(true, Ordering::SeqCst) {
        return;
    }
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        tokio::time::sleep(WRITTEN_WITHIN).await;
        SOON.store(false, Ordering::SeqCst);
        // On the main thread: elsewhere the plugin would wait for it while holding what it waits for.
        let handle = app.clone();
        let _ = app.run_on_main_thread(move || {
            // A window that is closing has no place any more.
            if main(&handle).is_some()
                && let Err(error) = handle.save_window_state(REMEMBERED)
            {
                tracing::warn!(%error, "the window's place could not be written down");
            }
        });
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_lead_through_every_size_and_stop_at_the_ends() {
        let mut at = 80;
        for step in ZOOM_STEPS.into_iter().skip(1).chain([200]) {
            at = Zoom::In.from(at);
            assert_eq!(at, step);
        }
        for step in ZOOM_STEPS.into_iter().rev().skip(1).chain([80]) {
            at = Zoom::Out.from(at);
            assert_eq!(at, step);
        }
        assert_eq!(Zoom::In.from(104), 110);
        assert_eq!(Zoom::Out.from(104), 100);
        assert_eq!(Zoom::Reset.from(175), 100);
        assert_eq!((ZOOM_STEPS[0], ZOOM_STEPS[7]), (*ZOOM.start(), *ZOOM.end()));
    }
}
