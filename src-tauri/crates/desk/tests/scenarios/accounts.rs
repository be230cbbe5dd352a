use std::sync::atomic::Ordering;

use desk::views::{
    AccountKind, BillingCredential, BillingView, KeyringState, Proof, SetBilling, SignInAccount, SignInState,
    SignOut,
};
use desk::{ErrorCode, Preferences};
use simulator::{Account, BillingAccess};

use crate::world::{INTERCOM, World};

#[tokio::test]
async fn a_desk_that_starts_again_is_still_signed_in() {
    let world = World::signed_in().await;
    let again = world.restarted();
    let state = again.app_state().await;
    assert_eq!(state.active.as_ref(), Some(&world.server));
    assert_eq!(state.servers[0].admin.as_ref().unwrap().state, SignInState::SignedIn);
    assert_eq!(
        state.servers[0].client.as_ref().unwrap().login.as_deref(),
        Some(world.simulator.options().client.login.as_str())
    );
    assert!(again.load_intercoms(world.server()).await.unwrap().intercoms.len() > 1);
}

#[tokio::test]
async fn nothing_secret_is_in_the_preferences_or_in_what_the_interface_gets() {
    let world = World::signed_in().await;
    let options = world.simulator.options();
    let mut secrets = vec![options.admin.password.clone(), options.client.password.clone()];
    secrets.extend(world.simulator.control().tokens());
    assert!(secrets.len() > 3);
    let kept = world.preferences.load().unwrap().to_string();
    let shown = [
        kept,
        serde_json::to_string(&world.desk.app_state().await).unwrap(),
        serde_json::to_string(&world.desk.load_intercoms(world.server()).await.unwrap()).unwrap(),
        serde_json::to_string(&world.sign_in(SignInAccount::Admin).await.unwrap()).unwrap(),
    ];
    for (secret, text) in secrets.iter().flat_map(|secret| shown.iter().map(move |text| (secret, text))) {
        assert!(!text.contains(secret.as_str()));
    }
}

#[tokio::test]
async fn without_a_keyring_the_sign_in_lasts_for_this_run_and_the_person_is_told() {
    let world = World::signed_out(|_| {}).await;
    world.keyring.is_locked.store(true, Ordering::Relaxed);
    assert_eq!(world.desk.app_state().await.keyring, KeyringState::Unavailable);
    world.sign_in(SignInAccount::Admin).await.unwrap();
    world.first_flat().await;
    let state = world.restarted().app_state().await;
    assert!(state.servers[0].admin.is_none());
}

#[tokio::test]
async fn a_token_that_ended_on_the_server_asks_for_a_sign_in_and_keeps_everything_else() {
    let world = World::signed_in().await;
    let flat = world.first_flat().await;
    world.simulator.control().expire(Account::Admin);
    let error = world.issue(Some(flat.clone()), "Courier").await.unwrap_err();
    assert_eq!(error.code, ErrorCode::SignedOut);
    assert_eq!(error.params["account"], "admin");
    assert_eq!(world.desk.app_state().await.servers[0].admin.as_ref().unwrap().state, SignInState::Expired);
    // Nothing was done, so nothing is unresolved; what was loaded is still there.
    assert!(world.codes("Courier").await.is_empty());
    assert!(world.flats("").await.total > 0);
    world.sign_in(SignInAccount::Admin).await.unwrap();
    world.issue(Some(flat), "Courier").await.unwrap();
    assert_eq!(world.codes("Courier").await.len(), 1);
}

#[tokio::test]
async fn a_wrong_password_is_refused_and_the_other_account_stays() {
    let world = World::signed_out(|_| {}).await;
    world.sign_in(SignInAccount::Client).await.unwrap();
    let with = Proof::Password { login: "admin".to_owned(), password: "wrong".to_owned().into() };
    let request = world.sign_in_with(SignInAccount::Admin, with);
    let error = world.desk.sign_in(request).await.unwrap_err();
    assert_eq!(error.code, ErrorCode::SignInRefused);
    let server = world.desk.app_state().await.servers.remove(0);
    assert!(server.admin.is_none() && server.client.is_some());
}

#[tokio::test]
async fn a_pasted_token_signs_in_and_rubbish_does_not() {
    let world = World::signed_out(|_| {}).await;
    let paste = async |token: String| {
        let with = Proof::Token { token: token.into() };
        world.desk.sign_in(world.sign_in_with(SignInAccount::Admin, with)).await
    };
    for rubbish in ["", "  ", "two words", "с кириллицей", &"x".repeat(20_000)] {
        assert_eq!(paste(rubbish.to_owned()).await.unwrap_err().code, ErrorCode::TokenMissing);
    }
    paste(format!(" Bearer {}\n", world.simulator.tokens().admin)).await.unwrap();
    world.first_flat().await;
}

#[tokio::test]
async fn empty_fields_are_told_before_anything_is_sent() {
    let world = World::signed_out(|_| {}).await;
    for (login, password, code) in
        [(" ", "x", ErrorCode::LoginMissing), ("admin", "", ErrorCode::PasswordMissing)]
    {
        let with = Proof::Password { login: login.to_owned(), password: password.to_owned().into() };
        let request = world.sign_in_with(SignInAccount::Admin, with);
        assert_eq!(world.desk.sign_in(request).await.unwrap_err().code, code);
    }
    assert!(world.simulator.control().requests().is_empty());
}

#[tokio::test]
async fn billing_takes_the_credential_that_was_chosen() {
    for access in [BillingAccess::Open, BillingAccess::AdminToken, BillingAccess::OwnToken] {
        let world = World::signed_in_at(|options| options.billing = access).await;
        let flat = world.first_flat().await;
        let credential = match access {
            BillingAccess::Open => BillingCredential::None,
            BillingAccess::AdminToken => BillingCredential::Admin,
            BillingAccess::OwnToken => {
                BillingCredential::Own { token: world.simulator.tokens().billing.unwrap().into() }
            }
        };
        world.desk.set_billing(SetBilling { server: world.server.clone(), credential }).await.unwrap();
        let switched = crate::lines::switch(&world, &flat, true).await.unwrap();
        assert!(switched.as_asked, "{access:?}");
        // It is remembered.
        let again = world.restarted();
        assert_eq!(
            matches!(again.app_state().await.servers[0].billing, BillingView::Own { .. }),
            access == BillingAccess::OwnToken
        );
    }
}

#[tokio::test]
async fn signing_out_and_removing_a_server_leave_nothing_in_the_keyring() {
    let world = World::signed_in().await;
    assert_eq!(world.keyring.sign_ins(), 2);
    let sign_out = SignOut { server: world.server.clone(), account: AccountKind::Client };
    assert!(world.desk.sign_out(sign_out).await.unwrap().server.client.is_none());
    assert_eq!(world.keyring.sign_ins(), 1);
    let state = world.desk.remove_server(world.server()).await.unwrap();
    assert!(state.servers.is_empty() && state.active.is_none());
    assert_eq!(world.keyring.sign_ins(), 0);
    assert!(!world.preferences.load().unwrap().to_string().contains(&world.server));
}

#[tokio::test]
async fn preferences_that_cannot_be_saved_are_told() {
    let world = World::signed_out(|_| {}).await;
    world.preferences.is_read_only.store(true, Ordering::Relaxed);
    let error = world.desk.activate_server(world.server()).await.unwrap_err();
    assert_eq!(error.code, ErrorCode::PreferencesFailed);
}

#[tokio::test]
async fn the_demo_building_is_there_for_this_run_only() {
    let world = World::signed_in().await;
    let tokens = world.simulator.tokens();
    let demo = world.desk.show_demo(&world.simulator.address(), &tokens.admin, &tokens.client).await.unwrap();
    let intercom = desk::views::IntercomRef { server: demo.id.clone(), intercom: INTERCOM };
    assert!(world.desk.load_flats(intercom).await.unwrap().total > 0);
    world.desk.activate_server(desk::views::ServerRef { server: demo.id }).await.unwrap();
    assert_eq!(world.keyring.sign_ins(), 2, "its tokens are not kept");
    let state = world.restarted().app_state().await;
    assert_eq!(state.servers.len(), 1);
    assert_eq!(state.active.as_ref(), Some(&world.server));
}

#[tokio::test]
async fn a_keyring_that_does_not_let_go_of_a_sign_in_is_told() {
    let world = World::signed_in().await;
    world.keyring.is_locked.store(true, Ordering::Relaxed);
    let sign_out = SignOut { server: world.server.clone(), account: AccountKind::Client };
    assert_eq!(world.desk.sign_out(sign_out).await.unwrap_err().code, ErrorCode::KeyringFailed);
}

#[tokio::test]
async fn one_unreadable_server_in_the_preferences_never_hides_the_others() {
    let world = World::signed_in().await;
    {
        let mut document = world.preferences.document.lock().unwrap();
        let servers = document.as_mut().unwrap()["servers"].as_array_mut().unwrap();
        servers.insert(0, serde_json::json!({"id": 7}));
    }
    let state = world.restarted().app_state().await;
    assert_eq!(state.servers.iter().map(|server| &server.id).collect::<Vec<_>>(), [&world.server]);
}

#[tokio::test]
async fn a_server_that_could_not_be_saved_is_not_there_twice_after_another_try() {
    let world = World::signed_out(|_| {}).await;
    world.preferences.is_read_only.store(true, Ordering::Relaxed);
    let add = || desk::views::AddServer {
        address: "vms.local".to_owned(),
        name: String::new(),
        pin: None,
        allow_plain_http: false,
    };
    assert_eq!(world.desk.add_server(add()).await.unwrap_err().code, ErrorCode::PreferencesFailed);
    world.preferences.is_read_only.store(false, Ordering::Relaxed);
    world.desk.add_server(add()).await.unwrap();
    assert_eq!(world.desk.app_state().await.servers.len(), 2);
}

#[tokio::test]
async fn a_keyring_that_is_unlocked_later_brings_sign_ins_back_and_takes_those_of_this_run() {
    let world = World::signed_out(|_| {}).await;
    world.sign_in(SignInAccount::Admin).await.unwrap();
    world.keyring.is_locked.store(true, Ordering::Relaxed);
    let desk = world.restarted();
    let state = desk.app_state().await;
    assert_eq!(state.keyring, KeyringState::Unavailable);
    assert!(state.servers[0].admin.is_none());
    desk.sign_in(world.proof(SignInAccount::Client)).await.unwrap();
    world.keyring.is_locked.store(false, Ordering::Relaxed);
    let state = desk.retry_keyring().await.unwrap();
    assert_eq!(state.keyring, KeyringState::Available);
    assert!(state.servers[0].admin.is_some() && state.servers[0].client.is_some());
    assert!(world.restarted().app_state().await.servers[0].client.is_some(), "it outlives the program now");
}

#[tokio::test]
async fn what_left_while_the_keyring_was_away_does_not_come_back_with_it() {
    let world = World::signed_out(|_| {}).await;
    world.sign_in(SignInAccount::Admin).await.unwrap();
    world.keyring.is_locked.store(true, Ordering::Relaxed);
    let desk = world.restarted();
    let sign_out = || SignOut { server: world.server.clone(), account: AccountKind::Admin };
    assert!(desk.app_state().await.servers[0].admin.is_none());
    desk.sign_out(sign_out()).await.unwrap();
    world.keyring.is_locked.store(false, Ordering::Relaxed);
    assert!(desk.retry_keyring().await.unwrap().servers[0].admin.is_none());
    assert_eq!(world.keyring.sign_ins(), 0, "it is removed as soon as that is possible");
}

#[tokio::test]
async fn a_removed_server_leaves_nothing_in_a_keyring_that_was_away() {
    let world = World::signed_out(|_| {}).await;
    world.sign_in(SignInAccount::Admin).await.unwrap();
    world.keyring.is_locked.store(true, Ordering::Relaxed);
    let desk = world.restarted();
    desk.remove_server(world.server()).await.unwrap();
    world.keyring.is_locked.store(false, Ordering::Relaxed);
    world.restarted().app_state().await;
    assert_eq!(world.keyring.sign_ins(), 0);
    let document = world.preferences.load().unwrap();
    assert_eq!(document["to_forget"], serde_json::json!([]));
}

#[tokio::test]
async fn a_keyring_that_locks_keeps_the_account_until_it_lets_go() {
    let world = World::signed_in().await;
    world.keyring.is_locked.store(true, Ordering::Relaxed);
    let sign_out = || SignOut { server: world.server.clone(), account: AccountKind::Client };
    let error = world.desk.sign_out(sign_out()).await.unwrap_err();
    assert_eq!(error.code, ErrorCode::KeyringFailed);
    assert!(world.desk.app_state().await.servers[0].client.is_some(), "so that it can be signed out again");
    world.keyring.is_locked.store(false, Ordering::Relaxed);
    world.desk.sign_out(sign_out()).await.unwrap();
    assert!(world.restarted().app_state().await.servers[0].client.is_none());
}

#[tokio::test]
async fn a_server_of_the_list_that_does_not_read_is_kept_for_whoever_can_read_it() {
    let world = World::signed_in().await;
    let mut document = world.preferences.load().unwrap();
    let newer = serde_json::json!({"id": "newer", "kind": "of a later version"});
    document["servers"].as_array_mut().unwrap().insert(0, newer.clone());
    world.preferences.save(&document).unwrap();
    let desk = world.restarted();
    assert_eq!(desk.app_state().await.servers.len(), 1);
    desk.activate_server(world.server()).await.unwrap();
    let saved = world.preferences.load().unwrap();
    assert!(saved["servers"].as_array().unwrap().contains(&newer));
}
