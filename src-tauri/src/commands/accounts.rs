//! Signing in and out.

use desk::CommandError;
use desk::views::{ServerView, SetBilling, SignIn, SignOut};
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
pub(crate) async fn sign_out(core: State<'_, Core>, request: SignOut) -> Result<ServerView, CommandError> {
    core.desk.sign_out(request).await
}
