//! A day at the desk with everything logged: what people are called, what opens doors and what signs in is not in it.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::HashMap;
use std::fs;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use desk::views::{
    AccountKind, AddServer, CodeFilter, CodeRef, DeleteCodes, FlatName, FlatRef, FlatSort, FlatTarget,
    Identity, IntercomRef, IssueCode, KeySort, LineName, ListCodes, ListFlats, ListKeys, Proof, ServerRef,
    SignIn, SignInAccount, SignOut, SwitchLine, Until,
};
use desk::{
    Desk, Keyring, KeyringError, Language, Limits, Preferences, PreferencesError, Setup, SystemClock,
};
use gatehouse::logging::{self, MOST_LINES, readable};
use secrecy::SecretString;
use serde_json::Value;
use simulator::{Credentials, Options, Simulator};
use tracing_subscriber::filter::LevelFilter;

const TITLE: &str = "Курьер Ёлкин, 2-й подъезд";
const TYPED: &str = "wr0ng-Höhle-9c41";

#[derive(Default)]
struct Memory(Mutex<HashMap<String, Vec<u8>>>);

impl Keyring for Memory {
    fn is_available(&self) -> bool {
        true
    }

    fn get(&self, name: &str) -> Result<Option<Vec<u8>>, KeyringError> {
        Ok(self.0.lock().unwrap().get(name).cloned())
    }

    fn set(&self, name: &str, value: &[u8]) -> Result<(), KeyringError> {
        self.0.lock().unwrap().insert(name.to_owned(), value.to_vec());
        Ok(())
    }

    fn delete(&self, name: &str) -> Result<(), KeyringError> {
        self.0.lock().unwrap().remove(name);
        Ok(())
    }
}

/// Refuses the first document.
#[derive(Default)]
struct Hesitant(AtomicBool);

impl Preferences for Hesitant {
    fn load(&self) -> Option<Value> {
        None
    }

    fn save(&self, _: &Value) -> Result<(), PreferencesError> {
        if self.0.swap(true, Ordering::SeqCst) { Ok(()) } else { Err(PreferencesError) }
    }

    fn erase(&self) -> Result<(), PreferencesError> {
        Ok(())
    }
}

/// A desk, its server, and what must not be logged, by what it is.
struct Day {
    desk: Desk,
    server: String,
    intercom: u64,
    planted: Vec<(&'static str, String)>,
}

impl Day {
    async fn sign_in(&mut self, account: SignInAccount, credentials: &Credentials) {
        for password in [TYPED, credentials.password.as_str()] {
            self.plant("a password", password);
            let with = Proof::Password {
                login: credentials.login.clone(),
                password: SecretString::from(password.to_owned()),
            };
            let server = self.server.clone();
            let request = SignIn { server, account, with, remember: true, captcha: None, end_session: None };
            let signed_in = self.desk.sign_in(request).await;
            assert_eq!(signed_in.is_ok(), password != TYPED);
        }
    }

    fn plant(&mut self, what: &'static str, value: &str) {
        if !value.is_empty() {
            self.planted.push((what, value.to_owned()));
        }
    }

    /// Looks at the flats, keys and residents; gives a flat.
    async fn look_around(&mut self) -> FlatName {
        let intercom = IntercomRef { server: self.server.clone(), intercom: self.intercom };
        self.desk.load_flats(intercom.clone()).await.unwrap();
        self.desk.load_keys(intercom).await.unwrap();
        let (server, filter, descending, offset) = (self.server.clone(), String::new(), false, 0);
        let list = ListKeys {
            server,
            intercom: self.intercom,
            filter,
            sort: KeySort::Key,
            descending,
            offset,
            limit: 200,
        };
        for row in self.desk.list_keys(list).await.unwrap().rows {
            self.plant("a key", &row.key);
        }
        let (server, filter) = (self.server.clone(), "Иванов".to_owned());
        self.plant("what was looked for", &filter);
        let sort = FlatSort::Number;
        let mut list =
            ListFlats { server, intercom: self.intercom, filter, sort, descending, offset, limit: 200 };
        self.desk.list_flats(list.clone()).await.unwrap();
        list.filter.clear();
        let rows = self.desk.list_flats(list).await.unwrap().rows;
        for row in rows.iter().take(5) {
            let (server, flat) = (self.server.clone(), row.id.unwrap());
            let detail =
                self.desk.load_flat(FlatRef { server, intercom: self.intercom, flat }).await.unwrap();
            for key in detail.keys.into_iter().flatten() {
                self.plant("a key", &key.key);
            }
            for resident in detail.residents.into_iter().flatten() {
                self.plant("a resident's name", &resident.name.unwrap_or_default());
                self.plant("a resident's login", &resident.login.unwrap_or_default());
            }
        }
        FlatName { id: rows[0].id.unwrap(), number: rows[0].number.clone() }
    }

    async fn issue(&mut self, flat: Option<FlatName>, title: &str) {
        let (server, until) = (self.server.clone(), Until::Minutes { minutes: 60 });
        let request = IssueCode { server, intercom: self.intercom, flat, title: title.to_owned(), until };
        let issued = self.desk.issue_code(request).await;
        self.plant("a title", title);
        if let Ok(issued) = issued {
            self.plant("a code", &issued.row.code.clone().unwrap());
            let (server, key) = (self.server.clone(), issued.row.key);
            self.desk.code_digits(CodeRef { server, key }).await.unwrap();
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_people_doors_or_sign_ins_is_logged() {
    let (folder, store) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let log = logging::start_at(folder.path(), LevelFilter::TRACE);
    log.open();
    let options = Options {
        admin: Credentials::new("admin.Петров", "adm1n+Höhle/9c41 & co"),
        client: Credentials::new("client.Петров", "cl1ent=Ёлка/55e0?x y"),
        ..Options::default()
    };
    let (admin, client) = (options.admin.clone(), options.client.clone());
    let simulator = Simulator::start(options).await.unwrap();
    let desk = Desk::new(Setup {
        clock: Arc::new(SystemClock),
        keyring: Arc::new(Memory::default()),
        preferences: Arc::new(Hesitant::default()),
        store: Some(store.path().to_owned()),
        limits: Limits::default(),
        identity: Identity::Test,
        version: "0".to_owned(),
        system_language: Language::Russian,
    });
    let (address, pin) = (simulator.address(), simulator.fingerprint());
    let name = "Дом на Ленина".to_owned();
    let add = || AddServer {
        address: address.clone(),
        name: name.clone(),
        pin: pin.clone(),
        allow_plain_http: true,
    };
    assert!(desk.add_server(add()).await.is_err());
    let server = desk.add_server(add()).await.unwrap().id;
    let mut day = Day { desk, server: server.clone(), intercom: 21, planted: Vec::new() };
    day.plant("a server's name", &name);
    day.sign_in(SignInAccount::Admin, &admin).await;
    day.sign_in(SignInAccount::Client, &client).await;
    day.plant("a login", &admin.login);
    day.plant("a login", &client.login);

    let flat = day.look_around().await;
    day.issue(Some(flat.clone()), TITLE).await;
    day.issue(None, "Бабушка из 45-й").await;
    day.issue(None, &"слишком длинно ".repeat(40)).await;
    let target = FlatTarget { id: Some(flat.id), number: flat.number };
    let switch =
        SwitchLine { server: server.clone(), intercom: 21, flat: target, line: LineName::Analog, on: true };
    let _ = day.desk.switch_line(switch).await;
    day.desk.load_codes(ServerRef { server: server.clone() }).await.unwrap();
    let (filter, search) = (CodeFilter::All, "Ёлкин".to_owned());
    day.plant("what was looked for", &search);
    let list = |search| ListCodes { server: server.clone(), filter, search, offset: 0, limit: 200 };
    day.desk.list_codes(list(search)).await.unwrap();
    let codes = day.desk.list_codes(list(String::new())).await.unwrap();
    for row in &codes.rows {
        day.plant("a code", row.code.as_deref().unwrap_or_default());
        day.plant("a title", &row.title);
    }
    let keys = codes.rows.into_iter().map(|row| row.key).take(3).collect();
    day.desk.delete_codes(DeleteCodes { server: server.clone(), keys }).await.unwrap();
    let _ = day.desk.sign_out(SignOut { server, account: AccountKind::Admin }).await;
    let tokens = simulator.tokens();
    for token in [Some(tokens.admin), Some(tokens.client), tokens.billing].into_iter().flatten() {
        day.plant("a token", &token);
    }
    simulator.stop().await;
    check(&log, folder.path(), &day.planted);
}

fn check(log: &logging::Log, folder: &std::path::Path, planted: &[(&str, String)]) {
    let text = readable(&log.read(MOST_LINES).unwrap());
    // Proof that it was all logged, and that enough was planted.
    for said in ["call=admin sign-in", "call=admin create code", "told the person", "DEBUG"] {
        assert!(text.contains(said), "{said} is not in\n{text}");
    }
    for what in ["a password", "a key", "a resident's name", "a title", "a code", "a token"] {
        assert!(planted.iter().any(|(one, _)| *one == what), "{what} was not planted");
    }
    let raw: String =
        fs::read_dir(folder).unwrap().map(|file| fs::read_to_string(file.unwrap().path()).unwrap()).collect();
    for (what, value) in planted {
        // A code is a few digits, which may be part of an id or an instant: only as a word of a line's own text.
        let is_there = match *what {
            "a code" => raw_words(&text).any(|word| word == value),
            _ => raw.contains(value.as_str()) || text.contains(value.as_str()),
        };
        assert!(!is_there, "{what} is in the log");
    }
}

fn raw_words(text: &str) -> impl Iterator<Item = &str> {
    text.lines().flat_map(|line| {
        line.split_once(' ').map_or("", |(_, rest)| rest).split(|one: char| !one.is_alphanumeric())
    })
}
