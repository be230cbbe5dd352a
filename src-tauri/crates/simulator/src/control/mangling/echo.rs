use chrono::{DateTime, NaiveDateTime, TimeDelta};
use serde_json::{Value, json};

const LATER: TimeDelta = TimeDelta::minutes(37);

/// Falsifies an answer while keeping its shape: another flat, another end, the other state of every line.
pub(super) fn falsify(mut answer: Value) -> Value {
    let Some(fields) = answer.as_object_mut() else { return answer };
    for date in ["expired_at", "will_deleted_at"] {
        if let Some(value) = fields.get_mut(date) {
            *value = later(value);
        }
    }
    for nested in ["intercom_flat", "intercom"] {
        if let Some(value) = fields.get_mut(nested) {
            name_another(value);
        }
    }
    if fields.contains_key("flat") {
        flip_lines(fields.get_mut("properties"));
        name_another(&mut answer);
    }
    answer
}

fn name_another(record: &mut Value) {
    for field in ["id", "flat"] {
        if let Some(number) = record.get(field).and_then(Value::as_u64) {
            record[field] = json!(number + 1);
        }
    }
}

fn flip_lines(properties: Option<&mut Value>) {
    let Some(properties) = properties.and_then(Value::as_object_mut) else { return };
    for (name, value) in properties.iter_mut() {
        if let (true, Some(is_on)) = (name.contains("_line_"), value.as_bool()) {
            *value = json!(!is_on);
        }
    }
}

/// A later date in the form the given one had; anything unreadable stays as it is.
fn later(date: &Value) -> Value {
    let Some(text) = date.as_str() else { return date.clone() };
    if let Ok(instant) = DateTime::parse_from_rfc3339(text) {
        return json!((instant + LATER).format("%Y-%m-%dT%H:%M:%S%.6fZ").to_string());
    }
    match NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S") {
        Ok(local) => json!((local + LATER).format("%Y-%m-%d %H:%M:%S").to_string()),
        Err(_) => date.clone(),
    }
}
