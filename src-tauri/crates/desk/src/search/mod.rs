//! The search field: one text, everything it may mean, over every server. Asks nobody.

mod answer;
mod layout;
mod listed;
mod notation;
mod several;
mod spelling;
mod wording;

use store::{
    Field, Found, FoundCode, FoundPerson, Hit, InFlat, IntercomRow, KeyReading, LONGEST_QUERY, Mark,
    Otherwise, SeenServer,
};

pub(crate) use self::listed::LastListed;
use self::listed::{Listed, named};
use self::notation::readings;
use crate::codes;
use crate::directory::flat_view;
use crate::error::CommandError;
use crate::intercoms::intercom_view;
use crate::keys::key_view;
use crate::state::Desk;
use crate::views::{
    FoundAt, FoundCodeHit, FoundField, FoundFlat, FoundIntercom, FoundKeyView, FoundKind, FoundMark,
    FoundPersonView, How, Search, SearchResults,
};

/// The most hits of a kind: what a person looks over while typing.
const MOST_HITS: usize = 8;
/// The most hits of one kind that more is wanted of.
const MOST_OF_ONE: usize = 50;

/// A text with all it may mean.
struct Question {
    text: String,
    keys: Vec<KeyReading>,
    hows: Vec<How>,
}

impl Question {
    fn of(text: &str) -> Self {
        let text = wording::meant(text).to_owned();
        let (keys, hows) = readings(&text).into_iter().map(|reading| (reading.key, reading.how)).unzip();
        Self { text, keys, hows }
    }
}

impl Desk {
    /// Finds flats, people, keys, codes and intercoms over every server of the list. Asks nobody.
    pub async fn search(&self, request: Search) -> Result<SearchResults, CommandError> {
        if request.text.chars().count() > LONGEST_QUERY {
            return Ok(SearchResults::default());
        }
        let (listed, seen) = self.listed().await?;
        // One more tells that there are more.
        let limit = 1 + if request.more.is_some() { MOST_OF_ONE } else { MOST_HITS };
        let mut question = Question::of(&request.text);
        let is_key = !question.keys.is_empty();
        let mut found = self.found_for(&listed, &seen, &question, &request.text, limit).await?;
        if found == Found::default()
            && let Some(number) = wording::joined(&request.text)
        {
            question = Question::of(number);
            found = self.found_for(&listed, &seen, &question, number, limit).await?;
        }
        let mut read_as = None;
        if found == Found::default()
            && let Some(other) = layout::other(&request.text)
        {
            question = Question::of(&other);
            found = self.found_for(&listed, &seen, &question, &other, limit).await?;
            read_as = (found != Found::default()).then(|| other.trim().to_owned());
        }
        let looked_through =
            (found == Found::default()).then(|| listed.values().map(|server| server.intercoms).sum());
        let now = self.setup.clock.now();
        let sought = store::folded(&question.text);
        let is_title = |hit: &Hit<IntercomRow>| {
            hit.record.title.as_deref().is_some_and(|title| store::folded(title.trim()) == sought)
        };
        let mut results = SearchResults {
            intercom_meant: found.intercoms.iter().any(is_title),
            flats: shown(
                &listed,
                found.flats,
                |flat, _| Some(&flat.number),
                |at, flat| Some(FoundFlat { at, flat: flat_view(flat) }),
            ),
            people: shown(&listed, found.people, text_of_person, |at, person| Some(person_view(at, person))),
            keys: shown(
                &listed,
                found.keys,
                |key, _| Some(&key.row.key),
                |at, key| {
                    let how = *question.hows.get(key.reading)?;
                    Some(FoundKeyView { at, key: key_view(key.row), how })
                },
            ),
            codes: shown(&listed, found.codes, text_of_code, |at, code| {
                codes::found(&code, now).map(|code| FoundCodeHit { at, code })
            }),
            intercoms: shown(&listed, found.intercoms, text_of_intercom, |at, row| {
                let intercom = intercom_view(row, &listed.get(&at.server)?.called);
                Some(FoundIntercom { at, intercom })
            }),
            more: Vec::new(),
            read_as,
            looked_through,
            is_key,
        };
        results.cut(request.more);
        Ok(results)
    }

    /// What the store finds for a question. `typed` is the text with the words that only say what follows.
    async fn found_for(
        &self,
        listed: &Listed,
        seen: &[SeenServer],
        question: &Question,
        typed: &str,
        limit: usize,
    ) -> Result<Found, CommandError> {
        let Question { text, keys, .. } = question;
        let (named, otherwise) = (named(listed, text), otherwise(typed));
        self.find(text.clone(), keys.clone(), named, otherwise, seen.to_vec(), limit).await
    }
}

/// The ways a text can be read as a key, the best first, as the search field looks for them.
pub fn key_readings(text: &str) -> Vec<KeyReading> {
    readings(text).into_iter().map(|reading| reading.key).collect()
}

/// What else a text may mean, as the search field looks for it: several things, and names in the other alphabet's letters.
pub fn otherwise(text: &str) -> Otherwise {
    let (mut places, mut people) = several::several(text);
    for readings in [&mut places, &mut people] {
        let spelled = |reading: &InFlat| {
            let number = reading.number.clone();
            let in_other = spelling::spelled(&reading.words).into_iter();
            in_other.map(move |words| InFlat { words, number: number.clone() })
        };
        let spelled: Vec<InFlat> = readings.iter().flat_map(spelled).collect();
        readings.extend(spelled);
    }
    Otherwise { places, people, spelled: spelling::spelled(text) }
}

fn text_of_person(person: &FoundPerson, field: Field) -> Option<&str> {
    if field == Field::Login { person.login.as_deref() } else { person.name.as_deref() }
}

fn text_of_code(code: &FoundCode, field: Field) -> Option<&str> {
    Some(if field == Field::Code { &code.row.code } else { &code.row.title })
}

fn text_of_intercom(intercom: &IntercomRow, field: Field) -> Option<&str> {
    if field == Field::Address { intercom.address.as_deref() } else { intercom.title.as_deref() }
}

fn person_view(at: FoundAt, person: FoundPerson) -> FoundPersonView {
    let (flat, flat_number) = person.flat.unzip();
    FoundPersonView {
        at,
        id: person.id,
        name: person.name,
        login: person.login,
        flat,
        flat_number: flat_number.flatten(),
        is_resident: person.is_resident,
        confirmed_at: person.confirmed_at,
        gone_at: person.gone_at,
        others: person.others,
    }
}

impl SearchResults {
    /// Leaves of each kind what a person looks over, and says of which there is more.
    fn cut(&mut self, wanted: Option<FoundKind>) {
        let mut more = Vec::new();
        let mut most = |kind, count| {
            let most = if wanted == Some(kind) { MOST_OF_ONE } else { MOST_HITS };
            more.extend((count > most).then_some(kind));
            most
        };
        self.flats.truncate(most(FoundKind::Flats, self.flats.len()));
        self.people.truncate(most(FoundKind::People, self.people.len()));
        self.keys.truncate(most(FoundKind::Keys, self.keys.len()));
        self.codes.truncate(most(FoundKind::Codes, self.codes.len()));
        self.intercoms.truncate(most(FoundKind::Intercoms, self.intercoms.len()));
        self.more = more;
    }
}

/// Hits as they are shown.
fn shown<T, V>(
    listed: &Listed,
    hits: Vec<Hit<T>>,
    text: fn(&T, Field) -> Option<&str>,
    show: impl Fn(FoundAt, T) -> Option<V>,
) -> Vec<V> {
    let view = |hit: Hit<T>| {
        let server = listed.get(&hit.server)?;
        let marks =
            hit.marks.iter().filter_map(|mark| mark_in(text(&hit.record, mark.field)?, mark)).collect();
        let (title, address, entrance) =
            hit.at.map(|at| (at.title, at.address, at.entrance)).unwrap_or_default();
        let at = FoundAt {
            server: hit.server,
            server_name: server.name.clone(),
            short_name: hit.intercom.and_then(|id| server.called.short_name(id)).cloned(),
            intercom: hit.intercom,
            intercom_title: title,
            address,
            entrance,
            marks,
        };
        show(at, hit.record)
    };
    hits.into_iter().filter_map(view).collect()
}

/// A mark as the interface counts characters.
fn mark_in(text: &str, mark: &Mark) -> Option<FoundMark> {
    let before = text.get(..mark.range.start)?;
    let found = text.get(mark.range.clone())?;
    let from = before.encode_utf16().count();
    let field = match mark.field {
        Field::Number => FoundField::Number,
        Field::Name => FoundField::Name,
        Field::Login => FoundField::Login,
        Field::Title => FoundField::Title,
        Field::Address => FoundField::Address,
        Field::Code => FoundField::Code,
        Field::Key => FoundField::Key,
    };
    Some(FoundMark { field, from, to: from + found.encode_utf16().count() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_counts_characters_as_the_interface_does() {
        let mark = Mark { field: Field::Name, range: 5..9 };
        let found = FoundMark { field: FoundField::Name, from: 3, to: 5 };
        assert_eq!(mark_in("🗝 Ян", &mark), Some(found));
        assert_eq!(mark_in("Ян", &mark), None);
    }
}
