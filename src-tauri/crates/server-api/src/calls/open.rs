//! Calls without an account.

use crate::connection::{Call, Connection};
use crate::error::{ApiError, NotThisApi};
use crate::read::{self, Basic};

/// `GET /api/v1/static/basic`: whether such a server answers at all, and its version.
///
/// # Errors
/// [`ApiError::NotThisApi`] also where the path is missing: every such server has it.
pub async fn basic(connection: &Connection) -> Result<Basic, ApiError> {
    let mut call = Call::read("basic", "/api/v1/static/basic".to_owned(), None);
    call.api = crate::connection::Api::Client;
    let body = connection.send(call).await.map_err(|error| match error.refused_with() {
        Some(300..=399 | 400 | 404 | 405) => {
            ApiError::NotThisApi { host: connection.settings().address.host(), why: NotThisApi::NoSuchPath }
        }
        _ => error,
    })?;
    read::basic(&body).ok_or_else(|| connection.other_shape())
}
