//! A first reading of a whole server, beside the same requests sent bare; and the second, where nothing has changed.
//!
//! The first reading is stopped a few times on its way, and what it has asked for since the stop before is then sent bare: so
//! both have the same questions and the same moments of a machine that may be busy.

mod load;
mod setup;
mod stand_in;

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use cpu_time::ProcessTime;
use desk::views::{ServerRef, SyncRequest, SyncSummary, SyncView};
use desk::{CommandError, Desk};
use tokio::task::JoinHandle;

use crate::figures::Figure;
use crate::{Error, Scale, memory};
use load::Load;
use setup::{LaterClock, connect, desk};
use stand_in::StandIn;
pub(crate) use stand_in::serve;

/// Longer than lists count as new.
const LATER: TimeDelta = TimeDelta::minutes(16);
/// Between two looks at how far the reading is, and at the memory it takes.
const LOOK: Duration = Duration::from_millis(100);
/// As long as threads that have nothing to do are kept, and a little more.
const REST: Duration = Duration::from_secs(12);
/// Of each stretch at most so many requests are sent bare, evenly chosen: they take as long as the others.
const SENT_BARE: usize = 1_500;
/// What a request may take beside one sent bare: four fifths of its throughput.
const MOST_TIMES: f64 = 1.25;
/// Of the first reading's requests.
const MOST_OF_THE_FIRST: f64 = 0.05;
/// In MB, while it reads and afterwards.
const MOST_READING: f64 = 150.0;
const MOST_AT_REST: f64 = 80.0;

/// Reads a server of so many flats twice.
pub(crate) fn measure(folder: &Path, flats: u64, scale: Scale) -> Result<Vec<Figure>, Error> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(read_twice(folder, flats, scale))
}

/// A part of the first reading.
struct Stretch {
    what: String,
    /// How many requests it was.
    requests: f64,
    /// What it took, and what of that this process had a processor for, in milliseconds.
    took: f64,
    processor: f64,
    /// What one of these requests takes that is sent bare, in milliseconds.
    bare: f64,
}

async fn read_twice(folder: &Path, flats: u64, scale: Scale) -> Result<Vec<Figure>, Error> {
    let mut stand_in = StandIn::start(flats)?;
    let clock = LaterClock::default();
    let desk = Arc::new(desk(&clock, folder));
    let server = connect(&desk, &stand_in.at).await.map_err(Error::from_desk)?;
    let before = memory::private()?;

    let stops = if scale == Scale::Full { 10 } else { 1 };
    let first = First::read(&desk, &server, &mut stand_in, stops).await?;
    let mut figures = first.figures();
    clock.put_forward(LATER);
    let (second, most) = reading_alone(&desk, &server).await?;
    if scale == Scale::Full {
        tokio::time::sleep(REST).await;
    }
    let what = "requests of the next reading, beside the first";
    figures.extend([
        Figure::new("sync", what, second.requests as f64, "")
            .beside(first.summary.requests as f64)
            .times_at_most(MOST_OF_THE_FIRST),
        Figure::new("sync", "memory of this process before (private)", before, "MB"),
        Figure::new("sync", "memory during the readings, at its most", first.most.max(most), "MB")
            .at_most(MOST_READING),
        Figure::new("sync", "memory afterwards, at rest", memory::private()?, "MB").at_most(MOST_AT_REST),
        Figure::new("sync", "memory afterwards, with all that it maps", memory::resident()?, "MB"),
    ]);
    Ok(figures)
}

/// What the first reading came to.
struct First {
    summary: SyncSummary,
    stretches: Vec<Stretch>,
    /// The most memory it had, in MB.
    most: f64,
}

impl First {
    /// Reads everything, with a stop after the lists and after each of so many parts of the flats.
    async fn read(desk: &Arc<Desk>, server: &str, stand_in: &mut StandIn, stops: u64) -> Result<Self, Error> {
        let load = Load::open(&stand_in.at).await?;
        let named = || ServerRef { server: server.to_owned() };
        let mut asked = stand_in.asked(0, 0).await?.count;
        let (mut stretches, mut most) = (Vec::new(), 0.0_f64);
        let mut reading = begin(desk, server);
        let mut stop = 0;
        loop {
            let (start, processor) = (Instant::now(), ProcessTime::now());
            let reached = until(desk, &mut reading, &mut most, |view| {
                stop < stops && view.total.is_some_and(|total| view.done >= total * stop / stops)
            })
            .await?;
            let (took, processor) = (milliseconds(start.elapsed()), milliseconds(processor.elapsed()));
            if reached.is_none() {
                desk.pause_sync(named()).await.map_err(Error::from_desk)?;
            }
            let since = stand_in.asked(asked, SENT_BARE).await?;
            let sent = since.paths.len().max(1) as f64;
            let bare = milliseconds(load.send(since.paths).await?) / sent;
            let what = match stop {
                0 => "the lists".to_owned(),
                1 => "the first flats".to_owned(),
                _ if reached.is_some() => "the last flats".to_owned(),
                part => format!("part {part} of the flats"),
            };
            stretches.push(Stretch { what, requests: since.count as f64, took, processor, bare });
            if let Some(summary) = reached {
                return Ok(Self { summary, stretches, most });
            }
            asked += since.count;
            asked += stand_in.asked(asked, 0).await?.count;
            stop += 1;
            desk.resume_sync(named()).await.map_err(Error::from_desk)?;
        }
    }

    fn figures(&self) -> Vec<Figure> {
        let SyncSummary { flats, keys, residents, failed, .. } = self.summary;
        let sum = |of: fn(&Stretch) -> f64| self.stretches.iter().map(of).sum::<f64>();
        let requests = sum(|stretch| stretch.requests);
        let each = |what: &str, took: f64, bare: f64| {
            Figure::new("sync", format!("a request of {what}, beside one sent bare"), took, "ms").beside(bare)
        };
        let all = format!("the first reading ({flats} flats, {keys} keys, {residents} residents)");
        let bare = sum(|stretch| stretch.bare * stretch.requests) / requests;
        let mut figures = vec![
            Figure::new("sync", all.clone(), sum(|stretch| stretch.took) / 1_000.0, "s"),
            Figure::new("sync", "what it could not read", failed as f64, ""),
            each(&all, sum(|stretch| stretch.took) / requests, bare).times_at_most(MOST_TIMES),
        ];
        figures.extend(
            self.stretches
                .iter()
                .map(|stretch| each(&stretch.what, stretch.took / stretch.requests, stretch.bare)),
        );
        figures.extend(self.stretches.iter().map(|Stretch { what, processor, requests, .. }| {
            Figure::new("sync", format!("the desk's processor time, {what}"), processor / requests, "ms")
        }));
        figures
    }
}

fn begin(desk: &Arc<Desk>, server: &str) -> JoinHandle<Result<SyncSummary, CommandError>> {
    let (desk, server) = (Arc::clone(desk), server.to_owned());
    tokio::spawn(async move { desk.sync(SyncRequest { server, everything: false }).await })
}

/// Waits until a reading has come so far; returns what it came to where it has ended by then. Notes the most memory it had.
async fn until(
    desk: &Desk,
    reading: &mut JoinHandle<Result<SyncSummary, CommandError>>,
    most: &mut f64,
    is_far_enough: impl Fn(&SyncView) -> bool,
) -> Result<Option<SyncSummary>, Error> {
    loop {
        tokio::select! {
            ended = &mut *reading => {
                let summary = ended.map_err(std::io::Error::other)?.map_err(Error::from_desk)?;
                return Ok(Some(summary));
            }
            () = tokio::time::sleep(LOOK) => {}
        }
        *most = most.max(memory::private()?);
        let overview = desk.list_syncs().await.map_err(Error::from_desk)?;
        if overview.servers.first().is_some_and(&is_far_enough) {
            return Ok(None);
        }
    }
}

/// Reads to the end, and says what memory that took at most.
async fn reading_alone(desk: &Arc<Desk>, server: &str) -> Result<(SyncSummary, f64), Error> {
    let (mut most, mut reading) = (0.0, begin(desk, server));
    loop {
        if let Some(summary) = until(desk, &mut reading, &mut most, |_| false).await? {
            return Ok((summary, most));
        }
    }
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}
