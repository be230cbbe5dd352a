//! The program itself.

use desk::CommandError;
use desk::views::{AppState, Choices, ErrorDetails};
use tauri::State;

use crate::core::Core;

#[tauri::command]
pub(crate) async fn app_state(core: State<'_, Core>) -> Result<AppState, CommandError> {
    Ok(core.desk.app_state().await)
}

#[tauri::command]
pub(crate) async fn set_preferences(
    core: State<'_, Core>,
    request: Choices,
) -> Result<AppState, CommandError> {
    core.desk.set_preferences(request).await
}

#[tauri::command]
pub(crate) async fn copy_details(core: State<'_, Core>, request: ErrorDetails) -> Result<(), CommandError> {
    core.copy_details(&request)
}
