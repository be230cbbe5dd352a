//! What a process has in memory with the store open and used: the store's own share of what the program takes.

use std::path::Path;

use store::{FlatSort, Otherwise, Query, Store};

use crate::Error;
use crate::figures::Figure;
use crate::filling::{self, KEY, SERVER};
use crate::searching::{LIMIT, forms, seen};

/// The rows the interface asks for at once.
const WINDOW: usize = 200;

/// Opens the store, looks at it as a start does and then as a day of searching does.
pub(crate) fn measure(folder: &Path, flats: u64) -> Result<Vec<Figure>, Error> {
    let before = resident()?;
    let store = filling::open(folder, KEY)?;
    start(&store)?;
    let started = resident()?;
    for form in forms(flats, 40) {
        for text in &form.questions {
            let keys = desk::key_readings(text);
            store.search(&Query {
                text,
                keys: &keys,
                named: &[],
                otherwise: Otherwise::NONE,
                seen: &seen(),
                limit: LIMIT,
            })?;
        }
    }
    Ok(vec![
        Figure::new("memory", "the store, opened and its first rows read", started - before, "MB"),
        Figure::new("memory", "the store, after a thousand searches", resident()? - before, "MB"),
    ])
}

/// What the first screen asks for.
pub(crate) fn start(store: &Store) -> Result<(), Error> {
    store.with(SERVER, |rows| {
        let intercoms = rows.intercoms().all()?;
        let first = intercoms.first().map(|intercom| intercom.id).unwrap_or_default();
        rows.flats().window(first, "", FlatSort::Number, false, 0, WINDOW)?;
        rows.codes().map(drop)
    })?;
    Ok(())
}

/// What this process has in memory, with what others map, too; in MB.
pub(crate) fn resident() -> Result<f64, Error> {
    told("/proc/self/status", &["VmRSS:"])
}

/// What this process alone has in memory, in MB.
pub(crate) fn private() -> Result<f64, Error> {
    told("/proc/self/smaps_rollup", &["Private_Clean:", "Private_Dirty:"])
}

/// The sum of these lines of a file of the system's (Linux: elsewhere nothing is told, and it is 0), in MB.
fn told(file: &str, names: &[&str]) -> Result<f64, Error> {
    let text = match std::fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(0.0),
        Err(error) => return Err(error.into()),
    };
    let one = |name: &&str| -> f64 {
        let line = text.lines().find_map(|line| line.strip_prefix(*name)).unwrap_or_default();
        line.trim().trim_end_matches(" kB").parse().unwrap_or_default()
    };
    let kilobytes: f64 = names.iter().map(one).sum();
    Ok(kilobytes / 1_024.0)
}
