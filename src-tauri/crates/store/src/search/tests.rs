use std::collections::HashSet;

use chrono::TimeDelta;
use rusqlite::params_from_iter;
use rusqlite::types::Null;

use super::*;
use crate::canonical::KeyPart;
use crate::error::Which;
use crate::{FlatDetail, Intent, LineRows, Outcome, OwnerRow, ResidentRow, Rows, Store, file};

fn then() -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::days(20_000)
}

fn flat(id: u64, number: &str) -> FlatRow {
    FlatRow {
        id: Some(id),
        number: number.to_owned(),
        key_count: None,
        resident_count: None,
        lines: LineRows::default(),
        confirmed_at: then(),
        gone_at: None,
    }
}

fn key(id: u64, key: &str, name: Option<&str>) -> KeyRow {
    KeyRow {
        id,
        key: key.to_owned(),
        owner: name.map_or(OwnerRow::Nobody, |name| OwnerRow::User {
            id: 70 + id,
            name: Some(name.to_owned()),
            login: None,
        }),
        flat: Some((1, "45".to_owned())),
        created_at: None,
        confirmed_at: then(),
        gone_at: None,
    }
}

fn resident(id: u64, name: &str, login: &str) -> ResidentRow {
    ResidentRow { id, name: Some(name.to_owned()), login: Some(login.to_owned()), valid_until: None }
}

fn code(id: u64, code: &str, title: &str) -> CodeRow {
    CodeRow {
        id,
        code: code.to_owned(),
        title: title.to_owned(),
        intercom: None,
        intercom_title: None,
        flat_number: None,
        until: Some(then()),
        is_ended: false,
        is_unsettled: false,
        removed_at: None,
        created_at: None,
    }
}

fn intercom(id: u64, title: &str, address: &str, entrance: &str) -> IntercomRow {
    IntercomRow {
        title: Some(title.to_owned()),
        address: Some(address.to_owned()),
        entrance: Some(entrance.to_owned()),
        ..IntercomRow::nameless(id, then())
    }
}

fn fill(rows: &Rows<'_>) -> Result<(), Error> {
    rows.intercoms().put(&intercom(1, "Подъезд 1", "ул. Лётная, 12", "A"))?;
    rows.intercoms().put(&intercom(2, "Калитка", "ул. Лётная, 14", "2"))?;
    rows.flats().put_listed(1, vec![flat(1, "45"), flat(2, "4"), flat(3, "450")])?;
    rows.flats().put_listed(2, vec![flat(4, "45"), flat(5, "A-45")])?;
    let residents =
        Some((vec![resident(7, "Алёна Королёва", "alena.k"), resident(8, "Пётр Ким", "kim")], then()));
    rows.flats().put_detail(1, FlatDetail { flat: flat(1, "45"), keys: None, residents })?;
    let owned = key(1, "04A1B2C3", Some("Фёдор Елкин"));
    rows.keys().put_all(1, &[owned, key(2, "0012D687", None), key(3, "04a1b2c3d4e5f6", None)])
}

fn codes(rows: &Rows<'_>) -> Result<(), Error> {
    let mut codes = rows.codes()?;
    codes.listed = vec![code(1, "81726", "Курьер Анна"), code(2, "81", "Анна")];
    codes.listed_by_flat.insert(1, (then(), vec![code(3, "00817", "Сантехник")]));
    let intent = |title: &str| Intent {
        intercom: 2,
        flat: Some((4, "45".to_owned())),
        title: title.to_owned(),
        until: then(),
        asked_at: then(),
        account: None,
    };
    let issued = codes.journal.ask(intent("Няня"));
    codes.journal.settle(issued, Outcome::Issued(code(9, "55555", "Няня"), then()));
    codes.journal.ask(intent("Няня, ещё в пути"));
    rows.keep_codes(&mut codes)
}

fn store() -> Store {
    let store = Store::in_memory().unwrap();
    for server in ["a", "b"] {
        store.with(server, fill).unwrap();
    }
    store.with("a", codes).unwrap();
    store
}

fn seen(servers: [(&str, bool, bool); 2]) -> [SeenServer; 2] {
    servers.map(|(server, admin, client)| SeenServer { server: server.to_owned(), admin, client })
}

fn all() -> [SeenServer; 2] {
    seen([("a", true, true), ("b", true, true)])
}

fn look(store: &Store, text: &str) -> Found {
    store
        .search(&Query { text, keys: &[], named: &[], otherwise: Otherwise::NONE, seen: &all(), limit: 8 })
        .unwrap()
}

fn look_for_key(store: &Store, part: KeyPart, digits: &str) -> Vec<Hit<FoundKey>> {
    let keys = [KeyReading { part, digits: digits.to_owned() }];
    store
        .search(&Query {
            text: "?",
            keys: &keys,
            named: &[],
            otherwise: Otherwise::NONE,
            seen: &all(),
            limit: 8,
        })
        .unwrap()
        .keys
}

fn flats(store: &Store, text: &str) -> Vec<(String, Option<u64>, String)> {
    let hits = look(store, text).flats;
    hits.into_iter().map(|hit| (hit.server, hit.intercom, hit.record.number)).collect()
}

fn names(store: &Store, text: &str) -> Vec<String> {
    let hits = look(store, text).people;
    hits.into_iter().filter(|hit| hit.server == "a").filter_map(|hit| hit.record.name).collect()
}

#[test]
fn a_flat_is_found_by_its_number_on_every_server_the_exact_one_first() {
    let found = flats(&store(), "4");
    let numbers: Vec<&str> = found.iter().map(|(_, _, number)| number.as_str()).collect();
    assert_eq!(numbers, ["4", "4", "45", "45", "45", "45", "450", "450"]);
    assert!(found.iter().any(|(server, ..)| server == "a") && found.iter().any(|(server, ..)| server == "b"));
}

#[test]
fn a_flat_is_found_after_its_entrance_its_title_or_its_address() {
    let store = store();
    for (text, intercom) in [
        ("2-45", 2),
        ("2 45", 2),
        ("подъезд 1 45", 1),
        ("летная 14 45", 2),
        ("A 45", 1),
        ("А-45", 1),
        ("a45", 1),
    ] {
        let first = &flats(&store, text)[..2];
        for (_, at, number) in first {
            assert_eq!((*at, number.as_str()), (Some(intercom), "45"), "{text}");
        }
    }
    let hit = &look(&store, "2-45").flats[0];
    assert_eq!(hit.at.as_ref().unwrap().title.as_deref(), Some("Калитка"));
    assert_eq!(hit.marks, [Mark { field: Field::Number, range: 0..2 }]);
}

#[test]
fn a_flat_is_found_first_where_the_person_named_its_intercom() {
    let named = [Named { server: "b".to_owned(), intercom: 2, number: "45".to_owned() }];
    let query =
        Query { text: "Щ-45", keys: &[], named: &named, otherwise: Otherwise::NONE, seen: &all(), limit: 8 };
    let store = store();
    let hit = store.search(&query).unwrap().flats.remove(0);
    assert_eq!((hit.server.as_str(), hit.intercom, hit.record.number.as_str()), ("b", Some(2), "45"));
    let unknown = named.clone().map(|named| Named { server: "nobody".to_owned(), ..named });
    assert_eq!(store.search(&Query { named: &unknown, ..query }).unwrap().flats, []);
}

#[test]
fn a_short_name_in_one_word_with_a_number_means_no_other_place() {
    let store = store();
    let named = [Named { server: "b".to_owned(), intercom: 2, number: "46".to_owned() }];
    let find = |text| {
        let query =
            Query { text, keys: &[], named: &named, otherwise: Otherwise::NONE, seen: &all(), limit: 8 };
        let flats = store.search(&query).unwrap().flats;
        flats.into_iter().map(|hit| hit.server).collect::<HashSet<_>>()
    };
    let both = HashSet::from(["a".to_owned(), "b".to_owned()]);
    assert_eq!(find("2 45"), both, "in two words it may be part of an address");
    assert_eq!(find("2-45"), HashSet::from(["a".to_owned()]), "nobody is called so at the other server");
}

#[test]
fn a_letter_or_two_before_a_number_are_an_entrance_and_no_beginning_of_a_title() {
    let store = store();
    assert_eq!(flats(&store, "к-45"), []);
    assert_eq!(flats(&store, "ка45"), []);
    assert!(!flats(&store, "кал-45").is_empty(), "three begin a word");
}

#[test]
fn a_number_that_looks_like_an_entrance_and_a_flat_is_found_as_it_stands() {
    let found = flats(&store(), "a-45");
    assert!(found.iter().take(4).any(|(_, _, number)| number == "A-45"));
}

#[test]
fn an_intercom_is_found_by_title_and_address() {
    let store = store();
    let ids = |text| look(&store, text).intercoms.iter().map(|hit| hit.record.id).collect::<HashSet<_>>();
    assert_eq!(ids("калитка"), HashSet::from([2]));
    assert_eq!(ids("летная 1"), HashSet::from([1, 2]));
    assert_eq!(ids("12 летн"), HashSet::from([1]));
    let retitled = IntercomRow { address: None, ..intercom(2, "Ворота", "", "2") };
    store.with("a", |rows| rows.intercoms().put(&retitled)).unwrap();
    let found = look(&store, "ворота 14").intercoms;
    assert_eq!(found[0].record.title.as_deref(), Some("Ворота"), "the address it had is still found by");
}

#[test]
fn a_code_is_found_by_its_digits_and_title_also_where_only_this_desk_knows_it() {
    let store = store();
    let ids = |text| look(&store, text).codes.iter().map(|hit| hit.record.row.id).collect::<Vec<_>>();
    assert_eq!(ids("81"), [2, 1]);
    assert_eq!(ids("817 26"), [1]);
    assert_eq!(ids("00"), [3]);
    assert_eq!(ids("анна"), [2, 1]);
    assert_eq!(ids("сантех"), [3]);
    let own = &look(&store, "няня").codes;
    assert_eq!(own.len(), 1, "what is on its way is no code yet");
    assert!(matches!(own[0].record.list, CodeList::Journal(_, true)));
    assert_eq!((own[0].intercom, own[0].record.row.id), (Some(2), 9));
    assert_eq!(ids("5555"), [9]);
}

#[test]
fn a_key_is_found_by_each_part_of_it_and_its_digits_are_marked() {
    let store = store();
    let found = |part, digits| {
        let hits = look_for_key(&store, part, digits);
        hits.into_iter().filter(|hit| hit.server == "a").map(|hit| hit.record.row.id).collect::<Vec<_>>()
    };
    assert_eq!(found(KeyPart::Whole, "04A1B2C3"), [1]);
    assert_eq!(found(KeyPart::Whole, "04A1B2C3D4E5F6"), [3]);
    assert_eq!(found(KeyPart::Low24, "12D687"), [2]);
    assert_eq!(found(KeyPart::Ending, "E5F6"), [3]);
    assert_eq!(found(KeyPart::Beginning, "04A1"), [1, 3]);
    assert_eq!(found(KeyPart::DecimalEnding, "34567"), [2], "0x12D687 is 1234567");
    assert_eq!(found(KeyPart::Whole, "04A1"), [0; 0]);
    let marks = look_for_key(&store, KeyPart::Ending, "E5F6").remove(0).marks;
    assert_eq!(marks, [Mark { field: Field::Key, range: 10..14 }]);
}

#[test]
fn no_text_breaks_the_question() {
    let store = store();
    for text in
        ["", " ", "\"", "'; --", "* OR a", "NEAR(", "\0", "ё", "(ым", &"я".repeat(101), "🗝 🗝", "a\" OR \"b"]
    {
        look(&store, text);
    }
}

/// Whether every index of words is as its table is.
fn is_whole(store: &Store) {
    let files = store.files.lock().unwrap();
    for index in crate::indexing::INDEXES.into_iter().chain(["entry_word"]) {
        let connection = if index == "entry_word" { &files.journal } else { &files.cache };
        let check = format!("INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)");
        connection.execute(&check, []).unwrap_or_else(|error| panic!("{index}: {error}"));
    }
}

#[test]
fn new_rows_are_written_into_each_index_of_words_in_one_piece() {
    let store = Store::in_memory().unwrap();
    let keys: Vec<KeyRow> = (1..=200).map(|id| key(id, &format!("{id:08X}"), Some("Зоя"))).collect();
    let residents = (1..=20).map(|id| resident(id, "Зоя", "")).collect();
    let inside = FlatDetail { flat: flat(1, "45"), keys: None, residents: Some((residents, then())) };
    store
        .with("a", |rows| {
            rows.keys().put_all(1, &keys)?;
            rows.flats().put_detail(1, inside).map(|_| ())
        })
        .unwrap();
    let files = store.files.lock().unwrap();
    for index in ["key_word", "key_whole_word", "resident_word", "resident_whole_word"] {
        let count = format!("SELECT count(DISTINCT segid) FROM {index}_idx");
        let pieces: i64 = files.cache.query_row(&count, [], |row| row.get(0)).unwrap();
        assert_eq!(pieces, 1, "{index}");
    }
}

#[test]
fn what_is_found_is_what_is_known_after_every_change() {
    let store = store();
    is_whole(&store);
    let change = |rows: &Rows<'_>| {
        fill(rows)?;
        rows.keys().put_all(1, &[key(1, "0B0B0B0B", Some("Зоя")), key(4, "0C0C0C0C", Some("Зоя"))])?;
        rows.keys().keep_only(1, &HashSet::from([1, 4]), then())?;
        let twice = vec![resident(7, "Алёна", ""), resident(7, "Елена", "")];
        let inside = FlatDetail { flat: flat(1, "45"), keys: None, residents: Some((twice, then())) };
        rows.flats().put_detail(1, inside)?;
        let mut codes = rows.codes()?;
        codes.listed.remove(0);
        let number = codes.journal.entries()[0].0;
        codes.journal.strike(number);
        rows.keep_codes(&mut codes)
    };
    store.with("a", change).unwrap();
    is_whole(&store);
    let gone = look(&store, "елкин").people;
    assert!(
        !gone.is_empty() && gone.iter().all(|hit| hit.server == "b" || hit.record.gone_at == Some(then()))
    );
    let keys = look_for_key(&store, KeyPart::Whole, "0012D687");
    let since: Vec<_> = keys.iter().map(|hit| (hit.server.as_str(), hit.record.row.gone_at)).collect();
    assert_eq!(
        since,
        [("b", None), ("a", Some(then()))],
        "whose it was can still be told, after whose it is"
    );
    store.drop_gone(then() + TimeDelta::seconds(1)).unwrap();
    is_whole(&store);
    assert_eq!(names(&store, "елкин"), [""; 0]);
    assert_eq!(names(&store, "зоя").len(), 2);
    assert_eq!(names(&store, "алена"), [""; 0]);
    assert_eq!(names(&store, "елена"), ["Елена"]);
    assert!(look_for_key(&store, KeyPart::Whole, "04A1B2C3").iter().all(|hit| hit.server == "b"));
    assert_eq!(look(&store, "курьер").codes, []);
    assert_eq!(look(&store, "няня").codes, []);

    store.with("a", |rows| rows.flats().keep_only(1, &HashSet::new(), then())).unwrap();
    store.drop_gone(then() + TimeDelta::seconds(1)).unwrap();
    store.with("a", |rows| rows.intercoms().keep_only(&HashSet::from([1]))).unwrap();
    is_whole(&store);
    assert!(look(&store, "калитка").intercoms.iter().all(|hit| hit.server == "b"));
    assert_eq!(names(&store, "елена"), [""; 0]);

    store.forget("b").unwrap();
    is_whole(&store);
    for text in ["45", "королева", "калитка", "81"] {
        let found = look(&store, text);
        assert!(found.flats.iter().all(|hit| hit.server == "a"), "{text}");
        assert!(found.people.is_empty() && found.intercoms.is_empty(), "{text}");
    }
    store.forget("a").unwrap();
    is_whole(&store);
    assert_eq!(look(&store, "45"), Found::default());
    assert_eq!(look(&store, "81"), Found::default());
}

#[test]
fn what_may_not_be_seen_takes_no_place_among_the_hits() {
    let store = store();
    let many = |rows: &Rows<'_>| {
        rows.flats().put_listed(1, (0..200).map(|id| flat(id, "45")).collect())?;
        rows.keys().put_all(1, &(0..200).map(|id| key(id, "04A1B2C3", Some("Ким"))).collect::<Vec<_>>())
    };
    store.with("a", many).unwrap();
    let keys = [KeyReading { part: KeyPart::Whole, digits: "04A1B2C3".to_owned() }];
    let find = |text, seen: [(&str, bool, bool); 2]| {
        let servers = self::seen(seen);
        store
            .search(&Query {
                text,
                keys: &keys,
                named: &[],
                otherwise: Otherwise::NONE,
                seen: &servers,
                limit: 4,
            })
            .unwrap()
    };
    let hidden = [("a", false, false), ("b", true, true)];
    let found = find("45", hidden);
    assert_eq!(found.flats.len(), 3, "45 at two intercoms, and 450");
    assert!(found.flats.iter().all(|hit| hit.server == "b"));
    assert!(!found.keys.is_empty() && found.keys.iter().all(|hit| hit.server == "b"));
    let people = find("ким", hidden).people;
    assert!(!people.is_empty() && people.iter().all(|hit| hit.server == "b"));

    // Codes are each of one account; titles of intercoms are for everybody on the list.
    let codes = |seen| find("81", seen).codes.len();
    let nobody = ("b", false, false);
    assert_eq!((codes([("a", false, true), nobody]), codes([("a", true, false), nobody])), (2, 0));
    let by_flat = |seen| (find("00", seen).codes.len(), find("няня", seen).codes.len());
    assert_eq!(by_flat([("a", true, false), nobody]), (1, 1));
    assert_eq!(by_flat([("a", false, true), nobody]), (0, 0));
    assert_eq!(find("калитка", hidden).intercoms.len(), 2);
    let unlisted = store
        .search(&Query {
            text: "калитка",
            keys: &[],
            named: &[],
            otherwise: Otherwise::NONE,
            seen: &[],
            limit: 4,
        })
        .unwrap();
    assert_eq!(unlisted, Found::default());
}

#[test]
fn no_question_looks_at_a_whole_table() {
    let (cache, journal) = (file::in_memory(Which::Cache).unwrap(), file::in_memory(Which::Journal).unwrap());
    let of_cache = [
        INTERCOMS,
        PLACE,
        flats::BY_NUMBER,
        flats::AT_INTERCOM,
        flats::BY_ENTRANCE,
        flats::BY_TITLE,
        flats::SHOWN,
        people::RESIDENTS_BY_WORD,
        people::RESIDENTS_BY_PART,
        people::OWNERS_BY_WORD,
        people::OWNERS_BY_PART,
        people::RESIDENTS_IN_FLATS,
        people::OWNERS_IN_FLATS,
        people::RESIDENT,
        people::OWNER,
        people::HOMES,
        people::DOORS,
        keys::WHOLE,
        keys::BEGINNING,
        keys::ENDING,
        keys::DECIMAL_ENDING,
        keys::LOW_ENDING,
        codes::BY_DIGITS,
        codes::BY_TITLE,
    ];
    let of_journal = [codes::ISSUED_BY_DIGITS, codes::ISSUED_BY_TITLE];
    let all = of_cache.map(|sql| (&cache, sql)).into_iter().chain(of_journal.map(|sql| (&journal, sql)));
    for (connection, sql) in all {
        let mut plan = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
        let nothing = vec![Null; plan.parameter_count()];
        let steps: Vec<String> = plan
            .query_map(params_from_iter(nothing), |row| row.get("detail"))
            .unwrap()
            .collect::<Result<_, _>>()
            .unwrap();
        for step in &steps {
            // An index of words says SCAN for a lookup, too, and then which.
            let is_lookup = step.starts_with("SEARCH") || step.contains("VIRTUAL TABLE INDEX 0:M");
            assert!(is_lookup, "{sql}: {steps:?}");
        }
    }
}

mod of_people;
