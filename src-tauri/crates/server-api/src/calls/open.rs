//! Calls without an account.

use crate::connection::{Api, Call, Connection};
use crate::error::{ApiError, NotThisApi};
use crate::outcome::Effect;
use crate::read::{self, Basic, Captcha};

/// `GET /api/v1/static/basic`: whether such a server answers at all, and its version.
///
/// # Errors
/// [`ApiError::NotThisApi`] also where the path is missing: every such server has it.
pub async fn basic(connection: &Connection) -> Result<Basic, ApiError> {
    let mut call = Call::read("basic", "/api/v1/static/basic".to_owned(), None);
    call.api = Api::Client;
    let body = connection.send(call).await.map_err(|error| match error.refused_with() {
        Some(300..=399 | 400 | 404 | 405) => connection.not_this_api(NotThisApi::NoSuchPath),
        _ => error,
    })?;
    read::basic(&body).ok_or_else(|| connection.other_shape())
}

/// `GET /api/v1/captcha`: a new captcha for a sign-in that wants one. Sent once: 20 in ten minutes are all that a
/// server gives.
///
/// # Errors
/// [`NotThisApi::Picture`] where the picture is no PNG or JPEG of at most 1 MiB.
pub async fn captcha(connection: &Connection) -> Result<Captcha, ApiError> {
    let mut call = Call::read("captcha", "/api/v1/captcha".to_owned(), None);
    call.api = Api::Client;
    call.effect = Effect::Ask;
    let body = connection.send(call).await?;
    read::captcha(&body).map_err(|why| connection.not_this_api(why))
}
