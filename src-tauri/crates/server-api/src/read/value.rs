//! The smallest readings: PHP's habits undone.

use chrono::{DateTime, FixedOffset, Utc};
use serde_json::{Map, Value};

use super::instant::parse_instant;

/// The largest id that survives the way into a web view: 2^53 − 1.
const LARGEST_ID: u64 = (1 << 53) - 1;
/// More problems than a person would read; the rest of a hostile answer is not kept.
const MOST_PROBLEMS: usize = 200;

/// Something in an answer that could not be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where it stands, as `data[3]` or `keys[0].user`.
    pub record: String,
    /// The field, empty where the whole record is meant.
    pub field: String,
    /// What is wrong with it.
    pub kind: ProblemKind,
}

/// What is wrong with a record or field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProblemKind {
    /// The record has no id: it was left out.
    IdMissing,
    /// The id is not in 1..=2^53−1: the record was left out.
    IdOutOfRange,
    /// Not a record at all: it was left out.
    NotAnObject,
    /// Two names of one line say different things: the `…_available` one was taken.
    LineConflict,
    /// The value has a form nobody knows: taken as not said.
    Unreadable,
}

/// Reads one answer and collects its problems.
pub(crate) struct Reader {
    zone: FixedOffset,
    pub(crate) problems: Vec<Problem>,
}

impl Reader {
    /// `zone`: what a date without a zone means on this server.
    pub(crate) fn new(zone: FixedOffset) -> Self {
        Self { zone, problems: Vec::new() }
    }

    pub(crate) fn note(&mut self, record: &str, field: &str, kind: ProblemKind) {
        if self.problems.len() < MOST_PROBLEMS {
            self.problems.push(Problem { record: record.to_owned(), field: field.to_owned(), kind });
        }
    }

    /// The record's own map, or a noted problem.
    pub(crate) fn object<'v>(&mut self, value: &'v Value, record: &str) -> Option<&'v Map<String, Value>> {
        let object = value.as_object();
        if object.is_none() {
            self.note(record, "", ProblemKind::NotAnObject);
        }
        object
    }

    /// The record's `id`, or a noted problem.
    pub(crate) fn id(&mut self, object: &Map<String, Value>, record: &str) -> Option<u64> {
        match object.get("id") {
            None | Some(Value::Null) => {
                self.note(record, "id", ProblemKind::IdMissing);
                None
            }
            Some(value) => {
                let id = record_id(value);
                if id.is_none() {
                    self.note(record, "id", ProblemKind::IdOutOfRange);
                }
                id
            }
        }
    }

    /// An instant; absent, null and `""` are "not said", anything unreadable is noted.
    pub(crate) fn instant(
        &mut self,
        object: &Map<String, Value>,
        field: &str,
        record: &str,
    ) -> Option<DateTime<Utc>> {
        let value = object.get(field)?;
        if value.is_null() || value.as_str().is_some_and(|text| text.trim().is_empty()) {
            return None;
        }
        let instant = value.as_str().and_then(|text| parse_instant(text, self.zone));
        if instant.is_none() {
            self.note(record, field, ProblemKind::Unreadable);
        }
        instant
    }

    /// Reads every element of a list with `one`, leaving out what it cannot read.
    pub(crate) fn list<T>(
        &mut self,
        value: Option<&Value>,
        record: &str,
        one: impl Fn(&mut Self, &Value, &str) -> Option<T>,
    ) -> Vec<T> {
        elements(value)
            .into_iter()
            .enumerate()
            .filter_map(|(index, value)| one(self, value, &format!("{record}[{index}]")))
            .collect()
    }

    /// A list within a record: absent and null are "not said", and so is what is no list, which is noted.
    pub(crate) fn nested<T>(
        &mut self,
        object: &Map<String, Value>,
        field: &str,
        record: &str,
        one: impl Fn(&mut Self, &Value, &str) -> Option<T>,
    ) -> Option<Vec<T>> {
        let value = object.get(field).filter(|value| !value.is_null())?;
        if !matches!(value, Value::Array(_) | Value::Object(_)) {
            self.note(record, field, ProblemKind::Unreadable);
            return None;
        }
        Some(self.list(Some(value), &join(record, field), one))
    }
}

/// The name of a field within a record.
pub(crate) fn join(record: &str, field: &str) -> String {
    if record.is_empty() { field.to_owned() } else { format!("{record}.{field}") }
}

/// A record id in 1..=2^53−1, from a number or a string of digits.
pub(crate) fn record_id(value: &Value) -> Option<u64> {
    let id = match value {
        Value::Number(number) => number.as_u64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }?;
    (1..=LARGEST_ID).contains(&id).then_some(id)
}

/// A count that fits, from a number or a string of digits.
pub(crate) fn count(value: Option<&Value>) -> Option<u32> {
    match value? {
        Value::Number(number) => number.as_u64().and_then(|count| u32::try_from(count).ok()),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

/// A yes or no, also as 0/1 and as a string of either.
pub(crate) fn boolean(value: Option<&Value>) -> Option<bool> {
    match value? {
        Value::Bool(yes) => Some(*yes),
        Value::Number(number) => match number.as_i64() {
            Some(0) => Some(false),
            Some(1) => Some(true),
            _ => None,
        },
        Value::String(text) => match text.trim() {
            "1" | "true" => Some(true),
            "0" | "false" => Some(false),
            _ => None,
        },
        _ => None,
    }
}

/// A text, also where the server sends a number; blank is "not said".
pub(crate) fn text(value: Option<&Value>) -> Option<String> {
    let text = match value? {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

/// A map, where PHP may send `[]` for an empty one.
pub(crate) fn map(value: Option<&Value>) -> Map<String, Value> {
    value.and_then(Value::as_object).cloned().unwrap_or_default()
}

/// The elements of a list, where PHP may send one record for a list of one, or a map with numeric keys.
fn elements(value: Option<&Value>) -> Vec<&Value> {
    match value {
        Some(Value::Array(items)) => items.iter().collect(),
        Some(Value::Object(object)) if object.is_empty() => Vec::new(),
        Some(Value::Object(object))
            if object.keys().all(|key| key.bytes().all(|byte| byte.is_ascii_digit())) =>
        {
            object.values().collect()
        }
        Some(record @ Value::Object(_)) => vec![record],
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn ids_outside_what_a_web_view_can_hold_are_refused() {
        assert_eq!(record_id(&json!(LARGEST_ID)), Some(LARGEST_ID));
        for value in
            [json!(0), json!(-1), json!(LARGEST_ID + 1), json!(1e300), json!(1.5), json!("x"), json!([1])]
        {
            assert_eq!(record_id(&value), None, "{value}");
        }
        assert_eq!(record_id(&json!(" 42 ")), Some(42));
    }

    #[test]
    fn yes_and_no_are_read_in_every_form_php_gives_them() {
        for yes in [json!(true), json!(1), json!("1"), json!("true")] {
            assert_eq!(boolean(Some(&yes)), Some(true), "{yes}");
        }
        for unknown in [json!(null), json!(2), json!("yes"), json!([]), json!({})] {
            assert_eq!(boolean(Some(&unknown)), None, "{unknown}");
        }
    }

    #[test]
    fn a_list_of_one_may_be_the_record_itself_and_an_empty_map_is_an_empty_list() {
        assert_eq!(elements(Some(&json!({"id": 1}))).len(), 1);
        assert_eq!(elements(Some(&json!({"0": {"id": 1}, "2": {"id": 2}}))).len(), 2);
        assert_eq!(elements(Some(&json!({}))).len(), 0);
        assert_eq!(elements(Some(&json!([]))).len(), 0);
        assert_eq!(elements(Some(&json!(null))).len(), 0);
    }
}
