//! How far a run is, how fast it goes, and what went wrong.

use std::collections::{HashSet, VecDeque};
use std::time::Duration;

use store::SyncList;

use crate::error::CommandError;

/// The rate is that of the last so many flats, …
const MEASURED: usize = 64;
/// … and not told before this many.
const ENOUGH: usize = 8;

/// How far one run is.
#[derive(Debug, Default)]
pub(crate) struct Progress {
    done: u64,
    total: u64,
    /// Lists that are still to be read: until there are none, nobody knows how much there is to do.
    lists_left: u64,
    failed: u64,
    missed: Vec<Missed>,
    /// Lists that were read whole since it began, by whoever.
    read: HashSet<SyncList>,
    waiting: usize,
    /// When the last flats were read, counted from any moment on.
    read_at: VecDeque<Duration>,
    last_error: Option<CommandError>,
    stopped_by: Option<CommandError>,
}

/// A list that could not be read.
#[derive(Debug, Clone)]
pub(crate) struct Missed {
    pub(crate) list: SyncList,
    /// Why; `None`: it came, but not all of it.
    pub(crate) error: Option<CommandError>,
}

/// What of it is told.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Told {
    pub(crate) done: u64,
    pub(crate) total: Option<u64>,
    pub(crate) per_second: Option<f64>,
    pub(crate) seconds_left: Option<u64>,
    pub(crate) failed: u64,
}

impl Progress {
    /// At the beginning of a run: the list of intercoms is still to be read.
    pub(crate) fn begun() -> Self {
        Self { lists_left: 1, ..Self::default() }
    }

    pub(crate) fn lists_found(&mut self, count: usize) {
        self.lists_left += count as u64;
    }

    pub(crate) fn list_read(&mut self) {
        self.lists_left = self.lists_left.saturating_sub(1);
    }

    pub(crate) fn flats_found(&mut self, count: usize) {
        self.total += count as u64;
    }

    pub(crate) fn flat_read(&mut self, now: Duration) {
        self.done += 1;
        self.read_at.push_back(now);
        if self.read_at.len() > MEASURED {
            self.read_at.pop_front();
        }
    }

    /// A list could not be read, or not all of it. One that somebody has looked at since the run began is here all the same.
    pub(crate) fn missed(&mut self, list: SyncList, error: Option<CommandError>) {
        if !self.read.contains(&list) {
            self.missed.push(Missed { list, error });
        }
    }

    /// A list was read whole, by the run or by somebody who looked at it.
    pub(crate) fn was_read(&mut self, list: SyncList) {
        self.missed.retain(|missed| missed.list != list);
        self.read.insert(list);
    }

    /// The lists that could not be read so far.
    pub(crate) fn all_missed(&self) -> &[Missed] {
        &self.missed
    }

    /// A flat could not be read.
    pub(crate) fn failed(&mut self, error: CommandError) {
        self.failed += 1;
        self.last_error = Some(error);
    }

    /// A flat that will not be read in this run counts as done with.
    pub(crate) fn flat_left(&mut self) {
        self.done += 1;
    }

    /// The server is away, or back.
    pub(crate) fn waits(&mut self, waits: bool) {
        self.waiting = if waits { self.waiting + 1 } else { self.waiting.saturating_sub(1) };
        // What is measured from now on has nothing to do with what was before.
        self.read_at.clear();
    }

    pub(crate) fn is_waiting(&self) -> bool {
        self.waiting > 0
    }

    pub(crate) fn stopped(&mut self, by: CommandError) {
        self.stopped_by = Some(by);
    }

    pub(crate) fn failures(&self) -> u64 {
        self.failed
    }

    /// The last failure at a flat; of a run that has ended, why it stopped before its end, or else that.
    pub(crate) fn error(&self, has_ended: bool) -> Option<CommandError> {
        let stopped = self.stopped_by.as_ref().filter(|_| has_ended);
        stopped.or(self.last_error.as_ref()).cloned()
    }

    pub(crate) fn told(&self) -> Told {
        let total = (self.lists_left == 0).then_some(self.total);
        let per_second = match (self.read_at.front(), self.read_at.back()) {
            (Some(first), Some(last)) if self.read_at.len() >= ENOUGH && last > first => {
                Some((self.read_at.len() - 1) as f64 / (*last - *first).as_secs_f64())
            }
            _ => None,
        };
        let seconds_left = total
            .zip(per_second)
            .map(|(total, rate)| (total.saturating_sub(self.done) as f64 / rate).ceil() as u64);
        Told { done: self.done, total, per_second, seconds_left, failed: self.failed }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_that_somebody_reads_is_not_missed_whichever_came_first() {
        let mut progress = Progress::begun();
        progress.missed(SyncList::Flats(1), None);
        progress.missed(SyncList::Flats(2), None);
        progress.was_read(SyncList::Flats(1));
        progress.was_read(SyncList::Keys(2));
        progress.missed(SyncList::Keys(2), None);
        let missed: Vec<_> = progress.all_missed().iter().map(|missed| missed.list).collect();
        assert_eq!(missed, [SyncList::Flats(2)]);
    }

    #[test]
    fn how_much_there_is_to_do_is_told_once_every_list_was_read() {
        let mut progress = Progress::begun();
        progress.lists_found(2);
        progress.list_read();
        progress.list_read();
        progress.flats_found(10);
        assert_eq!(progress.told().total, None);
        progress.list_read();
        assert_eq!(progress.told().total, Some(10));
    }

    #[test]
    fn the_time_left_follows_from_the_rate_of_the_last_flats_and_is_not_guessed_before() {
        let mut progress = Progress::begun();
        progress.list_read();
        progress.flats_found(100);
        for second in 0..7 {
            progress.flat_read(Duration::from_secs(second));
        }
        let told = progress.told();
        assert_eq!((told.per_second, told.seconds_left), (None, None));
        progress.flat_read(Duration::from_secs(7));
        let told = progress.told();
        assert_eq!((told.done, told.per_second, told.seconds_left), (8, Some(1.0), Some(92)));
        for half in 16..80 {
            progress.flat_read(Duration::from_millis(half * 500));
        }
        let told = progress.told();
        assert_eq!((told.done, told.per_second, told.seconds_left), (72, Some(2.0), Some(14)));
        progress.waits(true);
        assert_eq!(progress.told().per_second, None, "a server that is away reads nothing");
    }
}
