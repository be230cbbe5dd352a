use serde::{Deserialize, Serialize};

use super::Call;
use super::schedule::{Running, Schedule};

/// What can go wrong with one request.
///
/// "The work is done" means that the request has its effect, whatever is answered.
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
    /// No work: the server goes down with this request. Its connection is reset, every other ends, and the port refuses
    /// connections for this many milliseconds, or until the faults are cleared. While it does, no request arrives, so no
    /// other fault is met.
    Refuse {
        /// For how long; until cleared when absent.
        #[serde(default)]
        ms: Option<u64>,
    },
    /// The work is done and never answered; the connection stays open.
    Stall,
    /// The work is done; the answer announces its full length and ends halfway.
    Truncate,
    /// The work is done; the answer trickles byte by byte.
    Slow {
        /// Milliseconds before each byte.
        ms_per_chunk: u64,
    },
    /// No work; this status with a `{message}`; 419 with the sessions to choose from, as documented.
    Status {
        /// 100 to 999; anything else becomes 500.
        status: u16,
    },
    /// No work; 503.
    Unavailable {
        /// `Retry-After` in seconds, or none.
        #[serde(default)]
        retry_after: Option<u64>,
    },
    /// No work; 503 as the server's framework says it while it is being maintained: JSON for whoever accepts it, a page
    /// otherwise, with `Retry-After`.
    Maintenance,
    /// No work; 502 with the proxy's own page.
    BadGateway,
    /// No work; 422 with several texts under one key and one text under a key no form has, in the caller's language.
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
    /// No work; 200 with a valid JSON document of this many bytes, in chunks, without a length.
    Huge {
        /// At least 64.
        #[serde(default = "sixty_four_mebibytes")]
        bytes: u64,
    },
    /// The work is done as asked; the answer names another flat, another end and flipped lines.
    WrongEcho,
    /// The work is done; numbers are texts, booleans 0 or "1", texts of digits numbers, and a list of one is its item.
    WrongTypes,
    /// The work is done; 200 with JSON of an entirely other shape.
    WrongShape,
    /// The work is done; one record, in the middle of the answer's list or else the answer itself, is broken.
    BadRecord {
        /// In which way.
        #[serde(default)]
        how: Broken,
    },
    /// The work is done; `[]` stands for every map inside the answer.
    EmptyMaps,
    /// The work is done; every text for people is, in turn, markup and script, emoji, control characters, right-to-left
    /// and 10,000 characters long.
    HostileTexts,
}

/// How a record is broken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Broken {
    /// It has no id.
    #[default]
    NoId,
    /// Its id is 2^53 + 1.
    HugeId,
    /// Its id is 0.
    ZeroId,
    /// Its id is -1.
    NegativeId,
    /// A text stands where an object is due within it.
    TextInside,
    /// A text stands instead of it.
    TextInstead,
}

/// How many requests a fault meets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Times {
    /// This many, then it is disarmed.
    Count(u32),
    /// All of them, until the faults are cleared.
    Always,
}

fn sixty_four_mebibytes() -> u64 {
    64 * 1024 * 1024
}

#[derive(Clone, Debug)]
struct ArmedFault {
    call: Call,
    fault: Fault,
    times: Times,
}

/// What lies in wait for requests.
#[derive(Debug, Default)]
pub(super) struct Armed {
    faults: Vec<ArmedFault>,
    schedules: Vec<Running>,
}

impl Armed {
    pub(super) fn add(&mut self, call: Call, fault: Fault, times: Times) {
        self.faults.push(ArmedFault { call, fault, times });
    }

    pub(super) fn schedule(&mut self, schedules: Vec<Schedule>) {
        self.schedules = schedules.into_iter().map(Running::new).collect();
    }

    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }

    /// The fault a request meets: the first one armed for its call, or what the schedules hold for it. A schedule goes on
    /// with every request of its call that no armed fault met.
    pub(super) fn take(&mut self, call: Option<Call>) -> Option<Fault> {
        self.faults.retain(|each| each.times != Times::Count(0));
        if let Some(found) = self.faults.iter_mut().find(|each| each.call.covers(call)) {
            if let Times::Count(left) = &mut found.times {
                *left -= 1;
            }
            return Some(found.fault.clone());
        }
        let mut scheduled = self.schedules.iter_mut().map(|running| running.next(call));
        let first = scheduled.by_ref().find(Option::is_some).flatten();
        // The others go on as well, or their order would depend on one another.
        scheduled.for_each(drop);
        first
    }
}
