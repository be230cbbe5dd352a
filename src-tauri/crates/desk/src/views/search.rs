//! What a search finds, over every server.

use serde::Serialize;
use ts_rs::TS;

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
