//! Accounts: signing in and out, and bringing sign-ins back from the keyring.
//!
//! A secret comes in once, goes to the server and to the keyring, and never back to the interface.

use std::sync::Arc;

use secrecy::{ExposeSecret, SecretString};
use server_api::client::ClientSignIn;
use server_api::{admin, client};

use crate::error::{CommandError, Doing, ErrorCode};
use crate::preferences::BillingChoice;
use crate::state::Desk;
use crate::vault::{self, Credential, KeyringError};
use crate::views::{
    AccountKind, AccountView, BillingCredential, Proof, ServerView, SetBilling, SignIn, SignInAccount,
    SignInState, SignOut,
};

/// The longest token that is taken for one: a pasted web page is not.
const LONGEST_TOKEN: usize = 16_384;

/// A credential in memory.
pub(crate) struct Held {
    pub(crate) credential: Credential,
    pub(crate) is_expired: bool,
    /// Tells this sign-in from earlier ones of the same account.
    pub(crate) generation: u64,
}

impl Held {
    pub(crate) fn view(&self) -> AccountView {
        AccountView {
            login: self.credential.login.clone(),
            name: self.credential.name.clone(),
            state: if self.is_expired { SignInState::Expired } else { SignInState::SignedIn },
            expires_at: self.credential.expires_at,
        }
    }
}

impl Desk {
    /// Signs an account in, over an earlier sign-in of it, and remembers it in the keyring.
    pub async fn sign_in(&self, request: SignIn) -> Result<ServerView, CommandError> {
        let kind = match request.account {
            SignInAccount::Admin => AccountKind::Admin,
            SignInAccount::Client => AccountKind::Client,
        };
        let credential = match request.with {
            Proof::Token { token } => pasted(&token)?,
            Proof::Password { login, password } => {
                self.exchange(&request.server, kind, &login, &password).await?
            }
        };
        self.hold(&request.server, kind, credential).await?;
        self.view(&request.server)
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

    /// Signs an account out here: its credential is forgotten.
    pub async fn sign_out(&self, request: SignOut) -> Result<ServerView, CommandError> {
        self.state().server(&request.server)?;
        if self.forget_credential(&request.server, request.account).await.is_err() {
            return Err(CommandError::plain(ErrorCode::KeyringFailed));
        }
        self.view(&request.server)
    }

    /// Brings the sign-ins of the last run back, once. May wait for a prompt of the system's keyring.
    pub async fn restore(&self) {
        self.restored.get_or_init(|| self.read_keyring()).await;
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
            let generation = state.next_generation();
            state.accounts.insert((server, kind), Held { credential, is_expired: false, generation });
        }
    }

    /// Exchanges login and password for a token.
    async fn exchange(
        &self,
        server: &str,
        kind: AccountKind,
        login: &str,
        password: &SecretString,
    ) -> Result<Credential, CommandError> {
        let login = login.trim();
        if login.is_empty() {
            return Err(CommandError::plain(ErrorCode::LoginMissing));
        }
        if password.expose_secret().is_empty() {
            return Err(CommandError::plain(ErrorCode::PasswordMissing));
        }
        let connection = self.connection(server).await?;
        let failed = |error| CommandError::of_call(error, Doing::SigningIn(kind));
        let (token, account, expires_at) = if kind == AccountKind::Admin {
            let session = admin::sign_in(&connection, login, password).await.map_err(failed)?;
            (session.token, session.account, session.expires_at)
        } else {
            let sign_in = ClientSignIn { login, password, captcha: None, end_session: None };
            let session = client::sign_in(&connection, &sign_in).await.map_err(failed)?;
            (session.token, session.account, None)
        };
        let login = account.login.unwrap_or_else(|| login.to_owned());
        Ok(Credential { token, login: Some(login), name: account.name, expires_at })
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
            let held = Held { credential: credential.clone(), is_expired: false, generation };
            state.accounts.insert((server.to_owned(), kind), held);
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
        };
        let mut state = self.state();
        let generation = state.next_generation();
        state.accounts.insert((server.to_owned(), kind), Held { credential, is_expired: false, generation });
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
    Ok(Credential { token, login: None, name: None, expires_at: None })
}
