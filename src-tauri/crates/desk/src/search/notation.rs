//! Every way a typed text can be read as an RFID key.
//!
//! The same key is written in hex by one reader and in decimal by the next, from either end, whole or cut to the three
//! bytes that a Wiegand-26 line carries; on the key itself often only the end can still be read. The text does not say which
//! it is, so it is read in every way, the most literal first, and whoever looks tells how it was read.

use store::{KeyPart, KeyReading, canonical_key, is_key_separator};

use crate::views::How;

/// The most readings a text has.
pub(crate) const MOST_READINGS: usize = 24;
/// The longest text that is taken for a key, in characters.
const LONGEST_TEXT: usize = 64;
/// The fewest digits of a part of a key.
const SHORTEST_PART: usize = 4;
/// The fewest and most digits of a decimal number: three bytes without leading zeros, seven bytes with some to spare.
const SHORTEST_DECIMAL: usize = 6;
const LONGEST_DECIMAL: usize = 20;
/// The most digits of a printed number that may be cut to the last bytes of a key.
const LONGEST_CARD: usize = 10;
/// The hex digits of four and of seven bytes.
const SHORT: usize = 8;
const LONG: usize = 14;
/// The digits that seven bytes have more than four.
const ZEROS: &str = "000000";
const THREE_BYTES: u64 = 0xFF_FFFF;

/// One way a text can be read as a key, and how it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reading {
    /// What to look for.
    pub(crate) key: KeyReading,
    /// How the text was read.
    pub(crate) how: How,
}

/// Every way `text` can be read as a key, the most literal first; none where it cannot be one.
pub(crate) fn readings(text: &str) -> Vec<Reading> {
    let mut found = Readings::default();
    if text.chars().count() > LONGEST_TEXT {
        return found.0;
    }
    let text = text.trim().trim_start_matches(['#', '№']).trim_start();
    let text = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")).unwrap_or(text);
    let digits: String = text.chars().filter(|character| !is_key_separator(*character)).collect();
    let is_decimal = !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit());
    found.hex(&digits);
    found.wiegand(text);
    // Cards bear both: `0012345678 188,24910`.
    for printed in text.split_whitespace().filter(|_| text.contains([',', '/'])) {
        found.decimal(printed);
        found.wiegand(printed);
    }
    if is_decimal {
        found.decimal(&digits);
    }
    found.other_end(&digits);
    found.parts(&digits, is_decimal);
    found.layout(&digits);
    found.0.truncate(MOST_READINGS);
    found.0
}

#[derive(Debug, Default)]
struct Readings(Vec<Reading>);

impl Readings {
    fn add(&mut self, how: How, part: KeyPart, digits: String) {
        let key = KeyReading { part, digits };
        // What an earlier reading finds is not looked for again under another name.
        if !self.0.iter().any(|reading| reading.key == key) {
            self.0.push(Reading { key, how });
        }
    }

    /// Adds a whole key, unless the digits are more than any has.
    fn whole(&mut self, how: How, digits: &str) {
        if let Some(key) = canonical_key(digits).filter(|key| key.len() <= LONG) {
            self.add(how, KeyPart::Whole, key);
        }
    }

    /// Fewer digits may be a whole key only where they are bytes: `12` is a flat.
    fn hex(&mut self, digits: &str) {
        if digits.len() >= SHORTEST_PART {
            self.whole(How::Hex, digits);
        }
    }

    /// The bytes from the other end.
    fn other_end(&mut self, digits: &str) {
        if digits.len() < SHORTEST_PART {
            return;
        }
        if let Some(key) = canonical_key(digits) {
            self.whole_from_the_other_end(How::HexReversed, &key);
        }
    }

    fn whole_from_the_other_end(&mut self, how: How, key: &str) {
        // Of a short one nobody knows whether zeros of a long one are missing.
        for width in [SHORT, LONG].into_iter().filter(|width| key.len() <= *width) {
            self.whole(how, &bytes_reversed(&format!("{key:0>width$}")));
        }
    }

    /// A decimal number: of the key, or of its last bytes.
    fn decimal(&mut self, digits: &str) {
        let is_number = digits.bytes().all(|digit| digit.is_ascii_digit());
        if !is_number || !(SHORTEST_DECIMAL..=LONGEST_DECIMAL).contains(&digits.len()) {
            return;
        }
        let Ok(number) = digits.parse::<u64>() else { return };
        let hex = format!("{number:08X}");
        if hex.len() > LONG {
            return;
        }
        self.whole(How::Decimal, &hex);
        self.whole_from_the_other_end(How::DecimalReversed, &hex);
        if digits.trim_start_matches('0').len() <= LONGEST_CARD && hex.len() <= SHORT {
            let low = format!("{:06X}", number & THREE_BYTES);
            self.add(How::CardNumber, KeyPart::Ending, hex.clone());
            self.add(How::CardNumber, KeyPart::Low24, low.clone());
            self.add(How::CardNumberReversed, KeyPart::Beginning, bytes_reversed(&hex));
            if number <= THREE_BYTES {
                self.add(How::CardNumberReversed, KeyPart::Beginning, bytes_reversed(&low));
            }
        }
    }

    /// `facility,card`: one byte and two, each in decimal.
    fn wiegand(&mut self, text: &str) {
        let is_mark = |character: char| matches!(character, ',' | '/' | ';');
        let is_between = |character: char| is_mark(character) || character.is_whitespace();
        let mut numbers = text.split(is_between).filter(|number| !number.is_empty());
        let (Some(facility), Some(card), None) = (numbers.next(), numbers.next(), numbers.next()) else {
            return;
        };
        let is_number = |text: &str, longest: usize| {
            text.len() <= longest && text.bytes().all(|digit| digit.is_ascii_digit())
        };
        // With nothing but a space between them, short numbers are an entrance and a flat.
        let is_pair = text.contains(is_mark) || card.len() == 5;
        if !is_pair || !is_number(facility, 3) || !is_number(card, 5) {
            return;
        }
        if let (Ok(facility), Ok(card)) = (facility.parse::<u8>(), card.parse::<u16>()) {
            let low = format!("{facility:02X}{card:04X}");
            self.add(How::Wiegand, KeyPart::Low24, low.clone());
            self.add(How::WiegandReversed, KeyPart::Beginning, bytes_reversed(&low));
        }
    }

    /// What can still be read of a key.
    fn parts(&mut self, digits: &str, is_decimal: bool) {
        if digits.len() < SHORTEST_PART || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return;
        }
        let hex = digits.to_ascii_uppercase();
        if hex.len() <= LONG {
            self.add(How::Ending, KeyPart::Ending, hex.clone());
            self.add(How::Beginning, KeyPart::Beginning, hex.clone());
            // Some servers write four bytes with the zeros of seven.
            let rest = hex.strip_prefix(ZEROS).filter(|rest| rest.len() >= SHORTEST_PART);
            if let Some(rest) = rest {
                self.add(How::Beginning, KeyPart::Beginning, rest.to_owned());
            }
        }
        if is_decimal && digits.len() <= LONGEST_DECIMAL {
            self.add(How::DecimalEnding, KeyPart::DecimalEnding, digits.to_owned());
        }
        // The two bytes after the comma of `facility,card`.
        if let (true, 5, Ok(card)) = (is_decimal, digits.len(), digits.parse::<u16>()) {
            self.add(How::WiegandCard, KeyPart::Ending, format!("{card:04X}"));
        }
    }

    /// Hex that was typed, or sent by a reader that types, with the Russian layout switched on, and hex that was copied
    /// with letters that only look Latin.
    fn layout(&mut self, digits: &str) {
        let letters = digits.to_lowercase();
        if letters.is_ascii() || letters.chars().count() < SHORTEST_PART {
            return;
        }
        for (from, to) in [("фисвуа", "ABCDEF"), ("авсе", "ABCE")] {
            let letter = |typed: char| match from.chars().position(|letter| letter == typed) {
                Some(place) => to.chars().nth(place),
                None => typed.is_ascii_hexdigit().then_some(typed),
            };
            if let Some(hex) = letters.chars().map(letter).collect::<Option<String>>() {
                self.whole(How::Layout, &hex);
            }
        }
    }
}

/// Bytes from the other end; the digits are of whole bytes.
fn bytes_reversed(hex: &str) -> String {
    let digits: Vec<char> = hex.chars().collect();
    digits.chunks(2).rev().flatten().collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Whether a reading leads to a key, as the store compares them.
    fn leads_to(reading: &Reading, key: &str) -> bool {
        let digits = reading.key.digits.as_str();
        let key = canonical_key(key).unwrap();
        let number = u64::from_str_radix(&key, 16).unwrap();
        let is_printed = |number: u64| format!("{number:010}").ends_with(digits);
        match reading.key.part {
            KeyPart::Whole => key == digits,
            KeyPart::Low24 => digits.len() == 6 && key.ends_with(digits),
            KeyPart::Ending => key.ends_with(digits),
            KeyPart::Beginning => key.starts_with(digits),
            KeyPart::DecimalEnding => is_printed(number) || is_printed(number & THREE_BYTES),
        }
    }

    fn how(text: &str, key: &str) -> Option<How> {
        readings(text).into_iter().find(|reading| leads_to(reading, key)).map(|reading| reading.how)
    }

    fn with(between: &str, hex: &str) -> String {
        let digits: Vec<char> = hex.chars().collect();
        digits.chunks(2).map(String::from_iter).collect::<Vec<_>>().join(between)
    }

    /// Every notation a key is met in.
    fn written(key: &str) -> Vec<String> {
        let number = u64::from_str_radix(key, 16).unwrap();
        let other = bytes_reversed(key);
        let other_number = u64::from_str_radix(&other, 16).unwrap();
        let low = number & THREE_BYTES;
        let (facility, card) = (low >> 16, low & 0xFFFF);
        let mut all = vec![
            key.to_lowercase(),
            format!("00{key}"),
            format!("0x{key}"),
            format!(" {key}\n"),
            with(":", key),
            with(" ", key),
            with("-", &key.to_lowercase()),
            other.clone(),
            with(":", &other),
            other.to_lowercase(),
            format!("{number:010}"),
            format!("{number:020}"),
            format!("{other_number:010}"),
            format!("{low:08}"),
            format!("{low:010}"),
            format!("{:010}", number & 0xFFFF_FFFF),
            format!("{facility},{card}"),
            format!("{facility:03},{card:05}"),
            format!("{facility:03}/{card:05}"),
            format!("{facility:03} {card:05}"),
            format!("{facility}, {card}"),
            format!("{low:010} {facility:03},{card:05}"),
            format!("{card:05}"),
        ];
        let printed = format!("{number:010}");
        for digits in 4..=key.len() {
            all.push(key[key.len() - digits..].to_lowercase());
            // Zeros that only fill a key up are no beginning of it.
            if !key.starts_with(ZEROS) || digits >= ZEROS.len() + 4 {
                all.push(key[..digits].to_owned());
            }
        }
        for digits in 4..=10 {
            all.push(printed[printed.len() - digits..].to_owned());
        }
        if number > 0xFFFF {
            all.push(format!("{number:X}"));
        }
        if other_number > 0xFFFF {
            all.push(format!("{other_number:X}"));
        }
        if number > 99_999 {
            all.push(number.to_string());
        }
        all
    }

    fn key() -> impl Strategy<Value = String> {
        let any = prop_oneof![
            any::<u32>().prop_map(|number| format!("{number:08X}")),
            (0_u64..1 << 56).prop_map(|number| format!("{number:014X}")),
            any::<u32>().prop_map(|number| format!("{number:014X}")),
        ];
        // Keys with bytes of zeros at either end are where notations lose digits.
        let sparse = (0_u64..1 << 16, 0_u32..5)
            .prop_map(|(number, place)| format!("{:014X}", (number << (8 * place)) | 1 << 40));
        let short =
            (1_u32..1 << 16, 0_u32..3).prop_map(|(number, place)| format!("{:08X}", number << (8 * place)));
        prop_oneof![4 => any, 1 => sparse, 1 => short]
    }

    proptest! {
        #[test]
        fn every_notation_of_a_key_leads_back_to_it(key in key()) {
            for text in written(&key) {
                let found = readings(&text);
                prop_assert!(found.len() <= MOST_READINGS);
                prop_assert!(found.iter().any(|reading| leads_to(reading, &key)), "{key} as {text:?}: {found:?}");
            }
        }

        #[test]
        fn any_text_has_few_readings_and_no_two_alike(text in any::<String>()) {
            let found = readings(&text);
            prop_assert!(found.len() <= MOST_READINGS);
            for (place, reading) in found.iter().enumerate() {
                prop_assert!(!found[..place].iter().any(|before| before.key == reading.key));
            }
        }

        #[test]
        fn any_text_that_is_nearly_a_key_has_few_readings(text in "[#№0xX]{0,2}[0-9a-fA-Fа-сА-С,:/ .-]{0,70}") {
            prop_assert!(readings(&text).len() <= MOST_READINGS);
        }
    }

    #[test]
    fn the_most_literal_reading_comes_first() {
        let hows = |text| readings(text).iter().map(|reading| reading.how).collect::<Vec<_>>();
        assert_eq!(hows("04A1B2C3")[0], How::Hex);
        assert_eq!(hows("12345678")[..2], [How::Hex, How::Decimal]);
        assert_eq!(hows("123,45678")[0], How::Wiegand);
        assert_eq!(hows("b2c3")[0], How::Hex);
    }

    #[test]
    fn a_key_is_told_by_how_it_was_read() {
        assert_eq!(how("04:a1:b2:c3", "04A1B2C3"), Some(How::Hex));
        assert_eq!(how("C3B2A104", "04A1B2C3"), Some(How::HexReversed));
        assert_eq!(how("77705923", "04A1B2C3"), Some(How::Decimal));
        assert_eq!(how("3283263748", "04A1B2C3"), Some(How::DecimalReversed));
        assert_eq!(how("0010597059", "04A1B2C3"), Some(How::CardNumber));
        assert_eq!(how("161,45763", "04A1B2C3"), Some(How::Wiegand));
        assert_eq!(how("178,41220", "04A1B2C3"), Some(How::WiegandReversed));
        assert_eq!(how("45763", "04A1B2C3"), Some(How::WiegandCard));
        assert_eq!(how("b2c3", "04A1B2C3"), Some(How::Ending));
        assert_eq!(how("04a1", "04A1B2C3"), Some(How::Beginning));
        assert_eq!(how("5923", "04A1B2C3"), Some(How::DecimalEnding));
        assert_eq!(how("04Ф1И2С3", "04A1B2C3"), Some(How::Layout));
        assert_eq!(how("04А1В2С3", "04A1B2C3"), Some(How::Layout));
        assert_eq!(how("04А1В2С3", "04F1D2C3"), Some(How::Layout));
    }

    #[test]
    fn what_is_too_short_or_no_number_at_all_is_no_key() {
        for text in ["", " ", "45", "1-2", "2 45", "Анна", "ул. Ленина, 12", "999,99999,1", &"A".repeat(65)]
        {
            assert_eq!(readings(text), [], "{text}");
        }
    }
}
