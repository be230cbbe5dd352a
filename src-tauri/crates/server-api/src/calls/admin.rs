//! Calls of the admin account.

use chrono::{DateTime, Utc};
use http::Method;
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;

use super::{created, delete, every_page, written_end};
use crate::connection::{Bearer, Call, Connection};
use crate::error::ApiError;
use crate::outcome::Effect;
use crate::read::{self, AdminSession, Code, Flat, Intercom, KeyRecord, Listing, Problem, Reader};

/// `POST /api/admin/v1/auth/token`: signs in. Never repeated by itself.
pub async fn sign_in(
    connection: &Connection,
    login: &str,
    password: &SecretString,
) -> Result<AdminSession, ApiError> {
    let body = json!({"login": login, "password": password.expose_secret()});
    let path = "/api/admin/v1/auth/token".to_owned();
    let mut call = Call::write("admin sign-in", Method::POST, path, body, None);
    call.effect = Effect::Ask;
    let body = connection.send(call).await?;
    let mut reader = Reader::new(connection.settings().zone);
    read::admin_session(&mut reader, &body).ok_or_else(|| connection.other_shape())
}

/// Seed 000, `POST /api/admin/v1/intercom/{intercom}/codes`: makes a visitor code for one flat.
///
/// `flat` is the flat's record id. The answer names the flat and the end the server took, which the caller
/// compares with what was asked: the page's own sample does not match its request.
pub async fn create_code(
    connection: &Connection,
    bearer: &Bearer,
    intercom: u64,
    flat: u64,
    title: &str,
    end: DateTime<Utc>,
) -> Result<Code, ApiError> {
    let expired_at = written_end(end, connection.settings().zone);
    let body = json!({"title": title, "expired_at": expired_at, "flat_id": flat});
    let path = format!("/api/admin/v1/intercom/{intercom}/codes");
    let call = Call::write("admin create code", Method::POST, path, body, Some(bearer));
    created(connection, &connection.send(call).await?)
}

/// Seed 003, `GET /api/admin/v1/intercoms/{intercom}/flats/{flat}`: one flat with its keys and users.
///
/// `flat` is the record id.
pub async fn flat(
    connection: &Connection,
    bearer: &Bearer,
    intercom: u64,
    flat: u64,
) -> Result<(Flat, Vec<Problem>), ApiError> {
    let path = format!("/api/admin/v1/intercoms/{intercom}/flats/{flat}");
    let body = connection.send(Call::read("admin flat", path, Some(bearer))).await?;
    let mut reader = Reader::new(connection.settings().zone);
    let flat = read::flat(&mut reader, &body, "").ok_or_else(|| connection.other_shape())?;
    Ok((flat, reader.problems))
}

/// `GET /api/admin/v1/intercoms/{intercom}/flats`: every flat of an intercom, without keys and users.
/// Documented, but missing on some servers (404 or 405).
pub async fn flats(
    connection: &Connection,
    bearer: &Bearer,
    intercom: u64,
) -> Result<Listing<Flat>, ApiError> {
    let call = || {
        let path = format!("/api/admin/v1/intercoms/{intercom}/flats");
        Call::read("admin flats", path, Some(bearer))
    };
    every_page(connection, call, read::flat, |flat| flat.id).await
}

/// `GET /api/admin/v1/intercoms`: every intercom. No page documents it; where it does not answer like a list
/// it is not there.
pub async fn intercoms(connection: &Connection, bearer: &Bearer) -> Result<Listing<Intercom>, ApiError> {
    let call = || Call::read("admin intercoms", "/api/admin/v1/intercoms".to_owned(), Some(bearer));
    every_page(connection, call, read::intercom, |intercom| intercom.id).await
}

/// `GET /api/admin/v1/intercoms/{intercom}/keys`: every key of an intercom, with its owner and flat. Documented, but
/// missing on some servers (404 or 405).
pub async fn keys(
    connection: &Connection,
    bearer: &Bearer,
    intercom: u64,
) -> Result<Listing<KeyRecord>, ApiError> {
    let call = || {
        let path = format!("/api/admin/v1/intercoms/{intercom}/keys");
        Call::read("admin keys", path, Some(bearer))
    };
    every_page(connection, call, read::key_record, |key| key.id).await
}

/// `GET /api/admin/v1/intercom/{intercom}/codes`: every admin code of an intercom. A guess: no page documents it, so
/// where it does not answer like a list it is not there.
pub async fn codes(
    connection: &Connection,
    bearer: &Bearer,
    intercom: u64,
) -> Result<Listing<Code>, ApiError> {
    let call = || {
        let path = format!("/api/admin/v1/intercom/{intercom}/codes");
        Call::read("admin codes", path, Some(bearer))
    };
    every_page(connection, call, read::code, |code| code.id).await
}

/// `DELETE /api/admin/v1/intercom/{intercom}/codes`: revokes admin codes of an intercom. A write: sent once, and a
/// lost answer is said.
///
/// # Panics
/// Unless there are 1 to [`crate::MOST_DELETED`] ids.
pub async fn delete_codes(
    connection: &Connection,
    bearer: &Bearer,
    intercom: u64,
    ids: &[u64],
) -> Result<(), ApiError> {
    let path = format!("/api/admin/v1/intercom/{intercom}/codes");
    connection.send(delete("admin delete codes", path, bearer, ids)).await.map(|_| ())
}
