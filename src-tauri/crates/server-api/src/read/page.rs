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
    /// How many records could not be read and are not among the items: they may well be there. Counted to the end,
    /// while the problems that name them are at most 200.
    pub left_out: usize,
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
    /// How many records the whole list has, where the server says.
    pub(crate) total: Option<u32>,
}

/// A page, or a bare list, which is the only page; of a list of one PHP may send the record alone. `None`: neither.
pub(crate) fn page<T>(
    reader: &mut Reader,
    body: &Value,
    one: impl Fn(&mut Reader, &Value, &str) -> Option<T>,
) -> Option<Page<T>> {
    let (data, last, total) = match body {
        Value::Array(_) => (body, Some(1), None),
        Value::Object(object) if object.contains_key("data") => {
            let meta = object.get("meta").unwrap_or(body);
            (&object["data"], count(meta.get("last_page")), count(meta.get("total")))
        }
        Value::Object(object) if object.contains_key("id") => (body, Some(1), None),
        _ => return None,
    };
    if !matches!(data, Value::Array(_) | Value::Object(_)) {
        return None;
    }
    let elements = elements(Some(data));
    let length = elements.len();
    let items = reader.list(Some(data), "data", one);
    // A lone object that is no record is no list of one either, but an answer of another shape; so is a list in which
    // nothing even has an id.
    let is_other = length > 0
        && items.is_empty()
        && (data.is_object() || !elements.iter().any(|element| element.get("id").is_some()));
    (!is_other).then_some(Page { items, length, last, total })
}
