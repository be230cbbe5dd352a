use chrono::{FixedOffset, TimeDelta};
use desk::ErrorCode;
use desk::views::{
    CodeFilter, CodeOrigin, CodeRef, CodeState, DateForm, IssueCode, ListCodes, SetServer, Until,
};
use simulator::control::{Call, Fault, Times};

use crate::world::{INTERCOM, World};

#[tokio::test]
async fn a_code_by_flat_and_one_by_intercom_are_both_listed_with_their_origin() {
    let world = World::signed_in().await;
    let flat = world.first_flat().await;
    let by_flat = world.issue(Some(flat.clone()), " Courier ").await.unwrap();
    assert_eq!(by_flat.difference, None);
    assert_eq!(by_flat.row.title, "Courier");
    let by_intercom = world.issue(None, "Гость").await.unwrap();
    assert_eq!(by_intercom.difference, None);
    world.desk.load_codes(world.server()).await.unwrap();
    let courier = world.codes("courier").await.remove(0);
    assert_eq!(
        (courier.origin, courier.flat_number.as_ref()),
        (CodeOrigin::DeskUnlisted, Some(&flat.number))
    );
    assert_eq!(courier.code, by_flat.row.code);
    let guest = world.codes("гость").await;
    assert_eq!(guest.len(), 1, "listed once, although both the journal and the server have it");
    assert_eq!(guest[0].origin, CodeOrigin::DeskListed);
    assert!(world.codes("").await.iter().any(|code| code.origin == CodeOrigin::Elsewhere));
}

#[tokio::test]
async fn a_code_is_found_by_its_digits_as_they_are_read_aloud() {
    let world = World::signed_in().await;
    let digits = world.issue(None, "Anna").await.unwrap().row.code.unwrap();
    let spoken = format!("{} {}", &digits[..2], &digits[2..]);
    assert!(world.codes(&spoken).await.iter().any(|code| code.code.as_ref() == Some(&digits)));
}

#[tokio::test]
async fn a_lost_answer_for_a_flat_stays_unresolved_until_the_person_has_looked() {
    let world = World::signed_in().await;
    let flat = world.first_flat().await;
    world.simulator.control().fault(Call::CreateCodeAdmin, Fault::ResetAfter, Times::Count(1));
    let error = world.issue(Some(flat), "Courier").await.unwrap_err();
    assert_eq!((error.code, error.retryable), (ErrorCode::WriteUnknown, false));
    world.desk.load_codes(world.server()).await.unwrap();
    let row = world.codes("Courier").await.remove(0);
    assert_eq!((row.state, row.code), (CodeState::Unresolved, None));
    let asked = world.simulator.control().requests();
    assert_eq!(
        asked.iter().filter(|one| one.call == Some(Call::CreateCodeAdmin)).count(),
        1,
        "never repeated"
    );
    let named = CodeRef { server: world.server.clone(), key: row.key };
    world.desk.settle_code(named.clone()).await.unwrap();
    assert!(world.codes("Courier").await.is_empty());
    assert_eq!(world.desk.settle_code(named).await.unwrap_err().code, ErrorCode::UnknownRecord);
}

#[tokio::test]
async fn a_lost_answer_of_the_client_account_is_found_again_in_its_list() {
    let world = World::signed_in().await;
    world.simulator.control().fault(Call::CreateCodeClient, Fault::ResetAfter, Times::Count(1));
    let issued = world.issue(None, "Guest").await.unwrap();
    assert!(issued.row.code.is_some(), "the list had it at once");
    // Once more, with the list away as well: it is found as soon as the list is there.
    world.simulator.control().fault(Call::CreateCodeClient, Fault::ResetAfter, Times::Count(1));
    world.simulator.control().fault(Call::ListCodes, Fault::Status { status: 500 }, Times::Always);
    assert_eq!(world.issue(None, "Anna").await.unwrap_err().code, ErrorCode::WriteUnknown);
    assert_eq!(world.codes("Anna").await[0].state, CodeState::Unresolved);
    world.simulator.control().clear();
    world.desk.load_codes(world.server()).await.unwrap();
    let found = world.codes("Anna").await;
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].state, found[0].origin), (CodeState::Live, CodeOrigin::DeskListed));
}

#[tokio::test]
async fn a_lost_request_that_was_not_done_stays_unresolved_and_another_code_is_not_taken_for_it() {
    let world = World::signed_in().await;
    world.simulator.control().fault(Call::CreateCodeClient, Fault::ResetBefore, Times::Count(1));
    assert_eq!(world.issue(None, "Anna").await.unwrap_err().code, ErrorCode::WriteUnknown);
    world.issue(None, "Boris").await.unwrap();
    world.desk.load_codes(world.server()).await.unwrap();
    assert_eq!(world.codes("Anna").await[0].state, CodeState::Unresolved);
}

#[tokio::test]
async fn no_fault_ever_makes_two_codes_of_one_wish() {
    let faults = [
        Fault::ResetBefore,
        Fault::ResetAfter,
        Fault::Truncate,
        Fault::Empty,
        Fault::Html,
        Fault::Unprocessable,
        Fault::TooManyRequests { retry_after: 1 },
        Fault::Status { status: 400 },
        Fault::Status { status: 500 },
        Fault::Status { status: 503 },
    ];
    let world = World::signed_in().await;
    let flat = world.first_flat().await;
    for (round, fault) in faults.iter().cycle().take(60).enumerate() {
        let control = world.simulator.control();
        let before = control.codes_created();
        let by_flat = round % 2 == 0;
        let call = if by_flat { Call::CreateCodeAdmin } else { Call::CreateCodeClient };
        control.fault(call, fault.clone(), Times::Count(1));
        let title = format!("wish-{round}");
        let issued = world.issue(by_flat.then(|| flat.clone()), &title).await;
        let made = control.codes_created() - before;
        assert!(made <= 1, "{fault:?} made {made} codes");
        let Err(error) = issued else {
            assert_eq!((made, world.codes(&title).await.len()), (1, 1), "{fault:?}");
            continue;
        };
        let is_open = error.code == ErrorCode::WriteUnknown;
        assert!(is_open || made == 0, "{fault:?} made a code and was told as {:?}", error.code);
        assert_eq!(world.codes(&title).await.len(), usize::from(is_open), "{fault:?}");
    }
}

#[tokio::test]
async fn an_answer_that_is_not_what_was_asked_is_told() {
    let world = World::signed_in().await;
    let flat = world.first_flat().await;
    world.simulator.control().fault(Call::CreateCodeAdmin, Fault::WrongEcho, Times::Count(1));
    let issued = world.issue(Some(flat.clone()), "Courier").await.unwrap();
    let difference = issued.difference.unwrap();
    assert_ne!(difference.wrong_flat.as_ref(), None);
    assert_ne!(difference.wrong_flat, Some(flat.number));
    assert_eq!(issued.row.until, difference.got, "the end shown is the server's");
    assert_ne!(difference.got, Some(difference.asked));
}

#[tokio::test]
async fn a_server_in_another_zone_is_recognised_and_understood_once_it_is_set() {
    let east = 5 * 60 + 45;
    let zone = FixedOffset::east_opt(east * 60).unwrap();
    for by_flat in [true, false] {
        let world = World::signed_in_at(|options| options.zone = zone).await;
        let flat = if by_flat { Some(world.first_flat().await) } else { None };
        let issue = async || issue_for_a_day(&world, flat.clone()).await;
        let first = issue().await;
        let difference = first.difference.unwrap();
        assert_eq!(difference.zone_minutes, Some(east));
        assert_eq!(difference.got, Some(difference.asked - TimeDelta::minutes(east.into())), "{by_flat}");
        assert_eq!(first.row.until, difference.got, "the end shown is the one the code really has");
        let set = SetServer {
            server: world.server.clone(),
            name: String::new(),
            zone_minutes: east,
            date_form: DateForm::Contract,
            client_name: "web".to_owned(),
        };
        assert_eq!(world.desk.set_server(set).await.unwrap().zone_minutes, east);
        assert_eq!(issue().await.difference, None);
        assert_eq!(world.restarted().app_state().await.servers[0].zone_minutes, east);
    }
}

#[tokio::test]
async fn a_code_ends_and_is_forgotten_as_time_passes() {
    let world = World::signed_in().await;
    let flat = world.first_flat().await;
    world.issue(Some(flat), "Courier").await.unwrap();
    assert_eq!(world.codes("Courier").await[0].state, CodeState::Live);
    world.clock.pass(TimeDelta::hours(2));
    assert_eq!(world.codes("Courier").await[0].state, CodeState::Ended);
    world.clock.pass(TimeDelta::hours(24));
    assert!(world.codes("Courier").await.is_empty());
}

#[tokio::test]
async fn filters_count_every_code_once_and_windows_cut_them() {
    let world = World::signed_in().await;
    world.simulator.control().fault(Call::CreateCodeClient, Fault::ResetBefore, Times::Count(1));
    world.issue(None, "Anna").await.unwrap_err();
    world.desk.load_codes(world.server()).await.unwrap();
    let window = async |filter, offset, limit| {
        let (server, search) = (world.server.clone(), String::new());
        world.desk.list_codes(ListCodes { server, filter, search, offset, limit }).await.unwrap()
    };
    let all = window(CodeFilter::All, 0, 500).await;
    let counts = all.counts;
    assert_eq!(counts.all, counts.live + counts.ended + counts.unresolved);
    assert!(counts.live > 0 && counts.ended > 0 && counts.unresolved == 1);
    assert_eq!(window(CodeFilter::Live, 0, 500).await.total, counts.live);
    assert_eq!(all.rows[0].state, CodeState::Unresolved, "what needs the person's eyes comes first");
    let second = window(CodeFilter::All, 1, 1).await;
    assert_eq!(second.rows, [all.rows[1].clone()]);
}

#[tokio::test]
async fn every_text_of_a_refusal_reaches_the_form() {
    let world = World::signed_in().await;
    world.simulator.control().fault(Call::CreateCodeClient, Fault::Unprocessable, Times::Count(1));
    let error = world.issue(None, "Anna").await.unwrap_err();
    assert_eq!(error.code, ErrorCode::Invalid);
    let texts: usize = error.params["fields"]
        .as_object()
        .unwrap()
        .values()
        .map(|texts| texts.as_array().unwrap().len())
        .sum();
    assert!(texts >= 3, "{:?}", error.params);
}

#[tokio::test]
async fn without_the_account_a_code_needs_nothing_is_sent() {
    let world = World::signed_out(|_| {}).await;
    let error = world.issue(None, "Anna").await.unwrap_err();
    assert_eq!((error.code, error.params["account"].as_str()), (ErrorCode::NoAccount, Some("client")));
    assert!(world.simulator.control().requests().is_empty());
}

#[tokio::test]
async fn the_digits_can_be_copied_by_the_row_that_was_shown_first_even_after_the_server_listed_it() {
    let world = World::signed_in().await;
    let row = world.issue(None, "Anna").await.unwrap().row;
    world.desk.load_codes(world.server()).await.unwrap();
    let listed = world.codes("Anna").await.remove(0);
    for key in [row.key, listed.key] {
        let named = CodeRef { server: world.server.clone(), key };
        assert_eq!(Some(world.desk.code_digits(named).await.unwrap()), row.code);
    }
}

#[tokio::test]
async fn a_server_whose_clock_is_hours_off_is_told_from_one_in_another_zone() {
    for off in [-180, -50, 3 * 60, 25] {
        for by_flat in [true, false] {
            let world = World::signed_in_at(|options| options.clock_off = TimeDelta::minutes(off)).await;
            let flat = if by_flat { Some(world.first_flat().await) } else { None };
            let issued = issue_for_a_day(&world, flat).await;
            let difference = issued.difference.unwrap();
            assert_eq!(difference.clock_minutes.map(i64::from), Some(off), "{by_flat}");
            assert_eq!(difference.zone_minutes, None, "{off} {by_flat}");
            let real = difference.asked - TimeDelta::minutes(off);
            assert_eq!(
                (difference.got, issued.row.until),
                (Some(real), Some(real)),
                "the door goes by that clock"
            );
            let view = world.desk.check_capabilities(world.server()).await.unwrap();
            assert_eq!(i64::from(view.clock_minutes), off);
        }
    }
}

async fn issue_for_a_day(world: &World, flat: Option<desk::views::FlatName>) -> desk::views::IssuedCode {
    let (server, title) = (world.server.clone(), "Courier".to_owned());
    let until = Until::Minutes { minutes: 24 * 60 };
    world.desk.issue_code(IssueCode { server, intercom: INTERCOM, flat, title, until }).await.unwrap()
}
