//! Time, passed in so that tests own it.

use chrono::{DateTime, Local, LocalResult, NaiveDateTime, TimeZone, Utc};

/// What time it is, here and everywhere.
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> DateTime<Utc>;

    /// The instant a wall clock at this desk means: none in a gap of summer time, two where an hour repeats.
    fn at_desk(&self, local: NaiveDateTime) -> LocalResult<DateTime<Utc>>;
}

/// A server's clock is right as long as it is no further off than this, in minutes: codes are good for whole minutes, and
/// an answer takes its time.
const RIGHT_ENOUGH: i64 = 2;

/// How far a server's clock is ahead of this one, in minutes; 0 where it is right enough or did not say.
pub(crate) fn clock_off(there: Option<DateTime<Utc>>, here: DateTime<Utc>) -> i32 {
    let minutes = there.map_or(0, |there| (there - here).num_minutes());
    if minutes.abs() <= RIGHT_ENOUGH { 0 } else { i32::try_from(minutes).unwrap_or_default() }
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
