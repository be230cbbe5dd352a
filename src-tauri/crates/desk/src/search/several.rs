//! Texts that name several things: `45 Ленина`, `Ленина 12 кв 45`, `Иванова 45`.

use store::InFlat;

use super::wording::{is_flat, is_whole_number, joined};

/// The most words of a text that is taken apart.
const MOST_WORDS: usize = 8;
/// What is said before a house's number and stands in no address as it is searched.
const HOUSES: [&str; 3] = ["д", "дом", "house"];

/// The ways to read a text as words and a flat's number: the one that is called a flat, else the last word, else the first.
/// As words of a place, and as those of a person's name.
pub(super) fn several(text: &str) -> (Vec<InFlat>, Vec<InFlat>) {
    let is_between = |one: char| one.is_whitespace() || matches!(one, ',' | ';');
    let words: Vec<&str> =
        text.split(is_between).map(|word| word.trim_matches('.')).filter(|word| !word.is_empty()).collect();
    if !(2..=MOST_WORDS).contains(&words.len()) {
        return Default::default();
    }
    let mut places: Vec<InFlat> = Vec::new();
    let mut add = |before: &[&str], number: &str, after: &[&str]| {
        let words = without_houses(&[before, after].concat()).join(" ");
        let reading = InFlat { words, number: number.to_owned() };
        if !reading.words.is_empty() && !places.contains(&reading) {
            places.push(reading);
        }
    };
    let called = (0..words.len()).find_map(|place| {
        let after = |count: usize| words.get(place + count..).unwrap_or_default();
        if is_flat(words[place]) {
            let number = words.get(place + 1).filter(|word| is_whole_number(word))?;
            return Some((&words[..place], *number, after(2)));
        }
        Some((&words[..place], joined(words[place])?, after(1)))
    });
    match (called, words.as_slice()) {
        (Some((before, number, after)), _) => add(before, number, after),
        (None, [first, between @ .., last]) => {
            if is_whole_number(last) {
                add(&words[..=between.len()], last, &[]);
            }
            if is_whole_number(first) {
                add(&[], first, &words[1..]);
            }
        }
        (None, _) => {}
    }
    let is_name = |reading: &&InFlat| !reading.words.chars().any(|one| one.is_ascii_digit());
    let people = places.iter().find(is_name).cloned().into_iter().collect();
    (places, people)
}

fn without_houses<'t>(words: &[&'t str]) -> Vec<&'t str> {
    let is_house = |place: usize| {
        let is_called = HOUSES.contains(&words[place].to_lowercase().as_str());
        is_called && words.get(place + 1).is_some_and(|next| is_whole_number(next))
    };
    (0..words.len()).filter(|place| !is_house(*place)).map(|place| words[place]).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn places(text: &str) -> Vec<(String, String)> {
        several(text).0.into_iter().map(|one| (one.words, one.number)).collect()
    }

    #[test]
    fn a_place_and_a_flat_are_read_in_any_order() {
        for (text, read) in [
            ("45 Ленина", vec![("Ленина", "45")]),
            ("45 подъезд 2", vec![("45 подъезд", "2"), ("подъезд 2", "45")]),
            ("подъезд 2 45", vec![("подъезд 2", "45")]),
            ("Ленина 12 кв 45", vec![("Ленина 12", "45")]),
            ("ул. Ленина, д. 12, кв. 45", vec![("ул Ленина 12", "45")]),
            ("кв.45 Ленина 12", vec![("Ленина 12", "45")]),
            ("№45 Lenina", vec![("Lenina", "45")]),
            ("Ленина 12 45кв", vec![("Ленина 12", "45")]),
            ("Apt 45 Lenina", vec![("Lenina", "45")]),
            ("45", vec![]),
            ("кв 45", vec![]),
            ("Анна Иванова", vec![]),
            ("", vec![]),
        ] {
            let read: Vec<_> =
                read.into_iter().map(|(words, number)| (words.to_owned(), number.to_owned())).collect();
            assert_eq!(places(text), read, "{text}");
        }
    }

    #[test]
    fn a_person_and_a_flat_are_read_where_no_other_number_stands_beside() {
        let person = |text| several(text).1.into_iter().next().map(|one| (one.words, one.number));
        let read = |words: &str| Some((words.to_owned(), "45".to_owned()));
        assert_eq!(person("Иванова 45"), read("Иванова"));
        assert_eq!(person("45 Иванова Анна"), read("Иванова Анна"));
        assert_eq!(person("Иванова кв. 45"), read("Иванова"));
        assert_eq!(person("Ленина 12 кв 45"), None);
    }

    proptest! {
        #[test]
        fn what_is_read_stands_in_the_text(text in "\\PC{0,60}") {
            let (places, people) = several(&text);
            prop_assert!(places.len() <= 2 && people.len() <= 1);
            for one in places.iter().chain(&people) {
                prop_assert!(!one.words.is_empty() && text.contains(&one.number));
                prop_assert!(one.words.split(' ').all(|word| text.contains(word)));
            }
        }

        #[test]
        fn a_place_and_a_number_are_read_back(place in "[а-зй-я]{3,9}( [1-9][0-9]{0,2})?", number in "[1-9][0-9]{0,3}") {
            for text in [
                format!("{number} {place}"),
                format!("{place}, кв {number}"),
                format!("{place} кв.{number}"),
                format!("квартира {number}, {place}"),
                format!("{place} {number}"),
            ] {
                let read = places(&text);
                prop_assume!(!is_flat(&place));
                prop_assert!(read.contains(&(place.clone(), number.clone())), "{text}: {read:?}");
            }
        }
    }
}
