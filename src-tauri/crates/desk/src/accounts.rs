//! Accounts: signing in and out, sign-ins that renew themselves, and bringing them back from the keyring.
//!
//! A secret comes in once, goes to the server and to the keyring, and never back to the interface.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use secrecy::{ExposeSecret, SecretString};
use server_api::client::ClientSignIn;
use server_api::{ApiError, admin, client};

use crate::error::{CommandError, Doing, ErrorCode};
use crate::preferences::BillingChoice;
use crate::state::Desk;
use crate::vault::{self, Credential, KeyringError};
use crate::views::{
    AccountKind, AccountSignedOut, AccountView, AppState, BillingCredential, CaptchaAnswer, Proof,
    ServerView, SessionEnd, SetBilling, SignIn, SignInAccount, SignInState, SignOut,
};

/// The longest token that is taken for one: a pasted web page is not.
const LONGEST_TOKEN: usize = 16_384;

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
    fn new(credential: Credential, generation: u64) -> Self {
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

/// What a password is exchanged with.
struct Exchange<'e> {
    login: &'e str,
    password: &'e SecretString,
    captcha: Option<&'e CaptchaAnswer>,
    end_session: Option<u64>,
}

impl Desk {
    /// Signs an account in, over an earlier sign-in of it, and remembers it in the keyring.
    pub async fn sign_in(&self, request: SignIn) -> Result<ServerView, CommandError> {
        let kind = match request.account {
            SignInAccount::Admin => AccountKind::Admin,
            SignInAccount::Client => AccountKind::Client,
        };
        let server = request.server;
        let credential = match request.with {
            Proof::Token { token } => {
                let credential = pasted(&token)?;
                self.try_token(&server, kind, &credential).await?;
                credential
            }
            Proof::Password { login, password } => {
                let exchange = Exchange {
                    login: login.trim(),
                    password: &password,
                    captcha: request.captcha.as_ref(),
                    end_session: request.end_session,
                };
                let mut credential = self.exchange(&server, kind, &exchange).await?;
                if request.remember {
                    // The server may call the account otherwise than the person does: what signed in is kept.
                    credential.login = Some(login.trim().to_owned());
                    credential.password = Some(password);
                }
                credential
            }
        };
        self.hold(&server, kind, credential).await?;
        self.view(&server)
    }

    /// Asks the server whether it takes a pasted token, by a call that every such server has.
    ///
    /// # Errors
    /// Only where it says no: anything else shows itself when the token is first used.
    async fn try_token(
        &self,
        server: &str,
        kind: AccountKind,
        credential: &Credential,
    ) -> Result<(), CommandError> {
        let connection = self.connection(server).await?;
        let bearer = server_api::Bearer::new(credential.token.clone());
        // The undocumented list refuses a foreign token as any admin call does, and says nothing else that counts.
        let probe = match kind {
            AccountKind::Client => server_api::Probe::ClientCodes,
            AccountKind::Admin | AccountKind::Billing => server_api::Probe::AdminIntercoms,
        };
        match server_api::probe(&connection, Some(&bearer), probe).await {
            Err(error) if error.refused_with() == Some(401) => {
                Err(CommandError::of_call(error, Doing::SigningIn { account: kind, has_captcha: false }))
            }
            _ => Ok(()),
        }
    }

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

    /// Chooses what billing calls take.
    pub async fn set_billing(&self, request: SetBilling) -> Result<ServerView, CommandError> {
        let id = request.server;
        let choice = match request.credential {
            BillingCredential::None => BillingChoice::None,
            BillingCredential::Admin => BillingChoice::Admin,
            BillingCredential::Own { token } => {
                self.hold(&id, AccountKind::Billing, pasted(&token)?).await?;
                BillingChoice::Own
            }
        };
        if choice != BillingChoice::Own {
            self.state().server(&id)?;
            if self.forget_credential(&id, AccountKind::Billing).await.is_err() {
                return Err(CommandError::plain(ErrorCode::KeyringFailed));
            }
        }
        self.state().server_mut(&id)?.billing = choice;
        self.save().await?;
        self.view(&id)
    }

    /// Signs an account out: its credential is forgotten here, and where the server has a call for it, its session
    /// is ended there.
    pub async fn sign_out(&self, request: SignOut) -> Result<AccountSignedOut, CommandError> {
        let SignOut { server, account } = request;
        self.restore().await;
        let token = {
            let state = self.state();
            state.server(&server)?;
            let held = state.accounts.get(&(server.clone(), account));
            held.filter(|held| !held.is_refused).map(|held| held.credential.token.clone())
        };
        if self.forget_credential(&server, account).await.is_err() {
            return Err(CommandError::plain(ErrorCode::KeyringFailed));
        }
        let session = match (account, token) {
            // An ended sign-in has no session any more.
            (_, None) => SessionEnd::Ended,
            (AccountKind::Admin | AccountKind::Billing, Some(_)) => SessionEnd::Stays,
            (AccountKind::Client, Some(token)) => self.log_out(&server, token).await,
        };
        Ok(AccountSignedOut { server: self.view(&server)?, session })
    }

    async fn log_out(&self, server: &str, token: SecretString) -> SessionEnd {
        let Ok(connection) = self.connection(server).await else { return SessionEnd::Unknown };
        match client::logout(&connection, &server_api::Bearer::new(token)).await {
            Ok(()) => SessionEnd::Ended,
            Err(error) if error.refused_with() == Some(401) => SessionEnd::Ended,
            Err(error) if matches!(error.refused_with(), Some(404 | 405)) => SessionEnd::Stays,
            Err(_) => SessionEnd::Unknown,
        }
    }

    /// Brings the sign-ins of the last run back, once. May wait for a prompt of the system's keyring.
    pub async fn restore(&self) {
        self.restored.get_or_init(|| self.read_keyring()).await;
    }

    /// Looks for the keyring again, after the person unlocked it: sign-ins that stand there come back, and those of
    /// this run that live in memory alone go there.
    pub async fn retry_keyring(&self) -> Result<AppState, CommandError> {
        self.restore().await;
        self.read_keyring().await;
        let held: Vec<(String, Credential)> = {
            let state = self.state();
            let kept = state.accounts.iter().filter(|((server, _), _)| !state.is_demo(server));
            kept.map(|((server, kind), held)| (name(server, *kind), held.credential.clone())).collect()
        };
        let is_available = self.state().is_keyring_available;
        for (entry, credential) in held.into_iter().filter(|_| is_available) {
            let saved = self.keyring(move |keyring| vault::save(keyring, &entry, &credential)).await;
            saved.map_err(|_| CommandError::plain(ErrorCode::KeyringFailed))?;
        }
        Ok(self.app_state().await)
    }

    async fn read_keyring(&self) {
        let servers: Vec<String> =
            self.state().saved.servers.iter().map(|server| server.id.clone()).collect();
        let keyring = Arc::clone(&self.setup.keyring);
        let read = tokio::task::spawn_blocking(move || {
            let is_available = keyring.is_available();
            let mut found = Vec::new();
            for server in servers.iter().filter(|_| is_available) {
                for kind in [AccountKind::Admin, AccountKind::Client, AccountKind::Billing] {
                    if let Ok(Some(credential)) = vault::load(keyring.as_ref(), &name(server, kind)) {
                        found.push((server.clone(), kind, credential));
                    }
                }
            }
            (is_available, found)
        });
        let (is_available, found) = read.await.unwrap_or_default();
        let mut state = self.state();
        state.is_keyring_available = is_available;
        for (server, kind, credential) in found {
            if state.accounts.contains_key(&(server.clone(), kind)) {
                // Someone signed in meanwhile: that is newer than what stands in the keyring.
                continue;
            }
            let generation = state.next_generation();
            state.accounts.insert((server, kind), Held::new(credential, generation));
        }
    }

    /// Exchanges login and password for a token.
    async fn exchange(
        &self,
        server: &str,
        kind: AccountKind,
        exchange: &Exchange<'_>,
    ) -> Result<Credential, CommandError> {
        let Exchange { login, password, captcha, end_session } = *exchange;
        if login.is_empty() {
            return Err(CommandError::plain(ErrorCode::LoginMissing));
        }
        if password.expose_secret().is_empty() {
            return Err(CommandError::plain(ErrorCode::PasswordMissing));
        }
        let connection = self.connection(server).await?;
        let doing = Doing::SigningIn { account: kind, has_captcha: captcha.is_some() };
        let failed = |error: ApiError| CommandError::of_call(error, doing);
        let signed_in_at = Some(self.setup.clock.now());
        let (token, account, expires_at) = if kind == AccountKind::Admin {
            let session = admin::sign_in(&connection, login, password).await.map_err(failed)?;
            (session.token, session.account, session.expires_at)
        } else {
            let captcha =
                captcha.map(|answer| client::CaptchaAnswer { key: &answer.key, text: answer.text.trim() });
            let sign_in = ClientSignIn { login, password, captcha, end_session };
            let session = client::sign_in(&connection, &sign_in).await.map_err(failed)?;
            (session.token, session.account, None)
        };
        let login = account.login.unwrap_or_else(|| login.to_owned());
        let name = account.name;
        Ok(Credential { token, login: Some(login), name, expires_at, signed_in_at, password: None })
    }

    /// Takes a credential into memory and, where there is one, into the keyring.
    async fn hold(
        &self,
        server: &str,
        kind: AccountKind,
        credential: Credential,
    ) -> Result<(), CommandError> {
        // What the keyring still brings back must not come after this.
        self.restore().await;
        let is_demo = {
            let mut state = self.state();
            state.server(server)?;
            let generation = state.next_generation();
            state.accounts.insert((server.to_owned(), kind), Held::new(credential.clone(), generation));
            state.is_demo(server)
        };
        if !is_demo {
            let entry = name(server, kind);
            // A refusal is not an error of the sign-in: the secret lives in memory for this run, and the frame says so.
            let _ = self.keyring(move |keyring| vault::save(keyring, &entry, &credential)).await;
        }
        Ok(())
    }

    /// Signs the demo building in; its tokens live as long as it does.
    pub(crate) fn hold_demo(&self, server: &str, kind: AccountKind, token: &str) {
        let credential = Credential {
            token: SecretString::from(token.to_owned()),
            login: Some("demo".to_owned()),
            name: None,
            expires_at: None,
            signed_in_at: None,
            password: None,
        };
        let mut state = self.state();
        let generation = state.next_generation();
        state.accounts.insert((server.to_owned(), kind), Held::new(credential, generation));
    }

    /// Forgets a credential, in memory and in the keyring.
    pub(crate) async fn forget_credential(
        &self,
        server: &str,
        kind: AccountKind,
    ) -> Result<(), KeyringError> {
        self.restore().await;
        let is_demo = {
            let mut state = self.state();
            state.accounts.remove(&(server.to_owned(), kind));
            state.is_demo(server)
        };
        // Without a keyring there is nothing to forget in it.
        if is_demo || !self.state().is_keyring_available {
            return Ok(());
        }
        let entry = name(server, kind);
        self.keyring(move |keyring| vault::remove(keyring, &entry)).await
    }

    /// Works with the keyring off the event loop. One refusal is enough for the frame to say that it is not there:
    /// some sign-in will not outlive this run.
    async fn keyring(
        &self,
        work: impl FnOnce(&dyn vault::Keyring) -> Result<(), KeyringError> + Send + 'static,
    ) -> Result<(), KeyringError> {
        let keyring = Arc::clone(&self.setup.keyring);
        let done =
            tokio::task::spawn_blocking(move || work(keyring.as_ref())).await.unwrap_or(Err(KeyringError));
        if done.is_err() {
            self.state().is_keyring_available = false;
        }
        done
    }
}

/// The keyring entry of an account.
fn name(server: &str, kind: AccountKind) -> String {
    let kind = match kind {
        AccountKind::Admin => "admin",
        AccountKind::Client => "client",
        AccountKind::Billing => "billing",
    };
    format!("{server}/{kind}")
}

/// A pasted token, as it may have come with blanks or its scheme.
fn pasted(token: &SecretString) -> Result<Credential, CommandError> {
    let text = token.expose_secret().trim();
    let text = text.strip_prefix("Bearer ").unwrap_or(text).trim();
    // Anything else could not stand in a header.
    let is_usable =
        !text.is_empty() && text.len() <= LONGEST_TOKEN && text.bytes().all(|byte| byte.is_ascii_graphic());
    if !is_usable {
        return Err(CommandError::plain(ErrorCode::TokenMissing));
    }
    let token = SecretString::from(text.to_owned());
    Ok(Credential { token, login: None, name: None, expires_at: None, signed_in_at: None, password: None })
}
