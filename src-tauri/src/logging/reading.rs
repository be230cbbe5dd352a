//! The end of the log, as the person reads it.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::PathBuf;

use desk::views::{LogLevel, LogLine, LogView};
use serde::Deserialize;
use serde_json::{Map, Value};

/// As much as is ever shown or copied.
pub const MOST_LINES: usize = 1_000;

/// A line as the JSON layer writes it.
#[derive(Deserialize)]
struct Record {
    timestamp: String,
    level: String,
    target: String,
    fields: Map<String, Value>,
}

/// The newest lines of these files, newest first. Lines that do not read (cut short by a full disk, written by another
/// version) are left out.
pub(super) fn newest(files_newest_first: &[PathBuf], limit: usize) -> io::Result<LogView> {
    let limit = limit.min(MOST_LINES);
    let mut lines = Vec::new();
    for path in files_newest_first {
        if lines.len() >= limit {
            break;
        }
        let bytes = match fs::read(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            read => read?,
        };
        let read = bytes.split(|byte| *byte == b'\n').rev().filter_map(line);
        lines.extend(read.take(limit - lines.len()));
    }
    Ok(LogView { lines })
}

fn line(bytes: &[u8]) -> Option<LogLine> {
    let record: Record = serde_json::from_slice(bytes).ok()?;
    let level = match record.level.as_str() {
        "ERROR" => LogLevel::Error,
        "WARN" => LogLevel::Warn,
        "INFO" => LogLevel::Info,
        "DEBUG" => LogLevel::Debug,
        "TRACE" => LogLevel::Trace,
        _ => return None,
    };
    let mut text = record.fields.get("message").map(words).unwrap_or_default();
    for (name, value) in record.fields.iter().filter(|(name, _)| *name != "message") {
        // Writing to a string cannot fail.
        let _ = write!(text, "{}{name}={}", if text.is_empty() { "" } else { " " }, words(value));
    }
    Some(LogLine { at: record.timestamp, level, origin: record.target, text })
}

fn words(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// The log as a text, oldest first, as one reads it in a letter.
pub fn readable(view: &LogView) -> String {
    let mut text = String::new();
    for line in view.lines.iter().rev() {
        let level = match line.level {
            LogLevel::Error => "ERROR",
            LogLevel::Warn => "WARN",
            LogLevel::Info => "INFO",
            LogLevel::Debug => "DEBUG",
            LogLevel::Trace => "TRACE",
        };
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{} {level} {}: {}", line.at, line.origin, line.text);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(text: &str) -> String {
        format!(
            r#"{{"timestamp":"2026-11-21T08:00:00.000000Z","level":"INFO","fields":{{"message":"{text}","call":"probe","status":404}},"target":"server_api"}}"#
        )
    }

    fn files(texts: &[&str]) -> (tempfile::TempDir, Vec<PathBuf>) {
        let folder = tempfile::tempdir().unwrap();
        let paths = texts.iter().enumerate().map(|(age, text)| {
            let path = folder.path().join(age.to_string());
            fs::write(&path, text).unwrap();
            path
        });
        let paths = paths.collect();
        (folder, paths)
    }

    #[test]
    fn the_newest_lines_come_first_across_files() {
        let (_folder, paths) = files(&[&format!("{}\n{}\n", record("c"), record("d")), &record("b")]);
        let said = |limit| {
            let view = newest(&paths, limit).unwrap();
            view.lines.into_iter().map(|line| line.text).collect::<Vec<_>>()
        };
        assert_eq!(
            said(10),
            ["d call=probe status=404", "c call=probe status=404", "b call=probe status=404"]
        );
        assert_eq!(said(1), ["d call=probe status=404"]);
        assert!(said(0).is_empty());
    }

    #[test]
    fn broken_lines_are_left_out_and_missing_files_are_no_error() {
        let broken =
            format!("{{\"timestamp\":\"20\n\n{}\n[]\n{{}}\nплохо\u{1}\n{}", record("a"), &record("b")[..40]);
        let (folder, mut paths) = files(&[&broken]);
        paths.insert(0, folder.path().join("not there"));
        assert_eq!(newest(&paths, 10).unwrap().lines.len(), 1);
    }

    #[test]
    fn it_is_bounded_whatever_is_asked() {
        let (_folder, paths) = files(&[&format!("{}\n", record("a")).repeat(MOST_LINES + 5)]);
        assert_eq!(newest(&paths, usize::MAX).unwrap().lines.len(), MOST_LINES);
    }

    #[test]
    fn the_text_is_oldest_first() {
        let (_folder, paths) = files(&[&format!("{}\n{}\n", record("a"), record("b"))]);
        assert_eq!(
            readable(&newest(&paths, 10).unwrap()),
            "2026-11-21T08:00:00.000000Z INFO server_api: a call=probe status=404\n\
             2026-11-21T08:00:00.000000Z INFO server_api: b call=probe status=404\n"
        );
    }
}
