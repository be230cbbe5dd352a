//! Signing in and out.

use desk::CommandError;
use desk::views::{
    AccountSignedOut, AppState, Captcha, ServerRef, ServerView, SessionList, SessionRef, SetBilling, SignIn,
    SignOut,
};
use tauri::State;

use crate::core::Core;

#[tauri::command]
pub(crate) async fn sign_in(core: State<'_, Core>, request: SignIn) -> Result<ServerView, CommandError> {
    core.desk.sign_in(request).await
}

#[tauri::command]
pub(crate) async fn set_billing(
    core: State<'_, Core>,
    request: SetBilling,
) -> Result<ServerView, CommandError> {
    core.desk.set_billing(request).await
}

#[tauri::command]
pub(crate) async fn sign_out(
    core: State<'_, Core>,
    request: SignOut,
) -> Result<AccountSignedOut, CommandError> {
    core.desk.sign_out(request).await
}

#[tauri::command]
pub(crate) async fn get_captcha(core: State<'_, Core>, request: ServerRef) -> Result<Captcha, CommandError> {
    core.desk.get_captcha(request).await
}

#[tauri::command]
pub(crate) async fn list_sessions(
    core: State<'_, Core>,
    request: ServerRef,
) -> Result<SessionList, CommandError> {
    core.desk.list_sessions(request).await
}

#[tauri::command]
pub(crate) async fn end_session(core: State<'_, Core>, request: SessionRef) -> Result<(), CommandError> {
    core.desk.end_session(request).await
}

#[tauri::command]
pub(crate) async fn retry_keyring(core: State<'_, Core>) -> Result<AppState, CommandError> {
    core.desk.retry_keyring().await
}
