//! The search over everything this desk has seen.

use desk::CommandError;
use desk::views::{Answer, AnswerRef, Search, SearchResults};
use tauri::State;

use crate::core::Core;

#[tauri::command]
pub(crate) async fn search(core: State<'_, Core>, request: Search) -> Result<SearchResults, CommandError> {
    core.desk.search(request).await
}

#[tauri::command]
pub(crate) async fn get_answer(core: State<'_, Core>, request: AnswerRef) -> Result<Answer, CommandError> {
    core.desk.get_answer(request).await
}
