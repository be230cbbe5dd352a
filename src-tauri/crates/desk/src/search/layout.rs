//! What was typed with the keyboard's other layout: `Bdfyjd` are the keys of `Иванов`.

/// The same keys in the same order, without and with Shift.
const LATIN: &str = "`qwertyuiop[]asdfghjkl;'zxcvbnm,.~QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>";
const CYRILLIC: &str = "ёйцукенгшщзхъфывапролджэячсмитьбюЁЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ";

/// What the same keys write in the other layout; nothing where letters of both stand in the text, or of neither.
pub(super) fn other(text: &str) -> Option<String> {
    let is_latin = text.chars().any(|one| one.is_ascii_alphabetic());
    let is_cyrillic = text.chars().any(|one| CYRILLIC.contains(one));
    let (from, to) = match (is_latin, is_cyrillic) {
        (true, false) => (LATIN, CYRILLIC),
        (false, true) => (CYRILLIC, LATIN),
        _ => return None,
    };
    let key = |typed: char| {
        let place = from.chars().position(|one| one == typed);
        place.and_then(|place| to.chars().nth(place)).unwrap_or(typed)
    };
    let other: String = text.chars().map(key).collect();
    other.chars().any(char::is_alphanumeric).then_some(other)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_keys_of_one_layout_are_read_in_the_other() {
        for (typed, meant) in [
            ("Bdfyjd", "Иванов"),
            ("Кщыу", "Rose"),
            ("Ukt, 45", "Глеб 45"),
            ("'kkf", "элла"),
            ("45 Ktybyf", "45 Ленина"),
            ("ghjcgtrn", "проспект"),
        ] {
            assert_eq!(other(typed).as_deref(), Some(meant), "{typed}");
        }
        for text in ["", "45", "Анна Smith", "Müller Анна", "хъ", "?!"] {
            assert_eq!(other(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_was_read_in_the_other_layout_is_read_back(text in "[a-zA-Z][a-zA-Z0-9 ]{0,30}") {
            let meant = other(&text).unwrap();
            prop_assert_eq!(meant.chars().count(), text.chars().count());
            prop_assert_eq!(other(&meant), Some(text));
        }

        #[test]
        fn every_russian_word_is_read_back(text in "[а-яёА-ЯЁ]{1,30}") {
            if let Some(keys) = other(&text).filter(|keys| keys.chars().any(|one| one.is_ascii_alphabetic())) {
                prop_assert_eq!(other(&keys), Some(text));
            }
        }

        #[test]
        fn any_text_is_read_or_not(text in "\\PC{0,40}") {
            let read = other(&text);
            prop_assert!(read.is_none_or(|read| read.chars().count() == text.chars().count()));
        }
    }
}
