use chrono::{DateTime, FixedOffset, NaiveDateTime, Utc};

/// Forms without a zone, which mean the server's.
const ZONELESS: [&str; 4] = ["%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"];

/// Reads `2029-12-31 12:45`, with or without seconds, in `zone`; or ISO-8601 with its own zone. `None` for anything else.
pub(super) fn read_date(text: &str, zone: FixedOffset) -> Option<DateTime<Utc>> {
    if let Ok(instant) = DateTime::parse_from_rfc3339(text) {
        return Some(instant.to_utc());
    }
    let local = ZONELESS.iter().find_map(|form| NaiveDateTime::parse_from_str(text, form).ok())?;
    local.and_local_timezone(zone).single().map(|instant| instant.to_utc())
}

#[cfg(test)]
mod tests {
    use chrono::{FixedOffset, Offset, Utc};

    use super::read_date;

    #[test]
    fn every_accepted_form_means_the_same_instant() {
        let expected = read_date("2029-12-31T12:45:00.000000Z", Utc.fix()).unwrap();
        for form in
            ["2029-12-31 12:45", "2029-12-31 12:45:00", "2029-12-31T12:45:00Z", "2029-12-31T15:45:00+03:00"]
        {
            assert_eq!(read_date(form, Utc.fix()), Some(expected), "{form}");
        }
    }

    #[test]
    fn a_date_without_a_zone_is_in_the_servers_zone() {
        let zone = FixedOffset::east_opt(3 * 3_600).unwrap();
        assert_eq!(read_date("2029-12-31 15:45", zone), read_date("2029-12-31 12:45", Utc.fix()));
    }

    #[test]
    fn something_else_is_no_date() {
        for form in ["", "tomorrow", "31.12.2029 12:45", "2029-13-01 00:00"] {
            assert_eq!(read_date(form, Utc.fix()), None, "{form}");
        }
    }
}
