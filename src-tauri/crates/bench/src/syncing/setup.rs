//! A desk as the program has one, but for its clock, its keyring and its preferences.

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, LocalResult, NaiveDateTime, TimeDelta, Utc};
use desk::views::{AddServer, Identity, Proof, SignIn, SignInAccount};
use desk::{
    Clock, CommandError, Desk, Keyring, KeyringError, Language, Limits, Preferences, PreferencesError, Setup,
    SystemClock,
};
use serde_json::Value;

use super::stand_in::Introduction;

/// The time, or so much later.
#[derive(Clone, Default)]
pub(super) struct LaterClock(Arc<Mutex<TimeDelta>>);

impl LaterClock {
    /// So much later from now on.
    pub(super) fn put_forward(&self, by: TimeDelta) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = by;
    }
}

impl Clock for LaterClock {
    fn now(&self) -> DateTime<Utc> {
        SystemClock.now() + *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn at_desk(&self, local: NaiveDateTime) -> LocalResult<DateTime<Utc>> {
        SystemClock.at_desk(local)
    }
}

/// A keyring that ends with the process.
#[derive(Default)]
struct OwnKeyring(Mutex<HashMap<String, Vec<u8>>>);

impl Keyring for OwnKeyring {
    fn is_available(&self) -> bool {
        true
    }

    fn get(&self, name: &str) -> Result<Option<Vec<u8>>, KeyringError> {
        Ok(self.0.lock().unwrap_or_else(PoisonError::into_inner).get(name).cloned())
    }

    fn set(&self, name: &str, value: &[u8]) -> Result<(), KeyringError> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(name.to_owned(), value.to_vec());
        Ok(())
    }

    fn delete(&self, name: &str) -> Result<(), KeyringError> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(name);
        Ok(())
    }
}

/// Preferences that nobody reads again.
struct NoPreferences;

impl Preferences for NoPreferences {
    fn load(&self) -> Option<Value> {
        None
    }

    fn save(&self, _: &Value) -> Result<(), PreferencesError> {
        Ok(())
    }

    fn erase(&self) -> Result<(), PreferencesError> {
        Ok(())
    }
}

/// A desk that has seen nothing yet, with its store in this folder.
pub(super) fn desk(clock: &LaterClock, folder: &Path) -> Desk {
    Desk::new(Setup {
        clock: Arc::new(clock.clone()),
        keyring: Arc::new(OwnKeyring::default()),
        preferences: Arc::new(NoPreferences),
        store: Some(folder.join("synced")),
        limits: Limits::default(),
        identity: Identity::Test,
        version: "0".to_owned(),
        system_language: Language::English,
    })
}

/// Signs in at the stand-in with its admin account. Returns the id of the server.
pub(super) async fn connect(desk: &Desk, to: &Introduction) -> Result<String, CommandError> {
    let server = AddServer {
        address: to.address.clone(),
        name: "bench".to_owned(),
        pin: None,
        allow_plain_http: true,
    };
    let server = desk.add_server(server).await?.id;
    let with = Proof::Password { login: to.login.clone(), password: to.password.clone().into() };
    desk.sign_in(SignIn {
        server: server.clone(),
        account: SignInAccount::Admin,
        with,
        remember: false,
        captcha: None,
        end_session: None,
    })
    .await?;
    Ok(server)
}
