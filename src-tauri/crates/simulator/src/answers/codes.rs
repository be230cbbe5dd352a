use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::dates::iso;
use super::{Style, lines};
use crate::building::{Flat, Intercom};
use crate::codes::Code;

/// Seed 000: ISO dates, the flat and its counts left unloaded.
pub(crate) fn admin_code(code: &Code, flat: &Flat, now: DateTime<Utc>, style: Style) -> Value {
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
            "properties": lines::of_a_codes_flat(flat, style.dialect),
        },
    })
}

/// Seeds 001 and 002: dates as the dialect writes them, and the intercom with dates in ISO form.
pub(crate) fn client_code(code: &Code, intercom: &Intercom, now: DateTime<Utc>, style: Style) -> Value {
    json!({
        "id": code.id,
        "title": code.title,
        "code": code.digits,
        "expired_at": style.date(code.expired_at),
        "is_expired": code.is_expired(now),
        "will_deleted_at": style.date(code.will_deleted_at()),
        "created_at": style.date(code.created_at),
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
