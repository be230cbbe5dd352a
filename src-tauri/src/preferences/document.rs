//! A JSON document that is written in place, as the store plugin does, and yet survives being killed or losing power
//! at any moment.
//!
//! Before each write the document that reads is copied beside it, on disk and under its name, so one of the two is
//! whole at every moment; whichever it is, it is no older than the last write that was reported done. One process
//! writes: a lock on the folder, which ends with the process however that ends, says which.

use std::fs::{self, File, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde_json::Value;

const FILE: &str = "desk.json";
const PREVIOUS: &str = "desk.previous.json";
const LOCK: &str = "desk.lock";

/// The document's files.
pub(super) struct Document {
    file: PathBuf,
    previous: PathBuf,
    /// Held as long as the program runs; `None` where another process has it, and then nothing is written.
    lock: Option<File>,
}

impl Document {
    /// Takes the lock if it is free, and then puts the copy back where the last write was cut short.
    pub(super) fn open(folder: &Path) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        let lock = lock(&folder.join(LOCK))?;
        let (file, previous) = (folder.join(FILE), folder.join(PREVIOUS));
        if lock.is_some() {
            put_back(&file, &previous)?;
        }
        Ok(Self { file, previous, lock })
    }

    /// Where it lies.
    pub(super) fn path(&self) -> &Path {
        &self.file
    }

    /// Has the document written anew: in place, by `write`. Done means on disk.
    pub(super) fn replace(&self, write: impl FnOnce() -> io::Result<()>) -> io::Result<()> {
        if self.lock.is_none() {
            return Err(io::Error::new(io::ErrorKind::ResourceBusy, "another process writes this folder"));
        }
        keep(&self.file, &self.previous)?;
        write()?;
        // For writing, as Windows syncs no other handle.
        File::options().write(true).open(&self.file)?.sync_all()
    }

    /// Removes the document and its copy.
    pub(super) fn erase(&self) -> io::Result<()> {
        if self.lock.is_none() {
            return Err(io::Error::new(io::ErrorKind::ResourceBusy, "another process writes this folder"));
        }
        // The copy first: alone it would be put back at the next start.
        for path in [&self.previous, &self.file] {
            for path in [path, &path.with_extension("new")] {
                match fs::remove_file(path) {
                    Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                    _ => {}
                }
            }
        }
        Ok(())
    }
}

fn lock(path: &Path) -> io::Result<Option<File>> {
    let file = File::options().create(true).truncate(false).write(true).open(path)?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

/// Keeps a copy of the file as it reads now, before it is written over.
fn keep(file: &Path, previous: &Path) -> io::Result<()> {
    match whole(file) {
        Some(bytes) => write_whole(previous, &bytes),
        None => Ok(()),
    }
}

/// Puts the copy back where the file is missing or broken.
fn put_back(file: &Path, previous: &Path) -> io::Result<()> {
    if whole(file).is_some() {
        return Ok(());
    }
    let Some(bytes) = whole(previous) else { return Ok(()) };
    tracing::warn!("the preferences were cut short; the ones before are back");
    write_whole(file, &bytes)
}

/// The file, if it reads to its end.
fn whole(file: &Path) -> Option<Vec<u8>> {
    let bytes = fs::read(file).ok()?;
    serde_json::from_slice::<Value>(&bytes).is_ok_and(|read| read.is_object()).then_some(bytes)
}

/// Writes a file that is either whole or as it was, and on disk under its name before anything else happens.
fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let beside = path.with_extension("new");
    let mut file = File::create(&beside)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&beside, path)?;
    // The name, too: what comes next truncates the only other copy. Windows writes names through by itself.
    #[cfg(unix)]
    if let Some(folder) = path.parent() {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_cut_short_at_any_byte_gives_way_to_the_one_before() {
        let folder = tempfile::tempdir().unwrap();
        let (file, previous) = (folder.path().join(FILE), folder.path().join(PREVIOUS));
        let (before, after) = (r#"{"desk":{"active":"a"}}"#, r#"{"desk":{"active":"b"}}"#);
        for length in 0..after.len() {
            fs::write(&file, before).unwrap();
            keep(&file, &previous).unwrap();
            fs::write(&file, &after[..length]).unwrap();
            put_back(&file, &previous).unwrap();
            assert_eq!(fs::read_to_string(&file).unwrap(), before, "cut at {length}");
        }
    }

    #[test]
    fn a_broken_file_never_replaces_the_copy_that_reads() {
        let folder = tempfile::tempdir().unwrap();
        let (file, previous) = (folder.path().join(FILE), folder.path().join(PREVIOUS));
        for broken in ["{\"desk\":", "", "\0\0\0\0", "12"] {
            fs::write(&previous, "{}").unwrap();
            fs::write(&file, broken).unwrap();
            keep(&file, &previous).unwrap();
            assert_eq!(fs::read_to_string(&previous).unwrap(), "{}");
        }
    }

    #[test]
    fn an_erased_document_leaves_nothing_and_the_next_one_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        let document = Document::open(folder.path()).unwrap();
        for text in [r#"{"desk":1}"#, r#"{"desk":2}"#] {
            document.replace(|| fs::write(document.path(), text)).unwrap();
        }
        document.erase().unwrap();
        let left = fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().file_name());
        assert_eq!(left.collect::<Vec<_>>(), [LOCK]);
        document.replace(|| fs::write(document.path(), r#"{"desk":3}"#)).unwrap();
        assert_eq!(fs::read_to_string(document.path()).unwrap(), r#"{"desk":3}"#);
    }

    #[test]
    fn only_one_holds_the_lock_and_only_it_writes() {
        let folder = tempfile::tempdir().unwrap();
        let first = Document::open(folder.path()).unwrap();
        let second = Document::open(folder.path()).unwrap();
        let refused = second.replace(|| panic!("must not write"));
        assert_eq!(refused.unwrap_err().kind(), io::ErrorKind::ResourceBusy);
        first.replace(|| fs::write(first.path(), "{}")).unwrap();
        drop(first);
        let third = Document::open(folder.path()).unwrap();
        third.replace(|| fs::write(third.path(), "{}")).unwrap();
    }

    #[test]
    fn a_write_that_fails_leaves_what_was_there() {
        let folder = tempfile::tempdir().unwrap();
        let document = Document::open(folder.path()).unwrap();
        document.replace(|| fs::write(document.path(), r#"{"desk":1}"#)).unwrap();
        let full = || {
            fs::write(document.path(), r#"{"des"#)?;
            Err(io::ErrorKind::StorageFull.into())
        };
        assert_eq!(document.replace(full).unwrap_err().kind(), io::ErrorKind::StorageFull);
        drop(document);
        let document = Document::open(folder.path()).unwrap();
        assert_eq!(fs::read_to_string(document.path()).unwrap(), r#"{"desk":1}"#);
    }
}

/// A process that writes one document after the other, and its end at any moment.
#[cfg(test)]
#[cfg(target_os = "linux")]
mod killed {
    use std::io::{BufRead, BufReader, Read};
    use std::process::{Command, Stdio};

    use serde_json::json;

    use super::*;

    const FOLDER: &str = "GATEHOUSE_TEST_KILLED_FOLDER";
    const STOP: &str = "GATEHOUSE_TEST_KILLED_STOP";
    const ROUNDS: u64 = 200;
    /// In how many pieces a document is written in place.
    const PIECES: usize = 12;

    fn document(number: u64) -> Vec<u8> {
        let servers: Vec<_> =
            (0..40).map(|server| json!({"id": server, "name": number.to_string()})).collect();
        serde_json::to_vec_pretty(&json!({"desk": {"number": number, "servers": servers}})).unwrap()
    }

    /// The number of a document that is whole.
    fn number(bytes: &[u8]) -> u64 {
        let read: Value = serde_json::from_slice(bytes).unwrap();
        let number = read["desk"]["number"].as_u64().unwrap();
        assert_eq!(bytes, document(number), "document {number} is not the one that was written");
        number
    }

    /// In one piece, or a kill could cut the line.
    fn say(line: &str) {
        io::stderr().write_all(format!("{line}\n").as_bytes()).unwrap();
    }

    /// What the process does that is killed. At the point it was told to stop at, it waits for that.
    fn write_until_killed(folder: &Path) {
        let stop: Option<usize> = std::env::var(STOP).ok().map(|point| point.parse().unwrap());
        let mut passed = 0;
        let mut point = || {
            if stop == Some(passed) {
                say("stopped");
                io::stdin().read_exact(&mut [0]).unwrap();
            }
            passed += 1;
        };
        let file = Document::open(folder).unwrap();
        let first = fs::read(file.path()).map_or(0, |bytes| number(&bytes) + 1);
        for next in first.. {
            let bytes = document(next);
            let in_place = || {
                point();
                let mut out = File::create(file.path())?;
                for piece in bytes.chunks(bytes.len().div_ceil(PIECES)) {
                    point();
                    out.write_all(piece)?;
                }
                point();
                Ok(())
            };
            file.replace(in_place).unwrap();
            say(&format!("done {next}"));
        }
    }

    #[test]
    fn however_often_the_program_is_killed_the_last_saved_document_loads_whole() {
        // The test starts itself as the process that is killed.
        if let Some(folder) = std::env::var_os(FOLDER) {
            return write_until_killed(Path::new(&folder));
        }
        let folder = tempfile::tempdir().unwrap();
        let mut saved = None;
        let mut cuts = 0;
        for round in 0..ROUNDS {
            let mut command = Command::new(std::env::current_exe().unwrap());
            let module = module_path!().split_once("::").unwrap().1;
            let name =
                format!("{module}::however_often_the_program_is_killed_the_last_saved_document_loads_whole");
            command.args(["--exact", "--nocapture", "--test-threads=1", &name]);
            command.env(FOLDER, folder.path());
            // Every other round ends at one point of the writing after the other; the rest wherever the writer is by
            // then: in the copy, its sync, its rename.
            let is_stopped = round % 2 == 0;
            if is_stopped {
                command.env(STOP, (round as usize / 2 % (3 * (PIECES + 2))).to_string());
            }
            let mut writer =
                command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
            let mut lines = BufReader::new(writer.stderr.take().unwrap()).lines().map(Result::unwrap);
            if is_stopped {
                for line in &mut lines {
                    saved = line.strip_prefix("done ").map(|number| number.parse().unwrap()).or(saved);
                    if line == "stopped" {
                        break;
                    }
                }
            } else {
                let done = lines.find_map(|line| line.strip_prefix("done ")?.parse::<u64>().ok());
                saved = Some(done.expect("the writer wrote"));
                for step in 0..(round * 7_919) % 60_000 {
                    std::hint::black_box(step);
                }
            }
            writer.kill().unwrap();
            writer.wait().unwrap();
            // What was done by the time of the kill, though nobody had read of it yet.
            let last = lines.filter_map(|line| line.strip_prefix("done ")?.parse().ok()).last();
            saved = last.or(saved);

            cuts += u64::from(whole(&folder.path().join(FILE)).is_none());
            let document = Document::open(folder.path()).unwrap();
            assert!(document.lock.is_some(), "the lock outlived its process");
            let Ok(bytes) = fs::read(document.path()) else {
                assert_eq!(saved, None, "round {round}");
                continue;
            };
            if bytes.is_empty() && saved.is_none() {
                continue;
            }
            let (loaded, saved) = (number(&bytes), saved.expect("it was saved before"));
            assert!(loaded == saved || loaded == saved + 1, "round {round}: {saved} saved, {loaded} loaded");
        }
        assert!(cuts > ROUNDS / 4, "only {cuts} kills met a half-written document");
    }
}
