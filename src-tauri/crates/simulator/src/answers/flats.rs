use chrono::FixedOffset;
use serde_json::{Value, json};

use super::dates::sql;
use super::users::resident;
use crate::building::{Building, Flat, Key};

/// A row of the flats list: counts, no keys, no users, no landline.
pub(crate) fn flat_row(flat: &Flat, intercom: u64) -> Value {
    json!({
        "id": flat.id,
        "flat": flat.number,
        "key_count": flat.keys.len(),
        "users_count": flat.residents.len(),
        "intercom_id": intercom,
        "properties": properties(flat),
    })
}

/// Seed 003: everything about one flat but its intercom.
pub(crate) fn flat_detail(flat: &Flat, building: &Building, zone: FixedOffset) -> Value {
    let users: Vec<Value> = flat
        .residents
        .iter()
        .filter_map(|id| building.residents.get(id))
        .map(|person| resident(person, zone))
        .collect();
    let keys: Vec<Value> = flat.keys.iter().map(|each| key(each, building, zone)).collect();
    json!({
        "id": flat.id,
        "flat": flat.number,
        "key_count": keys.len(),
        "users_count": users.len(),
        "keys": keys,
        "users": users,
        "properties": properties(flat),
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
        "properties": {
            "is_smartphone_sip_line_available": flat.lines.smartphone,
            "is_landline_sip_line_available": flat.lines.landline,
            "is_analog_line_available": flat.lines.analog,
        },
    })
}

fn properties(flat: &Flat) -> Value {
    json!({
        "is_analog_line_enable": flat.lines.analog,
        "is_sip_line_enable": flat.lines.smartphone,
        "is_can_manage_resistance": flat.can_manage_resistance,
    })
}

fn key(key: &Key, building: &Building, zone: FixedOffset) -> Value {
    let owner = key.owner.and_then(|id| building.residents.get(&id));
    json!({
        "id": key.id,
        "key": key.digits,
        "user": owner.map(|person| resident(person, zone)),
        "created_at": sql(key.created_at, zone),
        "updated_at": sql(key.updated_at, zone),
    })
}
