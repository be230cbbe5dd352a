use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::Style;
use super::dates::iso;
use crate::building::Resident;
use crate::sessions::Session;

/// A resident as flats and keys show them.
pub(crate) fn resident(person: &Resident, style: Style) -> Value {
    json!({
        "id": person.id,
        "name": person.name,
        "login": person.login,
        "created_at": style.date(person.created_at),
        "updated_at": style.date(person.updated_at),
        "expired_at": style.date(person.expired_at),
        "is_licence_limit_reached": false,
        "ptz_priority": 1,
        "access_token_id": null,
    })
}

/// The answer to an admin's sign-in.
pub(crate) fn admin_signed_in(session: &Session, login: &str, expires_at: DateTime<Utc>) -> Value {
    json!({
        "user": {"id": 9_001, "login": login, "name": "Управляющий", "access_token_id": null},
        "expires_at": iso(expires_at),
        "token_type": "Bearer",
        "access_token": session.token,
    })
}

/// The answer to a client's sign-in: no expiry, no refresh.
pub(crate) fn client_signed_in(session: &Session, login: &str) -> Value {
    json!({
        "user": {
            "id": 9_002,
            "login": login,
            "name": "Консьерж",
            "permissions": ["intercom", "intercom_codes"],
            "access_token_id": session.id,
        },
        "access_token": session.token,
    })
}

/// The body of a 419: the sessions to choose one from, and how many sign-ins are left until a captcha.
pub(crate) fn too_many_sessions(
    living: &[&Session],
    limit: usize,
    left: Option<u32>,
    now: DateTime<Utc>,
) -> Value {
    let rows: Vec<Value> = living.iter().map(|each| session(each, None, now)).collect();
    json!({"sessions_limit": limit, "sessions": rows, "captcha_will_required_in": left.unwrap_or(5)})
}

/// One session in a list; `current` is the one that asks.
pub(crate) fn session(session: &Session, current: Option<u64>, now: DateTime<Utc>) -> Value {
    json!({
        "id": session.id,
        "online": (now - session.last_used).num_minutes() < 5,
        "last": iso(session.last_used),
        "user_agent": session.origin.user_agent,
        "client": session.origin.client,
        "ip": "127.0.0.1",
        "is_current": current == Some(session.id),
    })
}
