//! Calls of the client account; they carry `X-Client` and `X-UUID`.

use chrono::{DateTime, Utc};
use http::Method;
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;

use super::{created, every_page, written_end};
use crate::connection::{Api, Bearer, Call, Connection};
use crate::error::ApiError;
use crate::outcome::Effect;
use crate::read::{self, ClientSession, Code, Intercom, Listing};

/// `POST /api/v1/token`: signs in. Never repeated by itself.
pub async fn sign_in(
    connection: &Connection,
    login: &str,
    password: &SecretString,
) -> Result<ClientSession, ApiError> {
    let body = json!({"login": login, "password": password.expose_secret()});
    let mut call = Call::write("client sign-in", Method::POST, "/api/v1/token".to_owned(), body, None);
    call.api = Api::Client;
    call.effect = Effect::Ask;
    let body = connection.send(call).await?;
    read::client_session(&body).ok_or_else(|| connection.other_shape())
}

/// Seed 001, `POST /api/v1/intercom/{intercom}/codes`: makes a visitor code for the account's own flat at an
/// intercom.
pub async fn create_code(
    connection: &Connection,
    bearer: &Bearer,
    intercom: u64,
    title: &str,
    end: DateTime<Utc>,
) -> Result<Code, ApiError> {
    let expired_at = written_end(end, connection.settings().zone);
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
