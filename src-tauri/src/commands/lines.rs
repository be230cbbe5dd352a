//! Lines.

use desk::CommandError;
use desk::views::{LineSwitched, SwitchLine};
use tauri::State;

use crate::core::Core;

#[tauri::command]
pub(crate) async fn switch_line(
    core: State<'_, Core>,
    request: SwitchLine,
) -> Result<LineSwitched, CommandError> {
    core.desk.switch_line(request).await
}
