use chrono::TimeDelta;
use desk::views::{FlatRef, ServerRef, SyncRequest, SyncState};
use simulator::control::{Call, Edit, Fault, Times};

use crate::sync::{count, readable, sync, view, world};
use crate::world::INTERCOM;

#[tokio::test]
async fn it_waits_when_the_person_says_so_and_goes_on_and_ends() {
    let world = world().await;
    let control = world.simulator.control();
    control.fault(Call::GetFlat, Fault::Latency { ms: 5 }, Times::Always);
    let server = || ServerRef { server: world.server.clone() };
    let person = async {
        control.wait_until_done(Call::GetFlat, 5).await;
        world.desk.pause_sync(server()).await.unwrap();
        assert_eq!(view(&world).await.state, SyncState::Paused);
        // What is under way ends; then nothing more is sent.
        let asked = count(&world, Call::GetFlat);
        control.wait_until_done(Call::GetFlat, asked).await;
        for _ in 0..20 {
            world.desk.list_syncs().await.unwrap();
        }
        let sent = count(&world, Call::GetFlat);
        assert!(sent < 30 && sent <= asked + 1, "{asked} {sent}");
        world.desk.load_flat(world.some_flat()).await.unwrap();
        world.desk.resume_sync(server()).await.unwrap();
        control.wait_until_done(Call::GetFlat, sent + 10).await;
        world.desk.cancel_sync(server()).await.unwrap();
    };
    let (summary, ()) = tokio::join!(sync(&world), person);
    assert!(!summary.is_complete && summary.details < 60);
    assert_eq!(view(&world).await.completed_at, None);
    // What was answered at that moment was kept, and counted by nobody.
    let left = sync(&world).await.details;
    assert!(left > 0 && left <= 60 - summary.details, "{left} after {summary:?}");
    assert_eq!(readable(&world).await, 60);
}

#[tokio::test]
async fn what_the_person_lets_wait_waits_after_a_restart_too() {
    let mut world = world().await;
    world.simulator.control().fault(Call::GetFlat, Fault::Latency { ms: 5 }, Times::Always);
    let person = async {
        world.simulator.control().wait_until_done(Call::GetFlat, 5).await;
        world.desk.pause_sync(world.server()).await.unwrap();
    };
    tokio::select! {
        summary = sync(&world) => panic!("it did not wait: {summary:?}"),
        () = person => {}
    }
    world.restart_while_writing().await;
    let asked = || world.simulator.control().requests().len();
    let before = asked();
    let person = async {
        while view(&world).await.state != SyncState::Paused {
            tokio::task::yield_now().await;
        }
        for _ in 0..20 {
            world.desk.list_syncs().await.unwrap();
        }
        assert_eq!(asked(), before);
        world.desk.resume_sync(world.server()).await.unwrap();
    };
    let (summary, ()) = tokio::join!(sync(&world), person);
    assert!(summary.is_complete);
    assert_eq!(readable(&world).await, 60);
    world.restart();
    assert!(sync(&world).await.is_complete, "it goes on by itself again");
}

#[tokio::test]
async fn a_pause_that_came_too_late_holds_up_no_later_reading() {
    let mut world = world().await;
    let control = world.simulator.control();
    control.fault(Call::GetFlat, Fault::Latency { ms: 5 }, Times::Always);
    let person = async {
        // All of it was asked for: nothing is left that could wait.
        control.wait_until_done(Call::GetFlat, 60).await;
        world.desk.pause_sync(world.server()).await.unwrap();
    };
    let (summary, ()) = tokio::join!(sync(&world), person);
    assert!(summary.is_complete);
    assert!(sync(&world).await.is_complete);
    world.restart();
    assert!(sync(&world).await.is_complete, "nor after a restart");
}

#[tokio::test]
async fn what_is_wanted_now_waits_no_longer() {
    let world = world().await;
    world.simulator.control().fault(Call::GetFlat, Fault::Latency { ms: 5 }, Times::Always);
    let person = async {
        world.simulator.control().wait_until_done(Call::GetFlat, 5).await;
        world.desk.pause_sync(world.server()).await.unwrap();
        let again = SyncRequest { server: world.server.clone(), everything: false };
        world.desk.start_sync(again).await.unwrap();
    };
    let (summary, ()) = tokio::join!(sync(&world), person);
    assert!(summary.is_complete);
}

#[tokio::test]
async fn what_waited_while_a_person_paused_is_as_young_as_its_answer() {
    let world = world().await;
    assert!(sync(&world).await.is_complete);
    world.clock.pass(TimeDelta::minutes(20));
    let control = world.simulator.control();
    control.fault(Call::GetFlat, Fault::Latency { ms: 5 }, Times::Always);
    let everything = SyncRequest { server: world.server.clone(), everything: true };
    let before = count(&world, Call::GetFlat);
    let person = async {
        control.wait_until_done(Call::GetFlat, before + 5).await;
        world.desk.pause_sync(world.server()).await.unwrap();
        control.wait_until_done(Call::GetFlat, count(&world, Call::GetFlat)).await;
        // The next ones are waiting for their turn. Somebody looks at all of them, and then they change.
        world.clock.pass(TimeDelta::minutes(1));
        for flat in world.flats("").await.rows {
            let request = FlatRef { flat: flat.id.unwrap(), ..world.some_flat() };
            world.desk.load_flat(request.clone()).await.unwrap();
            let (name, login) = ("Щукина Анна".to_owned(), format!("{}@example.org", request.flat));
            control.edit(Edit::AddResident { intercom: INTERCOM, flat: request.flat, name, login }).unwrap();
        }
        let asked = control.requests().len();
        world.clock.pass(TimeDelta::minutes(1));
        world.desk.resume_sync(world.server()).await.unwrap();
        asked
    };
    let (summary, asked) = tokio::join!(world.desk.sync(everything), person);
    assert!(summary.unwrap().is_complete);
    let later = control.requests().split_off(asked).into_iter().filter(|one| one.call == Some(Call::GetFlat));
    let here = format!("/intercoms/{INTERCOM}/flats/");
    let read: Vec<u64> =
        later.filter_map(|one| one.path.split_once(&here)?.1.split('?').next()?.parse().ok()).collect();
    assert!(read.len() > 5, "{read:?}");
    for flat in read {
        let known = world.desk.get_flat(FlatRef { flat, ..world.some_flat() }).await.unwrap().unwrap();
        let residents = known.residents.unwrap();
        assert!(residents.iter().any(|one| one.name.as_deref() == Some("Щукина Анна")), "{flat}");
    }
}
