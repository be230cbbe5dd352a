//! Sign-ins and the probe (`server-api`: the accounts' documented calls).

use chrono::{DateTime, Utc};
use secrecy::SecretString;
use serde_json::Value;

use super::value::{Reader, boolean, exact, record_id, text};

/// The longest token, in characters: well below what servers take in a header line.
const LONGEST_TOKEN: usize = 8_000;

/// Who signed in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Account {
    /// Record id, where the answer says.
    pub id: Option<u64>,
    /// Name.
    pub name: Option<String>,
    /// Login.
    pub login: Option<String>,
}

/// What an admin sign-in answers.
#[derive(Debug)]
pub struct AdminSession {
    /// The bearer token.
    pub token: SecretString,
    /// When it ends, where the server says.
    pub expires_at: Option<DateTime<Utc>>,
    /// Who signed in.
    pub account: Account,
}

/// What a client sign-in answers: no expiry, no refresh.
#[derive(Debug)]
pub struct ClientSession {
    /// The bearer token.
    pub token: SecretString,
    /// Who signed in.
    pub account: Account,
}

/// What the server says of itself to anyone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Basic {
    /// Its version.
    pub version: Option<String>,
    /// Whether a sign-in may ask for a captcha.
    pub is_captcha_available: bool,
}

/// A sign-in without a token is none.
pub(crate) fn admin_session(reader: &mut Reader, body: &Value) -> Option<AdminSession> {
    let object = body.as_object()?;
    let token = token(object.get("access_token"))?;
    let expires_at = reader.instant(object, "expires_at", "");
    Some(AdminSession { token: SecretString::from(token), expires_at, account: account(object.get("user")) })
}

/// A sign-in without a token is none.
pub(crate) fn client_session(body: &Value) -> Option<ClientSession> {
    let token = token(body.get("access_token"))?;
    Some(ClientSession { token: SecretString::from(token), account: account(body.get("user")) })
}

/// Such a server names at least one of the four documented keys.
pub(crate) fn basic(body: &Value) -> Option<Basic> {
    let object = body.as_object()?;
    let known = ["version", "is_captcha_available", "is_external_auth_enabled", "available_locales"];
    known.iter().any(|key| object.contains_key(*key)).then(|| Basic {
        version: text(object.get("version")),
        is_captcha_available: boolean(object.get("is_captcha_available")).unwrap_or_default(),
    })
}

/// A token goes back in a header: visible ASCII, never cut.
fn token(value: Option<&Value>) -> Option<String> {
    exact(value, LONGEST_TOKEN).filter(|token| token.bytes().all(|byte| byte.is_ascii_graphic()))
}

fn account(user: Option<&Value>) -> Account {
    let Some(user) = user else { return Account::default() };
    Account {
        id: user.get("id").and_then(record_id),
        name: text(user.get("name")),
        login: text(user.get("login")),
    }
}
