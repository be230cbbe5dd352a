use desk::ErrorCode;
use desk::views::{
    AccountKind, AddServer, AnswerRef, FlatRef, FoundField, FoundFlat, FoundKind, How, IntercomRef, Search,
    SearchResults, ServerRef, SetShortName, SignIn, SignInAccount, SignOut,
};

use crate::world::{INTERCOM, World};

async fn search(world: &World, text: &str) -> SearchResults {
    world.desk.search(Search { text: text.to_owned(), more: None }).await.unwrap()
}

/// Reads what there is at an intercom of a server: its flats, its keys, and what is inside one flat.
async fn read(world: &World, server: &str) {
    let intercom = || IntercomRef { server: server.to_owned(), intercom: INTERCOM };
    world.desk.list_intercoms(ServerRef { server: server.to_owned() }).await.unwrap();
    world.desk.load_flats(intercom()).await.unwrap();
    world.desk.load_keys(intercom()).await.unwrap();
    world.desk.load_codes(ServerRef { server: server.to_owned() }).await.unwrap();
}

/// A desk that has read a server, and a second one of the same kind.
async fn two_servers() -> (World, World, String) {
    let (world, other) = (World::signed_in().await, World::signed_out(|_| {}).await);
    let second = AddServer {
        address: other.simulator.address(),
        name: "Mira".to_owned(),
        pin: other.simulator.fingerprint(),
        allow_plain_http: false,
    };
    let second = world.desk.add_server(second).await.unwrap().id;
    for account in [SignInAccount::Admin, SignInAccount::Client] {
        world.desk.sign_in(SignIn { server: second.clone(), ..other.proof(account) }).await.unwrap();
    }
    read(&world, &world.server).await;
    read(&world, &second).await;
    (world, other, second)
}

#[tokio::test]
async fn a_flat_is_found_by_its_number_on_every_server_without_asking_any() {
    let (world, other, second) = two_servers().await;
    let number = world.first_flat().await.number;
    let asked = || [&world, &other].map(|world| world.simulator.control().requests().len());
    let before = asked();

    let found = search(&world, &number).await.flats;
    let exact: Vec<&str> =
        found.iter().filter(|hit| hit.flat.number == number).map(|hit| hit.at.server.as_str()).collect();
    assert!(exact.contains(&world.server.as_str()) && exact.contains(&second.as_str()));
    assert!(found[..exact.len()].iter().all(|hit| hit.flat.number == number), "exact ones come first");
    let mark = found[0].at.marks[0];
    assert_eq!((mark.field, mark.from, mark.to), (FoundField::Number, 0, number.len()));
    assert!(found.iter().any(|hit| hit.at.server_name == "Mira"));

    let title = found[0].at.intercom_title.clone().unwrap();
    let there = search(&world, &format!("{title} {number}")).await.flats;
    assert!(
        there.iter().any(|hit| hit.at.intercom_title.as_ref() == Some(&title) && hit.flat.number == number)
    );
    assert_eq!(asked(), before);
}

#[tokio::test]
async fn a_resident_is_found_by_part_of_the_name_with_e_for_yo_and_the_words_in_any_order() {
    let (world, _other, _) = two_servers().await;
    let found = search(&world, "оролев").await.people;
    let person = found.iter().find(|hit| hit.at.server == world.server).unwrap();
    let name = person.name.clone().unwrap();
    assert!(name.contains("Королёв"), "{name}");
    assert!(person.flat_number.is_some() && person.at.intercom == Some(INTERCOM));
    let mark = person.at.marks[0];
    let marked: Vec<u16> = name.encode_utf16().skip(mark.from).take(mark.to - mark.from).collect();
    assert_eq!(String::from_utf16(&marked).unwrap(), "оролёв");

    let mut words: Vec<&str> = name.split(' ').collect();
    words.reverse();
    let turned = words.join(" ").replace('ё', "е").to_uppercase();
    let known = async || {
        let found = search(&world, &turned).await.people.into_iter();
        found.filter(|hit| hit.at.server == world.server && hit.id == person.id).collect::<Vec<_>>()
    };
    assert!(!known().await[0].is_resident, "a key is all that is known of them");
    // Who lives in a flat is known once it was opened.
    let named = FlatRef { server: world.server.clone(), intercom: INTERCOM, flat: person.flat.unwrap() };
    world.desk.load_flat(named).await.unwrap();
    let residents = known().await;
    assert!(residents[0].is_resident && residents[0].flat == person.flat);
    assert_eq!(residents.iter().filter(|hit| hit.flat == person.flat).count(), 1);
}

#[tokio::test]
async fn a_resident_is_found_by_a_name_in_the_other_alphabet_alone_and_beside_the_flat() {
    let world = World::signed_in().await;
    read(&world, &world.server).await;
    let ids = async |text: &str| {
        let people = search(&world, text).await.people;
        people.into_iter().map(|hit| (hit.id, hit.name.unwrap_or_default())).collect::<Vec<_>>()
    };
    for (typed, meant) in [("olga", "Ольга"), ("Tatiana", "Татьяна"), ("yuliya ev", "Юлия Евгеньевна")]
    {
        let found = ids(typed).await;
        assert!(
            !found.is_empty() && found.iter().all(|(_, name)| name.contains(meant)),
            "{typed}: {found:?}"
        );
        assert_eq!(found, ids(meant).await, "{typed}");
    }
    // Part of a login, and whoever is called so beside.
    let (typed, meant) = (ids("melnik").await, ids("Мельник").await);
    assert!(!meant.is_empty() && meant.iter().all(|one| typed.contains(one)), "{typed:?} {meant:?}");

    let person = search(&world, "ольга").await.people.remove(0);
    let number = person.flat_number.unwrap();
    let beside = ids(&format!("olga {number}")).await;
    assert!(beside.contains(&(person.id, person.name.unwrap())), "{beside:?}");
}

#[tokio::test]
async fn a_short_name_and_a_number_that_is_not_there_lead_to_no_flat_elsewhere() {
    let world = World::signed_in().await;
    read(&world, &world.server).await;
    let titled = search(&world, "подъезд 1").await.intercoms.remove(0).intercom;
    let found = search(&world, &format!("{}-1", titled.short_name)).await.flats;
    assert!(!found.is_empty() && found.iter().all(|hit| hit.at.intercom == Some(titled.id)));
    assert!(search(&world, &format!("{}-99999", titled.short_name)).await.flats.is_empty());
}

#[tokio::test]
async fn a_flat_is_found_by_its_number_however_the_word_for_it_stands_beside() {
    let world = World::signed_in().await;
    read(&world, &world.server).await;
    let number = world.first_flat().await.number;
    for text in ["кв. {}", "кв{}", "{} кв", "{}кв", "flat{}", "{}"] {
        let found = search(&world, &text.replace("{}", &number)).await;
        assert_eq!(found.flats.first().map(|hit| &hit.flat.number), Some(&number), "{text}");
        assert!(!found.flats[0].at.marks.is_empty(), "{text}");
    }
}

#[tokio::test]
async fn whose_key_it_is_can_be_asked_in_any_notation() {
    let (world, _other, second) = two_servers().await;
    for key in world.keys().await.into_iter().step_by(7) {
        let number = u64::from_str_radix(&key.key, 16).unwrap();
        let low = number & 0xFF_FFFF;
        let (facility, card) = (low >> 16, low & 0xFFFF);
        let bytes = number.to_be_bytes();
        let hex = |bytes: &[u8], between: &str| {
            bytes.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().join(between)
        };
        let mut turned = bytes[4..].to_vec();
        turned.reverse();
        let notations = [
            (key.key.clone(), How::Hex),
            (key.key.to_lowercase(), How::Hex),
            (format!("{number:X}"), How::Hex),
            (hex(&bytes[4..], ":"), How::Hex),
            (hex(&bytes[4..], " "), How::Hex),
            (hex(&bytes[1..], "-"), How::Hex),
            (hex(&turned, ""), How::HexReversed),
            (format!("{number:017}"), How::Decimal),
            (u32::from_be_bytes(turned.clone().try_into().unwrap()).to_string(), How::DecimalReversed),
            (format!("{low:010}"), How::CardNumber),
            (format!("{facility},{card}"), How::Wiegand),
            (format!("{facility:03} {card:05}"), How::Wiegand),
            (key.key[key.key.len() - 5..].to_owned(), How::Ending),
        ];
        for (text, how) in notations {
            let found = search(&world, &text).await.keys;
            let hit = found.iter().find(|hit| hit.at.server == world.server && hit.key.id == key.id);
            let hit = hit.unwrap_or_else(|| panic!("{} as {text}: {found:?}", key.key));
            assert_eq!(hit.key.key, key.key);
            // A short text may mean the same key in two ways; the whole ones do not.
            if text.len() >= 14 {
                assert_eq!(hit.how, how, "{} as {text}", key.key);
            }
            assert!(found.iter().any(|hit| hit.at.server == second), "{text}: the other server has it, too");
        }
    }
}

#[tokio::test]
async fn a_code_and_an_intercom_are_found_by_what_they_are_called() {
    let world = World::signed_in().await;
    read(&world, &world.server).await;
    let flat = world.first_flat().await;
    let issued = world.issue(Some(flat.clone()), "Курьёр Анна").await.unwrap().row;
    let digits = issued.code.clone().unwrap();
    for text in ["курьер", "анна кур", digits.as_str()] {
        let found = search(&world, text).await.codes;
        let hit = found.iter().find(|hit| hit.code.key == issued.key).unwrap_or_else(|| panic!("{text}"));
        assert_eq!((&hit.code.code, hit.code.flat_number.as_deref()), (&digits, Some(flat.number.as_str())));
        assert_eq!(hit.at.intercom, Some(INTERCOM));
    }
    let at = &search(&world, "курьер").await.codes[0].at;
    let title = at.intercom_title.clone().unwrap();
    assert!(search(&world, &title).await.intercoms.iter().any(|hit| hit.intercom.id == INTERCOM));
}

#[tokio::test]
async fn nothing_of_a_removed_server_is_found_and_what_was_read_is_after_a_restart() {
    let (mut world, _other, second) = two_servers().await;
    let key = world.keys().await.remove(0).key;
    world.desk.remove_server(ServerRef { server: second }).await.unwrap();
    world.restart();
    world.desk.app_state().await;
    let number = world.flats("").await.rows.remove(0).number;
    for text in [number.as_str(), key.as_str(), "а", "а1", "королев"] {
        let found = search(&world, text).await;
        let servers = (found.flats.iter().map(|hit| &hit.at))
            .chain(found.people.iter().map(|hit| &hit.at))
            .chain(found.keys.iter().map(|hit| &hit.at))
            .chain(found.codes.iter().map(|hit| &hit.at))
            .chain(found.intercoms.iter().map(|hit| &hit.at));
        assert!(servers.into_iter().all(|at| at.server == world.server), "{text}");
    }
    assert!(!search(&world, &key).await.keys.is_empty());
    assert!(!search(&world, "королев").await.people.is_empty());
    world.desk.remove_server(world.server()).await.unwrap();
    assert!(search(&world, &number).await.flats.is_empty());
    assert!(search(&world, &key).await.keys.is_empty());
}

#[tokio::test]
async fn whatever_is_typed_there_is_an_answer_of_few_hits() {
    let world = World::signed_in().await;
    read(&world, &world.server).await;
    for text in ["", " ", "\"", "1", "а", "0", "🗝", "%", "' OR 1=1 --", &"я".repeat(10_000)] {
        let found = search(&world, text).await;
        let counts = [
            found.flats.len(),
            found.people.len(),
            found.keys.len(),
            found.codes.len(),
            found.intercoms.len(),
        ];
        assert!(counts.iter().all(|count| *count <= 8), "{text}: {counts:?}");
    }
}

fn answer(world: &World) -> AnswerRef {
    AnswerRef { server: world.server.clone(), intercom: INTERCOM, flat: None, number: None, code: None }
}

#[tokio::test]
async fn the_answer_has_everything_of_a_flat_at_once_and_asks_nobody() {
    let world = World::signed_in().await;
    read(&world, &world.server).await;
    let flat = world.first_flat().await;
    let named = FlatRef { server: world.server.clone(), intercom: INTERCOM, flat: flat.id };
    let read = world.desk.load_flat(named).await.unwrap();
    let issued = world.issue(Some(flat.clone()), "Courier").await.unwrap();
    let asked = world.simulator.control().requests().len();

    let by_number = AnswerRef { number: Some(flat.number.clone()), ..answer(&world) };
    for request in [AnswerRef { flat: Some(flat.id), ..answer(&world) }, by_number] {
        let answer = world.desk.get_answer(request).await.unwrap();
        assert_eq!(answer.intercom.unwrap().id, INTERCOM);
        let told = answer.flat.unwrap();
        assert_eq!((told.id, told.number), (flat.id, flat.number.clone()));
        assert_eq!(told.keys.unwrap().len(), read.keys.as_ref().unwrap().len());
        assert_eq!(told.residents_at, read.residents_at);
        assert!(answer.codes.iter().any(|code| code.code == issued.row.code));
        assert!(answer.codes.iter().all(|code| code.flat_number.as_ref() == Some(&flat.number)));
        assert!(answer.codes_at.is_some() && answer.door.is_none());
    }
    assert_eq!(world.simulator.control().requests().len(), asked);

    // Of an intercom alone no codes are told, but the one that was asked for.
    let code = AnswerRef { code: Some(issued.row.key.clone()), ..answer(&world) };
    let codes = world.desk.get_answer(code).await.unwrap().codes;
    assert_eq!(codes.iter().map(|code| &code.key).collect::<Vec<_>>(), [&issued.row.key]);
}

#[tokio::test]
async fn whoever_signed_the_admin_account_out_is_answered_without_what_it_saw() {
    let world = World::signed_in().await;
    read(&world, &world.server).await;
    let flat = world.first_flat().await;
    let out = SignOut { server: world.server.clone(), account: AccountKind::Admin };
    world.desk.sign_out(out).await.unwrap();
    let request = AnswerRef { flat: Some(flat.id), number: Some(flat.number), ..answer(&world) };
    let answer = world.desk.get_answer(request).await.unwrap();
    assert!(answer.flat.is_none() && answer.door.is_none() && answer.codes.is_empty());
    assert!(answer.intercom.is_some());
}

#[tokio::test]
async fn a_flat_is_found_by_what_the_person_calls_its_intercom_and_that_outlives_the_program() {
    let mut world = World::signed_in().await;
    read(&world, &world.server).await;
    let number = world.first_flat().await.number;
    let call = |name: &str| SetShortName {
        server: world.server.clone(),
        intercom: INTERCOM,
        short_name: name.to_owned(),
    };
    let intercoms = world.desk.set_short_name(call(" Щ1 ")).await.unwrap().intercoms;
    let named = intercoms.iter().find(|row| row.id == INTERCOM).unwrap();
    assert_eq!((named.short_name.as_str(), named.is_short_name_chosen), ("Щ1", true));
    let other = intercoms.iter().find(|row| row.id != INTERCOM).unwrap().id;
    let others = intercoms.iter().find(|row| row.id == other).unwrap().short_name.clone();
    for (intercom, name) in
        [(other, "щ1"), (INTERCOM, "a-b"), (INTERCOM, "123456789"), (INTERCOM, others.as_str())]
    {
        let refused = world.desk.set_short_name(SetShortName { intercom, ..call(name) }).await.unwrap_err();
        assert_eq!(refused.code, ErrorCode::SettingInvalid, "{name}");
        // Who has it is told; a name that is none is nobody's.
        let holder = if name == "щ1" { Some(INTERCOM) } else { (name == others).then_some(other) };
        assert_eq!(refused.params.get("id").and_then(serde_json::Value::as_u64), holder, "{name}");
    }

    world.restart();
    world.sign_in(SignInAccount::Admin).await.unwrap();
    for text in [format!("щ1-{number}"), format!("Щ1 {number}"), format!("щ1/{number}")] {
        let hit = search(&world, &text).await.flats.remove(0);
        assert_eq!((hit.at.intercom, hit.flat.number.as_str()), (Some(INTERCOM), number.as_str()), "{text}");
        assert_eq!(hit.at.short_name.as_deref(), Some("Щ1"));
    }
    let call = SetShortName { server: world.server.clone(), intercom: INTERCOM, short_name: String::new() };
    let intercoms = world.desk.set_short_name(call).await.unwrap().intercoms;
    assert!(!intercoms.iter().any(|row| row.short_name == "Щ1" || row.is_short_name_chosen));
}

#[tokio::test]
async fn a_name_that_was_just_given_or_taken_back_is_what_the_next_search_goes_by() {
    let world = World::signed_in().await;
    read(&world, &world.server).await;
    let text = format!("щ1-{}", world.first_flat().await.number);
    assert!(search(&world, &text).await.flats.is_empty());
    let call = |name: &str| SetShortName {
        server: world.server.clone(),
        intercom: INTERCOM,
        short_name: name.to_owned(),
    };
    world.desk.set_short_name(call("Щ1")).await.unwrap();
    let found = search(&world, &text).await.flats;
    assert_eq!(found[0].at.short_name.as_deref(), Some("Щ1"));
    assert_eq!(search(&world, &text).await.flats.len(), found.len());
    world.desk.set_short_name(call("")).await.unwrap();
    assert!(search(&world, &text).await.flats.is_empty());
}

#[tokio::test]
async fn where_nothing_is_found_it_is_said_how_much_was_looked_through() {
    let world = World::signed_in().await;
    read(&world, &world.server).await;
    let found = search(&world, "0A0B0C0D").await;
    assert!(found.is_key && found.looked_through.is_some_and(|intercoms| intercoms > 0));
    let found = search(&world, "оролев").await;
    assert!(!found.is_key && found.looked_through.is_none());
}

#[tokio::test]
async fn a_flat_is_found_by_its_number_whatever_it_is_called_beside_it() {
    let world = World::signed_in().await;
    world.first_flat().await;
    let numbers = async |text| {
        let flats = search(&world, text).await.flats;
        flats.into_iter().map(|found| (found.at.intercom, found.flat.number)).collect::<Vec<_>>()
    };
    let plain = numbers("45").await;
    assert!(!plain.is_empty());
    for text in ["кв. 45", "Квартира 45", "flat 45", "45,"] {
        assert_eq!(numbers(text).await, plain, "{text}");
    }
}

#[tokio::test]
async fn the_whole_title_of_an_intercom_means_that_intercom() {
    let world = World::signed_in().await;
    world.desk.load_intercoms(world.server()).await.unwrap();
    assert!(search(&world, "подъезд 1").await.intercom_meant);
    assert!(!search(&world, "подъезд").await.intercom_meant);
}

#[tokio::test]
async fn what_was_typed_with_the_other_layout_is_read_so_where_it_finds_nothing_as_it_stands() {
    let world = World::signed_in().await;
    world.desk.load_intercoms(world.server()).await.unwrap();
    let found = search(&world, "gjl]tpl 1").await;
    assert_eq!(found.read_as.as_deref(), Some("подъезд 1"));
    assert!(found.intercom_meant && found.looked_through.is_none());
    for text in ["подъезд 1", "zzyzx"] {
        assert_eq!(search(&world, text).await.read_as, None, "{text}");
    }
}

#[tokio::test]
async fn a_flat_is_found_beside_its_place_in_any_order() {
    let world = World::signed_in().await;
    read(&world, &world.server).await;
    let first = async |text| {
        let flat = search(&world, text).await.flats.into_iter().next();
        flat.map(|found| (found.at.intercom, found.flat.number))
    };
    let there = Some((Some(INTERCOM), "45".to_owned()));
    for text in ["подъезд 1 45", "45 подъезд 1", "подъезд 1, кв. 45", "кв.45 подъезд 1"]
    {
        assert_eq!(first(text).await, there, "{text}");
    }
}

#[tokio::test]
async fn of_a_kind_eight_are_told_and_that_there_are_more_and_fifty_of_one_that_is_wanted() {
    let world = World::signed_in().await;
    read(&world, &world.server).await;
    let few = search(&world, "1").await;
    assert_eq!((few.flats.len(), few.more.contains(&FoundKind::Flats)), (8, true));
    let many = Search { text: "1".to_owned(), more: Some(FoundKind::Flats) };
    let many = world.desk.search(many).await.unwrap();
    assert!((9..=50).contains(&many.flats.len()));
    assert!(many.people.len() <= 8);
    let numbers = |flats: &[FoundFlat]| flats.iter().map(|one| one.flat.number.clone()).collect::<Vec<_>>();
    assert_eq!(numbers(&many.flats[..8]), numbers(&few.flats), "the best first, as before");
    let one = search(&world, "подъезд 1").await;
    assert!(!one.more.contains(&FoundKind::Intercoms));
}
