use std::collections::BTreeMap;

use axum::http::HeaderMap;
use serde::Serialize;
use serde_json::Value;

use super::Call;

/// One request as it arrived, for assertions.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ReceivedRequest {
    /// Which call it was; `None` for none of the known ones.
    pub call: Option<Call>,
    /// Its method.
    pub method: String,
    /// Its path, with the query.
    pub path: String,
    /// Its headers in lower case; what follows the scheme of `authorization` is left out.
    pub headers: BTreeMap<String, String>,
    /// Its body as JSON; as a string when it is not JSON; null when there is none.
    pub body: Value,
    /// The status sent back; `None` while there is none, and for good after a reset or a stall.
    pub status: Option<u16>,
    /// Whether the server is through with it, answered or not.
    pub is_done: bool,
}

#[derive(Debug, Default)]
pub(super) struct Record {
    pub(super) requests: Vec<ReceivedRequest>,
}

impl Record {
    pub(super) fn asked(&self, call: Call) -> usize {
        self.requests.iter().filter(|request| call.covers(request.call)).count()
    }

    pub(super) fn done(&self, call: Call) -> usize {
        self.requests.iter().filter(|request| request.is_done && call.covers(request.call)).count()
    }
}

pub(super) fn header_texts(headers: &HeaderMap) -> BTreeMap<String, String> {
    let text = |(name, value): (&axum::http::HeaderName, &axum::http::HeaderValue)| {
        let value = String::from_utf8_lossy(value.as_bytes());
        let value = match (name.as_str(), value.split_once(' ')) {
            ("authorization", Some((scheme, _))) => scheme.to_owned(),
            _ => value.into_owned(),
        };
        (name.as_str().to_owned(), value)
    };
    headers.iter().map(text).collect()
}

pub(super) fn body_value(bytes: &[u8]) -> Value {
    if bytes.is_empty() {
        return Value::Null;
    }
    serde_json::from_slice(bytes)
        .unwrap_or_else(|_| Value::String(String::from_utf8_lossy(bytes).into_owned()))
}
