//! The search over everything this desk has seen.

use desk::CommandError;
use desk::views::{Search, SearchResults};
use tauri::State;

use crate::core::Core;

#[tauri::command]
pub(crate) async fn search(core: State<'_, Core>, request: Search) -> Result<SearchResults, CommandError> {
    core.desk.search(request).await
}
