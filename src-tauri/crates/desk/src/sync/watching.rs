//! When syncs begin by themselves, and how the window hears of them.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;

use super::missed::reader_of;
use super::{Filled, LISTS_AGE};
use crate::state::Desk;
use crate::views::{AccountKind, CoreEvent, SyncRequest};

/// How often it is looked whether a server was last read too long ago.
const LOOKS_EVERY: Duration = Duration::from_secs(30);
/// A run that has just ended, however it ended, is followed by another no sooner than this, unless somebody asks or signs in:
/// what made it fail, a full disk say, is still there.
const RESTS: TimeDelta = TimeDelta::minutes(5);
/// The window is told no more often than this: a screen that changed with every flat could not be read.
const TELLS_EVERY: Duration = Duration::from_millis(400);

impl Desk {
    /// Runs syncs for as long as the program runs: those the person asks for and, where `is_automatic`, those of servers that
    /// somebody is signed in to and that were last read too long ago. `tell` hears what the window should know.
    pub async fn watch_syncs(&self, is_automatic: bool, tell: impl Fn(&CoreEvent)) {
        tokio::join!(self.run_syncs(is_automatic), self.tell_syncs(tell));
    }

    async fn run_syncs(&self, is_automatic: bool) {
        self.restore().await;
        let mut reach = self.reach.changes();
        let mut busy: HashSet<String> = HashSet::new();
        let mut ended: HashMap<String, DateTime<Utc>> = HashMap::new();
        let mut running = FuturesUnordered::new();
        loop {
            for request in self.syncs_due(is_automatic, &busy, &ended).await {
                let server = request.server.clone();
                busy.insert(server.clone());
                running.push(async move {
                    // It was logged, and the window is told by the view.
                    let _ = self.sync(request).await;
                    server
                });
            }
            tokio::select! {
                Some(server) = running.next(), if !running.is_empty() => {
                    busy.remove(&server);
                    ended.insert(server, self.setup.clock.now());
                }
                () = self.syncs.wake.notified() => {}
                // The sender lives as long as the desk.
                _ = reach.changed() => {}
                () = tokio::time::sleep(LOOKS_EVERY), if is_automatic => {}
            }
        }
    }

    /// What is to begin now.
    async fn syncs_due(
        &self,
        is_automatic: bool,
        busy: &HashSet<String>,
        ended: &HashMap<String, DateTime<Utc>>,
    ) -> Vec<SyncRequest> {
        let (asked, signed_in) = {
            let mut asked = self.syncs.asked();
            // What runs already comes after itself.
            let (later, now) = std::mem::take(&mut asked.by_person)
                .into_iter()
                .partition::<BTreeMap<_, _>, _>(|(server, _)| busy.contains(server));
            asked.by_person = later;
            let (later, signed_in) = std::mem::take(&mut asked.signed_in)
                .into_iter()
                .partition::<BTreeSet<_>, _>(|server| busy.contains(server));
            asked.signed_in = later;
            (now, signed_in)
        };
        let mut due: Vec<SyncRequest> =
            asked.into_iter().map(|(server, everything)| SyncRequest { server, everything }).collect();
        if !is_automatic {
            return due;
        }
        let servers: Vec<String> = self.state().servers().map(|server| server.id.clone()).collect();
        for server in servers {
            let is_asked = due.iter().any(|request| request.server == server);
            if is_asked || busy.contains(&server) || !self.can_be_read(&server) {
                continue;
            }
            let rests = ended.get(&server).is_some_and(|ended| self.setup.clock.now() - *ended < RESTS);
            if signed_in.contains(&server) || (!rests && self.was_read_long_ago(&server).await) {
                due.push(SyncRequest { server, everything: false });
            }
        }
        due
    }

    /// Whether somebody is signed in to it, and it is not away.
    fn can_be_read(&self, server: &str) -> bool {
        self.reach.lost_at(server).is_none()
            && [AccountKind::Admin, AccountKind::Client]
                .into_iter()
                .any(|account| self.is_signed_in(server, account))
    }

    /// Whether somebody is signed in with an account, and that has not ended, or renews itself.
    fn is_signed_in(&self, server: &str, account: AccountKind) -> bool {
        let now = self.setup.clock.now();
        let state = self.state();
        state
            .accounts
            .get(&(server.to_owned(), account))
            .is_some_and(|held| !held.is_over(now) || held.renews())
    }

    /// Whether its last run ended too long ago, or never did. A list that failed is tried again after the rest that every
    /// run is followed by.
    async fn was_read_long_ago(&self, server: &str) -> bool {
        let now = self.setup.clock.now();
        // Where the store refuses a sync would meet the same.
        let Ok(run) = self.rows(server, |rows| rows.sync().run()).await else { return false };
        let Ok(missed) = self.still_missed(server).await else { return false };
        // Nobody tries those that nobody is signed in for.
        let has_failed = missed
            .iter()
            .any(|missed| missed.error.is_some() && self.is_signed_in(server, reader_of(missed.list)));
        let age = if has_failed { RESTS } else { LISTS_AGE };
        run.and_then(|run| run.finished_at).is_none_or(|ended| ended > now || ended + age <= now)
    }

    async fn tell_syncs(&self, tell: impl Fn(&CoreEvent)) {
        loop {
            self.syncs.news.notified().await;
            let untold = std::mem::take(&mut *self.syncs.untold());
            for (tag, is_due) in [("syncs", untold.progress), ("app", untold.ended)] {
                if is_due {
                    tell(&CoreEvent::Changed { tags: vec![tag.to_owned()] });
                }
            }
            for (server, what) in untold.filled {
                let (intercom, tags): (_, &[&str]) = match what {
                    Filled::Intercoms => (None, &["intercoms"]),
                    Filled::Intercom(intercom) => (Some(intercom), &["flat_rows", "keys"]),
                    Filled::Codes => (None, &["code_rows"]),
                };
                let tags = tags.iter().map(|tag| (*tag).to_owned()).collect();
                tell(&CoreEvent::Filled { server, intercom, tags });
            }
            tokio::time::sleep(TELLS_EVERY).await;
        }
    }
}
