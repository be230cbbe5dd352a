//! Where secrets live: the operating system's keyring, or nowhere but memory.

use std::fmt;

use chrono::{DateTime, Utc};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};

/// A keyring as the vault needs it: named byte strings.
pub trait Keyring: Send + Sync {
    /// Whether secrets survive the program here. May block on a prompt.
    fn is_available(&self) -> bool;

    /// The value of a name, if it has one.
    fn get(&self, name: &str) -> Result<Option<Vec<u8>>, KeyringError>;

    /// Sets a name's value.
    fn set(&self, name: &str, value: &[u8]) -> Result<(), KeyringError>;

    /// Removes a name; a missing one is fine.
    fn delete(&self, name: &str) -> Result<(), KeyringError>;
}

/// The keyring is missing, locked or refused. Says nothing of names or values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the system's keyring refused")]
pub struct KeyringError;

/// The operating system's keyring: Secret Service, Keychain or Credential Manager.
#[derive(Debug)]
pub struct OsKeyring {
    service: String,
}

impl OsKeyring {
    /// `service`: the name the system shows; each identity of the program has its own.
    pub fn new(service: impl Into<String>) -> Self {
        Self { service: service.into() }
    }

    fn entry(&self, name: &str) -> Result<keyring::Entry, KeyringError> {
        keyring::Entry::new(&self.service, name).map_err(|error| refused(&error))
    }
}

impl Keyring for OsKeyring {
    fn is_available(&self) -> bool {
        // Only a question that the store has to answer tells whether it is there and unlocked.
        self.get("probe").is_ok()
    }

    fn get(&self, name: &str) -> Result<Option<Vec<u8>>, KeyringError> {
        match self.entry(name)?.get_secret() {
            Ok(value) => Ok(Some(value)),
            Err(keyring::Error::NoEntry) => Ok(None),
            Err(error) => Err(refused(&error)),
        }
    }

    fn set(&self, name: &str, value: &[u8]) -> Result<(), KeyringError> {
        self.entry(name)?.set_secret(value).map_err(|error| refused(&error))
    }

    fn delete(&self, name: &str) -> Result<(), KeyringError> {
        match self.entry(name)?.delete_credential() {
            Ok(()) | Err(keyring::Error::NoEntry) => Ok(()),
            Err(error) => Err(refused(&error)),
        }
    }
}

fn refused(error: &keyring::Error) -> KeyringError {
    // Some variants carry the secret's bytes: only the kind may be logged.
    let kind = match error {
        keyring::Error::PlatformFailure(_) => "platform failure",
        keyring::Error::NoStorageAccess(_) => "no access",
        keyring::Error::NoDefaultStore => "no store",
        keyring::Error::TooLong(..) => "too long",
        _ => "other",
    };
    tracing::warn!(kind, "the keyring refused");
    KeyringError
}

/// A credential as it is kept: what signs in, and whose it is.
#[derive(Clone, Deserialize)]
pub(crate) struct Credential {
    pub(crate) token: SecretString,
    pub(crate) login: Option<String>,
    /// Which account of the server it is: a login may be typed in several ways. None of a pasted token.
    #[serde(default)]
    pub(crate) account: Option<String>,
    pub(crate) name: Option<String>,
    pub(crate) expires_at: Option<DateTime<Utc>>,
    /// When it was given, by this computer's clock.
    #[serde(default)]
    pub(crate) signed_in_at: Option<DateTime<Utc>>,
    /// The password, where the person asked to be remembered.
    #[serde(default)]
    pub(crate) password: Option<SecretString>,
}

impl fmt::Debug for Credential {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Credential(…)")
    }
}

/// What stands in the keyring. Serialisable on purpose and only here, where the bytes go straight to it.
#[derive(Serialize)]
struct Kept<'c> {
    token: &'c str,
    login: Option<&'c str>,
    account: Option<&'c str>,
    name: Option<&'c str>,
    expires_at: Option<DateTime<Utc>>,
    signed_in_at: Option<DateTime<Utc>>,
    password: Option<&'c str>,
}

/// The longest value every keyring takes: Windows stops at 2,560 bytes.
const LONGEST_VALUE: usize = 2_400;
/// The name of the store's key, and its length.
const STORE_KEY: &str = "store";
const STORE_KEY_BYTES: usize = 32;
/// More parts than any credential needs; a damaged count must not loop for long.
const MOST_PARTS: u8 = 64;

pub(crate) fn save(keyring: &dyn Keyring, name: &str, credential: &Credential) -> Result<(), KeyringError> {
    let kept = Kept {
        token: credential.token.expose_secret(),
        login: credential.login.as_deref(),
        account: credential.account.as_deref(),
        name: credential.name.as_deref(),
        expires_at: credential.expires_at,
        signed_in_at: credential.signed_in_at,
        password: credential.password.as_ref().map(ExposeSecret::expose_secret),
    };
    let bytes = serde_json::to_vec(&kept).map_err(|_| KeyringError)?;
    let parts: Vec<&[u8]> = bytes.chunks(LONGEST_VALUE).collect();
    let count = u8::try_from(parts.len()).ok().filter(|count| *count <= MOST_PARTS).ok_or(KeyringError)?;
    // The further parts go beside those of the credential before, and the first part, which names them, is written
    // last and at once: whenever the program ends, one of the two is whole.
    let before = keyring.get(name)?.and_then(|first| first.get(1).copied()).unwrap_or(1);
    let place = 1 - before.min(1);
    for (index, part) in (1..).zip(parts.iter().skip(1)) {
        keyring.set(&further(name, place, index), part)?;
    }
    let first = parts.first().copied().unwrap_or_default();
    keyring.set(name, &[&[count, place], first].concat())?;
    clear(keyring, name, 1 - place, 1)?;
    clear(keyring, name, place, count)
}

pub(crate) fn load(keyring: &dyn Keyring, name: &str) -> Result<Option<Credential>, KeyringError> {
    let Some(first) = keyring.get(name)? else { return Ok(None) };
    let [count, place, first @ ..] = first.as_slice() else { return Ok(None) };
    let mut bytes = first.to_vec();
    for index in 1..(*count).min(MOST_PARTS) {
        match keyring.get(&further(name, *place, index))? {
            Some(part) => bytes.extend_from_slice(&part),
            None => return Ok(None),
        }
    }
    Ok(serde_json::from_slice(&bytes).ok())
}

pub(crate) fn remove(keyring: &dyn Keyring, name: &str) -> Result<(), KeyringError> {
    // The further parts first: a program that ends meanwhile still finds the name and can remove the rest.
    clear(keyring, name, 0, 1)?;
    clear(keyring, name, 1, 1)?;
    keyring.delete(name)
}

/// Removes the further parts at a place, from `index` on; the last one first, so that no gap hides others if the program
/// ends meanwhile.
fn clear(keyring: &dyn Keyring, name: &str, place: u8, index: u8) -> Result<(), KeyringError> {
    let start = index.max(1);
    let mut end = start;
    while end < MOST_PARTS && keyring.get(&further(name, place, end))?.is_some() {
        end += 1;
    }
    for index in (start..end).rev() {
        keyring.delete(&further(name, place, index))?;
    }
    Ok(())
}

/// The key of the store's files, made where there is none yet.
pub(crate) fn store_key(keyring: &dyn Keyring) -> Result<[u8; STORE_KEY_BYTES], KeyringError> {
    if let Some(key) = keyring.get(STORE_KEY)?.and_then(|value| value.try_into().ok()) {
        return Ok(key);
    }
    let mut key = [0; STORE_KEY_BYTES];
    getrandom::fill(&mut key).map_err(|_| KeyringError)?;
    keyring.set(STORE_KEY, &key)?;
    Ok(key)
}

/// Removes the key of the store's files: whatever is left of them can be read by nobody any more.
pub(crate) fn remove_store_key(keyring: &dyn Keyring) -> Result<(), KeyringError> {
    keyring.delete(STORE_KEY)
}

/// The name of a further part. There are two places, so that a new credential never writes over the one before.
fn further(name: &str, place: u8, index: u8) -> String {
    format!("{name}/{place}/{index}")
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;
    use std::sync::Mutex;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use proptest::prelude::*;

    use super::*;

    /// A keyring with room for small values only.
    #[derive(Default)]
    struct Small(Mutex<HashMap<String, Vec<u8>>>, Ending);

    /// After how many changes the program ends; 0: never.
    #[derive(Default)]
    struct Ending(AtomicUsize);

    impl Ending {
        fn is_now(&self) -> bool {
            let left = self.0.load(Ordering::Relaxed);
            self.0.store(left.saturating_sub(1).max(usize::from(left > 0)), Ordering::Relaxed);
            left == 1
        }
    }

    impl Keyring for Small {
        fn is_available(&self) -> bool {
            true
        }
        fn get(&self, name: &str) -> Result<Option<Vec<u8>>, KeyringError> {
            Ok(self.0.lock().unwrap().get(name).cloned())
        }
        fn set(&self, name: &str, value: &[u8]) -> Result<(), KeyringError> {
            if value.len() > 2_560 || self.1.is_now() {
                return Err(KeyringError);
            }
            self.0.lock().unwrap().insert(name.to_owned(), value.to_vec());
            Ok(())
        }
        fn delete(&self, name: &str) -> Result<(), KeyringError> {
            if self.1.is_now() {
                return Err(KeyringError);
            }
            self.0.lock().unwrap().remove(name);
            Ok(())
        }
    }

    fn credential(token: &str) -> Credential {
        let token = SecretString::from(token.to_owned());
        let password = Some(SecretString::from("hidden-password".to_owned()));
        let login = Some("admin".to_owned());
        Credential { token, login, account: None, name: None, expires_at: None, signed_in_at: None, password }
    }

    proptest! {
        #[test]
        fn a_token_of_any_length_comes_back_and_leaves_nothing_when_removed(token in "[ -~]{1,9000}") {
            let keyring = Small::default();
            save(&keyring, "a", &credential(&token)).unwrap();
            let read = load(&keyring, "a").unwrap().unwrap();
            prop_assert_eq!(read.token.expose_secret(), &token);
            let password = read.password.unwrap();
            prop_assert_eq!(password.expose_secret(), "hidden-password");
            save(&keyring, "a", &credential("short")).unwrap();
            prop_assert_eq!(keyring.0.lock().unwrap().len(), 1, "nothing is left of the longer one");
            remove(&keyring, "a").unwrap();
            prop_assert!(keyring.0.lock().unwrap().is_empty());
        }

        #[test]
        fn whenever_the_program_ends_one_of_two_credentials_is_whole_and_nothing_stays_behind(
            before in 1usize..9_000,
            after in 1usize..9_000,
            changes in 1usize..12,
        ) {
            let (before, after) = ("b".repeat(before), "a".repeat(after));
            let keyring = Small::default();
            save(&keyring, "a", &credential(&before)).unwrap();
            keyring.1.0.store(changes, Ordering::Relaxed);
            let _ = save(&keyring, "a", &credential(&after));
            keyring.1.0.store(0, Ordering::Relaxed);
            let read = load(&keyring, "a").unwrap().unwrap();
            let token = read.token.expose_secret().to_owned();
            prop_assert!(token == before || token == after);
            keyring.1.0.store(changes, Ordering::Relaxed);
            let _ = remove(&keyring, "a");
            keyring.1.0.store(0, Ordering::Relaxed);
            remove(&keyring, "a").unwrap();
            prop_assert!(keyring.0.lock().unwrap().is_empty());
        }

        #[test]
        fn any_bytes_in_the_keyring_are_a_credential_or_none(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let keyring = Small::default();
            keyring.set("a", &bytes).unwrap();
            let _ = load(&keyring, "a").unwrap();
        }
    }

    #[test]
    fn a_credential_whose_second_part_is_missing_is_none() {
        let keyring = Small::default();
        save(&keyring, "a", &credential(&"x".repeat(5_000))).unwrap();
        keyring.delete("a/0/1").unwrap();
        assert!(load(&keyring, "a").unwrap().is_none());
    }

    #[test]
    fn a_credential_prints_neither_its_token_nor_its_password() {
        assert!(!format!("{:?}", credential("hidden-token")).contains("hidden"));
    }
}
