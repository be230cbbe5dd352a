//! Credentials in memory and in the keyring: taken in, brought back, forgotten.

use std::sync::Arc;

use secrecy::SecretString;

use crate::error::{CommandError, ErrorCode};
use crate::renewal::Held;
use crate::state::Desk;
use crate::vault::{self, Credential, KeyringError};
use crate::views::{AccountKind, AppState};

impl Desk {
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

    /// Takes a credential into memory and, where there is one, into the keyring.
    pub(crate) async fn hold(
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
