use desk::ErrorCode;
use desk::views::{FlatListing, FlatRef, IntercomRef, OnOff, SignInAccount, SourceState, Validity};
use simulator::control::{Call, Fault, Times};

use crate::world::{INTERCOM, World};

fn intercom(world: &World, intercom: u64) -> IntercomRef {
    IntercomRef { server: world.server.clone(), intercom }
}

#[tokio::test]
async fn intercoms_flats_and_one_flat_are_found_on_the_way_down() {
    let world = World::signed_in().await;
    let list = world.desk.list_intercoms(world.server()).await.unwrap();
    assert!(list.intercoms.iter().any(|one| one.online == Some(true)));
    assert!(list.intercoms.iter().any(|one| one.online == Some(false)));
    let loaded = world.desk.load_flats(intercom(&world, INTERCOM)).await.unwrap();
    assert_eq!((loaded.listing, loaded.total), (FlatListing::Complete, 120));
    let rows = world.flats("").rows;
    let busy = rows.iter().max_by_key(|row| row.key_count).unwrap();
    let named = FlatRef { server: world.server.clone(), intercom: INTERCOM, flat: busy.id };
    let flat = world.desk.get_flat(named).await.unwrap();
    assert_eq!(Some(flat.keys.len()), busy.key_count.map(|count| count as usize));
    assert_eq!(flat.lines.landline.state, OnOff::Unknown);
    assert!(flat.problems.is_empty());
}

#[tokio::test]
async fn a_resident_whose_account_ended_is_told_from_a_valid_one() {
    let world = World::signed_in().await;
    world.first_flat().await;
    let mut seen = Vec::new();
    for row in world.flats("").rows {
        let named = FlatRef { server: world.server.clone(), intercom: INTERCOM, flat: row.id };
        seen.extend(world.desk.get_flat(named).await.unwrap().residents.into_iter().map(|one| one.validity));
    }
    assert!(seen.contains(&Validity::Valid) && seen.contains(&Validity::Expired));
}

#[tokio::test]
async fn with_the_admin_account_alone_and_no_list_an_intercom_is_added_by_id_and_stays() {
    let world = World::signed_out(|_| {}).await;
    world.sign_in(SignInAccount::Admin).await.unwrap();
    let list = world.desk.list_intercoms(world.server()).await.unwrap();
    assert!(list.intercoms.is_empty());
    assert_eq!(list.sources[0].state, SourceState::NoAccount);
    assert_eq!(list.sources[1].state, SourceState::NotOffered);
    let added = world.desk.add_intercom(intercom(&world, INTERCOM)).await.unwrap();
    assert!(added.added && added.title.is_some(), "billing named it");
    world.desk.list_intercoms(world.server()).await.unwrap();
    let kept = world.restarted().list_intercoms(world.server()).await.unwrap().intercoms;
    assert_eq!(kept.iter().map(|one| (one.id, one.added)).collect::<Vec<_>>(), [(INTERCOM, true)]);
}

#[tokio::test]
async fn an_id_that_no_intercom_has_is_refused_where_the_server_can_tell() {
    let world = World::signed_in().await;
    world.first_flat().await;
    let error = world.desk.add_intercom(intercom(&world, 999)).await.unwrap_err();
    assert_eq!(error.code, ErrorCode::NotFound);
    for id in [0, 1 << 53] {
        let error = world.desk.add_intercom(intercom(&world, id)).await.unwrap_err();
        assert_eq!(error.code, ErrorCode::IdInvalid);
    }
}

#[tokio::test]
async fn an_intercom_added_by_id_can_be_taken_off_again() {
    let world = World::signed_out(|_| {}).await;
    world.sign_in(SignInAccount::Admin).await.unwrap();
    world.desk.add_intercom(intercom(&world, INTERCOM)).await.unwrap();
    let list = world.desk.forget_intercom(intercom(&world, INTERCOM)).await.unwrap();
    assert!(list.intercoms.is_empty());
}

#[tokio::test]
async fn where_flats_are_not_listed_one_still_opens_by_its_record_id() {
    let world = World::signed_in().await;
    let id = world.first_flat().await.id;
    world.simulator.control().fault(Call::ListFlats, Fault::Status { status: 404 }, Times::Always);
    let loaded = world.desk.load_flats(intercom(&world, INTERCOM)).await.unwrap();
    assert_eq!(loaded.listing, FlatListing::NotOffered);
    let named = FlatRef { server: world.server.clone(), intercom: INTERCOM, flat: id };
    assert_eq!(world.desk.get_flat(named).await.unwrap().id, id);
}

#[tokio::test]
async fn a_source_that_fails_does_not_hide_the_other_or_lose_what_was_known() {
    let world = World::signed_in().await;
    let before = world.desk.list_intercoms(world.server()).await.unwrap().intercoms;
    world.simulator.control().fault(Call::ListIntercomsClient, Fault::Status { status: 500 }, Times::Always);
    let list = world.desk.list_intercoms(world.server()).await.unwrap();
    assert_eq!(list.sources[0].state, SourceState::Failed);
    assert_eq!(list.sources[0].error.as_ref().unwrap().code, ErrorCode::ServerTrouble);
    assert_eq!(list.intercoms, before);
}
