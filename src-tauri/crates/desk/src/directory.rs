//! Flats and one flat: asked of whatever answers, kept in the store, shown from there.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use server_api::{Bearer, Connection, Owner, admin};
use store::{FlatRow, KeyRow, LineRow, LineRows, OwnerRow, ResidentRow, Rows, SyncList};

use crate::error::{CommandError, ErrorCode};
use crate::state::Desk;
use crate::sync::Way;
use crate::views::{
    AccountKind, Capability, CapabilityState, FlatDetail, FlatLines, FlatListing, FlatRef, FlatSort,
    FlatView, FlatWindow, FlatsLoaded, IntercomRef, KeyOwner, KeyView, LineState, ListFlats, OnOff,
    ProblemName, RecordProblem, ResidentView, Validity,
};

/// The most rows one window brings.
pub(crate) const LARGEST_WINDOW: usize = 500;
/// How many rows of a list are kept in one go: whoever changes something meanwhile waits no longer than that takes, some 0.2 s
/// where all are new. Less at once costs more in all: each time the same pages of the indexes are encrypted again.
pub(crate) const KEPT_AT_ONCE: usize = 2_000;

impl Desk {
    /// Reads every flat of an intercom from the server; where nobody lists them, the door numbers of its panel.
    pub async fn load_flats(&self, request: IntercomRef) -> Result<FlatsLoaded, CommandError> {
        self.take_flats(&request.server, request.intercom, &Way::straight()).await
    }

    pub(crate) async fn take_flats(
        &self,
        server: &str,
        intercom: u64,
        way: &Way,
    ) -> Result<FlatsLoaded, CommandError> {
        let asking = &way.asks(&self.setup.clock);
        let call = |connection: Arc<Connection>, bearer: Bearer| async move {
            admin::flats(&asking.over(connection), &bearer, intercom).await
        };
        let (listing, confirmed_at, problems) = match self.read(server, Capability::Flats, call).await {
            Ok(Some(found)) => {
                let asked_at = asking.asked_at();
                let rows: Vec<FlatRow> = found.items.iter().map(|flat| flat_row(flat, asked_at)).collect();
                // A record that could not be read is not gone.
                let is_whole = is_whole(&found);
                self.keep_flats(server, intercom, rows, is_whole.then_some(asked_at)).await?;
                let listing = if is_whole { FlatListing::Complete } else { FlatListing::Partial };
                (listing, Some(asked_at), found.problems.iter().map(problem).collect())
            }
            Ok(None) => {
                (self.numbers_or(server, intercom, FlatListing::NotOffered, way).await?, None, Vec::new())
            }
            Err(error) if error.code == ErrorCode::NoAccount => {
                (self.numbers_or(server, intercom, FlatListing::NoAccount, way).await?, None, Vec::new())
            }
            Err(error) => return Err(error),
        };
        let sees_admin = self.may_see(server, AccountKind::Admin);
        let count = move |rows: &Rows<'_>| match sees_admin {
            true => rows.flats().count(intercom),
            false => rows.doors().count(intercom),
        };
        let total = self.rows(server, count).await?;
        Ok(FlatsLoaded { listing, total, confirmed_at, problems })
    }

    /// Keeps a list of flats, part by part, so that nobody waits long for the store. What a whole list does not name,
    /// asked for at `whole_at`, is gone.
    async fn keep_flats(
        &self,
        server: &str,
        intercom: u64,
        mut rows: Vec<FlatRow>,
        whole_at: Option<DateTime<Utc>>,
    ) -> Result<(), CommandError> {
        let named = rows.iter().filter_map(|row| row.id).collect();
        while !rows.is_empty() {
            let part = rows.drain(..rows.len().min(KEPT_AT_ONCE)).collect();
            self.rows(server, move |kept| kept.flats().put_listed(intercom, part)).await?;
        }
        let Some(asked_at) = whole_at else { return Ok(()) };
        let read = self.read_lists(server);
        let end = move |kept: &Rows<'_>| {
            kept.flats().keep_only(intercom, &named, asked_at)?;
            read.add(kept, SyncList::Flats(intercom), asked_at)
        };
        self.rows(server, end).await
    }

    /// The door numbers of a panel, where billing tells them; else `otherwise`.
    async fn numbers_or(
        &self,
        server: &str,
        intercom: u64,
        otherwise: FlatListing,
        way: &Way,
    ) -> Result<FlatListing, CommandError> {
        let known = async || {
            let row = self.rows(server, move |rows| rows.intercoms().get(intercom)).await?;
            Ok(row.and_then(|row| row.flats))
        };
        if known().await?.is_none()
            && self.knows(server, Capability::ShowIntercom) != CapabilityState::Missing
        {
            // A kindness of some servers: whatever else this is, it is no failure of the flats.
            let _ = self.ask_billing(server, &server_api::billing::IntercomBy::Id(intercom), way).await;
        }
        let Some((from, to)) = known().await? else { return Ok(otherwise) };
        let told_at = self.setup.clock.now();
        self.rows(server, move |rows| rows.flats().put_numbers(intercom, from..=to, told_at)).await?;
        Ok(FlatListing::Range)
    }

    /// A stretch of the flats that are known; to whoever signed the admin account out, of the doors that billing told of.
    /// Asks nobody.
    pub async fn list_flats(&self, request: ListFlats) -> Result<FlatWindow, CommandError> {
        let sort = match request.sort {
            FlatSort::Number => store::FlatSort::Number,
            FlatSort::Keys => store::FlatSort::Keys,
            FlatSort::Residents => store::FlatSort::Residents,
            FlatSort::Analog => store::FlatSort::Analog,
            FlatSort::Smartphone => store::FlatSort::Smartphone,
            FlatSort::Landline => store::FlatSort::Landline,
        };
        let limit = request.limit.min(LARGEST_WINDOW);
        let ListFlats { server, intercom, filter, descending, offset, .. } = request;
        let sees_admin = self.may_see(&server, AccountKind::Admin);
        let look = move |rows: &Rows<'_>| {
            let (window, loaded, oldest_at) = if sees_admin {
                let flats = rows.flats();
                let window = flats.window(intercom, &filter, sort, descending, offset, limit)?;
                (window, flats.count(intercom)?, flats.oldest(intercom)?)
            } else {
                let doors = rows.doors();
                let window = doors.window(intercom, &filter, sort, descending, offset, limit)?;
                (window, doors.count(intercom)?, doors.oldest(intercom)?)
            };
            Ok(FlatWindow {
                total: window.total,
                loaded,
                oldest_at,
                offset: window.offset,
                rows: window.rows.into_iter().map(flat_view).collect(),
            })
        };
        self.look(&server, look).await
    }

    /// One flat with its keys and residents, from the server (seed 003). What this answer does not tell of is what an
    /// earlier one told, with its own age.
    pub async fn load_flat(&self, request: FlatRef) -> Result<FlatDetail, CommandError> {
        self.take_flat(&request, &Way::straight()).await
    }

    pub(crate) async fn take_flat(&self, request: &FlatRef, way: &Way) -> Result<FlatDetail, CommandError> {
        let FlatRef { server, intercom, flat } = request;
        let (intercom, flat) = (*intercom, *flat);
        let asking = &way.asks(&self.setup.clock);
        let call = |connection: Arc<Connection>, bearer: Bearer| async move {
            admin::flat(&asking.over(connection), &bearer, intercom, flat).await
        };
        let (flat, problems) = self
            .read(server, Capability::FlatDetails, call)
            .await?
            .ok_or_else(|| CommandError::not_offered(Capability::FlatDetails))?;
        let told = told_detail(flat, asking.asked_at());
        let keep = move |rows: &Rows<'_>| {
            let id = told.flat.id.unwrap_or_default();
            rows.flats().put_detail(intercom, told.clone())?;
            Ok(rows.flats().detail(intercom, id)?.unwrap_or(told))
        };
        let known = self.rows(server, keep).await?;
        let problems = problems.iter().map(problem).collect();
        Ok(FlatDetail { problems, ..detail_view(known, intercom, self.setup.clock.now()) })
    }

    /// One flat as it is known; null where it is not, and to whoever signed the admin account out. Asks nobody.
    pub async fn get_flat(&self, request: FlatRef) -> Result<Option<FlatDetail>, CommandError> {
        let FlatRef { server, intercom, flat } = request;
        if !self.may_see(&server, AccountKind::Admin) {
            return Ok(None);
        }
        let known = self.look(&server, move |rows| rows.flats().detail(intercom, flat)).await?;
        Ok(known.map(|known| detail_view(known, intercom, self.setup.clock.now())))
    }
}

/// A flat with everything an answer told of it that was asked for at `asked_at`.
fn told_detail(flat: server_api::Flat, asked_at: DateTime<Utc>) -> store::FlatDetail {
    let row = flat_row(&flat, asked_at);
    let (id, number) = (flat.id, flat.number);
    let key = |key: server_api::Key| KeyRow {
        id: key.id,
        key: key.key,
        owner: owner_row(key.owner),
        flat: Some((id, number.clone())),
        created_at: None,
        confirmed_at: asked_at,
        gone_at: None,
    };
    let resident = |user: server_api::User| ResidentRow {
        id: user.id,
        name: user.name,
        login: user.login,
        valid_until: user.expired_at,
    };
    store::FlatDetail {
        flat: row,
        keys: flat.keys.map(|keys| (keys.into_iter().map(key).collect(), asked_at)),
        residents: flat.users.map(|users| (users.into_iter().map(resident).collect(), asked_at)),
    }
}

/// A flat and what is inside it as it is shown at `now`.
pub(crate) fn detail_view(known: store::FlatDetail, intercom: u64, now: DateTime<Utc>) -> FlatDetail {
    let resident = |row: ResidentRow| ResidentView {
        id: row.id,
        name: row.name,
        login: row.login,
        valid_until: row.valid_until,
        validity: match row.valid_until {
            Some(end) if end <= now => Validity::Expired,
            Some(_) => Validity::Valid,
            None => Validity::Unknown,
        },
    };
    let key = |row: KeyRow| KeyView { id: row.id, key: row.key, owner: owner_view(row.owner) };
    let (keys, keys_at) = known.keys.unzip();
    let (residents, residents_at) = known.residents.unzip();
    FlatDetail {
        id: known.flat.id.unwrap_or_default(),
        number: known.flat.number,
        intercom,
        keys: keys.map(|keys| keys.into_iter().map(key).collect()),
        keys_at,
        residents: residents.map(|residents| residents.into_iter().map(resident).collect()),
        residents_at,
        lines: lines_view(known.flat.lines),
        confirmed_at: known.flat.confirmed_at,
        gone_at: known.flat.gone_at,
        problems: Vec::new(),
    }
}

/// Whether a listing has every record: it was read to its end and none was left out.
pub(crate) fn is_whole<T>(listing: &server_api::Listing<T>) -> bool {
    listing.is_complete && listing.left_out == 0
}

/// A flat as an answer told it that was asked for at `asked_at`: a write in between is newer.
pub(crate) fn flat_row(flat: &server_api::Flat, asked_at: DateTime<Utc>) -> FlatRow {
    FlatRow {
        id: Some(flat.id),
        number: flat.number.clone(),
        key_count: flat.key_count,
        resident_count: flat.user_count,
        lines: line_rows(flat.lines, asked_at),
        confirmed_at: asked_at,
        gone_at: None,
    }
}

/// Whose a key is, as the server says.
pub(crate) fn owner_row(owner: Owner) -> OwnerRow {
    match owner {
        Owner::User(user) => OwnerRow::User { id: user.id, name: user.name, login: user.login },
        Owner::None => OwnerRow::Nobody,
        Owner::Unknown => OwnerRow::Unknown,
    }
}

pub(crate) fn owner_view(owner: OwnerRow) -> KeyOwner {
    match owner {
        OwnerRow::User { id, name, login } => KeyOwner::User { id, name, login },
        OwnerRow::Nobody => KeyOwner::Nobody,
        OwnerRow::Unknown => KeyOwner::Unknown,
    }
}

/// Lines as an answer told them at `now`.
pub(crate) fn line_rows(lines: server_api::Lines, now: DateTime<Utc>) -> LineRows {
    let row = |state: Option<bool>| LineRow { state, confirmed_at: state.map(|_| now) };
    LineRows { analog: row(lines.analog), smartphone: row(lines.smartphone), landline: row(lines.landline) }
}

pub(crate) fn lines_view(lines: LineRows) -> FlatLines {
    let view = |line: LineRow| LineState {
        state: on_off(line.state),
        confirmed_at: line.state.and(line.confirmed_at),
    };
    FlatLines {
        analog: view(lines.analog),
        smartphone: view(lines.smartphone),
        landline: view(lines.landline),
    }
}

pub(crate) fn on_off(state: Option<bool>) -> OnOff {
    match state {
        Some(true) => OnOff::On,
        Some(false) => OnOff::Off,
        None => OnOff::Unknown,
    }
}

pub(crate) fn problem(problem: &server_api::Problem) -> RecordProblem {
    RecordProblem {
        record: problem.record.clone(),
        field: problem.field.clone(),
        problem: match problem.kind {
            server_api::ProblemKind::IdMissing => ProblemName::IdMissing,
            server_api::ProblemKind::IdOutOfRange => ProblemName::IdOutOfRange,
            server_api::ProblemKind::NotAnObject => ProblemName::NotAnObject,
            server_api::ProblemKind::LineConflict => ProblemName::LineConflict,
            server_api::ProblemKind::Unreadable => ProblemName::Unreadable,
        },
    }
}

pub(crate) fn flat_view(row: FlatRow) -> FlatView {
    FlatView {
        id: row.id,
        number: row.number,
        key_count: row.key_count,
        resident_count: row.resident_count,
        lines: lines_view(row.lines),
        confirmed_at: row.confirmed_at,
        gone_at: row.gone_at,
    }
}
