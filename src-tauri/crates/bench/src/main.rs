//! How fast Gatehouse is and how much it takes: a benchmark, never part of the program.
//!
//! `npm run bench` builds this, runs it and the part in the real window, and tells both. Each part prints its figures as one
//! line of JSON each; nothing is asserted here.

mod bare;
mod building;
mod costs;
mod figures;
mod filling;
mod memory;
mod scaling;
mod searching;
mod syncing;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use desk::{Keyring, OsKeyring};
use figures::Figure;

const USAGE: &str = "\
Usage: bench fill --folder FOLDER [--flats N] [--large N] [--server ID --keyring NAME]
       bench search|scaling|memory|sync --folder FOLDER [--flats N] [--small]
       bench stand-in [--flats N]

  fill     puts a town of so many flats (100 000) into the store in a folder: one of the benchmark's own, or that of a
           program whose key the system's keyring has under this name; --large adds one intercom of so many flats
  search   every form of question, beside the same statements run bare
  scaling  the same questions, and the other things a desk does, where a tenth and a hundredth of the flats are stored
  memory   what a process has with that store open
  sync     a first reading of a server of so many flats and the next one, beside the same requests sent bare
  stand-in that server, which `sync` starts for itself
  --small  few rounds: only that it runs";

/// The town the bounds speak of.
const FLATS: u64 = 100_000;

/// How much is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scale {
    Full,
    Small,
}

impl Scale {
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
    #[error("the system's keyring has no key of a store under that name")]
    NoKey,
    #[error("the stand-in: {0}")]
    StandIn(#[from] simulator::StartError),
    #[error("the stand-in answered {0:?}")]
    Answer(String),
    #[error("the desk: {0:?}")]
    Desk(desk::ErrorCode),
    #[error("the figures: {0}")]
    Told(#[from] serde_json::Error),
}

impl Error {
    fn from_desk(error: desk::CommandError) -> Self {
        Self::Desk(error.code)
    }
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
#[derive(Debug)]
struct Asked {
    part: String,
    scale: Scale,
    flats: u64,
    large: u64,
    folder: Option<PathBuf>,
    server: Option<String>,
    keyring: Option<String>,
}

impl Asked {
    fn read(mut arguments: impl Iterator<Item = String>) -> Result<Self, Error> {
        let part = arguments.next().unwrap_or_default();
        let mut asked = Self {
            part,
            scale: Scale::Full,
            flats: FLATS,
            large: 0,
            folder: None,
            server: None,
            keyring: None,
        };
        while let Some(flag) = arguments.next() {
            let mut value =
                || arguments.next().ok_or_else(|| Error::Usage(format!("{flag} wants a value after it.")));
            match flag.as_str() {
                "--small" => asked.scale = Scale::Small,
                "--flats" => asked.flats = whole(&flag, &value()?)?,
                "--large" => asked.large = whole(&flag, &value()?)?,
                "--folder" => asked.folder = Some(value()?.into()),
                "--server" => asked.server = Some(value()?),
                "--keyring" => asked.keyring = Some(value()?),
                _ => return Err(Error::Usage(format!("{flag} is not a flag of this program."))),
            }
        }
        Ok(asked)
    }

    fn folder(&self) -> Result<&Path, Error> {
        self.folder.as_deref().ok_or_else(|| Error::Usage("A folder is wanted: --folder.".to_owned()))
    }
}

fn whole(flag: &str, value: &str) -> Result<u64, Error> {
    value.parse().map_err(|_| Error::Usage(format!("{flag} wants a whole number.")))
}

fn run(arguments: impl Iterator<Item = String>) -> Result<(), Error> {
    let asked = Asked::read(arguments)?;
    let figures = match asked.part.as_str() {
        "fill" => vec![fill(&asked)?],
        "search" => {
            let store = filling::open(asked.folder()?, filling::KEY)?;
            searching::measure(&store, asked.folder()?, asked.flats, asked.scale)?
        }
        "scaling" => scaling::measure(asked.folder()?, asked.flats, asked.scale)?,
        "sync" => syncing::measure(asked.folder()?, asked.flats, asked.scale)?,
        "stand-in" => {
            syncing::serve(asked.flats)?;
            Vec::new()
        }
        "memory" => memory::measure(asked.folder()?, asked.flats)?,
        other => return Err(Error::Usage(format!("There is no part called {other:?}."))),
    };
    for figure in figures {
        println!("{}", serde_json::to_string(&figure)?);
    }
    Ok(())
}

fn fill(asked: &Asked) -> Result<Figure, Error> {
    let key = match &asked.keyring {
        Some(name) => program_key(name)?,
        None => filling::KEY,
    };
    let store = filling::open(asked.folder()?, key)?;
    let server = asked.server.as_deref().unwrap_or(filling::SERVER);
    let took = filling::fill(&store, server, asked.flats, asked.large)?;
    let what = format!("{} flats with their keys and residents taken in", asked.flats);
    Ok(Figure::new("fill", what, took.as_secs_f64(), "s"))
}

/// The key of the store of a program that ran here and has ended.
fn program_key(keyring: &str) -> Result<[u8; 32], Error> {
    let found = OsKeyring::new(keyring).get("store").ok().flatten();
    found.and_then(|key| key.try_into().ok()).ok_or(Error::NoKey)
}
