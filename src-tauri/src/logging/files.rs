//! The files of the log: at most five of at most 1 MiB, the newest of which is written.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// How many there are.
const FILES: usize = 5;
/// How large one gets, in bytes.
const MOST_BYTES: u64 = 1024 * 1024;
/// A line beyond this is not ours and not worth a file of its own.
const LONGEST_LINE: usize = 16 * 1024;

/// The files, and the one that is written.
#[derive(Debug)]
pub(super) struct Files {
    folder: PathBuf,
    file: File,
    length: u64,
    most: u64,
}

impl Files {
    pub(super) fn open(folder: &Path) -> io::Result<Self> {
        Self::with_size(folder, MOST_BYTES)
    }

    fn with_size(folder: &Path, most: u64) -> io::Result<Self> {
        if !folder.is_absolute() {
            // No home, no folder: a log must not turn up wherever the program was started.
            return Err(io::ErrorKind::NotFound.into());
        }
        fs::create_dir_all(folder)?;
        let (file, length) = open(&path(folder, 0))?;
        Ok(Self { folder: folder.to_owned(), file, length, most })
    }

    /// Adds whole lines.
    pub(super) fn write(&mut self, lines: &[u8]) -> io::Result<()> {
        for line in lines.split_inclusive(|byte| *byte == b'\n') {
            if line.len() > LONGEST_LINE {
                continue;
            }
            let length = line.len() as u64;
            if self.length > 0 && self.length + length > self.most {
                self.rotate()?;
            }
            self.file.write_all(line)?;
            self.length += length;
        }
        Ok(())
    }

    /// Removes every line that was written.
    pub(super) fn erase(&mut self) -> io::Result<()> {
        self.file.set_len(0)?;
        self.length = 0;
        for older in newest_first(&self.folder).into_iter().skip(1) {
            match fs::remove_file(older) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        Ok(())
    }

    /// Each file takes the place of the next older one; the oldest goes.
    fn rotate(&mut self) -> io::Result<()> {
        for age in (1..FILES).rev() {
            match fs::rename(path(&self.folder, age - 1), path(&self.folder, age)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    // Someone holds it (Windows): the bound counts for more than old lines.
                    self.file.set_len(0)?;
                    self.length = 0;
                    return Ok(());
                }
                _ => {}
            }
        }
        (self.file, self.length) = open(&path(&self.folder, 0))?;
        Ok(())
    }
}

/// The paths of the files, whether they are there or not.
pub(super) fn newest_first(folder: &Path) -> Vec<PathBuf> {
    (0..FILES).map(|age| path(folder, age)).collect()
}

fn path(folder: &Path, age: usize) -> PathBuf {
    folder.join(if age == 0 { "gatehouse.log".to_owned() } else { format!("gatehouse.{age}.log") })
}

fn open(path: &Path) -> io::Result<(File, u64)> {
    let mut options = OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    {
        // SECURITY: what this desk did and when is nobody else's on a shared computer.
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    let file = options.open(path)?;
    let length = file.metadata()?.len();
    Ok((file, length))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sizes(folder: &Path) -> Vec<u64> {
        newest_first(folder)
            .iter()
            .filter_map(|path| fs::metadata(path).ok())
            .map(|file| file.len())
            .collect()
    }

    #[test]
    fn however_much_is_logged_the_files_stay_few_and_small_and_keep_the_newest() {
        let folder = tempfile::tempdir().unwrap();
        let mut files = Files::with_size(folder.path(), 100).unwrap();
        for number in 0..1_000 {
            files.write(format!("{number:08}\n").as_bytes()).unwrap();
            assert!(sizes(folder.path()).iter().all(|size| *size <= 100));
        }
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), FILES);
        let mut kept: Vec<String> = newest_first(folder.path())
            .iter()
            .rev()
            .flat_map(|path| fs::read_to_string(path).unwrap().lines().map(str::to_owned).collect::<Vec<_>>())
            .collect();
        assert_eq!(kept.pop().unwrap(), "00000999");
        assert_eq!(kept.len() as u64, 999 - kept[0].parse::<u64>().unwrap());
    }

    #[test]
    fn the_next_start_goes_on_in_the_same_file() {
        let folder = tempfile::tempdir().unwrap();
        for _ in 0..3 {
            Files::with_size(folder.path(), 100).unwrap().write(b"line\n").unwrap();
        }
        assert_eq!(sizes(folder.path()), [15]);
    }

    #[test]
    fn erased_files_have_no_line_of_before_and_take_the_next() {
        let folder = tempfile::tempdir().unwrap();
        let mut files = Files::with_size(folder.path(), 100).unwrap();
        (0..100).for_each(|_| files.write(b"before\n").unwrap());
        files.erase().unwrap();
        files.write(b"after\n").unwrap();
        assert_eq!(sizes(folder.path()), [6]);
    }

    #[test]
    fn a_line_too_long_to_be_ours_is_left_out() {
        let folder = tempfile::tempdir().unwrap();
        let mut files = Files::with_size(folder.path(), MOST_BYTES).unwrap();
        files.write(&[vec![b'x'; LONGEST_LINE + 1], b"\nshort\n".to_vec()].concat()).unwrap();
        assert_eq!(sizes(folder.path()), [6]);
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_reads_it() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        Files::open(folder.path()).unwrap();
        let mode = fs::metadata(path(folder.path(), 0)).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0);
    }
}
