//! The servers of the list.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::accounts::{AccountView, BillingView};
use super::capabilities::CapabilityView;

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
    /// Its version, where it told one.
    pub version: Option<String>,
    /// How ends are written to the client API.
    pub date_form: DateForm,
    /// Header `X-Client` of the client API.
    pub client_name: String,
    /// How far its clock is ahead of this computer's, in minutes; 0 where it is right enough or not known.
    pub clock_minutes: i32,
    /// Since when it has not been reached; null where it was reached last, or not asked yet.
    pub lost_at: Option<DateTime<Utc>>,
    /// What it turned out to answer, every capability once.
    pub capabilities: Vec<CapabilityView>,
    /// What whoever runs it should know.
    pub warnings: Vec<ServerWarning>,
}

/// How ends are written to the client API: the contract shows one form, shipping apps send another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DateForm {
    /// `2029-12-31 12:45`, in the server's zone.
    #[default]
    Contract,
    /// `2029-12-31T12:45:00.000000Z`.
    Iso,
}

/// What whoever runs a server should know about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ServerWarning {
    /// A billing call answers without any credential: anyone who reaches the server can switch lines.
    BillingOpen,
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

/// Accepts another certificate of a known server, or leaves the judgement to the system again.
#[derive(Debug, Deserialize, TS)]
pub struct TrustCertificate {
    /// The server's id.
    pub server: String,
    /// SHA-256 of the certificate to trust from now on; null: whatever the operating system trusts.
    pub fingerprint: Option<String>,
}

/// Changes what the person can set about a server.
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SetServer {
    /// The server's id.
    pub server: String,
    /// What the person calls it; the host where blank.
    pub name: String,
    /// The zone it means by a date without one, in minutes east of UTC, −720 to 840.
    pub zone_minutes: i32,
    /// How ends are written to the client API.
    pub date_form: DateForm,
    /// Header `X-Client` of the client API: 1 to 64 letters, digits, `-`, `_` or `.`.
    pub client_name: String,
}
