use desk::views::{FlatName, FlatRef, FlatTarget, LineName, LineSwitched, OnOff, SwitchLine};
use desk::{CommandError, ErrorCode};
use simulator::control::{Call, Fault, Times};

use crate::world::{INTERCOM, World};

pub(crate) async fn switch(world: &World, flat: &FlatName, on: bool) -> Result<LineSwitched, CommandError> {
    switch_one(world, flat, LineName::Landline, on).await
}

async fn switch_one(
    world: &World,
    flat: &FlatName,
    line: LineName,
    on: bool,
) -> Result<LineSwitched, CommandError> {
    let server = world.server.clone();
    let flat = FlatTarget { id: Some(flat.id), number: flat.number.clone() };
    world.desk.switch_line(SwitchLine { server, intercom: INTERCOM, flat, line, on }).await
}

async fn landline(world: &World, flat: &FlatName) -> OnOff {
    world.flats(&flat.number).await.rows[0].lines.landline.state
}

#[tokio::test]
async fn a_line_nobody_told_of_is_unknown_until_a_write_answers_and_known_ever_after() {
    let world = World::signed_in().await;
    let flat = world.first_flat().await;
    assert_eq!(landline(&world, &flat).await, OnOff::Unknown);
    for (on, state) in [(true, OnOff::On), (false, OnOff::Off)] {
        let switched = switch(&world, &flat, on).await.unwrap();
        assert!(switched.as_asked);
        assert_eq!(switched.lines.landline.state, state);
        // Reading the flat again does not name the landline in this dialect: what the write told stays.
        let named = FlatRef { server: world.server.clone(), intercom: INTERCOM, flat: flat.id };
        assert_eq!(world.desk.load_flat(named).await.unwrap().lines.landline.state, state);
        assert_eq!(landline(&world, &flat).await, state);
    }
}

#[tokio::test]
async fn an_answer_about_another_flat_is_told_and_not_believed() {
    let world = World::signed_in().await;
    let flat = world.first_flat().await;
    world.simulator.control().fault(Call::SwitchLines, Fault::WrongEcho, Times::Count(1));
    let switched = switch(&world, &flat, true).await.unwrap();
    assert!(!switched.as_asked);
    assert_ne!(switched.wrong_flat, None);
    assert_eq!(landline(&world, &flat).await, OnOff::Unknown);
}

#[tokio::test]
async fn a_lost_answer_makes_the_line_unknown_and_is_not_repeated() {
    let world = World::signed_in().await;
    let flat = world.first_flat().await;
    switch(&world, &flat, true).await.unwrap();
    world.simulator.control().fault(Call::SwitchLines, Fault::ResetAfter, Times::Count(1));
    let error = switch(&world, &flat, false).await.unwrap_err();
    assert_eq!(error.code, ErrorCode::WriteUnknown);
    assert_eq!(landline(&world, &flat).await, OnOff::Unknown);
    let requests = world.simulator.control().requests();
    assert_eq!(requests.iter().filter(|one| one.call == Some(Call::SwitchLines)).count(), 2);
}

#[tokio::test]
async fn a_refusal_leaves_the_line_as_it_was() {
    let world = World::signed_in().await;
    let flat = world.first_flat().await;
    switch(&world, &flat, true).await.unwrap();
    world.simulator.control().fault(Call::SwitchLines, Fault::Status { status: 403 }, Times::Count(1));
    assert_eq!(switch(&world, &flat, false).await.unwrap_err().code, ErrorCode::Forbidden);
    assert_eq!(landline(&world, &flat).await, OnOff::On);
}

#[tokio::test]
async fn a_server_that_takes_all_lines_at_once_gets_the_others_as_it_has_them() {
    let world = World::signed_in_at(|options| options.all_lines_required = true).await;
    let flat = world.first_flat().await;
    let before = world.flats(&flat.number).await.rows[0].lines;
    // The landline is in no answer yet, so nobody can say what to send for it beside another line.
    let error = switch_one(&world, &flat, LineName::Analog, true).await.unwrap_err();
    assert_eq!(error.code, ErrorCode::LinesUnknown);
    assert_eq!(error.params["lines"], serde_json::json!(["landline"]));
    assert!(switch_one(&world, &flat, LineName::Landline, true).await.unwrap().as_asked);
    let now = world.flats(&flat.number).await.rows[0].lines;
    assert_eq!((now.analog.state, now.smartphone.state), (before.analog.state, before.smartphone.state));
    let on = now.analog.state != OnOff::On;
    assert!(switch_one(&world, &flat, LineName::Analog, on).await.unwrap().as_asked);
    assert_eq!(world.flats(&flat.number).await.rows[0].lines.smartphone.state, before.smartphone.state);
}

#[tokio::test]
async fn a_line_that_somebody_else_switched_meanwhile_is_told() {
    let world = World::signed_in().await;
    let flat = world.first_flat().await;
    let analog = world.flats(&flat.number).await.rows[0].lines.analog.state;
    let elsewhere = SwitchLine {
        server: world.server.clone(),
        intercom: INTERCOM,
        flat: FlatTarget { id: Some(flat.id), number: flat.number.clone() },
        line: LineName::Analog,
        on: analog != OnOff::On,
    };
    world.restarted().switch_line(elsewhere).await.unwrap();
    let switched = switch(&world, &flat, true).await.unwrap();
    assert!(switched.as_asked);
    assert_eq!(switched.also_changed, [LineName::Analog]);
    assert!(switch(&world, &flat, false).await.unwrap().also_changed.is_empty(), "it is known now");
}

#[tokio::test]
async fn a_billing_that_does_not_take_the_admins_token_leaves_the_admin_signed_in() {
    let world = World::signed_in().await;
    let flat = world.first_flat().await;
    world.simulator.control().fault(Call::SwitchLines, Fault::Status { status: 401 }, Times::Count(1));
    let error = switch(&world, &flat, true).await.unwrap_err();
    assert_eq!((error.code, error.params["account"].as_str()), (ErrorCode::SignedOut, Some("billing")));
    world.issue(Some(flat), "Courier").await.unwrap();
}

#[tokio::test]
async fn a_reading_that_was_asked_for_before_a_lost_switch_does_not_make_the_line_known_again() {
    let world = World::signed_in().await;
    let flat = world.first_flat().await;
    assert_ne!(analog(&world, &flat).await, OnOff::Unknown);
    let control = world.simulator.control();
    control.fault(Call::ListFlats, Fault::Latency { ms: 400 }, Times::Always);
    control.fault(Call::SwitchLines, Fault::ResetAfter, Times::Count(1));
    let lose = async {
        control.wait_until_asked(Call::ListFlats, 3).await;
        world.clock.pass(chrono::TimeDelta::seconds(1));
        switch_one(&world, &flat, LineName::Analog, false).await.unwrap_err();
    };
    let (_, ()) = tokio::join!(world.first_flat(), lose);
    assert_eq!(analog(&world, &flat).await, OnOff::Unknown);
}

async fn analog(world: &World, flat: &FlatName) -> OnOff {
    world.flats(&flat.number).await.rows[0].lines.analog.state
}
