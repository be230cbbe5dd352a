//! Calls of the billing credential. How it authenticates is not documented, so any bearer or none is possible.

use http::Method;
use serde_json::{Map, Value};

use super::changed;
use crate::connection::{Bearer, Call, Connection};
use crate::error::ApiError;
use crate::read::{self, Flat, Intercom, Line, Reader};

/// Seed 004, `PATCH /api/v1/billing/intercom-flats`: switches lines of one flat.
///
/// `flat` is the record id. Only the lines named in `lines` are sent. The answer is the flat as the server
/// has it now; the caller compares it with what was asked.
pub async fn switch_lines(
    connection: &Connection,
    bearer: Option<&Bearer>,
    intercom: u64,
    flat: u64,
    lines: &[(Line, bool)],
) -> Result<Flat, ApiError> {
    let mut body = Map::new();
    body.insert("intercom_id".to_owned(), Value::from(intercom));
    body.insert("flat_id".to_owned(), Value::from(flat));
    for (line, on) in lines {
        body.insert(line.written().to_owned(), Value::Bool(*on));
    }
    let path = "/api/v1/billing/intercom-flats".to_owned();
    let call = Call::write("billing switch lines", Method::PATCH, path, Value::Object(body), bearer);
    changed(connection, &connection.send(call).await?)
}

/// `GET /api/v1/billing/intercoms/show?id=`: one intercom by its record id. Documented, but missing on some
/// servers (404, as for an unknown id).
pub async fn intercom(
    connection: &Connection,
    bearer: Option<&Bearer>,
    intercom: u64,
) -> Result<Intercom, ApiError> {
    let mut call = Call::read("billing intercom", "/api/v1/billing/intercoms/show".to_owned(), bearer);
    call.query.push(("id", intercom.to_string()));
    let body = connection.send(call).await?;
    let mut reader = Reader::new(connection.settings().zone);
    read::intercom(&mut reader, &body, "").ok_or_else(|| connection.other_shape())
}
