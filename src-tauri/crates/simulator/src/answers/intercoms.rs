use serde_json::{Value, json};

use super::dates::iso;
use crate::building::Intercom;

/// A row of the client account's list of intercoms.
pub(crate) fn client_intercom(intercom: &Intercom) -> Value {
    json!({
        "id": intercom.id,
        "title": intercom.title,
        "is_online": intercom.is_online,
        "is_enabled": true,
        "status": "confirmed",
        "department": intercom.department,
        "address": intercom.address,
        "is_open_door_code": true,
        "created_at": intercom.created_at.map(iso),
        "updated_at": iso(intercom.updated_at),
    })
}

/// A row of the admin's undocumented list of intercoms.
pub(crate) fn admin_intercom(intercom: &Intercom) -> Value {
    json!({
        "id": intercom.id,
        "title": intercom.title,
        "is_online": intercom.is_online,
        "department": intercom.department,
        "address": intercom.address,
        "created_at": intercom.created_at.map(iso),
        "updated_at": iso(intercom.updated_at),
    })
}

/// What billing tells of one intercom.
pub(crate) fn billing_intercom(intercom: &Intercom) -> Value {
    json!({
        "id": intercom.id,
        "external_id": intercom.external_id,
        "department": intercom.department,
        "title": intercom.title,
        "mac": intercom.mac,
        "model": "AV-08FB",
        "serial_number": intercom.serial_number,
        "status": "installed",
        "flat_from": intercom.flats.first().map(|flat| flat.number),
        "flat_to": intercom.flats.last().map(|flat| flat.number),
        "camera": null,
        "group": null,
    })
}
