//! A desk of the test's own, and the building it looks at.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::{DateTime, FixedOffset, LocalResult, NaiveDateTime, TimeDelta, TimeZone, Utc};
use desk::views::{
    AddServer, FlatName, FlatRef, FlatSort, Identity, IntercomRef, IssueCode, IssuedCode, KeySort, ListCodes,
    ListFlats, ListKeys, ListedKey, Memory, Proof, ServerRef, SignIn, SignInAccount, Until,
};
use desk::{
    Clock, CommandError, Desk, Keyring, KeyringError, Language, Limits, Preferences, PreferencesError, Setup,
};
use secrecy::SecretString;
use serde_json::Value;
use simulator::{Options, Simulator};

/// An intercom of the demo building with flats, which the client account has too.
pub(crate) const INTERCOM: u64 = 21;
/// The record id of its first flat.
pub(crate) const SOME_FLAT: u64 = 501;

/// A clock that stands still until the test moves it; the desk's own zone is UTC+3.
#[derive(Clone)]
pub(crate) struct TestClock(Arc<Mutex<DateTime<Utc>>>);

impl TestClock {
    /// One that stands at this time.
    pub(crate) fn at(time: DateTime<Utc>) -> Self {
        Self(Arc::new(Mutex::new(time)))
    }

    pub(crate) fn pass(&self, time: TimeDelta) {
        *self.0.lock().unwrap() += time;
    }
}

impl Clock for TestClock {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap()
    }

    fn at_desk(&self, local: NaiveDateTime) -> LocalResult<DateTime<Utc>> {
        FixedOffset::east_opt(3 * 3600).unwrap().from_local_datetime(&local).map(|instant| instant.to_utc())
    }
}

/// A keyring in memory that can be locked.
#[derive(Default)]
pub(crate) struct TestKeyring {
    pub(crate) entries: Mutex<HashMap<String, Vec<u8>>>,
    pub(crate) is_locked: AtomicBool,
}

impl TestKeyring {
    /// How many entries hold a sign-in, or part of one: all but the key of the store's files.
    pub(crate) fn sign_ins(&self) -> usize {
        self.entries.lock().unwrap().keys().filter(|name| *name != "store").count()
    }

    fn open(&self) -> Result<std::sync::MutexGuard<'_, HashMap<String, Vec<u8>>>, KeyringError> {
        if self.is_locked.load(Ordering::Relaxed) {
            Err(KeyringError)
        } else {
            Ok(self.entries.lock().unwrap())
        }
    }
}

impl Keyring for TestKeyring {
    fn is_available(&self) -> bool {
        self.open().is_ok()
    }

    fn get(&self, name: &str) -> Result<Option<Vec<u8>>, KeyringError> {
        Ok(self.open()?.get(name).cloned())
    }

    fn set(&self, name: &str, value: &[u8]) -> Result<(), KeyringError> {
        self.open()?.insert(name.to_owned(), value.to_vec());
        Ok(())
    }

    fn delete(&self, name: &str) -> Result<(), KeyringError> {
        self.open()?.remove(name);
        Ok(())
    }
}

/// Preferences in memory that can be read-only.
#[derive(Default)]
pub(crate) struct TestPreferences {
    pub(crate) document: Mutex<Option<Value>>,
    pub(crate) is_read_only: AtomicBool,
}

impl Preferences for TestPreferences {
    fn load(&self) -> Option<Value> {
        self.document.lock().unwrap().clone()
    }

    fn save(&self, document: &Value) -> Result<(), PreferencesError> {
        if self.is_read_only.load(Ordering::Relaxed) {
            return Err(PreferencesError);
        }
        *self.document.lock().unwrap() = Some(document.clone());
        Ok(())
    }

    fn erase(&self) -> Result<(), PreferencesError> {
        if self.is_read_only.load(Ordering::Relaxed) {
            return Err(PreferencesError);
        }
        *self.document.lock().unwrap() = None;
        Ok(())
    }
}

/// A desk, its server and everything around them.
pub(crate) struct World {
    pub(crate) desk: Desk,
    pub(crate) simulator: Simulator,
    pub(crate) clock: TestClock,
    pub(crate) keyring: Arc<TestKeyring>,
    pub(crate) preferences: Arc<TestPreferences>,
    folder: Arc<tempfile::TempDir>,
    /// The server's id on the desk's list.
    pub(crate) server: String,
}

impl World {
    /// A desk with one server on its list and nobody signed in.
    pub(crate) async fn signed_out(change: impl FnOnce(&mut Options)) -> Self {
        let start = Utc.with_ymd_and_hms(2026, 3, 2, 9, 0, 0).unwrap();
        let clock = TestClock::at(start);
        let shared = clock.clone();
        let mut options = Options { clock: Arc::new(move || shared.now()), ..Options::default() };
        change(&mut options);
        let simulator = Simulator::start(options).await.unwrap();
        let (keyring, preferences) = (Arc::default(), Arc::default());
        let folder = Arc::new(tempfile::tempdir().unwrap());
        let desk = desk(&clock, &keyring, &preferences, Some(folder.path().join("store")));
        let server = add_server(&desk, &simulator).await;
        Self { desk, simulator, clock, keyring, preferences, folder, server }
    }

    /// Adds the server once more, after it was removed, and signs in.
    pub(crate) async fn connect_again(&mut self) {
        self.server = add_server(&self.desk, &self.simulator).await;
        self.sign_in(SignInAccount::Admin).await.unwrap();
    }

    /// A desk with both accounts signed in by password.
    pub(crate) async fn signed_in() -> Self {
        Self::signed_in_at(|_| {}).await
    }

    /// The same, with another kind of server.
    pub(crate) async fn signed_in_at(change: impl FnOnce(&mut Options)) -> Self {
        let world = Self::signed_out(change).await;
        world.sign_in(SignInAccount::Admin).await.unwrap();
        world.sign_in(SignInAccount::Client).await.unwrap();
        world
    }

    pub(crate) async fn sign_in(
        &self,
        account: SignInAccount,
    ) -> Result<desk::views::ServerView, CommandError> {
        self.desk.sign_in(self.proof(account)).await
    }

    /// A sign-in with login and password as the server knows them.
    pub(crate) fn proof(&self, account: SignInAccount) -> SignIn {
        let options = self.simulator.options();
        let credentials = if account == SignInAccount::Admin { &options.admin } else { &options.client };
        let password = SecretString::from(credentials.password.clone());
        self.sign_in_with(account, Proof::Password { login: credentials.login.clone(), password })
    }

    /// A sign-in with any proof.
    pub(crate) fn sign_in_with(&self, account: SignInAccount, with: Proof) -> SignIn {
        let server = self.server.clone();
        SignIn { server, account, with, remember: false, captcha: None, end_session: None }
    }

    /// Ends the program: what is left of it has none of the files.
    pub(crate) fn stop(&mut self) {
        self.desk = self.restarted();
    }

    /// Ends the program and starts it again.
    pub(crate) fn restart(&mut self) {
        // Only one at a time has the files.
        self.stop();
        self.desk = desk(&self.clock, &self.keyring, &self.preferences, Some(self.store()));
    }

    /// The same where the program was ended in the middle of writing: that still has the files for a moment.
    pub(crate) async fn restart_while_writing(&mut self) {
        self.restart();
        while self.desk.app_state().await.memory != Memory::Kept {
            self.restart();
        }
    }

    /// Another process at the same files.
    pub(crate) fn beside(&self) -> Desk {
        desk(&self.clock, &self.keyring, &self.preferences, Some(self.store()))
    }

    /// The folder of the store.
    pub(crate) fn store(&self) -> PathBuf {
        self.folder.path().join("store")
    }

    /// One of the store's files, looked into past the store.
    pub(crate) fn raw(&self, file: &str) -> rusqlite::Connection {
        let key = self.keyring.entries.lock().unwrap()["store"].clone();
        let key: String = key.iter().map(|byte| format!("{byte:02X}")).collect();
        let opened = rusqlite::Connection::open(self.store().join(file)).unwrap();
        opened.pragma_update(None, "key", format!("x'{key}'")).unwrap();
        opened
    }

    /// The same desk after the program was started again, remembering nothing but sign-ins and preferences.
    pub(crate) fn restarted(&self) -> Desk {
        desk(&self.clock, &self.keyring, &self.preferences, None)
    }

    pub(crate) fn server(&self) -> ServerRef {
        ServerRef { server: self.server.clone() }
    }

    /// The first flat of [`INTERCOM`], from the server's list.
    pub(crate) async fn first_flat(&self) -> FlatName {
        let intercom = IntercomRef { server: self.server.clone(), intercom: INTERCOM };
        self.desk.load_flats(intercom).await.unwrap();
        let row = self.flats("").await.rows.remove(0);
        FlatName { id: row.id.unwrap(), number: row.number }
    }

    /// The record of a flat of [`INTERCOM`] that is there whatever the server lists.
    pub(crate) fn some_flat(&self) -> FlatRef {
        FlatRef { server: self.server.clone(), intercom: INTERCOM, flat: SOME_FLAT }
    }

    pub(crate) async fn flats(&self, filter: &str) -> desk::views::FlatWindow {
        let all = ListFlats {
            server: self.server.clone(),
            intercom: INTERCOM,
            filter: filter.to_owned(),
            sort: FlatSort::Number,
            descending: false,
            offset: 0,
            limit: 200,
        };
        self.desk.list_flats(all).await.unwrap()
    }

    pub(crate) async fn keys(&self) -> Vec<ListedKey> {
        let all = ListKeys {
            server: self.server.clone(),
            intercom: INTERCOM,
            filter: String::new(),
            sort: KeySort::Key,
            descending: false,
            offset: 0,
            limit: 500,
        };
        self.desk.list_keys(all).await.unwrap().rows
    }

    /// Asks for a two-hour code.
    pub(crate) async fn issue(
        &self,
        flat: Option<FlatName>,
        title: &str,
    ) -> Result<IssuedCode, CommandError> {
        let (server, title) = (self.server.clone(), title.to_owned());
        let until = Until::Minutes { minutes: 120 };
        self.desk.issue_code(IssueCode { server, intercom: INTERCOM, flat, title, until }).await
    }

    /// Every known code that mentions `search`.
    pub(crate) async fn codes(&self, search: &str) -> Vec<desk::views::CodeView> {
        let (server, search) = (self.server.clone(), search.to_owned());
        let filter = desk::views::CodeFilter::All;
        let all = ListCodes { server, filter, search, offset: 0, limit: 500 };
        self.desk.list_codes(all).await.unwrap().rows
    }
}

async fn add_server(desk: &Desk, simulator: &Simulator) -> String {
    let server = AddServer {
        address: simulator.address(),
        name: "Lenina".to_owned(),
        pin: simulator.fingerprint(),
        allow_plain_http: false,
    };
    desk.add_server(server).await.unwrap().id
}

pub(crate) fn desk(
    clock: &TestClock,
    keyring: &Arc<TestKeyring>,
    preferences: &Arc<TestPreferences>,
    store: Option<PathBuf>,
) -> Desk {
    Desk::new(Setup {
        clock: Arc::new(clock.clone()),
        keyring: keyring.clone(),
        preferences: preferences.clone(),
        store,
        limits: Limits {
            answer: Duration::from_millis(1_500),
            backoff: Duration::from_millis(1),
            patience: Duration::ZERO,
            ..Limits::default()
        },
        identity: Identity::Test,
        version: "0.0.0".to_owned(),
        system_language: Language::English,
    })
}
