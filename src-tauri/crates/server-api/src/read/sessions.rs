//! Sessions of the client account (its list, and beside a 419).

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::instant::of_timestamp;
use super::value::{Reader, boolean, text};

/// A living sign-in of the client account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Record id: what ends it.
    pub id: u64,
    /// Whether something uses it right now.
    pub is_online: Option<bool>,
    /// When it was used last.
    pub last_seen: Option<DateTime<Utc>>,
    /// The program, as it calls itself (`User-Agent`).
    pub user_agent: Option<String>,
    /// The kind of client (`X-Client`).
    pub client: Option<String>,
    /// The address it came from.
    pub ip: Option<String>,
    /// Whether it is the one that asked.
    pub is_current: bool,
}

/// One session. `last` is a date in any known form or a Unix timestamp in seconds.
pub(crate) fn session(reader: &mut Reader, value: &Value, record: &str) -> Option<Session> {
    let object = reader.object(value, record)?;
    let id = reader.id(object, record)?;
    let last_seen = match object.get("last").and_then(of_timestamp) {
        None => reader.instant(object, "last", record),
        seen => seen,
    };
    Some(Session {
        id,
        is_online: boolean(object.get("online")).or_else(|| boolean(object.get("is_online"))),
        last_seen,
        user_agent: text(object.get("user_agent")),
        client: text(object.get("client")),
        ip: text(object.get("ip")),
        is_current: boolean(object.get("is_current")).unwrap_or_default(),
    })
}
