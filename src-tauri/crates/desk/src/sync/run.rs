//! One run: reads what is missing, changed or old, as fast as the server bears.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use store::{DetailsDue, SyncList, SyncRun};
use tokio::sync::watch;
use tokio::time::Instant;

use super::gate::{Gate, Way, Wish};
use super::limiter::MOST;
use super::plan::{Plan, Step};
use super::progress::Progress;
use super::{DETAILS_AGE, DETAILS_SPREAD, GONE_KEPT, LISTS_AGE, Syncs};
use crate::error::{CommandError, ErrorCode};
use crate::state::Desk;
use crate::views::{
    AccountKind, Capability, CapabilityState, FlatListing, FlatRef, KeyListing, SyncRequest, SyncSummary,
};

/// How often one thing is asked for that the server fails at. A 429 does not count: that is a wish to be asked later.
const MOST_TRIES: u32 = 3;
/// After so many failures without a success between them the server itself is in trouble, and the run ends.
const MOST_FAILURES: u64 = 20;

/// What one run works with.
struct Run<'d> {
    desk: &'d Desk,
    server: String,
    row: SyncRun,
    way: Way,
    plan: Plan,
    began: Instant,
    details: AtomicU64,
    /// Failures since the last success.
    in_a_row: AtomicU64,
    tries: Mutex<HashMap<(u64, Option<u64>), u32>>,
}

/// Marks a server's run as under way until it is dropped, however that ends.
struct UnderWay<'d> {
    syncs: &'d Syncs,
    server: String,
}

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        if let Some(running) = self.syncs.running().get_mut(&self.server) {
            running.is_under_way = false;
        }
        self.syncs.tell_progress();
        self.syncs.tell_ended();
    }
}

/// What to do after a failure.
enum After {
    /// The step once more.
    Again,
    /// The next step.
    Next,
}

impl Desk {
    /// Reads what a server has into memory; resolves when all of it is there, or the run was cancelled. Where the server is
    /// away it waits until a call reaches it again. Dropping it is safe at any moment: the next run goes on from there.
    ///
    /// # Errors
    /// Where an account was refused, and where the server fails at everything: what was read stays.
    pub async fn sync(&self, request: SyncRequest) -> Result<SyncSummary, CommandError> {
        let SyncRequest { server, everything } = request;
        self.restore().await;
        self.state().server(&server)?;
        let _one_at_a_time = self.turn(format!("sync of {server}")).await;
        let (under_way, wish) = self.sync_begins(&server);
        let gate = Arc::new(Gate::new(wish.clone()));
        let now = self.setup.clock.now();
        let row = self.rows(&server, move |rows| rows.sync().begin(now, everything)).await?;
        let run = Run {
            desk: self,
            server: server.clone(),
            row,
            way: Way::through(&gate),
            plan: Plan::default(),
            began: Instant::now(),
            details: AtomicU64::new(0),
            in_a_row: AtomicU64::new(0),
            tries: Mutex::default(),
        };
        let mut cancelled = wish;
        let ended = tokio::select! {
            ended = run.to_its_end() => ended.map(|()| true),
            // Whoever wishes lives as long as the run; a server that is forgotten is one that is cancelled.
            _ = cancelled.wait_for(|wish| *wish == Wish::Cancel) => Ok(false),
        };
        let failed = self.syncs.progress(&server, |progress| {
            if let Err(error) = &ended {
                progress.stopped(error.clone());
            }
            progress.failures()
        });
        let now = self.setup.clock.now();
        let completed = matches!(ended, Ok(true)).then(|| u32::try_from(failed).unwrap_or(u32::MAX));
        let counts = self
            .rows(&server, move |rows| {
                rows.sync().finish(now, completed)?;
                rows.sync().counts()
            })
            .await?;
        self.drop_gone(now - GONE_KEPT).await?;
        let details = run.details.load(Ordering::Relaxed);
        drop(under_way);
        tracing::info!(
            requests = gate.sent(),
            details,
            failed,
            is_complete = completed.is_some(),
            "a sync ended"
        );
        ended.map(|is_complete| SyncSummary {
            is_complete,
            requests: gate.sent(),
            details,
            failed,
            flats: counts.flats,
            keys: counts.keys,
            residents: counts.residents,
        })
    }

    fn sync_begins(&self, server: &str) -> (UnderWay<'_>, watch::Receiver<Wish>) {
        let wish = {
            let mut all = self.syncs.running();
            let running = all.entry(server.to_owned()).or_default();
            running.progress = Progress::begun();
            running.is_under_way = true;
            running.wish.send_replace(Wish::Run);
            running.wish.subscribe()
        };
        self.syncs.tell_progress();
        (UnderWay { syncs: &self.syncs, server: server.to_owned() }, wish)
    }
}

impl Run<'_> {
    async fn to_its_end(&self) -> Result<(), CommandError> {
        let intercoms = self.intercoms().await?;
        if self.desk.may_see(&self.server, AccountKind::Admin) {
            for intercom in intercoms {
                self.look_over(intercom).await?;
            }
        }
        self.progress(Progress::list_read);
        let worker = || self.work();
        // As many as the limiter ever lets go at once.
        const { assert!(MOST == 8) };
        tokio::try_join!(worker(), worker(), worker(), worker(), worker(), worker(), worker(), worker())?;
        Ok(())
    }

    /// The intercoms of the server, as it lists them now.
    async fn intercoms(&self) -> Result<Vec<u64>, CommandError> {
        loop {
            let list = self.desk.take_intercoms(self.server.clone(), None, &self.way).await?;
            self.desk.syncs.tell_filled(&self.server, None);
            let mut is_lost = false;
            for error in list.sources.into_iter().filter_map(|source| source.error) {
                is_lost |= self.desk.reach.lost_at(&self.server).is_some();
                match error.code {
                    // Without the client account there is less to list, and nothing less to read.
                    ErrorCode::SignedOut if error.params.get("account") != Some(&"admin".into()) => {
                        self.progress(|progress| progress.failed(error));
                    }
                    ErrorCode::SignedOut | ErrorCode::CertificateUntrusted => return Err(error),
                    _ if is_lost => {}
                    _ => self.progress(|progress| progress.failed(error)),
                }
            }
            if !is_lost {
                return Ok(list.intercoms.into_iter().map(|intercom| intercom.id).collect());
            }
            self.until_back().await;
        }
    }

    /// Plans what an intercom needs: its lists where they are old, and the flats that are due.
    async fn look_over(&self, intercom: u64) -> Result<(), CommandError> {
        let at = move |list| self.desk.rows(&self.server, move |rows| rows.sync().listed_at(intercom, list));
        let is_offered = |capability| {
            let known = self.desk.knows(&self.server, capability);
            !matches!(known, CapabilityState::Missing | CapabilityState::Forbidden)
        };
        let (flats_at, keys_at) = (at(SyncList::Flats).await?, at(SyncList::Keys).await?);
        if is_offered(Capability::Keys) && self.is_old(keys_at) {
            self.progress(|progress| progress.lists_found(1));
            self.plan.add(Step::List { intercom, list: SyncList::Keys });
        }
        if is_offered(Capability::Flats) && self.is_old(flats_at) {
            self.progress(|progress| progress.lists_found(1));
            self.plan.add(Step::List { intercom, list: SyncList::Flats });
            return Ok(());
        }
        self.plan_details(intercom).await
    }

    fn is_old(&self, read_at: Option<chrono::DateTime<chrono::Utc>>) -> bool {
        let now = self.desk.setup.clock.now();
        read_at.is_none_or(|at| {
            at > now || at + LISTS_AGE <= now || (self.row.is_full && at < self.row.started_at)
        })
    }

    async fn plan_details(&self, intercom: u64) -> Result<(), CommandError> {
        if self.desk.knows(&self.server, Capability::FlatDetails) == CapabilityState::Missing {
            return Ok(());
        }
        let due = DetailsDue {
            now: self.desk.setup.clock.now(),
            before: self.row.is_full.then_some(self.row.started_at),
            age: DETAILS_AGE,
            spread: DETAILS_SPREAD,
        };
        let flats = self.desk.rows(&self.server, move |rows| rows.sync().details_due(intercom, due)).await?;
        self.progress(|progress| progress.flats_found(flats.len()));
        for flat in flats {
            self.plan.add(Step::Detail { intercom, flat });
        }
        Ok(())
    }

    /// Takes step after step until all is done.
    async fn work(&self) -> Result<(), CommandError> {
        let on_screen =
            || self.desk.state().server(&self.server).ok().and_then(|server| server.last_intercom);
        while let Some(step) = self.plan.next(on_screen).await {
            let taken = self.take(step).await;
            let after = match taken {
                Ok(()) => {
                    self.in_a_row.store(0, Ordering::Relaxed);
                    After::Next
                }
                Err(error) => self.judge(step, error).await?,
            };
            if matches!(after, After::Again) {
                self.plan.add(step);
            }
            self.plan.done();
        }
        Ok(())
    }

    async fn take(&self, step: Step) -> Result<(), CommandError> {
        match step {
            Step::List { intercom, list: SyncList::Keys } => {
                let loaded = self.desk.take_keys(&self.server, intercom, &self.way).await?;
                if loaded.listing == KeyListing::NoAccount {
                    return Err(self.no_account());
                }
                self.progress(Progress::list_read);
                self.desk.syncs.tell_filled(&self.server, Some(intercom));
            }
            Step::List { intercom, list: SyncList::Flats } => {
                let loaded = self.desk.take_flats(&self.server, intercom, &self.way).await?;
                if loaded.listing == FlatListing::NoAccount {
                    return Err(self.no_account());
                }
                self.desk.syncs.tell_filled(&self.server, Some(intercom));
                self.plan_details(intercom).await?;
                self.progress(Progress::list_read);
            }
            Step::Detail { intercom, flat } => {
                let request = FlatRef { server: self.server.clone(), intercom, flat };
                self.desk.take_flat(&request, &self.way).await?;
                self.details.fetch_add(1, Ordering::Relaxed);
                self.progress(|progress| progress.flat_read(self.began.elapsed()));
                self.desk.syncs.tell_filled(&self.server, Some(intercom));
            }
        }
        Ok(())
    }

    /// What follows from a failure: another try, the next step, or the end of the run.
    async fn judge(&self, step: Step, error: CommandError) -> Result<After, CommandError> {
        match error.code {
            // The account's part is over; nobody else could read any of it.
            ErrorCode::SignedOut
            | ErrorCode::NoAccount
            | ErrorCode::CertificateUntrusted
            | ErrorCode::UnknownServer
            | ErrorCode::StoreFailed
            | ErrorCode::LicenceEnded
            | ErrorCode::ClientTooOld => return Err(error),
            ErrorCode::RateLimited => return Ok(After::Again),
            _ if self.desk.reach.lost_at(&self.server).is_some() => {
                self.until_back().await;
                return Ok(After::Again);
            }
            _ => {}
        }
        if error.retryable && self.tried(step) < MOST_TRIES {
            return Ok(After::Again);
        }
        match step {
            Step::List { intercom, list } => {
                if list == SyncList::Flats {
                    // Those that are known can still be read.
                    self.plan_details(intercom).await?;
                }
                self.progress(Progress::list_read);
            }
            Step::Detail { .. } => self.progress(Progress::flat_left),
        }
        self.progress(|progress| progress.failed(error.clone()));
        if self.in_a_row.fetch_add(1, Ordering::Relaxed) + 1 >= MOST_FAILURES {
            return Err(error);
        }
        Ok(After::Next)
    }

    /// Waits while the server is away.
    async fn until_back(&self) {
        self.progress(|progress| progress.waits(true));
        self.desk.reach.back(&self.server).await;
        self.progress(|progress| progress.waits(false));
    }

    /// How often a step was tried, this time included.
    fn tried(&self, step: Step) -> u32 {
        let name = match step {
            Step::List { intercom, list } => (intercom, (list == SyncList::Keys).then_some(0)),
            Step::Detail { intercom, flat } => (intercom, Some(flat)),
        };
        let mut tries = self.tries.lock().unwrap_or_else(PoisonError::into_inner);
        let tried = tries.entry(name).or_default();
        *tried += 1;
        *tried
    }

    fn progress(&self, change: impl FnOnce(&mut Progress)) {
        self.desk.syncs.progress(&self.server, change);
    }

    fn no_account(&self) -> CommandError {
        let params = serde_json::json!({"server": self.server, "account": AccountKind::Admin});
        CommandError::new(ErrorCode::NoAccount, params)
    }
}
