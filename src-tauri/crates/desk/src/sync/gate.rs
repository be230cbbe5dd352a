//! Where a sync's requests wait: for the limiter, for a person who paused it, for a server that is away.

use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use server_api::{ApiError, Connection, Pace};
use tokio::sync::{Notify, watch};
use tokio::time::Instant;

use super::limiter::{Ended, Limiter, May};

/// The longest `Retry-After` a sync waits for; after a longer one it asks again, and is told again.
const PATIENCE: Duration = Duration::from_secs(120);

/// How a read goes: at once, as for a person who waits for it, or when a sync's gate lets it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Way(Option<Arc<Gate>>);

impl Way {
    /// At once.
    pub(crate) fn straight() -> Self {
        Self(None)
    }

    /// Through a gate.
    pub(crate) fn through(gate: &Arc<Gate>) -> Self {
        Self(Some(Arc::clone(gate)))
    }

    /// The connection as this way uses it.
    pub(crate) fn over(&self, connection: Arc<Connection>) -> Arc<Connection> {
        match &self.0 {
            None => connection,
            Some(gate) => Arc::new(connection.paced(Arc::<Gate>::clone(gate), PATIENCE)),
        }
    }
}

/// What the person wants of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wish {
    /// That it goes on.
    Run,
    /// That it waits.
    Pause,
    /// That it ends.
    Cancel,
}

/// The gate of one run.
#[derive(Debug)]
pub(crate) struct Gate {
    began: Instant,
    limiter: Mutex<Limiter>,
    /// Told when a request has ended.
    ended: Notify,
    wish: watch::Receiver<Wish>,
    sent: AtomicU64,
}

impl Gate {
    pub(crate) fn new(wish: watch::Receiver<Wish>) -> Self {
        Self {
            began: Instant::now(),
            limiter: Mutex::new(Limiter::new()),
            ended: Notify::new(),
            wish,
            sent: AtomicU64::new(0),
        }
    }

    /// How many requests went through.
    pub(crate) fn sent(&self) -> u64 {
        self.sent.load(Ordering::Relaxed)
    }

    fn limiter(&self) -> MutexGuard<'_, Limiter> {
        self.limiter.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn pass(&self) {
        let mut wish = self.wish.clone();
        loop {
            // Whoever wishes lives as long as the run.
            let _ = wish.wait_for(|wish| *wish != Wish::Pause).await;
            let ended = self.ended.notified();
            tokio::pin!(ended);
            // From here on none is missed.
            ended.as_mut().enable();
            let may = {
                let mut limiter = self.limiter();
                let may = limiter.may_go(self.began.elapsed());
                if may == May::Go {
                    limiter.goes();
                }
                may
            };
            match may {
                May::Go => break,
                May::At(then) => tokio::time::sleep_until(self.began + then).await,
                May::AfterAnother => ended.await,
            }
        }
        self.sent.fetch_add(1, Ordering::Relaxed);
    }
}

impl Pace for Gate {
    fn enter(&self) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        Box::pin(self.pass())
    }

    fn leave(&self, ended: Option<(Duration, Option<&ApiError>)>) {
        let (took, how) = match ended {
            None => (Duration::ZERO, Ended::Dropped),
            Some((took, error)) => (took, error.map_or(Ended::Answered, meaning)),
        };
        self.limiter().ended(self.began.elapsed(), took, how);
        self.ended.notify_waiters();
    }
}

/// Whether an error says that the server wants less.
fn meaning(error: &ApiError) -> Ended {
    match error {
        ApiError::Refused(refusal) if refusal.status == 429 => Ended::Trouble(refusal.retry_after),
        ApiError::ServerTrouble { .. }
        | ApiError::SentNoUsableAnswer { .. }
        | ApiError::NeverReached { .. } => Ended::Trouble(None),
        _ => Ended::Answered,
    }
}
