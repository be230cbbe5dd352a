//! What is found, beside what somebody would find who looks through everything.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use proptest::prelude::*;

use super::{Found, Otherwise, Query, SeenServer};
use crate::window::folded;
use crate::{FlatDetail, FlatRow, IntercomRow, KeyRow, LineRows, OwnerRow, ResidentRow, Store};

const THEN: DateTime<Utc> = DateTime::UNIX_EPOCH;
/// More than there is of anything here.
const ALL: usize = 60;

fn look(store: &Store, text: &str, limit: usize) -> Found {
    let seen = [SeenServer { server: "a".to_owned(), admin: true, client: true }];
    store
        .search(&Query { text, keys: &[], named: &[], otherwise: Otherwise::NONE, seen: &seen, limit })
        .unwrap()
}

fn flat(id: u64, number: String) -> FlatRow {
    FlatRow {
        id: Some(id),
        number,
        key_count: None,
        resident_count: None,
        lines: LineRows::default(),
        confirmed_at: THEN,
        gone_at: None,
    }
}

/// Somebody with a name and a login: as a resident of the flat of that number, or as the owner of a key.
#[derive(Debug, Clone)]
struct Somebody {
    name: String,
    login: String,
    is_resident: bool,
}

/// Each of these lives in, or has a key of, the flat of its own place.
fn store_of(people: &[Somebody], titles: &[String]) -> Store {
    let store = Store::in_memory().unwrap();
    let fill = |rows: &crate::Rows<'_>| {
        for (id, title) in (1..).zip(titles) {
            rows.intercoms()
                .put(&IntercomRow { title: Some(title.clone()), ..IntercomRow::nameless(id, THEN) })?;
        }
        for (id, one) in (1..).zip(people) {
            let (name, login) = (Some(one.name.clone()), Some(one.login.clone()));
            let flat = flat(id, id.to_string());
            if one.is_resident {
                let resident = ResidentRow { id: 100 + id, name, login, valid_until: None };
                let residents = Some((vec![resident], THEN));
                rows.flats().put_detail(1, FlatDetail { flat, keys: None, residents })?;
            } else {
                rows.flats().put_detail(1, FlatDetail { flat, keys: None, residents: None })?;
                let key = KeyRow {
                    id,
                    key: format!("{id:08X}"),
                    owner: OwnerRow::User { id: 100 + id, name, login },
                    flat: Some((id, id.to_string())),
                    created_at: None,
                    confirmed_at: THEN,
                    gone_at: None,
                };
                rows.keys().put_all(1, &[key])?;
            }
        }
        Ok(())
    };
    store.with("a", fill).unwrap();
    store
}

fn words(text: &str) -> Vec<String> {
    let folded = folded(text);
    let words = folded.split(|character: char| !character.is_alphanumeric());
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Whether texts have every word of a question at the beginning of one, and whether they have it anywhere.
fn answers(texts: &[&str], question: &str) -> (bool, bool) {
    let found: Vec<String> = texts.iter().flat_map(|text| words(text)).collect();
    let asked = words(question);
    let begins = |word: &String| found.iter().any(|one| one.starts_with(word.as_str()));
    let is_in = |word: &String| {
        begins(word) || word.chars().count() >= 3 && found.iter().any(|one| one.contains(word.as_str()))
    };
    (!asked.is_empty() && asked.iter().all(begins), !asked.is_empty() && asked.iter().all(is_in))
}

fn people_by_hand(people: &[Somebody], question: &str) -> BTreeSet<u64> {
    let whoever = |answer: fn((bool, bool)) -> bool| {
        let ids = (101..).zip(people);
        ids.filter(|(_, one)| answer(answers(&[&one.name, &one.login], question)))
            .map(|(id, _)| id)
            .collect::<BTreeSet<u64>>()
    };
    let begun = whoever(|(begins, _)| begins);
    // Of several words, a part is only looked for where nothing begins so.
    if words(question).len() > 1 && !begun.is_empty() { begun } else { whoever(|(_, is_in)| is_in) }
}

fn a_word() -> impl Strategy<Value = String> {
    prop_oneof![
        "[а-в]{1,4}",
        Just("Александрович".to_owned()),
        Just("Александра".to_owned()),
        Just("Алёна".to_owned()),
        "[a-b]{1,3}[1-2]{0,9}",
    ]
}

fn some_words() -> impl Strategy<Value = String> {
    (prop::collection::vec(a_word(), 1..4), "[ .-]").prop_map(|(words, between)| words.join(&between))
}

fn somebody() -> impl Strategy<Value = Somebody> {
    (some_words(), a_word(), any::<bool>()).prop_map(|(name, login, is_resident)| Somebody {
        name,
        login,
        is_resident,
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_same_is_found_as_by_looking_through_everything(
        people in prop::collection::vec(somebody(), 0..24),
        titles in prop::collection::vec(some_words(), 1..8),
        questions in prop::collection::vec(prop_oneof![some_words(), "[0-9]{1,2}", "[а-в]{1,4} [а-в]{1,2}"], 8),
    ) {
        let store = store_of(&people, &titles);
        for question in &questions {
            let found = look(&store, question, ALL);
            let ids: BTreeSet<u64> = found.people.iter().map(|hit| hit.record.id).collect();
            prop_assert_eq!(ids.len(), found.people.len(), "nobody twice");
            prop_assert_eq!(ids, people_by_hand(&people, question), "people of {}", question);
            let ids: BTreeSet<u64> = found.intercoms.iter().map(|hit| hit.record.id).collect();
            let by_hand = (1..).zip(&titles).filter(|(_, title)| answers(&[title], question).1);
            prop_assert_eq!(ids, by_hand.map(|(id, _)| id).collect(), "intercoms of {}", question);
            if question.bytes().all(|digit| digit.is_ascii_digit()) {
                let numbers: BTreeSet<String> = found.flats.iter().map(|hit| hit.record.number.clone()).collect();
                let by_hand = (1..=people.len()).map(|number| number.to_string());
                let by_hand = by_hand.filter(|number| number.starts_with(question.as_str())).collect();
                prop_assert_eq!(numbers, by_hand, "flats of {}", question);
            }
        }
    }
}

#[test]
fn whoever_is_meant_is_found_among_any_number_of_others_who_are_called_nearly_so() {
    let mut people: Vec<Somebody> = (0..600)
        .map(|nth| Somebody {
            name: format!("Иванова {} Александровна", ["Мария", "Ольга", "Инна"][nth % 3]),
            login: format!("ivanova{nth}"),
            is_resident: nth % 2 == 0,
        })
        .collect();
    let one = |name: &str| Somebody { name: name.to_owned(), login: "x".to_owned(), is_resident: true };
    people.extend([one("Иванова Анна"), one("Александрина Кира"), one("Сыванова Анна")]);
    let store = store_of(&people, &["Подъезд".to_owned()]);
    let names = |text: &str| {
        let people = look(&store, text, 16).people;
        people.into_iter().filter_map(|hit| hit.record.name).collect::<Vec<_>>()
    };
    assert_eq!(names("анна иванова"), ["Иванова Анна"]);
    // Eight letters that all the others have, too.
    assert_eq!(names("александрина"), ["Александрина Кира"]);
    assert_eq!(names("ыванова анна"), ["Сыванова Анна"]);
    assert_eq!(names("ivanova599"), ["Иванова Инна Александровна"]);
    assert_eq!(names("александровна").len(), 16);
}

#[test]
fn a_name_that_begins_with_a_number_is_found_among_many_keys_of_flats_of_that_number() {
    let store = Store::in_memory().unwrap();
    let key = |id: u64, login: &str| KeyRow {
        id,
        key: format!("{id:08X}"),
        owner: OwnerRow::User { id, name: None, login: Some(login.to_owned()) },
        flat: Some((1, "45".to_owned())),
        created_at: None,
        confirmed_at: THEN,
        gone_at: None,
    };
    let mut keys: Vec<KeyRow> = (1..=300).map(|id| key(id, "x")).collect();
    keys.push(key(301, "45th"));
    store.with("a", |rows| rows.keys().put_all(1, &keys)).unwrap();
    let ids: Vec<u64> = look(&store, "45", 16).people.iter().map(|hit| hit.record.id).collect();
    assert_eq!(ids, [301]);
}
