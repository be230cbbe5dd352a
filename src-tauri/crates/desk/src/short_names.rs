//! Short names of intercoms: what is said and typed before a flat's number, as in `A-45`.
//!
//! The person's own names stand first. An intercom without one is called by its entrance, by the only number of its title, or
//! by the first letters of its title, whichever no other intercom of the server is called by.

use std::collections::{BTreeMap, HashMap, HashSet};

use store::IntercomRow;

/// The longest short name, in characters.
pub(crate) const LONGEST: usize = 8;
/// The longest entrance that serves as one.
const LONGEST_ENTRANCE: usize = 4;

/// Short names a person chose, by intercom.
pub(crate) type Chosen = BTreeMap<u64, String>;

/// What every intercom of a server is called for short; no two look alike.
pub(crate) fn short_names(intercoms: &[IntercomRow], chosen: &Chosen) -> HashMap<u64, String> {
    let mut names: HashMap<u64, String> = HashMap::new();
    let mut taken = HashSet::new();
    for row in intercoms {
        if let Some(name) = chosen.get(&row.id).filter(|name| taken.insert(looks(name))) {
            names.insert(row.id, name.clone());
        }
    }
    let mut unnamed: Vec<&IntercomRow> =
        intercoms.iter().filter(|row| !names.contains_key(&row.id)).collect();
    unnamed.sort_by_key(|row| row.id);
    // First what names an intercom by itself, for all of them; then letters, as many as are needed.
    for letters in 0..=LONGEST {
        let candidate = |row: &IntercomRow| if letters == 0 { number(row) } else { beginning(row, letters) };
        let mut wanted: HashMap<String, usize> = HashMap::new();
        for name in unnamed.iter().filter_map(|row| candidate(row)) {
            *wanted.entry(looks(&name)).or_default() += 1;
        }
        unnamed.retain(|row| {
            let Some(name) = candidate(row) else { return true };
            if wanted[&looks(&name)] > 1 || !taken.insert(looks(&name)) {
                return true;
            }
            names.insert(row.id, name);
            false
        });
    }
    // Titles alike: the record's id tells them apart.
    names.extend(unnamed.into_iter().map(|row| (row.id, row.id.to_string())));
    names
}

/// The entrance, or the only number of a title: `Подъезд 3`.
fn number(row: &IntercomRow) -> Option<String> {
    let entrance = row.entrance.as_deref().map(str::trim).filter(|name| is_name(name));
    if let Some(entrance) = entrance.filter(|name| name.chars().count() <= LONGEST_ENTRANCE) {
        return Some(entrance.to_owned());
    }
    let title = row.title.as_deref()?;
    let mut numbers =
        title.split(|character: char| !character.is_ascii_digit()).filter(|part| !part.is_empty());
    let number = numbers.next().filter(|number| number.len() <= LONGEST_ENTRANCE)?;
    numbers.next().is_none().then(|| number.to_owned())
}

/// The first letters of a title.
fn beginning(row: &IntercomRow, letters: usize) -> Option<String> {
    let title = row.title.as_deref()?;
    let name: String = title.chars().filter(|character| character.is_alphanumeric()).take(letters).collect();
    (!name.is_empty()).then(|| name.to_uppercase())
}

/// Whether a text can be a short name: letters and digits, few of them.
pub(crate) fn is_name(name: &str) -> bool {
    (1..=LONGEST).contains(&name.chars().count()) && name.chars().all(char::is_alphanumeric)
}

/// A name as it is compared: small letters, and of two alphabets those that look alike as one.
pub(crate) fn looks(name: &str) -> String {
    const CYRILLIC: &str = "авсенкмортхуё";
    const LATIN: &str = "abcehkmoptxye";
    let like = |letter: char| {
        CYRILLIC.chars().position(|known| known == letter).and_then(|place| LATIN.chars().nth(place))
    };
    let small = name.trim().to_lowercase();
    small.chars().map(|letter| like(letter).unwrap_or(letter)).collect()
}

/// The ways to read a text as a short name and a flat's number: `A-45`, `A 45`, `A–45`, `A/45`, `a45`. The name comes as
/// [`looks`] has it.
pub(crate) fn readings(text: &str) -> Vec<(String, String)> {
    let is_between =
        |character: char| character.is_whitespace() || matches!(character, '-' | '–' | '—' | '/');
    let text = text.trim();
    let mut found = Vec::new();
    let mut add = |name: &str, number: &str| {
        let reading = (looks(name), number.to_owned());
        if is_name(name) && !number.is_empty() && !found.contains(&reading) {
            found.push(reading);
        }
    };
    if let Some((name, number)) = text.split_once(is_between) {
        add(name.trim(), number.trim_matches(is_between));
    }
    // `a45`: from letters to digits.
    if let Some(place) = text.find(|character: char| character.is_ascii_digit()) {
        let (name, number) = text.split_at(place);
        if name.chars().all(char::is_alphabetic) && number.bytes().all(|digit| digit.is_ascii_digit()) {
            add(name, number);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use proptest::prelude::*;

    use super::*;

    fn row(id: u64, title: &str, entrance: Option<&str>) -> IntercomRow {
        IntercomRow {
            title: Some(title.to_owned()).filter(|title| !title.is_empty()),
            entrance: entrance.map(str::to_owned),
            ..IntercomRow::nameless(id, DateTime::UNIX_EPOCH)
        }
    }

    fn named(rows: &[IntercomRow], chosen: &[(u64, &str)]) -> Vec<String> {
        let chosen = chosen.iter().map(|(id, name)| (*id, (*name).to_owned())).collect();
        let names = short_names(rows, &chosen);
        rows.iter().map(|row| names[&row.id].clone()).collect()
    }

    #[test]
    fn an_intercom_is_called_by_its_entrance_its_number_or_its_first_letters() {
        let rows = [
            row(1, "Подъезд 3", None),
            row(2, "Entrance", Some("B")),
            row(3, "Калитка", None),
            row(4, "Консьерж", None),
            row(5, "Паркинг", None),
            row(6, "", None),
        ];
        assert_eq!(named(&rows, &[]), ["3", "B", "КА", "КО", "П", "6"]);
    }

    #[test]
    fn a_chosen_name_stands_and_what_looks_alike_is_nobody_elses() {
        let rows =
            [row(1, "Подъезд 1", None), row(2, "Подъезд 2", None), row(3, "Дом 12, подъезд 1", Some("2"))];
        assert_eq!(named(&rows, &[(3, "A")]), ["1", "2", "A"]);
        // Of two entrances of one number neither is called by it.
        let alike = named(&rows, &[]);
        assert_eq!(alike[0], "1");
        assert!(alike[1] != "2" && alike[2] != "2", "{alike:?}");
        // Latin A and Cyrillic А are one name.
        assert_eq!(named(&rows, &[(1, "A"), (2, "А")])[0], "A");
        assert_ne!(named(&rows, &[(1, "A"), (2, "А")])[1], "А");
    }

    #[test]
    fn a_name_and_a_number_are_read_however_they_are_parted() {
        for text in ["A-45", "a 45", "А–45", "а/45", " A - 45 ", "a45", "А45", "A—45"] {
            assert_eq!(readings(text), [("a".to_owned(), "45".to_owned())], "{text}");
        }
        assert_eq!(readings("3-45"), [("3".to_owned(), "45".to_owned())]);
        assert_eq!(readings("A-12a"), [("a".to_owned(), "12a".to_owned())]);
        for text in ["", "45", "A", "A-", "-45", "Ленина12345 4", "🗝-4"] {
            assert_eq!(readings(text), [], "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_name_and_number_are_read_back(
            name in "[A-Za-zА-Яа-я]{1,8}", between in "[-–—/ ]", number in "[0-9]{1,5}[а-яa-z]?"
        ) {
            let read = readings(&format!("{name}{between}{number}"));
            prop_assert!(read.contains(&(looks(&name), number)));
        }

        #[test]
        fn any_text_has_few_readings_and_each_is_a_name_and_a_number(text in ".{0,40}") {
            let read = readings(&text);
            prop_assert!(read.len() <= 2);
            prop_assert!(read.iter().all(|(name, number)| !name.is_empty() && !number.is_empty()));
        }

        #[test]
        fn no_two_intercoms_are_called_alike(
            titles in prop::collection::vec(("[А-Вa-c0-9 ]{0,6}", prop::option::of("[12AА]")), 0..12),
            chosen in prop::collection::btree_map(1_u64..12, "[AАBВ1]{1,2}", 0..4),
        ) {
            let rows: Vec<IntercomRow> = titles
                .iter()
                .enumerate()
                .map(|(place, (title, entrance))| row(1_000 + place as u64, title, entrance.as_deref()))
                .collect();
            let names = short_names(&rows, &chosen);
            prop_assert_eq!(names.len(), rows.len());
            let looks: HashSet<String> = names.values().map(|name| looks(name)).collect();
            prop_assert_eq!(looks.len(), rows.len());
        }
    }
}
