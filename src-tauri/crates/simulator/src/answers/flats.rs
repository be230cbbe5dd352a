use serde_json::{Value, json};

use super::users::resident;
use super::{Style, lines};
use crate::building::{Building, Flat, HeldKey, Key};

/// A row of the flats list: counts, no keys, no users.
pub(crate) fn flat_row(flat: &Flat, intercom: u64, style: Style) -> Value {
    json!({
        "id": flat.id,
        "flat": flat.number,
        "key_count": flat.keys.len(),
        "users_count": flat.residents.len(),
        "intercom_id": intercom,
        "properties": lines::of_a_flat(flat, style.dialect),
    })
}

/// Seed 003: everything about one flat but its intercom.
pub(crate) fn flat_detail(flat: &Flat, building: &Building, style: Style) -> Value {
    let users: Vec<Value> = flat
        .residents
        .iter()
        .filter_map(|id| building.residents.get(id))
        .map(|person| resident(person, style))
        .collect();
    let keys: Vec<Value> = flat.keys.iter().map(|each| key(each, building, style)).collect();
    json!({
        "id": flat.id,
        "flat": flat.number,
        "key_count": keys.len(),
        "users_count": users.len(),
        "keys": keys,
        "users": users,
        "properties": lines::of_a_flat(flat, style.dialect),
    })
}

/// Seed 004: the three lines under the contract's own names.
pub(crate) fn flat_with_lines(flat: &Flat, intercom: u64) -> Value {
    json!({
        "id": flat.id,
        "flat": flat.number,
        "key_count": flat.keys.len(),
        "users_count": flat.residents.len(),
        "intercom_id": intercom,
        "properties": lines::of_the_contract(flat),
    })
}

/// A row of the list of keys: its flat with the lines beside its number.
pub(crate) fn key_row(held: &HeldKey<'_>, building: &Building, intercom: u64, style: Style) -> Value {
    let mut row = key(held.key, building, style);
    row["flat"] = held.flat.map_or(Value::Null, |flat| {
        let mut fields = lines::beside_a_keys_flat(flat, style.dialect);
        fields.insert("id".to_owned(), json!(flat.id));
        fields.insert("flat".to_owned(), json!(flat.number));
        fields.insert("intercom_id".to_owned(), json!(intercom));
        Value::Object(fields)
    });
    row["deleted_at"] = Value::Null;
    row
}

fn key(key: &Key, building: &Building, style: Style) -> Value {
    let owner = key.owner.and_then(|id| building.residents.get(&id));
    json!({
        "id": key.id,
        "key": key.digits,
        "user": owner.map(|person| resident(person, style)),
        "created_at": style.date(key.created_at),
        "updated_at": style.date(key.updated_at),
    })
}
