//! What a server and its accounts turned out to answer.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::accounts::AccountKind;

/// A call, or a few that come together, that the product uses where it is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Capability {
    /// The admin API's list of intercoms, which no page documents.
    AdminIntercoms,
    /// The list of an intercom's flats.
    Flats,
    /// One flat with its keys and residents (seed 003).
    FlatDetails,
    /// The list of an intercom's keys.
    Keys,
    /// Codes by flat (seed 000).
    IssueForFlat,
    /// The list of codes by flat, which no page documents.
    AdminCodes,
    /// Deleting codes by flat.
    DeleteAdminCodes,
    /// The client account's intercoms.
    ClientIntercoms,
    /// Codes for the client account's own flat (seed 001).
    IssueForIntercom,
    /// The client account's codes (seed 002).
    ClientCodes,
    /// Deleting the client account's codes.
    DeleteClientCodes,
    /// The client account's sessions.
    Sessions,
    /// One intercom by its id, MAC or external id.
    ShowIntercom,
    /// Switching lines (seed 004).
    SwitchLines,
}

impl Capability {
    /// Every capability, account by account.
    pub const ALL: [Self; 14] = [
        Self::AdminIntercoms,
        Self::Flats,
        Self::FlatDetails,
        Self::Keys,
        Self::IssueForFlat,
        Self::AdminCodes,
        Self::DeleteAdminCodes,
        Self::ClientIntercoms,
        Self::IssueForIntercom,
        Self::ClientCodes,
        Self::DeleteClientCodes,
        Self::Sessions,
        Self::ShowIntercom,
        Self::SwitchLines,
    ];

    /// The account it belongs to.
    pub fn account(self) -> AccountKind {
        match self {
            Self::AdminIntercoms
            | Self::Flats
            | Self::FlatDetails
            | Self::Keys
            | Self::IssueForFlat
            | Self::AdminCodes
            | Self::DeleteAdminCodes => AccountKind::Admin,
            Self::ClientIntercoms
            | Self::IssueForIntercom
            | Self::ClientCodes
            | Self::DeleteClientCodes
            | Self::Sessions => AccountKind::Client,
            Self::ShowIntercom | Self::SwitchLines => AccountKind::Billing,
        }
    }
}

/// Whether a capability is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CapabilityState {
    /// Nobody has asked yet. A call that changes something is not tried for the sake of knowing.
    #[default]
    Unknown,
    /// It answered.
    Answers,
    /// This server does not have it.
    Missing,
    /// The account may not use it.
    Forbidden,
}

/// One capability of one server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CapabilityView {
    /// Which.
    pub capability: Capability,
    /// The account it belongs to.
    pub account: AccountKind,
    /// Whether it is there.
    pub state: CapabilityState,
    /// When that was found out.
    pub checked_at: Option<DateTime<Utc>>,
}
