//! The native menu: in the person's language, from the same texts as the window, and with the same meaning as its keys.
//!
//! What the window can do it is asked for by an event; size, full screen and leaving are done here.
//!
//! A key does one thing once. On Linux (tried in the real window) the menu bar takes its accelerators before the page
//! sees the key; on macOS a key the page has answered does not reach the menu; on Windows the page has the keyboard to
//! itself, and the menu only names its keys. Keys without Ctrl or Cmd stay with the page: an accelerator "N" would fire
//! while someone types a name.

use std::sync::LazyLock;

use desk::Language;
use desk::views::{CoreEvent, MenuItem as Asked};
use serde::Deserialize;
use tauri::menu::{IsMenuItem, Menu, MenuEvent, MenuItem, PredefinedMenuItem, Submenu};
use tauri::{AppHandle, Manager, Wry};

use crate::core::Core;
use crate::{events, window};

type Item = Box<dyn IsMenuItem<Wry>>;

/// What the window is asked to do: the item's id and the event's word.
const ASKED: [(&str, Asked); 10] = [
    ("new_code", Asked::NewCode),
    ("add_server", Asked::AddServer),
    ("find", Asked::Find),
    ("buildings", Asked::Buildings),
    ("codes", Asked::Codes),
    ("settings", Asked::Settings),
    ("refresh", Asked::Refresh),
    ("keys", Asked::Keys),
    ("log", Asked::Log),
    ("about", Asked::About),
];

const QUIT: &str = "quit";
const FULL_SCREEN: &str = "full_screen";
const ZOOM_IN: &str = "zoom_in";
const ZOOM_OUT: &str = "zoom_out";
const ZOOM_RESET: &str = "zoom_reset";

/// Full screen and leaving are not the page's, so on Windows their keys would be promises nobody keeps: there the
/// system closes windows with Alt+F4.
const QUIT_KEY: Option<&str> = if cfg!(windows) { None } else { Some("CmdOrCtrl+Q") };
const FULL_SCREEN_KEY: Option<&str> = if cfg!(target_os = "macos") {
    Some("Ctrl+Cmd+F")
} else if cfg!(windows) {
    None
} else {
    Some("F11")
};

/// The menu's texts, under `menu` in the window's own.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(not(target_os = "macos"), expect(dead_code, reason = "some menus are on macOS only"))]
struct Texts {
    file: String,
    edit: String,
    view: String,
    window: String,
    help: String,
    new_code: String,
    add_server: String,
    quit: String,
    exit: String,
    undo: String,
    redo: String,
    cut: String,
    copy: String,
    paste: String,
    select_all: String,
    find: String,
    buildings: String,
    codes: String,
    settings: String,
    refresh: String,
    zoom_in: String,
    zoom_out: String,
    zoom_reset: String,
    full_screen: String,
    keys: String,
    log: String,
    about: String,
    services: String,
    hide: String,
    hide_others: String,
    show_all: String,
    minimize: String,
    fill: String,
}

#[derive(Deserialize)]
struct File {
    menu: Texts,
}

static ENGLISH: LazyLock<serde_json::Result<File>> =
    LazyLock::new(|| serde_json::from_str(include_str!("../../ui/src/i18n/en.json")));
static RUSSIAN: LazyLock<serde_json::Result<File>> =
    LazyLock::new(|| serde_json::from_str(include_str!("../../ui/src/i18n/ru.json")));

/// The texts of a language. A test reads both, so a program that was tested has them.
fn texts(language: Language) -> Option<&'static Texts> {
    let read = match language {
        Language::English => &*ENGLISH,
        Language::Russian => &*RUSSIAN,
    };
    read.as_ref().ok().map(|file| &file.menu)
}

/// Gives the program its menu in this language, in place of the one it has.
pub(crate) fn show(app: &AppHandle, language: Language) {
    let Some(texts) = texts(language) else {
        tracing::error!("the menu has no texts");
        return;
    };
    if let Err(error) = build(app, texts).and_then(|menu| app.set_menu(menu)) {
        tracing::error!(%error, "the menu could not be shown");
    }
}

/// Does what was chosen.
pub(crate) fn chosen(app: &AppHandle, event: &MenuEvent) {
    let id = event.id().as_ref();
    if let Some((_, item)) = ASKED.iter().find(|(known, _)| *known == id) {
        return events::tell(app, &CoreEvent::Menu { item: *item });
    }
    match id {
        QUIT => window::ask_to_close(app),
        FULL_SCREEN => window::toggle_full_screen(app),
        ZOOM_IN | ZOOM_OUT | ZOOM_RESET => {
            let step = match id {
                ZOOM_IN => window::Zoom::In,
                ZOOM_OUT => window::Zoom::Out,
                _ => window::Zoom::Reset,
            };
            let app = app.clone();
            tauri::async_runtime::spawn(async move { app.state::<Core>().zoom(step).await });
        }
        _ => editing::chosen(app, id),
    }
}

fn build(app: &AppHandle, texts: &Texts) -> tauri::Result<Menu<Wry>> {
    let menu = Menu::new(app)?;
    #[cfg(target_os = "macos")]
    menu.append(&submenu(app, None, "Gatehouse", &application(app, texts)?)?)?;
    menu.append(&submenu(app, None, &texts.file, &file(app, texts)?)?)?;
    menu.append(&submenu(app, None, &texts.edit, &edit(app, texts)?)?)?;
    menu.append(&submenu(app, None, &texts.view, &view(app, texts)?)?)?;
    #[cfg(target_os = "macos")]
    {
        let window = [
            predefined(PredefinedMenuItem::minimize(app, Some(&texts.minimize))?),
            predefined(PredefinedMenuItem::maximize(app, Some(&texts.fill))?),
        ];
        menu.append(&submenu(app, Some(tauri::menu::WINDOW_SUBMENU_ID), &texts.window, &window)?)?;
    }
    menu.append(&submenu(app, Some(tauri::menu::HELP_SUBMENU_ID), &texts.help, &help(app, texts)?)?)?;
    Ok(menu)
}

/// macOS: what belongs to the program as a whole stands under its name.
#[cfg(target_os = "macos")]
fn application(app: &AppHandle, texts: &Texts) -> tauri::Result<Vec<Item>> {
    Ok(vec![
        item(app, "about", &texts.about, None)?,
        separator(app)?,
        item(app, "settings", &texts.settings, Some("CmdOrCtrl+,"))?,
        separator(app)?,
        predefined(PredefinedMenuItem::services(app, Some(&texts.services))?),
        separator(app)?,
        predefined(PredefinedMenuItem::hide(app, Some(&texts.hide))?),
        predefined(PredefinedMenuItem::hide_others(app, Some(&texts.hide_others))?),
        predefined(PredefinedMenuItem::show_all(app, Some(&texts.show_all))?),
        separator(app)?,
        item(app, QUIT, &texts.quit, QUIT_KEY)?,
    ])
}

fn file(app: &AppHandle, texts: &Texts) -> tauri::Result<Vec<Item>> {
    let mut items = vec![
        item(app, "new_code", &texts.new_code, Some("CmdOrCtrl+N"))?,
        item(app, "add_server", &texts.add_server, None)?,
    ];
    if !cfg!(target_os = "macos") {
        let text = if cfg!(windows) { &texts.exit } else { &texts.quit };
        items.extend([separator(app)?, item(app, QUIT, text, QUIT_KEY)?]);
    }
    Ok(items)
}

fn edit(app: &AppHandle, texts: &Texts) -> tauri::Result<Vec<Item>> {
    let mut items = editing::items(app, texts)?;
    items.extend([separator(app)?, item(app, "find", &texts.find, Some("CmdOrCtrl+F"))?]);
    Ok(items)
}

fn view(app: &AppHandle, texts: &Texts) -> tauri::Result<Vec<Item>> {
    let mut items = vec![
        item(app, "buildings", &texts.buildings, Some("CmdOrCtrl+1"))?,
        item(app, "codes", &texts.codes, Some("CmdOrCtrl+2"))?,
    ];
    if !cfg!(target_os = "macos") {
        items.push(item(app, "settings", &texts.settings, Some("CmdOrCtrl+,"))?);
    }
    items.extend([
        separator(app)?,
        item(app, "refresh", &texts.refresh, Some("CmdOrCtrl+R"))?,
        separator(app)?,
        item(app, ZOOM_IN, &texts.zoom_in, Some("CmdOrCtrl+="))?,
        item(app, ZOOM_OUT, &texts.zoom_out, Some("CmdOrCtrl+-"))?,
        item(app, ZOOM_RESET, &texts.zoom_reset, Some("CmdOrCtrl+0"))?,
        separator(app)?,
        item(app, FULL_SCREEN, &texts.full_screen, FULL_SCREEN_KEY)?,
    ]);
    Ok(items)
}

fn help(app: &AppHandle, texts: &Texts) -> tauri::Result<Vec<Item>> {
    let mut items = vec![item(app, "keys", &texts.keys, Some("F1"))?, item(app, "log", &texts.log, None)?];
    if !cfg!(target_os = "macos") {
        items.extend([separator(app)?, item(app, "about", &texts.about, None)?]);
    }
    Ok(items)
}

fn item(app: &AppHandle, id: &str, text: &str, key: Option<&str>) -> tauri::Result<Item> {
    Ok(Box::new(MenuItem::with_id(app, id, text, true, key)?))
}

fn separator(app: &AppHandle) -> tauri::Result<Item> {
    Ok(predefined(PredefinedMenuItem::separator(app)?))
}

fn predefined(item: PredefinedMenuItem<Wry>) -> Item {
    Box::new(item)
}

fn submenu(app: &AppHandle, id: Option<&str>, text: &str, items: &[Item]) -> tauri::Result<Submenu<Wry>> {
    let items: Vec<&dyn IsMenuItem<Wry>> = items.iter().map(AsRef::as_ref).collect();
    match id {
        Some(id) => Submenu::with_id_and_items(app, id, text, true, &items),
        None => Submenu::with_items(app, text, true, &items),
    }
}

/// Where the system does the editing, its own items do.
#[cfg(not(target_os = "linux"))]
mod editing {
    use super::*;

    pub(super) fn items(app: &AppHandle, texts: &Texts) -> tauri::Result<Vec<Item>> {
        Ok(vec![
            predefined(PredefinedMenuItem::undo(app, Some(&texts.undo))?),
            predefined(PredefinedMenuItem::redo(app, Some(&texts.redo))?),
            separator(app)?,
            predefined(PredefinedMenuItem::cut(app, Some(&texts.cut))?),
            predefined(PredefinedMenuItem::copy(app, Some(&texts.copy))?),
            predefined(PredefinedMenuItem::paste(app, Some(&texts.paste))?),
            predefined(PredefinedMenuItem::select_all(app, Some(&texts.select_all))?),
        ])
    }

    pub(super) fn chosen(_: &AppHandle, _: &str) {}
}

/// On Linux the ready-made items press keys through an X11 tool, which does nothing under Wayland: the web view is told
/// instead. They have no accelerators, so that the keys stay with the web view, which has always known them.
#[cfg(target_os = "linux")]
mod editing {
    use webkit2gtk::WebViewExt;

    use super::*;

    /// The item's id and WebKit's own name for what it does.
    const COMMANDS: [(&str, &str); 6] = [
        ("undo", "Undo"),
        ("redo", "Redo"),
        ("cut", "Cut"),
        ("copy", "Copy"),
        ("paste", "Paste"),
        ("select_all", "SelectAll"),
    ];

    pub(super) fn items(app: &AppHandle, texts: &Texts) -> tauri::Result<Vec<Item>> {
        Ok(vec![
            item(app, "undo", &texts.undo, None)?,
            item(app, "redo", &texts.redo, None)?,
            separator(app)?,
            item(app, "cut", &texts.cut, None)?,
            item(app, "copy", &texts.copy, None)?,
            item(app, "paste", &texts.paste, None)?,
            item(app, "select_all", &texts.select_all, None)?,
        ])
    }

    pub(super) fn chosen(app: &AppHandle, id: &str) {
        let Some((_, command)) = COMMANDS.iter().find(|(known, _)| *known == id) else { return };
        let Some(window) = window::main(app) else { return };
        let told = window.with_webview(move |view| view.inner().execute_editing_command(command));
        if let Err(error) = told {
            tracing::warn!(%error, "the web view was not there to edit");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_item_has_its_text_in_both_languages_and_no_text_is_left_over() {
        for language in [Language::English, Language::Russian] {
            let source = match language {
                Language::English => include_str!("../../ui/src/i18n/en.json"),
                Language::Russian => include_str!("../../ui/src/i18n/ru.json"),
            };
            let file: serde_json::Value = serde_json::from_str(source).unwrap();
            serde_json::from_value::<Texts>(file["menu"].clone()).unwrap();
            for (name, text) in file["menu"].as_object().unwrap() {
                assert!(!text.as_str().unwrap().trim().is_empty(), "{name}");
            }
            assert!(texts(language).is_some());
        }
        assert_ne!(texts(Language::English).unwrap().file, texts(Language::Russian).unwrap().file);
    }
}
