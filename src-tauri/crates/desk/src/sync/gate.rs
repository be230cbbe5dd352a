//! Where a sync's requests wait: for the limiter, for a person who paused it, for a server that is away.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use chrono::{DateTime, Utc};
use server_api::{ApiError, Connection, Pace};
use tokio::sync::{Notify, watch};
use tokio::time::Instant;

use super::limiter::{Ended, Limiter, May};
use crate::clock::Clock;

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

    /// A question that goes this way.
    pub(crate) fn asks(&self, clock: &Arc<dyn Clock>) -> Asking {
        let begun = clock.now();
        let let_go = self.0.as_ref().map(|gate| {
            Arc::new(LetGo { gate: Arc::clone(gate), clock: Arc::clone(clock), at: OnceLock::new() })
        });
        Asking { begun, let_go }
    }
}

/// A question on its way, and when it was put: one that waited at a gate, for hours where a person paused, is as young as its
/// answer. What somebody looked at meanwhile has not overtaken it.
#[derive(Debug)]
pub(crate) struct Asking {
    begun: DateTime<Utc>,
    let_go: Option<Arc<LetGo>>,
}

impl Asking {
    /// The connection as the question uses it.
    pub(crate) fn over(&self, connection: Arc<Connection>) -> Arc<Connection> {
        match &self.let_go {
            None => connection,
            Some(let_go) => Arc::new(connection.paced(Arc::<LetGo>::clone(let_go), PATIENCE)),
        }
    }

    /// When its first request went.
    pub(crate) fn asked_at(&self) -> DateTime<Utc> {
        self.let_go.as_ref().and_then(|let_go| let_go.at.get().copied()).unwrap_or(self.begun)
    }
}

/// The gate for one question, and when its first request was let go.
struct LetGo {
    gate: Arc<Gate>,
    clock: Arc<dyn Clock>,
    at: OnceLock<DateTime<Utc>>,
}

impl fmt::Debug for LetGo {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("LetGo").field("at", &self.at).finish_non_exhaustive()
    }
}

impl Pace for LetGo {
    fn enter(&self) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        Box::pin(async {
            self.gate.pass().await;
            self.at.get_or_init(|| self.clock.now());
        })
    }

    fn leave(&self, ended: Option<(Duration, Option<&ApiError>)>) {
        self.gate.leave(ended);
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
