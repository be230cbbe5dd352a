//! Accounts, their sign-ins and sessions.

use chrono::{DateTime, Utc};
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::servers::ServerView;

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
    /// Whether the password is kept, so that the sign-in renews itself.
    pub remembered: bool,
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

/// Signs an account in.
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SignIn {
    /// The server's id.
    pub server: String,
    /// Which account.
    pub account: SignInAccount,
    /// What proves it.
    pub with: Proof,
    /// Keep the password in the system's keyring, so that the sign-in renews itself. Means nothing for a token.
    pub remember: bool,
    /// The answer to a captcha, where one was asked for.
    pub captcha: Option<CaptchaAnswer>,
    /// The session to end for this one, where the server said that there are too many.
    pub end_session: Option<u64>,
}

/// A picture whose text a sign-in asks for.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Captcha {
    /// Goes back with the answer.
    pub key: String,
    /// The picture as a `data:` address; PNG or JPEG, at most 1 MiB.
    pub image: String,
    /// How long the server takes an answer to it, in seconds.
    pub ttl_seconds: u32,
}

/// What a person read in a captcha.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct CaptchaAnswer {
    /// The captcha's key.
    pub key: String,
    /// The text.
    pub text: String,
}

/// One session of the client account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SessionView {
    /// Record id.
    pub id: u64,
    /// Whether it is in use right now, where the server says.
    pub online: Option<bool>,
    /// When it was last used.
    pub last_seen: Option<DateTime<Utc>>,
    /// What it says it runs on.
    pub user_agent: Option<String>,
    /// The kind of program it belongs to.
    pub client: Option<String>,
    /// Its network address.
    pub ip: Option<String>,
    /// Whether it is this desk's own.
    pub is_current: bool,
}

/// The sessions of the client account.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SessionList {
    /// Whether the server lists them.
    pub listing: SessionListing,
    /// The sessions, this desk's own first.
    pub sessions: Vec<SessionView>,
    /// When the list was confirmed.
    pub confirmed_at: DateTime<Utc>,
}

/// Whether the client account's sessions are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SessionListing {
    /// The server listed them.
    Complete,
    /// This server does not list them.
    NotOffered,
    /// No client account is signed in.
    NoAccount,
}

/// Names a session.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct SessionRef {
    /// The server's id.
    pub server: String,
    /// The session's record id.
    pub session: u64,
}

/// An account was signed out here.
#[derive(Debug, Clone, Serialize, TS)]
pub struct AccountSignedOut {
    /// The server now.
    pub server: ServerView,
    /// What became of the session at the server.
    pub session: SessionEnd,
}

/// What became of a session when its account was signed out here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SessionEnd {
    /// The server ended it.
    Ended,
    /// No call ends it: the token stays good at the server until it expires by itself.
    Stays,
    /// The server could not be told or did not answer: it may still be open.
    Unknown,
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
