use std::fmt;
use std::str::FromStr;

/// Which version of the server is spoken. The five contract calls answer in all of them; names of lines, forms of
/// dates and the calls around the contract differ.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dialect {
    /// 23.12: older names of lines, no list of keys, only the client account deletes codes.
    V23_12,
    /// 24.12: what the contract's samples show.
    #[default]
    V24_12,
    /// 25.12: the contract's own names of lines everywhere, every date in ISO form.
    V25_12,
}

impl Dialect {
    /// Every dialect, oldest first.
    pub const ALL: [Self; 3] = [Self::V23_12, Self::V24_12, Self::V25_12];

    /// The version as `static/basic` tells it.
    #[must_use]
    pub fn version(self) -> &'static str {
        match self {
            Self::V23_12 => "23.12.0.0",
            Self::V24_12 => "24.12.0.0",
            Self::V25_12 => "25.12.0.0",
        }
    }
}

impl fmt::Display for Dialect {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::V23_12 => "23.12",
            Self::V24_12 => "24.12",
            Self::V25_12 => "25.12",
        })
    }
}

/// A version that is none of the known dialects.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0} is none of 23.12, 24.12 and 25.12")]
pub struct UnknownDialect(String);

impl FromStr for Dialect {
    type Err = UnknownDialect;

    fn from_str(text: &str) -> Result<Self, UnknownDialect> {
        Self::ALL
            .into_iter()
            .find(|dialect| dialect.to_string() == text)
            .ok_or_else(|| UnknownDialect(text.to_owned()))
    }
}
