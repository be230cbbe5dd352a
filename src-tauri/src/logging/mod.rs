//! The log: lines to read on standard error, and the same as JSON in a few files of bounded size.
//!
//! Must not go in: secrets, names, keys, codes, titles. An event says its own words, ids of traces and calls, and
//! error codes; `tests/log.rs` plants the rest and looks for it.

mod files;
mod panics;
mod reading;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use desk::views::LogView;
use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::prelude::*;

use files::Files;
pub use reading::{MOST_LINES, readable};

/// The project's own crates, which `GATEHOUSE_LOG` is about.
const OWN: [&str; 5] = ["gatehouse", "desk", "server_api", "store", "simulator"];

/// What is kept in memory of the time before the files are open, in bytes.
const MOST_WAITING: usize = 64 * 1024;

/// The log of this process.
///
/// A line is one `write` to the system as it is logged: nothing waits to be flushed, so nothing is lost with the
/// process, and a caller pays a few microseconds.
#[derive(Debug, Clone)]
pub struct Log {
    folder: PathBuf,
    sink: Arc<Mutex<Sink>>,
}

#[derive(Debug)]
enum Sink {
    /// A second start ends before it may touch the files of the first.
    Waiting(Vec<u8>),
    Open(Files),
    /// The folder cannot be written: the lines are on standard error only.
    Lost,
}

/// Starts logging. `GATEHOUSE_LOG` sets the level of the project's own crates (default `info`). The files are written
/// from [`Log::open`] on, with what was logged before.
pub(crate) fn start(folder: &Path) -> Log {
    let level = std::env::var("GATEHOUSE_LOG").ok().and_then(|level| level.parse().ok());
    start_at(folder, level.unwrap_or(LevelFilter::INFO))
}

/// Starts logging at this level of the project's own crates.
pub fn start_at(folder: &Path, level: LevelFilter) -> Log {
    let log = Log::new(folder);
    let lines = tracing_subscriber::fmt::layer().with_writer(io::stderr).with_ansi(false);
    // Spans of other crates are left out: nobody here says what they hold.
    let records = tracing_subscriber::fmt::layer()
        .json()
        .with_current_span(false)
        .with_span_list(false)
        .with_writer(log.clone());
    tracing_subscriber::registry().with(lines).with(records).with(targets(level)).init();
    panics::tell(log.clone());
    log
}

fn targets(level: LevelFilter) -> Targets {
    // SECURITY: other crates never log more than `info`: at `debug` an HTTP library prints headers and bodies.
    let mut targets = Targets::new().with_default(LevelFilter::INFO.min(level));
    for own in OWN {
        targets = targets.with_target(own, level);
    }
    targets
}

impl Log {
    fn new(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), sink: Arc::new(Mutex::new(Sink::Waiting(Vec::new()))) }
    }

    /// Opens the files, where that did not happen yet, and writes what was logged before.
    pub fn open(&self) {
        let opened = {
            let mut sink = self.sink();
            let Sink::Waiting(waiting) = &mut *sink else { return };
            let waiting = std::mem::take(waiting);
            let opened = Files::open(&self.folder).and_then(|mut files| {
                files.write(&waiting)?;
                Ok(files)
            });
            match opened {
                Ok(files) => {
                    *sink = Sink::Open(files);
                    Ok(())
                }
                Err(error) => {
                    *sink = Sink::Lost;
                    Err(error)
                }
            }
        };
        if let Err(error) = opened {
            tracing::error!(%error, "the log cannot be kept in files");
        }
    }

    /// The folder of the files.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The newest lines, newest first.
    pub fn read(&self, limit: usize) -> io::Result<LogView> {
        // The files stay what they are while they are read: nothing is moved under the reader.
        let _sink = self.sink();
        reading::newest(&files::newest_first(&self.folder), limit)
    }

    /// Removes every line that was written to the files.
    pub fn erase(&self) -> io::Result<()> {
        match &mut *self.sink() {
            Sink::Open(files) => files.erase(),
            Sink::Waiting(waiting) => {
                waiting.clear();
                Ok(())
            }
            Sink::Lost => Ok(()),
        }
    }

    fn sink(&self) -> MutexGuard<'_, Sink> {
        self.sink.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = &'a Log;

    fn make_writer(&'a self) -> Self::Writer {
        self
    }
}

/// Each `write` is one whole line.
impl io::Write for &Log {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        match &mut *self.sink() {
            Sink::Waiting(waiting) if waiting.len() + line.len() <= MOST_WAITING => {
                waiting.extend_from_slice(line);
            }
            Sink::Waiting(_) | Sink::Lost => {}
            Sink::Open(files) => files.write(line)?,
        }
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn what_was_logged_before_the_files_were_open_is_in_them() {
        let folder = tempfile::tempdir().unwrap();
        let log = Log::new(&folder.path().join("logs"));
        (&log).write_all(b"early\n").unwrap();
        assert!(!log.folder().exists(), "a second start touches nothing");
        log.open();
        (&log).write_all(b"late\n").unwrap();
        log.open();
        let text = std::fs::read_to_string(&files::newest_first(log.folder())[0]).unwrap();
        assert_eq!(text, "early\nlate\n");
    }

    #[test]
    fn a_folder_that_cannot_be_written_costs_the_files_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let taken = folder.path().join("taken");
        std::fs::write(&taken, "a file").unwrap();
        let log = Log::new(&taken);
        log.open();
        (&log).write_all(b"line\n").unwrap();
        assert!(log.read(10).is_err());
    }

    #[test]
    fn other_crates_are_capped_at_info() {
        use tracing::Level;
        let targets = targets(LevelFilter::TRACE);
        assert!(targets.would_enable("server_api::connection", &Level::TRACE));
        assert!(targets.would_enable("reqwest", &Level::INFO));
        assert!(!targets.would_enable("reqwest", &Level::DEBUG));
    }
}
