//! The side door for tests: faults on demand, what was received, and what the server holds.

mod call;
mod door;
mod edit;
mod fault;
mod interference;
mod mangling;
mod record;
mod refusals;
mod schedule;
mod streams;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::Router;
use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;
use tokio::sync::watch;

pub use call::Call;
pub use door::{ControlDoor, open_door};
pub use edit::{Edit, NothingToEdit};
pub use fault::{Broken, Fault, Times};
pub use record::ReceivedRequest;
pub use schedule::Schedule;

use crate::Account;
use crate::codes::{Maker, whole_second};
use crate::installation::Shared;
use crate::serving::{Certificate, CertificateError, Door};
use fault::Armed;
use record::Record;

/// The largest body read, in bytes: far above any real request or answer.
const LARGEST_BODY: usize = 256 * 1024 * 1024;

/// Everything a test can do to a running simulator. Clones reach the same one.
#[derive(Clone)]
pub struct Control {
    installation: Shared,
    door: watch::Sender<Door>,
    armed: Arc<Mutex<Armed>>,
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
        self.armed().add(call, fault, times);
    }

    /// Lets faults happen by plan, instead of the plans before. Where several plans have a fault for one request, it meets
    /// that of the first; a fault armed by itself comes before any plan.
    pub fn schedule(&self, schedules: impl IntoIterator<Item = Schedule>) {
        self.armed().schedule(schedules.into_iter().collect());
    }

    /// Disarms every fault, drops every plan, and accepts connections again.
    pub fn clear(&self) {
        self.armed().clear();
        self.accept_connections();
    }

    /// Ends every connection and refuses new ones, as a computer does on whose port nothing listens: for this long, or
    /// until they are accepted again. Wants a tokio runtime for the former.
    pub fn refuse_connections(&self, duration: Option<Duration>) {
        let mut refusing = None;
        self.door.send_if_modified(|door| {
            let is_open = !matches!(door, Door::Shut | Door::Refusing(_));
            if is_open {
                let open = Arc::new(door.clone());
                *door = Door::Refusing(Arc::clone(&open));
                refusing = Some(open);
            }
            is_open
        });
        if let (Some(duration), Some(open)) = (duration, refusing) {
            let control = self.clone();
            tokio::spawn(async move {
                tokio::time::sleep(duration).await;
                control.reopen(|current| Arc::ptr_eq(current, &open));
            });
        }
    }

    /// Accepts connections again after [`Control::refuse_connections`] or [`Fault::Refuse`], on the same port.
    pub fn accept_connections(&self) {
        self.reopen(|_| true);
    }

    fn reopen(&self, is_meant: impl Fn(&Arc<Door>) -> bool) {
        self.door.send_if_modified(|door| {
            let open = match door {
                Door::Refusing(open) if is_meant(open) => Door::clone(open),
                _ => return false,
            };
            *door = open;
            true
        });
    }

    /// Sets how far the server's own clock is off, for every date it creates and every end it watches.
    pub fn set_clock_off(&self, by: TimeDelta) {
        self.installation.set_clock_off(by);
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
            match door {
                Door::Tls(_) => *door = Door::Tls(certificate),
                Door::Refusing(open) if matches!(**open, Door::Tls(_)) => {
                    *door = Door::Refusing(Arc::new(Door::Tls(certificate)));
                }
                Door::Refusing(_) | Door::Plain | Door::Shut => return false,
            }
            true
        });
        Ok(())
    }

    /// Changes the building from outside; the id of the record that was added, if any.
    ///
    /// # Errors
    /// [`NothingToEdit`] when what it names is not there; nothing changes then.
    pub fn edit(&self, edit: Edit) -> Result<Option<u64>, NothingToEdit> {
        let now = whole_second(self.installation.now());
        edit::apply(edit, &mut self.installation.world(), now)
    }

    /// Every request received so far, in the order they arrived.
    #[must_use]
    pub fn requests(&self) -> Vec<ReceivedRequest> {
        self.record.borrow().requests.clone()
    }

    /// The requests received after the first so many of them, in the order they arrived.
    #[must_use]
    pub fn requests_after(&self, first: usize) -> Vec<ReceivedRequest> {
        self.record.borrow().requests.get(first..).unwrap_or_default().to_vec()
    }

    /// Waits until at least `times` requests of a call were received and their work is done, answered or not.
    pub async fn wait_until_done(&self, call: Call, times: usize) {
        let mut record = self.record.subscribe();
        // The sender lives in `self`, so the wait cannot fail.
        let _ = record.wait_for(|record| record.done(call) >= times).await;
    }

    /// Waits until so many requests of a call have arrived, answered or not.
    pub async fn wait_until_asked(&self, call: Call, times: usize) {
        let mut record = self.record.subscribe();
        // The sender lives in `self`, so the wait cannot fail.
        let _ = record.wait_for(|record| record.asked(call) >= times).await;
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

    fn armed(&self) -> MutexGuard<'_, Armed> {
        self.armed.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Puts the faults and the record in front of every route.
pub(crate) fn interfered(routes: Router, control: Control) -> Router {
    routes.layer(axum::middleware::from_fn_with_state(control, interference::interfere))
}
