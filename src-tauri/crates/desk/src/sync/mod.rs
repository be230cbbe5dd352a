//! Fills the memory of this desk from its servers, so that what nobody looked at yet is there, too.
//!
//! A run reads the list of intercoms, then the codes, of each intercom the flats and the keys by pages and, one by one, the
//! flats whose details are missing, changed or old. What is still to do follows from what is in the store, so a run that was broken off
//! goes on where it ended. It only reads, and never stands in the way of a person: what a person looks at is asked for at
//! once, past the gate behind which a run waits for its turn.

mod gate;
mod limiter;
mod missed;
mod plan;
mod progress;
mod run;
mod watching;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::TimeDelta;
use store::SyncList;
use tokio::sync::{Notify, watch};

use crate::error::CommandError;
use crate::state::Desk;
use crate::views::{ServerRef, SyncOverview, SyncRequest, SyncState, SyncView};
pub(crate) use gate::{Way, Wish};
use progress::{Missed, Progress};

/// Lists that are older are read again; so is a whole server, by itself.
pub(crate) const LISTS_AGE: TimeDelta = TimeDelta::minutes(15);
/// Details that are older are read again, even where the list of flats tells of no change: who lives in a flat can change
/// while their number stays.
pub(crate) const DETAILS_AGE: TimeDelta = TimeDelta::hours(24);
/// The first of them are so much younger: what was read in one go would otherwise come due in one go.
pub(crate) const DETAILS_SPREAD: TimeDelta = TimeDelta::hours(12);
/// How long what a server has no longer is still found by a search. Somebody may come with a key that was taken off
/// the list last week.
pub(crate) const GONE_KEPT: TimeDelta = TimeDelta::days(30);

/// Every server's sync.
#[derive(Debug, Default)]
pub(crate) struct Syncs {
    by_server: Mutex<HashMap<String, Running>>,
    asked: Mutex<Asked>,
    /// Told when there may be something to begin.
    wake: Notify,
    /// What the window was not told yet.
    untold: Mutex<Untold>,
    /// Told when there is something to tell.
    news: Notify,
}

/// One server's run: the one under way, or the last of this start.
#[derive(Debug)]
struct Running {
    wish: watch::Sender<Wish>,
    progress: Progress,
    is_under_way: bool,
}

impl Default for Running {
    fn default() -> Self {
        Self { wish: watch::Sender::new(Wish::Run), progress: Progress::default(), is_under_way: false }
    }
}

/// Which runs are to begin.
#[derive(Debug, Default)]
struct Asked {
    /// By the person, and whether everything is to be read anew.
    by_person: BTreeMap<String, bool>,
    /// Servers somebody signed in to.
    signed_in: BTreeSet<String>,
}

#[derive(Debug, Default)]
struct Untold {
    progress: bool,
    /// A run ended: it may have learned what the server answers, and who is not signed in any more.
    ended: bool,
    /// Servers of which something was filled.
    filled: HashSet<(String, Filled)>,
}

/// What was filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Filled {
    /// The list of intercoms.
    Intercoms,
    /// What is known of an intercom.
    Intercom(u64),
    /// Codes.
    Codes,
}

impl Syncs {
    fn running(&self) -> MutexGuard<'_, HashMap<String, Running>> {
        self.by_server.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn asked(&self) -> MutexGuard<'_, Asked> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn untold(&self) -> MutexGuard<'_, Untold> {
        self.untold.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Looks at or changes how far a server's run is, and lets the window know.
    fn progress<T>(&self, server: &str, change: impl FnOnce(&mut Progress) -> T) -> T {
        let answer = change(&mut self.running().entry(server.to_owned()).or_default().progress);
        self.tell_progress();
        answer
    }

    /// The lists that the run under way could not read so far; `None` where none is.
    fn missed(&self, server: &str) -> Option<Vec<Missed>> {
        let running = self.running();
        let known = running.get(server).filter(|known| known.is_under_way)?;
        Some(known.progress.all_missed().to_vec())
    }

    /// A list was read whole: the run under way has not missed it.
    fn was_read(&self, server: &str, list: SyncList) {
        let is_told = match self.running().get_mut(server) {
            Some(running) if running.is_under_way => {
                running.progress.was_read(list);
                true
            }
            _ => false,
        };
        if is_told {
            self.tell_progress();
        }
    }

    fn tell_progress(&self) {
        self.untold().progress = true;
        self.news.notify_one();
    }

    fn tell_ended(&self) {
        self.untold().ended = true;
        self.news.notify_one();
    }

    fn tell_filled(&self, server: &str, what: Filled) {
        self.untold().filled.insert((server.to_owned(), what));
        self.news.notify_one();
    }

    /// Somebody signed in to a server: there may be more to read.
    pub(crate) fn signed_in(&self, server: &str) {
        self.asked().signed_in.insert(server.to_owned());
        self.wake.notify_one();
    }

    /// Ends what is under way at a server, and forgets it.
    pub(crate) fn forget(&self, server: &str) {
        if let Some(running) = self.running().remove(server) {
            running.wish.send_replace(Wish::Cancel);
        }
    }
}

impl Desk {
    /// Wants a server to be read; the background task does it.
    pub async fn start_sync(&self, request: SyncRequest) -> Result<(), CommandError> {
        let server = request.server.clone();
        // It is wanted now, also where it was to wait; one that is to end does so first.
        let is_to_be_saved =
            self.wish(&server, |before| if before == Wish::Pause { Wish::Run } else { before })?;
        {
            let mut asked = self.syncs.asked();
            *asked.by_person.entry(request.server).or_default() |= request.everything;
        }
        self.syncs.wake.notify_one();
        if is_to_be_saved { self.save().await } else { Ok(()) }
    }

    /// Lets a sync wait, after a restart, too. What is under way is finished; nothing more is sent until it is resumed.
    pub async fn pause_sync(&self, request: ServerRef) -> Result<(), CommandError> {
        self.wish_and_save(&request.server, Wish::Pause).await
    }

    /// Lets a sync go on.
    pub async fn resume_sync(&self, request: ServerRef) -> Result<(), CommandError> {
        self.wish_and_save(&request.server, Wish::Run).await
    }

    /// Ends a sync; what it read stays.
    pub async fn cancel_sync(&self, request: ServerRef) -> Result<(), CommandError> {
        self.wish_and_save(&request.server, Wish::Cancel).await
    }

    async fn wish_and_save(&self, server: &str, wish: Wish) -> Result<(), CommandError> {
        if self.wish(server, |_| wish)? { self.save().await } else { Ok(()) }
    }

    /// Wishes something of the sync under way, and says whether it waits after a restart. Returns whether that is to be saved.
    fn wish(&self, server: &str, change: impl Fn(Wish) -> Wish) -> Result<bool, CommandError> {
        let is_changed = {
            let running = self.syncs.running();
            let under_way = running.get(server).filter(|running| running.is_under_way);
            let wish = under_way.map(|under_way| change(*under_way.wish.borrow()));
            // While the run is held: one that ends meanwhile waits for nothing any more.
            let is_changed = self.let_wait(server, wish == Some(Wish::Pause))?;
            if let (Some(under_way), Some(wish)) = (under_way, wish) {
                under_way.wish.send_replace(wish);
            }
            is_changed
        };
        self.syncs.tell_progress();
        Ok(is_changed)
    }

    /// Says whether the syncs of a server wait for the person. Returns whether they did otherwise before.
    fn let_wait(&self, server: &str, waits: bool) -> Result<bool, CommandError> {
        let mut state = self.state();
        let saved = &mut state.server_mut(server)?.sync_waits;
        Ok(std::mem::replace(saved, waits) != waits)
    }

    /// How the sync of every server is doing.
    pub async fn list_syncs(&self) -> Result<SyncOverview, CommandError> {
        let servers: Vec<String> = self.state().servers().map(|server| server.id.clone()).collect();
        let mut views = Vec::new();
        for server in servers {
            let last = self.rows(&server, |rows| rows.sync().run()).await?;
            let under_way = self.syncs.missed(&server);
            let missed = match under_way {
                Some(missed) => missed,
                None => self.still_missed(&server).await?,
            };
            let missed_count = missed.len() as u64;
            let missed = self.missed_views(&server, missed).await?;
            let running = self.syncs.running();
            let known = running.get(&server);
            let state = match known.filter(|known| known.is_under_way) {
                None => SyncState::Idle,
                Some(known) if *known.wish.borrow() == Wish::Pause => SyncState::Paused,
                Some(known) if known.progress.is_waiting() => SyncState::Waiting,
                Some(_) => SyncState::Running,
            };
            let progress = known.map(|known| &known.progress);
            let told = progress.map(Progress::told).unwrap_or_default();
            views.push(SyncView {
                state,
                done: told.done,
                total: told.total,
                per_second: told.per_second.filter(|_| state == SyncState::Running),
                seconds_left: told.seconds_left.filter(|_| state == SyncState::Running),
                failed: match (progress, last) {
                    (Some(_), _) => told.failed,
                    (None, last) => last.map_or(0, |run| run.failed.into()),
                },
                missed_count,
                missed,
                error: progress.and_then(|progress| progress.error(state == SyncState::Idle)),
                completed_at: last.and_then(|run| run.completed_at),
                server,
            });
        }
        Ok(SyncOverview { servers: views })
    }
}
