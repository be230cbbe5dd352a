//! What a desk does besides searching: opening its store, showing a window of a list, taking in what a server told.
//!
//! All of it is to cost as much as what is asked for, however much else is stored.

use std::hint::black_box;
use std::path::Path;

use cpu_time::ThreadTime;
use store::{FlatDetail, FlatSort, KeyRow, KeySort, Rows};

use crate::building::{FLATS, Panel, panel, seen_at};
use crate::figures::Times;
use crate::filling::{self, KEY, SERVER};
use crate::{Error, Scale, memory};

/// The rows the interface asks for at once.
const WINDOW: usize = 200;
/// The records a server tells on a page.
const PAGE: usize = 100;

/// Something that is done with a store, with one panel of its town.
type Work = fn(&Rows<'_>, &Panel) -> Result<(), store::Error>;

/// What is done, and with what.
const WORKS: [(&str, Work); 12] = [
    ("flats by number, first 200", |rows, panel| flats(rows, panel, FlatSort::Number, 0)),
    ("flats by number, middle 200", |rows, panel| flats(rows, panel, FlatSort::Number, 150)),
    ("flats by number, last 200", |rows, panel| flats(rows, panel, FlatSort::Number, 300)),
    ("flats by residents, last 200", |rows, panel| flats(rows, panel, FlatSort::Residents, 300)),
    ("keys by key, first 200", |rows, panel| keys(rows, panel, KeySort::Key, 0)),
    ("keys by key, middle 200", |rows, panel| keys(rows, panel, KeySort::Key, 650)),
    ("keys by key, last 200", |rows, panel| keys(rows, panel, KeySort::Key, 1_300)),
    ("keys by owner, last 200", |rows, panel| keys(rows, panel, KeySort::Owner, 1_300)),
    ("a flat with keys and residents read", |rows, panel| {
        let flat = panel.flats[panel.flats.len() / 2].id.unwrap_or_default();
        rows.flats().detail(panel.intercom.id, flat).map(|flat| drop(black_box(flat)))
    }),
    ("a flat with keys and residents taken in", |rows, panel| {
        rows.flats().put_detail(panel.intercom.id, detail(panel, panel.flats.len() / 2))
    }),
    ("a page of flats taken in", |rows, panel| {
        rows.flats().put_listed(panel.intercom.id, panel.flats.iter().take(PAGE).cloned().collect())
    }),
    ("a page of keys taken in", |rows, panel| rows.keys().put_all(panel.intercom.id, &panel.keys[..PAGE])),
];

fn flats(rows: &Rows<'_>, panel: &Panel, sort: FlatSort, offset: usize) -> Result<(), store::Error> {
    rows.flats()
        .window(panel.intercom.id, "", sort, false, offset, WINDOW)
        .map(|window| drop(black_box(window)))
}

fn keys(rows: &Rows<'_>, panel: &Panel, sort: KeySort, offset: usize) -> Result<(), store::Error> {
    rows.keys()
        .window(panel.intercom.id, "", sort, false, offset, WINDOW)
        .map(|window| drop(black_box(window)))
}

/// A flat as the server tells it one by one.
fn detail(panel: &Panel, place: usize) -> FlatDetail {
    let flat = panel.flats[place].clone();
    let is_of_it = |key: &&KeyRow| key.flat.as_ref().is_some_and(|(id, _)| Some(*id) == flat.id);
    let keys = panel.keys.iter().filter(is_of_it).cloned().collect();
    let residents = panel.residents[place].clone();
    FlatDetail { flat, keys: Some((keys, seen_at())), residents: Some((residents, seen_at())) }
}

/// The median of each work over a store of so many flats, in milliseconds of the thread's processor time: a start first.
pub(crate) fn medians(folder: &Path, flats: u64, scale: Scale) -> Result<Vec<(&'static str, f64)>, Error> {
    let mut all = vec![(START, start(folder, scale)?)];
    let store = filling::open(folder, KEY)?;
    // Panels all over the town: what one left in memory is not what the next one needs.
    let places = flats.div_ceil(FLATS);
    let panels: Vec<Panel> = (0..places).step_by(places.div_ceil(7).max(1) as usize).map(panel).collect();
    for (name, work) in WORKS {
        let mut times = Times::default();
        for round in 0..=scale.rounds() {
            for panel in &panels {
                let begun = ThreadTime::now();
                store.with(SERVER, |rows| work(rows, panel))?;
                // The first round only warms.
                if round > 0 {
                    times.add(begun.elapsed());
                }
            }
        }
        all.push((name, times.percentile(50.0)));
    }
    Ok(all)
}

const START: &str = "opening the store and reading what a start shows";

fn start(folder: &Path, scale: Scale) -> Result<f64, Error> {
    let mut times = Times::default();
    for _ in 0..scale.rounds() {
        let begun = ThreadTime::now();
        let store = filling::open(folder, KEY)?;
        memory::start(&store)?;
        times.add(begun.elapsed());
    }
    Ok(times.percentile(50.0))
}
