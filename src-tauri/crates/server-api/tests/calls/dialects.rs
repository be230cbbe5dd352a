//! Every call in the dialect of every version, with the calls that version documents.

use server_api::{ApiError, Owner, Probe, admin, billing, client, probe};
use simulator::{Dialect, Options};

use crate::every_call::{INTERCOM, Made, end, make, prepare};
use crate::{World, world_with};

async fn speaking(dialect: Dialect) -> World {
    world_with(Options::documented(dialect)).await
}

/// What a version lacks answers 404, or 405 where the path is another call's.
fn is_missing(dialect: Dialect, call: Made) -> bool {
    match call {
        // No version documents these.
        Made::AdminIntercoms | Made::Probe(Probe::AdminIntercoms) => true,
        Made::AdminCodes | Made::Probe(Probe::AdminCodes { .. }) => true,
        Made::Keys | Made::Probe(Probe::Keys { .. }) | Made::AdminDeleteCodes => dialect < Dialect::V24_12,
        Made::FindIntercom | Made::Probe(Probe::ShowIntercom { .. }) => dialect < Dialect::V25_12,
        _ => false,
    }
}

#[tokio::test]
async fn every_call_is_answered_in_every_dialect_that_has_it_and_refused_in_the_others() {
    for dialect in Dialect::ALL {
        let world = speaking(dialect).await;
        let ready = prepare(&world).await;
        for call in Made::ALL {
            match (make(&world, &ready, call).await, is_missing(dialect, call)) {
                (Ok(()), false) => {}
                (Err(ApiError::Refused(refusal)), true) if matches!(refusal.status, 404 | 405) => {}
                (answer, _) => panic!("{call:?} in {dialect:?}: {answer:?}"),
            }
        }
    }
}

#[tokio::test]
async fn lines_and_dates_mean_the_same_in_every_dialect() {
    for dialect in Dialect::ALL {
        let world = speaking(dialect).await;
        let World { connection, admin, client, .. } = &world;
        let flats = admin::flats(connection, admin, INTERCOM).await.unwrap();
        assert_eq!((flats.problems.len(), flats.left_out, flats.is_complete), (0, 0, true), "{dialect:?}");
        let listed = &flats.items[0];
        assert!(listed.lines.analog.is_some() && listed.lines.smartphone.is_some(), "{dialect:?}");
        assert_eq!(listed.lines.landline.is_some(), dialect != Dialect::V24_12, "{dialect:?}");
        assert_eq!((&listed.keys, &listed.users), (&None, &None), "the list says nothing of them");
        let (flat, problems) = admin::flat(connection, admin, INTERCOM, listed.id).await.unwrap();
        assert_eq!((flat.lines, problems), (listed.lines, vec![]), "{dialect:?}");
        assert!(flat.keys.is_some() && flat.users.is_some(), "{dialect:?}");
        let code = admin::create_code(connection, admin, INTERCOM, listed.id, "x", end()).await.unwrap();
        assert_eq!((code.expired_at, code.flat.map(|flat| flat.id)), (Some(end()), Some(listed.id)));
        let code = client::create_code(connection, client, INTERCOM, "x", end()).await.unwrap();
        assert_eq!(code.expired_at, Some(end()), "{dialect:?}");
        let codes = client::codes(connection, client).await.unwrap();
        assert_eq!(codes.problems, [], "{dialect:?}");
        assert_eq!(codes.items.iter().find(|one| one.id == code.id).unwrap().expired_at, Some(end()));
    }
}

#[tokio::test]
async fn the_keys_of_an_intercom_are_those_of_its_flats() {
    for dialect in [Dialect::V24_12, Dialect::V25_12] {
        let world = speaking(dialect).await;
        let World { connection, admin, .. } = &world;
        let keys = admin::keys(connection, admin, INTERCOM).await.unwrap();
        assert!(keys.is_complete && keys.items.len() > 1, "{dialect:?}");
        assert_eq!(keys.problems, [], "{dialect:?}");
        let bound = keys.items.iter().find(|key| key.flat.is_some()).unwrap();
        let beside = bound.flat.as_ref().unwrap();
        let (flat, _) = admin::flat(connection, admin, INTERCOM, beside.id).await.unwrap();
        assert_eq!(flat.number, beside.number);
        let same = flat.keys.unwrap().into_iter().find(|key| key.id == bound.id).unwrap();
        assert_eq!(same.key, bound.key);
        let owner = |owner: &Owner| match owner {
            Owner::User(user) => Some(user.id),
            Owner::None => None,
            Owner::Unknown => panic!("{dialect:?} says who owns a key"),
        };
        assert_eq!(owner(&same.owner), owner(&bound.owner));
        assert!(beside.lines.landline.is_some(), "{dialect:?}");
        assert!(bound.created_at.is_some(), "{dialect:?}");
    }
}

#[tokio::test]
async fn a_probe_asks_once_and_for_one_record() {
    let world = world_with(Options { admin_list: true, admin_codes_list: true, ..Options::default() }).await;
    let World { connection, admin, client, .. } = &world;
    let flats = Probe::Flats { intercom: INTERCOM };
    for (bearer, what, path) in [
        (admin, Probe::AdminIntercoms, "/api/admin/v1/intercoms?per_page=1&page=1"),
        (admin, flats, "/api/admin/v1/intercoms/21/flats?per_page=1&page=1"),
        (admin, Probe::Keys { intercom: INTERCOM }, "/api/admin/v1/intercoms/21/keys?per_page=1&page=1"),
        (
            admin,
            Probe::AdminCodes { intercom: INTERCOM },
            "/api/admin/v1/intercom/21/codes?per_page=1&page=1",
        ),
        (client, Probe::ClientIntercoms, "/api/v1/intercom?per_page=1&page=1"),
        (client, Probe::ClientCodes, "/api/v1/intercom/codes?per_page=1&page=1"),
        (client, Probe::Sessions, "/api/v1/sessions"),
        (admin, Probe::ShowIntercom { id: INTERCOM }, "/api/v1/billing/intercoms/show?id=21"),
    ] {
        probe(connection, Some(bearer), what).await.unwrap();
        let requests = world.simulator.control().requests();
        assert_eq!(requests.last().unwrap().path, path);
    }
    assert_eq!(world.simulator.control().requests().len(), 8);
    let unknown = billing::IntercomBy::Mac("00:00:00:00:00:00".to_owned());
    let error = billing::find_intercom(connection, Some(admin), &unknown).await.unwrap_err();
    assert_eq!(error.refused_with(), Some(404));
}
