//! What else a flat carries: kept as it came, known or not, but not without end.

use serde_json::{Map, Value};

use super::value::{LONGEST_TEXT, ProblemKind, Reader, join, shortened};

/// More properties than any version has.
const MOST_PROPERTIES: usize = 200;
/// More values within one property than any version has.
const MOST_VALUES: usize = 200;
/// The longest name of a property, in bytes.
const LONGEST_NAME: usize = 200;

/// The map under `properties`, where PHP may send `[]` for an empty one. What is too large is left out and noted,
/// a long text is cut.
pub(crate) fn properties(
    reader: &mut Reader,
    object: &Map<String, Value>,
    record: &str,
) -> Map<String, Value> {
    let Some(properties) = object.get("properties").and_then(Value::as_object) else { return Map::new() };
    let mut kept = Map::new();
    let mut is_cut = properties.len() > MOST_PROPERTIES;
    for (name, value) in properties.iter().take(MOST_PROPERTIES) {
        let mut room = MOST_VALUES;
        let value = bounded(value, &mut room).filter(|_| name.len() <= LONGEST_NAME);
        is_cut |= value.is_none();
        kept.extend(value.map(|value| (name.clone(), value)));
    }
    if is_cut {
        reader.note(&join(record, "properties"), "", ProblemKind::Unreadable);
    }
    kept
}

/// A copy of a value of at most `room` values and names, each of bounded length.
fn bounded(value: &Value, room: &mut usize) -> Option<Value> {
    *room = room.checked_sub(1)?;
    Some(match value {
        Value::String(text) => Value::from(shortened(text, LONGEST_TEXT)),
        Value::Array(items) => {
            Value::Array(items.iter().map(|item| bounded(item, room)).collect::<Option<_>>()?)
        }
        Value::Object(fields) => {
            let field = |(name, value): (&String, &Value)| {
                let value = bounded(value, room).filter(|_| name.len() <= LONGEST_NAME)?;
                Some((name.clone(), value))
            };
            Value::Object(fields.iter().map(field).collect::<Option<_>>()?)
        }
        plain => plain.clone(),
    })
}

#[cfg(test)]
mod tests {
    use chrono::FixedOffset;
    use serde_json::json;

    use super::*;

    fn kept(body: Value) -> (Map<String, Value>, usize) {
        let mut reader = Reader::new(FixedOffset::east_opt(0).unwrap());
        let kept = properties(&mut reader, body.as_object().unwrap(), "");
        (kept, reader.problems.len())
    }

    #[test]
    fn unknown_properties_are_kept_with_what_is_in_them() {
        let body = json!({"properties": {"volumes": {"panel": [1, null, "3"]}, "other": false}});
        assert_eq!(kept(body.clone()), (body["properties"].as_object().unwrap().clone(), 0));
    }

    #[test]
    fn what_is_without_end_is_left_out_alone_and_noted() {
        let endless = Value::Array(vec![json!(1); MOST_VALUES]);
        let (kept_of_two, problems) = kept(json!({"properties": {"endless": endless, "number": 4}}));
        assert_eq!((kept_of_two.len(), problems), (1, 1));
        let many: Map<String, Value> = (0..1_000).map(|name| (format!("p{name}"), json!(name))).collect();
        let (kept_of_many, problems) = kept(json!({"properties": many}));
        assert_eq!((kept_of_many.len(), problems), (MOST_PROPERTIES, 1));
    }

    #[test]
    fn an_empty_map_may_be_a_list() {
        assert_eq!(kept(json!({"properties": []})), (Map::new(), 0));
    }
}
