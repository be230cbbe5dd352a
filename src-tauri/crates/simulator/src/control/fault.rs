use serde::{Deserialize, Serialize};

use super::Call;

/// What can go wrong with one request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Fault {
    /// The work is done and answered, this many milliseconds late.
    Latency {
        /// How late, in milliseconds.
        ms: u64,
    },
    /// The connection is reset before any work.
    ResetBefore,
    /// The work is done, then the connection is reset without an answer.
    ResetAfter,
    /// The work is done and never answered; the connection stays open.
    Stall,
    /// The work is done; the answer announces its full length and ends halfway.
    Truncate,
    /// No work; this status with a `{message}`.
    Status {
        /// 100 to 999; anything else becomes 500.
        status: u16,
    },
    /// No work; 422 with several texts under one key and one text under a key no form has.
    Unprocessable,
    /// No work; 429.
    TooManyRequests {
        /// `Retry-After` in seconds.
        retry_after: u64,
    },
    /// No work; a redirect of this status.
    Redirect {
        /// 301, 302, 303, 307 or 308.
        status: u16,
        /// The `Location` header.
        location: String,
    },
    /// No work; 200 with a page for people, as a captive portal answers.
    Html,
    /// The work is done; 200 without a body.
    Empty,
    /// The work is done as asked; the answer names another flat, another end and flipped lines.
    WrongEcho,
}

/// How many requests a fault meets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Times {
    /// This many, then it is disarmed.
    Count(u32),
    /// All of them, until the faults are cleared.
    Always,
}

#[derive(Clone, Debug)]
pub(super) struct ArmedFault {
    pub(super) call: Call,
    pub(super) fault: Fault,
    pub(super) times: Times,
}

/// Takes the first fault armed for a call, and disarms it when its count is used up.
pub(super) fn take(armed: &mut Vec<ArmedFault>, call: Option<Call>) -> Option<Fault> {
    armed.retain(|each| each.times != Times::Count(0));
    let found = armed.iter_mut().find(|each| each.call.covers(call))?;
    if let Times::Count(left) = &mut found.times {
        *left -= 1;
    }
    Some(found.fault.clone())
}
