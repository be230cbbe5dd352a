//! The filling of this desk's memory from its servers.

use desk::CommandError;
use desk::views::{ServerRef, SyncOverview, SyncRequest};
use tauri::State;

use crate::core::Core;

#[tauri::command]
pub(crate) async fn list_syncs(core: State<'_, Core>) -> Result<SyncOverview, CommandError> {
    core.desk.list_syncs().await
}

#[tauri::command]
pub(crate) async fn start_sync(core: State<'_, Core>, request: SyncRequest) -> Result<(), CommandError> {
    core.desk.start_sync(request).await
}

#[tauri::command]
pub(crate) async fn pause_sync(core: State<'_, Core>, request: ServerRef) -> Result<(), CommandError> {
    core.desk.pause_sync(request).await
}

#[tauri::command]
pub(crate) async fn resume_sync(core: State<'_, Core>, request: ServerRef) -> Result<(), CommandError> {
    core.desk.resume_sync(request).await
}

#[tauri::command]
pub(crate) async fn cancel_sync(core: State<'_, Core>, request: ServerRef) -> Result<(), CommandError> {
    core.desk.cancel_sync(request).await
}
