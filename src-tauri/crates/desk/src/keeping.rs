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
        self.restored
            .get_or_init(|| async {
                self.read_keyring().await;
                self.open_files().await;
            })
            .await;
    }

    /// Looks for the keyring again, after the person unlocked it: sign-ins that stand there come back, and those of
    /// this run that live in memory alone go there.
    pub async fn retry_keyring(&self) -> Result<AppState, CommandError> {
        self.restore().await;
        self.read_keyring().await;
        self.open_files().await;
        let held: Vec<(String, AccountKind)> = {
            let state = self.state();
            state.accounts.keys().filter(|(server, _)| !state.is_demo(server)).cloned().collect()
        };
        let is_available = self.state().is_keyring_available;
        for (server, kind) in held.into_iter().filter(|_| is_available) {
            let saved = self.mirror(&server, kind).await;
            saved.map_err(|_| CommandError::plain(ErrorCode::KeyringFailed))?;
        }
        Ok(self.app_state().await)
    }

    async fn read_keyring(&self) {
        let _turn = self.keyring_turn.lock().await;
        let (servers, forgotten) = {
            let state = self.state();
            let servers: Vec<String> = state.saved.servers.iter().map(|server| server.id.clone()).collect();
            (servers, state.saved.to_forget.clone())
        };
        let keyring = Arc::clone(&self.setup.keyring);
        let read = tokio::task::spawn_blocking(move || {
            let is_available = keyring.is_available();
            let mut found = Vec::new();
            for server in servers.iter().filter(|_| is_available) {
                for kind in [AccountKind::Admin, AccountKind::Client, AccountKind::Billing] {
                    let entry = name(server, kind);
                    if forgotten.contains(&entry) {
                        continue;
                    }
                    if let Ok(Some(credential)) = vault::load(keyring.as_ref(), &entry) {
                        found.push((server.clone(), kind, credential));
                    }
                }
            }
            // What could not be removed when it was signed out goes now.
            let kept = forgotten
                .into_iter()
                .filter(|entry| !is_available || vault::remove(keyring.as_ref(), entry).is_err())
                .collect();
            (is_available, found, kept)
        });
        let (is_available, found, kept): (_, _, Vec<String>) = read.await.unwrap_or_default();
        let is_news = {
            let mut state = self.state();
            state.is_keyring_available = is_available;
            for (server, kind, credential) in found {
                let key = (server, kind);
                // Whoever signed in or out meanwhile is newer than what stands in the keyring.
                if !state.accounts.contains_key(&key) && !state.departed.contains(&key) {
                    let generation = state.next_generation();
                    state.accounts.insert(key, Held::new(credential, generation));
                }
            }
            let before = state.saved.to_forget.len();
            state.saved.to_forget.retain(|entry| kept.contains(entry));
            state.saved.to_forget.len() != before
        };
        if is_news && self.save().await.is_err() {
            tracing::warn!("what was removed from the keyring could not be noted");
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
        // After everything was erased there are none.
        self.open_files().await;
        {
            let mut state = self.state();
            state.server(server)?;
            let generation = state.next_generation();
            let key = (server.to_owned(), kind);
            state.departed.remove(&key);
            state.accounts.insert(key, Held::new(credential, generation));
        }
        self.reconsider(server, kind);
        // A refusal is not an error of the sign-in: the secret lives in memory for this run, and the frame says so.
        let _ = self.mirror(server, kind).await;
        Ok(())
    }

    /// Takes a credential in place of that of a generation; `false` where somebody signed out or in meanwhile, who then
    /// has the last word.
    pub(crate) async fn hold_over(
        &self,
        server: &str,
        kind: AccountKind,
        credential: Credential,
        generation: u64,
    ) -> Result<bool, CommandError> {
        let token = {
            let mut state = self.state();
            let next = state.next_generation();
            match state.accounts.get_mut(&(server.to_owned(), kind)) {
                Some(held) if held.generation == generation => {
                    *held = Held::new(credential, next);
                    None
                }
                held => Some((credential.token, held.is_some())),
            }
        };
        let Some((token, is_held)) = token else {
            let _ = self.mirror(server, kind).await;
            tracing::info!(?kind, "a sign-in renewed itself");
            return Ok(true);
        };
        if kind == AccountKind::Client {
            // Nobody will use this session: it would count against the account's limit.
            self.log_out(server, token).await;
        }
        Ok(is_held)
    }

    /// Makes the keyring's entry of an account what memory says now.
    pub(crate) async fn mirror(&self, server: &str, kind: AccountKind) -> Result<(), KeyringError> {
        let _turn = self.keyring_turn.lock().await;
        let held = {
            let state = self.state();
            if state.is_demo(server) {
                return Ok(());
            }
            state.accounts.get(&(server.to_owned(), kind)).map(|held| held.credential.clone())
        };
        let entry = name(server, kind);
        let is_held = held.is_some();
        let done = self
            .keyring({
                let entry = entry.clone();
                move |keyring| match held {
                    Some(credential) => vault::save(keyring, &entry, &credential).inspect_err(|_| {
                        // Better none than the one before, which may be somebody else's.
                        let _ = vault::remove(keyring, &entry);
                    }),
                    None => vault::remove(keyring, &entry),
                }
            })
            .await;
        let is_news = {
            let mut state = self.state();
            let before = state.saved.to_forget.len();
            state.saved.to_forget.retain(|one| *one != entry);
            if done.is_err() && !is_held {
                state.saved.to_forget.push(entry);
            }
            state.saved.to_forget.len() != before || (done.is_err() && !is_held)
        };
        if is_news && self.save().await.is_err() {
            tracing::warn!("what is to be removed from the keyring could not be noted");
        }
        done
    }

    /// Signs the demo building in; its tokens live as long as it does.
    pub(crate) fn hold_demo(&self, server: &str, kind: AccountKind, token: &str) {
        let credential = Credential {
            token: SecretString::from(token.to_owned()),
            login: Some("demo".to_owned()),
            account: None,
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
    ///
    /// # Errors
    /// Where a keyring that was there does not let go of it: then it stays, and can be forgotten again. Where there was
    /// none, what it may still have is noted and removed as soon as it is there.
    pub(crate) async fn forget_credential(
        &self,
        server: &str,
        kind: AccountKind,
    ) -> Result<(), KeyringError> {
        self.restore().await;
        let key = (server.to_owned(), kind);
        let (held, was_available) = {
            let mut state = self.state();
            state.departed.insert(key.clone());
            (state.accounts.remove(&key), state.is_keyring_available)
        };
        match self.mirror(server, kind).await {
            Err(error) if was_available => {
                let mut state = self.state();
                if let Some(held) = held
                    && !state.accounts.contains_key(&key)
                {
                    state.departed.remove(&key);
                    state.accounts.insert(key, held);
                }
                Err(error)
            }
            _ => Ok(()),
        }
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
pub(crate) fn name(server: &str, kind: AccountKind) -> String {
    let kind = match kind {
        AccountKind::Admin => "admin",
        AccountKind::Client => "client",
        AccountKind::Billing => "billing",
    };
    format!("{server}/{kind}")
}
