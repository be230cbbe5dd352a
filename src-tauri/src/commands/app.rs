//! The program itself.

use desk::CommandError;
use desk::views::{
    About, AppState, Choices, CopyText, ErrorDetails, FirstSight, FirstSightOf, LogView, ReadLog,
};
use tauri::State;

use crate::core::Core;

#[tauri::command]
pub(crate) async fn app_state(core: State<'_, Core>) -> Result<AppState, CommandError> {
    Ok(core.desk.app_state().await)
}

#[tauri::command]
pub(crate) async fn first_sight(
    core: State<'_, Core>,
    request: FirstSightOf,
) -> Result<FirstSight, CommandError> {
    Ok(core.desk.first_sight(request).await)
}

#[tauri::command]
pub(crate) async fn set_preferences(
    core: State<'_, Core>,
    request: Choices,
) -> Result<AppState, CommandError> {
    core.set_preferences(request).await
}

#[tauri::command]
pub(crate) async fn copy_details(core: State<'_, Core>, request: ErrorDetails) -> Result<(), CommandError> {
    core.copy_details(&request)
}

#[tauri::command]
pub(crate) async fn copy_text(core: State<'_, Core>, request: CopyText) -> Result<(), CommandError> {
    core.copy_text(&request.text)
}

#[tauri::command]
pub(crate) async fn about(core: State<'_, Core>) -> Result<About, CommandError> {
    core.about()
}

#[tauri::command]
pub(crate) async fn read_log(core: State<'_, Core>, request: ReadLog) -> Result<LogView, CommandError> {
    core.read_log(request.limit).await
}

#[tauri::command]
pub(crate) async fn copy_log(core: State<'_, Core>) -> Result<(), CommandError> {
    core.copy_log().await
}

#[tauri::command]
pub(crate) async fn erase_everything(core: State<'_, Core>) -> Result<AppState, CommandError> {
    core.erase_everything().await
}

#[tauri::command]
pub(crate) async fn close_window(core: State<'_, Core>) -> Result<(), CommandError> {
    core.close_window()
}
