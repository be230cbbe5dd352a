//! Deleting codes: asked once per bundle, and where the server lists codes, looked up afterwards.

use std::collections::BTreeMap;

use server_api::{ApiError, admin, client};

use super::rows::{self, Named};
use crate::error::{CommandError, ErrorCode};
use crate::learning::Verdict;
use crate::state::Desk;
use crate::views::{
    AccountKind, Capability, CodeDeleted, CodeListing, CodesDeleted, DeleteCodes, DeleteOutcome,
};

/// The most ids one call takes.
const BUNDLE: usize = 200;

/// The codes one call can delete: an account's, and of the admin account an intercom's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Owner {
    Client,
    Admin { intercom: u64 },
}

impl Desk {
    /// Deletes codes and says of each what became of it. A lost answer leaves a code unsettled; deleting again is
    /// safe, because a code that is not there is passed over.
    pub async fn delete_codes(&self, request: DeleteCodes) -> CodesDeleted {
        let server = request.server;
        let _writing = self.writing();
        let mut results = Vec::new();
        let mut bundles: BTreeMap<Owner, Vec<usize>> = BTreeMap::new();
        let mut ids = Vec::new();
        for key in request.keys.into_iter().take(super::LARGEST_WINDOW) {
            let named = self.store.with(&server, |rows| rows::named(rows, &key));
            let owner = named.as_ref().and_then(owner);
            if let Some(owner) = owner {
                bundles.entry(owner).or_default().push(results.len());
            }
            let (id, title) = named.map_or((0, String::new()), |named| (named.id, named.title));
            ids.push(id);
            let error = owner.is_none().then(|| CommandError::plain(ErrorCode::UnknownRecord));
            results.push(CodeDeleted { key, title, outcome: DeleteOutcome::Kept, error });
        }
        for (owner, places) in bundles {
            for places in places.chunks(BUNDLE) {
                let bundle: Vec<u64> = places.iter().map(|place| ids[*place]).collect();
                let (outcome, error) = self.delete_bundle(&server, owner, &bundle).await;
                for place in places {
                    results[*place].outcome = outcome;
                    results[*place].error.clone_from(&error);
                }
            }
            self.look_after(&server, owner, &places, &ids, &mut results).await;
        }
        CodesDeleted { results }
    }

    /// Deletes codes of one owner: at most 200 ids.
    async fn delete_bundle(
        &self,
        server: &str,
        owner: Owner,
        ids: &[u64],
    ) -> (DeleteOutcome, Option<CommandError>) {
        let (account, capability) = match owner {
            Owner::Client => (AccountKind::Client, Capability::DeleteClientCodes),
            Owner::Admin { .. } => (AccountKind::Admin, Capability::DeleteAdminCodes),
        };
        let access = match self.access(server, account).await {
            Ok(access) => access,
            Err(error) => return (DeleteOutcome::Kept, Some(error)),
        };
        let answer = match owner {
            Owner::Client => client::delete_codes(&access.connection, &access.bearer, ids).await,
            Owner::Admin { intercom } => {
                admin::delete_codes(&access.connection, &access.bearer, intercom, ids).await
            }
        };
        let verdict = self.judge(server, capability, &answer);
        self.learn(server, capability, verdict).await;
        match answer {
            Ok(()) => (DeleteOutcome::Deleted, None),
            Err(_) if verdict == Verdict::Missing => {
                (DeleteOutcome::Kept, Some(CommandError::not_offered(capability)))
            }
            Err(error) => {
                let is_lost = matches!(error, ApiError::SentNoUsableAnswer { .. });
                let outcome = if is_lost { DeleteOutcome::Unknown } else { DeleteOutcome::Kept };
                (outcome, Some(self.write_failed(&access, error).await))
            }
        }
    }

    /// Compares what the server said with what it lists now, where it lists codes, and keeps the result.
    async fn look_after(
        &self,
        server: &str,
        owner: Owner,
        places: &[usize],
        ids: &[u64],
        results: &mut [CodeDeleted],
    ) {
        let is_sent = |outcome| matches!(outcome, DeleteOutcome::Deleted | DeleteOutcome::Unknown);
        if !places.iter().any(|place| is_sent(results[*place].outcome)) {
            return;
        }
        let mut problems = Vec::new();
        let listing = match owner {
            Owner::Client => self.load_client_codes(server, &mut problems).await,
            Owner::Admin { intercom } => self.load_admin_codes_of(server, intercom, &mut problems).await,
        };
        let is_complete = matches!(listing, Ok(CodeListing::Complete));
        self.store.with(server, |rows| {
            let is_complete = is_complete
                && match owner {
                    Owner::Client => true,
                    Owner::Admin { intercom } => rows.proven_admin_lists.contains(&intercom),
                };
            for place in places {
                let (id, result) = (ids[*place], &mut results[*place]);
                if !is_sent(result.outcome) {
                    continue;
                }
                let is_listed = match owner {
                    Owner::Client => rows::is_listed(rows, id),
                    Owner::Admin { intercom } => rows::is_listed_by_admin(rows, intercom, id),
                };
                match (result.outcome, is_complete, is_listed) {
                    (_, true, false) => {
                        // The list is the last word: it is gone, whatever became of the answer.
                        result.outcome = DeleteOutcome::Deleted;
                        result.error = None;
                        rows::remove(rows, &result.key);
                    }
                    (DeleteOutcome::Deleted, true, true) => result.outcome = DeleteOutcome::StillThere,
                    (DeleteOutcome::Deleted, false, _) => rows::remove(rows, &result.key),
                    // A request that is still under way may yet be done, though the code is listed now.
                    _ => rows::mark_unsettled(rows, &result.key),
                }
            }
        });
    }
}

/// Whose code it is, where enough is known to delete it.
fn owner(named: &Named) -> Option<Owner> {
    match named.account {
        AccountKind::Client => Some(Owner::Client),
        _ => named.intercom.map(|intercom| Owner::Admin { intercom }),
    }
}
