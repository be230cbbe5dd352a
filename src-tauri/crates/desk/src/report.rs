//! What a person hands to whoever maintains the program or the server when something failed: nobody's data.

use std::fmt::Write as _;

use chrono::SecondsFormat;

use crate::state::Desk;
use crate::views::ErrorDetails;

/// The longest word of an error's facts, in characters.
const LONGEST_WORD: usize = 40;

impl Desk {
    /// An error's details as plain lines. What the window hands in is taken for what it should be, a word of the
    /// program's own, and left out where it is not.
    pub fn report(&self, details: &ErrorDetails) -> String {
        let time = self.setup.clock.now().to_rfc3339_opts(SecondsFormat::Secs, true);
        let mut report = format!("Gatehouse {}\ntime: {time}\n", self.setup.version);
        // Writing to a string cannot fail.
        let mut line = |name: &str, value: Option<&str>| {
            if let Some(value) = value.filter(|value| is_word(value)) {
                let _ = writeln!(report, "{name}: {value}");
            }
        };
        line("code", Some(&details.code));
        line("why", details.why.as_deref());
        line("status", details.status.map(|status| status.to_string()).as_deref());
        line("trace", Some(&details.trace));
        line("server", self.version_shown().as_deref());
        report
    }

    fn version_shown(&self) -> Option<String> {
        let state = self.state();
        let active = state.active.clone()?;
        state.server(&active).ok()?.version.clone()
    }
}

fn is_word(text: &str) -> bool {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || b"_.-".contains(&byte);
    !text.is_empty() && text.len() <= LONGEST_WORD && text.bytes().all(is_part)
}
