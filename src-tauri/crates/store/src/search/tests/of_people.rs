//! People: by any words, once wherever they are, and beside the number of their flat.

use super::*;

#[test]
fn a_person_is_found_by_any_words_of_the_name_in_any_order_with_e_for_yo() {
    let store = store();
    for text in ["королева", "Королёва Алена", "алена королев", "ролев", "а к", "alena", "кор ал"]
    {
        assert_eq!(names(&store, text)[0], "Алёна Королёва", "{text}");
    }
    assert_eq!(names(&store, "елкин"), ["Фёдор Елкин"], "the owner of a key");
    assert_eq!(names(&store, "ев"), [""; 0], "two letters are the beginning of a word");
    assert_eq!(names(&store, "алена ким"), [""; 0], "every word must be found");
}

#[test]
fn a_person_comes_with_the_flat_and_the_place_of_what_was_found() {
    let hit = look(&store(), "ким").people.remove(0);
    assert_eq!(hit.record.flat, Some((1, Some("45".to_owned()))));
    assert!(hit.record.is_resident);
    assert_eq!(hit.record.confirmed_at, Some(then()));
    let marks = [Mark { field: Field::Name, range: 9..15 }];
    assert_eq!(hit.marks, marks);
}

#[test]
fn whoever_has_several_keys_of_a_flat_is_told_once() {
    let store = store();
    let more = |rows: &Rows<'_>| {
        let mut two = key(11, "04A1B2C4", Some("Пётр Ким"));
        two.owner = OwnerRow::User { id: 8, name: Some("Пётр Ким".to_owned()), login: None };
        rows.keys().put_all(1, &[KeyRow { id: 12, ..two.clone() }, two])
    };
    store.with("a", more).unwrap();
    assert_eq!(names(&store, "ким"), ["Пётр Ким"]);
}

#[test]
fn whoever_is_at_several_places_is_found_once_and_it_is_said_how_many_others_there_are() {
    let store = store();
    let at_the_gate = |rows: &Rows<'_>| {
        let residents = Some((vec![resident(8, "Пётр Ким", "kim")], then()));
        rows.flats().put_detail(2, FlatDetail { flat: flat(4, "45"), keys: None, residents })?;
        let owned = |id, flat| KeyRow {
            owner: OwnerRow::User { id: 8, name: Some("Пётр Ким".to_owned()), login: None },
            flat,
            ..key(id, "0D0D0D0D", None)
        };
        rows.keys().put_all(2, &[owned(21, Some((4, "45".to_owned()))), owned(22, None)])?;
        rows.keys().put_all(3, &[owned(23, None)])
    };
    store.with("a", at_the_gate).unwrap();
    let kims = |store: &Store| {
        let people = look(store, "ким").people.into_iter().filter(|hit| hit.server == "a");
        people.map(|hit| (hit.intercom, hit.record.is_resident, hit.record.others)).collect::<Vec<_>>()
    };
    // The flat at the entrance, first; that at the gate; and a key of a third intercom that belongs to no flat.
    assert_eq!(kims(&store), [(Some(1), true, 2)]);
    assert_eq!(kims(&self::store()), [(Some(1), true, 0)]);

    let moved_out = |rows: &Rows<'_>| {
        let nobody = Some((Vec::new(), then()));
        rows.flats().put_detail(1, FlatDetail { flat: flat(1, "45"), keys: None, residents: nobody })
    };
    store.with("a", moved_out).unwrap();
    assert_eq!(kims(&store), [(Some(2), true, 1)], "told where they still are");
}

#[test]
fn what_names_several_things_is_read_so_where_it_finds_nothing_as_it_stands() {
    let store = store();
    let in_flat = |words: &str, number: &str| InFlat { words: words.to_owned(), number: number.to_owned() };
    let otherwise = Otherwise {
        places: vec![in_flat("Ленина", "45"), in_flat("Лётная 14", "45"), in_flat("Лётная 12", "45")],
        people: vec![in_flat("Королёва", "45")],
        spelled: Vec::new(),
    };
    let find = |text| {
        let query = Query { text, keys: &[], named: &[], otherwise: &otherwise, seen: &all(), limit: 8 };
        store.search(&query).unwrap()
    };
    let found = find("45 Лётная 14");
    let at: Vec<_> = found.flats.iter().map(|hit| (hit.intercom, hit.record.number.as_str())).collect();
    assert_eq!(at, [(Some(2), "45"), (Some(2), "45")], "the first that finds anything, on both servers");
    let people: Vec<_> = found.people.iter().map(|hit| hit.record.id).collect();
    assert_eq!(people, [7, 7]);
    // The owner of a key of that flat, and nobody of another one.
    let owner = |number| {
        let otherwise =
            Otherwise { people: vec![in_flat("Елкин Фёдор", number)], ..Otherwise::default() };
        let query =
            Query { text: "?12", keys: &[], named: &[], otherwise: &otherwise, seen: &all(), limit: 8 };
        store.search(&query).unwrap().people.len()
    };
    assert_eq!((owner("45"), owner("4")), (2, 0));
    // What is found as it stands is not read in another way.
    let found = find("Калитка 45");
    assert!(found.flats.iter().all(|hit| hit.intercom == Some(2)));
}

#[test]
fn who_is_called_so_in_the_flat_of_that_number_comes_before_a_login_that_has_both() {
    let store = Store::in_memory().unwrap();
    let fill = |rows: &Rows<'_>| {
        let people = [
            (1, "Ким Анна", "anna", "45"),
            (2, "Ли Зоя", "kim.45", "7"),
            (3, "Ким 45", "three", "8"),
            (4, "Ким Олег", "oleg", "45"),
        ];
        for (id, name, login, number) in people {
            let residents = Some((vec![resident(id, name, login)], then()));
            let inside = FlatDetail { flat: flat(id, number), keys: None, residents };
            rows.flats().put_detail(id, inside)?;
        }
        // Who has moved out comes after all who are there.
        let nobody = Some((Vec::new(), then()));
        rows.flats()
            .put_detail(4, FlatDetail { flat: flat(4, "45"), keys: None, residents: nobody })
            .map(|_| ())
    };
    store.with("a", fill).unwrap();
    let find = |text: &str, words: &str, number: &str| {
        let reading = InFlat { words: words.to_owned(), number: number.to_owned() };
        let otherwise = Otherwise { people: vec![reading], ..Otherwise::default() };
        let query = Query { text, keys: &[], named: &[], otherwise: &otherwise, seen: &all(), limit: 8 };
        store.search(&query).unwrap().people.iter().map(|hit| hit.record.id).collect::<Vec<_>>()
    };
    assert_eq!(find("Ким 45", "Ким", "45"), [3, 1, 4], "but after who is called just that");
    assert_eq!(find("kim 45", "kim", "45"), [2], "as it stands, where nobody there is called so");
    assert_eq!(find("kim 45", "Ким", "45"), [2, 1, 4]);
}

#[test]
fn of_several_words_as_many_are_found_as_are_asked_for() {
    let store = Store::in_memory().unwrap();
    let fill = |rows: &Rows<'_>| {
        for id in 1..=70 {
            let residents = Some((vec![resident(id, &format!("Ким Анна {id}"), "")], then()));
            rows.flats().put_detail(1, FlatDetail { flat: flat(id, "1"), keys: None, residents })?;
        }
        Ok(())
    };
    store.with("a", fill).unwrap();
    let query = Query {
        text: "ким анна",
        keys: &[],
        named: &[],
        otherwise: Otherwise::NONE,
        seen: &all(),
        limit: 51,
    };
    assert_eq!(store.search(&query).unwrap().people.len(), 51);
}

#[test]
fn a_name_in_the_other_alphabet_is_looked_for_where_nobody_is_called_so_as_it_stands() {
    let store = store();
    let find = |text: &str, spelled: &[&str]| {
        let spelled = spelled.iter().map(|one| (*one).to_owned()).collect();
        let otherwise = Otherwise { spelled, ..Otherwise::default() };
        let query = Query { text, keys: &[], named: &[], otherwise: &otherwise, seen: &all(), limit: 8 };
        store.search(&query).unwrap()
    };
    let ids = |found: &Found| found.people.iter().map(|hit| hit.record.id).collect::<Vec<_>>();
    let found = find("zzkoroleva", &["карлова", "королева"]);
    assert_eq!(ids(&found), [7, 7]);
    let name = found.people[0].record.name.as_deref().unwrap();
    let marks = &found.people[0].marks;
    assert!(marks.iter().any(|mark| mark.field == Field::Name && &name[mark.range.clone()] == "Королёва"));
    assert_eq!(ids(&find("zzkoroleva", &["ролева"])), [0; 0], "at the beginning of a word only");
    assert_eq!(ids(&find("Ким", &["королева"])), ids(&find("Ким", &[])), "as it stands first");
    // An intercom, too.
    let at = |found: &Found| found.intercoms.iter().map(|hit| hit.record.id).collect::<Vec<_>>();
    assert_eq!(at(&find("kalitka", &["калитка"])), at(&find("калитка", &[])));
}

#[test]
fn whoever_is_called_so_in_the_other_alphabet_is_hidden_by_nobodys_login_or_part_of_a_name() {
    let store = Store::in_memory().unwrap();
    let fill = |rows: &Rows<'_>| {
        let mut people: Vec<_> = (1..=30).map(|id| resident(id, "Зоя", &format!("volga{id}"))).collect();
        people.extend([
            resident(31, "John Solgan", ""),
            resident(32, "Ольга", ""),
            resident(33, "Наталия", ""),
        ]);
        people.extend([resident(34, "Наталья", ""), resident(35, "Пётр", "olga")]);
        let inside = FlatDetail { flat: flat(1, "45"), keys: None, residents: Some((people, then())) };
        rows.flats().put_detail(1, inside)
    };
    store.with("a", fill).unwrap();
    let find = |text: &str, otherwise: &Otherwise| {
        let query = Query { text, keys: &[], named: &[], otherwise, seen: &all(), limit: 8 };
        let people = store.search(&query).unwrap().people;
        people.into_iter().map(|hit| hit.record.id).collect::<Vec<_>>()
    };
    let texts = |all: &[&str]| all.iter().map(|one| (*one).to_owned()).collect();
    let spelled = Otherwise { spelled: texts(&["олга", "ольга"]), ..Otherwise::default() };
    let found = find("olga", &spelled);
    assert_eq!(
        (found.len(), &found[..2]),
        (8, &[35, 32][..]),
        "who has it as a login, then who is called so"
    );
    // All spellings count, also beside a number.
    let spelled = Otherwise { spelled: texts(&["наталия", "наталья"]), ..Otherwise::default() };
    assert_eq!(find("natalia", &spelled), [33, 34]);
    let people = ["natalia", "наталия", "наталья"]
        .map(|words| InFlat { words: words.to_owned(), number: "45".to_owned() })
        .to_vec();
    assert_eq!(find("natalia 45", &Otherwise { people, ..Otherwise::default() }), [33, 34]);
}

#[test]
fn one_digit_is_a_whole_word_of_a_login_or_none() {
    let store = Store::in_memory().unwrap();
    let people = vec![resident(1, "Анна", "79001234567"), resident(2, "Зоя", "zoya.7")];
    let inside = FlatDetail { flat: flat(1, "7"), keys: None, residents: Some((people, then())) };
    store.with("a", |rows| rows.flats().put_detail(1, inside)).unwrap();
    assert_eq!(names(&store, "7"), ["Зоя"]);
    assert_eq!(names(&store, "79"), ["Анна"]);
}

#[test]
fn who_lives_in_a_flat_is_found_beside_the_number_that_it_has_now() {
    let store = store();
    let beside = |number: &str| {
        let people = vec![InFlat { words: "Королёва".to_owned(), number: number.to_owned() }];
        let otherwise = Otherwise { people, ..Otherwise::default() };
        let query =
            Query { text: "?12", keys: &[], named: &[], otherwise: &otherwise, seen: &all(), limit: 8 };
        let people = store.search(&query).unwrap().people;
        people.into_iter().filter(|hit| hit.server == "a" && hit.record.is_resident).count()
    };
    assert_eq!((beside("45"), beside("45а")), (1, 0));
    store.with("a", |rows| rows.flats().put_listed(1, vec![flat(1, "45А")])).unwrap();
    assert_eq!((beside("45"), beside("45а")), (0, 1));
    is_whole(&store);
}

#[test]
fn nobody_is_missed_behind_flats_whose_number_begins_as_they_are_called() {
    let store = Store::in_memory().unwrap();
    let fill = |rows: &Rows<'_>| {
        for id in 1..=300 {
            let name = if id == 300 { "Офелия" } else { "Зоя" };
            let (flat, residents) = (flat(id, &format!("Офис {id}")), vec![resident(id, name, "")]);
            let inside = FlatDetail { flat, keys: None, residents: Some((residents, then())) };
            rows.flats().put_detail(1, inside)?;
        }
        Ok(())
    };
    store.with("a", fill).unwrap();
    assert_eq!(names(&store, "оф"), ["Офелия"]);
    assert_eq!(names(&store, "зоя").len(), 8);
}
