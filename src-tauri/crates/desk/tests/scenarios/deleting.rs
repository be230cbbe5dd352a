use chrono::TimeDelta;
use desk::ErrorCode;
use desk::views::{
    AccountKind, CodeDeleted, CodeState, DeleteCodes, DeleteOutcome, Deletion, Proof, SignInAccount, SignOut,
};
use simulator::Dialect;
use simulator::control::{Call, Edit, Fault, Times};

use crate::world::World;

async fn delete(world: &World, keys: &[&str]) -> Vec<CodeDeleted> {
    let keys = keys.iter().map(|key| (*key).to_owned()).collect();
    world.desk.delete_codes(DeleteCodes { server: world.server.clone(), keys }).await.unwrap().results
}

fn outcomes(results: &[CodeDeleted]) -> Vec<DeleteOutcome> {
    results.iter().map(|one| one.outcome).collect()
}

#[tokio::test]
async fn codes_of_both_accounts_are_deleted_together_and_are_gone_from_list_and_server() {
    let world = World::signed_in().await;
    let flat = world.first_flat().await;
    let by_flat = world.issue(Some(flat), "Courier").await.unwrap().row;
    let by_intercom = world.issue(None, "Guest").await.unwrap().row;
    let before = world.simulator.control().codes().len();
    let results = delete(&world, &[&by_flat.key, "c999999", &by_intercom.key]).await;
    assert_eq!(outcomes(&results), [DeleteOutcome::Deleted, DeleteOutcome::Kept, DeleteOutcome::Deleted]);
    assert_eq!(results[1].error.as_ref().unwrap().code, ErrorCode::UnknownRecord);
    assert_eq!(results[0].title, "Courier");
    assert_eq!(world.simulator.control().codes().len(), before - 2);
    assert!(world.codes("Courier").await.is_empty() && world.codes("Guest").await.is_empty());
}

#[tokio::test]
async fn a_listed_code_is_deleted_by_its_row() {
    let world = World::signed_in().await;
    world.desk.load_codes(world.server()).await.unwrap();
    let row = world.codes("").await.remove(0);
    assert_eq!(row.deletion, Deletion::Possible);
    assert_eq!(outcomes(&delete(&world, &[&row.key]).await), [DeleteOutcome::Deleted]);
    assert!(world.codes("").await.iter().all(|one| one.key != row.key));
}

#[tokio::test]
async fn more_codes_than_one_call_takes_go_in_several() {
    let world = World::signed_in().await;
    let mut keys = Vec::new();
    for number in 0..205 {
        keys.push(world.issue(None, &format!("Guest {number}")).await.unwrap().row.key);
    }
    let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
    let results = delete(&world, &keys).await;
    assert!(results.iter().all(|one| one.outcome == DeleteOutcome::Deleted));
    assert!(world.codes("Guest").await.is_empty());
    let requests = world.simulator.control().requests();
    assert_eq!(requests.iter().filter(|one| one.call == Some(Call::DeleteCodesClient)).count(), 2);
}

#[tokio::test]
async fn a_lost_answer_is_settled_by_the_list_where_there_is_one() {
    let world = World::signed_in().await;
    let guest = world.issue(None, "Guest").await.unwrap().row;
    world.simulator.control().fault(Call::DeleteCodesClient, Fault::ResetAfter, Times::Count(1));
    let results = delete(&world, &[&guest.key]).await;
    assert_eq!(outcomes(&results), [DeleteOutcome::Deleted], "the list no longer has it");
    assert!(results[0].error.is_none());
}

#[tokio::test]
async fn a_lost_answer_without_a_list_stays_open_and_deleting_again_is_safe() {
    let world = World::signed_in().await;
    let flat = world.first_flat().await;
    let code = world.issue(Some(flat), "Courier").await.unwrap().row;
    world.simulator.control().fault(Call::DeleteCodesAdmin, Fault::ResetAfter, Times::Count(1));
    let results = delete(&world, &[&code.key]).await;
    assert_eq!(outcomes(&results), [DeleteOutcome::Unknown]);
    assert_eq!(results[0].error.as_ref().unwrap().code, ErrorCode::WriteUnknown);
    assert_eq!(world.codes("Courier").await[0].deletion, Deletion::Unsettled);
    let requests = world.simulator.control().requests();
    assert_eq!(requests.iter().filter(|one| one.call == Some(Call::DeleteCodesAdmin)).count(), 1);
    assert_eq!(outcomes(&delete(&world, &[&code.key]).await), [DeleteOutcome::Deleted]);
    assert!(world.codes("Courier").await.is_empty());
}

#[tokio::test]
async fn a_yes_that_the_list_contradicts_is_told() {
    let world = World::signed_in().await;
    let guest = world.issue(None, "Guest").await.unwrap().row;
    world.simulator.control().fault(Call::DeleteCodesClient, Fault::Html, Times::Count(1));
    // A page for people with status 200: nothing was done, and the server said yes.
    let results = delete(&world, &[&guest.key]).await;
    assert!(matches!(results[0].outcome, DeleteOutcome::StillThere | DeleteOutcome::Unknown));
    assert_eq!(world.codes("Guest").await.len(), 1);
}

#[tokio::test]
async fn a_refusal_keeps_the_code_and_says_why() {
    let world = World::signed_in().await;
    let guest = world.issue(None, "Guest").await.unwrap().row;
    world.simulator.control().fault(Call::DeleteCodesClient, Fault::Status { status: 403 }, Times::Count(1));
    let results = delete(&world, &[&guest.key]).await;
    assert_eq!(outcomes(&results), [DeleteOutcome::Kept]);
    assert_eq!(results[0].error.as_ref().unwrap().code, ErrorCode::Forbidden);
}

#[tokio::test]
async fn a_server_without_the_call_is_learned_and_remembered() {
    let world = World::signed_in_at(|options| options.dialect = Dialect::V23_12).await;
    let flat = world.first_flat().await;
    let code = world.issue(Some(flat), "Courier").await.unwrap().row;
    assert_eq!(code.deletion, Deletion::Possible, "nobody has asked yet");
    let results = delete(&world, &[&code.key]).await;
    assert_eq!(outcomes(&results), [DeleteOutcome::Kept]);
    assert_eq!(results[0].error.as_ref().unwrap().code, ErrorCode::NotOffered);
    assert_eq!(world.codes("Courier").await[0].deletion, Deletion::NotOffered);
}

#[tokio::test]
async fn a_code_of_an_account_that_is_not_signed_in_cannot_be_deleted_and_says_so() {
    let world = World::signed_out(|_| {}).await;
    world.sign_in(SignInAccount::Client).await.unwrap();
    world.desk.load_codes(world.server()).await.unwrap();
    let sign_out =
        desk::views::SignOut { server: world.server.clone(), account: desk::views::AccountKind::Client };
    world.desk.sign_out(sign_out).await.unwrap();
    assert!(world.codes("").await.iter().all(|one| one.deletion == Deletion::NoAccount));
}

#[tokio::test]
async fn a_code_is_gone_where_the_account_that_issued_it_lists_it_no_more_and_no_other_account_deletes_it() {
    let world = World::signed_in().await;
    let issued = world.issue(None, "Anna").await.unwrap().row;
    world.clock.pass(TimeDelta::minutes(1));
    let load = async || world.desk.load_codes(world.server()).await.unwrap();
    let sign_out = async || {
        let out = SignOut { server: world.server.clone(), account: AccountKind::Client };
        world.desk.sign_out(out).await.unwrap();
    };
    load().await;
    assert_eq!(world.codes("Anna").await[0].deletion, Deletion::Possible);

    // Whoever comes next has another list, without it.
    sign_out().await;
    world.simulator.control().edit(Edit::RemoveCode { code: issued.id.unwrap() }).unwrap();
    let with = Proof::Token { token: world.simulator.tokens().client.into() };
    world.desk.sign_in(world.sign_in_with(SignInAccount::Client, with)).await.unwrap();
    load().await;
    let kept = world.codes("Anna").await.remove(0);
    let expected = (&issued.code, CodeState::Live, Deletion::OtherAccount);
    assert_eq!((&kept.code, kept.state, kept.deletion), expected);
    let refused = delete(&world, &[&kept.key]).await.remove(0);
    assert_eq!(
        (refused.outcome, refused.error.unwrap().code),
        (DeleteOutcome::Kept, ErrorCode::OtherAccount)
    );
    let asked = world.simulator.control().requests();
    assert!(asked.iter().all(|request| request.call != Some(Call::DeleteCodesClient)));
    assert_eq!(world.codes("Anna").await.len(), 1);

    sign_out().await;
    world.sign_in(SignInAccount::Client).await.unwrap();
    load().await;
    assert!(world.codes("Anna").await.is_empty(), "its own list does not have it");
}

/// Signs another client account in: whose a pasted token is, nobody knows.
async fn sign_another_in(world: &World) {
    let with = Proof::Token { token: world.simulator.tokens().client.into() };
    world.desk.sign_in(world.sign_in_with(SignInAccount::Client, with)).await.unwrap();
}

#[tokio::test]
async fn whoever_signs_in_after_another_account_deletes_nothing_from_its_list() {
    for signs_out in [true, false] {
        let world = World::signed_in().await;
        let issued = world.issue(None, "Anna").await.unwrap().row;
        world.clock.pass(TimeDelta::minutes(1));
        world.desk.load_codes(world.server()).await.unwrap();
        let elsewhere = listed_elsewhere(&world, &issued.key).await;

        if signs_out {
            let out = SignOut { server: world.server.clone(), account: AccountKind::Client };
            world.desk.sign_out(out).await.unwrap();
        }
        sign_another_in(&world).await;
        // Nobody has read the list of the account that is signed in now.
        let keys: Vec<String> = world.codes("").await.into_iter().map(|row| row.key).collect();
        assert!(!keys.contains(&elsewhere), "{keys:?}");
        let results = delete(&world, &[&issued.key, &elsewhere]).await;
        assert_eq!(outcomes(&results), [DeleteOutcome::Kept, DeleteOutcome::Kept]);
        let asked = world.simulator.control().requests();
        assert!(asked.iter().all(|request| request.call != Some(Call::DeleteCodesClient)));
        assert_eq!(world.codes("Anna").await.len(), 1);
    }
}

/// A code of the client account that this desk did not issue.
async fn listed_elsewhere(world: &World, own: &str) -> String {
    let listed = world.codes("").await;
    listed.into_iter().find(|row| row.key != own && row.account == AccountKind::Client).unwrap().key
}

#[tokio::test]
async fn a_list_that_comes_after_somebody_else_has_signed_in_is_not_shown() {
    let world = World::signed_in().await;
    world.desk.load_codes(world.server()).await.unwrap();
    let elsewhere = listed_elsewhere(&world, "").await;
    world.clock.pass(TimeDelta::minutes(1));
    let control = world.simulator.control();
    let before = control.requests().len();
    control.fault(Call::ListCodes, Fault::Latency { ms: 500 }, Times::Count(1));
    let (late, ()) = tokio::join!(world.desk.load_codes(world.server()), async {
        control.wait_until_asked(Call::ListCodes, 2).await;
        sign_another_in(&world).await;
    });
    late.unwrap();
    assert!(control.requests().len() > before + 1);
    assert!(world.codes("").await.iter().all(|row| row.key != elsewhere));
}

#[tokio::test]
async fn a_list_of_somebody_who_signed_in_meanwhile_does_not_say_that_a_code_is_gone() {
    let world = World::signed_in().await;
    let issued = world.issue(None, "Anna").await.unwrap().row;
    world.clock.pass(TimeDelta::minutes(1));
    let control = world.simulator.control();
    control.fault(Call::DeleteCodesClient, Fault::ResetBefore, Times::Count(1));
    control.fault(Call::ListCodes, Fault::Latency { ms: 500 }, Times::Count(1));
    let keys = [issued.key.as_str()];
    let (results, ()) = tokio::join!(delete(&world, &keys), async {
        control.wait_until_asked(Call::ListCodes, 1).await;
        sign_another_in(&world).await;
    });
    assert_ne!(outcomes(&results), [DeleteOutcome::Deleted]);
    assert_eq!(world.codes("Anna").await.len(), 1);
}

#[tokio::test]
async fn a_code_for_a_flat_is_deleted_by_any_admin() {
    let world = World::signed_in().await;
    let flat = world.first_flat().await;
    let code = world.issue(Some(flat), "Courier").await.unwrap().row;
    let out = SignOut { server: world.server.clone(), account: AccountKind::Admin };
    world.desk.sign_out(out).await.unwrap();
    let with = Proof::Token { token: world.simulator.tokens().admin.into() };
    world.desk.sign_in(world.sign_in_with(SignInAccount::Admin, with)).await.unwrap();
    assert_eq!(world.codes("Courier").await[0].deletion, Deletion::Possible);
    assert_eq!(outcomes(&delete(&world, &[&code.key]).await), [DeleteOutcome::Deleted]);
}
