use std::sync::atomic::Ordering;

use chrono::TimeDelta;
use desk::ErrorCode;
use desk::views::{AccountKind, CodeOrigin, CodeState, CodeView, IssueCode, Search, SignInAccount, Until};
use simulator::control::{Call, Fault, ListedCode, Schedule, Times};
use simulator::{Account, BuildingSize};

use crate::sync::{SECOND, changed, count, sync, view, world_at};
use crate::world::{INTERCOM, World};

/// A desk at a server that lists codes by flat, too, where another desk has issued one of them.
async fn world() -> World {
    let world = world_at(|options| options.admin_codes_list = true).await;
    let flat = world.first_flat().await;
    let elsewhere = world.restarted();
    let (server, title) = (world.server.clone(), "Courier".to_owned());
    let until = Until::Minutes { minutes: 120 };
    let issue = IssueCode { server, intercom: INTERCOM, flat: Some(flat), title, until };
    elsewhere.sign_in(world.proof(SignInAccount::Admin)).await.unwrap();
    elsewhere.issue_code(issue).await.unwrap();
    world
}

fn lists(world: &World) -> (usize, usize) {
    (count(world, Call::ListCodes), count(world, Call::ListCodesAdmin))
}

#[tokio::test]
async fn codes_that_nobody_looked_at_are_found_without_the_server() {
    let mut world = world().await;
    let known = world.simulator.control().codes();
    let live =
        |code: &&ListedCode| code.expired_at > desk::Clock::now(&world.clock) && code.intercom_id <= SECOND;
    let expected: Vec<String> = known.iter().filter(live).map(|code| code.code.clone()).collect();
    assert!(expected.len() > 2);
    assert!(sync(&world).await.is_complete);
    world.simulator.control().refuse_connections(None);
    world.restart();
    world.desk.app_state().await;
    for code in expected {
        let found = world.desk.search(Search { text: code.clone(), more: None }).await.unwrap().codes;
        assert!(found.iter().any(|hit| hit.code.code == code), "{code}");
    }
    let courier = world.codes("Courier").await.remove(0);
    assert_eq!((courier.state, courier.origin), (CodeState::Live, CodeOrigin::Elsewhere));
}

#[tokio::test]
async fn codes_are_read_again_by_age_and_not_with_every_reading() {
    let world = world().await;
    sync(&world).await;
    let first = lists(&world);
    assert!(first.0 > 0);
    assert_eq!(first.1, world.desk.list_intercoms(world.server()).await.unwrap().intercoms.len());
    world.clock.pass(TimeDelta::minutes(5));
    sync(&world).await;
    assert_eq!(lists(&world), first);
    world.clock.pass(TimeDelta::minutes(15));
    sync(&world).await;
    assert_eq!(lists(&world), (2 * first.0, 2 * first.1));
}

#[tokio::test]
async fn each_list_of_codes_by_flat_is_read_once_however_they_overlap() {
    let size = BuildingSize { intercoms: 20, flats_per_intercom: 1 };
    let world = world_at(|options| {
        options.admin_codes_list = true;
        options.building = Some(size);
    })
    .await;
    world.simulator.control().fault(Call::ListCodesAdmin, Fault::Latency { ms: 20 }, Times::Always);
    assert!(sync(&world).await.is_complete);
    let intercoms = world.desk.list_intercoms(world.server()).await.unwrap().intercoms.len();
    assert!(intercoms >= 20);
    assert_eq!(lists(&world).1, intercoms);
}

#[tokio::test]
async fn a_server_that_lists_no_codes_by_flat_is_asked_for_them_once() {
    let world = world_at(|options| options.admin_codes_list = false).await;
    assert!(sync(&world).await.is_complete);
    world.clock.pass(TimeDelta::minutes(20));
    assert!(sync(&world).await.is_complete);
    assert_eq!(count(&world, Call::ListCodesAdmin), 1);
}

#[tokio::test]
async fn where_it_was_forgotten_that_codes_are_listed_by_flat_those_that_were_not_read_are_still_read() {
    let mut world = world().await;
    world.preferences.is_read_only.store(true, Ordering::Relaxed);
    let second_fails = [None, Some(Fault::Status { status: 422 })];
    world.simulator.control().schedule([Schedule::sequence(Call::ListCodesAdmin, second_fails)]);
    assert_eq!(sync(&world).await.missed, 1);
    world.restart();
    world.desk.app_state().await;
    assert!(sync(&world).await.is_complete);
    assert_eq!(count(&world, Call::ListCodesAdmin), 3);
}

#[tokio::test]
async fn a_list_of_codes_that_fails_is_missed_where_it_is_known_to_answer() {
    let world = world().await;
    world.simulator.control().fault(Call::ListCodesAdmin, Fault::Status { status: 500 }, Times::Always);
    assert!(sync(&world).await.is_complete, "nobody knows that there is such a list");
    world.simulator.control().clear();
    world.clock.pass(TimeDelta::minutes(20));
    assert!(sync(&world).await.is_complete);
    world.clock.pass(TimeDelta::minutes(20));
    world.simulator.control().fault(Call::ListCodesAdmin, Fault::Status { status: 422 }, Times::Count(1));
    world.simulator.control().fault(Call::ListCodes, Fault::Status { status: 422 }, Times::Always);
    let summary = sync(&world).await;
    assert_eq!((summary.is_complete, summary.missed), (false, 2));
    let why = view(&world).await.missed.into_iter().map(|missed| missed.error.unwrap().code);
    assert_eq!(why.collect::<Vec<_>>(), [ErrorCode::Invalid; 2]);
    assert!(!world.codes("Courier").await.is_empty(), "what was listed before stays");
}

#[tokio::test]
async fn an_admin_sign_in_that_ended_keeps_no_codes_of_the_client_from_being_read() {
    let world = world().await;
    world.simulator.control().expire(Account::Admin);
    let refused = world.desk.sync(changed(&world)).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::SignedOut);
    let is_clients = |code: &CodeView| code.account == AccountKind::Client;
    assert!(world.codes("").await.iter().any(is_clients));
    // Later on it is known here, and no request asks the server.
    let (read, of_admin) = lists(&world);
    assert!(read > 0 && of_admin == 0);
    world.clock.pass(TimeDelta::minutes(20));
    assert_eq!(world.desk.sync(changed(&world)).await.unwrap_err().code, ErrorCode::SignedOut);
    assert_eq!(lists(&world).0, 2 * read);
    world.sign_in(SignInAccount::Admin).await.unwrap();
    assert!(sync(&world).await.is_complete);
    assert!(lists(&world).1 > 0, "what the ended sign-in was refused is still asked for");
}

#[tokio::test]
async fn a_code_whose_answer_was_lost_is_adopted_by_a_reading_and_sent_by_nobody() {
    let world = world().await;
    let control = world.simulator.control();
    let made = control.codes_created();
    control.fault(Call::CreateCodeClient, Fault::ResetAfter, Times::Count(1));
    control.fault(Call::ListCodes, Fault::ResetBefore, Times::Always);
    assert_eq!(world.issue(None, "Anna").await.unwrap_err().code, ErrorCode::WriteUnknown);
    assert_eq!(world.codes("Anna").await[0].state, CodeState::Unresolved);
    control.clear();
    assert!(sync(&world).await.is_complete);
    let found = world.codes("Anna").await;
    let states: Vec<_> = found.iter().map(|code| (code.state, code.origin)).collect();
    assert_eq!(states, [(CodeState::Live, CodeOrigin::DeskListed)]);
    assert_eq!(control.codes_created(), made + 1);
}

#[tokio::test]
async fn a_code_that_this_desk_issued_for_a_flat_is_found_as_the_list_of_codes_has_it() {
    let world = world().await;
    let flat = world.first_flat().await;
    let issued = world.issue(Some(flat), "Anna").await.unwrap();
    assert!(sync(&world).await.is_complete);
    let listed = world.codes("Anna").await.remove(0);
    assert_eq!((&listed.code, listed.origin), (&issued.row.code, CodeOrigin::DeskListed));
    let digits = issued.row.code.unwrap();
    for text in [digits.as_str(), "Anna"] {
        let found = world.desk.search(Search { text: text.to_owned(), more: None }).await.unwrap().codes;
        let keys: Vec<_> = found.iter().map(|hit| &hit.code.key).collect();
        assert_eq!(keys, [&listed.key], "{text}");
    }
}
