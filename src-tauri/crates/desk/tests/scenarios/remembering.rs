use std::sync::atomic::Ordering;

use chrono::TimeDelta;
use desk::ErrorCode;
use desk::views::{AccountKind, CodeState, IntercomRef, Memory, SignOut, SourceState, SyncRequest};
use simulator::Account;
use simulator::control::{Call, Fault, Times};

use crate::world::{INTERCOM, World};

fn flats_of(world: &World) -> IntercomRef {
    IntercomRef { server: world.server.clone(), intercom: INTERCOM }
}

#[tokio::test]
async fn what_was_seen_is_there_after_a_restart_without_any_request() {
    let mut world = World::signed_in().await;
    world.first_flat().await;
    world.desk.load_codes(world.server()).await.unwrap();
    let (flats, codes) = (world.flats("").await, world.codes("").await);
    assert!(flats.total > 10 && !codes.is_empty());
    let before = world.simulator.control().requests().len();

    world.restart();
    world.desk.app_state().await;

    assert_eq!(world.flats("").await.rows, flats.rows);
    assert_eq!(world.codes("").await, codes);
    assert_eq!(world.simulator.control().requests().len(), before);
    assert_eq!(world.desk.app_state().await.memory, Memory::Kept);
}

#[tokio::test]
async fn a_code_whose_answer_was_lost_is_still_open_after_a_restart_and_a_list_settles_it() {
    let mut world = World::signed_in().await;
    world.simulator.control().fault(Call::ListCodes, Fault::ResetBefore, Times::Always);
    world.simulator.control().fault(Call::CreateCodeClient, Fault::ResetAfter, Times::Count(1));
    let error = world.issue(None, "Anna").await.unwrap_err();
    assert_eq!(error.code, ErrorCode::WriteUnknown);

    world.restart();
    world.desk.app_state().await;
    assert_eq!(world.codes("Anna").await[0].state, CodeState::Unresolved);

    world.simulator.control().clear();
    world.desk.load_codes(world.server()).await.unwrap();
    let found = world.codes("Anna").await;
    assert_eq!(found.iter().map(|code| code.state).collect::<Vec<_>>(), [CodeState::Live]);
}

#[tokio::test]
async fn a_code_that_was_being_asked_for_when_the_program_ended_is_open_afterwards_and_never_sent_again() {
    let mut world = World::signed_in().await;
    world.simulator.control().fault(Call::CreateCodeClient, Fault::Stall, Times::Count(1));
    let control = world.simulator.control();
    tokio::select! {
        _ = world.issue(None, "Anna") => panic!("the server does not answer"),
        () = control.wait_until_asked(Call::CreateCodeClient, 1) => {}
    }
    world.restart();
    world.desk.app_state().await;
    assert_eq!(world.codes("Anna").await[0].state, CodeState::Unresolved);
    let asked = world.simulator.control().requests();
    assert_eq!(asked.iter().filter(|request| request.call == Some(Call::CreateCodeClient)).count(), 1);
}

#[tokio::test]
async fn what_was_asked_while_the_keyring_was_locked_goes_into_the_files_once_it_is_unlocked() {
    let mut world = World::signed_out(|_| {}).await;
    world.keyring.is_locked.store(true, Ordering::Relaxed);
    world.restart();
    world.sign_in(desk::views::SignInAccount::Client).await.unwrap();
    assert_eq!(world.desk.app_state().await.memory, Memory::NoKeyring);
    let row = world.issue(None, "Anna").await.unwrap().row;

    world.keyring.is_locked.store(false, Ordering::Relaxed);
    assert_eq!(world.desk.retry_keyring().await.unwrap().memory, Memory::Kept);
    assert_eq!(world.codes("Anna").await[0].key, row.key, "what the screen shows still names it");
    world.restart();
    world.desk.app_state().await;
    assert_eq!(world.codes("Anna").await.len(), 1);
}

#[tokio::test]
async fn a_code_being_asked_for_while_the_files_open_is_settled_where_its_word_went() {
    let mut world = World::signed_out(|_| {}).await;
    world.keyring.is_locked.store(true, Ordering::Relaxed);
    world.restart();
    world.sign_in(desk::views::SignInAccount::Client).await.unwrap();
    world.simulator.control().fault(Call::CreateCodeClient, Fault::Latency { ms: 300 }, Times::Count(1));
    let open = async {
        world.simulator.control().wait_until_asked(Call::CreateCodeClient, 1).await;
        world.keyring.is_locked.store(false, Ordering::Relaxed);
        world.desk.retry_keyring().await.unwrap().memory
    };
    let (issued, memory) = tokio::join!(world.issue(None, "Anna"), open);
    assert_eq!(memory, Memory::Kept);
    let (key, codes) = (issued.unwrap().row.key, world.codes("Anna").await);
    assert_eq!(
        codes.iter().map(|code| (&code.key, code.state)).collect::<Vec<_>>(),
        [(&key, CodeState::Live)]
    );
}

#[tokio::test]
async fn whoever_signed_out_hides_what_the_account_saw_until_somebody_signs_in_again() {
    let world = World::signed_in().await;
    let flat = world.some_flat();
    world.desk.load_flat(flat.clone()).await.unwrap();
    let named = world.first_flat().await;
    world.issue(Some(named), "Courier").await.unwrap();
    world.simulator.control().expire(Account::Admin);
    world.desk.load_flat(flat.clone()).await.unwrap_err();
    assert!(world.desk.get_flat(flat.clone()).await.unwrap().is_some(), "an ended sign-in hides nothing");

    let account = AccountKind::Admin;
    world.desk.sign_out(SignOut { server: world.server.clone(), account }).await.unwrap();
    assert!(world.desk.get_flat(flat.clone()).await.unwrap().is_none());
    assert!(world.codes("Courier").await.is_empty(), "nor the codes that open doors");
    world.sign_in(desk::views::SignInAccount::Admin).await.unwrap();
    assert!(world.desk.get_flat(flat).await.unwrap().is_some());
    assert_eq!(world.codes("Courier").await.len(), 1);
}

/// Reads everything, signs these accounts out one after the other while the list of intercoms is looked at, signs in again
/// and proves that nothing has to be read anew.
async fn signs_out_and_in_again(accounts: &[AccountKind]) {
    let world = World::signed_in_at(|options| options.admin_list = true).await;
    let everything = SyncRequest { server: world.server.clone(), everything: false };
    let before = world.desk.sync(everything.clone()).await.unwrap();
    let intercoms = async || world.desk.load_intercoms(world.server()).await.unwrap().intercoms;
    let ids = async || intercoms().await.iter().map(|one| one.id).collect::<Vec<_>>();
    let all = ids().await;
    for account in accounts {
        world.desk.sign_out(SignOut { server: world.server.clone(), account: *account }).await.unwrap();
        ids().await;
    }
    for account in [desk::views::SignInAccount::Client, desk::views::SignInAccount::Admin] {
        world.sign_in(account).await.unwrap();
    }
    let asked = world.simulator.control().requests().len();
    let flat = world.some_flat();
    assert!(world.desk.get_flat(flat).await.unwrap().is_some_and(|flat| flat.keys.is_some()));
    assert_eq!(world.simulator.control().requests().len(), asked, "it was here all the time");
    let after = world.desk.sync(everything).await.unwrap();
    assert_eq!(
        (after.flats, after.keys, after.residents, after.details),
        (before.flats, before.keys, before.residents, 0)
    );
    assert_eq!(ids().await, all);
}

#[tokio::test]
async fn the_sign_out_of_the_last_account_forgets_no_intercom_and_nothing_that_is_behind_it() {
    signs_out_and_in_again(&[AccountKind::Client, AccountKind::Admin]).await;
}

#[tokio::test]
async fn the_sign_out_of_the_admin_alone_forgets_no_intercom_and_nothing_that_is_behind_it() {
    signs_out_and_in_again(&[AccountKind::Admin]).await;
}

#[tokio::test]
async fn a_sign_in_that_the_keyring_does_not_give_back_forgets_no_intercom() {
    let mut world = World::signed_in().await;
    let intercoms = world.desk.load_intercoms(world.server()).await.unwrap().intercoms;
    assert!(intercoms.len() > 1);
    world.keyring.entries.lock().unwrap().retain(|name, _| name == "store");
    world.restart();
    world.desk.app_state().await;
    let known = world.desk.load_intercoms(world.server()).await.unwrap();
    assert!(known.sources.iter().all(|source| source.state == SourceState::NoAccount));
    assert_eq!(known.intercoms.len(), intercoms.len());
}

#[tokio::test]
async fn nothing_of_a_removed_server_is_remembered() {
    let mut world = World::signed_in().await;
    world.first_flat().await;
    world.issue(None, "Anna").await.unwrap();
    world.desk.remove_server(world.server()).await.unwrap();
    world.restart();
    world.desk.app_state().await;
    assert_eq!(world.flats("").await.total, 0);
    assert!(world.codes("").await.is_empty());
}

#[tokio::test]
async fn a_journal_that_cannot_be_read_is_set_aside_and_told_and_the_cache_is_filled_anew() {
    let mut world = World::signed_in().await;
    world.first_flat().await;
    world.desk.app_state().await;
    world.keyring.entries.lock().unwrap().remove("store");
    world.restart();
    assert_eq!(world.desk.app_state().await.memory, Memory::JournalSetAside);
    assert_eq!(world.flats("").await.total, 0);
    let loaded = world.desk.load_flats(flats_of(&world)).await.unwrap();
    assert_eq!(world.flats("").await.total, loaded.total);
    let kept = std::fs::read_dir(world.store()).unwrap();
    let aside =
        kept.filter(|file| file.as_ref().unwrap().file_name().to_string_lossy().contains("unreadable"));
    assert!(aside.count() >= 2, "what could not be read is not thrown away");
}

#[tokio::test]
async fn a_journal_that_was_taken_away_comes_back_from_its_copy_and_that_is_told() {
    let mut world = World::signed_in().await;
    world.first_flat().await;
    world.desk.app_state().await;
    world.issue(None, "Anna").await.unwrap();
    // A desk that stays open for days copies when it issues, too.
    world.clock.pass(TimeDelta::days(1));
    world.issue(None, "Boris").await.unwrap();
    world.stop();
    std::fs::remove_file(world.store().join("journal.db")).unwrap();
    world.restart();
    assert_eq!(world.desk.app_state().await.memory, Memory::JournalRestored);
    assert_eq!(world.codes("Anna").await.len(), 1);
    assert_eq!(world.codes("Boris").await.len(), 1);
}

#[tokio::test]
async fn erasing_everything_leaves_nothing_on_this_computer_and_the_program_goes_on_as_new() {
    let mut world = World::signed_in().await;
    world.first_flat().await;
    world.issue(None, "Anna").await.unwrap();
    let state = world.desk.erase_everything().await.unwrap();
    assert!(state.servers.is_empty());
    assert!(!world.store().exists());
    assert!(world.keyring.entries.lock().unwrap().is_empty());
    assert!(world.preferences.document.lock().unwrap().is_none());
    world.restart();
    assert!(world.desk.app_state().await.servers.is_empty());
    assert_eq!(world.desk.app_state().await.memory, Memory::Kept);
}

#[tokio::test]
async fn whoever_signs_in_after_everything_was_erased_is_remembered_again() {
    let mut world = World::signed_in().await;
    world.first_flat().await;
    world.desk.erase_everything().await.unwrap();
    world.connect_again().await;
    assert_eq!(world.desk.app_state().await.memory, Memory::Kept);
    assert_eq!(world.flats("").await.total, 0);
    let loaded = world.desk.load_flats(flats_of(&world)).await.unwrap();
    world.restart();
    world.desk.app_state().await;
    assert_eq!(world.flats("").await.total, loaded.total);
}

#[tokio::test]
async fn what_a_locked_keyring_keeps_is_told_and_goes_when_everything_is_erased_again() {
    let mut world = World::signed_in().await;
    world.desk.app_state().await;
    world.keyring.is_locked.store(true, Ordering::Relaxed);
    for _ in 0..2 {
        assert_eq!(world.desk.erase_everything().await.unwrap_err().code, ErrorCode::KeyringKept);
    }
    assert!(world.desk.app_state().await.servers.is_empty(), "all else is erased");
    assert!(!world.store().exists());
    // Also after the program was ended in between.
    world.stop();
    world.keyring.is_locked.store(false, Ordering::Relaxed);
    world.desk.erase_everything().await.unwrap();
    assert!(world.keyring.entries.lock().unwrap().is_empty());
    assert!(world.preferences.document.lock().unwrap().is_none());
}

#[tokio::test]
async fn nothing_is_erased_while_another_process_has_the_files() {
    let world = World::signed_in().await;
    world.desk.app_state().await;
    let second = world.beside();
    assert_eq!(second.erase_everything().await.unwrap_err().code, ErrorCode::StoreFailed);
    assert!(world.store().exists());
    assert!(world.keyring.sign_ins() > 0);
    assert_eq!(world.desk.app_state().await.servers.len(), 1);
}

#[tokio::test]
async fn a_second_process_remembers_nothing_and_says_why() {
    let world = World::signed_in().await;
    world.desk.app_state().await;
    let second = world.beside();
    assert_eq!(second.app_state().await.memory, Memory::InUse);
}

#[tokio::test]
async fn a_server_that_is_lost_is_looked_for_until_it_is_back_and_both_are_told_once() {
    let world = World::signed_in().await;
    let told = std::sync::Mutex::new(Vec::new());
    let heard = tokio::sync::Notify::new();
    let watch = world.desk.watch_reach(|is_back| {
        told.lock().unwrap().push(is_back);
        heard.notify_one();
    });
    let day = async {
        world.simulator.control().refuse_connections(None);
        assert_eq!(world.desk.load_flats(flats_of(&world)).await.unwrap_err().code, ErrorCode::NeverReached);
        heard.notified().await;
        assert!(world.desk.app_state().await.servers[0].lost_at.is_some());
        assert_eq!(world.desk.load_flats(flats_of(&world)).await.unwrap_err().code, ErrorCode::NeverReached);
        world.simulator.control().accept_connections();
        heard.notified().await;
        assert_eq!(world.desk.app_state().await.servers[0].lost_at, None);
        world.desk.load_flats(flats_of(&world)).await.unwrap();
    };
    tokio::select! {
        () = watch => {}
        () = day => {}
    }
    assert_eq!(*told.lock().unwrap(), [false, true]);
}
