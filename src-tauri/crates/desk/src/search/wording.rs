//! What a person says beside what is meant: "кв. 45", "45 кв", "Flat 45,", "кв45", "ключ 04A1B2C3".

/// What flats are called beside their number, in the languages of the interface.
const FLATS: [&str; 7] = ["квартира", "кв", "№", "flat", "apartment", "apt", "no"];
/// What keys are called before theirs.
const KEYS: [&str; 4] = ["ключ", "брелок", "key", "fob"];
/// The longest door number, in characters.
const LONGEST_NUMBER: usize = 8;

/// The text without a word for what stands beside it, where that is a number or could be a key, and without what ends a
/// clause.
pub(crate) fn meant(text: &str) -> &str {
    let text = text.trim().trim_end_matches([',', ';']).trim_end();
    let after = |words: &[&str], is_meant: fn(&str) -> bool| {
        words.iter().find_map(|word| {
            let rest = after_word(text, word)?;
            is_meant(rest).then_some(rest)
        })
    };
    after(&FLATS, is_number)
        .or_else(|| before_flat(text))
        .or_else(|| after(&KEYS, is_like_a_key))
        .unwrap_or(text)
}

/// The number of a text like `кв45`, `кв.45`, `flat45` or `45кв`: where nothing is called so, as a login may be, or a short
/// name and a number.
pub(super) fn joined(text: &str) -> Option<&str> {
    let text = text.trim().trim_end_matches('.');
    let after = FLATS.iter().find_map(|word| {
        let number = after_letters(text, word)?.trim_start_matches('.');
        is_whole_number(number).then_some(number)
    });
    after.or_else(|| {
        let (number, said) = text.split_at(text.find(|one: char| !one.is_ascii_digit())?);
        (is_whole_number(number) && is_flat(said)).then_some(number)
    })
}

/// Whether a word is what flats are called.
pub(super) fn is_flat(word: &str) -> bool {
    FLATS.contains(&word.to_lowercase().as_str())
}

/// What follows a word, in whatever case it is written, and a full stop or a blank; the sign needs neither.
fn after_word<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let rest = after_letters(text, word)?;
    let meant = rest.trim_start_matches(['.', ' ', '\u{a0}', ':', '№']);
    (meant.len() < rest.len() || word == "№").then_some(meant)
}

/// What follows a word, in whatever case it is written.
fn after_letters<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let mut rest = text.chars();
    for expected in word.chars() {
        let is_same = rest.next()?.to_lowercase().eq(expected.to_lowercase());
        if !is_same {
            return None;
        }
    }
    Some(rest.as_str())
}

/// The number that such a word follows: `45 кв`.
fn before_flat(text: &str) -> Option<&str> {
    let (number, said) = text.trim_end_matches('.').split_once([' ', '\u{a0}'])?;
    (is_whole_number(number) && is_flat(said.trim_start())).then_some(number)
}

fn is_number(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_digit())
}

/// A door number and nothing else: `45`, `45а`, `12/3`.
pub(super) fn is_whole_number(text: &str) -> bool {
    is_number(text)
        && text.chars().count() <= LONGEST_NUMBER
        && text.chars().all(|one| one.is_alphanumeric() || matches!(one, '-' | '/'))
}

fn is_like_a_key(text: &str) -> bool {
    text.chars().filter(char::is_ascii_hexdigit).count() >= 3
        && text.chars().all(|one| one.is_ascii_hexdigit() || " :-,".contains(one))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flat_or_a_key_is_meant_however_it_is_called() {
        for text in [
            "45",
            "кв 45",
            "кв. 45",
            "Кв.45",
            "КВАРТИРА 45",
            "№ 45",
            "№45",
            "flat 45",
            "Apt. 45",
            "45, ",
            "кв. № 45",
            "45 кв",
            "45 кв.",
            "45  Квартира",
            "45 apt.",
        ] {
            assert_eq!(meant(text), "45", "{text}");
        }
        for text in ["ключ 04A1B2C3", "Key: 04A1B2C3", "fob 04A1B2C3"] {
            assert_eq!(meant(text), "04A1B2C3", "{text}");
        }
    }

    #[test]
    fn what_only_begins_like_such_a_word_is_what_it_is() {
        for text in [
            "Квасов",
            "кв",
            "Flatow 3",
            "flat45",
            "кв45",
            "no45",
            "ключ от подвала",
            "keyring",
            "Норин",
            "no",
            "квартира Ивановых",
            "Ленина 12 кв",
            "",
        ] {
            assert_eq!(meant(text), text, "{text}");
        }
    }

    #[test]
    fn a_number_at_once_after_a_word_is_read_apart_where_that_is_all() {
        for (text, number) in [
            ("flat45", "45"),
            ("Apt12/3", "12/3"),
            ("no45", "45"),
            ("кв45", "45"),
            ("КВАРТИРА45а", "45а"),
            ("45кв.", "45"),
            ("кв.45", "45"),
            ("№45", "45"),
        ] {
            assert_eq!(joined(text), Some(number), "{text}");
        }
        for text in ["flat", "flatow3", "flat 45", "flat45@mail.example", "45", ""] {
            assert_eq!(joined(text), None, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn what_is_meant_is_always_part_of_the_text(text in "\\PC{0,40}") {
            proptest::prop_assert!(text.contains(meant(&text)));
            proptest::prop_assert!(joined(&text).is_none_or(|number| text.contains(number)));
        }
    }
}
