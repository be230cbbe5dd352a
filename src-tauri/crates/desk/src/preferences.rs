//! What is remembered between two starts and is not secret: preferences and the list of servers.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use crate::views::Choices;

/// Keeps one JSON document. The shell implements it with the store plugin, tests with a variable.
pub trait Preferences: Send + Sync {
    /// The last document that was saved whole, if any.
    fn load(&self) -> Option<Value>;

    /// Saves the document; when it fails, the one before must still load.
    fn save(&self, document: &Value) -> Result<(), PreferencesError>;
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
    #[serde(default)]
    pub billing: BillingChoice,
    /// Intercoms the person added by id.
    #[serde(default)]
    pub intercoms: Vec<u64>,
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
    /// Reads a document field by field; whatever of it cannot be read is as on a first start, and one bad server
    /// never hides the others.
    pub fn read(document: Option<Value>) -> Self {
        let document = document.unwrap_or_default();
        let text = |name: &str| document.get(name).and_then(Value::as_str).map(str::to_owned);
        let choices = document.get("choices").cloned().unwrap_or_default();
        let servers = document.get("servers").and_then(Value::as_array).cloned().unwrap_or_default();
        Self {
            device: text("device").unwrap_or_else(new_id),
            choices: serde_json::from_value(choices).unwrap_or_default(),
            servers: servers.into_iter().filter_map(|server| serde_json::from_value(server).ok()).collect(),
            active: text("active"),
        }
    }
}

pub(crate) fn new_id() -> String {
    Uuid::new_v4().to_string()
}
