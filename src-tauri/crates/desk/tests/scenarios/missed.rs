use chrono::TimeDelta;
use desk::ErrorCode;
use desk::views::{AccountKind, ListName, SignInAccount, SignOut, SyncState, SyncView};
use simulator::BuildingSize;
use simulator::control::{Call, Edit, Fault, Schedule, Times};

use crate::sync::{count, sync, view, world};
use crate::world::{INTERCOM, World};

/// The lists that could not be read, with what their intercoms are called and why.
fn missed(view: &SyncView) -> Vec<(ListName, Option<u64>, Option<ErrorCode>)> {
    let missed = view.missed.iter();
    missed.map(|one| (one.list, one.intercom, one.error.as_ref().map(|error| error.code))).collect()
}

#[tokio::test]
async fn a_reading_that_missed_a_list_is_no_complete_one_and_says_which_and_why_until_it_was_read() {
    let mut world = world().await;
    sync(&world).await;
    let completed = view(&world).await.completed_at;
    world.clock.pass(TimeDelta::minutes(20));
    let before = flats(&world).await;
    world.simulator.control().edit(Edit::RemoveFlat { intercom: INTERCOM, flat: before[0] }).unwrap();
    let fails = [Some(Fault::Status { status: 422 })];
    world.simulator.control().schedule([Schedule::sequence(Call::ListFlats, fails)]);
    let summary = sync(&world).await;
    assert_eq!((summary.is_complete, summary.missed, summary.failed), (false, 1, 0));
    let expected = [(ListName::Flats, Some(INTERCOM), Some(ErrorCode::Invalid))];
    let told = view(&world).await;
    assert_eq!((told.state, told.completed_at, told.missed_count), (SyncState::Idle, completed, 1));
    assert_eq!(missed(&told), expected);
    assert!(told.missed[0].title.is_some() && told.missed[0].short_name.is_some());
    assert_eq!(flats(&world).await, before, "of a list that failed nothing is gone");

    world.restart();
    world.desk.app_state().await;
    assert_eq!(missed(&view(&world).await), expected, "a restart does not make it whole");

    // What failed is due, the rest is not.
    world.clock.pass(TimeDelta::minutes(1));
    let asked = (count(&world, Call::ListFlats), count(&world, Call::ListKeys));
    assert!(sync(&world).await.is_complete);
    assert_eq!((count(&world, Call::ListFlats), count(&world, Call::ListKeys)), (asked.0 + 1, asked.1));
    let told = view(&world).await;
    assert_eq!((told.completed_at, told.missed_count), (Some(desk::Clock::now(&world.clock)), 0));
    assert_eq!(flats(&world).await, before[1..]);
}

/// The flats that are there, by record id.
async fn flats(world: &World) -> Vec<u64> {
    world.flats("").await.rows.into_iter().filter_map(|row| row.id).collect()
}

#[tokio::test]
async fn whoever_looks_at_a_list_that_was_missed_has_read_it() {
    let world = world().await;
    let fails = [Some(Fault::Status { status: 422 })];
    world.simulator.control().schedule([Schedule::sequence(Call::ListFlats, fails)]);
    assert!(!sync(&world).await.is_complete);
    assert_eq!(missed(&view(&world).await), [(ListName::Flats, Some(INTERCOM), Some(ErrorCode::Invalid))]);
    world.first_flat().await;
    assert_eq!(missed(&view(&world).await), []);
    assert_eq!(view(&world).await.completed_at, None, "no reading has read everything yet");
}

#[tokio::test]
async fn a_list_that_somebody_read_while_the_reading_went_on_is_not_missed() {
    let world = world().await;
    let control = world.simulator.control();
    let fails = [Some(Fault::Status { status: 422 })];
    control.schedule([Schedule::sequence(Call::ListFlats, fails)]);
    control.fault(Call::GetFlat, Fault::Latency { ms: 20 }, Times::Always);
    let person = async {
        while view(&world).await.missed_count == 0 {
            tokio::task::yield_now().await;
        }
        // The flats of the other intercom keep it busy.
        world.desk.pause_sync(world.server()).await.unwrap();
        world.first_flat().await;
        let told = view(&world).await;
        assert_eq!((told.state, told.missed_count), (SyncState::Paused, 0));
        world.desk.resume_sync(world.server()).await.unwrap();
    };
    let (summary, ()) = tokio::join!(sync(&world), person);
    assert!(summary.is_complete, "{summary:?}");
    let known = world.flats("").await.rows.len() as u64;
    assert_eq!(summary.details, 2 * known, "its flats were read, too");
    let told = view(&world).await;
    assert_eq!((told.missed_count, told.completed_at), (0, Some(desk::Clock::now(&world.clock))));
}

#[tokio::test]
async fn what_nobody_was_signed_in_for_is_missed_as_before() {
    let world = world().await;
    let fails = [Some(Fault::Status { status: 422 })];
    world.simulator.control().schedule([Schedule::sequence(Call::ListKeys, fails)]);
    assert!(!sync(&world).await.is_complete);
    let before = missed(&view(&world).await);
    assert_eq!(before.iter().map(|one| one.0).collect::<Vec<_>>(), [ListName::Keys]);
    let out = SignOut { server: world.server.clone(), account: AccountKind::Admin };
    world.desk.sign_out(out).await.unwrap();
    let summary = sync(&world).await;
    assert_eq!((summary.is_complete, summary.missed), (false, 1));
    let told = view(&world).await;
    assert_eq!((missed(&told), told.completed_at), (before, None));
    world.sign_in(SignInAccount::Admin).await.unwrap();
    assert!(sync(&world).await.is_complete);
    assert_eq!(view(&world).await.missed_count, 0);
}

#[tokio::test]
async fn lists_that_an_account_may_not_read_end_no_reading() {
    let world = World::signed_in_at(|options| {
        options.building = Some(BuildingSize { intercoms: 25, flats_per_intercom: 1 });
        options.admin_list = true;
    })
    .await;
    assert!(sync(&world).await.is_complete);
    world.clock.pass(TimeDelta::minutes(20));
    world.simulator.control().fault(Call::ListKeys, Fault::Status { status: 403 }, Times::Always);
    for _ in 0..2 {
        let summary = sync(&world).await;
        assert_eq!((summary.is_complete, summary.missed), (false, 25));
        // Now nothing that can be read stands between them.
        world.clock.pass(TimeDelta::minutes(5));
    }
}

#[tokio::test]
async fn a_list_of_intercoms_that_fails_is_missed_where_it_is_known_to_answer() {
    let world = world().await;
    let control = world.simulator.control();
    control.fault(Call::ListIntercomsAdmin, Fault::Status { status: 500 }, Times::Always);
    assert!(sync(&world).await.is_complete, "no page says that there is such a list");
    control.clear();
    world.clock.pass(TimeDelta::minutes(20));
    assert!(sync(&world).await.is_complete);
    world.clock.pass(TimeDelta::minutes(20));
    control.fault(Call::ListIntercomsAdmin, Fault::Status { status: 500 }, Times::Always);
    let summary = sync(&world).await;
    assert_eq!((summary.is_complete, summary.missed), (false, 1));
    let expected = [(ListName::AdminIntercoms, None, Some(ErrorCode::ServerTrouble))];
    assert_eq!(missed(&view(&world).await), expected);
    control.clear();
    world.clock.pass(TimeDelta::minutes(20));
    assert!(sync(&world).await.is_complete);
}

#[tokio::test]
async fn a_list_of_intercoms_that_gave_no_answer_at_all_is_missed_be_it_known_or_not() {
    let world = world().await;
    world.simulator.control().fault(Call::ListIntercomsAdmin, Fault::ResetBefore, Times::Always);
    assert!(!sync(&world).await.is_complete);
    let expected = [(ListName::AdminIntercoms, None, Some(ErrorCode::NoAnswer))];
    assert_eq!(missed(&view(&world).await), expected);
}

#[tokio::test]
async fn a_list_that_failed_is_tried_again_by_itself_after_a_rest_and_not_before() {
    let world = world().await;
    let control = world.simulator.control();
    let fails = [Some(Fault::Status { status: 422 })];
    control.schedule([Schedule::sequence(Call::ListKeys, fails)]);
    let heard = tokio::sync::Notify::new();
    let watch = world.desk.watch_syncs(true, |_| heard.notify_one());
    // A server that is back makes the desk look whether anything is to be read.
    let look = async || {
        control.refuse_connections(None);
        world.desk.load_intercoms(world.server()).await.unwrap();
        control.accept_connections();
        let is_back = async || {
            let list = world.desk.load_intercoms(world.server()).await.unwrap();
            list.sources.iter().all(|source| source.error.is_none())
        };
        while !is_back().await {}
    };
    let day = async {
        let has_ended = |view: SyncView| view.state == SyncState::Idle && view.missed_count == 1;
        while !has_ended(view(&world).await) {
            heard.notified().await;
        }
        let asked = count(&world, Call::ListKeys);
        for _ in 0..4 {
            world.clock.pass(TimeDelta::minutes(1));
            look().await;
        }
        assert_eq!(count(&world, Call::ListKeys), asked);
        world.clock.pass(TimeDelta::minutes(1));
        look().await;
        while view(&world).await.completed_at.is_none() {
            heard.notified().await;
        }
        assert_eq!(count(&world, Call::ListKeys), asked + 1, "that list alone");
        assert_eq!(view(&world).await.missed_count, 0);
    };
    tokio::select! {
        () = watch => {}
        () = day => {}
    }
}

#[tokio::test]
async fn of_the_demo_building_nothing_is_missed() {
    for is_listed in [true, false] {
        let world = World::signed_in_at(|options| options.admin_list = is_listed).await;
        let summary = sync(&world).await;
        assert_eq!((summary.is_complete, summary.failed), (true, 0), "{:?}", view(&world).await);
    }
}
