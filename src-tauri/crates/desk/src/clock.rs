//! Time, passed in so that tests own it.

use chrono::{DateTime, Local, LocalResult, NaiveDateTime, TimeZone, Utc};

/// What time it is, here and everywhere.
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> DateTime<Utc>;

    /// The instant a wall clock at this desk means: none in a gap of summer time, two where an hour repeats.
    fn at_desk(&self, local: NaiveDateTime) -> LocalResult<DateTime<Utc>>;
}

/// The computer's own clock and zone.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place where the real clock is read")]
    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }

    fn at_desk(&self, local: NaiveDateTime) -> LocalResult<DateTime<Utc>> {
        Local.from_local_datetime(&local).map(|instant| instant.with_timezone(&Utc))
    }
}
