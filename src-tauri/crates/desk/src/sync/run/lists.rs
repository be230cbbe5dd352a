//! The lists of a run: which are due, and how each is read.

use std::sync::PoisonError;
use std::sync::atomic::Ordering;

use store::{DetailsDue, SyncList};

use super::{Run, Step};
use crate::error::{CommandError, ErrorCode};
use crate::sync::{DETAILS_AGE, DETAILS_SPREAD, Filled, LISTS_AGE};
use crate::views::{AccountKind, Capability, CapabilityState, CodeListing, FlatListing, KeyListing};

impl Run<'_> {
    /// Plans what an intercom needs: its lists where they are old, and the flats that are due.
    pub(super) async fn look_over(&self, intercom: u64) -> Result<(), CommandError> {
        let flats = SyncList::Flats(intercom);
        if self.is_offered(Capability::Flats) && self.is_due(flats).await? {
            self.plan_list(flats);
            return Ok(());
        }
        self.plan_after_flats(intercom).await
    }

    /// Plans what follows an intercom's list of flats, whatever came of that: the flats that are due, and the list of keys. Some
    /// servers tell a line beside a key alone, and a flat that is not known yet could not take it in.
    pub(super) async fn plan_after_flats(&self, intercom: u64) -> Result<(), CommandError> {
        let keys = SyncList::Keys(intercom);
        if self.is_offered(Capability::Keys) && self.is_due(keys).await? {
            self.plan_list(keys);
        }
        self.plan_details(intercom).await
    }

    /// Plans the lists of codes that are old: the client account's and, intercom by intercom, those by flat. No page documents
    /// the latter: while nobody knows whether this server has them, the first that is old is asked for, and the others where that
    /// answers.
    pub(super) async fn look_over_codes(
        &self,
        intercoms: &[u64],
        sees_admin: bool,
    ) -> Result<(), CommandError> {
        let is_client = self.desk.may_see(&self.server, AccountKind::Client);
        if is_client && self.is_offered(Capability::ClientCodes) && self.is_due(SyncList::ClientCodes).await?
        {
            self.plan_list(SyncList::ClientCodes);
        }
        if !sees_admin || !self.is_offered(Capability::AdminCodes) {
            return Ok(());
        }
        let all = self.lists_codes_by_flat();
        self.plans_all_codes.store(all, Ordering::Relaxed);
        for intercom in intercoms {
            let list = SyncList::AdminCodes(*intercom);
            if self.is_due(list).await? {
                self.plan_list(list);
                if !all {
                    break;
                }
            }
        }
        Ok(())
    }

    fn is_offered(&self, capability: Capability) -> bool {
        let known = self.desk.knows(&self.server, capability);
        !matches!(known, CapabilityState::Missing | CapabilityState::Forbidden)
    }

    fn lists_codes_by_flat(&self) -> bool {
        self.desk.knows(&self.server, Capability::AdminCodes) == CapabilityState::Answers
    }

    fn plan_list(&self, list: SyncList) {
        self.progress(|progress| progress.lists_found(1));
        self.plan.add(Step::List(list));
    }

    /// Whether a list was never read, too long ago, or not by the run before that should have.
    async fn is_due(&self, list: SyncList) -> Result<bool, CommandError> {
        let read_at = self.desk.rows(&self.server, move |rows| rows.sync().listed_at(list)).await?;
        let now = self.desk.setup.clock.now();
        let is_old = read_at.is_none_or(|at| {
            at > now || at + LISTS_AGE <= now || (self.row.is_full && at < self.row.started_at)
        });
        Ok(is_old || self.missed_before.contains(&list))
    }

    pub(super) async fn plan_details(&self, intercom: u64) -> Result<(), CommandError> {
        if self.desk.knows(&self.server, Capability::FlatDetails) == CapabilityState::Missing {
            return Ok(());
        }
        let due = DetailsDue {
            now: self.desk.setup.clock.now(),
            before: self.row.is_full.then_some(self.row.started_at),
            age: DETAILS_AGE,
            spread: DETAILS_SPREAD,
        };
        let mut flats =
            self.desk.rows(&self.server, move |rows| rows.sync().details_due(intercom, due)).await?;
        {
            let failed = self.failed.lock().unwrap_or_else(PoisonError::into_inner);
            flats.retain(|flat| !failed.contains(&(intercom, *flat)));
        }
        self.progress(|progress| progress.flats_found(flats.len()));
        for flat in flats {
            self.plan.add(Step::Detail { intercom, flat });
        }
        Ok(())
    }

    /// Reads a list; whether all of it came. One that this server does not have is read whole.
    pub(super) async fn take_list(&self, list: SyncList) -> Result<bool, CommandError> {
        match list {
            SyncList::Keys(intercom) => {
                let loaded = self.desk.take_keys(&self.server, intercom, &self.way).await?;
                if loaded.listing == KeyListing::NoAccount {
                    return Err(self.no_account());
                }
                self.desk.syncs.tell_filled(&self.server, Filled::Intercom(intercom));
                Ok(loaded.listing != KeyListing::Partial)
            }
            SyncList::Flats(intercom) => {
                let loaded = self.desk.take_flats(&self.server, intercom, &self.way).await?;
                if loaded.listing == FlatListing::NoAccount {
                    return Err(self.no_account());
                }
                self.desk.syncs.tell_filled(&self.server, Filled::Intercom(intercom));
                self.plan_after_flats(intercom).await?;
                let is_whole = loaded.listing != FlatListing::Partial;
                if !is_whole {
                    self.note_unlisted(intercom);
                }
                Ok(is_whole)
            }
            SyncList::ClientCodes => {
                let mut problems = Vec::new();
                let listing = self.desk.load_client_codes(&self.server, &mut problems, &self.way).await?;
                self.desk.syncs.tell_filled(&self.server, Filled::Codes);
                Ok(listing != CodeListing::Partial)
            }
            SyncList::AdminCodes(intercom) => self.take_codes_of(intercom).await,
            // Every run begins with them.
            SyncList::ClientIntercoms | SyncList::AdminIntercoms => Ok(true),
        }
    }

    /// Reads the codes by flat of an intercom.
    async fn take_codes_of(&self, intercom: u64) -> Result<bool, CommandError> {
        let mut problems = Vec::new();
        let taken = self.desk.take_admin_codes(&self.server, intercom, &mut problems, &self.way).await;
        let listing = match taken {
            // It is not the account's, so it has no codes of the account's either.
            Err(error) if matches!(error.code, ErrorCode::NotFound | ErrorCode::Forbidden) => {
                return Ok(true);
            }
            listing => listing?,
        };
        if listing == CodeListing::NoAccount {
            return Err(self.no_account());
        }
        self.desk.syncs.tell_filled(&self.server, Filled::Codes);
        // Whoever made it known: the others are planned once.
        if self.lists_codes_by_flat() && !self.plans_all_codes.swap(true, Ordering::Relaxed) {
            let known = self.desk.rows(&self.server, |rows| rows.intercoms().all()).await?;
            for list in known.into_iter().map(|row| SyncList::AdminCodes(row.id)) {
                if list != SyncList::AdminCodes(intercom) && self.is_due(list).await? {
                    self.plan_list(list);
                }
            }
        }
        Ok(listing != CodeListing::Partial)
    }

    /// Whether a list that fails is missed: one that nobody promised and that never answered is not.
    pub(super) fn is_promised(&self, list: SyncList) -> bool {
        match list {
            SyncList::AdminCodes(_) => self.lists_codes_by_flat(),
            SyncList::AdminIntercoms => {
                self.desk.knows(&self.server, Capability::AdminIntercoms) == CapabilityState::Answers
            }
            _ => true,
        }
    }

    fn no_account(&self) -> CommandError {
        let params = serde_json::json!({"server": self.server, "account": AccountKind::Admin});
        CommandError::new(ErrorCode::NoAccount, params)
    }
}
