//! The contract's answers from `tests/contract/`, and answers of the calls around it.

use serde_json::{Value, json};

/// Every sample.
pub(crate) const SAMPLES: [&str; 18] = [
    "create-code-admin.answer",
    "create-code-admin.refused",
    "create-code-client.answer",
    "create-code-client.refused",
    "flat.answer",
    "flat.refused",
    "list-codes.answer",
    "list-codes.refused",
    "switch-lines.answer",
    "switch-lines.refused",
    "basic",
    "billing-intercom",
    "captcha",
    "intercoms",
    "keys",
    "sessions",
    "sign-in",
    "too-many-sessions",
];

/// Those that are lists, one for each kind of record.
pub(crate) const LISTS: [&str; 4] = ["list-codes.answer", "intercoms", "keys", "sessions"];

/// A sample by its name.
pub(crate) fn sample(name: &str) -> Value {
    match name {
        "basic" => json!({
            "is_captcha_available": true, "is_external_auth_enabled": false,
            "available_locales": ["en", "ru"], "version": "25.12.0.0",
        }),
        "billing-intercom" => json!({
            "id": 21, "external_id": "L12-1", "department": 1, "title": "Lenina 12", "mac": "08:13:CD:00:01:02",
            "model": "AV-05", "serial_number": null, "status": "installed", "flat_from": 1, "flat_to": 120,
            "camera": null, "group": {"id": 3, "title": "Lenina"},
        }),
        "captcha" => json!({
            "key": "f00dcafe", "ttl": 60,
            "img": "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=",
        }),
        "intercoms" => json!({
            "data": [{
                "id": 21, "title": "Entrance 1", "is_online": true, "is_enabled": 1, "status": "confirmed",
                "department": "1", "address": "Ленина, 12", "created_at": "2022-04-19 17:16:00",
            }],
            "links": {"first": null, "last": null, "prev": null, "next": null},
            "meta": {"current_page": 1, "last_page": 1, "per_page": 25, "from": 1, "to": 1, "total": 1},
        }),
        "keys" => json!({
            "data": [{
                "id": 5, "key": "0000003042CAAC", "user": {"id": 9, "name": "Анна", "login": "anna@lenina12.example"},
                "flat": {
                    "id": 7, "flat": 45, "is_smartphone_sip_line_available": true,
                    "is_landline_sip_line_available": false, "is_analog_line_enable": true,
                    "is_sip_line_enable": true, "landline_number": null, "number": "1045",
                },
                "created_at": "2023-12-22T00:00:00.000000Z", "updated_at": null, "deleted_at": null,
            }],
            "meta": {"last_page": "1"},
        }),
        "sessions" => json!([sample("too-many-sessions")["sessions"][0]]),
        "sign-in" => json!({
            "user": {"id": 4, "login": "anna@lenina12.example", "name": "Анна", "access_token_id": null},
            "expires_at": "2029-12-31T12:45:00.000000Z", "token_type": "Bearer", "access_token": "7|t0kenOfASample",
        }),
        "too-many-sessions" => json!({
            "sessions_limit": 5, "captcha_will_required_in": 2,
            "sessions": [{
                "id": 31, "online": false, "last": "2022-04-19 17:16:00", "user_agent": "Mozilla/5.0",
                "client": "web", "ip": "10.0.0.7", "is_current": false,
            }],
        }),
        file => {
            let path = format!("{}/../../../tests/contract/{file}.json", env!("CARGO_MANIFEST_DIR"));
            serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
        }
    }
}
