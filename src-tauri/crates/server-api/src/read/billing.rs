//! Intercoms as the billing calls show them.

use serde_json::Value;

use super::intercoms::{Intercom, intercom};
use super::value::{Reader, count, exact, text};

/// Two door numbers farther apart than this are a mistake, not a house.
const MOST_FLATS: u32 = 10_000;

/// The longest MAC address or external id, in characters: they name an intercom, so they are never cut.
const LONGEST_NAME: usize = 200;

/// An intercom as `intercoms/show` describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BillingIntercom {
    /// What every list says of it.
    pub intercom: Intercom,
    /// Its MAC address, as the server writes it.
    pub mac: Option<String>,
    /// Its id in the operator's own system.
    pub external_id: Option<String>,
    /// The model of the panel.
    pub model: Option<String>,
    /// How far its installation is.
    pub status: Option<PanelStatus>,
    /// The first and last door number, `1 ≤ first ≤ last`, at most 10 000 apart; otherwise not said.
    pub flats: Option<(u32, u32)>,
}

/// How far a panel's installation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PanelStatus {
    /// No panel yet.
    Empty,
    /// A panel works there.
    Installed,
    /// It was taken away.
    Deleted,
    /// A status nobody knows.
    Other,
}

/// One intercom of the billing calls.
pub(crate) fn billing_intercom(reader: &mut Reader, value: &Value, record: &str) -> Option<BillingIntercom> {
    let intercom = intercom(reader, value, record)?;
    let status = text(value.get("status")).map(|status| match status.as_str() {
        "empty" => PanelStatus::Empty,
        "installed" => PanelStatus::Installed,
        "deleted" => PanelStatus::Deleted,
        _ => PanelStatus::Other,
    });
    let flats = count(value.get("flat_from")).zip(count(value.get("flat_to")));
    Some(BillingIntercom {
        intercom,
        mac: exact(value.get("mac"), LONGEST_NAME),
        external_id: exact(value.get("external_id"), LONGEST_NAME),
        model: text(value.get("model")),
        status,
        flats: flats.filter(|(from, to)| (1..=*to).contains(from) && to - from <= MOST_FLATS),
    })
}
