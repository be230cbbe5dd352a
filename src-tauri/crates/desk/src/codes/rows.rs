//! The list of codes: what the server listed, and what this desk asked for.

use std::cmp::Reverse;
use std::collections::HashSet;

use chrono::{DateTime, Duration, Utc};
use store::{CodeRow, Intent, Outcome, Rows, Window, folded};

use super::is_same_minute;
use crate::views::{CodeCounts, CodeFilter, CodeOrigin, CodeState, CodeView, CodeWindow};

/// How far two clocks may differ before a code made "before it was asked for" is somebody else's.
const CLOCKS_APART: Duration = Duration::minutes(5);

/// Takes in a listing that was asked for at `asked_at`.
///
/// An intent of the client account whose answer was lost is adopted when exactly one listed code can be it. A
/// code of that account which this desk issued before and which a complete listing does not have is gone.
pub(super) fn take_listing(
    rows: &mut Rows,
    listed: Vec<CodeRow>,
    is_complete: bool,
    asked_at: DateTime<Utc>,
) {
    if rows.listed_at.is_some_and(|later| later > asked_at) {
        // Two listings overtook each other: the newer one stands.
        return;
    }
    let mut claimed: HashSet<u64> = rows
        .journal
        .entries()
        .iter()
        .filter_map(|(_, intent, outcome)| match outcome {
            Outcome::Issued(row, _) if intent.flat.is_none() => Some(row.id),
            _ => None,
        })
        .collect();
    let mut settled = Vec::new();
    let mut gone = Vec::new();
    for (number, intent, outcome) in rows.journal.entries() {
        match outcome {
            Outcome::Unknown if intent.flat.is_none() => {
                let mut candidates =
                    listed.iter().filter(|row| !claimed.contains(&row.id) && can_be(row, intent));
                if let (Some(row), None) = (candidates.next(), candidates.next()) {
                    claimed.insert(row.id);
                    settled.push((*number, row.clone()));
                }
            }
            Outcome::Issued(row, issued_at)
                if intent.flat.is_none()
                    && is_complete
                    && *issued_at < asked_at
                    && !listed.iter().any(|one| one.id == row.id) =>
            {
                gone.push(*number);
            }
            _ => {}
        }
    }
    for (number, row) in settled {
        rows.journal.settle(number, Outcome::Issued(row, asked_at));
    }
    for number in gone {
        rows.journal.strike(number);
    }
    rows.listed_codes = listed;
    rows.listed_at = Some(asked_at);
}

/// Whether a listed code can be what an intent asked for.
fn can_be(row: &CodeRow, intent: &Intent) -> bool {
    row.intercom == Some(intent.intercom)
        && row.title == intent.title
        && row.until.is_some_and(|until| is_same_minute(until, intent.until))
        && row.created_at.is_none_or(|made| made >= intent.asked_at - CLOCKS_APART)
}

/// Every known code: first those that need the person's eyes, then the live ones, then the ended ones.
pub(super) fn all(rows: &Rows, now: DateTime<Utc>) -> Vec<CodeView> {
    let mut own = HashSet::new();
    let mut views = Vec::new();
    for (number, intent, outcome) in rows.journal.entries() {
        match outcome {
            Outcome::Asked => {}
            Outcome::Unknown => views.push(unresolved(*number, intent, rows)),
            Outcome::Issued(row, _)
                if intent.flat.is_none() && rows.listed_codes.iter().any(|one| one.id == row.id) =>
            {
                own.insert(row.id);
            }
            Outcome::Issued(row, _) if row.removed_at.is_some_and(|removed| removed <= now) => {}
            Outcome::Issued(row, _) => views.push(issued(*number, intent, row, now)),
        }
    }
    for row in &rows.listed_codes {
        let origin = if own.contains(&row.id) { CodeOrigin::DeskListed } else { CodeOrigin::Elsewhere };
        views.push(view(format!("c{}", row.id), row, origin, now));
    }
    views.sort_by_key(|view| {
        let order = match view.state {
            CodeState::Unresolved => 0,
            CodeState::Live => 1,
            CodeState::Ended => 2,
        };
        (order, Reverse(view.created_at), Reverse(view.id))
    });
    views
}

/// The stretch of `known` that a filter and a search ask for.
pub(super) fn window(
    known: &[CodeView],
    filter: CodeFilter,
    search: &str,
    offset: usize,
    limit: usize,
) -> CodeWindow {
    let mut counts = CodeCounts { all: known.len(), ..CodeCounts::default() };
    for view in known {
        match view.state {
            CodeState::Live => counts.live += 1,
            CodeState::Ended => counts.ended += 1,
            CodeState::Unresolved => counts.unresolved += 1,
        }
    }
    let search = folded(search.trim());
    let found: Vec<&CodeView> =
        known.iter().filter(|view| matches(view, filter) && mentions(view, &search)).collect();
    let window = Window::cut(&found, offset, limit);
    CodeWindow { total: window.total, offset: window.offset, rows: window.rows, counts }
}

/// The digits of the code a key names. A row's key changes when the server lists the code; both stay good.
pub(super) fn digits(rows: &Rows, key: &str) -> Option<String> {
    if let Some(number) = journal_number(key) {
        let entry = rows.journal.entries().iter().find(|entry| entry.0 == number)?;
        return match &entry.2 {
            Outcome::Issued(row, _) => Some(row.code.clone()),
            _ => None,
        };
    }
    let id: u64 = key.strip_prefix('c')?.parse().ok()?;
    rows.listed_codes.iter().find(|row| row.id == id).map(|row| row.code.clone())
}

/// The journal's number in a row's key.
pub(super) fn journal_number(key: &str) -> Option<u64> {
    key.strip_prefix('j')?.parse().ok()
}

/// A code this desk issued.
pub(super) fn issued(number: u64, intent: &Intent, row: &CodeRow, now: DateTime<Utc>) -> CodeView {
    let origin = if intent.flat.is_some() { CodeOrigin::DeskUnlisted } else { CodeOrigin::DeskListed };
    view(format!("j{number}"), row, origin, now)
}

fn unresolved(number: u64, intent: &Intent, rows: &Rows) -> CodeView {
    CodeView {
        key: format!("j{number}"),
        id: None,
        code: None,
        title: intent.title.clone(),
        intercom: Some(intent.intercom),
        intercom_title: rows.intercoms.get(intent.intercom).and_then(|known| known.title.clone()),
        flat_number: intent.flat.as_ref().map(|flat| flat.1.clone()),
        until: Some(intent.until),
        removed_at: None,
        created_at: Some(intent.asked_at),
        state: CodeState::Unresolved,
        origin: if intent.flat.is_some() { CodeOrigin::DeskUnlisted } else { CodeOrigin::DeskListed },
    }
}

fn view(key: String, row: &CodeRow, origin: CodeOrigin, now: DateTime<Utc>) -> CodeView {
    // The server's own word counts, too: its clock may not be this one.
    let is_over = row.is_ended || row.until.is_some_and(|until| until <= now);
    CodeView {
        key,
        id: Some(row.id),
        code: Some(row.code.clone()),
        title: row.title.clone(),
        intercom: row.intercom,
        intercom_title: row.intercom_title.clone(),
        flat_number: row.flat_number.clone(),
        until: row.until,
        removed_at: row.removed_at,
        created_at: row.created_at,
        state: if is_over { CodeState::Ended } else { CodeState::Live },
        origin,
    }
}

fn matches(view: &CodeView, filter: CodeFilter) -> bool {
    match filter {
        CodeFilter::All => true,
        CodeFilter::Live => view.state == CodeState::Live,
        CodeFilter::Ended => view.state == CodeState::Ended,
        CodeFilter::Unresolved => view.state == CodeState::Unresolved,
    }
}

fn mentions(view: &CodeView, search: &str) -> bool {
    let digits = search.replace(' ', "");
    let in_text = |text: &Option<String>| text.as_deref().is_some_and(|text| folded(text).contains(search));
    folded(&view.title).contains(search)
        || in_text(&view.intercom_title)
        || view.flat_number.as_deref().is_some_and(|number| folded(number).starts_with(search))
        || view.code.as_deref().is_some_and(|code| code.contains(&digits))
}
