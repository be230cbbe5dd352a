//! Texts and questions as words.
//!
//! An index of three characters at a time finds any part of a text that is at least so long. Two spaces stand before every
//! word, so that the beginning of a word is found by it, too, be it a single letter: ` an` is in `  anna`, ` nn` is not.
//!
//! People are many, and letters are few: the lists of such an index are long. Theirs is an index of whole words besides, which
//! has the beginnings of words in lists of their own.

use std::cmp::Reverse;
use std::ops::Range;

use super::{Field, Mark};
use crate::window::folded;

/// The most words of a question that count.
const MOST_WORDS: usize = 8;
/// What an index of three characters can find anywhere.
const SHORTEST_PART: usize = 3;
/// The longest beginning of a word that an index of whole words has a list of.
const LONGEST_BEGINNING: usize = 8;

/// Texts as their index has them.
pub(crate) fn words<'t>(texts: impl IntoIterator<Item = Option<&'t str>>) -> String {
    joined(&texts.into_iter().flatten().flat_map(split).collect::<Vec<_>>())
}

fn joined(words: &[String]) -> String {
    words.iter().flat_map(|word| ["  ", word]).collect()
}

/// What an index of whole words has a list of: the first letters of a long word. One with digits is a login, and nearly
/// nobody's else begins like the whole of it.
fn first_letters(word: &str) -> String {
    let length = if word.chars().any(char::is_numeric) { usize::MAX } else { LONGEST_BEGINNING };
    word.chars().take(length).collect()
}

/// Whether an index of three characters finds a word anywhere.
fn is_long(word: &str) -> bool {
    word.chars().count() >= SHORTEST_PART
}

/// Groups of three characters that together cover a phrase.
fn sampled(phrase: &str) -> Vec<String> {
    let characters: Vec<char> = phrase.chars().collect();
    let last = characters.len().saturating_sub(SHORTEST_PART);
    let starts = (0..last).step_by(SHORTEST_PART).chain([last]);
    starts.map(|start| characters[start..].iter().take(SHORTEST_PART).collect()).collect()
}

fn split(text: &str) -> Vec<String> {
    let folded = folded(text);
    let words = folded.split(|character: char| !character.is_alphanumeric());
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// A question, word by word. Each must be found, in any order.
#[derive(Debug)]
pub(super) struct Words {
    all: Vec<String>,
    /// The same as an index would have them.
    joined: String,
}

/// A question to an index.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Quick {
    /// Answered from shorter lists, or sooner, by more than what is meant: whoever asks so looks at each.
    pub(super) rough: Option<String>,
    /// Answered by what is meant alone.
    pub(super) exact: String,
}

impl Quick {
    /// The same of one column of the index.
    pub(super) fn of_column(self, column: &str) -> Self {
        let of = |asked: String| format!("{column} : ({asked})");
        Self { rough: self.rough.map(of), exact: of(self.exact) }
    }

    /// The same, asked roughly of all columns: to look into one costs with each row of a long list.
    pub(super) fn of_column_mostly(self, column: &str) -> Self {
        let rough = self.rough.clone().unwrap_or_else(|| self.exact.clone());
        Self { rough: Some(rough), ..self.of_column(column) }
    }
}

/// How well a text answers: the lower, the better.
pub(super) type Rank = (Reverse<bool>, Reverse<usize>);

impl Words {
    pub(super) fn of(text: &str) -> Self {
        let mut words = split(text);
        words.truncate(MOST_WORDS);
        Self { joined: joined(&words), all: words }
    }

    pub(super) fn all(&self) -> &[String] {
        &self.all
    }

    /// What an index of whole words is asked for where each stands as it is.
    pub(super) fn whole(&self) -> String {
        self.all.iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(" ")
    }

    /// What an index of three characters is asked for, where every word of the question begins a word.
    pub(super) fn begun(&self) -> Option<Quick> {
        (!self.all.is_empty()).then(|| self.quick(&|_| false))
    }

    /// The same where a word of the question is any part of another; one too short for that begins one.
    pub(super) fn anywhere(&self) -> Option<Quick> {
        (!self.all.is_empty()).then(|| self.quick(&is_long))
    }

    /// What an index of whole words is asked for: where every word of the question begins one.
    pub(super) fn beginnings(&self) -> Option<Quick> {
        let asked = |word: &dyn Fn(&String) -> String| {
            let words: Vec<String> = self.all.iter().map(|one| format!("\"{}\"*", word(one))).collect();
            words.join(" ")
        };
        let (first, exact) = (asked(&|word| first_letters(word)), asked(&String::clone));
        (!self.all.is_empty()).then(|| Quick { rough: (first != exact).then_some(first), exact })
    }

    /// What an index of whole words is asked for where each word is as it stands and nothing more.
    pub(super) fn exactly(&self) -> Option<Quick> {
        (!self.all.is_empty()).then(|| Quick { rough: None, exact: self.whole() })
    }

    /// Whether it is one digit and nothing else.
    pub(super) fn is_digit(&self) -> bool {
        matches!(self.all.as_slice(), [word] if word.len() == 1 && word.as_bytes()[0].is_ascii_digit())
    }

    /// What is asked for [anywhere](Self::anywhere), where that is something else than beginnings.
    pub(super) fn parts(&self) -> Option<Quick> {
        self.all.iter().any(|word| is_long(word)).then(|| self.quick(&is_long))
    }

    /// Roughly, that is every third group of three characters of a word: an index goes through where each of its groups
    /// stands, and looks each place of a phrase up besides; a whole name has some twenty-five of them.
    fn quick(&self, is_part: &dyn Fn(&str) -> bool) -> Quick {
        let rough = self.question(is_part, &|phrase| sampled(&phrase));
        let exact = self.question(is_part, &|phrase| vec![phrase]);
        Quick { rough: (rough != exact).then_some(rough), exact }
    }

    fn question(&self, is_part: &dyn Fn(&str) -> bool, asked: &dyn Fn(String) -> Vec<String>) -> String {
        let phrase = |word: &String| match word.chars().count() {
            _ if is_part(word) => word.clone(),
            1 => format!("  {word}"),
            _ => format!(" {word}"),
        };
        let asked = self.all.iter().map(phrase).flat_map(asked);
        asked.map(|phrase| format!("\"{phrase}\"")).collect::<Vec<_>>().join(" ")
    }

    /// Whether texts, as their index [has them](words), have a word that begins so for every one of the question.
    pub(super) fn begin_words_of(&self, found: &str) -> bool {
        self.all.iter().all(|word| begins_in(found, word))
    }

    /// Whether texts, as their index [has them](words), have every word where it is looked for.
    pub(super) fn are_in(&self, found: &str) -> bool {
        self.all.iter().all(|word| if is_long(word) { found.contains(word) } else { begins_in(found, word) })
    }

    /// How well texts answer that their index has so: all of one before a part, the beginning of words before their middle.
    pub(super) fn rank(&self, found: &str, texts: &[Option<&str>]) -> Rank {
        let asked = &self.joined;
        let begins = found.strip_prefix(asked).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
        let is_all = (begins || found.ends_with(asked)) && self.are_all_of(texts);
        let begun = self.all.iter().filter(|word| begins_in(found, word)).count();
        (Reverse(is_all), Reverse(begun))
    }

    /// Whether they are all that one of these texts has.
    pub(super) fn are_all_of(&self, texts: &[Option<&str>]) -> bool {
        texts.iter().any(|text| words([*text]) == self.joined)
    }

    /// Where the words stand in a text.
    pub(super) fn marks(&self, field: Field, text: Option<&str>) -> Vec<Mark> {
        let Some(text) = text else { return Vec::new() };
        let mut ranges: Vec<Range<usize>> = self.all.iter().filter_map(|word| find(text, word)).collect();
        ranges.sort_by_key(|range| (range.start, Reverse(range.end)));
        ranges.dedup_by(|later, earlier| later.start < earlier.end);
        ranges.into_iter().map(|range| Mark { field, range }).collect()
    }
}

/// Whether a word of texts, as their index [has them](words), begins so.
fn begins_in(found: &str, word: &str) -> bool {
    found.match_indices(word).any(|(place, _)| found[..place].ends_with(' ') || place == 0)
}

/// Where a folded word stands in a text: at the beginning of a word if it does anywhere.
pub(super) fn find(text: &str, word: &str) -> Option<Range<usize>> {
    // Folding may change how long a character is; each knows where it came from.
    let characters: Vec<(char, Range<usize>)> = text
        .char_indices()
        .flat_map(|(start, character)| {
            let range = start..start + character.len_utf8();
            let folded: Vec<char> = folded(character.encode_utf8(&mut [0; 4])).chars().collect();
            folded.into_iter().map(move |character| (character, range.clone()))
        })
        .collect();
    let word: Vec<char> = word.chars().collect();
    let last = characters.len().checked_sub(word.len()).filter(|_| !word.is_empty())?;
    let stands_at =
        |place: &usize| characters[*place..].iter().zip(&word).all(|((there, _), here)| there == here);
    let begins_word = |place: &usize| *place == 0 || !characters[*place - 1].0.is_alphanumeric();
    let places = || (0..=last).filter(stands_at);
    // A short word was found by its beginning only.
    let place =
        places().find(begins_word).or_else(|| places().next().filter(|_| word.len() >= SHORTEST_PART))?;
    Some(characters[place].1.start..characters[place + word.len() - 1].1.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_kept_word_by_word_with_the_beginning_of_each_to_be_seen() {
        assert_eq!(
            words([Some("Алёна О'Нил-Ким"), None, Some("a.kim@x")]),
            "  алена  о  нил  ким  a  kim  x"
        );
        assert_eq!(words([None, Some(" -- ")]), "");
    }

    #[test]
    fn a_question_asks_for_beginnings_or_for_parts_where_they_are_long_enough() {
        let exact = |asked: Option<Quick>| asked.map(|asked| asked.exact);
        let words = Words::of("Ива а Ив");
        assert_eq!(exact(words.begun()).as_deref(), Some("\" ива\" \"  а\" \" ив\""));
        assert_eq!(exact(words.anywhere()).as_deref(), Some("\"ива\" \"  а\" \" ив\""));
        assert_eq!(Words::of("ив").anywhere(), Words::of("ив").begun());
        assert_eq!(Words::of("\"-*").begun(), None);
    }

    #[test]
    fn whole_words_are_asked_for_by_their_first_letters_and_logins_whole() {
        let asked = Words::of("Александрович А petrenko50001").beginnings();
        let rough = Some("\"александ\"* \"а\"* \"petrenko50001\"*".to_owned());
        let exact = "\"александрович\"* \"а\"* \"petrenko50001\"*".to_owned();
        assert_eq!(asked, Some(Quick { rough, exact }));
        assert_eq!(Words::of("анна").beginnings().and_then(|asked| asked.rough), None);
        assert_eq!(Words::of("\"-*").beginnings(), None);
    }

    #[test]
    fn samples_of_a_part_cover_it_from_its_beginning_to_its_end() {
        let asked = Words::of("андреева ким а").parts();
        let rough = Some("\"анд\" \"рее\" \"ева\" \"ким\" \"  а\"".to_owned());
        assert_eq!(asked, Some(Quick { rough, exact: "\"андреева\" \"ким\" \"  а\"".to_owned() }));
        assert_eq!(Words::of("ив а").parts(), None);
        assert_eq!(sampled(" иванов"), [" ив", "ано", "нов"]);
    }

    #[test]
    fn words_are_in_a_text_as_an_index_would_find_them() {
        let texts = words([Some("Андреева Анна"), Some("a.kim")]);
        let is_in = |question: &str| Words::of(question).are_in(&texts);
        assert!(is_in("анна дреев") && is_in("а ki"));
        assert!(!is_in("ева ев") && !is_in("анна ким"));
        let begin = |question: &str| Words::of(question).begin_words_of(&texts);
        assert!(begin("анна андре") && begin("а k"));
        assert!(!begin("дреева") && !begin("анна ким"));
    }

    #[test]
    fn what_was_found_is_marked_where_it_stands_in_the_text_as_it_was_written() {
        assert_eq!(find("Пётр Ёлкин", "елк"), Some(9..15));
        assert_eq!(find("Нина Ин", "ин"), Some(9..13));
        assert_eq!(find("Нина", "ин"), None);
        assert_eq!(find("İvan", "van"), Some(2..5));
        assert_eq!(find("Анна", ""), None);
    }
}
