//! Intercoms and flats.

use desk::CommandError;
use desk::views::{
    FlatDetail, FlatRef, FlatWindow, FlatsLoaded, IntercomList, IntercomRef, IntercomView, ListFlats,
    ServerRef,
};
use tauri::State;

use crate::core::Core;

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
    request: IntercomRef,
) -> Result<IntercomView, CommandError> {
    core.desk.add_intercom(request).await
}

#[tauri::command]
pub(crate) async fn forget_intercom(
    core: State<'_, Core>,
    request: IntercomRef,
) -> Result<IntercomList, CommandError> {
    core.desk.forget_intercom(request).await
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
    Ok(core.desk.list_flats(request))
}

#[tauri::command]
pub(crate) async fn get_flat(core: State<'_, Core>, request: FlatRef) -> Result<FlatDetail, CommandError> {
    core.desk.get_flat(request).await
}
