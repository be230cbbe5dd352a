//! Erasing everything this program keeps on this computer.

use std::sync::Arc;

use crate::error::{CommandError, ErrorCode};
use crate::state::Desk;
use crate::vault;
use crate::views::{AccountKind, AppState};

impl Desk {
    /// Erases every server, sign-in, what was seen, the journal and every choice, with their entries in the keyring.
    /// Nothing changes at the servers.
    ///
    /// # Errors
    /// [`ErrorCode::StillWriting`] while a request is under way that changes something: its outcome would be lost.
    /// [`ErrorCode::KeyringFailed`], [`ErrorCode::StoreFailed`] or [`ErrorCode::PreferencesFailed`] where one of them
    /// does not let go of what it has; what is not erased then is still there to be erased again.
    pub async fn erase_everything(&self) -> Result<AppState, CommandError> {
        if self.is_writing() {
            return Err(CommandError::plain(ErrorCode::StillWriting));
        }
        self.restore().await;
        let servers: Vec<String> = self.state().servers().map(|server| server.id.clone()).collect();
        for server in &servers {
            self.syncs.forget(server);
            for account in [AccountKind::Admin, AccountKind::Client, AccountKind::Billing] {
                let forgotten = self.forget_credential(server, account).await;
                forgotten.map_err(|_| CommandError::plain(ErrorCode::KeyringFailed))?;
            }
        }
        // First the key: without it the files can be read by nobody, whatever becomes of them.
        let keyring = Arc::clone(&self.setup.keyring);
        let removed = tokio::task::spawn_blocking(move || vault::remove_store_key(keyring.as_ref())).await;
        if !matches!(removed, Ok(Ok(()))) && self.state().is_keyring_available {
            return Err(CommandError::plain(ErrorCode::KeyringFailed));
        }
        self.erase_files().await?;
        {
            let mut state = self.state();
            state.forget_everything();
        }
        for server in &servers {
            self.reach.forget(server);
        }
        let preferences = Arc::clone(&self.setup.preferences);
        let _order = self.saving.lock().await;
        let erased = tokio::task::spawn_blocking(move || preferences.erase()).await;
        if !matches!(erased, Ok(Ok(()))) {
            return Err(CommandError::plain(ErrorCode::PreferencesFailed));
        }
        Ok(self.snapshot())
    }
}
