//! A store full of a town, through its public methods.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

use store::{
    CodeRow, FlatDetail, FlatRow, Intent, IntercomRow, Key, KeyRow, Outcome, PuttingTogether, ResidentRow,
    Rows, Store,
};

use crate::building::{FLATS, Panel, large_panel, panel, seen_at};

/// The server everything is told by, where nothing else is asked for.
pub(crate) const SERVER: &str = "bench";

/// The key of a store that holds nothing of anybody.
pub(crate) const KEY: [u8; 32] = [0x42; 32];

/// Opens the store in a folder as the program does.
pub(crate) fn open(folder: &Path, key: [u8; 32]) -> Result<Store, store::Error> {
    Store::open(folder, &Key::new(key)).map(|(store, _)| store)
}

/// Puts a town of so many flats into a store, and one more intercom of `large` flats if that is more than none. Tells how long
/// that took; making it up does not count.
pub(crate) fn fill(store: &Store, server: &str, flats: u64, large: u64) -> Result<Duration, store::Error> {
    let mut took = Duration::ZERO;
    let mut codes = BTreeMap::new();
    let places = flats.div_ceil(FLATS);
    let extra: Option<Panel> = (large > 0).then(|| large_panel(places, large));
    for panel in (0..places).map(panel).chain(extra) {
        codes.insert(panel.intercom.id, panel.codes);
        let start = Instant::now();
        store
            .with(server, |rows| take_in(rows, &panel.intercom, panel.flats, panel.residents, &panel.keys))?;
        took += start.elapsed();
    }
    let start = Instant::now();
    store.with(server, |rows| take_in_codes(rows, codes))?;
    // As at the end of a reading.
    let mut at = Some(PuttingTogether::default());
    while let Some(step) = at {
        at = store.put_together(step)?;
    }
    Ok(took + start.elapsed())
}

fn take_in(
    rows: &Rows<'_>,
    intercom: &IntercomRow,
    flats: Vec<FlatRow>,
    residents: Vec<Vec<ResidentRow>>,
    keys: &[KeyRow],
) -> Result<(), store::Error> {
    rows.intercoms().put(intercom)?;
    for (flat, residents) in flats.into_iter().zip(residents) {
        let inside = FlatDetail { flat, keys: None, residents: Some((residents, seen_at())) };
        rows.flats().put_detail(intercom.id, inside)?;
    }
    rows.keys().put_all(intercom.id, keys)
}

/// Every fifth code was issued at this desk.
fn take_in_codes(rows: &Rows<'_>, all: BTreeMap<u64, Vec<CodeRow>>) -> Result<(), store::Error> {
    let mut codes = rows.codes()?;
    for (intercom, listed) in all {
        for code in listed.iter().step_by(5) {
            let number = codes.journal.ask(Intent {
                intercom,
                flat: None,
                title: code.title.clone(),
                until: seen_at(),
                asked_at: seen_at(),
                account: None,
            });
            codes.journal.settle(number, Outcome::Issued(code.clone(), seen_at()));
        }
        codes.listed_by_flat.insert(intercom, (seen_at(), listed));
    }
    rows.keep_codes(&mut codes)
}
