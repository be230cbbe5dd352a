use desk::views::{
    AccountKind, BillingCredential, Capability, CapabilityState, FlatListing, FlatTarget, IntercomName,
    IntercomRef, LineName, OnOff, ServerView, ServerWarning, SetBilling, SignInAccount, SourceState,
    SwitchLine,
};
use simulator::{BillingAccess, Dialect, Options};

use crate::world::{INTERCOM, World};

fn state(server: &ServerView, capability: Capability) -> CapabilityState {
    server.capabilities.iter().find(|one| one.capability == capability).unwrap().state
}

#[tokio::test]
async fn what_a_server_answers_is_found_out_gently_and_remembered() {
    let world = World::signed_in().await;
    let view = world.desk.check_capabilities(world.server()).await.unwrap();
    for (capability, expected) in [
        (Capability::AdminIntercoms, CapabilityState::Missing),
        (Capability::AdminCodes, CapabilityState::Missing),
        (Capability::Flats, CapabilityState::Answers),
        (Capability::Keys, CapabilityState::Answers),
        (Capability::ClientIntercoms, CapabilityState::Answers),
        (Capability::ClientCodes, CapabilityState::Answers),
        (Capability::Sessions, CapabilityState::Answers),
        (Capability::ShowIntercom, CapabilityState::Answers),
        // What changes something is not tried for the sake of knowing.
        (Capability::DeleteClientCodes, CapabilityState::Unknown),
        (Capability::SwitchLines, CapabilityState::Unknown),
    ] {
        assert_eq!(state(&view, capability), expected, "{capability:?}");
    }
    assert!(view.version.as_deref().is_some_and(|version| version.starts_with("24.12")));
    assert!(view.warnings.is_empty());
    assert_eq!(view.capabilities.len(), Capability::ALL.len());
    let requests = world.simulator.control().requests();
    assert!(requests.iter().all(|one| one.method != "DELETE" && one.method != "PATCH"));
    let again = world.restarted().app_state().await.servers.remove(0);
    assert_eq!(again.capabilities, view.capabilities);
}

#[tokio::test]
async fn every_dialect_is_found_out_as_it_is() {
    for (dialect, keys, show) in [
        (Dialect::V23_12, CapabilityState::Missing, CapabilityState::Missing),
        (Dialect::V24_12, CapabilityState::Answers, CapabilityState::Missing),
        (Dialect::V25_12, CapabilityState::Answers, CapabilityState::Answers),
    ] {
        let clock = |options: &mut Options| {
            *options = Options { clock: options.clock.clone(), ..Options::documented(dialect) };
        };
        let world = World::signed_in_at(clock).await;
        let view = world.desk.check_capabilities(world.server()).await.unwrap();
        assert_eq!(state(&view, Capability::Keys), keys, "{dialect:?}");
        assert_eq!(state(&view, Capability::ShowIntercom), show, "{dialect:?}");
        let flat = world.first_flat().await;
        world.issue(Some(flat), "Courier").await.unwrap();
        world.issue(None, "Guest").await.unwrap();
        world.desk.load_codes(world.server()).await.unwrap();
        assert_eq!(world.codes("Guest").await.len(), 1, "{dialect:?}");
    }
}

#[tokio::test]
async fn a_billing_that_answers_without_any_credential_is_a_warning() {
    let world = World::signed_in_at(|options| options.billing = BillingAccess::Open).await;
    let view = world.desk.check_capabilities(world.server()).await.unwrap();
    assert_eq!(view.warnings, [ServerWarning::BillingOpen]);
    let again = world.restarted().app_state().await.servers.remove(0);
    assert_eq!(again.warnings, [ServerWarning::BillingOpen]);
}

#[tokio::test]
async fn none_of_the_optional_calls_and_the_contract_still_works() {
    let world = World::signed_in_at(|options| {
        *options = Options { clock: options.clock.clone(), ..Options::bare() };
    })
    .await;
    let view = world.desk.check_capabilities(world.server()).await.unwrap();
    assert_eq!(state(&view, Capability::Flats), CapabilityState::Missing);
    assert_eq!(state(&view, Capability::Sessions), CapabilityState::Missing);
    let intercom = IntercomRef { server: world.server.clone(), intercom: INTERCOM };
    let loaded = world.desk.load_flats(intercom).await.unwrap();
    assert_eq!(loaded.listing, FlatListing::NotOffered);
    let flat = World::signed_in().await.first_flat().await;
    world.desk.load_flat(world.some_flat()).await.unwrap();
    assert_eq!(world.issue(Some(flat), "Courier").await.unwrap().difference, None);
    world.issue(None, "Guest").await.unwrap();
    world.desk.load_codes(world.server()).await.unwrap();
    assert_eq!(world.codes("Guest").await.len(), 1);
}

#[tokio::test]
async fn the_client_account_alone_shows_intercoms_and_codes_and_no_flats() {
    let world = World::signed_out(|_| {}).await;
    world.sign_in(SignInAccount::Client).await.unwrap();
    let list = world.desk.load_intercoms(world.server()).await.unwrap();
    assert!(!list.intercoms.is_empty());
    assert_eq!(list.sources[1].state, SourceState::NoAccount);
    let intercom = IntercomRef { server: world.server.clone(), intercom: INTERCOM };
    assert_eq!(world.desk.load_flats(intercom).await.unwrap().listing, FlatListing::NoAccount);
    world.issue(None, "Guest").await.unwrap();
    world.desk.check_capabilities(world.server()).await.unwrap();
}

#[tokio::test]
async fn billing_alone_switches_lines_by_door_number_and_learns_their_state_from_the_answer() {
    let world = World::signed_out(|options| options.billing = BillingAccess::OwnToken).await;
    let token = world.simulator.tokens().billing.unwrap().into();
    let credential = BillingCredential::Own { token };
    world.desk.set_billing(SetBilling { server: world.server.clone(), credential }).await.unwrap();
    let by = IntercomName::Id { id: INTERCOM };
    let added =
        world.desk.add_intercom(desk::views::AddIntercom { server: world.server.clone(), by }).await.unwrap();
    assert!(added.title.is_some() && added.flats.is_some());
    let intercom = IntercomRef { server: world.server.clone(), intercom: INTERCOM };
    let loaded = world.desk.load_flats(intercom).await.unwrap();
    assert_eq!(loaded.listing, FlatListing::Range);
    let row = world.flats("10").await.rows.remove(0);
    assert_eq!((row.id, row.lines.analog.state), (None, OnOff::Unknown));
    let flat = FlatTarget { id: None, number: row.number.clone() };
    let (server, line) = (world.server.clone(), LineName::Analog);
    let request = SwitchLine { server, intercom: INTERCOM, flat, line, on: false };
    let switched = world.desk.switch_line(request).await.unwrap();
    assert!(switched.as_asked, "{switched:?}");
    let row = world.flats("10").await.rows.remove(0);
    assert!(row.id.is_some(), "the answer told the record id");
    assert_eq!(row.lines.analog.state, OnOff::Off);
    assert_eq!(world.flats("").await.total, loaded.total, "and the flat is not there twice");
    let view = world.desk.check_capabilities(world.server()).await.unwrap();
    assert_eq!(state(&view, Capability::SwitchLines), CapabilityState::Answers);
    assert!(
        view.capabilities
            .iter()
            .filter(|one| one.account == AccountKind::Admin)
            .all(|one| one.state == CapabilityState::Unknown)
    );
}

#[tokio::test]
async fn codes_by_flat_are_listed_where_the_server_turns_out_to_list_them() {
    let world = World::signed_in_at(|options| options.admin_codes_list = true).await;
    let flat = world.first_flat().await;
    world.desk.load_intercoms(world.server()).await.unwrap();
    let other = world.restarted();
    let request = desk::views::IssueCode {
        server: world.server.clone(),
        intercom: INTERCOM,
        flat: Some(flat.clone()),
        title: "Of another desk".to_owned(),
        until: desk::views::Until::Minutes { minutes: 60 },
    };
    other.issue_code(request).await.unwrap();
    world.issue(Some(flat), "Own").await.unwrap();
    let loaded = world.desk.load_codes(world.server()).await.unwrap();
    assert_eq!(loaded.admin_listing, desk::views::CodeListing::Complete);
    let (own, others) = (world.codes("Own").await, world.codes("Of another desk").await);
    assert_eq!((own.len(), others.len()), (1, 1));
    assert_eq!(own[0].origin, desk::views::CodeOrigin::DeskListed);
    assert!(others[0].intercom_title.is_some(), "named as the list of intercoms names it");
    assert_eq!(
        (others[0].origin, others[0].account),
        (desk::views::CodeOrigin::Elsewhere, AccountKind::Admin)
    );
}

#[tokio::test]
async fn a_lost_answer_for_a_flat_is_found_where_the_server_lists_such_codes() {
    use simulator::control::{Call, Fault, Times};
    let world = World::signed_in_at(|options| options.admin_codes_list = true).await;
    let flat = world.first_flat().await;
    world.desk.load_intercoms(world.server()).await.unwrap();
    world.simulator.control().fault(Call::CreateCodeAdmin, Fault::ResetAfter, Times::Count(1));
    world.issue(Some(flat), "Courier").await.unwrap_err();
    assert_eq!(world.codes("Courier").await[0].state, desk::views::CodeState::Unresolved);
    world.desk.load_codes(world.server()).await.unwrap();
    let found = world.codes("Courier").await;
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].state, desk::views::CodeState::Live);
    // Now that the list is known to be there, it is looked into at once.
    world.simulator.control().fault(Call::CreateCodeAdmin, Fault::ResetAfter, Times::Count(1));
    let flat = world.first_flat().await;
    assert!(world.issue(Some(flat), "Plumber").await.unwrap().row.code.is_some());
}

#[tokio::test]
async fn a_list_that_answered_before_is_no_guess_when_the_sign_in_ends() {
    use simulator::Account;
    let world = World::signed_in_at(|options| options.admin_list = true).await;
    let before = world.desk.load_intercoms(world.server()).await.unwrap().intercoms.len();
    world.simulator.control().expire(Account::Admin);
    let list = world.desk.load_intercoms(world.server()).await.unwrap();
    assert_eq!(list.sources[1].state, SourceState::Failed);
    assert_eq!(list.sources[1].error.as_ref().unwrap().code, desk::ErrorCode::SignedOut);
    assert_eq!(list.intercoms.len(), before, "nothing is gone because nobody is signed in");
}

#[tokio::test]
async fn a_sign_in_that_ended_says_nothing_of_a_list_that_nobody_asked_for_yet() {
    let world = World::signed_in_at(|options| options.admin_list = true).await;
    world.simulator.control().expire(simulator::Account::Admin);
    let list = world.desk.load_intercoms(world.server()).await.unwrap();
    assert_eq!(list.sources[1].error.as_ref().unwrap().code, desk::ErrorCode::SignedOut);
    let view = world.desk.app_state().await.servers.remove(0);
    assert_eq!(state(&view, Capability::AdminIntercoms), CapabilityState::Unknown);
    world.sign_in(SignInAccount::Admin).await.unwrap();
    let list = world.desk.load_intercoms(world.server()).await.unwrap();
    assert_eq!(list.sources[1].state, SourceState::Answered);
}

#[tokio::test]
async fn a_guess_is_not_given_up_while_nobody_says_whether_the_sign_in_has_ended() {
    use simulator::control::{Call, Fault, Times};
    let world = World::signed_in_at(|options| options.admin_list = true).await;
    let control = world.simulator.control();
    control.expire(simulator::Account::Admin);
    control.fault(Call::ListFlats, Fault::Status { status: 503 }, Times::Always);
    let list = world.desk.load_intercoms(world.server()).await.unwrap();
    assert_eq!(list.sources[1].error.as_ref().unwrap().code, desk::ErrorCode::ServerTrouble);
    control.clear();
    world.sign_in(SignInAccount::Admin).await.unwrap();
    let list = world.desk.load_intercoms(world.server()).await.unwrap();
    assert_eq!(list.sources[1].state, SourceState::Answered);
}

#[tokio::test]
async fn one_intercom_whose_codes_are_closed_does_not_hide_those_of_the_others() {
    use desk::views::CodeListing;
    use simulator::control::{Call, Fault, Schedule};
    let world = World::signed_in_at(|options| options.admin_codes_list = true).await;
    world.desk.load_intercoms(world.server()).await.unwrap();
    world.desk.load_codes(world.server()).await.unwrap();
    let known = world.codes("").await.len();
    world.clock.pass(chrono::TimeDelta::minutes(1));
    let closed = Schedule::sequence(Call::ListCodesAdmin, [Some(Fault::Status { status: 403 })]);
    world.simulator.control().schedule([closed]);
    let loaded = world.desk.load_codes(world.server()).await.unwrap();
    assert_eq!(loaded.admin_listing, CodeListing::Partial);
    assert_eq!(world.codes("").await.len(), known);
    let view = world.desk.app_state().await.servers.remove(0);
    assert_eq!(state(&view, Capability::AdminCodes), CapabilityState::Answers);
}

#[tokio::test]
async fn one_refused_switch_is_no_word_on_all_the_others() {
    use simulator::control::{Call, Fault, Times};
    let world = World::signed_in().await;
    let flat = world.first_flat().await;
    let known = async || {
        let view = world.desk.app_state().await.servers.remove(0);
        state(&view, Capability::SwitchLines)
    };
    let refuse = || {
        let forbidden = Fault::Status { status: 403 };
        world.simulator.control().fault(Call::SwitchLines, forbidden, Times::Count(1));
    };
    refuse();
    crate::lines::switch(&world, &flat, true).await.unwrap_err();
    assert_eq!(known().await, CapabilityState::Forbidden);
    crate::lines::switch(&world, &flat, true).await.unwrap();
    assert_eq!(known().await, CapabilityState::Answers, "a later success tells better");
    refuse();
    crate::lines::switch(&world, &flat, false).await.unwrap_err();
    assert_eq!(known().await, CapabilityState::Answers, "it did answer this account");
}

#[tokio::test]
async fn what_a_call_once_refused_is_found_out_again_when_the_person_asks() {
    use simulator::control::{Call, Fault, Times};
    let world = World::signed_in().await;
    let flat = world.first_flat().await;
    world.simulator.control().fault(Call::SwitchLines, Fault::Status { status: 405 }, Times::Count(1));
    crate::lines::switch(&world, &flat, true).await.unwrap_err();
    let view = world.desk.app_state().await.servers.remove(0);
    assert_eq!(state(&view, Capability::SwitchLines), CapabilityState::Missing);
    let view = world.desk.check_capabilities(world.server()).await.unwrap();
    assert_eq!(state(&view, Capability::SwitchLines), CapabilityState::Unknown);
}

#[tokio::test]
async fn intercoms_that_are_known_from_codes_alone_are_intercoms_too() {
    use simulator::control::{Call, Fault, Times};
    let world = World::signed_out(|_| {}).await;
    world.sign_in(SignInAccount::Client).await.unwrap();
    let control = world.simulator.control();
    control.fault(Call::ListIntercomsClient, Fault::Status { status: 404 }, Times::Always);
    assert!(world.desk.load_intercoms(world.server()).await.unwrap().intercoms.is_empty());
    world.desk.load_codes(world.server()).await.unwrap();
    let list = world.desk.load_intercoms(world.server()).await.unwrap();
    assert!(list.intercoms.iter().any(|one| one.id == INTERCOM && one.title.is_some()));
}

#[tokio::test]
async fn an_errors_details_are_words_of_the_programs_own_and_nobodys_data() {
    let world = World::signed_in().await;
    world.desk.check_capabilities(world.server()).await.unwrap();
    let details = desk::views::ErrorDetails {
        code: "never_reached".to_owned(),
        why: Some("refused".to_owned()),
        status: Some(503),
        trace: "1860b6c5".to_owned(),
    };
    assert_eq!(
        world.desk.report(&details),
        "Gatehouse 0.0.0\ntime: 2026-03-02T09:00:00Z\ncode: never_reached\nwhy: refused\nstatus: 503\n\
         trace: 1860b6c5\nserver: 24.12.0.0\n"
    );
    let smuggled = desk::views::ErrorDetails { why: Some("Anna, flat 45".to_owned()), ..details };
    assert!(!world.desk.report(&smuggled).contains("Anna"));
}
