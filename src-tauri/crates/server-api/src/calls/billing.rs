//! Calls of the billing credential. How it authenticates is not documented, so any bearer or none is possible.

use http::Method;
use serde_json::{Map, Value};

use super::changed;
use crate::connection::{Bearer, Call, Connection};
use crate::error::ApiError;
use crate::read::{self, BillingIntercom, Flat, Line, Reader};

/// The path of `intercoms/show`.
pub(super) const SHOW: &str = "/api/v1/billing/intercoms/show";

/// What names a flat in seed 004: exactly one of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FlatBy<'a> {
    /// Its record id (`flat_id`), wherever it is known.
    Id(u64),
    /// Its door number (`flat`): sent as a number where it is one, otherwise as the text it is.
    Number(&'a str),
}

/// Seed 004, `PATCH /api/v1/billing/intercom-flats`: switches lines of one flat.
///
/// Only the lines named in `lines` are sent. The answer is the flat as the server
/// has it now; the caller compares it with what was asked.
pub async fn switch_lines(
    connection: &Connection,
    bearer: Option<&Bearer>,
    intercom: u64,
    flat: FlatBy<'_>,
    lines: &[(Line, bool)],
) -> Result<Flat, ApiError> {
    let mut body = Map::new();
    body.insert("intercom_id".to_owned(), Value::from(intercom));
    let (field, flat) = match flat {
        FlatBy::Id(id) => ("flat_id", Value::from(id)),
        FlatBy::Number(number) => ("flat", door_number(number)),
    };
    body.insert(field.to_owned(), flat);
    for (line, on) in lines {
        body.insert(line.written().to_owned(), Value::Bool(*on));
    }
    let path = "/api/v1/billing/intercom-flats".to_owned();
    let call = Call::write("billing switch lines", Method::PATCH, path, Value::Object(body), bearer);
    changed(connection, &connection.send(call).await?)
}

/// A door number as the contract writes it, an integer; one that would change on the way stays a text.
fn door_number(number: &str) -> Value {
    match number.parse::<u32>() {
        Ok(read) if read.to_string() == number => Value::from(read),
        _ => Value::from(number),
    }
}

/// What names an intercom to the billing calls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IntercomBy {
    /// Its record id.
    Id(u64),
    /// Its MAC address, in the server's own spelling.
    Mac(String),
    /// Its id in the operator's own system.
    ExternalId(String),
}

/// `GET /api/v1/billing/intercoms/show?id=` (or `mac`, `external_id`): one intercom. Documented, but missing on some
/// servers (404, as for one that nobody knows).
pub async fn find_intercom(
    connection: &Connection,
    bearer: Option<&Bearer>,
    by: &IntercomBy,
) -> Result<BillingIntercom, ApiError> {
    let mut call = Call::read("billing intercom", SHOW.to_owned(), bearer);
    call.query.push(match by {
        IntercomBy::Id(id) => ("id", id.to_string()),
        IntercomBy::Mac(mac) => ("mac", mac.clone()),
        IntercomBy::ExternalId(id) => ("external_id", id.clone()),
    });
    let body = connection.send(call).await?;
    let mut reader = Reader::new(connection.settings().zone);
    read::billing_intercom(&mut reader, &body, "").ok_or_else(|| connection.other_shape())
}
