//! Instants in every form the server writes them.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDateTime, TimeZone, Timelike, Utc};
use serde_json::Value;

/// Forms without a zone: SQL and ISO, with and without seconds.
const WITHOUT_ZONE: [&str; 4] =
    ["%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%dT%H:%M"];

/// Reads `2023-12-22T00:00:00.000000Z` (0–9 fraction digits, `Z` or an offset), `2022-04-19 17:16:00` and
/// `2029-12-31 12:45`; a form without a zone is taken to be in `zone`. Years 1 to 9999 in UTC; digits beyond the
/// ninth of a fraction are dropped; a leap second is no instant here, since a web view cannot read one.
pub fn parse_instant(text: &str, zone: FixedOffset) -> Option<DateTime<Utc>> {
    let text = text.trim();
    // A sign before the year is a form no server writes and no web view reads.
    if !text.starts_with(|first: char| first.is_ascii_digit()) {
        return None;
    }
    // No form is longer; a megabyte of digits is not worth parsing.
    if text.len() > 40 {
        return None;
    }
    if let Ok(instant) = DateTime::parse_from_rfc3339(text) {
        return writable(instant.with_timezone(&Utc));
    }
    let local = WITHOUT_ZONE.iter().find_map(|form| NaiveDateTime::parse_from_str(text, form).ok())?;
    zone.from_local_datetime(&local).single().and_then(|instant| writable(instant.with_timezone(&Utc)))
}

/// A Unix timestamp in seconds, a number or a string of digits.
pub(crate) fn of_timestamp(value: &Value) -> Option<DateTime<Utc>> {
    let seconds = match value {
        Value::Number(number) => number.as_i64()?,
        Value::String(text) => text.trim().parse().ok()?,
        _ => return None,
    };
    DateTime::from_timestamp(seconds, 0).and_then(writable)
}

/// An instant that every form can write: years 1 to 9999, no leap second.
fn writable(instant: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let is_writable = (1..=9_999).contains(&instant.year()) && instant.nanosecond() < 1_000_000_000;
    is_writable.then_some(instant)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn utc() -> FixedOffset {
        FixedOffset::east_opt(0).unwrap()
    }

    fn read(text: &str) -> Option<String> {
        parse_instant(text, utc()).map(|instant| instant.to_rfc3339())
    }

    #[test]
    fn every_documented_form_is_read() {
        assert_eq!(read("2023-12-22T00:00:00.000000Z").as_deref(), Some("2023-12-22T00:00:00+00:00"));
        assert_eq!(read("2022-04-19 17:16:00").as_deref(), Some("2022-04-19T17:16:00+00:00"));
        assert_eq!(read("2029-12-31 12:45").as_deref(), Some("2029-12-31T12:45:00+00:00"));
        assert_eq!(read("2029-12-31T15:45:00+03:00").as_deref(), Some("2029-12-31T12:45:00+00:00"));
        assert_eq!(
            read("2029-12-31T12:45:00.123456789Z").as_deref(),
            Some("2029-12-31T12:45:00.123456789+00:00")
        );
    }

    #[test]
    fn a_form_without_a_zone_means_the_servers_zone() {
        let moscow = FixedOffset::east_opt(3 * 3600).unwrap();
        let read = |text| parse_instant(text, moscow).unwrap().to_rfc3339();
        assert_eq!(read("2022-04-19 17:16:00"), "2022-04-19T14:16:00+00:00");
        assert_eq!(read("2022-04-19T17:16:00Z"), "2022-04-19T17:16:00+00:00");
    }

    #[test]
    fn the_edges_of_the_calendar_are_read() {
        assert_eq!(read("9999-12-31T23:59:59Z").as_deref(), Some("9999-12-31T23:59:59+00:00"));
        assert_eq!(read("2024-02-29 10:00").as_deref(), Some("2024-02-29T10:00:00+00:00"));
        assert_eq!(read("2024-02-29T23:30:00-14:00").as_deref(), Some("2024-03-01T13:30:00+00:00"));
        let many_digits = read("2029-12-31T12:45:00.123456789012Z");
        assert_eq!(many_digits.as_deref(), Some("2029-12-31T12:45:00.123456789+00:00"));
    }

    #[test]
    fn what_is_no_instant_is_none() {
        for text in [
            "",
            "tomorrow",
            "2022-02-30 10:00",
            "2022-04-19",
            "0000",
            "2022-04-19 25:00:00",
            "2023-02-29 10:00:00",
            "+10000-01-01 00:00:00",
            "-0001-01-01 00:00:00",
            "0000-01-01T00:00:00Z",
            "9999-12-31T23:59:59-01:00",
            "2016-12-31T23:59:60Z",
            "0000-00-00 00:00:00",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_none(text in ".{0,60}", hours in -14..15) {
            if let Some(instant) = parse_instant(&text, FixedOffset::east_opt(hours * 3600).unwrap()) {
                prop_assert!((1..=9_999).contains(&instant.year()));
            }
        }

        #[test]
        fn what_is_written_is_read_back(seconds in 0i64..253_402_300_799, hours in -12..15) {
            let zone = FixedOffset::east_opt(hours * 3600).unwrap();
            let instant = DateTime::from_timestamp(seconds, 0).unwrap();
            let local = instant.with_timezone(&zone);
            for form in ["%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S%.6f%:z"] {
                let written = local.format(form).to_string();
                // Years beyond 9999 are written with a sign, which no server does.
                if !written.starts_with('+') {
                    prop_assert_eq!(parse_instant(&written, zone), Some(instant), "{}", written);
                }
            }
        }
    }
}
