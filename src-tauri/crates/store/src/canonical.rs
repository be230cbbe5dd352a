//! One way to write a key, so that every notation of it can be compared by an index.
//!
//! A key is compared by its number: upper-case hex, four bytes where it fits into them, else seven. `04a1`, `04A1` and
//! `000004A1` are the same key.

/// Hex digits of a four-byte and of a seven-byte key.
const WIDTHS: [usize; 2] = [8, 14];

/// The key that these hex digits write, whatever their case and leading zeros; `None` where something else stands
/// between them, or nothing does. Colons, dashes, dots and spaces are only passed over.
pub fn canonical_key(text: &str) -> Option<String> {
    let digits: String = text
        .chars()
        .filter(|character| !is_key_separator(*character))
        .map(|character| character.is_ascii_hexdigit().then_some(character.to_ascii_uppercase()))
        .collect::<Option<_>>()?;
    if digits.is_empty() {
        return None;
    }
    let number = digits.trim_start_matches('0');
    let width = WIDTHS.into_iter().find(|width| number.len() <= *width).unwrap_or_default();
    Some(format!("{number:0>width$}"))
}

/// What a reading says about a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyPart {
    /// It is this key: the digits are as [`canonical_key`] writes them.
    Whole,
    /// Its last three bytes, as a Wiegand-26 line carries them: six upper-case hex digits.
    Low24,
    /// It begins with these upper-case hex digits.
    Beginning,
    /// It ends with these upper-case hex digits.
    Ending,
    /// Its number, or that of its last three bytes, ends with these decimal digits where it is printed with ten of them.
    DecimalEnding,
}

/// One way to read a text as a key, or as a part of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyReading {
    /// What of the key is known.
    pub part: KeyPart,
    /// The digits of that.
    pub digits: String,
}

/// What people and programs put between the digits of a key.
pub fn is_key_separator(character: char) -> bool {
    character.is_whitespace() || matches!(character, ':' | '-' | '.')
}

/// What of a key its indexes hold.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Forms {
    /// The key in its one way of writing; where it is no hex number, as it stands, in upper case.
    pub(crate) hex: String,
    /// The same from its end.
    pub(crate) tail: String,
    /// Its number in decimal, from the end.
    pub(crate) decimal_tail: Option<String>,
    /// The number of its last three bytes in decimal, from the end.
    pub(crate) low_tail: Option<String>,
}

pub(crate) fn forms(key: &str) -> Forms {
    let Some(hex) = canonical_key(key) else {
        let hex = key.to_uppercase();
        return Forms { tail: reversed(&hex), hex, decimal_tail: None, low_tail: None };
    };
    let number = u64::from_str_radix(&hex, 16).ok();
    // As cards print them: ten digits, more where ten do not suffice.
    let decimal_tail = number.map(|number| reversed(&format!("{number:010}")));
    let low_tail = number.map(|number| reversed(&format!("{:010}", number & 0xFF_FFFF)));
    Forms { tail: reversed(&hex), hex, decimal_tail, low_tail }
}

pub(crate) fn reversed(text: &str) -> String {
    text.chars().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_has_one_way_of_writing_whatever_its_case_separators_and_leading_zeros() {
        for text in ["04a1b2c3", "4A1B2C3", "04:A1:B2:C3", "0004-a1-b2-c3", " 04 a1 b2 c3 "] {
            assert_eq!(canonical_key(text).as_deref(), Some("04A1B2C3"), "{text}");
        }
        assert_eq!(canonical_key("4A1B2C3D4E5F6").as_deref(), Some("04A1B2C3D4E5F6"));
        assert_eq!(canonical_key("0").as_deref(), Some("00000000"));
    }

    #[test]
    fn what_is_no_hex_number_is_no_key() {
        for text in ["", " - ", "04,A1", "ключ", "0x12"] {
            assert_eq!(canonical_key(text), None, "{text}");
        }
    }

    #[test]
    fn a_key_is_kept_from_its_end_too_in_hex_and_in_decimal() {
        let forms = forms("00BC614E");
        assert_eq!(forms.hex, "00BC614E");
        assert_eq!(forms.tail, "E416CB00");
        assert_eq!(forms.decimal_tail.as_deref(), Some("8765432100"));
    }

    #[test]
    fn a_key_that_is_no_number_is_kept_as_it_stands() {
        assert_eq!(forms("key-é").hex, "KEY-É");
        assert_eq!(forms("FFFFFFFFFFFFFFFFFF").decimal_tail, None);
    }
}
