//! The five pages to the letter, and the calls around them.

use chrono::{DateTime, FixedOffset, TimeZone, Utc};
use secrecy::SecretString;
use serde_json::json;
use server_api::billing::{FlatBy, IntercomBy};
use server_api::client::ClientSignIn;
use server_api::{Line, admin, billing, client, open};
use simulator::Options;
use simulator::control::Call;

use crate::{World, world, world_with};

/// An intercom of the demo building with flats of its own, which the client account has too.
const INTERCOM: u64 = 21;

fn end() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2099, 12, 31, 12, 45, 0).unwrap()
}

async fn first_flat(world: &World) -> u64 {
    admin::flats(&world.connection, &world.admin, INTERCOM).await.unwrap().items[0].id
}

fn last_request(world: &World, call: Call) -> simulator::control::ReceivedRequest {
    world.simulator.control().requests().into_iter().rfind(|request| request.call == Some(call)).unwrap()
}

#[tokio::test]
async fn a_code_for_a_flat_is_asked_for_as_seed_000_says() {
    let world = world().await;
    let flat = first_flat(&world).await;
    let code =
        admin::create_code(&world.connection, &world.admin, INTERCOM, flat, "new code", end()).await.unwrap();
    assert_eq!(code.title, "new code");
    assert_eq!(code.code.len(), 5);
    assert_eq!(code.expired_at, Some(end()));
    assert_eq!(code.flat.unwrap().id, flat);
    let request = last_request(&world, Call::CreateCodeAdmin);
    assert_eq!((request.method.as_str(), request.path.as_str()), ("POST", "/api/admin/v1/intercom/21/codes"));
    assert_eq!(request.body, json!({"title": "new code", "expired_at": "2099-12-31 12:45", "flat_id": flat}));
    for header in ["authorization", "accept", "content-type"] {
        assert!(request.headers.contains_key(header), "{header}");
    }
}

#[tokio::test]
async fn a_code_for_the_own_flat_is_asked_for_as_seed_001_says() {
    let world = world().await;
    let code = client::create_code(&world.connection, &world.client, INTERCOM, "Гость", end()).await.unwrap();
    assert_eq!(code.intercom.unwrap().id, INTERCOM);
    let request = last_request(&world, Call::CreateCodeClient);
    assert_eq!((request.method.as_str(), request.path.as_str()), ("POST", "/api/v1/intercom/21/codes"));
    assert_eq!(request.body, json!({"title": "Гость", "expired_at": "2099-12-31 12:45"}));
    for header in ["authorization", "accept", "x-client", "x-uuid"] {
        assert!(request.headers.contains_key(header), "{header}");
    }
}

#[tokio::test]
async fn an_end_is_written_in_the_servers_zone_and_read_back_as_the_same_instant() {
    let zone = FixedOffset::east_opt(3 * 3600).unwrap();
    let world = world_with(Options { zone, ..Options::default() }).await;
    let mut settings = world.connection.settings().clone();
    settings.zone = zone;
    let connection = server_api::Connection::new(settings).unwrap();
    let code = client::create_code(&connection, &world.client, INTERCOM, "zone", end()).await.unwrap();
    assert_eq!(code.expired_at, Some(end()));
    assert_eq!(last_request(&world, Call::CreateCodeClient).body["expired_at"], "2099-12-31 15:45");
}

#[tokio::test]
async fn every_page_of_the_codes_is_read_as_seed_002_says() {
    // A server that takes no more than its documented default of 25 per page.
    let world = world_with(Options { largest_page: 25, ..Options::default() }).await;
    for number in 0..60 {
        let title = format!("code {number}");
        client::create_code(&world.connection, &world.client, INTERCOM, &title, end()).await.unwrap();
    }
    let codes = client::codes(&world.connection, &world.client).await.unwrap();
    for number in 0..60 {
        let title = format!("code {number}");
        assert_eq!(codes.items.iter().filter(|code| code.title == title).count(), 1, "{title}");
    }
    let requests = world.simulator.control().requests();
    let asked: Vec<&str> = requests
        .iter()
        .filter(|one| one.call == Some(Call::ListCodes))
        .map(|one| one.path.as_str())
        .collect();
    assert_eq!(asked[0], "/api/v1/intercom/codes?per_page=100&page=1");
    assert_eq!(asked[1..4], [1, 2, 3].map(|page| format!("/api/v1/intercom/codes?per_page=25&page={page}")));
}

#[tokio::test]
async fn a_whole_entrance_of_flats_is_read() {
    let world = world().await;
    assert_eq!(admin::flats(&world.connection, &world.admin, INTERCOM).await.unwrap().items.len(), 120);
}

#[tokio::test]
async fn one_flat_is_read_as_seed_003_says() {
    let world = world().await;
    let listed = admin::flats(&world.connection, &world.admin, INTERCOM).await.unwrap().items;
    let busy = listed.iter().max_by_key(|flat| flat.key_count).unwrap();
    let (flat, problems) = admin::flat(&world.connection, &world.admin, INTERCOM, busy.id).await.unwrap();
    assert_eq!(problems, []);
    assert_eq!(Some(u32::try_from(flat.keys.unwrap().len()).unwrap()), busy.key_count);
    assert_eq!(flat.number, busy.number);
    assert_eq!(flat.lines.landline, None, "this dialect does not say: unknown, not off");
    let request = last_request(&world, Call::GetFlat);
    let path = format!("/api/admin/v1/intercoms/{INTERCOM}/flats/{}", busy.id);
    assert_eq!((request.method.as_str(), request.path.as_str()), ("GET", path.as_str()));
}

#[tokio::test]
async fn a_line_is_switched_as_seed_004_says() {
    let world = world().await;
    let flat = first_flat(&world).await;
    for on in [true, false] {
        let lines = [(Line::Landline, on)];
        let answer =
            billing::switch_lines(&world.connection, Some(&world.admin), INTERCOM, FlatBy::Id(flat), &lines)
                .await
                .unwrap();
        assert_eq!(answer.id, flat);
        assert_eq!(answer.lines.landline, Some(on));
    }
    let request = last_request(&world, Call::SwitchLines);
    assert_eq!((request.method.as_str(), request.path.as_str()), ("PATCH", "/api/v1/billing/intercom-flats"));
    let expected = json!({"intercom_id": INTERCOM, "flat_id": flat, "is_landline_sip_line_available": false});
    assert_eq!(request.body, expected);
}

#[tokio::test]
async fn both_accounts_sign_in_with_login_and_password() {
    let world = world().await;
    let options = world.simulator.options();
    let password = |text: &str| SecretString::from(text.to_owned());
    let session =
        admin::sign_in(&world.connection, &options.admin.login, &password(&options.admin.password)).await;
    assert!(session.unwrap().expires_at.is_some());
    let secret = password(&options.client.password);
    let sign_in =
        ClientSignIn { login: &options.client.login, password: &secret, captcha: None, end_session: None };
    let session = client::sign_in(&world.connection, &sign_in).await;
    assert!(session.unwrap().account.id.is_some());
    let refused = admin::sign_in(&world.connection, "nobody", &password("wrong")).await.unwrap_err();
    assert_eq!(refused.refused_with(), Some(422));
}

#[tokio::test]
async fn the_probe_knows_such_a_server_by_its_answer() {
    let world = world().await;
    assert!(open::basic(&world.connection).await.unwrap().version.is_some());
}

#[tokio::test]
async fn lists_of_intercoms_and_a_single_one_are_read() {
    let world = world_with(Options { admin_list: true, ..Options::default() }).await;
    let mine = client::intercoms(&world.connection, &world.client).await.unwrap().items;
    let all = admin::intercoms(&world.connection, &world.admin).await.unwrap().items;
    assert!(mine.len() < all.len());
    let by = IntercomBy::Id(INTERCOM);
    let one = billing::find_intercom(&world.connection, Some(&world.admin), &by).await.unwrap();
    assert_eq!(one.intercom.id, INTERCOM);
}
