//! Whether servers can be reached: noticed by the calls that are made anyway, and looked for again where one is lost.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use server_api::{ApiError, open};
use tokio::sync::watch;

use crate::state::Desk;

/// A lost server is looked for after this many of the shortest waits between two tries, then after twice as many, …
const FIRST_WAIT: u32 = 8;
/// … and never more seldom than after this many times the first.
const LONGEST_WAIT: u32 = 8;

/// Since when servers have not been reached.
#[derive(Debug)]
pub(crate) struct Reach {
    lost: watch::Sender<HashMap<String, DateTime<Utc>>>,
}

impl Default for Reach {
    fn default() -> Self {
        Self { lost: watch::Sender::new(HashMap::new()) }
    }
}

impl Reach {
    /// Since when a server has not been reached; `None` where it was reached last, or not asked yet.
    pub(crate) fn lost_at(&self, server: &str) -> Option<DateTime<Utc>> {
        self.lost.borrow().get(server).copied()
    }

    /// Takes note of what became of a call: the error it ended with, if any.
    pub(crate) fn note(&self, server: &str, error: Option<&ApiError>, now: DateTime<Utc>) {
        if !error.is_some_and(is_away) {
            return self.forget(server);
        }
        self.lost.send_if_modified(|lost| {
            let is_news = !lost.contains_key(server);
            lost.entry(server.to_owned()).or_insert(now);
            is_news
        });
    }

    /// Waits until a server is not lost: until any call reaches it again.
    pub(crate) async fn back(&self, server: &str) {
        // The sender lives in `self`.
        let _ = self.lost.subscribe().wait_for(|lost| !lost.contains_key(server)).await;
    }

    /// Waits until some server is lost, or back.
    pub(crate) fn changes(&self) -> watch::Receiver<HashMap<String, DateTime<Utc>>> {
        self.lost.subscribe()
    }

    pub(crate) fn forget(&self, server: &str) {
        self.lost.send_if_modified(|lost| lost.remove(server).is_some());
    }
}

impl Desk {
    /// Watches over the servers for as long as the program runs. `changed` is told when one is lost (`false`) and when one
    /// that was lost is back (`true`).
    pub async fn watch_reach(&self, changed: impl Fn(bool)) {
        let mut lost = self.reach.lost.subscribe();
        let first = self.setup.limits.backoff * FIRST_WAIT;
        let mut wait = first;
        let mut known: HashSet<String> = HashSet::new();
        loop {
            let away: HashSet<String> = lost.borrow_and_update().keys().cloned().collect();
            if known.iter().any(|server| !away.contains(server)) {
                changed(true);
            }
            if away.iter().any(|server| !known.contains(server)) {
                changed(false);
                wait = first;
            }
            known = away;
            tokio::select! {
                // The sender lives as long as the desk.
                _ = lost.changed() => {}
                () = tokio::time::sleep(wait), if !known.is_empty() => {
                    for server in &known {
                        self.look_for(server).await;
                    }
                    wait = (wait * 2).min(first * LONGEST_WAIT);
                }
            }
        }
    }

    /// Asks a lost server for what it tells everybody.
    async fn look_for(&self, server: &str) {
        let Ok(connection) = self.connection(server).await else {
            // It is not on the list any more.
            return self.reach.forget(server);
        };
        let answer = open::basic(&connection).await;
        self.reach.note(server, answer.as_ref().err(), self.setup.clock.now());
    }
}

/// Whether nothing reached the server. One that takes a request, however it answers, is there.
fn is_away(error: &ApiError) -> bool {
    matches!(error, ApiError::NeverReached { .. })
}
