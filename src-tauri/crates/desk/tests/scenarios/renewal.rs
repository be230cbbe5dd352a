use chrono::TimeDelta;
use desk::ErrorCode;
use desk::views::{SignInAccount, SignInState};
use simulator::Account;
use simulator::control::{Call, Fault, Times};

use crate::world::World;

/// A desk whose admin account signed in for an hour, and asked to be remembered or not.
async fn signed_in_for_an_hour(remember: bool) -> World {
    let world = World::signed_out(|options| options.admin_token_life = TimeDelta::hours(1)).await;
    let mut request = world.proof(SignInAccount::Admin);
    request.remember = remember;
    let view = world.desk.sign_in(request).await.unwrap();
    assert_eq!(view.admin.unwrap().remembered, remember);
    world
}

fn sign_ins(world: &World) -> usize {
    let requests = world.simulator.control().requests();
    requests.iter().filter(|one| one.call == Some(Call::SignInAdmin)).count()
}

#[tokio::test]
async fn a_remembered_sign_in_renews_itself_before_its_end_and_nothing_is_asked() {
    let world = signed_in_for_an_hour(true).await;
    world.first_flat().await;
    world.clock.pass(TimeDelta::minutes(59) + TimeDelta::seconds(30));
    world.first_flat().await;
    assert_eq!(sign_ins(&world), 2);
    world.clock.pass(TimeDelta::hours(5));
    world.first_flat().await;
    assert_eq!(sign_ins(&world), 3);
    let admin = world.desk.app_state().await.servers.remove(0).admin.unwrap();
    assert_eq!(admin.state, SignInState::SignedIn);
}

#[tokio::test]
async fn a_sign_in_that_is_not_remembered_is_over_at_its_end_without_asking_the_server() {
    let world = signed_in_for_an_hour(false).await;
    world.clock.pass(TimeDelta::hours(2));
    let admin = world.desk.app_state().await.servers.remove(0).admin.unwrap();
    assert_eq!(admin.state, SignInState::Expired);
    let error = world.desk.get_flat(world.some_flat()).await.unwrap_err();
    assert_eq!(error.code, ErrorCode::SignedOut);
    assert_eq!(sign_ins(&world), 1);
}

#[tokio::test]
async fn a_remembered_sign_in_outlives_the_program_and_renews_itself_after_a_restart() {
    let world = signed_in_for_an_hour(true).await;
    world.clock.pass(TimeDelta::hours(10));
    let desk = world.restarted();
    let admin = desk.app_state().await.servers.remove(0).admin.unwrap();
    assert!(admin.remembered);
    assert_eq!(admin.state, SignInState::SignedIn, "it renews itself when it is needed");
    desk.get_flat(world.some_flat()).await.unwrap();
    assert_eq!(sign_ins(&world), 2);
}

#[tokio::test]
async fn a_read_that_meets_a_revoked_token_renews_it_and_is_read_again() {
    let world = signed_in_for_an_hour(true).await;
    let flat = world.some_flat();
    world.simulator.control().expire(Account::Admin);
    world.desk.get_flat(flat).await.unwrap();
    assert_eq!(sign_ins(&world), 2);
}

#[tokio::test]
async fn reads_that_fail_together_renew_the_sign_in_once() {
    let world = signed_in_for_an_hour(true).await;
    let flat = || world.desk.get_flat(world.some_flat());
    world.simulator.control().expire(Account::Admin);
    let (a, b, c) = tokio::join!(flat(), flat(), flat());
    assert!(a.is_ok() && b.is_ok() && c.is_ok());
    assert_eq!(sign_ins(&world), 2);
}

#[tokio::test]
async fn a_write_that_meets_a_revoked_token_is_offered_again_and_never_repeated() {
    let world = signed_in_for_an_hour(true).await;
    let flat = world.first_flat().await;
    world.simulator.control().expire(Account::Admin);
    let error = world.issue(Some(flat.clone()), "Courier").await.unwrap_err();
    assert_eq!(error.code, ErrorCode::SignInRenewed);
    assert_eq!(world.simulator.control().codes_created(), 0);
    assert!(world.codes("Courier").is_empty());
    world.issue(Some(flat), "Courier").await.unwrap();
    assert_eq!(world.simulator.control().codes_created(), 1);
}

#[tokio::test]
async fn a_password_the_server_refuses_is_not_tried_again_by_itself() {
    let world = signed_in_for_an_hour(true).await;
    let control = world.simulator.control();
    control.fault(Call::SignInAdmin, Fault::Unprocessable, Times::Always);
    control.expire(Account::Admin);
    for _ in 0..3 {
        let error = world.desk.get_flat(world.some_flat()).await.unwrap_err();
        assert_eq!(error.code, ErrorCode::SignedOut);
    }
    assert_eq!(sign_ins(&world), 2, "once at the start, and once to renew");
    let admin = world.desk.app_state().await.servers.remove(0).admin.unwrap();
    assert_eq!(admin.state, SignInState::Expired);
    control.clear();
    world.sign_in(SignInAccount::Admin).await.unwrap();
    world.desk.get_flat(world.some_flat()).await.unwrap();
}

#[tokio::test]
async fn a_renewal_that_meets_a_dead_server_leaves_the_sign_in_for_later() {
    let world = signed_in_for_an_hour(true).await;
    let control = world.simulator.control();
    control.expire(Account::Admin);
    control.fault(Call::SignInAdmin, Fault::Status { status: 503 }, Times::Count(1));
    let error = world.desk.get_flat(world.some_flat()).await.unwrap_err();
    assert_eq!(error.code, ErrorCode::ServerTrouble);
    world.desk.get_flat(world.some_flat()).await.unwrap();
}

#[tokio::test]
async fn a_server_whose_clock_is_hours_behind_is_asked_rather_than_taken_for_expired() {
    let world = World::signed_out(|options| options.admin_token_life = TimeDelta::hours(-3)).await;
    // Its tokens ended three hours ago by this computer's clock, and it takes them all the same.
    let view = world.sign_in(SignInAccount::Admin).await.unwrap();
    let admin = view.admin.unwrap();
    assert_eq!((admin.state, admin.expires_at), (SignInState::SignedIn, None));
}
