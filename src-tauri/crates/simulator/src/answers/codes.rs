use chrono::{DateTime, FixedOffset, Utc};
use serde_json::{Value, json};

use super::dates::{iso, sql};
use crate::building::{Flat, Intercom};
use crate::codes::Code;

/// Seed 000: ISO dates, the flat and its counts left unloaded.
pub(crate) fn admin_code(code: &Code, flat: &Flat, now: DateTime<Utc>) -> Value {
    json!({
        "id": code.id,
        "title": code.title,
        "code": code.digits,
        "expired_at": iso(code.expired_at),
        "is_expired": code.is_expired(now),
        "will_deleted_at": iso(code.will_deleted_at()),
        "created_at": iso(code.created_at),
        "intercom_flat": {
            "id": flat.id,
            "flat": flat.number,
            "key_count": null,
            "users_count": null,
            "intercom_id": code.intercom,
            "properties": {
                "is_analog_line_enable": flat.lines.analog,
                "is_can_manage_resistance": flat.can_manage_resistance,
                "handset_ring_analog_volumes": null,
                "handset_talk_analog_volumes": null,
                "panel_talk_analog_volumes": null,
                "panel_system_volumes": null,
            },
        },
    })
}

/// Seeds 001 and 002: dates without a zone, and the intercom with dates in ISO form.
pub(crate) fn client_code(code: &Code, intercom: &Intercom, now: DateTime<Utc>, zone: FixedOffset) -> Value {
    json!({
        "id": code.id,
        "title": code.title,
        "code": code.digits,
        "expired_at": sql(code.expired_at, zone),
        "is_expired": code.is_expired(now),
        "will_deleted_at": sql(code.will_deleted_at(), zone),
        "created_at": sql(code.created_at, zone),
        "intercom": {
            "id": intercom.id,
            "title": intercom.title,
            "is_online": intercom.is_online,
            "department": intercom.department,
            "address": intercom.address,
            "created_at": intercom.created_at.map(iso),
            "updated_at": iso(intercom.updated_at),
        },
    })
}
