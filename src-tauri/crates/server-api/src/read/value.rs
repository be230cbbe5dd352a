//! The smallest readings: PHP's habits undone.

use chrono::{DateTime, FixedOffset, Utc};
use serde_json::{Map, Value};

use super::instant::parse_instant;

/// The largest id that survives the way into a web view: 2^53 − 1.
const LARGEST_ID: u64 = (1 << 53) - 1;
/// More problems than a person would read; the rest of a hostile answer is not kept.
const MOST_PROBLEMS: usize = 200;

/// More records than any one list has; the rest is left out.
pub(crate) const MOST_RECORDS: usize = 100_000;
/// The longest text that is kept whole, in characters.
pub(crate) const LONGEST_TEXT: usize = 2_000;

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

    /// A text that means something only when it is whole (a code, a key, a number): never cut. Absent, empty or
    /// longer than `longest` characters is noted.
    pub(crate) fn exact(
        &mut self,
        object: &Map<String, Value>,
        field: &str,
        record: &str,
        longest: usize,
    ) -> Option<String> {
        let text = exact(object.get(field), longest);
        if text.is_none() {
            self.note(record, field, ProblemKind::Unreadable);
        }
        text
    }

    /// Reads every element of a list with `one`, leaving out what it cannot read and what stands behind the first
    /// [`MOST_RECORDS`], which is noted.
    pub(crate) fn list<T>(
        &mut self,
        value: Option<&Value>,
        record: &str,
        one: impl Fn(&mut Self, &Value, &str) -> Option<T>,
    ) -> Vec<T> {
        let elements = elements(value);
        if elements.len() > MOST_RECORDS {
            self.note(record, "", ProblemKind::Unreadable);
        }
        elements
            .into_iter()
            .take(MOST_RECORDS)
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
        Value::String(text) => digits(text),
        _ => None,
    }?;
    (1..=LARGEST_ID).contains(&id).then_some(id)
}

/// A count that fits, from a number or a string of digits.
pub(crate) fn count(value: Option<&Value>) -> Option<u32> {
    match value? {
        Value::Number(number) => number.as_u64().and_then(|count| u32::try_from(count).ok()),
        Value::String(text) => digits(text).and_then(|count| u32::try_from(count).ok()),
        _ => None,
    }
}

/// A number of nothing but digits.
fn digits(text: &str) -> Option<u64> {
    let text = text.trim();
    if text.bytes().all(|byte| byte.is_ascii_digit()) { text.parse().ok() } else { None }
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

/// A text, also where the server sends a number; blank is "not said". Kept as it is, whatever characters it has, but
/// cut after [`LONGEST_TEXT`] characters.
pub(crate) fn text(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::String(text) => {
            Some(text.trim()).filter(|text| !text.is_empty()).map(|text| shortened(text, LONGEST_TEXT))
        }
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// A text as [`text`] reads it, but none at all where it is longer than `longest` characters.
pub(crate) fn exact(value: Option<&Value>, longest: usize) -> Option<String> {
    let text = match value? {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    (!text.is_empty() && text.chars().nth(longest).is_none()).then_some(text)
}

/// The first `longest` characters of a text, with an ellipsis where there are more.
pub(crate) fn shortened(text: &str, longest: usize) -> String {
    match text.char_indices().nth(longest) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", &text[..end]),
    }
}

/// The elements of a list, where PHP may send one record for a list of one, or a map with numeric keys.
pub(crate) fn elements(value: Option<&Value>) -> Vec<&Value> {
    match value {
        Some(Value::Array(items)) => items.iter().collect(),
        Some(Value::Object(object)) if object.is_empty() => Vec::new(),
        Some(Value::Object(object)) if object.keys().all(|key| place(key).is_some()) => {
            let mut items: Vec<_> = object.iter().map(|(key, item)| (place(key), item)).collect();
            items.sort_by_key(|(place, _)| *place);
            items.into_iter().map(|(_, item)| item).collect()
        }
        Some(record @ Value::Object(_)) => vec![record],
        _ => Vec::new(),
    }
}

/// A key of such a map, as the place it stands for.
fn place(key: &str) -> Option<u64> {
    if key.starts_with(|first: char| first.is_ascii_digit()) { digits(key) } else { None }
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
    fn a_hostile_text_is_kept_as_text_and_cut_but_never_where_only_the_whole_means_something() {
        for hostile in
            ["<script>alert(1)</script>", "\u{202e}txt.exe", "a\u{0}b\u{7}", "'; DROP TABLE codes; --"]
        {
            assert_eq!(text(Some(&json!(hostile))).as_deref(), Some(hostile));
        }
        let endless = json!("я".repeat(10_000));
        assert_eq!(text(Some(&endless)).unwrap().chars().count(), LONGEST_TEXT + 1);
        assert_eq!(exact(Some(&endless), 64), None);
        assert_eq!(exact(Some(&json!("0".repeat(64))), 64), Some("0".repeat(64)));
    }

    #[test]
    fn a_list_without_end_is_cut_and_it_is_noted() {
        let mut reader = Reader::new(FixedOffset::east_opt(0).unwrap());
        let endless = Value::Array(vec![json!(1); MOST_RECORDS + 1]);
        let items = reader.list(Some(&endless), "keys", |_, value, _| value.as_u64());
        assert_eq!(items.len(), MOST_RECORDS);
        assert_eq!(reader.problems[0].record, "keys");
    }

    #[test]
    fn a_list_of_one_may_be_the_record_itself_and_an_empty_map_is_an_empty_list() {
        assert_eq!(elements(Some(&json!({"id": 1}))).len(), 1);
        assert_eq!(elements(Some(&json!({"0": {"id": 1}, "2": {"id": 2}}))).len(), 2);
        let many: Map<String, Value> = (0..12).map(|place| (place.to_string(), json!(place))).collect();
        let in_order: Vec<Value> = (0..12).map(Value::from).collect();
        assert_eq!(elements(Some(&Value::Object(many))), in_order.iter().collect::<Vec<_>>());
        assert_eq!(elements(Some(&json!({}))).len(), 0);
        assert_eq!(elements(Some(&json!([]))).len(), 0);
        assert_eq!(elements(Some(&json!(null))).len(), 0);
    }
}
