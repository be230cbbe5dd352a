use chrono::TimeDelta;
use desk::ErrorCode;
use desk::views::{AccountKind, SignInAccount, SignInState, SignOut, SyncRequest, TrustCertificate};
use simulator::Account;
use simulator::control::{Call, Fault, Times};

use crate::world::World;

/// A desk whose admin account signed in for an hour, and asked to be remembered or not.
async fn signed_in_for_an_hour(remember: bool) -> World {
    let world = World::signed_out(|options| {
        options.admin_token_life = TimeDelta::hours(1);
        options.admin_list = true;
    })
    .await;
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
    let error = world.desk.load_flat(world.some_flat()).await.unwrap_err();
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
    desk.load_flat(world.some_flat()).await.unwrap();
    assert_eq!(sign_ins(&world), 2);
}

#[tokio::test]
async fn a_read_that_meets_a_revoked_token_renews_it_and_is_read_again() {
    let world = signed_in_for_an_hour(true).await;
    let flat = world.some_flat();
    world.simulator.control().expire(Account::Admin);
    world.desk.load_flat(flat).await.unwrap();
    assert_eq!(sign_ins(&world), 2);
}

#[tokio::test]
async fn reads_that_fail_together_renew_the_sign_in_once() {
    let world = signed_in_for_an_hour(true).await;
    let flat = || world.desk.load_flat(world.some_flat());
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
    assert!(world.codes("Courier").await.is_empty());
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
        let error = world.desk.load_flat(world.some_flat()).await.unwrap_err();
        assert_eq!(error.code, ErrorCode::SignedOut);
    }
    assert_eq!(sign_ins(&world), 2, "once at the start, and once to renew");
    let admin = world.desk.app_state().await.servers.remove(0).admin.unwrap();
    assert_eq!(admin.state, SignInState::Expired);
    control.clear();
    world.sign_in(SignInAccount::Admin).await.unwrap();
    world.desk.load_flat(world.some_flat()).await.unwrap();
}

#[tokio::test]
async fn a_renewal_that_meets_a_dead_server_leaves_the_sign_in_for_later() {
    let world = signed_in_for_an_hour(true).await;
    let control = world.simulator.control();
    control.expire(Account::Admin);
    control.fault(Call::SignInAdmin, Fault::Status { status: 503 }, Times::Count(1));
    let error = world.desk.load_flat(world.some_flat()).await.unwrap_err();
    assert_eq!(error.code, ErrorCode::ServerTrouble);
    for _ in 0..5 {
        let error = world.desk.load_flat(world.some_flat()).await.unwrap_err();
        assert_eq!(error.code, ErrorCode::ServerTrouble);
    }
    assert_eq!(sign_ins(&world), 2, "a server in trouble is not asked with every call");
    world.clock.pass(TimeDelta::seconds(6));
    world.desk.load_flat(world.some_flat()).await.unwrap();
}

#[tokio::test]
async fn a_renewal_waits_as_long_as_the_server_asks_for() {
    let world = signed_in_for_an_hour(true).await;
    let control = world.simulator.control();
    control.expire(Account::Admin);
    control.fault(Call::SignInAdmin, Fault::TooManyRequests { retry_after: 120 }, Times::Count(1));
    assert_eq!(world.desk.load_flat(world.some_flat()).await.unwrap_err().code, ErrorCode::RateLimited);
    world.clock.pass(TimeDelta::seconds(60));
    assert_eq!(world.desk.load_flat(world.some_flat()).await.unwrap_err().code, ErrorCode::RateLimited);
    assert_eq!(sign_ins(&world), 2);
    world.clock.pass(TimeDelta::seconds(61));
    world.desk.load_flat(world.some_flat()).await.unwrap();
}

#[tokio::test]
async fn a_reading_ends_where_the_server_puts_off_the_sign_in_that_it_needs() {
    let world = signed_in_for_an_hour(true).await;
    let request = SyncRequest { server: world.server.clone(), everything: true };
    assert!(world.desk.sync(request.clone()).await.unwrap().flats > 0);
    world.clock.pass(TimeDelta::minutes(16));
    let control = world.simulator.control();
    control.expire(Account::Admin);
    control.fault(Call::SignInAdmin, Fault::TooManyRequests { retry_after: 120 }, Times::Always);
    let before = control.requests().len();
    assert_eq!(world.desk.sync(request.clone()).await.unwrap_err().code, ErrorCode::RateLimited);
    assert_eq!(sign_ins(&world), 2, "nobody asks while the server wants none");
    assert!(control.requests().len() - before < 30);
    control.clear();
    world.clock.pass(TimeDelta::seconds(121));
    assert!(world.desk.sync(request).await.unwrap().is_complete);
}

#[tokio::test]
async fn who_signs_out_while_the_sign_in_renews_itself_stays_signed_out() {
    let world = signed_in_for_an_hour(true).await;
    let control = world.simulator.control();
    control.expire(Account::Admin);
    control.fault(Call::SignInAdmin, Fault::Latency { ms: 400 }, Times::Count(1));
    let leave = async {
        // The renewal is on its way once the server has its request.
        control.wait_until_asked(Call::SignInAdmin, 2).await;
        let server = world.server.clone();
        world.desk.sign_out(SignOut { server, account: AccountKind::Admin }).await.unwrap();
    };
    let (read, ()) = tokio::join!(world.desk.load_flat(world.some_flat()), leave);
    assert!(read.is_err());
    assert!(world.desk.app_state().await.servers.remove(0).admin.is_none());
    assert_eq!(world.keyring.sign_ins(), 0, "and nothing of it is kept");
    assert!(world.restarted().app_state().await.servers.remove(0).admin.is_none());
}

#[tokio::test]
async fn a_refused_password_is_forgotten_in_the_keyring_too() {
    let world = signed_in_for_an_hour(true).await;
    let control = world.simulator.control();
    control.fault(Call::SignInAdmin, Fault::Unprocessable, Times::Always);
    control.expire(Account::Admin);
    world.desk.load_flat(world.some_flat()).await.unwrap_err();
    let desk = world.restarted();
    assert_eq!(desk.load_flat(world.some_flat()).await.unwrap_err().code, ErrorCode::SignedOut);
    assert_eq!(sign_ins(&world), 2, "also after a restart");
}

#[tokio::test]
async fn a_certificate_that_changes_during_a_renewal_does_not_cost_the_password() {
    let world = World::signed_out(|options| {
        options.admin_token_life = TimeDelta::hours(1);
        options.https = true;
    })
    .await;
    let mut request = world.proof(SignInAccount::Admin);
    request.remember = true;
    world.desk.sign_in(request).await.unwrap();
    world.simulator.control().expire(Account::Admin);
    world.simulator.control().change_certificate().unwrap();
    let error = world.desk.load_flat(world.some_flat()).await.unwrap_err();
    assert_eq!(error.code, ErrorCode::CertificateUntrusted);
    let trust = TrustCertificate { server: world.server.clone(), fingerprint: world.simulator.fingerprint() };
    world.desk.trust_certificate(trust).await.unwrap();
    world.clock.pass(TimeDelta::seconds(6));
    world.desk.load_flat(world.some_flat()).await.unwrap();
}

#[tokio::test]
async fn a_billing_call_that_meets_a_revoked_admin_token_renews_the_admin_sign_in() {
    let world = signed_in_for_an_hour(true).await;
    let flat = world.first_flat().await;
    world.simulator.control().expire(Account::Admin);
    let error = crate::lines::switch(&world, &flat, true).await.unwrap_err();
    assert_eq!((error.code, error.params["account"].as_str()), (ErrorCode::SignInRenewed, Some("admin")));
    crate::lines::switch(&world, &flat, true).await.unwrap();
}

#[tokio::test]
async fn a_server_whose_clock_is_hours_behind_is_asked_rather_than_taken_for_expired() {
    let world = World::signed_out(|options| options.admin_token_life = TimeDelta::hours(-3)).await;
    // Its tokens ended three hours ago by this computer's clock, and it takes them all the same.
    let view = world.sign_in(SignInAccount::Admin).await.unwrap();
    let admin = view.admin.unwrap();
    assert_eq!((admin.state, admin.expires_at), (SignInState::SignedIn, None));
}
