//! Rows of visitor codes, and the journal of those this desk asked for.

use chrono::{DateTime, Utc};

/// A code as a server told of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeRow {
    /// Record id.
    pub id: u64,
    /// The digits.
    pub code: String,
    /// What it is called.
    pub title: String,
    /// The intercom it opens, where the answer says.
    pub intercom: Option<u64>,
    /// The intercom's title, where the answer says.
    pub intercom_title: Option<String>,
    /// The flat's door number, where the answer says.
    pub flat_number: Option<String>,
    /// When it stops opening the door.
    pub until: Option<DateTime<Utc>>,
    /// Whether the server itself called it ended.
    pub is_ended: bool,
    /// Whether it was to be deleted and the answer was lost.
    pub is_unsettled: bool,
    /// When the server forgets it.
    pub removed_at: Option<DateTime<Utc>>,
    /// When it was made.
    pub created_at: Option<DateTime<Utc>>,
}

/// A code this desk means to issue, written down before the server is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Intent {
    /// The intercom.
    pub intercom: u64,
    /// The flat: record id and door number; `None` for the client account's own.
    pub flat: Option<(u64, String)>,
    /// What it is to be called.
    pub title: String,
    /// When it is to end.
    pub until: DateTime<Utc>,
    /// When the server was asked.
    pub asked_at: DateTime<Utc>,
}

/// What became of an intent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The request is on its way.
    Asked,
    /// The server answered with the code, at this time.
    Issued(CodeRow, DateTime<Utc>),
    /// The request went out and no usable answer came back: it may have been done.
    Unknown,
}

/// What this desk asked a server to issue, in the order of asking.
#[derive(Debug, Default)]
pub struct Journal {
    entries: Vec<(u64, Intent, Outcome)>,
    last: u64,
}

impl Journal {
    /// Writes an intent down and gives it its number.
    pub fn ask(&mut self, intent: Intent) -> u64 {
        self.last += 1;
        self.entries.push((self.last, intent, Outcome::Asked));
        self.last
    }

    /// Writes down what became of an intent.
    pub fn settle(&mut self, number: u64, outcome: Outcome) {
        if let Some(entry) = self.entries.iter_mut().find(|entry| entry.0 == number) {
            entry.2 = outcome;
        }
    }

    /// Takes an intent out: nothing was done, or the person has looked.
    pub fn strike(&mut self, number: u64) {
        self.entries.retain(|entry| entry.0 != number);
    }

    /// Every entry: its number, the intent and what became of it.
    pub fn entries(&self) -> &[(u64, Intent, Outcome)] {
        &self.entries
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_intent_stays_until_it_is_settled_or_struck() {
        let mut journal = Journal::default();
        let intent = Intent {
            intercom: 1,
            flat: None,
            title: "Courier".to_owned(),
            until: DateTime::UNIX_EPOCH,
            asked_at: DateTime::UNIX_EPOCH,
        };
        let (first, second) = (journal.ask(intent.clone()), journal.ask(intent));
        journal.settle(first, Outcome::Unknown);
        journal.strike(second);
        assert_eq!(journal.entries().len(), 1);
        assert_eq!(journal.entries()[0].2, Outcome::Unknown);
    }
}
