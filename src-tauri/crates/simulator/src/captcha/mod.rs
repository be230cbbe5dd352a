//! Pictures to read before signing in: given out, good once, soon too old.

mod picture;

use std::collections::{BTreeMap, VecDeque};

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use crate::building::Random;
use crate::options::Captcha;

pub(crate) use picture::data_address;

/// How long a picture is good for.
pub(crate) const LIFE: TimeDelta = TimeDelta::seconds(60);

/// How many pictures may be had within [`WINDOW`].
const MOST_SHOWN: usize = 20;

const WINDOW: TimeDelta = TimeDelta::minutes(10);

/// One picture, before it is drawn.
#[derive(Clone, Debug)]
pub(crate) struct Shown {
    pub(crate) key: String,
    pub(crate) text: String,
}

/// What has been shown, and how often signing in has failed. All callers share one address: loopback.
#[derive(Debug)]
pub(crate) struct Captchas {
    random: Random,
    open: BTreeMap<String, (String, DateTime<Utc>)>,
    shown: VecDeque<DateTime<Utc>>,
    failures: u32,
}

impl Captchas {
    pub(crate) fn new(seed: u64) -> Self {
        let random = Random::new(seed ^ 0xCA97_C4A0);
        Self { random, open: BTreeMap::new(), shown: VecDeque::new(), failures: 0 }
    }

    /// A new picture, or after how many seconds there will be one again.
    pub(crate) fn show(&mut self, now: DateTime<Utc>) -> Result<Shown, u64> {
        while self.shown.front().is_some_and(|first| *first + WINDOW <= now) {
            self.shown.pop_front();
        }
        if let (MOST_SHOWN.., Some(first)) = (self.shown.len(), self.shown.front()) {
            return Err((*first + WINDOW - now).num_seconds().max(1).unsigned_abs());
        }
        self.shown.push_back(now);
        let key = Uuid::new_v4().simple().to_string();
        let text = format!("{:05}", self.random.below(100_000));
        self.open.insert(key.clone(), (text.clone(), now + LIFE));
        Ok(Shown { key, text })
    }

    /// Whether a picture was read rightly. Asking uses it up.
    pub(crate) fn is_read(&mut self, key: &str, text: &str, now: DateTime<Utc>) -> bool {
        let expected = self.open.remove(key);
        expected.is_some_and(|(expected, end)| now < end && expected == text)
    }

    pub(crate) fn is_wanted(&self, rule: Captcha) -> bool {
        self.left(rule) == Some(0)
    }

    /// How many sign-ins may still fail before a picture is asked for; `None` where none ever is.
    pub(crate) fn left(&self, rule: Captcha) -> Option<u32> {
        match rule {
            Captcha::Never => None,
            Captcha::Always => Some(0),
            Captcha::AfterFailures(most) => Some(most.saturating_sub(self.failures)),
        }
    }

    pub(crate) fn note_failure(&mut self) {
        self.failures = self.failures.saturating_add(1);
    }

    pub(crate) fn forget_failures(&mut self) {
        self.failures = 0;
    }

    #[cfg(feature = "control")]
    pub(crate) fn answer(&self, key: &str) -> Option<String> {
        self.open.get(key).map(|(text, _)| text.clone())
    }
}
