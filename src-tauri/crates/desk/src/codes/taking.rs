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
    /// Which account's list it is, where that is known.
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
    let entries = || journal.entries().iter().filter(|entry| is_about(&entry.1));
    // What another account asked for may be in no list of this one. Whatever is listed is its own intent's alone all the same.
    // Codes for a flat are the flat's, whichever admin asked for them.
    let may_have =
        |intent: &Intent| intent.flat.is_some() || intent.account.is_none() || intent.account == *account;
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
    for (number, intent, outcome) in entries().filter(|entry| may_have(&entry.1)) {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn then() -> DateTime<Utc> {
        DateTime::from_timestamp(1_900_000_000, 0).unwrap()
    }

    fn intent(account: Option<&str>) -> Intent {
        Intent {
            intercom: 21,
            flat: None,
            title: "Guest".to_owned(),
            until: then(),
            asked_at: then(),
            account: account.map(ToOwned::to_owned),
        }
    }

    fn code(id: u64) -> CodeRow {
        CodeRow {
            id,
            code: "12345".to_owned(),
            title: "Guest".to_owned(),
            intercom: Some(21),
            intercom_title: None,
            flat_number: None,
            until: Some(then()),
            is_ended: false,
            is_unsettled: false,
            removed_at: None,
            created_at: None,
        }
    }

    fn listed(account: Option<&str>, rows: Vec<CodeRow>) -> Listed {
        let asked_at = then() + Duration::minutes(1);
        Listed { rows, is_complete: true, asked_at, account: account.map(ToOwned::to_owned) }
    }

    fn outcomes(journal: &Journal) -> Vec<Outcome> {
        journal.entries().iter().map(|entry| entry.2.clone()).collect()
    }

    #[test]
    fn a_listed_code_of_one_account_is_not_what_another_one_asked_for() {
        let mut journal = Journal::default();
        let first = journal.ask(intent(Some("#1")));
        journal.settle(first, Outcome::Issued(code(5), then()));
        let lost = journal.ask(intent(Some("#2")));
        journal.settle(lost, Outcome::Unknown);
        let before = outcomes(&journal);
        settle(&mut journal, |_| true, &listed(Some("#2"), vec![code(5)]));
        assert_eq!(outcomes(&journal), before);
        settle(&mut journal, |_| true, &listed(Some("#2"), vec![code(5), code(6)]));
        assert!(matches!(&outcomes(&journal)[1], Outcome::Issued(row, _) if row.id == 6));
    }

    #[test]
    fn only_a_list_of_the_account_that_asked_says_that_a_code_is_gone() {
        let mut journal = Journal::default();
        for account in [Some("#1"), None] {
            let number = journal.ask(intent(account));
            journal.settle(number, Outcome::Issued(code(number), then()));
        }
        settle(&mut journal, |_| true, &listed(Some("#2"), Vec::new()));
        assert_eq!(journal.entries().len(), 2);
        settle(&mut journal, |_| true, &listed(Some("#1"), Vec::new()));
        assert_eq!(journal.entries().iter().map(|entry| entry.1.account.clone()).collect::<Vec<_>>(), [None]);
    }
}
