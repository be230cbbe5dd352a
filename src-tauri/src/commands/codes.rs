//! Visitor codes.

use desk::CommandError;
use desk::views::{
    CodeRef, CodeWindow, CodesDeleted, CodesLoaded, DeleteCodes, IssueCode, IssuedCode, ListCodes, ServerRef,
};
use tauri::State;

use crate::core::Core;

#[tauri::command]
pub(crate) async fn issue_code(
    core: State<'_, Core>,
    request: IssueCode,
) -> Result<IssuedCode, CommandError> {
    let mut issued = core.desk.issue_code(request).await?;
    // A clipboard that refuses must not hide a code that was issued.
    issued.copied = issued.row.code.as_deref().is_some_and(|digits| core.copy(digits).is_ok());
    Ok(issued)
}

#[tauri::command]
pub(crate) async fn load_codes(
    core: State<'_, Core>,
    request: ServerRef,
) -> Result<CodesLoaded, CommandError> {
    core.desk.load_codes(request).await
}

#[tauri::command]
pub(crate) async fn list_codes(
    core: State<'_, Core>,
    request: ListCodes,
) -> Result<CodeWindow, CommandError> {
    core.desk.list_codes(request).await
}

#[tauri::command]
pub(crate) async fn copy_code(core: State<'_, Core>, request: CodeRef) -> Result<(), CommandError> {
    core.copy(&core.desk.code_digits(request).await?)
}

#[tauri::command]
pub(crate) async fn settle_code(core: State<'_, Core>, request: CodeRef) -> Result<(), CommandError> {
    core.desk.settle_code(request).await
}

#[tauri::command]
pub(crate) async fn delete_codes(
    core: State<'_, Core>,
    request: DeleteCodes,
) -> Result<CodesDeleted, CommandError> {
    core.desk.delete_codes(request).await
}
