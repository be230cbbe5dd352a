//! Visitor codes: issuing one, and the list of those that are known.
//!
//! Intent is written down before it is sent; a lost answer is shown as what it is and never repeated.

mod deleting;
mod loading;
mod request;
mod rows;
mod taking;

pub(crate) use self::request::{LONGEST_TITLE, is_unreadable};
pub(crate) use self::rows::{Door, found};

use chrono::{DateTime, TimeDelta, Utc};
use server_api::{ApiError, Code, admin, client};
use store::{CodeRow, Codes, Intent, Outcome, Rows};

use self::rows::Deletable;
use crate::clock::clock_off;
use crate::directory::LARGEST_WINDOW;
use crate::error::{CommandError, ErrorCode};
use crate::learning::Verdict;
use crate::state::Desk;
use crate::sync::Way;
use crate::views::{
    AccountKind, Capability, CapabilityState, CodeDifference, CodeRef, CodeView, CodeWindow, Deletion,
    IssueCode, IssuedCode, ListCodes,
};

/// A server's zone is off by whole quarter-hours, and by less than a day.
const QUARTER_HOUR: i64 = 15;
const LARGEST_ZONE: i64 = 26 * 60;

/// How a server keeps time, as far as is known.
#[derive(Debug, Clone, Copy)]
struct Kept {
    /// The zone taken for its own, in minutes east of UTC.
    zone: i32,
    /// How far its clock is ahead of this computer's, in minutes.
    clock: i32,
}

impl Desk {
    /// Issues a visitor code: for a flat with the admin account (seed 000), or for the client account's own flat
    /// at the intercom (seed 001). Sent once; when the answer is lost the intent stays on the list as unresolved.
    pub async fn issue_code(&self, request: IssueCode) -> Result<IssuedCode, CommandError> {
        let title = request::title(&request.title)?;
        let end = request::end(self.setup.clock.as_ref(), &request.until)?;
        let IssueCode { server, intercom, flat, .. } = request;
        let account = if flat.is_some() { AccountKind::Admin } else { AccountKind::Client };
        let access = self.access(&server, account).await?;
        let _writing = self.writing();
        let intent = Intent {
            intercom,
            flat: flat.as_ref().map(|flat| (flat.id, flat.number.clone())),
            title: title.clone(),
            until: end,
            asked_at: self.setup.clock.now(),
            account: access.whose.clone(),
        };
        let asked = intent.clone();
        let number = self.codes(&server, |codes, _| Ok(codes.journal.ask(asked))).await?;
        let answer = match &flat {
            Some(flat) => {
                admin::create_code(&access.connection, &access.bearer, intercom, flat.id, &title, end).await
            }
            None => client::create_code(&access.connection, &access.bearer, intercom, &title, end).await,
        };
        let capability = if flat.is_some() { Capability::IssueForFlat } else { Capability::IssueForIntercom };
        let verdict = Verdict::of(capability, &answer);
        let code = match answer {
            Ok(code) => code,
            Err(error) => {
                let is_lost = matches!(error, ApiError::SentNoUsableAnswer { .. });
                let note = move |codes: &mut Codes, _: &Rows<'_>| {
                    if is_lost {
                        codes.journal.settle(number, Outcome::Unknown);
                    } else {
                        codes.journal.strike(number);
                    }
                    Ok(())
                };
                // What the server said is told whatever the disk says.
                let _ = self.codes(&server, note).await;
                self.learn(&server, capability, verdict).await;
                if is_lost && let Some(row) = self.look_for_lost(&server, number).await {
                    return Ok(IssuedCode { row, difference: None, copied: false });
                }
                return Err(self.write_failed(&access, error).await);
            }
        };
        let settings = Kept {
            zone: access.connection.settings().zone.local_minus_utc() / 60,
            clock: clock_off(access.connection.server_time(), self.setup.clock.now()),
        };
        let (difference, end) = compare(&intent, &code, settings);
        let mut row = code_row(code);
        row.until = end;
        row.intercom = row.intercom.or(Some(intercom));
        if row.intercom_title.is_none() {
            let known = self.rows(&server, move |rows| rows.intercoms().get(intercom)).await.ok().flatten();
            row.intercom_title = known.and_then(|known| known.title);
        }
        row.flat_number = row.flat_number.or_else(|| intent.flat.as_ref().map(|flat| flat.1.clone()));
        row.title = if row.title.is_empty() { title } else { row.title };
        let issued = Outcome::Issued(row.clone(), self.setup.clock.now());
        self.reach.note(&server, None, self.setup.clock.now());
        // The code opens the door whatever the disk says. Once more, because without it a code by flat loses its digits.
        for _ in 0..2 {
            let issued = issued.clone();
            let note = move |codes: &mut Codes, _: &Rows<'_>| {
                codes.journal.settle(number, issued);
                Ok(())
            };
            if self.codes(&server, note).await.is_ok() {
                break;
            }
        }
        self.copy_journal().await;
        // Not before: a program that ends while this is saved must not have lost the digits.
        self.learn(&server, capability, verdict).await;
        let deletable = self.deletable(&server);
        let row = rows::issued(number, &intent, &row, &deletable, self.setup.clock.now());
        Ok(IssuedCode { row, difference, copied: false })
    }

    /// Looks once whether a code whose answer was lost is in a list of the server's: found, it is issued after all. Not
    /// found proves nothing yet, because the request may still be on its way through the server.
    async fn look_for_lost(&self, server: &str, number: u64) -> Option<CodeView> {
        let find = move |codes: &mut Codes, _: &Rows<'_>| {
            Ok(codes.journal.entries().iter().find(|entry| entry.0 == number).cloned())
        };
        let (_, intent, _) = self.codes(server, find).await.ok()??;
        let mut problems = Vec::new();
        // Whoever waits for a code has waited for its answer already.
        let patience = self.setup.limits.answer / 3;
        let looked = async {
            match intent.flat {
                Some(_) if self.knows(server, Capability::AdminCodes) != CapabilityState::Answers => {}
                Some(_) => drop(self.load_admin_codes_of(server, intent.intercom, &mut problems).await),
                None => drop(self.load_client_codes(server, &mut problems, &Way::straight()).await),
            }
        };
        if tokio::time::timeout(patience, looked).await.is_err() {
            tracing::info!("the list did not come in time to look for a lost code in it");
        }
        let deletable = self.deletable(server);
        let now = self.setup.clock.now();
        let (_, intent, outcome) = self.codes(server, find).await.ok()??;
        match outcome {
            Outcome::Issued(row, _) => Some(rows::issued(number, &intent, &row, &deletable, now)),
            _ => None,
        }
    }

    /// A stretch of the codes that are known. Asks nobody.
    pub async fn list_codes(&self, request: ListCodes) -> Result<CodeWindow, CommandError> {
        let now = self.setup.clock.now();
        let deletable = self.deletable(&request.server);
        let ListCodes { server, filter, search, offset, limit } = request;
        let look = move |codes: &Codes, rows: &Rows<'_>| {
            let known = rows::all(codes, &titles(rows)?, &deletable, now);
            let listed_at = rows::listed_at(codes, &deletable);
            Ok(rows::window(&known, filter, &search, offset, limit.min(LARGEST_WINDOW), listed_at))
        };
        self.look_at_codes(&server, look).await
    }

    /// The codes of a door that open it, or may, the one of `key` whatever became of it, and their age. Asks nobody.
    pub(crate) async fn codes_at(
        &self,
        server: &str,
        door: Door,
        key: Option<String>,
    ) -> Result<(Vec<CodeView>, Option<DateTime<Utc>>), CommandError> {
        let now = self.setup.clock.now();
        let deletable = self.deletable(server);
        let look = move |codes: &Codes, rows: &Rows<'_>| {
            let known = rows::all(codes, &titles(rows)?, &deletable, now);
            Ok((rows::at_door(known, &door, key.as_deref()), rows::listed_at(codes, &deletable)))
        };
        self.look_at_codes(server, look).await
    }

    /// What can be deleted at a server as things stand.
    fn deletable(&self, server: &str) -> Deletable {
        let by = |account, capability| {
            let is_signed_in = self.state().accounts.contains_key(&(server.to_owned(), account));
            match self.knows(server, capability) {
                _ if !is_signed_in => Deletion::NoAccount,
                CapabilityState::Missing | CapabilityState::Forbidden => Deletion::NotOffered,
                CapabilityState::Unknown | CapabilityState::Answers => Deletion::Possible,
            }
        };
        Deletable {
            admin: by(AccountKind::Admin, Capability::DeleteAdminCodes),
            client: by(AccountKind::Client, Capability::DeleteClientCodes),
            client_account: self.whose(server, AccountKind::Client),
        }
    }

    /// Which account of a kind is signed in, where that is known.
    pub(crate) fn whose(&self, server: &str, account: AccountKind) -> Option<String> {
        let state = self.state();
        state.accounts.get(&(server.to_owned(), account))?.credential.account.clone()
    }

    /// Forgets the codes that were listed to an account of a kind: whoever is signed in now may be another one.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub(crate) async fn forget_listed_codes(
        &self,
        server: &str,
        account: AccountKind,
    ) -> Result<(), CommandError> {
        let forget = move |codes: &mut Codes, _: &Rows<'_>| {
            if account == AccountKind::Client {
                codes.listed.clear();
                codes.listed_at = None;
            } else {
                codes.listed_by_flat.clear();
            }
            Ok(())
        };
        self.codes(server, forget).await
    }

    /// The digits of a known code.
    pub async fn code_digits(&self, request: CodeRef) -> Result<String, CommandError> {
        let CodeRef { server, key } = request;
        let digits = self.look_at_codes(&server, move |codes, _| Ok(rows::digits(codes, &key))).await?;
        digits.ok_or_else(|| CommandError::plain(ErrorCode::UnknownRecord))
    }

    /// Takes an unresolved row off the list: the person has looked for themselves.
    pub async fn settle_code(&self, request: CodeRef) -> Result<(), CommandError> {
        let number = rows::journal_number(&request.key);
        let strike = move |codes: &mut Codes, _: &Rows<'_>| {
            let unknown = codes
                .journal
                .entries()
                .iter()
                .find(|(one, _, outcome)| Some(*one) == number && *outcome == Outcome::Unknown)
                .map(|entry| entry.0);
            Ok(unknown.map(|number| codes.journal.strike(number)).is_some())
        };
        let is_struck = self.codes(&request.server, strike).await?;
        if is_struck { Ok(()) } else { Err(CommandError::plain(ErrorCode::UnknownRecord)) }
    }
}

fn titles(rows: &Rows<'_>) -> Result<rows::Titles, store::Error> {
    let titled = rows.intercoms().all()?.into_iter();
    Ok(titled.filter_map(|row| Some((row.id, row.title?))).collect())
}

/// What the server answered beside what was asked (seed 000's own sample shows that the two may differ), and the
/// end the code really has, by this computer's clock.
fn compare(intent: &Intent, code: &Code, kept: Kept) -> (Option<CodeDifference>, Option<DateTime<Utc>>) {
    let wrong_flat = match (&intent.flat, &code.flat) {
        (Some((asked, _)), Some(answered)) if *asked != answered.id => Some(answered.number.clone()),
        _ => None,
    };
    let wrong_title = Some(&code.title).filter(|title| !title.is_empty() && **title != intent.title).cloned();
    let told = code.intercom.as_ref().map(|intercom| intercom.id);
    let told = told.or(code.flat.as_ref().and_then(|flat| flat.intercom));
    let wrong_intercom = told.filter(|told| *told != intent.intercom);
    let apart = code.expired_at.map_or(0, |end| (end - intent.until).num_minutes());
    // Dates without a zone come back as they were sent, whatever zone the server keeps: only the time it wrote down
    // for the making gives it away.
    let now_there = intent.asked_at + TimeDelta::minutes(kept.clock.into());
    let clock = code.created_at.map_or(0, |made| whole_quarters((made - now_there).num_minutes()));
    let (zone, got) = match apart {
        0 if clock != 0 => (Some(clock), code.expired_at.map(|end| end - TimeDelta::minutes(clock))),
        _ => (Some(-apart).filter(|zone| *zone != 0 && zone % QUARTER_HOUR == 0), code.expired_at),
    };
    let zone = zone.filter(|zone| zone.abs() <= LARGEST_ZONE).and_then(|zone| i32::try_from(zone).ok());
    // The door goes by the server's clock.
    let got = got.map(|got| got - TimeDelta::minutes(kept.clock.into()));
    let is_as_asked = wrong_flat.is_none() && wrong_title.is_none() && wrong_intercom.is_none();
    if is_as_asked && got.is_some_and(|got| is_same_minute(got, intent.until)) {
        return (None, got);
    }
    let zone_minutes = zone.map(|zone| kept.zone + zone);
    let clock_minutes = Some(kept.clock).filter(|off| *off != 0);
    let asked = intent.until;
    let difference =
        CodeDifference { asked, got, wrong_flat, wrong_title, wrong_intercom, zone_minutes, clock_minutes };
    (Some(difference), got)
}

/// The whole quarter-hours two clocks are apart, in minutes; what is left over is the answer's way and drift.
fn whole_quarters(minutes: i64) -> i64 {
    let nearest = (minutes + minutes.signum() * QUARTER_HOUR / 2) / QUARTER_HOUR * QUARTER_HOUR;
    let is_zone = (minutes - nearest).abs() <= 5 && nearest.abs() <= LARGEST_ZONE;
    if is_zone { nearest } else { 0 }
}

fn code_row(code: Code) -> CodeRow {
    let intercom_of_flat = code.flat.as_ref().and_then(|flat| flat.intercom);
    CodeRow {
        id: code.id,
        code: code.code,
        title: code.title,
        intercom: code.intercom.as_ref().map(|intercom| intercom.id).or(intercom_of_flat),
        intercom_title: code.intercom.and_then(|intercom| intercom.title),
        flat_number: code.flat.map(|flat| flat.number).filter(|number| !number.is_empty()),
        until: code.expired_at,
        is_ended: code.is_expired.unwrap_or_default(),
        is_unsettled: false,
        removed_at: code.will_deleted_at,
        created_at: code.created_at,
    }
}

/// Whether two ends are the same as far as the contract can say: it writes minutes.
fn is_same_minute(a: DateTime<Utc>, b: DateTime<Utc>) -> bool {
    (a - b).num_seconds().abs() < 60
}
