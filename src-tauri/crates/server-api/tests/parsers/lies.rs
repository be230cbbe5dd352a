//! What a server may do to an answer: leave something out, say it in another type, twice, or without end.

use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// One change of an answer.
#[derive(Debug, Clone)]
pub(crate) struct Lie {
    /// Which value of the tree, counted from the top and around again.
    place: usize,
    kind: Kind,
}

#[derive(Debug, Clone)]
enum Kind {
    Drop,
    Replace(Value),
    AsText,
    AsNumber,
    AsList,
    AsMapOfPlaces,
    Repeat(usize),
    Lengthen(usize),
}

impl Lie {
    /// Changes the tree, unless earlier lies have made it large already: a list of lists of lists has no end.
    pub(crate) fn tell(&self, tree: &mut Value) {
        if tree.to_string().len() > 5_000 {
            return;
        }
        let mut at = self.place % size(tree);
        self.walk(tree, &mut at);
    }

    fn walk(&self, value: &mut Value, at: &mut usize) -> bool {
        if *at == 0 {
            self.change(value);
            return true;
        }
        *at -= 1;
        match value {
            Value::Array(items) => items.iter_mut().any(|item| self.walk(item, at)),
            Value::Object(fields) => fields.values_mut().any(|field| self.walk(field, at)),
            _ => false,
        }
    }

    fn change(&self, value: &mut Value) {
        let old = value.take();
        *value = match (&self.kind, old) {
            (Kind::Drop, Value::Object(fields)) => Value::Object(fields.into_iter().skip(1).collect()),
            (Kind::Drop, Value::Array(items)) => Value::Array(items.into_iter().skip(1).collect()),
            (Kind::Drop, _) => Value::Null,
            (Kind::Replace(with), _) => with.clone(),
            (Kind::AsText, Value::String(text)) => Value::String(text),
            (Kind::AsText, old) => Value::String(old.to_string()),
            (Kind::AsNumber, Value::String(text)) => text.parse::<i64>().map_or(Value::from(0), Value::from),
            (Kind::AsNumber, Value::Bool(yes)) => Value::from(u8::from(yes)),
            (Kind::AsNumber, _) => Value::from(1),
            (Kind::AsList, old) => json!([old]),
            (Kind::AsMapOfPlaces, Value::Array(items)) => {
                let places = items.into_iter().enumerate().map(|(place, item)| (place.to_string(), item));
                Value::Object(places.collect::<Map<String, Value>>())
            }
            (Kind::AsMapOfPlaces, old) => json!({"0": old}),
            (Kind::Repeat(times), old) => Value::Array(vec![old; *times]),
            (Kind::Lengthen(times), Value::String(text)) => Value::String(text.repeat(*times)),
            (Kind::Lengthen(times), _) => Value::String("Ж\u{202e}\u{0}<".repeat(*times)),
        };
    }
}

/// Any one change.
pub(crate) fn lie() -> impl Strategy<Value = Lie> {
    let kind = prop_oneof![
        Just(Kind::Drop),
        any_json().prop_map(Kind::Replace),
        Just(Kind::AsText),
        Just(Kind::AsNumber),
        Just(Kind::AsList),
        Just(Kind::AsMapOfPlaces),
        (0usize..20).prop_map(Kind::Repeat),
        (1usize..2_500).prop_map(Kind::Lengthen),
    ];
    (0usize..200, kind).prop_map(|(place, kind)| Lie { place, kind })
}

/// Any JSON, shallow enough to be made quickly, with names that parsers look for.
pub(crate) fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        (0u64..4).prop_map(|near| Value::from((1u64 << 53) - 2 + near)),
        ".{0,20}".prop_map(Value::from),
        "[0-9]{1,20}".prop_map(Value::from),
        "[0-9]{4}-[01][0-9]-[0-3][0-9][ T][0-2][0-9]:[0-5][0-9](:[0-6][0-9])?Z?".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 24, 5, |inner| {
        let known = [
            "id",
            "data",
            "meta",
            "last_page",
            "properties",
            "keys",
            "users",
            "user",
            "flat",
            "errors",
            "captcha",
            "sessions",
            "last",
            "key",
            "code",
            "title",
            "expired_at",
            "access_token",
            "img",
            "ttl",
            "flat_from",
            "flat_to",
            "is_analog_line_available",
            "is_analog_line_enable",
            "is_sip_line_enable",
            "intercom",
            "intercom_flat",
        ];
        let key = prop_oneof![
            4 => prop::sample::select(known.to_vec()).prop_map(str::to_owned),
            1 => "[0-9]{0,2}".prop_map(String::from),
            1 => ".{0,6}".prop_map(String::from),
        ];
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            proptest::collection::vec((key, inner), 0..5)
                .prop_map(|pairs| Value::Object(pairs.into_iter().collect())),
        ]
    })
}

fn size(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(size).sum(),
        Value::Object(fields) => fields.values().map(size).sum(),
        _ => 0,
    }
}
