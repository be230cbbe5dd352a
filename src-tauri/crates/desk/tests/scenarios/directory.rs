use desk::ErrorCode;
use desk::views::{
    AddIntercom, FirstSightOf, FlatListing, FlatRef, FlatSort, IntercomName, IntercomRef, KeyListing,
    KeyOwner, KeySort, ListKeys, OnOff, ServerRef, SignInAccount, SourceState, Validity,
};
use simulator::control::{Call, Fault, Times};

use crate::world::{INTERCOM, World};

fn intercom(world: &World, intercom: u64) -> IntercomRef {
    IntercomRef { server: world.server.clone(), intercom }
}

fn by_id(world: &World, id: u64) -> AddIntercom {
    AddIntercom { server: world.server.clone(), by: IntercomName::Id { id } }
}

#[tokio::test]
async fn intercoms_flats_and_one_flat_are_found_on_the_way_down() {
    let world = World::signed_in().await;
    let list = world.desk.load_intercoms(world.server()).await.unwrap();
    assert!(list.intercoms.iter().any(|one| one.online == Some(true)));
    assert!(list.intercoms.iter().any(|one| one.online == Some(false)));
    let loaded = world.desk.load_flats(intercom(&world, INTERCOM)).await.unwrap();
    assert_eq!((loaded.listing, loaded.total), (FlatListing::Complete, 120));
    let rows = world.flats("").await.rows;
    let busy = rows.iter().max_by_key(|row| row.key_count).unwrap();
    let named = FlatRef { server: world.server.clone(), intercom: INTERCOM, flat: busy.id.unwrap() };
    let flat = world.desk.load_flat(named).await.unwrap();
    assert_eq!(Some(flat.keys.unwrap().len()), busy.key_count.map(|count| count as usize));
    assert_eq!(flat.lines.landline.state, OnOff::Unknown);
    assert!(flat.problems.is_empty());
}

#[tokio::test]
async fn a_resident_whose_account_ended_is_told_from_a_valid_one() {
    let world = World::signed_in().await;
    world.first_flat().await;
    let mut seen = Vec::new();
    for row in world.flats("").await.rows {
        let named = FlatRef { server: world.server.clone(), intercom: INTERCOM, flat: row.id.unwrap() };
        let flat = world.desk.load_flat(named).await.unwrap();
        seen.extend(flat.residents.unwrap().into_iter().map(|one| one.validity));
    }
    assert!(seen.contains(&Validity::Valid) && seen.contains(&Validity::Expired));
}

#[tokio::test]
async fn with_the_admin_account_alone_and_no_list_an_intercom_is_added_by_id_and_stays() {
    let world = World::signed_out(|_| {}).await;
    world.sign_in(SignInAccount::Admin).await.unwrap();
    let list = world.desk.load_intercoms(world.server()).await.unwrap();
    assert!(list.intercoms.is_empty());
    assert_eq!(list.sources[0].state, SourceState::NoAccount);
    assert_eq!(list.sources[1].state, SourceState::NotOffered);
    let added = world.desk.add_intercom(by_id(&world, INTERCOM)).await.unwrap();
    assert!(added.added && added.title.is_some(), "billing named it");
    world.desk.load_intercoms(world.server()).await.unwrap();
    let kept = world.restarted().load_intercoms(world.server()).await.unwrap().intercoms;
    assert_eq!(kept.iter().map(|one| (one.id, one.added)).collect::<Vec<_>>(), [(INTERCOM, true)]);
}

#[tokio::test]
async fn an_id_that_no_intercom_has_is_refused_where_the_server_can_tell() {
    let world = World::signed_in().await;
    world.first_flat().await;
    let error = world.desk.add_intercom(by_id(&world, 999)).await.unwrap_err();
    assert_eq!(error.code, ErrorCode::NotFound);
    for id in [0, 1 << 53] {
        let error = world.desk.add_intercom(by_id(&world, id)).await.unwrap_err();
        assert_eq!(error.code, ErrorCode::IdInvalid);
    }
}

#[tokio::test]
async fn an_intercom_added_by_id_can_be_taken_off_again() {
    let world = World::signed_out(|_| {}).await;
    world.sign_in(SignInAccount::Admin).await.unwrap();
    world.desk.add_intercom(by_id(&world, INTERCOM)).await.unwrap();
    let list = world.desk.forget_intercom(intercom(&world, INTERCOM)).await.unwrap();
    assert!(list.intercoms.is_empty());
}

#[tokio::test]
async fn where_the_person_looked_last_outlives_the_program_until_that_is_taken_off_the_list() {
    let world = World::signed_in().await;
    let server = || ServerRef { server: world.server.clone() };
    let loaded = async |desk: &desk::Desk| desk.load_intercoms(server()).await.unwrap();
    let first = async |desk: &desk::Desk| {
        let first = loaded(desk).await.first;
        assert_eq!(desk.list_intercoms(server()).await.unwrap().first, first);
        first
    };
    assert_eq!(world.desk.list_intercoms(server()).await.unwrap().first, None);
    let intercoms = loaded(&world.desk).await.intercoms;
    let [other, last] = [intercoms[0].id, intercoms[1].id];
    assert_eq!(first(&world.desk).await, Some(other));
    world.desk.remember_intercom(intercom(&world, last)).await.unwrap();
    assert_eq!(first(&world.desk).await, Some(last));
    assert_eq!(first(&world.restarted()).await, Some(last));
    world.desk.forget_intercom(intercom(&world, last)).await.unwrap();
    assert_eq!(first(&world.desk).await, Some(other));
    assert_eq!(first(&world.restarted()).await, Some(other));
    let elsewhere = IntercomRef { server: "gone".to_owned(), intercom: INTERCOM };
    assert_eq!(world.desk.remember_intercom(elsewhere).await.unwrap_err().code, ErrorCode::UnknownServer);
}

#[tokio::test]
async fn a_window_is_told_at_once_what_it_shows_first() {
    let world = World::signed_in().await;
    let sight = async |intercom| {
        let ask = FirstSightOf { intercom, sort: FlatSort::Number, descending: true, limit: 3 };
        world.desk.first_sight(ask).await
    };
    let empty = sight(None).await;
    assert_eq!(empty.state.active.as_deref(), Some(&*world.server));
    let buildings = empty.buildings.unwrap();
    assert_eq!((buildings.open, buildings.flats.is_none()), (None, true));
    world.desk.load_intercoms(ServerRef { server: world.server.clone() }).await.unwrap();
    world.desk.load_flats(intercom(&world, INTERCOM)).await.unwrap();
    world.desk.remember_intercom(intercom(&world, INTERCOM)).await.unwrap();
    let before = world.simulator.control().requests().len();
    // What the address names and is not there, is not shown.
    for named in [None, Some(INTERCOM), Some(4_000_000)] {
        let buildings = sight(named).await.buildings.unwrap();
        assert_eq!((buildings.open, buildings.intercoms.first), (Some(INTERCOM), Some(INTERCOM)));
        let flats = buildings.flats.unwrap();
        let all = world.flats("").await;
        let last: Vec<_> = all.rows.iter().rev().take(3).map(|row| row.number.clone()).collect();
        assert_eq!(flats.rows.into_iter().map(|row| row.number).collect::<Vec<_>>(), last);
        assert_eq!(flats.total, all.total);
    }
    let other = another_intercom(&world, INTERCOM).await;
    let named = sight(Some(other)).await.buildings.unwrap();
    assert_eq!((named.open, named.intercoms.first), (Some(other), Some(INTERCOM)));
    assert_eq!(world.simulator.control().requests().len(), before);
    world.desk.remove_server(world.server()).await.unwrap();
    let nowhere = sight(Some(other)).await;
    assert!(nowhere.state.active.is_none() && nowhere.buildings.is_none());
}

/// Another intercom that is known.
async fn another_intercom(world: &World, intercom: u64) -> u64 {
    let list = world.desk.list_intercoms(ServerRef { server: world.server.clone() }).await.unwrap();
    list.intercoms.iter().map(|each| each.id).find(|id| *id != intercom).unwrap()
}

#[tokio::test]
async fn where_flats_are_not_listed_one_still_opens_by_its_record_id() {
    let world = World::signed_in_at(|options| options.billing_show = false).await;
    let id = World::signed_in().await.first_flat().await.id;
    world.simulator.control().fault(Call::ListFlats, Fault::Status { status: 404 }, Times::Always);
    let loaded = world.desk.load_flats(intercom(&world, INTERCOM)).await.unwrap();
    assert_eq!((loaded.listing, loaded.total), (FlatListing::NotOffered, 0));
    let named = FlatRef { server: world.server.clone(), intercom: INTERCOM, flat: id };
    assert_eq!(world.desk.load_flat(named).await.unwrap().id, id);
}

#[tokio::test]
async fn where_flats_are_not_listed_the_panels_door_numbers_are() {
    let world = World::signed_in().await;
    world.simulator.control().fault(Call::ListFlats, Fault::Status { status: 404 }, Times::Always);
    let loaded = world.desk.load_flats(intercom(&world, INTERCOM)).await.unwrap();
    assert_eq!((loaded.listing, loaded.total), (FlatListing::Range, 120));
    assert!(world.flats("").await.rows.iter().all(|row| row.id.is_none() && row.key_count.is_none()));
}

#[tokio::test]
async fn an_intercom_whose_list_is_missing_is_told_from_a_server_without_the_list() {
    let world = World::signed_in().await;
    world.first_flat().await;
    let error = world.desk.load_flats(intercom(&world, 999)).await.unwrap_err();
    assert_eq!(error.code, ErrorCode::NotFound);
}

#[tokio::test]
async fn keys_are_listed_with_their_owners_and_flats() {
    let world = World::signed_in().await;
    world.first_flat().await;
    let loaded = world.desk.load_keys(intercom(&world, INTERCOM)).await.unwrap();
    assert_eq!(loaded.listing, KeyListing::Complete);
    assert!(loaded.problems.is_empty());
    let list = async |filter: &str| {
        let filtered = ListKeys {
            server: world.server.clone(),
            intercom: INTERCOM,
            filter: filter.to_owned(),
            sort: KeySort::Flat,
            descending: false,
            offset: 0,
            limit: 500,
        };
        world.desk.list_keys(filtered).await.unwrap()
    };
    let all = list("").await;
    assert_eq!((all.total, all.loaded), (loaded.total, loaded.total));
    assert!(all.rows.iter().any(|row| matches!(row.owner, KeyOwner::User { .. })));
    assert!(all.rows.iter().any(|row| matches!(row.owner, KeyOwner::Nobody)));
    let one = all.rows.iter().find(|row| row.flat.is_some()).unwrap();
    let found = list(&one.key.to_lowercase()).await;
    assert_eq!(found.rows.iter().map(|row| row.id).collect::<Vec<_>>(), [one.id]);
}

#[tokio::test]
async fn the_lines_beside_the_keys_make_the_flats_lines_known() {
    let world = World::signed_in().await;
    world.first_flat().await;
    let known = async || {
        let rows = world.flats("").await.rows;
        rows.iter().filter(|row| row.lines.landline.state != OnOff::Unknown).count()
    };
    assert_eq!(known().await, 0, "this dialect's list of flats does not tell the landline");
    world.desk.load_keys(intercom(&world, INTERCOM)).await.unwrap();
    assert!(known().await > 0);
}

#[tokio::test]
async fn an_intercom_is_added_by_its_hardware_address_however_that_is_written() {
    let world = World::signed_out(|_| {}).await;
    world.sign_in(SignInAccount::Admin).await.unwrap();
    let told = world.desk.add_intercom(by_id(&world, INTERCOM)).await.unwrap();
    let mac = told.mac.unwrap();
    for written in [mac.to_lowercase(), mac.replace(':', "-"), mac.replace(':', "")] {
        let by = IntercomName::Mac { mac: written };
        let added = world.desk.add_intercom(AddIntercom { server: world.server.clone(), by }).await.unwrap();
        assert_eq!(added.id, INTERCOM);
    }
    for by in [
        IntercomName::Mac { mac: "00:00:00:00:00:00".to_owned() },
        IntercomName::ExternalId { id: "nobody's".to_owned() },
    ] {
        let request = AddIntercom { server: world.server.clone(), by };
        assert_eq!(world.desk.add_intercom(request).await.unwrap_err().code, ErrorCode::UnknownIntercom);
    }
    for by in [
        IntercomName::Mac { mac: "front door".to_owned() },
        IntercomName::ExternalId { id: " ".to_owned() },
        IntercomName::Id { id: 0 },
    ] {
        let request = AddIntercom { server: world.server.clone(), by };
        assert_eq!(world.desk.add_intercom(request).await.unwrap_err().code, ErrorCode::IdInvalid);
    }
}

#[tokio::test]
async fn an_online_state_that_was_not_told_again_keeps_its_age() {
    let world = World::signed_in().await;
    let asked_at = desk::Clock::now(&world.clock);
    let first = world.desk.load_intercoms(world.server()).await.unwrap().intercoms.remove(0);
    assert_eq!(first.online_at, Some(asked_at));
    world.clock.pass(chrono::TimeDelta::minutes(20));
    world.simulator.control().fault(Call::ListIntercomsClient, Fault::Status { status: 500 }, Times::Always);
    let again = world.desk.load_intercoms(world.server()).await.unwrap().intercoms.remove(0);
    assert_eq!(again.online_at, Some(asked_at));
}

#[tokio::test]
async fn a_source_that_fails_does_not_hide_the_other_or_lose_what_was_known() {
    let world = World::signed_in().await;
    let before = world.desk.load_intercoms(world.server()).await.unwrap().intercoms;
    world.simulator.control().fault(Call::ListIntercomsClient, Fault::Status { status: 500 }, Times::Always);
    let list = world.desk.load_intercoms(world.server()).await.unwrap();
    assert_eq!(list.sources[0].state, SourceState::Failed);
    assert_eq!(list.sources[0].error.as_ref().unwrap().code, ErrorCode::ServerTrouble);
    assert_eq!(list.intercoms, before);
}
