//! The body of a refusal (all seeds: 422), and of whatever else says no.

use std::time::Duration;

use chrono::{DateTime, FixedOffset};
use serde_json::Value;

use super::json;
use super::sessions::{Session, session};
use super::value::{Reader, count, shortened, text};
use crate::error::Refusal;

/// Limits on what is kept of a server's words: more than anyone reads, less than would hurt.
const MOST_FIELDS: usize = 50;
const MOST_TEXTS: usize = 20;
const LONGEST_TEXT: usize = 1_000;

const MOST_SESSIONS: usize = 100;
/// The longest wait that is believed.
const LONGEST_WAIT: Duration = Duration::from_secs(24 * 60 * 60);

/// What stands around the body of a refusal.
#[derive(Clone, Copy)]
pub(crate) struct RefusedWith<'a> {
    pub(crate) status: u16,
    /// Header `Retry-After`.
    pub(crate) retry_after: Option<&'a str>,
    /// Header `Date`.
    pub(crate) date: Option<&'a str>,
    /// What a date without a zone means.
    pub(crate) zone: FixedOffset,
}

/// Reads a refusal from what stands around its body and from the body, which may be any bytes.
pub(crate) fn refusal(with: RefusedWith<'_>, body: &[u8]) -> Refusal {
    let body = json::parse(body).unwrap_or_default();
    let mut refusal = Refusal {
        status: with.status,
        message: text(body.get("message")).map(short),
        retry_after: with.retry_after.and_then(|wait| waiting_time(wait, with.date)),
        sessions_limit: count(body.get("sessions_limit")),
        sessions: sessions(with.zone, &body),
        captcha_required: tries_left(body.get("captcha_will_required_in")).is_some_and(|tries| tries <= 0),
        ..Refusal::default()
    };
    if let Some(errors) = body.get("errors").and_then(Value::as_object) {
        for (key, texts) in errors.iter().take(MOST_FIELDS) {
            let texts = words(texts);
            if !texts.is_empty() {
                refusal.fields.insert(short(key.clone()), texts);
            }
        }
    } else if let Some(errors) = body.get("errors") {
        let texts = words(errors);
        if !texts.is_empty() {
            refusal.fields.insert(String::new(), texts);
        }
    }
    refusal.captcha_required |= refusal.fields.contains_key("captcha");
    refusal
}

/// `Retry-After`: seconds, or an HTTP date, which means something only beside the answer's own `Date`.
fn waiting_time(wait: &str, date: Option<&str>) -> Option<Duration> {
    let wait = wait.trim();
    if !wait.is_empty() && wait.bytes().all(|byte| byte.is_ascii_digit()) {
        // More digits than fit are a long wait too.
        return Some(wait.parse().map_or(LONGEST_WAIT, Duration::from_secs).min(LONGEST_WAIT));
    }
    let until = DateTime::parse_from_rfc2822(wait).ok()?;
    let from = DateTime::parse_from_rfc2822(date?.trim()).ok()?;
    Some((until - from).to_std().unwrap_or_default().min(LONGEST_WAIT))
}

fn sessions(zone: FixedOffset, body: &Value) -> Vec<Session> {
    let mut sessions = Reader::new(zone).list(body.get("sessions"), "sessions", session);
    sessions.truncate(MOST_SESSIONS);
    sessions
}

/// A number of either sign, also as a string.
fn tries_left(value: Option<&Value>) -> Option<i64> {
    match value? {
        Value::Number(number) => number.as_i64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

fn short(text: String) -> String {
    shortened(&text, LONGEST_TEXT)
}

/// One text or a list of them.
fn words(value: &Value) -> Vec<String> {
    match value {
        Value::Array(texts) => {
            texts.iter().filter_map(|one| text(Some(one))).take(MOST_TEXTS).map(short).collect()
        }
        one => text(Some(one)).map(short).into_iter().collect(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn of(status: u16, body: &[u8], retry_after: Option<&str>) -> Refusal {
        let zone = FixedOffset::east_opt(0).unwrap();
        refusal(RefusedWith { status, retry_after, date: Some("Wed, 21 Oct 2026 07:27:00 GMT"), zone }, body)
    }

    #[test]
    fn every_text_of_every_key_is_kept() {
        let body = json!({
            "message": "There will be no informative message here",
            "errors": {"expired_at": ["too far", "not a date"], "any_key": "one text", "odd": {"x": 1}, "empty": []}
        });
        let refusal = of(422, body.to_string().as_bytes(), None);
        assert_eq!(refusal.fields["expired_at"], ["too far", "not a date"]);
        assert_eq!(refusal.fields["any_key"], ["one text"]);
        assert_eq!(refusal.fields.len(), 2);
        assert_eq!(refusal.message.as_deref(), Some("There will be no informative message here"));
    }

    #[test]
    fn errors_that_are_a_bare_list_are_kept_without_a_key() {
        let refusal = of(422, br#"{"errors": ["no"]}"#, None);
        assert_eq!(refusal.fields[""], ["no"]);
    }

    #[test]
    fn a_wait_is_read_from_the_header() {
        assert_eq!(of(429, b"", Some(" 7 ")).retry_after, Some(Duration::from_secs(7)));
        assert_eq!(
            of(429, b"", Some("Wed, 21 Oct 2026 07:28:00 GMT")).retry_after,
            Some(Duration::from_secs(60))
        );
        assert_eq!(of(429, b"", Some("Wed, 21 Oct 2020 07:28:00 GMT")).retry_after, Some(Duration::ZERO));
        assert_eq!(of(429, b"", Some("99999999999999999999999")).retry_after, Some(LONGEST_WAIT));
        assert_eq!(of(429, b"", Some("soon")).retry_after, None);
    }

    proptest! {
        #[test]
        fn any_bytes_make_a_refusal_of_bounded_size(body in proptest::collection::vec(any::<u8>(), 0..2_000)) {
            let refusal = of(422, &body, None);
            prop_assert!(refusal.fields.len() <= MOST_FIELDS);
        }

        #[test]
        fn a_text_of_any_length_is_kept_short(text in ".{1,40}", times in 1usize..200) {
            let body = json!({"errors": {"title": [text.repeat(times)]}}).to_string();
            let refusal = of(422, body.as_bytes(), None);
            for text in refusal.fields.values().flatten() {
                prop_assert!(text.chars().count() <= LONGEST_TEXT + 1);
            }
        }
    }
}
