//! What a search finds, over every server.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::accounts::AccountKind;
use super::codes::{CodeState, CodeView};
use super::flats::{FlatDetail, FlatView};
use super::intercoms::IntercomView;
use super::keys::ListedKey;

/// Looks for what was typed, over every server.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct Search {
    /// What was typed.
    pub text: String,
    /// The kind of which fifty are wanted instead of eight.
    #[serde(default)]
    #[ts(optional)]
    pub more: Option<FoundKind>,
}

/// A kind of what is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FoundKind {
    /// Flats.
    Flats,
    /// Residents and owners of keys.
    People,
    /// Keys.
    Keys,
    /// Visitor codes.
    Codes,
    /// Intercoms.
    Intercoms,
}

/// What was found: at most eight of each kind, fifty of one that more is wanted of, the best first.
#[derive(Debug, Clone, Default, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SearchResults {
    /// Flats by their number, alone or after what their intercom is called.
    pub flats: Vec<FoundFlat>,
    /// Residents and owners of keys.
    pub people: Vec<FoundPersonView>,
    /// Keys, in whatever notation.
    pub keys: Vec<FoundKeyView>,
    /// Visitor codes by their digits or title.
    pub codes: Vec<FoundCodeHit>,
    /// Intercoms by title or address.
    pub intercoms: Vec<FoundIntercom>,
    /// The kinds of which there is more than is told here.
    pub more: Vec<FoundKind>,
    /// How what was typed had to be read: as if with the other layout of the keyboard. Null where it was found as it stands.
    pub read_as: Option<String>,
    /// Of how many intercoms anything is remembered that could be looked through; told where nothing was found.
    pub looked_through: Option<usize>,
    /// Whether what was typed is the whole title of one of the intercoms, which is meant before anything else.
    pub intercom_meant: bool,
    /// Whether what was typed can be a key.
    pub is_key: bool,
}

/// Where something was found, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FoundAt {
    /// The server's id.
    pub server: String,
    /// What the server is called.
    pub server_name: String,
    /// The intercom's record id, where known.
    pub intercom: Option<u64>,
    /// What the intercom is called for short, where it is known.
    pub short_name: Option<String>,
    /// The intercom's title, where known.
    pub intercom_title: Option<String>,
    /// Its street address, where known.
    pub address: Option<String>,
    /// Its entrance, where known.
    pub entrance: Option<String>,
    /// What of the record matched what was typed.
    pub marks: Vec<FoundMark>,
}

/// A stretch of a text that matched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct FoundMark {
    /// The text.
    pub field: FoundField,
    /// The first character of it, counted as JavaScript counts them.
    pub from: usize,
    /// The character after the last one.
    pub to: usize,
}

/// Which text of a record matched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FoundField {
    /// The door number.
    Number,
    /// A person's name.
    Name,
    /// A person's login.
    Login,
    /// The title of an intercom or of a code.
    Title,
    /// An intercom's address.
    Address,
    /// The code's digits.
    Code,
    /// The key as the server writes it.
    Key,
}

/// A flat that was found.
#[derive(Debug, Clone, Serialize, TS)]
pub struct FoundFlat {
    /// Where, and why.
    pub at: FoundAt,
    /// The flat.
    pub flat: FlatView,
}

/// A resident or the owner of a key who was found.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "FoundPerson")]
pub struct FoundPersonView {
    /// Where, and why.
    pub at: FoundAt,
    /// The user's record id.
    pub id: u64,
    /// Name.
    pub name: Option<String>,
    /// Login.
    pub login: Option<String>,
    /// The flat's record id, where there is one.
    pub flat: Option<u64>,
    /// Its door number, where known.
    pub flat_number: Option<String>,
    /// Whether the server told them among the flat's residents; else a key is all that is known of them.
    pub is_resident: bool,
    /// When this was last confirmed, where that is known.
    pub confirmed_at: Option<DateTime<Utc>>,
    /// Since when the server does not tell of them there any more.
    pub gone_at: Option<DateTime<Utc>>,
    /// At how many other places of the same server they are.
    pub others: usize,
}

/// A key that was found.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(rename = "FoundKey")]
pub struct FoundKeyView {
    /// Where, and why.
    pub at: FoundAt,
    /// The key.
    pub key: ListedKey,
    /// How what was typed had to be read.
    pub how: How,
}

/// A code that was found.
#[derive(Debug, Clone, Serialize, TS)]
pub struct FoundCodeHit {
    /// Where, and why.
    pub at: FoundAt,
    /// The code.
    pub code: FoundCodeView,
}

/// A code as a search shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "FoundCode")]
pub struct FoundCodeView {
    /// Names its row in the list of codes.
    pub key: String,
    /// The digits.
    pub code: String,
    /// What it is called.
    pub title: String,
    /// The flat's door number, where known.
    pub flat_number: Option<String>,
    /// When it stops opening the door.
    pub until: Option<DateTime<Utc>>,
    /// Whether it opens the door.
    pub state: CodeState,
    /// The account whose code it is: admin or client.
    pub account: AccountKind,
}

/// An intercom that was found.
#[derive(Debug, Clone, Serialize, TS)]
pub struct FoundIntercom {
    /// Where, and why.
    pub at: FoundAt,
    /// The intercom.
    pub intercom: IntercomView,
}

/// How a typed text was read as a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "KeyNotation")]
pub enum How {
    /// Hex, as the server writes keys.
    Hex,
    /// Hex, the bytes from the other end.
    HexReversed,
    /// A decimal number.
    Decimal,
    /// A decimal number, the bytes from the other end.
    DecimalReversed,
    /// The decimal number printed on a card: the last three or four bytes.
    CardNumber,
    /// The same, the bytes from the other end: the first three or four.
    CardNumberReversed,
    /// Wiegand-26, `facility,card`: the last three bytes.
    Wiegand,
    /// The same, the bytes from the other end: the first three.
    WiegandReversed,
    /// The card's part of `facility,card` alone: the last two bytes.
    WiegandCard,
    /// The last hex digits.
    Ending,
    /// The first hex digits.
    Beginning,
    /// The last digits of the printed decimal number.
    DecimalEnding,
    /// Hex typed with the Russian layout, or with letters that only look Latin.
    Layout,
}

/// Asks for everything known about what a hit stands for: a flat, or an intercom alone.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct AnswerRef {
    /// The server's id.
    pub server: String,
    /// The intercom's record id.
    pub intercom: u64,
    /// The flat's record id, where known.
    pub flat: Option<u64>,
    /// The flat's door number, where known.
    pub number: Option<String>,
    /// The row of a code that is told whatever its state.
    pub code: Option<String>,
}

/// Everything known about a flat, each part with its own age.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Answer {
    /// The intercom, where it is remembered.
    pub intercom: Option<IntercomView>,
    /// The flat and what is inside it; null where its record is not known, or not to be seen by whoever is signed in.
    pub flat: Option<FlatDetail>,
    /// The flat where only its door number is known.
    pub door: Option<FlatView>,
    /// Its codes that open the door, or may: first those that need the person's eyes.
    pub codes: Vec<CodeView>,
    /// When the list of codes that was read longest ago was asked for; null where none was.
    pub codes_at: Option<DateTime<Utc>>,
}
