//! A flat's three lines, under the names each version gives them in each place.

use serde_json::{Map, Value, json};

use crate::building::Flat;
use crate::dialect::Dialect;

/// Named as the contract writes them (seed 004).
pub(super) fn of_the_contract(flat: &Flat) -> Map<String, Value> {
    map(json!({
        "is_smartphone_sip_line_available": flat.lines.smartphone,
        "is_landline_sip_line_available": flat.lines.landline,
        "is_analog_line_available": flat.lines.analog,
    }))
}

/// In a flat of the list, and in a single one (seed 003).
pub(super) fn of_a_flat(flat: &Flat, dialect: Dialect) -> Map<String, Value> {
    let mut lines = match dialect {
        Dialect::V23_12 => with_numbers(flat),
        Dialect::V24_12 => map(json!({
            "is_analog_line_enable": flat.lines.analog,
            "is_sip_line_enable": flat.lines.smartphone,
        })),
        Dialect::V25_12 => of_the_contract(flat),
    };
    lines.insert("is_can_manage_resistance".to_owned(), json!(flat.can_manage_resistance));
    lines
}

/// In the flat of an admin's code (seed 000), where the volumes stand as well.
pub(super) fn of_a_codes_flat(flat: &Flat, dialect: Dialect) -> Map<String, Value> {
    let mut lines = match dialect {
        Dialect::V23_12 => with_numbers(flat),
        Dialect::V24_12 => map(json!({"is_analog_line_enable": flat.lines.analog})),
        Dialect::V25_12 => of_the_contract(flat),
    };
    lines.append(&mut map(json!({
        "is_can_manage_resistance": flat.can_manage_resistance,
        "handset_ring_analog_volumes": null,
        "handset_talk_analog_volumes": null,
        "panel_talk_analog_volumes": null,
        "panel_system_volumes": null,
    })));
    lines
}

/// Beside the flat of a key in the list of keys, where there is no `properties`.
pub(super) fn beside_a_keys_flat(flat: &Flat, dialect: Dialect) -> Map<String, Value> {
    match dialect {
        Dialect::V23_12 | Dialect::V24_12 => map(json!({
            "is_smartphone_sip_line_available": flat.lines.smartphone,
            "is_landline_sip_line_available": flat.lines.landline,
            "is_analog_line_enable": flat.lines.analog,
            "is_sip_line_enable": flat.lines.smartphone,
            "landline_number": landline_number(flat),
            "number": sip_number(flat),
        })),
        Dialect::V25_12 => of_the_contract(flat),
    }
}

fn with_numbers(flat: &Flat) -> Map<String, Value> {
    map(json!({
        "is_analog_line_enable": flat.lines.analog,
        "is_sip_line_enable": flat.lines.smartphone,
        "is_duplicated_sip_line_available": flat.lines.landline,
        "duplicate_number": landline_number(flat),
        "number": sip_number(flat),
    }))
}

fn sip_number(flat: &Flat) -> String {
    format!("10{:06}", flat.id)
}

fn landline_number(flat: &Flat) -> Option<String> {
    flat.lines.landline.then(|| format!("0{:07}", flat.id))
}

fn map(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}
