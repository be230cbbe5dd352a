use desk::views::{
    AccountKind, AddIntercom, AnswerRef, BillingCredential, FlatListing, IntercomName, IntercomRef, Search,
    SetBilling, SignInAccount, SignOut,
};
use simulator::{Account, BillingAccess};

use crate::world::{INTERCOM, World};

async fn sign_out(world: &World) {
    let out = SignOut { server: world.server.clone(), account: AccountKind::Admin };
    world.desk.sign_out(out).await.unwrap();
}

fn intercom(world: &World) -> IntercomRef {
    IntercomRef { server: world.server.clone(), intercom: INTERCOM }
}

/// What the card says of a flat by its number.
async fn answered(world: &World, number: &str) -> desk::views::Answer {
    let server = world.server.clone();
    let number = Some(number.to_owned());
    let request = AnswerRef { server, intercom: INTERCOM, flat: None, number, code: None };
    world.desk.get_answer(request).await.unwrap()
}

#[tokio::test]
async fn an_explicit_sign_out_hides_the_flats_at_once_until_somebody_signs_in_and_an_ended_sign_in_does_not()
{
    let world = World::signed_in().await;
    let flat = world.first_flat().await;
    world.desk.load_keys(intercom(&world)).await.unwrap();
    let before = world.flats("").await;
    world.simulator.control().expire(Account::Admin);
    world.desk.load_flats(intercom(&world)).await.unwrap_err();
    assert_eq!(world.flats("").await.total, before.total);

    sign_out(&world).await;
    let hidden = world.flats("").await;
    assert_eq!((hidden.total, hidden.loaded, hidden.oldest_at, hidden.rows.len()), (0, 0, None, 0));
    assert!(
        world.desk.search(Search { text: flat.number.clone(), more: None }).await.unwrap().flats.is_empty()
    );
    let card = answered(&world, &flat.number).await;
    assert!(card.flat.is_none() && card.door.is_none());
    let loaded = world.desk.load_flats(intercom(&world)).await.unwrap();
    assert_eq!((loaded.listing, loaded.total), (FlatListing::NoAccount, 0));
    assert_eq!(world.desk.load_keys(intercom(&world)).await.unwrap().total, 0, "nor how many keys there are");

    let asked = world.simulator.control().requests().len();
    world.sign_in(SignInAccount::Admin).await.unwrap();
    assert_eq!(world.flats("").await.rows, before.rows);
    assert_eq!(world.simulator.control().requests().len(), asked + 1, "the sign-in");
}

#[tokio::test]
async fn the_door_numbers_that_billing_told_stay_without_what_the_admin_account_told_of_them() {
    let world = World::signed_in_at(|options| options.billing = BillingAccess::Open).await;
    let billing = SetBilling { server: world.server.clone(), credential: BillingCredential::None };
    world.desk.set_billing(billing).await.unwrap();
    let by = IntercomName::Id { id: INTERCOM };
    let added = world.desk.add_intercom(AddIntercom { server: world.server.clone(), by }).await.unwrap();
    let range = added.flats.unwrap();
    let flat = world.first_flat().await;
    world.desk.load_flat(world.some_flat()).await.unwrap();

    sign_out(&world).await;
    for is_loaded in [false, true] {
        if is_loaded {
            let loaded = world.desk.load_flats(intercom(&world)).await.unwrap();
            assert_eq!(loaded.listing, FlatListing::Range);
        }
        let doors = world.flats("").await;
        assert_eq!(doors.total, (range.to - range.from + 1) as usize, "{is_loaded}");
        for door in doors.rows {
            assert_eq!((door.id, door.key_count, door.resident_count), (None, None, None));
            assert_eq!(door.lines.analog.confirmed_at, None);
        }
        let card = answered(&world, &flat.number).await;
        assert_eq!((card.flat.is_none(), card.door.unwrap().number), (true, flat.number.clone()));
    }
}
