//! Bodies that arrive in an unkind way: half, slowly, or without end in sight.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Bytes, HttpBody};
use http_body::{Frame, SizeHint};
use tokio::time::Sleep;

/// Why a body ends early.
#[derive(Debug, thiserror::Error)]
#[error("the answer was cut on purpose")]
pub(super) struct Cut;

type NextFrame = Poll<Option<Result<Frame<Bytes>, Cut>>>;

/// Announces a length, sends half of it, and breaks off.
pub(super) struct HalfBody {
    announced: u64,
    half: Option<Bytes>,
    is_flushed: bool,
}

impl HalfBody {
    pub(super) fn of(whole: &Bytes) -> Self {
        let announced = whole.len().max(2) as u64;
        Self { announced, half: Some(whole.slice(..whole.len() / 2)), is_flushed: false }
    }
}

impl HttpBody for HalfBody {
    type Data = Bytes;
    type Error = Cut;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> NextFrame {
        if let Some(half) = self.half.take() {
            return Poll::Ready(Some(Ok(Frame::data(half))));
        }
        if self.is_flushed {
            return Poll::Ready(Some(Err(Cut)));
        }
        // A pause lets the half reach the client; an error straight away would throw it out unsent.
        self.is_flushed = true;
        context.waker().wake_by_ref();
        Poll::Pending
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.announced)
    }
}

/// The whole answer, a byte at a time.
pub(super) struct SlowBody {
    left: Bytes,
    pause: Duration,
    pausing: Pin<Box<Sleep>>,
}

impl SlowBody {
    pub(super) fn of(whole: Bytes, pause: Duration) -> Self {
        Self { left: whole, pause, pausing: Box::pin(tokio::time::sleep(pause)) }
    }
}

impl HttpBody for SlowBody {
    type Data = Bytes;
    type Error = Cut;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> NextFrame {
        if self.left.is_empty() {
            return Poll::Ready(None);
        }
        if self.pausing.as_mut().poll(context).is_pending() {
            return Poll::Pending;
        }
        self.pausing = Box::pin(tokio::time::sleep(self.pause));
        Poll::Ready(Some(Ok(Frame::data(self.left.split_to(1)))))
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left.len() as u64)
    }
}

const HUGE_HEAD: &str = r#"{"data":["#;
const HUGE_ROW: &str = r#"{"id":1,"title":"one of very many"},"#;
const HUGE_TAIL: &str = r#"{"id":2}]}"#;
const HUGE_ROWS_PER_CHUNK: usize = 1_024;

/// A valid JSON document of any size that is never in memory as a whole and never announces its length.
pub(super) struct HugeBody {
    rows: Bytes,
    chunks: u64,
    /// What is left of the size after whole chunks, head and tail.
    blanks: usize,
    part: Part,
}

enum Part {
    Head,
    Rows,
    Tail,
    End,
}

impl HugeBody {
    pub(super) fn of(bytes: u64) -> Self {
        let rows = Bytes::from(HUGE_ROW.repeat(HUGE_ROWS_PER_CHUNK));
        let inside = bytes.saturating_sub((HUGE_HEAD.len() + HUGE_TAIL.len()) as u64);
        let chunk = rows.len() as u64;
        Self { rows, chunks: inside / chunk, blanks: (inside % chunk) as usize, part: Part::Head }
    }
}

impl HttpBody for HugeBody {
    type Data = Bytes;
    type Error = Cut;

    fn poll_frame(mut self: Pin<&mut Self>, _context: &mut Context<'_>) -> NextFrame {
        let bytes = match self.part {
            Part::Head => {
                self.part = Part::Rows;
                Bytes::from_static(HUGE_HEAD.as_bytes())
            }
            Part::Rows if self.chunks > 0 => {
                self.chunks -= 1;
                self.rows.clone()
            }
            Part::Rows if self.blanks > 0 => {
                let blanks = " ".repeat(self.blanks);
                self.part = Part::Tail;
                Bytes::from(blanks)
            }
            Part::Rows | Part::Tail => {
                self.part = Part::End;
                Bytes::from_static(HUGE_TAIL.as_bytes())
            }
            Part::End => return Poll::Ready(None),
        };
        Poll::Ready(Some(Ok(Frame::data(bytes))))
    }
}
