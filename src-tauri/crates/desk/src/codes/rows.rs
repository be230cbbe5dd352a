//! The list of codes: what the server listed, and what this desk asked for.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use store::{CodeList, CodeRow, Codes, FoundCode, Intent, Outcome, Window, folded};

use crate::views::{
    AccountKind, CodeCounts, CodeFilter, CodeOrigin, CodeState, CodeView, CodeWindow, Deletion, FoundCodeView,
};

/// Titles of intercoms, by record id.
pub(super) type Titles = HashMap<u64, String>;

/// What can be deleted as things stand, by account, and who is signed in.
#[derive(Debug, Clone)]
pub(super) struct Deletable {
    pub(super) admin: Deletion,
    pub(super) client: Deletion,
    /// Which client account is signed in, where that is known.
    pub(super) client_account: Option<String>,
}

impl Deletable {
    /// Whether a code that this desk issued can be deleted. Of another client's a server says so, too, and passes it over; a
    /// code for a flat is not of one admin alone.
    fn issued(&self, intent: &Intent) -> Deletion {
        let is_client = intent.flat.is_none();
        match if is_client { self.client } else { self.admin } {
            Deletion::Possible
                if is_client && is_of_another(intent.account.as_deref(), self.client_account.as_deref()) =>
            {
                Deletion::OtherAccount
            }
            deletion => deletion,
        }
    }
}

/// Whether what one account issued is not known to be of the one that is signed in.
fn is_of_another(issuer: Option<&str>, signed_in: Option<&str>) -> bool {
    issuer.is_some() && issuer != signed_in
}

/// A code as a call that deletes it names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) id: u64,
    pub(super) title: String,
    pub(super) account: AccountKind,
    pub(super) intercom: Option<u64>,
    /// Which client account issued it, where the list that is here does not have it.
    pub(super) issuer: Option<String>,
}

/// Every known code: first those that need the person's eyes, then the live ones, then the ended ones.
pub(super) fn all(
    codes: &Codes,
    titles: &Titles,
    deletable: &Deletable,
    now: DateTime<Utc>,
) -> Vec<CodeView> {
    let mut own = HashSet::new();
    let mut own_by_flat = HashSet::new();
    let mut views = Vec::new();
    for (number, intent, outcome) in codes.journal.entries() {
        match outcome {
            Outcome::Asked => views.push(open(*number, intent, CodeState::Asked)),
            Outcome::Unknown => views.push(open(*number, intent, CodeState::Unresolved)),
            Outcome::Issued(row, _) if intent.flat.is_none() && is_listed(codes, row.id) => {
                own.insert(row.id);
            }
            Outcome::Issued(row, _) if row.removed_at.is_some_and(|removed| removed <= now) => {}
            Outcome::Issued(row, _) => {
                let mut view = issued(*number, intent, row, deletable, now);
                if intent.flat.is_some() && is_listed_by_admin(codes, intent.intercom, row.id) {
                    own_by_flat.insert((intent.intercom, row.id));
                    view.origin = CodeOrigin::DeskListed;
                }
                views.push(view);
            }
        }
    }
    for row in &codes.listed {
        let origin = if own.contains(&row.id) { CodeOrigin::DeskListed } else { CodeOrigin::Elsewhere };
        views.push(view(format!("c{}", row.id), row, origin, (AccountKind::Client, deletable.client), now));
    }
    for (intercom, (_, listed)) in &codes.listed_by_flat {
        for row in listed.iter().filter(|row| !own_by_flat.contains(&(*intercom, row.id))) {
            let key = format!("a{intercom}.{}", row.id);
            views.push(view(key, row, CodeOrigin::Elsewhere, (AccountKind::Admin, deletable.admin), now));
        }
    }
    // Whoever signed an account out hides what it saw; what nobody knows the outcome of stays.
    views.retain(|view| {
        let deletion = if view.account == AccountKind::Admin { deletable.admin } else { deletable.client };
        deletion != Deletion::NoAccount || matches!(view.state, CodeState::Asked | CodeState::Unresolved)
    });
    for view in views.iter_mut().filter(|view| view.intercom_title.is_none()) {
        view.intercom_title = view.intercom.and_then(|intercom| titles.get(&intercom).cloned());
    }
    views.sort_by_key(|view| {
        let order = match view.state {
            CodeState::Asked => 0,
            CodeState::Unresolved => 1,
            CodeState::Live => 2,
            CodeState::Ended => 3,
        };
        (order, Reverse(view.created_at), Reverse(view.id))
    });
    views
}

/// What a code is for: a door number at an intercom.
#[derive(Debug, Clone)]
pub(crate) struct Door {
    pub(crate) intercom: u64,
    pub(crate) number: Option<String>,
}

/// The codes of a door that open it, or may, and the one of `key` whatever became of it.
pub(super) fn at_door(known: Vec<CodeView>, door: &Door, key: Option<&str>) -> Vec<CodeView> {
    let is_there = |view: &CodeView| {
        view.state != CodeState::Ended
            && door.number.is_some()
            && (view.intercom, &view.flat_number) == (Some(door.intercom), &door.number)
    };
    known.into_iter().filter(|view| is_there(view) || Some(view.key.as_str()) == key).collect()
}

/// When the list that was read longest ago was asked for, of those that may be looked at.
pub(super) fn listed_at(codes: &Codes, deletable: &Deletable) -> Option<DateTime<Utc>> {
    let client = codes.listed_at.filter(|_| deletable.client != Deletion::NoAccount);
    let by_flat = codes.listed_by_flat.values().map(|(listed_at, _)| *listed_at);
    by_flat.filter(|_| deletable.admin != Deletion::NoAccount).chain(client).min()
}

/// Whether the client account's last listing has a code.
pub(super) fn is_listed(codes: &Codes, id: u64) -> bool {
    codes.listed.iter().any(|row| row.id == id)
}

/// Whether the last listing of an intercom's codes by flat has a code.
pub(super) fn is_listed_by_admin(codes: &Codes, intercom: u64, id: u64) -> bool {
    codes.listed_by_flat.get(&intercom).is_some_and(|(_, listed)| listed.iter().any(|row| row.id == id))
}

/// The stretch of `known` that a filter and a search ask for.
pub(super) fn window(
    known: &[CodeView],
    filter: CodeFilter,
    search: &str,
    offset: usize,
    limit: usize,
    listed_at: Option<DateTime<Utc>>,
) -> CodeWindow {
    let mut counts = CodeCounts { all: known.len(), ..CodeCounts::default() };
    for view in known {
        match view.state {
            CodeState::Live => counts.live += 1,
            CodeState::Ended => counts.ended += 1,
            CodeState::Unresolved => counts.unresolved += 1,
            CodeState::Asked => {}
        }
    }
    let search = folded(search.trim());
    let found: Vec<&CodeView> =
        known.iter().filter(|view| matches(view, filter) && mentions(view, &search)).collect();
    let window = Window::cut(&found, offset, limit);
    CodeWindow { total: window.total, offset: window.offset, rows: window.rows, counts, listed_at }
}

/// The digits of the code a key names. A row's key changes when the server lists the code; both stay good.
pub(super) fn digits(codes: &Codes, key: &str) -> Option<String> {
    find(codes, key).map(|(row, _)| row.code.clone())
}

/// The code a key names, as a call that deletes it needs it.
pub(super) fn named(codes: &Codes, key: &str) -> Option<Named> {
    let (row, account) = find(codes, key)?;
    let issuer = journal_number(key).and_then(|number| issuer(codes, number, row.id));
    Some(Named { id: row.id, title: row.title.clone(), account, intercom: row.intercom, issuer })
}

/// Which client account issued the code of an entry, where its list does not have it.
fn issuer(codes: &Codes, number: u64, id: u64) -> Option<String> {
    let (_, intent, _) = codes.journal.entries().iter().find(|entry| entry.0 == number)?;
    intent.account.clone().filter(|_| intent.flat.is_none() && !is_listed(codes, id))
}

/// The row a key names, and the account whose code it is.
fn find<'c>(codes: &'c Codes, key: &str) -> Option<(&'c CodeRow, AccountKind)> {
    if let Some(number) = journal_number(key) {
        let entry = codes.journal.entries().iter().find(|entry| entry.0 == number)?;
        let account = if entry.1.flat.is_some() { AccountKind::Admin } else { AccountKind::Client };
        return match &entry.2 {
            Outcome::Issued(row, _) => Some((row, account)),
            _ => None,
        };
    }
    if let Some((intercom, id)) = admin_key(key) {
        let (_, listed) = codes.listed_by_flat.get(&intercom)?;
        return listed.iter().find(|row| row.id == id).map(|row| (row, AccountKind::Admin));
    }
    let id: u64 = key.strip_prefix('c')?.parse().ok()?;
    codes.listed.iter().find(|row| row.id == id).map(|row| (row, AccountKind::Client))
}

/// Forgets the code a key names: it was deleted.
pub(super) fn remove(codes: &mut Codes, key: &str) {
    let Some(Named { id, account, intercom, .. }) = named(codes, key) else { return };
    let is_admins = account == AccountKind::Admin;
    let is_it = |intent: &Intent, row: &CodeRow| {
        row.id == id
            && intent.flat.is_some() == is_admins
            && (!is_admins || Some(intent.intercom) == intercom)
    };
    let numbers: Vec<u64> = codes
        .journal
        .entries()
        .iter()
        .filter(|(_, intent, outcome)| matches!(outcome, Outcome::Issued(row, _) if is_it(intent, row)))
        .map(|entry| entry.0)
        .collect();
    for number in numbers {
        codes.journal.strike(number);
    }
    if !is_admins {
        codes.listed.retain(|row| row.id != id);
    } else if let Some((_, listed)) = intercom.and_then(|intercom| codes.listed_by_flat.get_mut(&intercom)) {
        listed.retain(|row| row.id != id);
    }
}

/// Notes that a deletion of the code a key names was asked for and not answered.
pub(super) fn mark_unsettled(codes: &mut Codes, key: &str) {
    if let Some(number) = journal_number(key) {
        let row = codes.journal.entries().iter().find_map(|(one, _, outcome)| match outcome {
            Outcome::Issued(row, at) if *one == number => Some((row.clone(), *at)),
            _ => None,
        });
        if let Some((row, at)) = row {
            codes.journal.settle(number, Outcome::Issued(CodeRow { is_unsettled: true, ..row }, at));
        }
    } else if let Some((intercom, id)) = admin_key(key) {
        let listed = codes.listed_by_flat.get_mut(&intercom).map(|(_, listed)| listed);
        mark(listed.into_iter().flatten(), id);
    } else if let Some(id) = key.strip_prefix('c').and_then(|id| id.parse().ok()) {
        mark(codes.listed.iter_mut(), id);
    }
}

fn mark<'r>(rows: impl Iterator<Item = &'r mut CodeRow>, id: u64) {
    for row in rows.filter(|row| row.id == id) {
        row.is_unsettled = true;
    }
}

/// The intercom and the record id in the key of a code by flat that this desk did not issue.
fn admin_key(key: &str) -> Option<(u64, u64)> {
    let (intercom, id) = key.strip_prefix('a')?.split_once('.')?;
    Some((intercom.parse().ok()?, id.parse().ok()?))
}

/// The journal's number in a row's key.
pub(super) fn journal_number(key: &str) -> Option<u64> {
    key.strip_prefix('j')?.parse().ok()
}

/// A code this desk issued.
pub(super) fn issued(
    number: u64,
    intent: &Intent,
    row: &CodeRow,
    deletable: &Deletable,
    now: DateTime<Utc>,
) -> CodeView {
    let (origin, account) = match intent.flat {
        Some(_) => (CodeOrigin::DeskUnlisted, AccountKind::Admin),
        None => (CodeOrigin::DeskListed, AccountKind::Client),
    };
    let owner = (account, deletable.issued(intent));
    let asked = intent.flat.as_ref().map(|flat| flat.1.clone());
    CodeView {
        asked_flat: asked.filter(|asked| row.flat_number.as_ref().is_some_and(|number| number != asked)),
        ..view(format!("j{number}"), row, origin, owner, now)
    }
}

/// A code that was asked for and of which nothing more is known.
fn open(number: u64, intent: &Intent, state: CodeState) -> CodeView {
    let is_by_flat = intent.flat.is_some();
    CodeView {
        key: format!("j{number}"),
        id: None,
        code: None,
        title: intent.title.clone(),
        intercom: Some(intent.intercom),
        intercom_title: None,
        flat_number: intent.flat.as_ref().map(|flat| flat.1.clone()),
        until: Some(intent.until),
        removed_at: None,
        created_at: Some(intent.asked_at),
        state,
        origin: if is_by_flat { CodeOrigin::DeskUnlisted } else { CodeOrigin::DeskListed },
        account: if is_by_flat { AccountKind::Admin } else { AccountKind::Client },
        asked_flat: None,
        deletion: Deletion::NothingKnown,
    }
}

fn view(
    key: String,
    row: &CodeRow,
    origin: CodeOrigin,
    (account, deletion): (AccountKind, Deletion),
    now: DateTime<Utc>,
) -> CodeView {
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
        state: state(row, now),
        origin,
        account,
        asked_flat: None,
        deletion: if row.is_unsettled { Deletion::Unsettled } else { deletion },
    }
}

fn state(row: &CodeRow, now: DateTime<Utc>) -> CodeState {
    // The server's own word counts, too: its clock may not be this one.
    let is_over = row.is_ended || row.until.is_some_and(|until| until <= now);
    if is_over { CodeState::Ended } else { CodeState::Live }
}

/// A code that a search found, as the list of codes has it; none where the server forgot it by now.
pub(crate) fn found(found: &FoundCode, now: DateTime<Utc>) -> Option<FoundCodeView> {
    let FoundCode { row, list } = found;
    if row.removed_at.is_some_and(|removed| removed <= now) {
        return None;
    }
    let (key, account) = match list {
        CodeList::Client => (format!("c{}", row.id), AccountKind::Client),
        CodeList::ByFlat(intercom) => (format!("a{intercom}.{}", row.id), AccountKind::Admin),
        CodeList::Journal(number, true) => (format!("j{number}"), AccountKind::Admin),
        CodeList::Journal(number, false) => (format!("j{number}"), AccountKind::Client),
    };
    Some(FoundCodeView {
        key,
        code: row.code.clone(),
        title: row.title.clone(),
        flat_number: row.flat_number.clone(),
        until: row.until,
        state: state(row, now),
        account,
    })
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
