//! Erasing everything this program keeps on this computer.

use std::sync::Arc;

use crate::error::{CommandError, ErrorCode};
use crate::state::Desk;
use crate::vault;
use crate::views::{AppState, Memory};

impl Desk {
    /// Erases every server, sign-in, what was seen, the journal and every choice, with their entries in the keyring.
    /// Nothing changes at the servers.
    ///
    /// # Errors
    /// Where nothing was erased: [`ErrorCode::StillWriting`] while a request is under way that changes something, whose
    /// outcome would be lost; [`ErrorCode::StoreFailed`] where another process has the files open. Where all else was
    /// erased: [`ErrorCode::KeyringKept`] if the keyring did not let go of something, which is noted and removed by erasing
    /// again, or as soon as the keyring is there. [`ErrorCode::StoreFailed`] and [`ErrorCode::PreferencesFailed`] where the
    /// disk refuses.
    pub async fn erase_everything(&self) -> Result<AppState, CommandError> {
        if self.is_writing() {
            return Err(CommandError::plain(ErrorCode::StillWriting));
        }
        self.restore().await;
        if self.shelf.memory() == Memory::InUse {
            return Err(CommandError::plain(ErrorCode::StoreFailed));
        }
        let servers: Vec<String> = self.state().servers().map(|server| server.id.clone()).collect();
        for server in &servers {
            self.syncs.forget(server);
        }
        let (kept, is_key_removed) = self.empty_keyring().await;
        self.erase_files().await?;
        self.state().forget_everything(kept.clone());
        for server in &servers {
            self.reach.forget(server);
        }
        let preferences = Arc::clone(&self.setup.preferences);
        let erased = {
            let _order = self.saving.lock().await;
            tokio::task::spawn_blocking(move || preferences.erase()).await
        };
        if !matches!(erased, Ok(Ok(()))) {
            return Err(CommandError::plain(ErrorCode::PreferencesFailed));
        }
        if !kept.is_empty() {
            // Names of entries alone, so that they are known to be removed.
            self.save().await?;
        }
        if !kept.is_empty() || !is_key_removed {
            return Err(CommandError::plain(ErrorCode::KeyringKept));
        }
        Ok(self.snapshot())
    }

    /// Removes everything from the keyring that the list of servers leads to, and the key of the store's files. Returns the
    /// sign-ins it did not let go of, and whether it let go of the key.
    async fn empty_keyring(&self) -> (Vec<String>, bool) {
        let names = self.state().saved.keyring_entries();
        let keyring = Arc::clone(&self.setup.keyring);
        let _turn = self.keyring_turn.lock().await;
        let all = names.clone();
        let emptied = tokio::task::spawn_blocking(move || {
            // First the key: without it the files can be read by nobody, whatever becomes of them.
            let is_key_removed = vault::remove_store_key(keyring.as_ref()).is_ok();
            let kept: Vec<String> =
                names.into_iter().filter(|name| vault::remove(keyring.as_ref(), name).is_err()).collect();
            (kept, is_key_removed)
        });
        emptied.await.unwrap_or((all, false))
    }
}
