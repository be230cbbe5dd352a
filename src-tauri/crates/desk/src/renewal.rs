//! Sign-ins that end, and those that renew themselves.

use chrono::{DateTime, TimeDelta, Utc};

use server_api::{ApiError, Probe};

use crate::accounts::Exchange;
use crate::error::{CommandError, ErrorCode};
use crate::preferences::BillingChoice;
use crate::state::{Access, Desk};
use crate::vault::Credential;
use crate::views::{AccountKind, AccountView, SignInState};

/// A sign-in renews itself so long before its end that no call meets the end.
const RENEWED_BEFORE: TimeDelta = TimeDelta::minutes(1);
/// A server that could not renew a sign-in is left alone so long, and never longer, whatever it asks for.
const TRIED_AGAIN_AFTER: TimeDelta = TimeDelta::seconds(5);
const LONGEST_WAIT: TimeDelta = TimeDelta::minutes(5);

/// A credential in memory.
pub(crate) struct Held {
    pub(crate) credential: Credential,
    /// The server said no.
    pub(crate) is_refused: bool,
    /// The server wants a person for it: not tried again until someone signs in.
    pub(crate) is_stuck: bool,
    /// How the last try to renew it failed on the way, and until when nobody tries again.
    failed: Option<(CommandError, DateTime<Utc>)>,
    /// Tells this sign-in from earlier ones of the same account.
    pub(crate) generation: u64,
}

impl Held {
    pub(crate) fn new(credential: Credential, generation: u64) -> Self {
        Self { credential, is_refused: false, is_stuck: false, failed: None, generation }
    }

    pub(crate) fn view(&self, now: DateTime<Utc>) -> AccountView {
        AccountView {
            login: self.credential.login.clone(),
            name: self.credential.name.clone(),
            state: if self.is_over(now) && !self.renews() {
                SignInState::Expired
            } else {
                SignInState::SignedIn
            },
            expires_at: self.ends_at(),
            remembered: self.credential.password.is_some(),
        }
    }

    /// Whether the server takes it no more, as far as is known.
    pub(crate) fn is_over(&self, now: DateTime<Utc>) -> bool {
        self.is_refused || self.ends_at().is_some_and(|end| end <= now)
    }

    /// Its end. A server whose clock is far behind gives out tokens that ended before they were given, by this
    /// computer's clock: of those only the server can tell.
    fn ends_at(&self) -> Option<DateTime<Utc>> {
        let signed_in_at = self.credential.signed_in_at;
        self.credential
            .expires_at
            .filter(|end| signed_in_at.is_none_or(|start| *end > start + RENEWED_BEFORE))
    }

    pub(crate) fn renews(&self) -> bool {
        self.credential.password.is_some() && self.credential.login.is_some() && !self.is_stuck
    }

    fn is_due(&self, now: DateTime<Utc>) -> bool {
        self.renews() && (self.is_refused || self.ends_at().is_some_and(|end| end - RENEWED_BEFORE <= now))
    }
}

impl Desk {
    /// Renews a sign-in that is about to end, or has ended, where the person asked to be remembered.
    pub(crate) async fn renew_if_due(&self, server: &str, kind: AccountKind) -> Result<(), CommandError> {
        let now = self.setup.clock.now();
        let key = (server.to_owned(), kind);
        let due = self.state().accounts.get(&key).filter(|held| held.is_due(now)).map(|held| held.generation);
        match due {
            Some(generation) => self.renew(server, kind, generation).await.map(|_| ()),
            None => Ok(()),
        }
    }

    /// Whether a sign-in that ends could not be renewed the last time, for a reason that may pass.
    pub(crate) fn could_not_renew(&self, server: &str, kind: AccountKind) -> bool {
        let key = (server.to_owned(), kind);
        self.state().accounts.get(&key).is_some_and(|held| held.failed.is_some())
    }

    /// Renews the sign-in of a generation with the remembered password; `false` where it cannot.
    ///
    /// Calls that fail together renew it once and share what came of it. A password that the server refuses is
    /// forgotten, here and in the keyring: trying it again could lock the account.
    ///
    /// # Errors
    /// Where the server could not be asked: the password may still be good.
    pub(crate) async fn renew(
        &self,
        server: &str,
        kind: AccountKind,
        generation: u64,
    ) -> Result<bool, CommandError> {
        let _one_at_a_time = self.turn(format!("renewal of {server} {kind:?}")).await;
        let key = (server.to_owned(), kind);
        let now = self.setup.clock.now();
        let kept = match self.state().accounts.get(&key) {
            // Another call renewed it meanwhile, or somebody signed in.
            Some(held) if held.generation != generation => return Ok(true),
            Some(Held { failed: Some((error, until)), .. }) if now < *until => return Err(error.clone()),
            Some(held) if held.renews() => held.credential.clone(),
            _ => return Ok(false),
        };
        let (Some(login), Some(password)) = (kept.login, kept.password) else { return Ok(false) };
        let exchange = Exchange { login: &login, password: &password, captcha: None, end_session: None };
        match self.exchange(server, kind, &exchange).await {
            Ok(credential) => {
                let credential = Credential { login: Some(login), password: Some(password), ..credential };
                self.hold_over(server, kind, credential, generation).await
            }
            Err(error) => {
                let is_refused = error.code == ErrorCode::SignInRefused;
                let wants_person =
                    matches!(error.code, ErrorCode::CaptchaRequired | ErrorCode::TooManySessions);
                {
                    let mut state = self.state();
                    let held = state.accounts.get_mut(&key).filter(|held| held.generation == generation);
                    let Some(held) = held else { return Ok(false) };
                    if !is_refused && !wants_person {
                        let seconds = error.params.get("seconds").and_then(serde_json::Value::as_i64);
                        let wait = seconds.map_or(TRIED_AGAIN_AFTER, TimeDelta::seconds);
                        held.failed =
                            Some((error.clone(), now + wait.clamp(TRIED_AGAIN_AFTER, LONGEST_WAIT)));
                        return Err(error);
                    }
                    held.is_refused = true;
                    held.is_stuck = true;
                    if is_refused {
                        held.credential.password = None;
                    }
                }
                if is_refused && self.mirror(server, kind).await.is_err() {
                    tracing::warn!("a refused password could not be taken out of the keyring");
                }
                Ok(false)
            }
        }
    }

    /// Whose sign-in renewed itself after a write met 401, if any did.
    pub(crate) async fn renewed_for_write<B>(&self, access: &Access<B>) -> Option<AccountKind> {
        let server = &access.server;
        let uses_admin = access.account == AccountKind::Billing
            && self.state().server(server).is_ok_and(|saved| saved.billing == BillingChoice::Admin);
        if !uses_admin {
            let renewed = self.renew(server, access.account, access.generation).await;
            return matches!(renewed, Ok(true)).then_some(access.account);
        }
        // A billing that does not take the admin's token says nothing about it: the admin API does.
        let admin = self.access(server, AccountKind::Admin).await.ok()?;
        let has_ended = matches!(self.is_over_for_admin_api(&admin).await, Ok(true));
        if has_ended && matches!(self.renew(server, AccountKind::Admin, admin.generation).await, Ok(true)) {
            return Some(AccountKind::Admin);
        }
        None
    }

    /// Whether the admin API says that it takes a sign-in no more.
    ///
    /// # Errors
    /// Where it says nothing.
    pub(crate) async fn is_over_for_admin_api(&self, access: &Access) -> Result<bool, ApiError> {
        let what = self.admin_question(&access.server).await;
        match server_api::probe(&access.connection, Some(&access.bearer), what).await {
            Ok(_) => Ok(false),
            Err(error) => match error.refused_with() {
                Some(401) => Ok(true),
                Some(status) if status != 429 => Ok(false),
                _ => Err(error),
            },
        }
    }

    /// A question that every admin API answers with 401 to a token it does not take, whatever else it says.
    pub(crate) async fn admin_question(&self, server: &str) -> Probe {
        Probe::Flats { intercom: self.some_intercom(server).await.unwrap_or(1) }
    }
}
