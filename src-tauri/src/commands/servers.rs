//! The list of servers.

use desk::CommandError;
use desk::views::{
    AddServer, AppState, ProbeServer, ServerProbe, ServerRef, ServerView, SetServer, TrustCertificate,
};
use tauri::State;

use crate::core::Core;

#[tauri::command]
pub(crate) async fn probe_server(
    core: State<'_, Core>,
    request: ProbeServer,
) -> Result<ServerProbe, CommandError> {
    core.desk.probe_server(request).await
}

#[tauri::command]
pub(crate) async fn add_server(
    core: State<'_, Core>,
    request: AddServer,
) -> Result<ServerView, CommandError> {
    core.desk.add_server(request).await
}

#[tauri::command]
pub(crate) async fn start_demo(core: State<'_, Core>) -> Result<ServerView, CommandError> {
    core.start_demo().await
}

#[tauri::command]
pub(crate) async fn activate_server(
    core: State<'_, Core>,
    request: ServerRef,
) -> Result<AppState, CommandError> {
    core.desk.activate_server(request).await
}

#[tauri::command]
pub(crate) async fn trust_certificate(
    core: State<'_, Core>,
    request: TrustCertificate,
) -> Result<ServerView, CommandError> {
    core.desk.trust_certificate(request).await
}

#[tauri::command]
pub(crate) async fn remove_server(
    core: State<'_, Core>,
    request: ServerRef,
) -> Result<AppState, CommandError> {
    core.desk.remove_server(request).await
}

#[tauri::command]
pub(crate) async fn set_server(
    core: State<'_, Core>,
    request: SetServer,
) -> Result<ServerView, CommandError> {
    core.desk.set_server(request).await
}

#[tauri::command]
pub(crate) async fn check_capabilities(
    core: State<'_, Core>,
    request: ServerRef,
) -> Result<ServerView, CommandError> {
    core.desk.check_capabilities(request).await
}
