//! Reading the codes a server lists: the client account's (seed 002), and those by flat where it turns out to.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use server_api::{Bearer, Code, Connection, Listing, admin, client};
use store::{CodeRow, Codes, IntercomRow, Rows, SyncList};

use super::code_row;
use super::taking::{self, Listed};
use crate::directory::{is_whole, problem};
use crate::error::{CommandError, ErrorCode};
use crate::state::{Desk, SignedIn};
use crate::sync::Way;
use crate::views::{AccountKind, Capability, CodeListing, CodesLoaded, RecordProblem, ServerRef};

/// A listing of codes by flat that is younger than this is not asked for again: every write asks for all of them.
const FRESH: TimeDelta = TimeDelta::seconds(10);
/// Intercoms whose codes by flat are asked for: each costs a request.
const MOST_INTERCOMS: usize = 50;

impl Desk {
    /// Reads every code the server lists to the signed-in accounts.
    pub async fn load_codes(&self, request: ServerRef) -> Result<CodesLoaded, CommandError> {
        let server = request.server;
        let mut problems = Vec::new();
        let asked_at = self.setup.clock.now();
        let listing = self.load_client_codes(&server, &mut problems, &Way::straight()).await?;
        let admin_listing = match self.load_admin_codes(&server, &mut problems).await {
            Ok(listing) => listing,
            // It is nobody's promise: a failure of it must not hide the codes that were listed.
            Err(_) if listing != CodeListing::NoAccount => CodeListing::Partial,
            Err(error) => return Err(error),
        };
        let is_listed = |listing| matches!(listing, CodeListing::Complete | CodeListing::Partial);
        let confirmed_at = (is_listed(listing) || is_listed(admin_listing)).then_some(asked_at);
        Ok(CodesLoaded { listing, admin_listing, confirmed_at, problems })
    }

    /// Reads the client account's codes.
    pub(crate) async fn load_client_codes(
        &self,
        server: &str,
        problems: &mut Vec<RecordProblem>,
        way: &Way,
    ) -> Result<CodeListing, CommandError> {
        let asking = &way.asks(&self.setup.clock);
        let call = |connection: Arc<Connection>, bearer: Bearer| async move {
            client::codes(&asking.over(connection), &bearer).await
        };
        match self.read_as_whom(server, Capability::ClientCodes, call).await {
            Ok(Some((found, account))) => {
                let asked_at = asking.asked_at();
                let (rows, is_complete) = take_apart(found, problems);
                let listed = Listed { rows, is_complete, asked_at, account };
                let read = self.read_lists(server);
                let signed_in = self.signed_in(server, AccountKind::Client);
                let take = move |codes: &mut Codes, rows: &Rows<'_>| {
                    if is_anothers(&listed, &signed_in) {
                        return Ok(false);
                    }
                    for code in &listed.rows {
                        keep_intercom(rows, code, asked_at)?;
                    }
                    taking::take_listing(codes, listed);
                    if is_complete {
                        read.add(rows, SyncList::ClientCodes, asked_at)?;
                    }
                    Ok(is_complete)
                };
                Ok(told(self.codes(server, take).await?))
            }
            Ok(None) => Ok(CodeListing::NotOffered),
            Err(error) if error.code == ErrorCode::NoAccount => Ok(CodeListing::NoAccount),
            Err(error) => Err(error),
        }
    }

    /// Reads the codes by flat, intercom by intercom, where this server lists them. No page documents that call.
    async fn load_admin_codes(
        &self,
        server: &str,
        problems: &mut Vec<RecordProblem>,
    ) -> Result<CodeListing, CommandError> {
        let since = self.setup.clock.now() - FRESH;
        let look = move |codes: &mut Codes, rows: &Rows<'_>| {
            let intercoms = rows.intercoms().all()?.into_iter().map(|row| row.id);
            let is_due = |intercom: &u64| !taking::is_fresh(codes, *intercom, since);
            let (count, due) = (intercoms.len(), intercoms.take(MOST_INTERCOMS).filter(is_due).collect());
            Ok::<(usize, Vec<u64>), _>((count, due))
        };
        let (count, due) = self.codes(server, look).await?;
        let mut is_complete = count <= MOST_INTERCOMS;
        for intercom in due {
            match self.load_admin_codes_of(server, intercom, problems).await? {
                CodeListing::Complete => {}
                CodeListing::Partial => is_complete = false,
                other => return Ok(other),
            }
        }
        Ok(told(is_complete))
    }

    /// Reads the codes by flat of one intercom, among those of others.
    pub(super) async fn load_admin_codes_of(
        &self,
        server: &str,
        intercom: u64,
        problems: &mut Vec<RecordProblem>,
    ) -> Result<CodeListing, CommandError> {
        match self.take_admin_codes(server, intercom, problems, &Way::straight()).await {
            // The intercom is not the account's or not there any more: the others are.
            Err(error) if matches!(error.code, ErrorCode::NotFound | ErrorCode::Forbidden) => {
                Ok(CodeListing::Partial)
            }
            answer => answer,
        }
    }

    /// The same, on any way; an intercom that the account may not ask is an error.
    pub(crate) async fn take_admin_codes(
        &self,
        server: &str,
        intercom: u64,
        problems: &mut Vec<RecordProblem>,
        way: &Way,
    ) -> Result<CodeListing, CommandError> {
        let asking = &way.asks(&self.setup.clock);
        let call = |connection: Arc<Connection>, bearer: Bearer| async move {
            admin::codes(&asking.over(connection), &bearer, intercom).await
        };
        match self.read_as_whom(server, Capability::AdminCodes, call).await {
            Ok(Some((found, account))) => {
                let asked_at = asking.asked_at();
                let (rows, is_complete) = take_apart(found, problems);
                let listed = Listed { rows, is_complete, asked_at, account };
                let read = self.read_lists(server);
                let signed_in = self.signed_in(server, AccountKind::Admin);
                let take = move |codes: &mut Codes, rows: &Rows<'_>| {
                    if is_anothers(&listed, &signed_in) {
                        return Ok(false);
                    }
                    taking::take_admin_listing(codes, intercom, listed);
                    if is_complete {
                        read.add(rows, SyncList::AdminCodes(intercom), asked_at)?;
                    }
                    Ok(is_complete)
                };
                Ok(told(self.codes(server, take).await?))
            }
            Ok(None) => Ok(CodeListing::NotOffered),
            Err(error) if error.code == ErrorCode::NoAccount => Ok(CodeListing::NoAccount),
            Err(error) => Err(error),
        }
    }
}

/// Whether a list came for somebody who is not signed in any more: whoever is now is shown none of it. Asked at the store, where
/// whoever signs in forgets what was listed before: that comes before this, or after all of it.
fn is_anothers(listed: &Listed, signed_in: &SignedIn) -> bool {
    signed_in.is_another_than(listed.account.as_deref())
}

/// What there is to say of a list that came.
fn told(is_complete: bool) -> CodeListing {
    if is_complete { CodeListing::Complete } else { CodeListing::Partial }
}

/// An intercom that is known from its codes alone is one, too: some servers list no others.
fn keep_intercom(rows: &Rows<'_>, code: &CodeRow, told_at: DateTime<Utc>) -> Result<(), store::Error> {
    if let Some(id) = code.intercom
        && rows.intercoms().get(id)?.is_none()
    {
        let title = code.intercom_title.clone();
        rows.intercoms().put(&IntercomRow { title, ..IntercomRow::nameless(id, told_at) })?;
    }
    Ok(())
}

/// A listing's rows, and whether a code that it does not have is gone: one that could not be read is not.
fn take_apart(found: Listing<Code>, problems: &mut Vec<RecordProblem>) -> (Vec<CodeRow>, bool) {
    let is_complete = is_whole(&found);
    problems.extend(found.problems.iter().map(problem));
    (found.items.into_iter().map(code_row).collect(), is_complete)
}
