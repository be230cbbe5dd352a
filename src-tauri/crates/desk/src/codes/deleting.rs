//! Deleting codes: asked once per bundle, and where the server lists codes, looked up afterwards.

use std::collections::BTreeMap;

use server_api::{ApiError, admin, client};
use store::{Codes, Rows};

use super::rows::{self, Named};
use crate::error::{CommandError, ErrorCode};
use crate::learning::Verdict;
use crate::state::Desk;
use crate::sync::Way;
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

impl Owner {
    fn account(self) -> AccountKind {
        match self {
            Self::Client => AccountKind::Client,
            Self::Admin { .. } => AccountKind::Admin,
        }
    }
}

impl Desk {
    /// Deletes codes and says of each what became of it. A lost answer leaves a code unsettled; deleting again is
    /// safe, because a code that is not there is passed over.
    pub async fn delete_codes(&self, request: DeleteCodes) -> Result<CodesDeleted, CommandError> {
        let server = request.server;
        let _writing = self.writing();
        let mut results = Vec::new();
        let mut bundles: BTreeMap<Owner, Vec<usize>> = BTreeMap::new();
        let mut ids = Vec::new();
        let keys: Vec<String> = request.keys.into_iter().take(super::LARGEST_WINDOW).collect();
        let find = move |codes: &mut Codes, _: &Rows<'_>| {
            let named = |key: String| (rows::named(codes, &key), key);
            Ok::<Vec<(Option<Named>, String)>, _>(keys.into_iter().map(named).collect())
        };
        for (named, key) in self.codes(&server, find).await? {
            // Whoever is signed out is told so by the call.
            let issuer = named.as_ref().and_then(|named| Some((named.account, named.issuer.as_deref()?)));
            let is_anothers = issuer.is_some_and(|(account, issuer)| {
                self.signed_in(&server, account).is_another_than(Some(issuer))
            });
            let owner = named.as_ref().filter(|_| !is_anothers).and_then(owner);
            if let Some(owner) = owner {
                bundles.entry(owner).or_default().push(results.len());
            }
            let (id, title) = named.map_or((0, String::new()), |named| (named.id, named.title));
            ids.push(id);
            let why = if is_anothers { ErrorCode::OtherAccount } else { ErrorCode::UnknownRecord };
            let error = owner.is_none().then(|| CommandError::plain(why));
            results.push(CodeDeleted { key, title, outcome: DeleteOutcome::Kept, error });
        }
        for (owner, places) in bundles {
            let whose = self.whose(&server, owner.account());
            for places in places.chunks(BUNDLE) {
                let bundle: Vec<u64> = places.iter().map(|place| ids[*place]).collect();
                let (outcome, error) = self.delete_bundle(&server, owner, &bundle).await;
                for place in places {
                    results[*place].outcome = outcome;
                    results[*place].error.clone_from(&error);
                }
            }
            self.look_after(&server, owner, whose, &places, &ids, &mut results).await;
        }
        Ok(CodesDeleted { results })
    }

    /// Deletes codes of one owner: at most 200 ids.
    async fn delete_bundle(
        &self,
        server: &str,
        owner: Owner,
        ids: &[u64],
    ) -> (DeleteOutcome, Option<CommandError>) {
        let capability = match owner {
            Owner::Client => Capability::DeleteClientCodes,
            Owner::Admin { .. } => Capability::DeleteAdminCodes,
        };
        let access = match self.access(server, owner.account()).await {
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

    /// Compares what the server said with what it lists now, where it lists codes, and keeps the result. `whose` they were when
    /// the server was asked: the list of another account has none of them.
    async fn look_after(
        &self,
        server: &str,
        owner: Owner,
        whose: Option<String>,
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
            Owner::Client => self.load_client_codes(server, &mut problems, &Way::straight()).await,
            Owner::Admin { intercom } => self.load_admin_codes_of(server, intercom, &mut problems).await,
        };
        let is_complete = matches!(listing, Ok(CodeListing::Complete));
        let mut sent: Vec<(usize, u64, String, DeleteOutcome)> = places
            .iter()
            .map(|place| (*place, ids[*place], results[*place].key.clone(), results[*place].outcome))
            .filter(|(.., outcome)| is_sent(*outcome))
            .collect();
        let signed_in = self.signed_in(server, owner.account());
        let compare = move |codes: &mut Codes, _: &Rows<'_>| {
            let is_complete = is_complete
                && !signed_in.is_another_than(whose.as_deref())
                && match owner {
                    Owner::Client => codes.listed_at.is_some(),
                    Owner::Admin { intercom } => {
                        codes.proven_lists.contains(&intercom) && codes.listed_by_flat.contains_key(&intercom)
                    }
                };
            for (_, id, key, outcome) in &mut sent {
                let is_listed = match owner {
                    Owner::Client => rows::is_listed(codes, *id),
                    Owner::Admin { intercom } => rows::is_listed_by_admin(codes, intercom, *id),
                };
                match (*outcome, is_complete, is_listed) {
                    (_, true, false) => {
                        // The list is the last word: it is gone, whatever became of the answer.
                        *outcome = DeleteOutcome::Deleted;
                        rows::remove(codes, key);
                    }
                    (DeleteOutcome::Deleted, true, true) => *outcome = DeleteOutcome::StillThere,
                    (DeleteOutcome::Deleted, false, _) => rows::remove(codes, key),
                    // A request that is still under way may yet be done, though the code is listed now.
                    _ => rows::mark_unsettled(codes, key),
                }
            }
            Ok(sent)
        };
        // What the server said is told whatever the disk says.
        for (place, .., outcome) in self.codes(server, compare).await.unwrap_or_default() {
            results[place].outcome = outcome;
            if outcome == DeleteOutcome::Deleted {
                results[place].error = None;
            }
        }
    }
}

/// Whose code it is, where enough is known to delete it.
fn owner(named: &Named) -> Option<Owner> {
    match named.account {
        AccountKind::Client => Some(Owner::Client),
        _ => named.intercom.map(|intercom| Owner::Admin { intercom }),
    }
}
