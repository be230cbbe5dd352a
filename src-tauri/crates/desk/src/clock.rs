//! Time, passed in so that tests own it.

use chrono::{DateTime, Local, LocalResult, NaiveDateTime, TimeDelta, TimeZone, Utc};

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

/// How far a server's clock is ahead of this one, to the nearest minute; 0 where it is right enough or did not say.
pub(crate) fn clock_off(there: Option<DateTime<Utc>>, here: DateTime<Utc>) -> i32 {
    let off = there.map_or(TimeDelta::zero(), |there| there - here);
    if off.num_minutes().abs() <= RIGHT_ENOUGH {
        return 0;
    }
    // An answer is on its way for a moment: cut off, two hours ahead would be told as a minute less.
    i32::try_from((off.num_seconds() + 30).div_euclid(60)).unwrap_or_default()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_is_off_is_told_to_the_nearest_minute() {
        let here = DateTime::UNIX_EPOCH;
        let off = |seconds| clock_off(Some(here + TimeDelta::seconds(seconds)), here);
        let told = [0, 179, -179, 7_199, -7_199, 7_200, 7_229, 7_231, -7_231].map(off);
        assert_eq!(told, [0, 0, 0, 120, -120, 120, 120, 121, -121]);
        assert_eq!(clock_off(None, here), 0);
    }
}
