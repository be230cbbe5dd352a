//! The same questions, and the other things a desk does, where less is stored: the cost of each is to grow with what it asks
//! for, not with the store.

use std::path::Path;

use crate::bare::Bare;
use crate::building::FLATS;
use crate::figures::Figure;
use crate::filling::{self, KEY, SERVER};
use crate::searching::{forms, one_form};
use crate::{Error, Scale, costs};

/// What a store of all flats is compared with: a hundredth of them, and a tenth.
const PARTS: [u64; 2] = [100, 10];

/// The median of each form of question and of each other work, in milliseconds.
type Medians = Vec<(&'static str, f64)>;

/// Measures the store of so many flats in a folder, and smaller ones made for it, each beside the smallest.
pub(crate) fn measure(folder: &Path, flats: u64, scale: Scale) -> Result<Vec<Figure>, Error> {
    let mut sizes: Vec<(u64, Medians)> = Vec::new();
    for part in PARTS {
        // Whole intercoms.
        let flats = (flats / part).next_multiple_of(FLATS);
        let folder = tempfile::tempdir()?;
        let store = filling::open(folder.path(), KEY)?;
        filling::fill(&store, SERVER, flats, 0)?;
        drop(store);
        sizes.push((flats, medians(folder.path(), flats, scale)?));
    }
    sizes.push((flats, medians(folder, flats, scale)?));
    let smallest = sizes[0].1.clone();
    let mut figures = Vec::new();
    for (place, (form, reference)) in smallest.into_iter().enumerate() {
        for (flats, medians) in &sizes {
            let what = format!("{form}: {flats} flats");
            figures.push(Figure::new("scaling", what, medians[place].1, "ms").beside(reference));
        }
    }
    Ok(figures)
}

fn medians(folder: &Path, flats: u64, scale: Scale) -> Result<Medians, Error> {
    let store = filling::open(folder, KEY)?;
    let bare = Bare::open(folder, KEY)?;
    let median = |form| Ok((one_form(&store, &bare, &form, scale)?, form.name));
    let times = forms(flats, scale.questions()).into_iter().map(median);
    let mut all = times
        .map(|one: Result<_, Error>| one.map(|((own, _), name)| (name, own.percentile(50.0))))
        .collect::<Result<Medians, _>>()?;
    drop(store);
    all.extend(costs::medians(folder, flats, scale)?);
    Ok(all)
}
