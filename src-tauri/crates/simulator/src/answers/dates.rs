use chrono::{DateTime, FixedOffset, Utc};

/// `2022-04-19 17:16:00`, in the server's zone and without naming it.
pub(super) fn sql(instant: DateTime<Utc>, zone: FixedOffset) -> String {
    instant.with_timezone(&zone).format("%Y-%m-%d %H:%M:%S").to_string()
}

/// `2023-12-22T00:00:00.000000Z`, always in UTC.
pub(super) fn iso(instant: DateTime<Utc>) -> String {
    instant.format("%Y-%m-%dT%H:%M:%S%.6fZ").to_string()
}
