//! The body of a refusal (all seeds: 422), and of whatever else says no.

use std::time::Duration;

use serde_json::Value;

use super::value::{count, text};
use crate::error::Refusal;

/// Limits on what is kept of a server's words: more than anyone reads, less than would hurt.
const MOST_FIELDS: usize = 50;
const MOST_TEXTS: usize = 20;
const LONGEST_TEXT: usize = 1_000;

/// Reads a refusal from its status, body (any bytes) and `Retry-After` header.
pub(crate) fn refusal(status: u16, body: &[u8], retry_after: Option<&str>) -> Refusal {
    let body: Value = serde_json::from_slice(body).unwrap_or_default();
    let mut refusal = Refusal {
        status,
        message: text(body.get("message")).map(shortened),
        retry_after: retry_after.and_then(|seconds| seconds.trim().parse().ok()).map(Duration::from_secs),
        sessions_limit: count(body.get("sessions_limit")),
        ..Refusal::default()
    };
    if let Some(errors) = body.get("errors").and_then(Value::as_object) {
        for (key, texts) in errors.iter().take(MOST_FIELDS) {
            let texts = words(texts);
            if !texts.is_empty() {
                refusal.fields.insert(shortened(key.clone()), texts);
            }
        }
    } else if let Some(errors) = body.get("errors") {
        let texts = words(errors);
        if !texts.is_empty() {
            refusal.fields.insert(String::new(), texts);
        }
    }
    refusal
}

/// One text or a list of them.
fn words(value: &Value) -> Vec<String> {
    match value {
        Value::Array(texts) => {
            texts.iter().filter_map(|one| text(Some(one))).take(MOST_TEXTS).map(shortened).collect()
        }
        one => text(Some(one)).map(shortened).into_iter().collect(),
    }
}

fn shortened(text: String) -> String {
    if text.chars().count() <= LONGEST_TEXT {
        text
    } else {
        text.chars().take(LONGEST_TEXT).chain(['…']).collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    #[test]
    fn every_text_of_every_key_is_kept() {
        let body = json!({
            "message": "There will be no informative message here",
            "errors": {"expired_at": ["too far", "not a date"], "any_key": "one text", "odd": {"x": 1}, "empty": []}
        });
        let refusal = refusal(422, body.to_string().as_bytes(), None);
        assert_eq!(refusal.fields["expired_at"], ["too far", "not a date"]);
        assert_eq!(refusal.fields["any_key"], ["one text"]);
        assert_eq!(refusal.fields.len(), 2);
        assert_eq!(refusal.message.as_deref(), Some("There will be no informative message here"));
    }

    #[test]
    fn errors_that_are_a_bare_list_are_kept_without_a_key() {
        let refusal = refusal(422, br#"{"errors": ["no"]}"#, None);
        assert_eq!(refusal.fields[""], ["no"]);
    }

    #[test]
    fn a_wait_is_read_from_the_header() {
        assert_eq!(refusal(429, b"", Some(" 7 ")).retry_after, Some(Duration::from_secs(7)));
        assert_eq!(refusal(429, b"", Some("Wed, 21 Oct 2026 07:28:00 GMT")).retry_after, None);
    }

    proptest! {
        #[test]
        fn any_bytes_make_a_refusal_of_bounded_size(body in proptest::collection::vec(any::<u8>(), 0..2_000)) {
            let refusal = refusal(422, &body, None);
            prop_assert!(refusal.fields.len() <= MOST_FIELDS);
        }

        #[test]
        fn a_text_of_any_length_is_kept_short(text in ".{1,40}", times in 1usize..200) {
            let body = json!({"errors": {"title": [text.repeat(times)]}}).to_string();
            let refusal = refusal(422, body.as_bytes(), None);
            for text in refusal.fields.values().flatten() {
                prop_assert!(text.chars().count() <= LONGEST_TEXT + 1);
            }
        }
    }
}
