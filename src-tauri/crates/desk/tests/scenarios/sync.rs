use std::collections::BTreeSet;

use chrono::TimeDelta;
use desk::ErrorCode;
use desk::views::{
    CoreEvent, FlatRef, IntercomRef, ListFlats, ListName, OnOff, Search, SyncRequest, SyncState, SyncSummary,
    SyncView,
};
use simulator::control::{Call, Edit, Fault, Schedule, Times};
use simulator::{Account, BuildingSize, Options};

use crate::world::{INTERCOM, World};

pub(crate) const SECOND: u64 = INTERCOM + 1;
/// Flats at each of the two intercoms.
const FLATS: u32 = 30;

/// A desk that knows both intercoms of a small building and has seen nothing of it.
pub(crate) async fn world() -> World {
    world_at(|_| {}).await
}

pub(crate) async fn world_at(change: impl FnOnce(&mut Options)) -> World {
    World::signed_in_at(|options| {
        options.building = Some(BuildingSize { intercoms: 2, flats_per_intercom: FLATS });
        options.admin_list = true;
        change(options);
    })
    .await
}

pub(crate) fn changed(world: &World) -> SyncRequest {
    SyncRequest { server: world.server.clone(), everything: false }
}

pub(crate) async fn sync(world: &World) -> SyncSummary {
    world.desk.sync(changed(world)).await.unwrap()
}

pub(crate) async fn view(world: &World) -> SyncView {
    world.desk.list_syncs().await.unwrap().servers.remove(0)
}

pub(crate) fn count(world: &World, call: Call) -> usize {
    world.simulator.control().requests().iter().filter(|request| request.call == Some(call)).count()
}

/// How many flats are readable with their keys and residents at both intercoms.
pub(crate) async fn readable(world: &World) -> usize {
    let mut readable = 0;
    for intercom in [INTERCOM, SECOND] {
        let list = ListFlats {
            server: world.server.clone(),
            intercom,
            filter: String::new(),
            sort: desk::views::FlatSort::Number,
            descending: false,
            offset: 0,
            limit: 500,
        };
        for row in world.desk.list_flats(list).await.unwrap().rows {
            let named = FlatRef { server: world.server.clone(), intercom, flat: row.id.unwrap() };
            let flat = world.desk.get_flat(named).await.unwrap().unwrap();
            let residents = flat.residents.map(|all| all.len() as u32);
            readable += usize::from(flat.keys.is_some() && residents == row.resident_count);
        }
    }
    readable
}

#[tokio::test]
async fn the_first_sync_makes_everything_readable_without_the_server() {
    let mut world = world().await;
    let summary = sync(&world).await;
    assert!(summary.is_complete);
    assert_eq!((summary.flats, summary.details, summary.failed), (60, 60, 0));
    assert!(summary.keys > 20 && summary.residents > 20, "{summary:?}");
    assert_eq!(summary.requests, world.simulator.control().requests().len() as u64 - 2, "but the sign-ins");

    world.simulator.control().refuse_connections(None);
    world.restart();
    world.desk.app_state().await;
    assert_eq!(readable(&world).await, 60);
    let view = view(&world).await;
    assert_eq!((view.state, view.failed), (SyncState::Idle, 0));
    assert_eq!(view.completed_at, Some(desk::Clock::now(&world.clock)));
}

#[tokio::test]
async fn a_building_that_did_not_change_costs_its_lists_and_no_flat() {
    let world = world().await;
    sync(&world).await;
    world.clock.pass(TimeDelta::minutes(20));
    let before = count(&world, Call::GetFlat);
    let lists = (count(&world, Call::ListFlats), count(&world, Call::ListKeys));
    assert_eq!(sync(&world).await.details, 0);
    assert_eq!(count(&world, Call::GetFlat), before);
    assert_eq!(count(&world, Call::ListFlats), lists.0 + 2);
    assert_eq!(count(&world, Call::ListKeys), lists.1 + 2, "a page each");
    // What was just read is not read again.
    world.clock.pass(TimeDelta::minutes(10));
    sync(&world).await;
    assert_eq!(count(&world, Call::ListFlats), lists.0 + 2);
}

#[tokio::test]
async fn a_change_at_one_flat_costs_that_flat_and_a_wish_for_everything_costs_everything() {
    let world = world().await;
    sync(&world).await;
    world.clock.pass(TimeDelta::minutes(20));
    let flat = world.first_flat().await;
    world.clock.pass(TimeDelta::minutes(20));
    let (name, login) = ("Прохор Щукин".to_owned(), "shchuka@example.org".to_owned());
    let add = Edit::AddResident { intercom: INTERCOM, flat: flat.id, name, login };
    world.simulator.control().edit(add).unwrap();
    assert_eq!(sync(&world).await.details, 1);
    let found = world.desk.search(Search { text: "щукин".to_owned(), more: None }).await.unwrap();
    assert_eq!(found.people[0].flat, Some(flat.id));

    world.clock.pass(TimeDelta::minutes(1));
    let all = SyncRequest { everything: true, ..changed(&world) };
    assert_eq!(world.desk.sync(all).await.unwrap().details, 60);
}

#[tokio::test]
async fn details_grow_old_little_by_little() {
    let world = world().await;
    sync(&world).await;
    world.clock.pass(TimeDelta::hours(18));
    let half = sync(&world).await.details;
    assert!(half < 60, "{half}");
    world.clock.pass(TimeDelta::hours(12));
    assert!(sync(&world).await.details >= 60 - half);
}

#[tokio::test]
async fn a_server_that_wants_less_gets_less_and_all_is_read_in_the_end() {
    let world = world().await;
    let too_many = Some(Fault::TooManyRequests { retry_after: 0 });
    let trouble = Some(Fault::Status { status: 503 });
    let steps = [None, too_many.clone(), None, trouble, None, too_many, None, None];
    world.simulator.control().schedule([Schedule::sequence(Call::Any, steps).repeated()]);
    let summary = sync(&world).await;
    assert_eq!((summary.details, summary.failed), (60, 0));
    assert_eq!(readable(&world).await, 60);
    assert!(summary.requests > 64, "{summary:?}");
}

#[tokio::test]
async fn one_flat_that_cannot_be_read_is_told_and_stops_nothing() {
    let world = world().await;
    let steps = [None, None, Some(Fault::Status { status: 422 })];
    world.simulator.control().schedule([Schedule::sequence(Call::GetFlat, steps)]);
    let summary = sync(&world).await;
    assert_eq!((summary.is_complete, summary.details, summary.failed), (true, 59, 1));
    let told = view(&world).await;
    assert_eq!((told.failed, told.error.unwrap().code), (1, ErrorCode::Invalid));
    world.clock.pass(TimeDelta::minutes(20));
    assert_eq!(sync(&world).await.details, 1, "the next one tries it again");
    assert_eq!(view(&world).await.failed, 0);
}

#[tokio::test]
async fn a_server_that_fails_at_everything_is_left_alone_and_it_is_told_why() {
    let world = world().await;
    world.simulator.control().fault(Call::GetFlat, Fault::Status { status: 422 }, Times::Always);
    let error = world.desk.sync(changed(&world)).await.unwrap_err();
    assert_eq!(error.code, ErrorCode::Invalid);
    // How soon depends on what is answered between the failures: no flat is tried twice.
    assert!(count(&world, Call::GetFlat) <= 60);
    let told = view(&world).await;
    assert_eq!((told.state, told.completed_at), (SyncState::Idle, None));
    assert_eq!(told.error.unwrap().code, ErrorCode::Invalid);
}

#[tokio::test]
async fn a_sync_that_was_broken_off_does_not_ask_again_for_what_is_there() {
    let mut world = world().await;
    let enough = async {
        let mut told = view(&world).await;
        // Every list is here, and some of the flats.
        while told.total.is_none() || told.done < 20 {
            tokio::task::yield_now().await;
            told = view(&world).await;
        }
    };
    tokio::select! {
        _ = world.desk.sync(changed(&world)) => panic!("it is broken off"),
        () = enough => {}
    }
    world.restart_while_writing().await;
    let read = readable(&world).await;
    assert!((20..60).contains(&read), "{read}");
    let lists = count(&world, Call::ListFlats) + count(&world, Call::ListKeys);
    let summary = sync(&world).await;
    assert_eq!(summary.details as usize, 60 - read);
    assert_eq!(count(&world, Call::ListFlats) + count(&world, Call::ListKeys), lists);
    assert_eq!(readable(&world).await, 60);
}

#[tokio::test]
async fn what_vanished_is_out_of_the_lists_and_still_found_as_gone_for_a_while() {
    let world = world_at(|options| options.admin_token_life = TimeDelta::days(90)).await;
    sync(&world).await;
    let flat = world.first_flat().await;
    let (key, number) = {
        let found = world.desk.get_flat(of(&world, flat.id)).await.unwrap().unwrap();
        (found.keys.unwrap().into_iter().next(), found.number)
    };
    world.clock.pass(TimeDelta::minutes(20));
    world.simulator.control().edit(Edit::RemoveFlat { intercom: INTERCOM, flat: flat.id }).unwrap();
    sync(&world).await;
    let since = Some(desk::Clock::now(&world.clock));
    assert!(world.flats("").await.rows.iter().all(|row| row.id != Some(flat.id)));
    let search =
        async |text: &str| world.desk.search(Search { text: text.to_owned(), more: None }).await.unwrap();
    let gone = |found: desk::views::SearchResults| {
        found.flats.into_iter().find(|hit| hit.flat.id == Some(flat.id)).map(|hit| hit.flat.gone_at)
    };
    assert_eq!(gone(search(&number).await), Some(since));
    assert_eq!(world.desk.get_flat(of(&world, flat.id)).await.unwrap().unwrap().gone_at, since);
    if let Some(key) = key {
        assert_eq!(search(&key.key).await.keys[0].key.gone_at, since);
    }
    world.clock.pass(TimeDelta::days(31));
    sync(&world).await;
    assert_eq!(gone(search(&number).await), None, "nobody asks for it any more");
}

fn of(world: &World, flat: u64) -> FlatRef {
    FlatRef { server: world.server.clone(), intercom: INTERCOM, flat }
}

#[tokio::test]
async fn an_account_that_is_refused_ends_it_with_the_reason_and_it_goes_on_after_a_sign_in() {
    let world = world().await;
    let control = world.simulator.control();
    control.fault(Call::GetFlat, Fault::Latency { ms: 5 }, Times::Always);
    let refuse = async {
        control.wait_until_done(Call::GetFlat, 10).await;
        control.expire(Account::Admin);
    };
    let (ended, ()) = tokio::join!(world.desk.sync(changed(&world)), refuse);
    assert_eq!(ended.unwrap_err().code, ErrorCode::SignedOut);
    assert_eq!(view(&world).await.error.unwrap().code, ErrorCode::SignedOut);
    let read = readable(&world).await;
    world.sign_in(desk::views::SignInAccount::Admin).await.unwrap();
    assert_eq!(sync(&world).await.details as usize, 60 - read);
    assert!(view(&world).await.error.is_none());
}

#[tokio::test]
async fn a_server_that_is_lost_on_the_way_is_waited_for() {
    let world = world().await;
    let control = world.simulator.control();
    control.fault(Call::GetFlat, Fault::Latency { ms: 5 }, Times::Always);
    let away = async {
        control.wait_until_done(Call::GetFlat, 10).await;
        control.refuse_connections(None);
        while view(&world).await.state != SyncState::Waiting {
            tokio::task::yield_now().await;
        }
        control.accept_connections();
        // Whatever reaches it says that it is back.
        world.desk.load_intercoms(world.server()).await.unwrap();
    };
    let (summary, ()) = tokio::join!(sync(&world), away);
    assert_eq!((summary.details, summary.failed), (60, 0));
}

#[tokio::test]
async fn the_intercom_on_screen_is_read_first_and_a_look_waits_for_nothing() {
    let world = world().await;
    let control = world.simulator.control();
    let second = IntercomRef { server: world.server.clone(), intercom: SECOND };
    world.desk.remember_intercom(second).await.unwrap();
    control.fault(Call::ListKeys, Fault::Stall, Times::Count(2));
    let look = async {
        control.wait_until_asked(Call::ListKeys, 1).await;
        world.desk.load_intercoms(world.server()).await.unwrap();
    };
    tokio::join!(async { drop(world.desk.sync(changed(&world)).await) }, look);
    let asked: Vec<u64> = control
        .requests()
        .iter()
        .filter(|request| request.call == Some(Call::GetFlat))
        .map(|request| request.path.split('/').nth(5).unwrap().parse().unwrap())
        .collect();
    assert!(asked[..FLATS as usize - 8].iter().all(|intercom| *intercom == SECOND), "{asked:?}");
}

#[tokio::test]
async fn where_flats_are_not_listed_those_that_are_known_are_read() {
    let world = world_at(|options| options.flats_list = false).await;
    let summary = sync(&world).await;
    assert_eq!((summary.is_complete, summary.details), (true, 0));
    assert!(summary.keys > 20, "keys are listed");
    world.desk.load_flat(world.some_flat()).await.unwrap();
    world.clock.pass(TimeDelta::hours(30));
    assert_eq!(sync(&world).await.details, 1);
}

#[tokio::test]
async fn a_line_that_only_a_list_of_keys_tells_is_known_after_one_reading() {
    let world = world().await;
    // Asked for at once, this list would come last.
    world.simulator.control().fault(Call::ListFlats, Fault::Latency { ms: 50 }, Times::Always);
    assert!(sync(&world).await.is_complete);
    let keys = world.keys().await.into_iter();
    let told: BTreeSet<u64> = keys.filter_map(|key| key.flat).map(|flat| flat.id).collect();
    assert!(!told.is_empty());
    let flats = world.flats("").await.rows.into_iter();
    let known: BTreeSet<u64> =
        flats.filter(|row| row.lines.landline.state != OnOff::Unknown).filter_map(|row| row.id).collect();
    assert_eq!(known, told);
}

#[tokio::test]
async fn what_a_sync_asks_of_billing_is_counted_among_its_requests() {
    let world = world_at(|options| options.flats_list = false).await;
    let before = world.simulator.control().requests().len();
    let summary = sync(&world).await;
    assert!(count(&world, Call::ShowIntercom) > 0);
    assert_eq!(summary.requests, (world.simulator.control().requests().len() - before) as u64);
}

#[tokio::test]
async fn with_the_client_account_alone_the_intercoms_are_read_and_nothing_is_refused() {
    let world = World::signed_out(|_| {}).await;
    world.sign_in(desk::views::SignInAccount::Client).await.unwrap();
    let summary = sync(&world).await;
    assert_eq!((summary.is_complete, summary.flats, summary.failed), (true, 0, 0));
    assert!(!world.desk.list_intercoms(world.server()).await.unwrap().intercoms.is_empty());
}

#[tokio::test]
async fn a_client_account_that_is_refused_is_told_and_the_rest_is_read() {
    let world = world().await;
    world.simulator.control().expire(Account::Client);
    let summary = sync(&world).await;
    assert_eq!((summary.is_complete, summary.details, summary.failed), (false, 60, 0));
    let told = view(&world).await;
    assert_eq!(told.error.map(|error| error.code), None);
    let missed = told.missed.iter().map(|missed| (missed.list, missed.error.as_ref().unwrap().code));
    let lists = [ListName::ClientCodes, ListName::ClientIntercoms];
    assert_eq!(missed.collect::<Vec<_>>(), lists.map(|list| (list, ErrorCode::SignedOut)));
}

#[tokio::test]
async fn by_itself_it_begins_with_a_sign_in_and_tells_what_was_filled_and_asks_nobody_when_all_is_fresh() {
    let world = World::signed_out(|options| {
        options.building = Some(BuildingSize { intercoms: 2, flats_per_intercom: FLATS });
        options.admin_list = true;
    })
    .await;
    let told = std::sync::Mutex::new(Vec::new());
    let heard = tokio::sync::Notify::new();
    let watch = world.desk.watch_syncs(true, |event| {
        told.lock().unwrap().push(event.clone());
        heard.notify_one();
    });
    let day = async {
        world.sign_in(desk::views::SignInAccount::Admin).await.unwrap();
        while view(&world).await.completed_at.is_none() {
            heard.notified().await;
        }
        assert_eq!(readable(&world).await, 60);
        let is_filled = |event: &CoreEvent, at| matches!(event, CoreEvent::Filled { intercom, .. } if *intercom == Some(at));
        while ![INTERCOM, SECOND]
            .iter()
            .all(|at| told.lock().unwrap().iter().any(|event| is_filled(event, *at)))
        {
            heard.notified().await;
        }
        // A second sign-in looks again, and finds nothing that is missing, changed or old.
        let (lists, flats) = (count(&world, Call::ListFlats), count(&world, Call::GetFlat));
        world.clock.pass(TimeDelta::minutes(1));
        world.sign_in(desk::views::SignInAccount::Client).await.unwrap();
        while view(&world).await.completed_at != Some(desk::Clock::now(&world.clock)) {
            heard.notified().await;
        }
        assert_eq!((count(&world, Call::ListFlats), count(&world, Call::GetFlat)), (lists, flats));
    };
    tokio::select! {
        () = watch => {}
        () = day => {}
    }
}

#[tokio::test]
async fn where_nothing_begins_by_itself_the_person_still_can() {
    let world = world().await;
    let heard = tokio::sync::Notify::new();
    let watch = world.desk.watch_syncs(false, |_| heard.notify_one());
    let day = async {
        let all = SyncRequest { everything: true, ..changed(&world) };
        world.desk.start_sync(all).await.unwrap();
        while view(&world).await.completed_at.is_none() {
            heard.notified().await;
        }
        assert_eq!(readable(&world).await, 60);
    };
    tokio::select! {
        () = watch => {}
        () = day => {}
    }
    let nowhere = SyncRequest { server: "gone".to_owned(), everything: true };
    assert_eq!(world.desk.start_sync(nowhere).await.unwrap_err().code, ErrorCode::UnknownServer);
}
