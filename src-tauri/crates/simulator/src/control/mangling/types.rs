use serde_json::{Map, Number, Value, json};

/// The habits of a loosely typed server: see [`Fault::WrongTypes`](crate::control::Fault::WrongTypes).
pub(super) fn mistaken(answer: Value) -> Value {
    Mistakes::default().made_in(answer)
}

/// Booleans take turns in how they are wrong.
#[derive(Default)]
struct Mistakes {
    booleans: usize,
}

impl Mistakes {
    fn made_in(&mut self, value: Value) -> Value {
        match value {
            Value::Null => Value::Null,
            Value::Bool(is_set) => self.boolean(is_set),
            Value::Number(number) => Value::String(number.to_string()),
            Value::String(text) => number(&text).map_or(Value::String(text), Value::Number),
            Value::Array(mut items) => match (items.len(), items.pop()) {
                (1, Some(only)) => self.made_in(only),
                (_, last) => items.into_iter().chain(last).map(|item| self.made_in(item)).collect(),
            },
            Value::Object(fields) => {
                fields.into_iter().map(|(name, value)| (name, self.made_in(value))).collect()
            }
        }
    }

    fn boolean(&mut self, is_set: bool) -> Value {
        self.booleans += 1;
        let digit = u8::from(is_set);
        if self.booleans.is_multiple_of(2) { json!(digit) } else { json!(digit.to_string()) }
    }
}

/// Digits become a number, and lose their leading zeros.
fn number(text: &str) -> Option<Number> {
    let is_all_digits = !text.is_empty() && text.len() < 19 && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse::<u64>().ok().filter(|_| is_all_digits).map(Number::from)
}

/// `[]` for every map inside, as an empty array of the server's language looks.
pub(super) fn with_empty_maps(answer: Value) -> Value {
    match answer {
        Value::Object(fields) => fields.into_iter().map(|(name, value)| (name, emptied(value))).collect(),
        Value::Array(items) => items.into_iter().map(with_empty_maps).collect(),
        other => other,
    }
}

fn emptied(value: Value) -> Value {
    if value.is_object() { json!([]) } else { with_empty_maps(value) }
}

/// Valid JSON that nothing was asked to look like.
pub(in crate::control) fn of_another_shape(answer: Option<&Value>) -> Value {
    match answer {
        Some(Value::Object(_)) => json!(["unexpected", 42, {"ok": true}, null, [[1, 2], []]]),
        _ => Value::Object(Map::from_iter([("result".to_owned(), json!({"ok": [true, "yes", 1]}))])),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{mistaken, with_empty_maps};

    #[test]
    fn every_kind_of_value_is_of_another_type() {
        let right = json!({"id": 7, "code": "01234", "title": "Visitor", "a": true, "b": false, "none": null,
            "one": [{"id": 1}], "two": [1, 2]});
        let wrong = json!({"id": "7", "code": 1_234, "title": "Visitor", "a": "1", "b": 0, "none": null,
            "one": {"id": "1"}, "two": ["1", "2"]});
        assert_eq!(mistaken(right), wrong);
    }

    #[test]
    fn maps_inside_are_empty_lists_and_rows_stay() {
        let right = json!({"data": [{"id": 1, "properties": {"a": 1}, "user": null}], "meta": {"total": 1}});
        let wrong = json!({"data": [{"id": 1, "properties": [], "user": null}], "meta": []});
        assert_eq!(with_empty_maps(right), wrong);
    }
}
