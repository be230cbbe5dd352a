use desk::ErrorCode;
use desk::views::{
    AccountKind, CaptchaAnswer, SessionEnd, SessionListing, SessionRef, SignInAccount, SignOut,
};
use simulator::Captcha;
use simulator::control::{Call, Fault, Times};

use crate::world::World;

#[tokio::test]
async fn a_captcha_is_shown_as_a_checked_picture_and_its_answer_signs_in() {
    let world = World::signed_out(|options| options.captcha = Captcha::Always).await;
    let error = world.sign_in(SignInAccount::Client).await.unwrap_err();
    assert_eq!((error.code, error.params["wrong"].as_bool()), (ErrorCode::CaptchaRequired, Some(false)));
    let captcha = world.desk.get_captcha(world.server()).await.unwrap();
    assert!(captcha.image.starts_with("data:image/png;base64,"));
    let mut request = world.proof(SignInAccount::Client);
    request.captcha = Some(CaptchaAnswer { key: captcha.key, text: "not this".to_owned() });
    let error = world.desk.sign_in(request).await.unwrap_err();
    assert_eq!((error.code, error.params["wrong"].as_bool()), (ErrorCode::CaptchaRequired, Some(true)));
    let captcha = world.desk.get_captcha(world.server()).await.unwrap();
    let text = world.simulator.control().captcha_answer(&captcha.key).unwrap();
    let mut request = world.proof(SignInAccount::Client);
    request.captcha = Some(CaptchaAnswer { key: captcha.key, text: format!(" {text} ") });
    assert!(world.desk.sign_in(request).await.unwrap().client.is_some());
}

#[tokio::test]
async fn with_too_many_sessions_the_person_chooses_the_one_to_end() {
    let world = World::signed_out(|options| options.session_limit = Some(1)).await;
    world.sign_in(SignInAccount::Client).await.unwrap();
    let error = world.sign_in(SignInAccount::Client).await.unwrap_err();
    assert_eq!(error.code, ErrorCode::TooManySessions);
    assert_eq!(error.params["limit"], 1);
    let session = error.params["sessions"][0]["id"].as_u64().unwrap();
    let mut request = world.proof(SignInAccount::Client);
    request.end_session = Some(session);
    assert!(world.desk.sign_in(request).await.unwrap().client.is_some());
    let list = world.desk.list_sessions(world.server()).await.unwrap();
    assert_eq!(list.listing, SessionListing::Complete);
    assert!(list.sessions.iter().all(|one| one.id != session) && list.sessions[0].is_current);
}

#[tokio::test]
async fn another_session_of_the_account_can_be_ended() {
    let world = World::signed_in().await;
    // A second sign-in of the same account, as from another computer.
    world.sign_in(SignInAccount::Client).await.unwrap();
    let list = world.desk.list_sessions(world.server()).await.unwrap();
    let other = list.sessions.iter().find(|one| !one.is_current).unwrap().id;
    let named = || SessionRef { server: world.server.clone(), session: other };
    world.desk.end_session(named()).await.unwrap();
    let list = world.desk.list_sessions(world.server()).await.unwrap();
    assert!(list.sessions.iter().all(|one| one.id != other));
    world.desk.end_session(named()).await.unwrap();
}

#[tokio::test]
async fn a_server_that_does_not_list_sessions_is_not_a_failure() {
    let world = World::signed_in_at(|options| options.sessions_list = false).await;
    let list = world.desk.list_sessions(world.server()).await.unwrap();
    assert_eq!(list.listing, SessionListing::NotOffered);
    let world = World::signed_out(|_| {}).await;
    let list = world.desk.list_sessions(world.server()).await.unwrap();
    assert_eq!(list.listing, SessionListing::NoAccount);
}

#[tokio::test]
async fn signing_out_ends_the_session_at_the_server_and_says_when_it_could_not() {
    let sign_out = async |world: &World, account| {
        let request = SignOut { server: world.server.clone(), account };
        world.desk.sign_out(request).await.unwrap().session
    };
    let world = World::signed_in().await;
    assert_eq!(sign_out(&world, AccountKind::Client).await, SessionEnd::Ended);
    let requests = world.simulator.control().requests();
    assert_eq!(requests.iter().filter(|one| one.call == Some(Call::SignOutClient)).count(), 1);
    assert_eq!(sign_out(&world, AccountKind::Admin).await, SessionEnd::Stays);

    let world = World::signed_in().await;
    world.simulator.control().fault(Call::SignOutClient, Fault::ResetAfter, Times::Always);
    assert_eq!(sign_out(&world, AccountKind::Client).await, SessionEnd::Unknown);
    let server = world.desk.app_state().await.servers.remove(0);
    assert!(server.client.is_none(), "here it is forgotten, whatever the server said");
}

#[tokio::test]
async fn ending_this_desks_own_session_signs_it_out_even_where_it_is_remembered() {
    let world = World::signed_out(|_| {}).await;
    let mut request = world.proof(SignInAccount::Client);
    request.remember = true;
    world.desk.sign_in(request).await.unwrap();
    let own = world.desk.list_sessions(world.server()).await.unwrap().sessions[0].id;
    world.desk.end_session(SessionRef { server: world.server.clone(), session: own }).await.unwrap();
    assert!(world.desk.app_state().await.servers.remove(0).client.is_none());
    let list = world.desk.list_sessions(world.server()).await.unwrap();
    assert_eq!(list.listing, SessionListing::NoAccount);
}
