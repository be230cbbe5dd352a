//! Texts and questions as words.
//!
//! An index of three characters at a time finds any part of a text that is at least so long. Two spaces stand before every
//! word, so that the beginning of a word is found by it, too, be it a single letter: ` an` is in `  anna`, ` nn` is not.

use std::cmp::Reverse;
use std::ops::Range;

use super::{Field, Mark};
use crate::window::folded;

/// The most words of a question that count.
const MOST_WORDS: usize = 8;
/// What an index of three characters can find anywhere.
const SHORTEST_PART: usize = 3;

/// Texts as their index has them.
pub(crate) fn words<'t>(texts: impl IntoIterator<Item = Option<&'t str>>) -> String {
    joined(&texts.into_iter().flatten().flat_map(split).collect::<Vec<_>>())
}

fn joined(words: &[String]) -> String {
    words.iter().flat_map(|word| ["  ", word]).collect()
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
pub(super) struct Words(Vec<String>);

/// How well a text answers: the lower, the better.
pub(super) type Rank = (Reverse<bool>, Reverse<usize>);

impl Words {
    pub(super) fn of(text: &str) -> Self {
        let mut words = split(text);
        words.truncate(MOST_WORDS);
        Self(words)
    }

    pub(super) fn all(&self) -> &[String] {
        &self.0
    }

    /// What an index is asked for: first, where every word of the question begins a word, then, where it is any part. A
    /// word too short for that begins one.
    pub(super) fn matches(&self) -> Vec<String> {
        self.questions(|phrase| vec![phrase])
    }

    /// The same for long lists of texts: every third group of three characters of a word instead of all. Whoever asks so
    /// sees to it that the words [are there](Self::are_in).
    ///
    /// An index goes through where each of its groups stands, and looks each place of a phrase up besides: a whole name has
    /// some twenty-five of them.
    pub(super) fn samples(&self) -> Vec<String> {
        self.questions(|phrase| sampled(&phrase))
    }

    fn questions(&self, asked: impl Fn(String) -> Vec<String>) -> Vec<String> {
        if self.0.is_empty() {
            return Vec::new();
        }
        let question = |is_part: &dyn Fn(usize) -> bool| {
            let phrase = |word: &String| match word.chars().count() {
                length if is_part(length) => word.clone(),
                1 => format!("  {word}"),
                _ => format!(" {word}"),
            };
            let asked = self.0.iter().map(phrase).flat_map(&asked);
            asked.map(|phrase| format!("\"{phrase}\"")).collect::<Vec<_>>().join(" ")
        };
        let mut questions = vec![question(&|_| false), question(&|length| length >= SHORTEST_PART)];
        questions.dedup();
        questions
    }

    /// Whether texts, as their index [has them](words), have every word where it is looked for.
    pub(super) fn are_in(&self, found: &str) -> bool {
        self.0.iter().all(|word| match word.chars().count() {
            length if length >= SHORTEST_PART => found.contains(word),
            _ => found.contains(&format!(" {word}")),
        })
    }

    /// How well texts answer: all of them before a part, the beginning of words before their middle.
    pub(super) fn rank(&self, texts: &[Option<&str>]) -> Rank {
        let asked = joined(&self.0);
        let found: Vec<String> = texts.iter().flatten().map(|text| words([Some(*text)])).collect();
        let is_all = found.contains(&asked);
        let begins = |word: &&String| {
            let beginning = format!(" {word}");
            found.iter().any(|text| text.contains(&beginning))
        };
        (Reverse(is_all), Reverse(self.0.iter().filter(begins).count()))
    }

    /// Where the words stand in a text.
    pub(super) fn marks(&self, field: Field, text: Option<&str>) -> Vec<Mark> {
        let Some(text) = text else { return Vec::new() };
        let mut ranges: Vec<Range<usize>> = self.0.iter().filter_map(|word| find(text, word)).collect();
        ranges.sort_by_key(|range| (range.start, Reverse(range.end)));
        ranges.dedup_by(|later, earlier| later.start < earlier.end);
        ranges.into_iter().map(|range| Mark { field, range }).collect()
    }
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
    fn a_question_asks_for_beginnings_first_and_for_parts_where_they_are_long_enough() {
        assert_eq!(Words::of("Ива а Ив").matches(), ["\" ива\" \"  а\" \" ив\"", "\"ива\" \"  а\" \" ив\""]);
        assert_eq!(Words::of("ив").matches(), ["\" ив\""]);
        assert!(Words::of("\"-*").matches().is_empty());
    }

    #[test]
    fn samples_of_a_word_cover_it_from_its_beginning_to_its_end() {
        assert_eq!(
            Words::of("андреева ким а").samples(),
            ["\" ан\" \"дре\" \"ева\" \" ки\" \"ким\" \"  а\"", "\"анд\" \"рее\" \"ева\" \"ким\" \"  а\""]
        );
        assert_eq!(sampled(" иванов"), [" ив", "ано", "нов"]);
    }

    #[test]
    fn words_are_in_a_text_as_an_index_would_find_them() {
        let is_in =
            |question: &str| Words::of(question).are_in(&words([Some("Андреева Анна"), Some("a.kim")]));
        assert!(is_in("анна дреев") && is_in("а ki"));
        assert!(!is_in("ева ев") && !is_in("анна ким"));
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
