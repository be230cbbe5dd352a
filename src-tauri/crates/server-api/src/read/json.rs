//! From bytes to JSON, within a memory that the length of an answer alone does not bound.

use serde_json::Value;

use crate::error::NotThisApi;

/// The most memory that the values of one answer may take, in bytes. A page of a hundred flats takes about one
/// hundredth of it; `{"":0}` takes a hundred times its length, so 32 MiB of it would take gigabytes.
const MOST_MEMORY: usize = 256 << 20;
/// What a map, a list and each further element of either take at most.
const PER_MAP: usize = 700;
const PER_LIST: usize = 128;
const PER_ELEMENT: usize = 200;

/// Reads JSON: with a byte order mark before it, which careless PHP files put there, and with broken characters
/// replaced, so that one bad name does not hide a whole list. Nesting beyond 128 is not JSON to `serde_json`.
///
/// # Errors
/// [`NotThisApi::TooLarge`], [`NotThisApi::Empty`], [`NotThisApi::Html`] or [`NotThisApi::NotJson`].
pub(crate) fn parse(body: &[u8]) -> Result<Value, NotThisApi> {
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body).trim_ascii();
    if body.is_empty() {
        return Err(NotThisApi::Empty);
    }
    if body.starts_with(b"<") {
        return Err(NotThisApi::Html);
    }
    // SECURITY: a few megabytes of brackets must not take the memory of the computer.
    if memory(body) > MOST_MEMORY {
        return Err(NotThisApi::TooLarge);
    }
    let read = match std::str::from_utf8(body) {
        Ok(text) => serde_json::from_str(text),
        Err(_) => serde_json::from_str(&String::from_utf8_lossy(body)),
    };
    read.map_err(|_| NotThisApi::NotJson)
}

/// How much memory the values of a text take at most, without reading it: by its brackets and commas.
fn memory(body: &[u8]) -> usize {
    let (mut memory, mut in_text, mut is_escaped) = (body.len(), false, false);
    for byte in body {
        if in_text {
            (in_text, is_escaped) = (*byte != b'"' || is_escaped, *byte == b'\\' && !is_escaped);
            continue;
        }
        memory += match byte {
            b'{' => PER_MAP,
            b'[' => PER_LIST,
            b',' => PER_ELEMENT,
            _ => 0,
        };
        in_text = *byte == b'"';
    }
    memory
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn any_text_is_json_or_says_why_not(body in ".{0,500}") {
            let trimmed = body.trim_start_matches('\u{feff}');
            prop_assert_eq!(parse(body.as_bytes()).is_ok(), serde_json::from_str::<Value>(trimmed).is_ok());
        }

        #[test]
        fn any_bytes_are_json_or_say_why_not(body in proptest::collection::vec(any::<u8>(), 0..500)) {
            if serde_json::from_slice::<Value>(&body).is_ok() {
                prop_assert!(parse(&body).is_ok());
            }
        }
    }

    #[test]
    fn a_web_page_is_told_from_broken_json() {
        assert_eq!(parse(b"  <!doctype html>"), Err(NotThisApi::Html));
        assert_eq!(parse(b"{\"a\":"), Err(NotThisApi::NotJson));
        assert_eq!(parse(b" \n"), Err(NotThisApi::Empty));
    }

    #[test]
    fn a_byte_order_mark_and_broken_characters_do_not_hide_an_answer() {
        assert_eq!(parse(b"\xef\xbb\xbf{\"id\":1}").unwrap()["id"], 1);
        assert_eq!(parse(b"[{\"id\":1,\"title\":\"\xcf\xf0\"}]").unwrap()[0]["id"], 1);
    }

    #[test]
    fn depth_and_breadth_are_bounded() {
        assert_eq!(parse("[".repeat(100_000).as_bytes()), Err(NotThisApi::NotJson));
        let deep = format!("{}{}", "[".repeat(1_000), "]".repeat(1_000));
        assert_eq!(parse(deep.as_bytes()), Err(NotThisApi::NotJson));
        let broad = format!("[{}0]", "{\"\":0},".repeat(400_000));
        assert_eq!(parse(broad.as_bytes()), Err(NotThisApi::TooLarge));
    }

    #[test]
    fn what_stands_in_a_text_takes_only_its_length() {
        let text = r#"["{[,\\\"{[,"]"#;
        assert_eq!(memory(text.as_bytes()), text.len() + PER_LIST);
    }
}
