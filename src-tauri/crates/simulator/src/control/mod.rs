//! The side door for tests: faults on demand, what was received, and what the server holds.

mod call;
mod door;
mod fault;
mod interference;
mod record;
mod wrong_echo;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Router;
use chrono::{DateTime, Utc};
use serde::Serialize;
use tokio::sync::watch;

pub use call::Call;
pub use door::{ControlDoor, open_door};
pub use fault::{Fault, Times};
pub use record::ReceivedRequest;

use crate::Account;
use crate::codes::Maker;
use crate::installation::Shared;
use crate::serving::{Certificate, CertificateError, Door};
use fault::ArmedFault;
use record::Record;

/// Everything a test can do to a running simulator. Clones reach the same one.
#[derive(Clone)]
pub struct Control {
    installation: Shared,
    door: watch::Sender<Door>,
    armed: Arc<Mutex<Vec<ArmedFault>>>,
    record: Arc<watch::Sender<Record>>,
}

/// A code the server still knows, whoever made it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ListedCode {
    /// Its id.
    pub id: u64,
    /// Its title, as kept.
    pub title: String,
    /// Its five digits.
    pub code: String,
    /// Which account made it.
    pub account: Account,
    /// The intercom it opens.
    pub intercom_id: u64,
    /// The record id of its flat; `None` for the client account's codes.
    pub flat_id: Option<u64>,
    /// When it stops opening the door.
    pub expired_at: DateTime<Utc>,
}

impl Control {
    pub(crate) fn new(installation: Shared, door: watch::Sender<Door>) -> Self {
        let record = Arc::new(watch::Sender::new(Record::default()));
        Self { installation, door, armed: Arc::default(), record }
    }

    /// Arms a fault for the next requests of a call. One request meets one fault: the one armed first.
    pub fn fault(&self, call: Call, fault: Fault, times: Times) {
        self.armed().push(ArmedFault { call, fault, times });
    }

    /// Disarms every fault.
    pub fn clear(&self) {
        self.armed().clear();
    }

    /// Ends every session of an account, the tokens made for the run included: what used them now gets 401.
    pub fn expire(&self, account: Account) {
        self.installation.world().sessions.end(|session| session.account == account);
    }

    /// Serves a new self-signed certificate on the same port and ends every connection. Does nothing over plain HTTP.
    ///
    /// # Errors
    /// [`CertificateError`] when no certificate can be made; the old one then stays.
    pub fn change_certificate(&self) -> Result<(), CertificateError> {
        let certificate = Arc::new(Certificate::self_signed(self.installation.now())?);
        self.door.send_if_modified(|door| {
            let is_tls = matches!(door, Door::Tls(_));
            if is_tls {
                *door = Door::Tls(certificate);
            }
            is_tls
        });
        Ok(())
    }

    /// Every request received so far, in the order they arrived.
    #[must_use]
    pub fn requests(&self) -> Vec<ReceivedRequest> {
        self.record.borrow().requests.clone()
    }

    /// Waits until at least `times` requests of a call were received and their work is done, answered or not.
    pub async fn wait_until_done(&self, call: Call, times: usize) {
        let mut record = self.record.subscribe();
        // The sender lives in `self`, so the wait cannot fail.
        let _ = record.wait_for(|record| record.done(call) >= times).await;
    }

    /// The codes the server knows, expired ones included until they vanish.
    #[must_use]
    pub fn codes(&self) -> Vec<ListedCode> {
        let world = self.installation.world();
        let listed = world.codes.listed().iter().map(|code| {
            let (account, flat_id) = match code.maker {
                Maker::Admin { flat } => (Account::Admin, Some(flat)),
                Maker::Client => (Account::Client, None),
            };
            ListedCode {
                id: code.id,
                title: code.title.clone(),
                code: code.digits.clone(),
                account,
                intercom_id: code.intercom,
                flat_id,
                expired_at: code.expired_at,
            }
        });
        listed.collect()
    }

    /// How many codes requests have made since the start, deleted and vanished ones included.
    #[must_use]
    pub fn codes_created(&self) -> usize {
        self.installation.world().codes.created()
    }

    /// Every token ever given out, so that a search for leaks knows what to look for.
    #[must_use]
    pub fn tokens(&self) -> Vec<String> {
        self.installation.world().sessions.every_token()
    }

    /// What an unused captcha's picture shows, by its key.
    #[must_use]
    pub fn captcha_answer(&self, key: &str) -> Option<String> {
        self.installation.world().captchas.answer(key)
    }

    fn armed(&self) -> MutexGuard<'_, Vec<ArmedFault>> {
        self.armed.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Puts the faults and the record in front of every route.
pub(crate) fn interfered(routes: Router, control: Control) -> Router {
    routes.layer(axum::middleware::from_fn_with_state(control, interference::interfere))
}
