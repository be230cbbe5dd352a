//! What a person typed for a new code, checked before anything is sent.

use chrono::{DateTime, Duration, DurationRound, LocalResult, NaiveDateTime, TimeZone, Utc};
use serde_json::json;

use crate::clock::Clock;
use crate::error::{CommandError, ErrorCode};
use crate::views::{LONGEST_MINUTES, Until};

/// No maximum is documented; 255 characters is what such servers' columns hold.
pub(crate) const LONGEST_TITLE: usize = 255;

/// A title as it is sent: blanks around it do not count.
pub(super) fn title(typed: &str) -> Result<String, CommandError> {
    let refuse = |why| Err(CommandError::new(ErrorCode::TitleInvalid, json!({"why": why})));
    let title = typed.trim();
    if title.is_empty() {
        return refuse("empty");
    }
    if title.chars().count() > LONGEST_TITLE {
        return refuse("too_long");
    }
    if title.chars().any(is_unreadable) {
        return refuse("control");
    }
    Ok(title.to_owned())
}

/// Control characters, and those that turn the writing direction, which can make a text read as another one.
pub(crate) fn is_unreadable(one: char) -> bool {
    one.is_control()
        || matches!(one, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// The instant a code is to end: a whole minute, because that is all the contract can say, and never earlier
/// than what was asked.
pub(super) fn end(clock: &dyn Clock, until: &Until) -> Result<DateTime<Utc>, CommandError> {
    let refuse = |why| CommandError::new(ErrorCode::UntilInvalid, json!({"why": why}));
    let now = clock.now();
    let end = match until {
        Until::Minutes { minutes: 0 } => return Err(refuse("past")),
        Until::Minutes { minutes } if *minutes > LONGEST_MINUTES => return Err(refuse("too_far")),
        Until::Minutes { minutes } => now + Duration::minutes(i64::from(*minutes)),
        Until::Local { date_time } => {
            let local = NaiveDateTime::parse_from_str(date_time, "%Y-%m-%dT%H:%M")
                .map_err(|_| refuse("unreadable"))?;
            match clock.at_desk(local) {
                LocalResult::Single(end) => end,
                // Where an hour repeats, the later one is never too short.
                LocalResult::Ambiguous(earlier, later) => earlier.max(later),
                LocalResult::None => return Err(refuse("no_such_time")),
            }
        }
    };
    let whole = end.duration_trunc(Duration::minutes(1)).map_err(|_| refuse("too_far"))?;
    let end = if whole < end { whole + Duration::minutes(1) } else { whole };
    if end <= now {
        return Err(refuse("past"));
    }
    match Utc.with_ymd_and_hms(9999, 12, 31, 23, 59, 0).single() {
        Some(last) if end <= last => Ok(end),
        _ => Err(refuse("too_far")),
    }
}

#[cfg(test)]
mod tests {
    use chrono::FixedOffset;
    use proptest::prelude::*;
    use serde_json::Value;

    use super::*;

    /// A desk at UTC+3 where the clocks go forward at 02:00 on 29 March 2026 and back at 03:00 on 25 October.
    struct Wall(&'static str);

    impl Clock for Wall {
        fn now(&self) -> DateTime<Utc> {
            DateTime::parse_from_rfc3339(self.0).unwrap().with_timezone(&Utc)
        }

        fn at_desk(&self, local: NaiveDateTime) -> LocalResult<DateTime<Utc>> {
            let at = |hours: i32| {
                FixedOffset::east_opt(hours * 3600).unwrap().from_local_datetime(&local).unwrap().to_utc()
            };
            match local.format("%Y-%m-%dT%H").to_string().as_str() {
                "2026-03-29T02" => LocalResult::None,
                "2026-10-25T02" => LocalResult::Ambiguous(at(3), at(2)),
                _ => LocalResult::Single(at(3)),
            }
        }
    }

    /// The end in words, or why it was refused.
    fn at(text: &str) -> Result<String, Value> {
        let until = Until::Local { date_time: text.to_owned() };
        end(&Wall("2026-03-01T10:00:30Z"), &until)
            .map(|end| end.to_rfc3339())
            .map_err(|error| error.params["why"].clone())
    }

    #[test]
    fn a_duration_ends_on_the_whole_minute_that_is_not_too_short() {
        let end = end(&Wall("2026-03-01T10:00:30Z"), &Until::Minutes { minutes: 120 }).unwrap();
        assert_eq!(end.to_rfc3339(), "2026-03-01T12:01:00+00:00");
    }

    #[test]
    fn a_wall_clock_time_is_the_desks_own() {
        assert_eq!(at("2026-03-01T16:40").unwrap(), "2026-03-01T13:40:00+00:00");
        assert_eq!(at("2028-02-29T12:00").unwrap(), "2028-02-29T09:00:00+00:00");
    }

    #[test]
    fn a_time_that_does_not_exist_is_refused_and_a_repeated_one_means_the_later() {
        assert_eq!(at("2026-03-29T02:30"), Err(json!("no_such_time")));
        assert_eq!(at("2026-10-25T02:30").unwrap(), "2026-10-25T00:30:00+00:00");
    }

    #[test]
    fn ends_that_make_no_sense_are_refused() {
        assert_eq!(at("2026-03-01T13:00"), Err(json!("past")));
        assert_eq!(at("2027-02-29T12:00"), Err(json!("unreadable")));
        assert_eq!(at("tomorrow"), Err(json!("unreadable")));
        assert_eq!(at("10000-01-01T00:00"), Err(json!("unreadable")));
    }

    #[test]
    fn a_title_is_trimmed_and_must_be_readable() {
        assert_eq!(title("  Курьер 🚚 ").unwrap(), "Курьер 🚚");
        for (typed, why) in [("   ", "empty"), ("a\nb", "control"), ("a\u{202E}b", "control")] {
            assert_eq!(title(typed).unwrap_err().params["why"], why, "{typed:?}");
        }
        assert_eq!(title(&"x".repeat(10_000)).unwrap_err().params["why"], "too_long");
    }

    proptest! {
        #[test]
        fn any_text_is_a_time_or_refused(text in ".{0,40}") {
            let _ = at(&text);
        }

        #[test]
        fn any_duration_ends_after_it_and_within_a_minute(minutes in 1u32..=LONGEST_MINUTES) {
            let clock = Wall("2026-03-01T10:00:30Z");
            let end = end(&clock, &Until::Minutes { minutes }).unwrap();
            let asked = clock.now() + Duration::minutes(i64::from(minutes));
            prop_assert!(end >= asked && end - asked < Duration::minutes(1));
        }
    }
}
