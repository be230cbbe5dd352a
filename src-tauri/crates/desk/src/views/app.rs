//! The program, its servers and accounts.

use chrono::{DateTime, Utc};
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Everything the frame shows.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AppState {
    /// The program's version.
    pub version: String,
    /// Which of the program's identities this is.
    pub identity: Identity,
    /// Whether secrets survive the program.
    pub keyring: KeyringState,
    /// Language and theme.
    pub preferences: Choices,
    /// The servers, in the order they were added.
    pub servers: Vec<ServerView>,
    /// The server that is shown.
    pub active: Option<String>,
}

/// Builds that must not see each other's data have different identities.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Identity {
    /// What people install.
    Release,
    /// What developers run.
    Development,
    /// What tests run.
    Test,
}

/// Whether secrets survive the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum KeyringState {
    /// In the system's keyring.
    Available,
    /// Nowhere but memory: sign-ins end with the program.
    Unavailable,
}

/// What the person chose for the whole program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[ts(rename = "Preferences")]
pub struct Choices {
    /// Language of the interface.
    #[serde(default)]
    pub language: LanguageChoice,
    /// Colours.
    #[serde(default)]
    pub theme: ThemeChoice,
}

/// Language of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LanguageChoice {
    /// As the system.
    #[default]
    System,
    /// English.
    En,
    /// Russian.
    Ru,
}

/// Colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ThemeChoice {
    /// As the system.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// What a person hands to whoever maintains the program or the server: nobody's data.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ErrorDetails {
    /// The error's code.
    pub code: String,
    /// The HTTP status, where there was one.
    pub status: Option<u16>,
    /// Finds the error in the log.
    pub trace: String,
}

/// One server and its accounts.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ServerView {
    /// Names it in every request.
    pub id: String,
    /// What the person calls it.
    pub name: String,
    /// Its address, as `https://vms.local:8443`.
    pub address: String,
    /// A real one, or the demo building.
    pub kind: ServerKind,
    /// How it proves who it is.
    pub trust: TrustView,
    /// The zone it means by a date without one, in minutes east of UTC.
    pub zone_minutes: i32,
    /// The admin account, if one signed in.
    pub admin: Option<AccountView>,
    /// The client account, if one signed in.
    pub client: Option<AccountView>,
    /// What billing calls take.
    pub billing: BillingView,
}

/// A real server, or the demo building.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ServerKind {
    /// Somebody's server.
    Server,
    /// The demo building on this computer.
    Demo,
}

/// How a server proves who it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum TrustView {
    /// By the operating system's certificate store.
    Platform,
    /// By one certificate the person decided on.
    Pinned {
        /// SHA-256, upper-case hex pairs joined by colons.
        fingerprint: String,
        /// When it ends, once it has been seen in this run: a pin outlives its certificate, and the person is told.
        ends: Option<DateTime<Utc>>,
    },
    /// Not at all: `http://` to another computer.
    Plain,
    /// It need not: it is this computer.
    Local,
}

/// Which account a call needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AccountKind {
    /// Records of intercoms and flats.
    Admin,
    /// A resident's or desk's own account.
    Client,
    /// Lines.
    Billing,
}

/// A signed-in account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AccountView {
    /// Its login; unknown for a pasted token.
    pub login: Option<String>,
    /// Its name, where the server told it.
    pub name: Option<String>,
    /// Whether the server still accepts it.
    pub state: SignInState,
    /// When the sign-in ends, where the server told it.
    pub expires_at: Option<DateTime<Utc>>,
}

/// Whether the server still accepts a sign-in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SignInState {
    /// As far as is known.
    SignedIn,
    /// It said no.
    Expired,
}

/// What billing calls take.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum BillingView {
    /// No credential.
    None,
    /// The admin account's.
    Admin,
    /// A token of its own.
    Own {
        /// Whether the server still accepts it.
        state: SignInState,
    },
}

/// Looks whether an intercom server answers at an address.
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ProbeServer {
    /// As typed.
    pub address: String,
    /// The certificate the person decided to trust, if any.
    pub pin: Option<String>,
    /// Whether the person accepted `http://` to another computer.
    pub allow_plain_http: bool,
}

/// What answered.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ServerProbe {
    /// The address in its normal form.
    pub address: String,
    /// The server's version, where it told one.
    pub version: Option<String>,
    /// Whether a sign-in may ask for a captcha.
    pub captcha_available: bool,
    /// How it proves who it is.
    pub trust: TrustView,
}

/// Puts a server on the list and shows it.
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AddServer {
    /// As typed, or as the probe made it.
    pub address: String,
    /// What the person calls it; the host where blank.
    pub name: String,
    /// The certificate the person decided to trust, if any.
    pub pin: Option<String>,
    /// Whether the person accepted `http://` to another computer.
    pub allow_plain_http: bool,
}

/// Names a server.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ServerRef {
    /// Its id.
    pub server: String,
}

/// Accepts another certificate of a known server.
#[derive(Debug, Deserialize, TS)]
pub struct TrustCertificate {
    /// The server's id.
    pub server: String,
    /// SHA-256 of the certificate to trust from now on.
    pub fingerprint: String,
}

/// Sets the zone a server means by a date without one.
#[derive(Debug, Deserialize, TS)]
pub struct SetZone {
    /// The server's id.
    pub server: String,
    /// Minutes east of UTC, −720 to 840.
    pub minutes: i32,
}

/// Signs an account in.
#[derive(Debug, Deserialize, TS)]
pub struct SignIn {
    /// The server's id.
    pub server: String,
    /// Which account.
    pub account: SignInAccount,
    /// What proves it.
    pub with: Proof,
}

/// An account that signs in by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SignInAccount {
    /// Records of intercoms and flats.
    Admin,
    /// A resident's or desk's own account.
    Client,
}

/// What proves an account. The only secrets that come from the interface; none goes there.
#[derive(Debug, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Proof {
    /// Login and password.
    Password {
        /// Login.
        login: String,
        /// Password.
        #[ts(type = "string")]
        password: SecretString,
    },
    /// A token made elsewhere.
    Token {
        /// The token.
        #[ts(type = "string")]
        token: SecretString,
    },
}

/// Chooses what billing calls take.
#[derive(Debug, Deserialize, TS)]
pub struct SetBilling {
    /// The server's id.
    pub server: String,
    /// The choice.
    pub credential: BillingCredential,
}

/// What billing calls take, as chosen.
#[derive(Debug, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum BillingCredential {
    /// No credential.
    None,
    /// The admin account's token.
    Admin,
    /// A token of its own.
    Own {
        /// The token.
        #[ts(type = "string")]
        token: SecretString,
    },
}

/// Signs an account out.
#[derive(Debug, Deserialize, TS)]
pub struct SignOut {
    /// The server's id.
    pub server: String,
    /// Which account.
    pub account: AccountKind,
}
