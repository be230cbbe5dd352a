//! Sign-ins that end, and those that renew themselves.

use chrono::{DateTime, TimeDelta, Utc};

use crate::accounts::Exchange;
use crate::error::CommandError;
use crate::state::Desk;
use crate::vault::Credential;
use crate::views::{AccountKind, AccountView, SignInState};

/// A sign-in renews itself so long before its end that no call meets the end.
const RENEWED_BEFORE: TimeDelta = TimeDelta::minutes(1);

/// A credential in memory.
pub(crate) struct Held {
    pub(crate) credential: Credential,
    /// The server said no.
    pub(crate) is_refused: bool,
    /// The server did not renew it: not tried again until someone signs in.
    pub(crate) is_stuck: bool,
    /// Tells this sign-in from earlier ones of the same account.
    pub(crate) generation: u64,
}

impl Held {
    pub(crate) fn new(credential: Credential, generation: u64) -> Self {
        Self { credential, is_refused: false, is_stuck: false, generation }
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

    fn renews(&self) -> bool {
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

    /// Renews the sign-in of a generation with the remembered password; `false` where it cannot.
    ///
    /// # Errors
    /// Where the server could not be asked: the password may still be good.
    pub(crate) async fn renew(
        &self,
        server: &str,
        kind: AccountKind,
        generation: u64,
    ) -> Result<bool, CommandError> {
        let _one_at_a_time = self.renewing.lock().await;
        let key = (server.to_owned(), kind);
        let kept = match self.state().accounts.get(&key) {
            // Another call renewed it meanwhile.
            Some(held) if held.generation != generation => return Ok(true),
            Some(held) if held.renews() => held.credential.clone(),
            _ => return Ok(false),
        };
        let (Some(login), Some(password)) = (kept.login, kept.password) else { return Ok(false) };
        let exchange = Exchange { login: &login, password: &password, captcha: None, end_session: None };
        match self.exchange(server, kind, &exchange).await {
            Ok(credential) => {
                let credential = Credential { login: Some(login), password: Some(password), ..credential };
                self.hold(server, kind, credential).await?;
                tracing::info!(?kind, "a sign-in renewed itself");
                Ok(true)
            }
            Err(error) if error.retryable => Err(error),
            Err(_) => {
                // A wrong password, a captcha or too many sessions: a person has to look. Trying again by itself could
                // lock the account.
                if let Some(held) = self.state().accounts.get_mut(&key)
                    && held.generation == generation
                {
                    held.is_refused = true;
                    held.is_stuck = true;
                }
                Ok(false)
            }
        }
    }
}
