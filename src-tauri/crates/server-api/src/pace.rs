//! Somebody who decides when requests may go: what runs in the background must not crowd a server.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use crate::error::ApiError;

/// Lets requests through, one by one, and hears what became of each.
pub trait Pace: std::fmt::Debug + Send + Sync {
    /// Waits until a request may go. Each is followed by one [`Pace::leave`], whatever becomes of it.
    fn enter(&self) -> Pin<Box<dyn Future<Output = ()> + Send + '_>>;

    /// A request has ended after so long, with this error if any; `None`: nobody waits for it any more.
    fn leave(&self, ended: Option<(Duration, Option<&ApiError>)>);
}

/// One request under way.
pub(crate) struct Turn<'p> {
    pace: &'p dyn Pace,
    began: tokio::time::Instant,
    has_ended: bool,
}

impl<'p> Turn<'p> {
    pub(crate) async fn wait(pace: &'p dyn Pace) -> Self {
        pace.enter().await;
        Self { pace, began: tokio::time::Instant::now(), has_ended: false }
    }

    pub(crate) fn end(mut self, error: Option<&ApiError>) {
        self.has_ended = true;
        self.pace.leave(Some((self.began.elapsed(), error)));
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        if !self.has_ended {
            self.pace.leave(None);
        }
    }
}
