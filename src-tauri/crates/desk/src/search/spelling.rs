//! A name as the other alphabet spells it: `Belova` is `Белова`, `Смит` is `Smit`, as `Smith` begins.
//!
//! There are many ways to spell a name and nobody keeps to one, so a text has several readings. They are looked for at the
//! beginning of words: what is left open at the end of a name need not be guessed.

use self::Beside::{Consonant, Nothing, Vowel};

/// The most readings of a text.
const MOST_READINGS: usize = 8;
/// The shortest word that is worth it: a single letter is the beginning of too many.
const SHORTEST_WORD: usize = 2;

/// What stands before or after letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Beside {
    Nothing,
    Vowel,
    Consonant,
}

/// Letters, what stands before and after them where that matters, and what the other alphabet has for them, the likeliest first.
type Rule = (&'static str, Option<Beside>, Option<Beside>, &'static [&'static str]);

/// The first that fits counts.
const LATIN: &[Rule] = &[
    ("shch", None, None, &["щ"]),
    ("shc", None, Some(Nothing), &["щ"]),
    ("sch", None, None, &["щ", "ш"]),
    ("iya", None, None, &["ия", "ья"]),
    ("ija", None, None, &["ия", "ья"]),
    ("ia", None, None, &["ия", "ья", "я"]),
    ("ie", Some(Consonant), None, &["ье", "ие", "е"]),
    ("io", Some(Consonant), None, &["ио", "е", "ье"]),
    ("iu", Some(Consonant), None, &["ю", "ью", "иу"]),
    ("iy", None, Some(Nothing), &["ий", "ый"]),
    ("iy", None, Some(Consonant), &["ий"]),
    ("ii", None, Some(Nothing), &["ий", "ии"]),
    ("ij", None, Some(Nothing), &["ий", "ый"]),
    ("ya", Some(Consonant), None, &["я", "ья"]),
    ("ya", None, None, &["я"]),
    ("ja", Some(Consonant), None, &["я", "ья", "джа"]),
    ("ja", None, None, &["я", "джа"]),
    ("yu", Some(Consonant), None, &["ю", "ью"]),
    ("yu", None, None, &["ю"]),
    ("ju", None, None, &["ю", "ью", "джу"]),
    ("yo", Some(Consonant), None, &["е", "ье", "ио"]),
    ("yo", None, None, &["е", "йо"]),
    ("jo", None, None, &["е", "йо", "джо"]),
    ("ye", Some(Consonant), None, &["ье", "е"]),
    ("ye", None, None, &["е"]),
    ("je", None, None, &["е", "ье", "дже"]),
    ("yi", Some(Consonant), None, &["ьи", "ыи"]),
    ("zh", None, None, &["ж"]),
    ("kh", None, None, &["х"]),
    ("ts", None, None, &["ц", "тс"]),
    ("tz", None, None, &["ц"]),
    ("ch", None, None, &["ч", "х"]),
    ("ck", None, None, &["к"]),
    ("sh", None, Some(Nothing), &["ш", "щ"]),
    ("sh", None, None, &["ш"]),
    ("ph", None, None, &["ф"]),
    ("th", None, None, &["т"]),
    ("er", Some(Consonant), Some(Nothing), &["ер", "р"]),
    ("ce", None, None, &["це", "се"]),
    ("ci", None, None, &["ци", "си"]),
    ("lk", None, None, &["лк", "льк"]),
    ("lm", None, None, &["льм", "лм"]),
    ("rk", None, None, &["рк", "рьк"]),
    ("zm", None, None, &["зьм", "зм"]),
    ("a", None, None, &["а"]),
    ("b", None, None, &["б"]),
    ("c", None, None, &["к", "ц"]),
    ("d", None, None, &["д"]),
    ("e", Some(Nothing), None, &["е", "э"]),
    ("e", None, None, &["е"]),
    ("f", None, None, &["ф"]),
    ("g", None, None, &["г"]),
    ("h", None, None, &["х", "г"]),
    ("i", Some(Vowel), Some(Nothing), &["й", "и"]),
    ("i", Some(Vowel), Some(Consonant), &["и", "й"]),
    // More may follow: Tati is Тать, as Татьяна begins.
    ("i", Some(Consonant), Some(Nothing), &["и", "ь"]),
    ("i", None, None, &["и"]),
    ("j", None, None, &["й", "дж"]),
    ("k", None, None, &["к"]),
    ("l", None, Some(Consonant), &["л", "ль"]),
    ("l", None, None, &["л"]),
    ("m", None, None, &["м"]),
    ("n", None, None, &["н"]),
    ("o", None, None, &["о"]),
    ("p", None, None, &["п"]),
    ("q", None, None, &["к"]),
    ("r", None, None, &["р"]),
    ("s", None, None, &["с"]),
    ("t", None, None, &["т"]),
    ("u", None, None, &["у"]),
    ("v", None, None, &["в"]),
    ("w", None, None, &["в"]),
    ("x", None, None, &["кс"]),
    ("y", Some(Consonant), Some(Nothing), &["ий", "ы", "ый", ""]),
    ("y", Some(Consonant), Some(Consonant), &["ы", "и"]),
    ("y", None, None, &["й", "и"]),
    ("z", None, None, &["з"]),
    ("'", None, None, &["ь", ""]),
];

/// The same of Cyrillic, where `ё` is `е`.
const CYRILLIC: &[Rule] = &[
    ("дж", None, None, &["j", "dzh"]),
    ("кс", None, None, &["x", "ks"]),
    ("ий", None, Some(Nothing), &["y", "i"]),
    ("ый", None, Some(Nothing), &["y"]),
    ("ья", None, None, &["ia", "ya", "iya"]),
    ("ье", None, None, &["ie", "ye"]),
    ("ия", None, None, &["ia", "iya"]),
    ("а", None, None, &["a"]),
    ("б", None, None, &["b"]),
    ("в", None, None, &["v", "w"]),
    ("г", None, None, &["g", "h"]),
    ("д", None, None, &["d"]),
    ("е", Some(Nothing), None, &["e", "ye"]),
    ("е", Some(Vowel), None, &["e", "ye"]),
    ("е", None, None, &["e"]),
    ("ж", None, None, &["zh", "j"]),
    ("з", None, None, &["z", "s"]),
    ("и", None, None, &["i", "y"]),
    ("й", None, None, &["y", "i", "j"]),
    ("к", None, None, &["k", "c"]),
    ("л", None, None, &["l"]),
    ("м", None, None, &["m"]),
    ("н", None, None, &["n"]),
    ("о", None, None, &["o"]),
    ("п", None, None, &["p"]),
    ("р", None, None, &["r"]),
    ("с", None, None, &["s", "c"]),
    ("т", None, None, &["t", "th"]),
    ("у", None, None, &["u", "w"]),
    ("ф", None, None, &["f", "ph"]),
    ("х", None, None, &["kh", "h", "ch"]),
    ("ц", None, None, &["ts", "c", "z"]),
    ("ч", None, None, &["ch"]),
    ("ш", None, None, &["sh", "sch"]),
    ("щ", None, None, &["shch", "sch"]),
    ("ъ", None, None, &[""]),
    ("ы", None, None, &["y"]),
    ("ь", None, None, &["", "'"]),
    ("э", None, None, &["e"]),
    ("ю", None, None, &["yu", "iu", "u"]),
    ("я", None, None, &["ya", "ia"]),
];

/// How a text in one alphabet may be spelled in the other, the likeliest first. None where it has letters of both or of a
/// third, or a login or a key: letters and digits in one word, unless that is a number with one letter.
pub(super) fn spelled(text: &str) -> Vec<String> {
    let text = text.to_lowercase().replace('ё', "е").replace('’', "'");
    let letters_of = |word: &str| word.chars().filter(|one| one.is_alphabetic()).count();
    let is_mixed = |word: &str| {
        let is_number = word.starts_with(char::is_numeric) && letters_of(word) == 1;
        letters_of(word) > 0 && word.contains(char::is_numeric) && !is_number
    };
    let is_long = |word: &str| letters_of(word) >= SHORTEST_WORD;
    let words = || text.split(|one: char| !one.is_alphanumeric());
    if words().any(is_mixed) || !words().any(is_long) {
        return Vec::new();
    }
    let is_of = |rules: &[Rule]| {
        let is_known = |letter: char| rules.iter().any(|(letters, ..)| letters.chars().eq([letter]));
        text.chars().filter(|one| one.is_alphabetic()).all(is_known)
    };
    let Some(rules) = [LATIN, CYRILLIC].into_iter().find(|rules| is_of(rules)) else { return Vec::new() };
    let letters: Vec<char> = text.chars().collect();
    let mut readings = vec![(0, String::new())];
    let mut place = 0;
    while let Some(letter) = letters.get(place) {
        let as_it_is = letter.to_string();
        let (length, ways) = match rules.iter().find(|rule| fits(rule, &letters, place)) {
            Some((found, _, _, ways)) => (found.chars().count(), ways.to_vec()),
            None => (1, vec![as_it_is.as_str()]),
        };
        // A way costs its place among the others, so the best readings of the whole go on from the best of its beginning.
        readings = readings
            .iter()
            .flat_map(|(cost, begun)| {
                ways.iter().enumerate().map(move |(nth, way)| (cost + nth, format!("{begun}{way}")))
            })
            .collect();
        readings.sort_by_key(|(cost, _)| *cost);
        readings.truncate(MOST_READINGS);
        place += length;
    }
    readings.into_iter().map(|(_, reading)| reading).collect()
}

fn fits((found, before, after, _): &Rule, letters: &[char], place: usize) -> bool {
    let rest = &letters[place..];
    let length = found.chars().count();
    let is_beside = |wanted: &Option<Beside>, letter: Option<&char>| {
        wanted.is_none_or(|wanted| wanted == beside(letter.copied()))
    };
    found.chars().eq(rest.iter().copied().take(length))
        && is_beside(before, place.checked_sub(1).and_then(|before| letters.get(before)))
        && is_beside(after, rest.get(length))
}

fn beside(letter: Option<char>) -> Beside {
    match letter {
        Some(letter) if "aeiouyаеиоуыэюя".contains(letter) => Vowel,
        Some(letter) if letter.is_alphabetic() => Consonant,
        _ => Nothing,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn are_read(names: &[(&str, &str)]) {
        for (typed, meant) in names {
            let read = spelled(typed);
            assert!(read.contains(&(*meant).to_owned()), "{typed}: {read:?}");
        }
    }

    #[test]
    fn a_russian_name_is_among_the_readings_of_its_latin_spellings() {
        are_read(&[
            ("Belova", "белова"),
            ("IVANOV", "иванов"),
            ("Sergey", "сергей"),
            ("Sergei Sergeyev", "сергей сергеев"),
            ("Shcherbakov", "щербаков"),
            ("Yuliya", "юлия"),
            ("Julia", "юлия"),
            ("Aleksey", "алексей"),
            ("Alexander", "александр"),
            ("Peter", "петр"),
            ("Taty", "тат"),
            ("Tati", "тать"),
            ("Shc", "щ"),
            ("Alexandr", "александр"),
            ("Ksenia", "ксения"),
            ("Maria", "мария"),
            ("Mariya", "мария"),
            ("Tatiana", "татьяна"),
            ("Tatyana", "татьяна"),
            ("Natalya", "наталья"),
            ("Daria", "дарья"),
            ("Ilya Ilyin", "илья ильин"),
            ("Olga", "ольга"),
            ("Melnikova", "мельникова"),
            ("Volkova", "волкова"),
            ("Kuzmin", "кузьмин"),
            ("Gorky", "горький"),
            ("Dmitry", "дмитрий"),
            ("Dmitriy", "дмитрий"),
            ("Georgii", "георгий"),
            ("Krylov", "крылов"),
            ("Ryzhkov", "рыжков"),
            ("Vasilyev", "васильев"),
            ("Vasiliev", "васильев"),
            ("Solovyov", "соловьев"),
            ("Fyodor", "федор"),
            ("Semenov", "семенов"),
            ("Mayorov", "майоров"),
            ("Yelena", "елена"),
            ("Elena", "елена"),
            ("Eldar", "эльдар"),
            ("Khabibullin", "хабибуллин"),
            ("Habibullin", "хабибуллин"),
            ("Nikolai", "николай"),
            ("Mikhail", "михаил"),
            ("Zhanna Tsoy", "жанна цой"),
            ("Lenina 12", "ленина 12"),
            ("Lenina 12a", "ленина 12а"),
            ("Il'in", "ильин"),
            ("Schmidt", "шмидт"),
        ]);
    }

    #[test]
    fn a_latin_name_is_among_the_readings_of_its_russian_spellings() {
        are_read(&[
            ("Белова", "belova"),
            ("Смит", "smith"),
            ("Ковальски", "kowalski"),
            ("Алексей", "alexey"),
            ("Хабиб", "habib"),
            ("Юлия", "yulia"),
            ("Джон", "jon"),
            ("Щербаков", "shcherbakov"),
            ("Дмитрий", "dmitry"),
            ("Семён", "semen"),
        ]);
    }

    #[test]
    fn what_is_no_name_in_one_alphabet_has_no_other_spelling() {
        for text in ["", "45", "a", "A-45", "Анна Smith", "Müller", "04A1B2C3", "ivanova45", "王", "?!"]
        {
            assert_eq!(spelled(text), Vec::<String>::new(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_has_few_readings_in_the_other_alphabet(text in "\\PC{0,40}") {
            let read = spelled(&text);
            prop_assert!(read.len() <= MOST_READINGS);
            let numbers = |text: &str| text.chars().filter(|one| one.is_numeric()).collect::<String>();
            prop_assert!(read.iter().all(|one| numbers(one) == numbers(&text.to_lowercase())));
        }

        #[test]
        fn no_reading_has_a_letter_of_the_alphabet_that_was_typed(latin in "[a-zA-Z]{2,20}", cyrillic in "[а-яёА-ЯЁ]{2,20}") {
            prop_assert!(!spelled(&latin).is_empty() && !spelled(&cyrillic).is_empty());
            prop_assert!(spelled(&latin).iter().all(|one| !one.contains(|letter: char| letter.is_ascii_alphabetic())));
            prop_assert!(spelled(&cyrillic).iter().all(|one| one.is_ascii()));
        }
    }
}
