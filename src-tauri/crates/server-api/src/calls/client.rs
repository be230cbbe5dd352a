//! Calls of the client account; they carry `X-Client` and `X-UUID`.

use chrono::{DateTime, Utc};
use http::Method;
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};

use super::{created, delete, every_page, written_end};
use crate::connection::{Api, Bearer, Call, Connection, DateForm};
use crate::error::ApiError;
use crate::outcome::{Effect, Wanted};
use crate::read::{self, ClientSession, Code, Intercom, Listing, Reader, Session};

/// What a sign-in of the client account consists of.
#[derive(Debug, Clone, Copy)]
pub struct ClientSignIn<'a> {
    /// The account's login.
    pub login: &'a str,
    /// Its password.
    pub password: &'a SecretString,
    /// The answer to a captcha, once the server wants one ([`crate::open::captcha`]).
    pub captcha: Option<CaptchaAnswer<'a>>,
    /// A living session that this one takes the place of: an id beside a 419 ([`crate::Refusal::sessions`]).
    pub end_session: Option<u64>,
}

/// What a person read in a captcha.
#[derive(Debug, Clone, Copy)]
pub struct CaptchaAnswer<'a> {
    /// [`crate::Captcha::key`], as it came.
    pub key: &'a str,
    /// What the person typed.
    pub text: &'a str,
}

/// `POST /api/v1/token`: signs in. Never repeated by itself.
///
/// # Errors
/// [`ApiError::Refused`] with 422 and the key `captcha` where a captcha is wanted or was misread, with 419 where the
/// account has too many sessions.
pub async fn sign_in(connection: &Connection, sign_in: &ClientSignIn<'_>) -> Result<ClientSession, ApiError> {
    let mut body = json!({"login": sign_in.login, "password": sign_in.password.expose_secret()});
    if let Some(captcha) = sign_in.captcha {
        body["key"] = Value::from(captcha.key);
        body["captcha"] = Value::from(captcha.text);
    }
    if let Some(session) = sign_in.end_session {
        body["session_id"] = Value::from(session);
    }
    let mut call = Call::write("client sign-in", Method::POST, "/api/v1/token".to_owned(), body, None);
    call.api = Api::Client;
    call.effect = Effect::Ask;
    let body = connection.send(call).await?;
    read::client_session(&body).ok_or_else(|| connection.other_shape())
}

/// `POST /api/v1/logout`: ends the session of this token. Sent once; when the answer is lost, the session may live on.
pub async fn logout(connection: &Connection, bearer: &Bearer) -> Result<(), ApiError> {
    let body = json!({"uuid": connection.settings().device});
    let mut call =
        Call::write("client logout", Method::POST, "/api/v1/logout".to_owned(), body, Some(bearer));
    call.api = Api::Client;
    call.effect = Effect::Ask;
    call.wanted = Wanted::Nothing;
    connection.send(call).await.map(|_| ())
}

/// `GET /api/v1/sessions`: the account's living sessions, those that could be read.
pub async fn sessions(connection: &Connection, bearer: &Bearer) -> Result<Vec<Session>, ApiError> {
    let body = connection.send(list("client sessions", "/api/v1/sessions", bearer)).await?;
    let mut reader = Reader::new(connection.settings().zone);
    let page = read::page(&mut reader, &body, read::session).ok_or_else(|| connection.other_shape())?;
    Ok(page.items)
}

/// `POST /api/v1/sessions/{id}`: ends one session. A write: sent once, and a lost answer is said.
pub async fn end_session(connection: &Connection, bearer: &Bearer, session: u64) -> Result<(), ApiError> {
    let path = format!("/api/v1/sessions/{session}");
    let mut call = Call::write("client end session", Method::POST, path, json!({}), Some(bearer));
    call.api = Api::Client;
    call.wanted = Wanted::Nothing;
    connection.send(call).await.map(|_| ())
}

/// Seed 001, `POST /api/v1/intercom/{intercom}/codes`: makes a visitor code for the account's own flat at an
/// intercom. The end is written in the connection's [`DateForm`].
pub async fn create_code(
    connection: &Connection,
    bearer: &Bearer,
    intercom: u64,
    title: &str,
    end: DateTime<Utc>,
) -> Result<Code, ApiError> {
    let settings = connection.settings();
    let expired_at = match settings.date_form {
        DateForm::Contract => written_end(end, settings.zone),
        DateForm::Iso => end.format("%Y-%m-%dT%H:%M:%S%.6fZ").to_string(),
    };
    let body = json!({"title": title, "expired_at": expired_at});
    let path = format!("/api/v1/intercom/{intercom}/codes");
    let mut call = Call::write("client create code", Method::POST, path, body, Some(bearer));
    call.api = Api::Client;
    created(connection, &connection.send(call).await?)
}

/// Seed 002, `GET /api/v1/intercom/codes`: every code of the account, on all its intercoms and pages. Codes
/// made by an admin account are not among them.
pub async fn codes(connection: &Connection, bearer: &Bearer) -> Result<Listing<Code>, ApiError> {
    let call = || list("client codes", "/api/v1/intercom/codes", bearer);
    every_page(connection, call, read::code, |code| code.id).await
}

/// `DELETE /api/v1/intercom/codes`: revokes codes of the account. A write: sent once, and a lost answer is said.
///
/// # Panics
/// Unless there are 1 to [`crate::MOST_DELETED`] ids.
pub async fn delete_codes(connection: &Connection, bearer: &Bearer, ids: &[u64]) -> Result<(), ApiError> {
    let mut call = delete("client delete codes", "/api/v1/intercom/codes".to_owned(), bearer, ids);
    call.api = Api::Client;
    connection.send(call).await.map(|_| ())
}

/// `GET /api/v1/intercom`: every intercom of the account.
pub async fn intercoms(connection: &Connection, bearer: &Bearer) -> Result<Listing<Intercom>, ApiError> {
    let call = || list("client intercoms", "/api/v1/intercom", bearer);
    every_page(connection, call, read::intercom, |intercom| intercom.id).await
}

fn list<'c>(name: &'static str, path: &str, bearer: &'c Bearer) -> Call<'c> {
    let mut call = Call::read(name, path.to_owned(), Some(bearer));
    call.api = Api::Client;
    call
}
