//! What is remembered between two starts and is not secret: preferences and the list of servers.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;
use uuid::Uuid;

use crate::keeping;
use crate::short_names::Chosen;
use crate::views::{AccountKind, Capability, CapabilityState, Choices, DateForm, LONGEST_MINUTES, ZOOM};

/// Keeps one JSON document. The shell implements it with the store plugin, tests with a variable.
pub trait Preferences: Send + Sync {
    /// The last document that was saved whole, if any.
    fn load(&self) -> Option<Value>;

    /// Saves the document; when it fails, the one before must still load.
    fn save(&self, document: &Value) -> Result<(), PreferencesError>;

    /// Leaves nothing of any document that was saved.
    fn erase(&self) -> Result<(), PreferencesError>;
}

/// The document could not be saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("preferences could not be saved")]
pub struct PreferencesError;

/// The document.
#[derive(Debug, Clone, Serialize)]
pub struct SavedDesk {
    /// This installation's `X-UUID`: opaque, made once.
    pub device: String,
    /// Language and theme.
    pub choices: Choices,
    /// The servers, in the order they were added.
    pub servers: Vec<SavedServer>,
    /// The server that is shown.
    pub active: Option<String>,
    /// Keyring entries that were to be removed while the keyring was away.
    pub(crate) to_forget: Vec<String>,
    /// Servers of the list that this version cannot read: kept as they are for the one that can.
    #[serde(skip)]
    pub(crate) unread: Vec<Value>,
}

/// One server of the list.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SavedServer {
    /// Made when it was added; names its keyring entries.
    pub id: String,
    /// What the person calls it.
    pub name: String,
    /// Its normalised address.
    pub address: String,
    /// The pinned certificate's fingerprint, where one was decided on.
    #[serde(default)]
    pub pin: Option<String>,
    /// Whether the person accepted `http://` to another computer.
    #[serde(default)]
    pub plain_http: bool,
    /// The zone this server means by a date without one, in minutes east of UTC: not documented, so a setting.
    #[serde(default)]
    pub zone_minutes: i32,
    /// Which credential billing calls take.
    #[serde(default, deserialize_with = "lenient")]
    pub billing: BillingChoice,
    /// Intercoms the person added by id.
    #[serde(default)]
    pub intercoms: Vec<u64>,
    /// What the person calls intercoms for short.
    #[serde(default, deserialize_with = "lenient")]
    pub(crate) short_names: Chosen,
    /// The intercom the person looked at last.
    #[serde(default, deserialize_with = "lenient")]
    pub last_intercom: Option<u64>,
    /// Whether the person lets the reading of it wait.
    #[serde(default)]
    pub sync_waits: bool,
    /// How ends are written to the client API.
    #[serde(default, deserialize_with = "lenient")]
    pub date_form: DateForm,
    /// Header `X-Client` of the client API.
    #[serde(default = "usual_client_name")]
    pub client_name: String,
    /// Its version, as it last told it.
    #[serde(default)]
    pub version: Option<String>,
    /// How far its clock was ahead when last compared, in minutes. Of this run only.
    #[serde(skip)]
    pub clock_minutes: i32,
    /// What it turned out to answer.
    #[serde(default, deserialize_with = "lenient")]
    pub(crate) learned: Learned,
    /// Whether a billing call answered without any credential.
    #[serde(default)]
    pub billing_open: bool,
}

/// What a server turned out to answer.
pub(crate) type Learned = BTreeMap<Capability, LearnedCapability>;

/// One thing a server turned out to answer, or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct LearnedCapability {
    /// Whether it is there.
    pub state: CapabilityState,
    /// When that was found out.
    pub checked_at: DateTime<Utc>,
}

/// What does not read is as if nothing had been set, and takes nothing else of the server with it.
fn lenient<'de, D: Deserializer<'de>, T: Default + DeserializeOwned>(from: D) -> Result<T, D::Error> {
    Ok(serde_json::from_value(Value::deserialize(from)?).unwrap_or_default())
}

fn usual_client_name() -> String {
    "web".to_owned()
}

impl SavedServer {
    /// A server as it is when nothing was set or learned yet.
    pub(crate) fn new(id: String, name: String, address: String) -> Self {
        Self {
            id,
            name,
            address,
            pin: None,
            plain_http: false,
            zone_minutes: 0,
            billing: BillingChoice::default(),
            intercoms: Vec::new(),
            short_names: Chosen::new(),
            last_intercom: None,
            sync_waits: false,
            date_form: DateForm::default(),
            client_name: usual_client_name(),
            version: None,
            clock_minutes: 0,
            learned: Learned::new(),
            billing_open: false,
        }
    }
}

/// Which credential billing calls take: how the server wants it is not documented.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BillingChoice {
    /// No credential.
    None,
    /// The admin account's token.
    #[default]
    Admin,
    /// A token of its own.
    Own,
}

impl SavedDesk {
    /// The names of every keyring entry that a server of the list may have, also of one that this version cannot read, and
    /// of those that were to be removed.
    pub(crate) fn keyring_entries(&self) -> Vec<String> {
        let unread = self.unread.iter().filter_map(|server| server.get("id")?.as_str());
        let servers = self.servers.iter().map(|server| server.id.as_str()).chain(unread);
        let mut names: Vec<String> = servers
            .flat_map(|server| {
                [AccountKind::Admin, AccountKind::Client, AccountKind::Billing]
                    .map(|kind| keeping::name(server, kind))
            })
            .collect();
        names.extend(self.to_forget.iter().cloned());
        names
    }

    /// Reads a document field by field; whatever of it cannot be read is as on a first start, and one bad server
    /// never hides the others.
    pub fn read(document: Option<Value>) -> Self {
        let document = document.unwrap_or_default();
        let text = |name: &str| document.get(name).and_then(Value::as_str).map(str::to_owned);
        let choices = document.get("choices").cloned().unwrap_or_default();
        let servers = document.get("servers").and_then(Value::as_array).cloned().unwrap_or_default();
        let mut read = Vec::new();
        let mut unread = Vec::new();
        for server in servers {
            match serde_json::from_value(server.clone()) {
                Ok(server) => read.push(server),
                Err(_) => unread.push(server),
            }
        }
        Self {
            device: text("device").unwrap_or_else(new_id),
            choices: read_choices(&choices),
            servers: read,
            active: text("active"),
            to_forget: read_field(&document, "to_forget").unwrap_or_default(),
            unread,
        }
    }
}

impl SavedDesk {
    /// The document as it is saved, with what could not be read where it stood: at the end of the list.
    pub(crate) fn document(&self) -> serde_json::Result<Value> {
        let mut document = serde_json::to_value(self)?;
        if let Some(servers) = document.get_mut("servers").and_then(Value::as_array_mut) {
            servers.extend(self.unread.iter().cloned());
        }
        Ok(document)
    }
}

/// Each choice by itself: one that does not read is as on a first start, and takes no other with it.
fn read_choices(document: &Value) -> Choices {
    let usual = Choices::default();
    Choices {
        language: read_field(document, "language").unwrap_or(usual.language),
        visitor_language: read_field(document, "visitorLanguage").unwrap_or(usual.visitor_language),
        theme: read_field(document, "theme").unwrap_or(usual.theme),
        zoom: read_field(document, "zoom").filter(|zoom| ZOOM.contains(zoom)).unwrap_or(usual.zoom),
        code_minutes: read_field(document, "codeMinutes")
            .filter(|minutes| (1..=LONGEST_MINUTES).contains(minutes))
            .unwrap_or(usual.code_minutes),
        code_title: read_field(document, "codeTitle").unwrap_or(usual.code_title),
    }
}

fn read_field<T: DeserializeOwned>(document: &Value, name: &str) -> Option<T> {
    serde_json::from_value(document.get(name)?.clone()).ok()
}

pub(crate) fn new_id() -> String {
    Uuid::new_v4().to_string()
}
