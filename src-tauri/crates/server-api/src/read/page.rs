//! Laravel pages: `data`, `links`, `meta` (seed 002 and the lists around the contract).

use serde_json::Value;

use super::value::{Problem, Reader, count, elements};

/// Every readable record of a list, and what could not be read.
#[derive(Debug, Clone, PartialEq)]
pub struct Listing<T> {
    /// The records, in the server's order, each once.
    pub items: Vec<T>,
    /// Whether the list was read to its end: only then does a missing record mean that it is gone.
    pub is_complete: bool,
    /// What was left out or could not be read.
    pub problems: Vec<Problem>,
}

/// One page of a list.
pub(crate) struct Page<T> {
    pub(crate) items: Vec<T>,
    /// How many records stood on it, readable or not.
    pub(crate) length: usize,
    /// The last page's number, where the server says.
    pub(crate) last: Option<u32>,
}

/// A page, or a bare list, which is the only page. `None`: neither.
pub(crate) fn page<T>(
    reader: &mut Reader,
    body: &Value,
    one: impl Fn(&mut Reader, &Value, &str) -> Option<T>,
) -> Option<Page<T>> {
    let (data, last) = match body {
        Value::Array(_) => (body, Some(1)),
        Value::Object(object) => {
            let meta = object.get("meta").unwrap_or(body);
            (object.get("data")?, count(meta.get("last_page")))
        }
        _ => return None,
    };
    if !matches!(data, Value::Array(_) | Value::Object(_)) {
        return None;
    }
    let length = elements(Some(data)).len();
    Some(Page { items: reader.list(Some(data), "data", one), length, last })
}
