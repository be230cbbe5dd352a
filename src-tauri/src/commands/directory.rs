//! Intercoms, flats and keys.

use desk::CommandError;
use desk::views::{
    AddIntercom, FlatDetail, FlatRef, FlatWindow, FlatsLoaded, IntercomList, IntercomRef, IntercomView,
    KeyWindow, KeysLoaded, ListFlats, ListKeys, ServerRef, SetShortName,
};
use tauri::State;

use crate::core::Core;

#[tauri::command]
pub(crate) async fn load_intercoms(
    core: State<'_, Core>,
    request: ServerRef,
) -> Result<IntercomList, CommandError> {
    core.desk.load_intercoms(request).await
}

#[tauri::command]
pub(crate) async fn list_intercoms(
    core: State<'_, Core>,
    request: ServerRef,
) -> Result<IntercomList, CommandError> {
    core.desk.list_intercoms(request).await
}

#[tauri::command]
pub(crate) async fn add_intercom(
    core: State<'_, Core>,
    request: AddIntercom,
) -> Result<IntercomView, CommandError> {
    core.desk.add_intercom(request).await
}

#[tauri::command]
pub(crate) async fn set_short_name(
    core: State<'_, Core>,
    request: SetShortName,
) -> Result<IntercomList, CommandError> {
    core.desk.set_short_name(request).await
}

#[tauri::command]
pub(crate) async fn forget_intercom(
    core: State<'_, Core>,
    request: IntercomRef,
) -> Result<IntercomList, CommandError> {
    core.desk.forget_intercom(request).await
}

#[tauri::command]
pub(crate) async fn remember_intercom(
    core: State<'_, Core>,
    request: IntercomRef,
) -> Result<(), CommandError> {
    core.desk.remember_intercom(request).await
}

#[tauri::command]
pub(crate) async fn load_flats(
    core: State<'_, Core>,
    request: IntercomRef,
) -> Result<FlatsLoaded, CommandError> {
    core.desk.load_flats(request).await
}

#[tauri::command]
pub(crate) async fn list_flats(
    core: State<'_, Core>,
    request: ListFlats,
) -> Result<FlatWindow, CommandError> {
    core.desk.list_flats(request).await
}

#[tauri::command]
pub(crate) async fn load_flat(core: State<'_, Core>, request: FlatRef) -> Result<FlatDetail, CommandError> {
    core.desk.load_flat(request).await
}

#[tauri::command]
pub(crate) async fn get_flat(
    core: State<'_, Core>,
    request: FlatRef,
) -> Result<Option<FlatDetail>, CommandError> {
    core.desk.get_flat(request).await
}

#[tauri::command]
pub(crate) async fn load_keys(
    core: State<'_, Core>,
    request: IntercomRef,
) -> Result<KeysLoaded, CommandError> {
    core.desk.load_keys(request).await
}

#[tauri::command]
pub(crate) async fn list_keys(core: State<'_, Core>, request: ListKeys) -> Result<KeyWindow, CommandError> {
    core.desk.list_keys(request).await
}
