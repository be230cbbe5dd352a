//! The search field: one text, everything it may mean, over every server. Asks nobody.

mod notation;

use std::collections::HashMap;

use store::{Field, FoundCode, FoundPerson, Hit, IntercomRow, KeyReading, LONGEST_QUERY, Mark};

use self::notation::readings;
use crate::codes;
use crate::directory::flat_view;
use crate::error::CommandError;
use crate::intercoms::intercom_view;
use crate::keys::key_view;
use crate::state::Desk;
use crate::views::{
    AccountKind, FoundAt, FoundCodeHit, FoundField, FoundFlat, FoundIntercom, FoundKeyView, FoundMark,
    FoundPersonView, How, Search, SearchResults,
};

/// The most hits of a kind: what a person looks over while typing.
const MOST_HITS: usize = 8;
/// How many are asked for: some may have ended, or be of a server that is just being removed.
const ASKED: usize = 2 * MOST_HITS;

/// A server of the list: what it is called, and the intercoms that were added to it.
struct Shown {
    name: String,
    added: Vec<u64>,
    /// Whose memory may be looked at: who signed out sees nothing of it.
    sees_admin: bool,
    sees_client: bool,
}

type Listed = HashMap<String, Shown>;

impl Desk {
    /// Finds flats, people, keys, codes and intercoms over every server of the list. Asks nobody.
    pub async fn search(&self, request: Search) -> Result<SearchResults, CommandError> {
        if request.text.chars().count() > LONGEST_QUERY {
            return Ok(SearchResults::default());
        }
        let (keys, hows): (Vec<KeyReading>, Vec<How>) =
            readings(&request.text).into_iter().map(|reading| (reading.key, reading.how)).unzip();
        let found = self.find(request.text, keys, ASKED).await?;
        let now = self.setup.clock.now();
        let listed: Listed = {
            let state = self.state();
            let listed = |server: &crate::preferences::SavedServer| {
                let sees = |account| state.accounts.contains_key(&(server.id.clone(), account));
                let shown = Shown {
                    name: server.name.clone(),
                    added: server.intercoms.clone(),
                    sees_admin: sees(AccountKind::Admin),
                    sees_client: sees(AccountKind::Client),
                };
                (server.id.clone(), shown)
            };
            state.servers().map(listed).collect()
        };
        Ok(SearchResults {
            flats: shown(
                &listed,
                found.flats,
                |server, flat| server.sees_admin || flat.id.is_none(),
                |flat, _| Some(&flat.number),
                |at, flat| Some(FoundFlat { at, flat: flat_view(flat) }),
            ),
            people: shown(
                &listed,
                found.people,
                |server, _| server.sees_admin,
                text_of_person,
                |at, person| Some(person_view(at, person)),
            ),
            keys: shown(
                &listed,
                found.keys,
                |server, _| server.sees_admin,
                |key, _| Some(&key.row.key),
                |at, key| {
                    let how = *hows.get(key.reading)?;
                    Some(FoundKeyView { at, key: key_view(key.row), how })
                },
            ),
            codes: shown(
                &listed,
                found.codes,
                |server, code| match codes::found(code, now).map(|code| code.account) {
                    Some(AccountKind::Client) => server.sees_client,
                    _ => server.sees_admin,
                },
                text_of_code,
                |at, code| codes::found(&code, now).map(|code| FoundCodeHit { at, code }),
            ),
            intercoms: shown(
                &listed,
                found.intercoms,
                |_, _| true,
                text_of_intercom,
                |at, row| {
                    let added = listed.get(&at.server).map(|server| server.added.as_slice());
                    Some(FoundIntercom { at, intercom: intercom_view(row, added.unwrap_or_default()) })
                },
            ),
        })
    }
}

/// The ways a text can be read as a key, the best first, as the search field looks for them.
pub fn key_readings(text: &str) -> Vec<KeyReading> {
    readings(text).into_iter().map(|reading| reading.key).collect()
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
    }
}

/// Hits as they are shown. A server that is not on the list is not shown, whatever is still remembered of it, nor what
/// only an account saw that somebody signed out.
fn shown<T, V>(
    listed: &Listed,
    hits: Vec<Hit<T>>,
    may_see: impl Fn(&Shown, &T) -> bool,
    text: fn(&T, Field) -> Option<&str>,
    show: impl Fn(FoundAt, T) -> Option<V>,
) -> Vec<V> {
    let view = |hit: Hit<T>| {
        let server = listed.get(&hit.server).filter(|server| may_see(server, &hit.record))?;
        let marks =
            hit.marks.iter().filter_map(|mark| mark_in(text(&hit.record, mark.field)?, mark)).collect();
        let (title, address, entrance) =
            hit.at.map(|at| (at.title, at.address, at.entrance)).unwrap_or_default();
        let at = FoundAt {
            server: hit.server,
            server_name: server.name.clone(),
            intercom: hit.intercom,
            intercom_title: title,
            address,
            entrance,
            marks,
        };
        show(at, hit.record)
    };
    hits.into_iter().filter_map(view).take(MOST_HITS).collect()
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
