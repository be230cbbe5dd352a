use chrono::{DateTime, FixedOffset, Utc};

use super::dates::{iso, sql};
use crate::dialect::Dialect;

/// How one installation writes what its answers have in common.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Style {
    pub(crate) dialect: Dialect,
    /// The zone of dates that name none.
    pub(crate) zone: FixedOffset,
}

impl Style {
    /// A date of a flat's keys and people, and of a client's codes. ISO form came with 25.12.
    pub(super) fn date(self, instant: DateTime<Utc>) -> String {
        match self.dialect {
            Dialect::V23_12 | Dialect::V24_12 => sql(instant, self.zone),
            Dialect::V25_12 => iso(instant),
        }
    }
}
