//! Starting over when the start before has not quite ended.
//!
//! On Linux the first start is told from a second one by a name on the session bus. A program that has just ended, or was
//! killed, may still own the name while nobody answers for it any more: that is neither a first start nor a second.

/// How often a start is begun anew. Each takes as long as a start does, which is longer than a bus needs to notice an end.
#[cfg(unix)]
const MOST_STARTS: u32 = 20;
/// How many starts went before this one. Says nothing to anyone but this module.
#[cfg(unix)]
const STARTS: &str = "GATEHOUSE_STARTS";

/// Begins anew, in the same process, where that is what the error asks for. Returns where it is not.
#[cfg(unix)]
pub(crate) fn start_over(error: &tauri::Error) {
    use std::os::unix::process::CommandExt;
    use std::process::Command;

    let tauri::Error::PluginInitialization(plugin, _) = error else { return };
    let before: u32 = std::env::var(STARTS).ok().and_then(|count| count.parse().ok()).unwrap_or_default();
    if plugin != "single-instance" || before >= MOST_STARTS {
        return;
    }
    let Ok(program) = std::env::current_exe() else { return };
    let arguments = std::env::args_os().skip(1);
    let failed = Command::new(program).args(arguments).env(STARTS, (before + 1).to_string()).exec();
    tracing::error!(error = %failed, "the start could not begin anew");
}

/// Elsewhere the system itself lets go of the name with the process.
#[cfg(not(unix))]
pub(crate) fn start_over(_: &tauri::Error) {}
