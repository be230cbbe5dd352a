//! One run: reads what is missing, changed or old, as fast as the server bears.

mod lists;

use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use futures_util::future::try_join_all;
use store::{MissedRow, Rows, SyncList, SyncRun, Unread};
use tokio::sync::watch;
use tokio::time::Instant;

use super::gate::{Gate, Way, Wish};
use super::limiter::MOST;
use super::missed::reader_of;
use super::plan::{Plan, Step};
use super::progress::{Missed, Progress};
use super::{Filled, GONE_KEPT, Syncs};
use crate::error::{CommandError, ErrorCode};
use crate::state::Desk;
use crate::views::{AccountKind, FlatRef, SourceState, SyncRequest, SyncSummary};

/// How many answers are being kept beside the most requests that are under way: without them a request would wait for the store.
const KEEPING: usize = 4;

/// How often one thing is asked for that the server fails at. A 429 to what it is known to have does not count: that is a wish to
/// be asked later, which the gate heeds.
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
    tries: Mutex<HashMap<Step, u32>>,
    /// Why the admin account reads nothing more, where it was refused.
    refused: Mutex<Option<CommandError>>,
    /// Intercoms whose list of flats failed, or came only in part.
    unlisted: Mutex<Vec<u64>>,
    /// Flats that could not be read, by intercom and record id: this run does not ask for them again.
    failed: Mutex<HashSet<(u64, u64)>>,
    /// Whether the codes by flat of all intercoms were planned, not only those of one that tells whether there are such lists.
    plans_all_codes: AtomicBool,
    /// What the run before could not read: due, however old.
    missed_before: HashSet<SyncList>,
}

/// Marks a server's run as under way until it is dropped, however that ends.
struct UnderWay<'d> {
    syncs: &'d Syncs,
    server: String,
}

impl UnderWay<'_> {
    /// The run is at its end, and the next one does not wait, though this one was to. Returns whether that is to be saved.
    fn end(self, desk: &Desk) -> bool {
        let mut running = self.syncs.running();
        if let Some(running) = running.get_mut(&self.server) {
            running.is_under_way = false;
        }
        // A server that was forgotten meanwhile has nothing to be saved.
        desk.let_wait(&self.server, false).unwrap_or_default()
    }
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
    /// Reads what a server has into memory; resolves when all of it is there but what could not be read, or the run was
    /// cancelled. Where the server is away it waits until a call reaches it again. Dropping it is safe at any moment: the next run goes on from there.
    ///
    /// # Errors
    /// Where the admin account was refused, and where the server fails at everything: what was read stays.
    pub async fn sync(&self, request: SyncRequest) -> Result<SyncSummary, CommandError> {
        let SyncRequest { server, everything } = request;
        self.restore().await;
        self.state().server(&server)?;
        let _one_at_a_time = self.turn(format!("sync of {server}")).await;
        let (under_way, wish) = self.sync_begins(&server);
        let gate = Arc::new(Gate::new(wish.clone()));
        let absent_before = self.absent(&server);
        let now = self.setup.clock.now();
        let row = self.rows(&server, move |rows| rows.sync().begin(now, everything)).await?;
        let missed_before = self.still_missed(&server).await?.iter().map(|missed| missed.list).collect();
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
            refused: Mutex::default(),
            unlisted: Mutex::default(),
            failed: Mutex::default(),
            plans_all_codes: AtomicBool::new(false),
            missed_before,
        };
        let mut cancelled = wish;
        let ended = tokio::select! {
            ended = run.to_its_end() => ended.map(|()| true),
            // Whoever wishes lives as long as the run; a server that is forgotten is one that is cancelled.
            _ = cancelled.wait_for(|wish| *wish == Wish::Cancel) => Ok(false),
        };
        if let Err(error) = &ended {
            self.syncs.progress(&server, |progress| progress.stopped(error.clone()));
        }
        let now = self.setup.clock.now();
        let is_at_its_end = matches!(ended, Ok(true));
        let absent = [absent_before, self.absent(&server)].concat();
        let (syncs, named) = (Arc::clone(&self.syncs), server.clone());
        let finish = move |rows: &Rows<'_>| {
            // At the store: whoever reads a list meanwhile says so there, before or after this.
            let (failed, mut missed) = syncs.progress(&named, |progress| {
                let missed: Vec<MissedRow> = progress.all_missed().iter().map(Missed::row).collect();
                (progress.failures(), missed)
            });
            // What nobody was signed in for was not looked for.
            let mut left = rows.sync().missed()?;
            left.retain(|row| {
                absent.contains(&reader_of(row.list)) && missed.iter().all(|one| one.list != row.list)
            });
            missed.append(&mut left);
            let missed_count = missed.len() as u64;
            let unread = Unread { failed: u32::try_from(failed).unwrap_or(u32::MAX), missed };
            rows.sync().finish(now, is_at_its_end.then_some(&unread))?;
            Ok((failed, missed_count, rows.sync().counts()?))
        };
        let (failed, missed_count, counts) = self.rows(&server, finish).await?;
        self.drop_gone(now - GONE_KEPT).await?;
        let details = run.details.load(Ordering::Relaxed);
        if under_way.end(self)
            && let Err(error) = self.save().await
        {
            // What was read is there all the same; the next start waits.
            tracing::warn!(code = ?error.code, "that a sync waits no longer could not be saved");
        }
        self.tidy_up(|| *cancelled.borrow() == Wish::Cancel).await;
        tracing::info!(
            requests = gate.sent(),
            details,
            failed,
            missed = missed_count,
            is_at_its_end,
            "a sync ended"
        );
        ended.map(|is_at_its_end| SyncSummary {
            is_complete: is_at_its_end && missed_count == 0,
            requests: gate.sent(),
            details,
            failed,
            missed: missed_count,
            flats: counts.flats,
            keys: counts.keys,
            residents: counts.residents,
        })
    }

    /// Accounts of a server that nobody is signed in with.
    fn absent(&self, server: &str) -> Vec<AccountKind> {
        let accounts = [AccountKind::Admin, AccountKind::Client];
        accounts.into_iter().filter(|account| !self.may_see(server, *account)).collect()
    }

    fn sync_begins(&self, server: &str) -> (UnderWay<'_>, watch::Receiver<Wish>) {
        let waits = self.state().server(server).is_ok_and(|saved| saved.sync_waits);
        let wish = {
            let mut all = self.syncs.running();
            let running = all.entry(server.to_owned()).or_default();
            running.progress = Progress::begun();
            running.is_under_way = true;
            running.wish.send_replace(if waits { Wish::Pause } else { Wish::Run });
            running.wish.subscribe()
        };
        self.syncs.tell_progress();
        (UnderWay { syncs: &self.syncs, server: server.to_owned() }, wish)
    }
}

impl Run<'_> {
    async fn to_its_end(&self) -> Result<(), CommandError> {
        let intercoms = self.intercoms().await?;
        let sees_admin = self.refused().is_none() && self.desk.may_see(&self.server, AccountKind::Admin);
        if sees_admin {
            for intercom in &intercoms {
                self.look_over(*intercom).await?;
            }
        }
        self.look_over_codes(&intercoms, sees_admin).await?;
        self.progress(Progress::list_read);
        self.work_together().await?;
        while self.plan_unlisted().await? {
            self.work_together().await?;
        }
        let refused = self.refused().take();
        refused.map_or(Ok(()), Err)
    }

    /// Plans the flats whose list failed here and was read by somebody else meanwhile: nobody has asked for them yet. Whether
    /// there were such lists.
    async fn plan_unlisted(&self) -> Result<bool, CommandError> {
        let unlisted = std::mem::take(&mut *self.unlisted.lock().unwrap_or_else(PoisonError::into_inner));
        if unlisted.is_empty() || self.refused().is_some() {
            return Ok(false);
        }
        let missed = self.desk.syncs.missed(&self.server).unwrap_or_default();
        for intercom in unlisted {
            if missed.iter().all(|one| one.list != SyncList::Flats(intercom)) {
                self.plan_details(intercom).await?;
            }
        }
        Ok(true)
    }

    /// Takes what is planned: as many requests at once as the limiter lets go, while what was answered before is kept.
    async fn work_together(&self) -> Result<(), CommandError> {
        try_join_all((0..MOST + KEEPING).map(|_| self.work())).await?;
        Ok(())
    }

    /// The intercoms of the server, as it lists them now.
    async fn intercoms(&self) -> Result<Vec<u64>, CommandError> {
        loop {
            let list = self.desk.take_intercoms(self.server.clone(), None, &self.way).await?;
            self.desk.syncs.tell_filled(&self.server, Filled::Intercoms);
            let has_failed = list.sources.iter().any(|source| source.error.is_some());
            let is_lost = has_failed && self.desk.reach.lost_at(&self.server).is_some();
            let (mut missed, mut refused) = (Vec::new(), None);
            for source in list.sources {
                match source.error {
                    Some(error) if leaves_nothing(&error) => return Err(error),
                    Some(error) if is_refused_admin(Step::List(source.source.list()), &error) => {
                        refused = Some(error);
                    }
                    // The server answered, if only with a failure, for a list that nobody said it has.
                    Some(error) if !is_unanswered(&error) && !self.is_promised(source.source.list()) => {}
                    Some(error) => missed.push((source.source.list(), Some(error))),
                    None if source.state == SourceState::Partial => missed.push((source.source.list(), None)),
                    None => {}
                }
            }
            if !is_lost {
                if let Some(error) = refused {
                    self.leave_admin(error);
                }
                for (list, error) in missed {
                    self.progress(|progress| progress.missed(list, error));
                }
                return Ok(list.intercoms.into_iter().map(|intercom| intercom.id).collect());
            }
            self.until_back().await;
        }
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
            self.plan.done(step);
        }
        Ok(())
    }

    async fn take(&self, step: Step) -> Result<(), CommandError> {
        match step {
            Step::List(list) => {
                let is_whole = self.take_list(list).await?;
                self.progress(|progress| {
                    if !is_whole {
                        progress.missed(list, None);
                    }
                    progress.list_read();
                });
            }
            Step::Detail { intercom, flat } => {
                let request = FlatRef { server: self.server.clone(), intercom, flat };
                self.desk.take_flat(&request, &self.way).await?;
                self.details.fetch_add(1, Ordering::Relaxed);
                self.progress(|progress| progress.flat_read(self.began.elapsed()));
                self.desk.syncs.tell_filled(&self.server, Filled::Intercom(intercom));
            }
        }
        Ok(())
    }

    /// What follows from a failure: another try, the next step, or the end of the run.
    async fn judge(&self, step: Step, error: CommandError) -> Result<After, CommandError> {
        let account = account_of(step);
        // No gate heeds what the server said to whoever renewed a sign-in: the next reading tries again.
        let wants_no_sign_in =
            error.code == ErrorCode::RateLimited && self.desk.could_not_renew(&self.server, account);
        match error.code {
            _ if leaves_nothing(&error) => return Err(error),
            _ if is_refused_admin(step, &error) || (wants_no_sign_in && account == AccountKind::Admin) => {
                self.leave_admin(error);
                return Ok(After::Next);
            }
            ErrorCode::RateLimited if self.is_meant(step) && !wants_no_sign_in => return Ok(After::Again),
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
            Step::List(list) => {
                if let SyncList::Flats(intercom) = list {
                    self.note_unlisted(intercom);
                    // Those that are known can still be read.
                    self.plan_after_flats(intercom).await?;
                }
                let is_missed = self.is_promised(list);
                self.progress(|progress| {
                    if is_missed {
                        progress.missed(list, Some(error.clone()));
                    }
                    progress.list_read();
                });
                if is_refusal(&error) {
                    return Ok(After::Next);
                }
            }
            Step::Detail { intercom, flat } => {
                self.failed.lock().unwrap_or_else(PoisonError::into_inner).insert((intercom, flat));
                self.progress(|progress| {
                    progress.failed(error.clone());
                    progress.flat_left();
                });
            }
        }
        if self.in_a_row.fetch_add(1, Ordering::Relaxed) + 1 >= MOST_FAILURES {
            return Err(error);
        }
        Ok(After::Next)
    }

    /// Whether a step is asked for however long the server puts it off: a list that nobody promised is not.
    fn is_meant(&self, step: Step) -> bool {
        !matches!(step, Step::List(list) if !self.is_promised(list))
    }

    fn note_unlisted(&self, intercom: u64) {
        self.unlisted.lock().unwrap_or_else(PoisonError::into_inner).push(intercom);
    }

    /// Reads nothing more with the admin account, which was refused; what the client account reads is still read.
    fn leave_admin(&self, why: CommandError) {
        {
            let mut refused = self.refused();
            *refused = refused.take().or(Some(why));
        }
        self.plan.keep(|step| account_of(step) != AccountKind::Admin);
    }

    fn refused(&self) -> MutexGuard<'_, Option<CommandError>> {
        self.refused.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits while the server is away.
    async fn until_back(&self) {
        self.progress(|progress| progress.waits(true));
        self.desk.reach.back(&self.server).await;
        self.progress(|progress| progress.waits(false));
    }

    /// How often a step was tried, this time included.
    fn tried(&self, step: Step) -> u32 {
        let mut tries = self.tries.lock().unwrap_or_else(PoisonError::into_inner);
        let tried = tries.entry(step).or_default();
        *tried += 1;
        *tried
    }

    fn progress(&self, change: impl FnOnce(&mut Progress)) {
        self.desk.syncs.progress(&self.server, change);
    }
}

/// Whether a server says no to this one thing: it is in no trouble.
fn is_refusal(error: &CommandError) -> bool {
    matches!(error.code, ErrorCode::Forbidden | ErrorCode::NotFound | ErrorCode::Invalid | ErrorCode::Refused)
}

/// Whether there was no answer, or one that says to ask later.
fn is_unanswered(error: &CommandError) -> bool {
    matches!(error.code, ErrorCode::NeverReached | ErrorCode::NoAnswer | ErrorCode::RateLimited)
}

/// Whether a failure leaves nothing that could still be read.
fn leaves_nothing(error: &CommandError) -> bool {
    matches!(error.code, ErrorCode::CertificateUntrusted | ErrorCode::UnknownServer | ErrorCode::StoreFailed)
}

/// Whether a failure says that the admin account is refused, whatever it asks for. Without the client account there is less to
/// list, and nothing less to read.
fn is_refused_admin(step: Step, error: &CommandError) -> bool {
    let is_of_account = matches!(
        error.code,
        ErrorCode::SignedOut | ErrorCode::NoAccount | ErrorCode::LicenceEnded | ErrorCode::ClientTooOld
    );
    is_of_account && account_of(step) == AccountKind::Admin
}

/// The account that a step is taken with.
fn account_of(step: Step) -> AccountKind {
    match step {
        Step::List(list) => reader_of(list),
        Step::Detail { .. } => AccountKind::Admin,
    }
}
