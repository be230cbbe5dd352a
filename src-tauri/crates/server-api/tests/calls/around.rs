//! The calls around the contract: captchas, sessions, deleting, and what a connection's settings change.

use chrono::{TimeDelta, TimeZone, Utc};
use secrecy::SecretString;
use serde_json::json;
use server_api::billing::{FlatBy, IntercomBy};
use server_api::client::{CaptchaAnswer, ClientSignIn};
use server_api::{
    ApiError, Bearer, ClientSession, Connection, DateForm, Line, LostAnswer, NotThisApi, PanelStatus,
    PictureKind, Refusal, admin, billing, client, open,
};
use simulator::control::{Call, Fault, ReceivedRequest, Times};
use simulator::{Captcha, Options};

use crate::every_call::{INTERCOM, end};
use crate::{World, world, world_with};

async fn sign_in(
    world: &World,
    captcha: Option<CaptchaAnswer<'_>>,
    end_session: Option<u64>,
) -> Result<ClientSession, ApiError> {
    let account = &world.simulator.options().client;
    let password = SecretString::from(account.password.clone());
    let sign_in = ClientSignIn { login: &account.login, password: &password, captcha, end_session };
    client::sign_in(&world.connection, &sign_in).await
}

fn refused(answer: Result<ClientSession, ApiError>) -> Refusal {
    match answer {
        Err(ApiError::Refused(refusal)) => *refusal,
        other => panic!("not refused: {other:?}"),
    }
}

fn last_request(world: &World, call: Call) -> ReceivedRequest {
    world.simulator.control().requests().into_iter().rfind(|request| request.call == Some(call)).unwrap()
}

#[tokio::test]
async fn a_sign_in_that_wants_a_captcha_says_so_and_takes_its_answer() {
    let world = world_with(Options { captcha: Captcha::Always, ..Options::default() }).await;
    let refusal = refused(sign_in(&world, None, None).await);
    assert!(refusal.status == 422 && refusal.captcha_required, "{refusal:?}");
    let captcha = open::captcha(&world.connection).await.unwrap();
    assert_eq!((captcha.image.kind, captcha.ttl.as_secs()), (PictureKind::Png, 60));
    let wrong = CaptchaAnswer { key: &captcha.key, text: "not this" };
    assert!(refused(sign_in(&world, Some(wrong), None).await).captcha_required);
    let captcha = open::captcha(&world.connection).await.unwrap();
    let text = world.simulator.control().captcha_answer(&captcha.key).unwrap();
    sign_in(&world, Some(CaptchaAnswer { key: &captcha.key, text: &text }), None).await.unwrap();
}

#[tokio::test]
async fn a_sign_in_beyond_the_limit_names_the_sessions_and_takes_the_place_of_one() {
    let world = world_with(Options { session_limit: Some(2), ..Options::default() }).await;
    for _ in 0..2 {
        sign_in(&world, None, None).await.unwrap();
    }
    let refusal = refused(sign_in(&world, None, None).await);
    assert_eq!((refusal.status, refusal.sessions_limit, refusal.sessions.len()), (419, Some(2), 2));
    assert!(refusal.sessions.iter().all(|session| session.last_seen.is_some() && !session.is_current));
    sign_in(&world, None, Some(refusal.sessions[0].id)).await.unwrap();
    assert_eq!(last_request(&world, Call::SignInClient).body["session_id"], refusal.sessions[0].id);
}

#[tokio::test]
async fn a_session_ends_by_itself_or_by_another() {
    let world = world().await;
    let mine = Bearer::new(sign_in(&world, None, None).await.unwrap().token);
    let other = Bearer::new(sign_in(&world, None, None).await.unwrap().token);
    let sessions = client::sessions(&world.connection, &mine).await.unwrap();
    assert_eq!(sessions.iter().filter(|session| session.is_current).count(), 1);
    let of_other = client::sessions(&world.connection, &other).await.unwrap();
    let id = of_other.iter().find(|session| session.is_current).unwrap().id;
    client::end_session(&world.connection, &mine, id).await.unwrap();
    let refused = client::codes(&world.connection, &other).await.unwrap_err();
    assert_eq!(refused.refused_with(), Some(401));
    client::logout(&world.connection, &mine).await.unwrap();
    assert_eq!(last_request(&world, Call::SignOutClient).body, json!({"uuid": "desk-under-test"}));
    let refused = client::codes(&world.connection, &mine).await.unwrap_err();
    assert_eq!(refused.refused_with(), Some(401));
}

#[tokio::test]
async fn codes_of_both_accounts_are_deleted_by_their_ids() {
    let world = world_with(Options { admin_codes_list: true, ..Options::default() }).await;
    let World { connection, admin, client, .. } = &world;
    let flat = admin::flats(connection, admin, INTERCOM).await.unwrap().items[0].id;
    let code = admin::create_code(connection, admin, INTERCOM, flat, "admin", end()).await.unwrap().id;
    let listed = || async { admin::codes(connection, admin, INTERCOM).await.unwrap().items };
    assert!(listed().await.iter().any(|one| one.id == code));
    admin::delete_codes(connection, admin, INTERCOM, &[code]).await.unwrap();
    assert!(listed().await.iter().all(|one| one.id != code));
    let request = last_request(&world, Call::DeleteCodesAdmin);
    assert_eq!((request.method.as_str(), request.body), ("DELETE", json!({"ids": [code]})));

    let code = client::create_code(connection, client, INTERCOM, "client", end()).await.unwrap().id;
    client::delete_codes(connection, client, &[code]).await.unwrap();
    assert!(client::codes(connection, client).await.unwrap().items.iter().all(|one| one.id != code));
    assert_eq!(last_request(&world, Call::DeleteCodesClient).body, json!({"ids": [code]}));
}

#[tokio::test]
#[should_panic(expected = "1 to 200 ids")]
async fn nothing_is_not_deleted() {
    let world = world().await;
    let _ = client::delete_codes(&world.connection, &world.client, &[]).await;
}

#[tokio::test]
async fn the_clients_end_is_written_as_the_setting_says_and_the_admins_as_the_contract_says() {
    let world = world().await;
    let mut settings = world.connection.settings().clone();
    settings.date_form = DateForm::Iso;
    let connection = Connection::new(settings).unwrap();
    let code = client::create_code(&connection, &world.client, INTERCOM, "iso", end()).await.unwrap();
    assert_eq!(code.expired_at, Some(end()));
    let written = &last_request(&world, Call::CreateCodeClient).body["expired_at"];
    assert_eq!(written, "2099-12-31T12:45:00.000000Z");
    let flat = admin::flats(&connection, &world.admin, INTERCOM).await.unwrap().items[0].id;
    admin::create_code(&connection, &world.admin, INTERCOM, flat, "contract", end()).await.unwrap();
    assert_eq!(last_request(&world, Call::CreateCodeAdmin).body["expired_at"], "2099-12-31 12:45");
}

#[tokio::test]
async fn a_flat_is_named_by_its_door_number_too_and_an_intercom_by_its_mac_address() {
    let world = world().await;
    let World { connection, admin, .. } = &world;
    let flat = admin::flats(connection, admin, INTERCOM).await.unwrap().items.swap_remove(0);
    let lines = Line::ALL.map(|line| (line, true));
    let by = FlatBy::Number(&flat.number);
    let answer = billing::switch_lines(connection, Some(admin), INTERCOM, by, &lines).await.unwrap();
    assert_eq!((answer.id, answer.number), (flat.id, flat.number.clone()));
    let body = last_request(&world, Call::SwitchLines).body;
    assert_eq!(body["flat"].as_u64().map(|number| number.to_string()), Some(flat.number));
    assert!(body.get("flat_id").is_none());

    let by_id = billing::find_intercom(connection, Some(admin), &IntercomBy::Id(INTERCOM)).await.unwrap();
    assert_eq!(by_id.status, Some(PanelStatus::Installed));
    assert!(by_id.flats.is_some_and(|(from, to)| from < to));
    let by_mac = IntercomBy::Mac(by_id.mac.clone().unwrap());
    assert_eq!(billing::find_intercom(connection, Some(admin), &by_mac).await.unwrap(), by_id);
}

#[tokio::test]
async fn what_a_server_says_of_its_failure_is_kept_and_not_printed_and_the_host_has_its_port() {
    let world = world().await;
    let authority = world.connection.settings().address.authority();
    assert!(authority.starts_with("127.0.0.1:"));
    for status in [400, 500] {
        world.simulator.control().fault(Call::CreateCodeClient, Fault::Status { status }, Times::Count(1));
        let error = client::create_code(&world.connection, &world.client, INTERCOM, "x", end()).await;
        let error = error.unwrap_err();
        let ApiError::SentNoUsableAnswer { host, how: LostAnswer::Status { status: lost, message } } = &error
        else {
            panic!("{error:?}")
        };
        assert_eq!((host, *lost), (&authority, status));
        assert!(!error.to_string().contains(message.as_deref().unwrap()), "{error}");
    }
}

#[tokio::test]
async fn an_endless_answer_is_not_read_beyond_the_usual_limit() {
    let world = world().await;
    let mut settings = world.connection.settings().clone();
    settings.limits.answer = server_api::Limits::default().answer;
    let connection = Connection::new(settings).unwrap();
    world.simulator.control().fault(Call::ListCodes, Fault::Huge { bytes: 64 << 20 }, Times::Count(1));
    let error = client::codes(&connection, &world.client).await.unwrap_err();
    assert!(matches!(error, ApiError::NotThisApi { why: NotThisApi::TooLarge, .. }), "{error:?}");
}

#[tokio::test]
async fn a_server_whose_clock_is_off_still_tells_the_same_instants() {
    let world = world().await;
    world.simulator.control().set_clock_off(TimeDelta::minutes(-7));
    let end = Utc.with_ymd_and_hms(2099, 2, 28, 23, 59, 0).unwrap();
    let code = client::create_code(&world.connection, &world.client, INTERCOM, "x", end).await.unwrap();
    assert_eq!(code.expired_at, Some(end));
}

#[tokio::test]
async fn a_list_that_trickles_in_page_by_page_is_left_incomplete_at_its_limit() {
    let world = world().await;
    let mut settings = world.connection.settings().clone();
    settings.limits.listing = std::time::Duration::ZERO;
    let connection = Connection::new(settings).unwrap();
    world.simulator.control().fault(Call::ListFlats, Fault::Latency { ms: 5 }, Times::Always);
    let bearer = Bearer::new(SecretString::from(world.simulator.tokens().admin));
    let listing = admin::flats(&connection, &bearer, INTERCOM).await.unwrap();
    assert!(!listing.is_complete);
    let asked = world.simulator.control().requests();
    assert!(asked.iter().filter(|one| one.call == Some(Call::ListFlats)).count() <= 1);
}
