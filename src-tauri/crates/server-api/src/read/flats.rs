//! Flats with their keys, users and lines (seeds 000, 003, 004 and the flats list).

use serde_json::{Map, Value};

use super::keys::{Key, User, key, user};
use super::properties::properties;
use super::value::{ProblemKind, Reader, boolean, count, record_id};

/// The longest door number, in characters.
pub(super) const LONGEST_NUMBER: usize = 64;

/// A flat at an intercom.
#[derive(Debug, Clone, PartialEq)]
pub struct Flat {
    /// Record id: what calls name it by.
    pub id: u64,
    /// Door number, what people call it: at most 64 characters, empty where the answer does not say.
    pub number: String,
    /// The intercom it belongs to, where the answer says (seed 003 does not).
    pub intercom: Option<u64>,
    /// How many keys it has, unless the server did not count.
    pub key_count: Option<u32>,
    /// How many users it has, unless the server did not count.
    pub user_count: Option<u32>,
    /// Its three lines.
    pub lines: Lines,
    /// Its keys, where the answer says (seed 003).
    pub keys: Option<Vec<Key>>,
    /// Its users, where the answer says (seed 003).
    pub users: Option<Vec<User>>,
    /// Every property as it came, known or not: at most 200, each of at most 200 values.
    pub properties: Map<String, Value>,
}

/// Which line of a flat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Line {
    /// The analog handset.
    Analog,
    /// The smartphone (SIP).
    Smartphone,
    /// The landline (SIP).
    Landline,
}

impl Line {
    /// All three, in the order people list them.
    pub const ALL: [Self; 3] = [Self::Analog, Self::Smartphone, Self::Landline];

    /// The contract's name of the line, the only one that is written (seed 004).
    pub fn written(self) -> &'static str {
        match self {
            Self::Analog => "is_analog_line_available",
            Self::Smartphone => "is_smartphone_sip_line_available",
            Self::Landline => "is_landline_sip_line_available",
        }
    }

    /// The other name the line is read by, depending on the server's version.
    fn also_read(self) -> &'static str {
        match self {
            Self::Analog => "is_analog_line_enable",
            Self::Smartphone => "is_sip_line_enable",
            Self::Landline => "is_duplicated_sip_line_available",
        }
    }
}

/// The state of each line; `None` is unknown, not off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Lines {
    /// The analog handset.
    pub analog: Option<bool>,
    /// The smartphone.
    pub smartphone: Option<bool>,
    /// The landline.
    pub landline: Option<bool>,
}

impl Lines {
    /// One line's state.
    pub fn get(&self, line: Line) -> Option<bool> {
        match line {
            Line::Analog => self.analog,
            Line::Smartphone => self.smartphone,
            Line::Landline => self.landline,
        }
    }

    /// Sets one line's state.
    pub fn set(&mut self, line: Line, state: Option<bool>) {
        match line {
            Line::Analog => self.analog = state,
            Line::Smartphone => self.smartphone = state,
            Line::Landline => self.landline = state,
        }
    }
}

/// One flat, wherever it stands.
pub(crate) fn flat(reader: &mut Reader, value: &Value, record: &str) -> Option<Flat> {
    let object = reader.object(value, record)?;
    let id = reader.id(object, record)?;
    let properties = properties(reader, object, record);
    let lines = lines(reader, object, &properties, record);
    Some(Flat {
        id,
        number: reader.exact(object, "flat", record, LONGEST_NUMBER).unwrap_or_default(),
        intercom: object.get("intercom_id").and_then(record_id),
        key_count: count(object.get("key_count")),
        user_count: count(object.get("users_count")),
        lines,
        keys: reader.nested(object, "keys", record, key),
        users: reader.nested(object, "users", record, user),
        properties,
    })
}

/// The lines, under `properties` or, in some versions, in the flat itself. `…_available` wins.
pub(super) fn lines(
    reader: &mut Reader,
    flat: &Map<String, Value>,
    properties: &Map<String, Value>,
    record: &str,
) -> Lines {
    let mut lines = Lines::default();
    for line in Line::ALL {
        let said = |name: &str| boolean(properties.get(name)).or_else(|| boolean(flat.get(name)));
        let (first, second) = (said(line.written()), said(line.also_read()));
        if let (Some(first), Some(second)) = (first, second)
            && first != second
        {
            reader.note(record, line.also_read(), ProblemKind::LineConflict);
        }
        lines.set(line, first.or(second));
    }
    lines
}
