//! How fast Gatehouse is and how much it takes: a benchmark, never part of the program.
//!
//! `npm run bench` builds this, runs it and the part in the real window, and tells both. Each part prints its figures as one
//! line of JSON each; nothing is asserted here.

mod bare;
mod building;
mod figures;
mod filling;
mod searching;

use std::path::PathBuf;
use std::process::ExitCode;

use figures::Figure;

const USAGE: &str = "\
Usage: bench search [--small]
       bench fill --folder FOLDER --server ID --key HEX [--small]

  search   every form of question, beside the same statements run bare
  fill     puts the town into a store, for the window
  --small  a small town and few rounds: only that it runs";

/// The town the bounds speak of.
const FLATS: u64 = 100_000;

/// How much is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scale {
    Full,
    Small,
}

impl Scale {
    fn flats(self) -> u64 {
        if self == Self::Full { FLATS } else { FLATS / 100 }
    }

    /// How many questions of each form.
    fn questions(self) -> usize {
        if self == Self::Full { 40 } else { 5 }
    }

    /// How many times each is asked.
    fn rounds(self) -> usize {
        if self == Self::Full { 10 } else { 1 }
    }
}

/// What stops a measurement.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error("{0}\n\n{USAGE}")]
    Usage(String),
    #[error("the store: {0}")]
    Store(#[from] store::Error),
    #[error("the file without the store: {0}")]
    Bare(#[from] rusqlite::Error),
    #[error("the folder: {0}")]
    Folder(#[from] std::io::Error),
    #[error("the figures: {0}")]
    Told(#[from] serde_json::Error),
}

fn main() -> ExitCode {
    match run(std::env::args().skip(1)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// What was asked for.
#[derive(Debug, Default)]
struct Asked {
    part: String,
    is_small: bool,
    folder: Option<PathBuf>,
    server: Option<String>,
    key: Option<[u8; 32]>,
}

impl Asked {
    fn read(mut arguments: impl Iterator<Item = String>) -> Result<Self, Error> {
        let mut asked = Self { part: arguments.next().unwrap_or_default(), ..Self::default() };
        while let Some(flag) = arguments.next() {
            let mut value =
                || arguments.next().ok_or_else(|| Error::Usage(format!("{flag} wants a value after it.")));
            match flag.as_str() {
                "--small" => asked.is_small = true,
                "--folder" => asked.folder = Some(value()?.into()),
                "--server" => asked.server = Some(value()?),
                "--key" => asked.key = Some(key(&value()?)?),
                _ => return Err(Error::Usage(format!("{flag} is not a flag of this program."))),
            }
        }
        Ok(asked)
    }

    fn scale(&self) -> Scale {
        if self.is_small { Scale::Small } else { Scale::Full }
    }
}

fn key(hex: &str) -> Result<[u8; 32], Error> {
    let byte =
        |place: usize| hex.get(2 * place..2 * place + 2).and_then(|pair| u8::from_str_radix(pair, 16).ok());
    let bytes: Option<Vec<u8>> = (0..32).map(byte).collect();
    let bytes = bytes.filter(|_| hex.len() == 64).and_then(|bytes| bytes.try_into().ok());
    bytes.ok_or_else(|| Error::Usage("--key wants 64 hex digits.".to_owned()))
}

fn run(arguments: impl Iterator<Item = String>) -> Result<(), Error> {
    let asked = Asked::read(arguments)?;
    match asked.part.as_str() {
        "search" => tell(search(asked.scale())?),
        "fill" => fill(&asked),
        other => Err(Error::Usage(format!("There is no part called {other:?}."))),
    }
}

fn search(scale: Scale) -> Result<Vec<Figure>, Error> {
    if let Some(f) = std::env::var_os("KEEP") {
        let folder = PathBuf::from(f);
        let is_there = folder.exists();
        let store = filling::open(&folder, filling::KEY)?;
        if !is_there {
            eprintln!("{:?}", filling::fill(&store, filling::SERVER, scale.flats())?);
        }
        return searching::measure(&store, &folder, scale.flats(), scale);
    }
    let folder = tempfile::tempdir()?;
    let store = filling::open(folder.path(), filling::KEY)?;
    let took = filling::fill(&store, filling::SERVER, scale.flats())?;
    let mut figures = vec![Figure {
        part: "search",
        what: format!("filling the store with {} flats", scale.flats()),
        measured: took.as_secs_f64(),
        unit: "s",
        reference: None,
        bound: None,
        ratio_bound: None,
    }];
    figures.extend(searching::measure(&store, folder.path(), scale.flats(), scale)?);
    Ok(figures)
}

fn fill(asked: &Asked) -> Result<(), Error> {
    let (Some(folder), Some(server), Some(key)) = (&asked.folder, &asked.server, asked.key) else {
        return Err(Error::Usage("`fill` wants a folder, a server and a key.".to_owned()));
    };
    let store = filling::open(folder, key)?;
    filling::fill(&store, server, asked.scale().flats())?;
    Ok(())
}

fn tell(figures: Vec<Figure>) -> Result<(), Error> {
    for figure in figures {
        println!("{}", serde_json::to_string(&figure)?);
    }
    Ok(())
}
