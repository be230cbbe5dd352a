//! What a listing of codes says about those this desk asked for.

use std::collections::HashSet;

use chrono::{DateTime, Duration, Utc};
use store::{CodeRow, Codes, Intent, Journal, Outcome, is_overtaken};

use super::is_same_minute;

/// How far two clocks may differ before a code made "before it was asked for" is somebody else's.
const CLOCKS_APART: Duration = Duration::minutes(5);

/// A listing of codes: what came, and what that is worth.
pub(super) struct Listed {
    pub(super) rows: Vec<CodeRow>,
    /// Whether it has every code there is.
    pub(super) is_complete: bool,
    pub(super) asked_at: DateTime<Utc>,
    /// The login of the account whose list it is, where it is known.
    pub(super) account: Option<String>,
}

/// Takes in a listing of the client account's codes.
pub(super) fn take_listing(codes: &mut Codes, mut listed: Listed) {
    let asked_at = listed.asked_at;
    if codes.listed_at.is_some_and(|later| is_overtaken(asked_at, later)) {
        // Two listings overtook each other: the newer one stands.
        return;
    }
    keep_unsettled(&mut listed.rows, &codes.listed);
    settle(&mut codes.journal, |intent| intent.flat.is_none(), &listed);
    codes.listed = listed.rows;
    codes.listed_at = Some(asked_at);
}

/// Takes in a listing of one intercom's codes by flat.
pub(super) fn take_admin_listing(codes: &mut Codes, intercom: u64, mut listed: Listed) {
    let asked_at = listed.asked_at;
    if let Some((earlier, before)) = codes.listed_by_flat.get(&intercom) {
        if is_overtaken(asked_at, *earlier) {
            return;
        }
        keep_unsettled(&mut listed.rows, before);
    }
    for row in &mut listed.rows {
        row.intercom = row.intercom.or(Some(intercom));
    }
    let is_here = |intent: &Intent| intent.flat.is_some() && intent.intercom == intercom;
    let is_own = |id: u64| {
        codes.journal.entries().iter().any(|(_, intent, outcome)| {
            is_here(intent) && matches!(outcome, Outcome::Issued(row, _) if row.id == id)
        })
    };
    // No page documents this list. It is believed about what it does not have only once it has had a code that this desk
    // issued: an empty answer of another call must not make codes vanish.
    if listed.rows.iter().any(|row| is_own(row.id)) {
        codes.proven_lists.insert(intercom);
    }
    listed.is_complete &= codes.proven_lists.contains(&intercom);
    settle(&mut codes.journal, is_here, &listed);
    codes.listed_by_flat.insert(intercom, (asked_at, listed.rows));
}

/// Whether an intercom's codes by flat were listed after `since`, and nothing was asked for there since.
pub(super) fn is_fresh(codes: &Codes, intercom: u64, since: DateTime<Utc>) -> bool {
    let Some((asked_at, _)) = codes.listed_by_flat.get(&intercom) else { return false };
    let is_touched = codes.journal.entries().iter().any(|(_, intent, outcome)| {
        let is_open = !matches!(outcome, Outcome::Issued(_, at) if at < asked_at);
        intent.flat.is_some() && intent.intercom == intercom && is_open
    });
    *asked_at > since && !is_touched
}

/// Settles the intents a listing is about. One whose answer was lost is adopted when exactly one listed code can be
/// it; a code that this desk issued before with the same account and that a complete listing does not have is gone.
fn settle(journal: &mut Journal, is_about: impl Fn(&Intent) -> bool, listing: &Listed) {
    let Listed { rows: listed, is_complete, asked_at, account } = listing;
    let (is_complete, asked_at) = (*is_complete, *asked_at);
    // Another account's list has none of it.
    let is_about =
        |intent: &Intent| is_about(intent) && (intent.account.is_none() || intent.account == *account);
    let entries = || journal.entries().iter().filter(|entry| is_about(&entry.1));
    let mut claimed: HashSet<u64> = entries()
        .filter_map(|(_, _, outcome)| match outcome {
            Outcome::Issued(row, _) => Some(row.id),
            _ => None,
        })
        .collect();
    // What is being asked for just now may be listed before its own answer is here.
    let is_being_asked = |row: &CodeRow| {
        entries().any(|(_, intent, outcome)| matches!(outcome, Outcome::Asked) && can_be(row, intent))
    };
    let mut settled = Vec::new();
    let mut gone = Vec::new();
    for (number, intent, outcome) in entries() {
        match outcome {
            Outcome::Unknown => {
                let mut candidates =
                    listed.iter().filter(|row| !claimed.contains(&row.id) && can_be(row, intent));
                if let (Some(row), None) = (candidates.next(), candidates.next())
                    && !is_being_asked(row)
                {
                    claimed.insert(row.id);
                    settled.push((*number, row.clone()));
                }
            }
            Outcome::Issued(row, issued_at)
                if is_complete
                    && intent.account == *account
                    && *issued_at < asked_at
                    && !listed.iter().any(|one| one.id == row.id) =>
            {
                gone.push(*number);
            }
            _ => {}
        }
    }
    for (number, row) in settled {
        journal.settle(number, Outcome::Issued(row, asked_at));
    }
    for number in gone {
        journal.strike(number);
    }
}

/// Whether a listed code can be what an intent asked for.
fn can_be(row: &CodeRow, intent: &Intent) -> bool {
    let is_flat = match (&row.flat_number, &intent.flat) {
        (Some(number), Some((_, asked))) => number == asked,
        _ => true,
    };
    is_flat
        && row.intercom == Some(intent.intercom)
        && row.title == intent.title
        && row.until.is_some_and(|until| is_same_minute(until, intent.until))
        && row.created_at.is_none_or(|made| made >= intent.asked_at - CLOCKS_APART)
}

/// A deletion whose answer was lost stays open as long as the code is listed.
fn keep_unsettled(listed: &mut [CodeRow], before: &[CodeRow]) {
    let open: HashSet<u64> = before.iter().filter(|row| row.is_unsettled).map(|row| row.id).collect();
    for row in listed.iter_mut().filter(|row| open.contains(&row.id)) {
        row.is_unsettled = true;
    }
}
