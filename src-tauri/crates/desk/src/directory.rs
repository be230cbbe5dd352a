//! Intercoms, flats and one flat: asked of whatever answers, kept in the store, shown from there.

use chrono::{DateTime, Utc};
use server_api::billing::IntercomBy;
use server_api::{ApiError, Owner, admin, billing, client};
use store::{FlatRow, IntercomRow, LineRow, LineRows};

use crate::error::{CommandError, ErrorCode};
use crate::state::Desk;
use crate::views::{
    AccountKind, FlatDetail, FlatLines, FlatListing, FlatRef, FlatSort, FlatView, FlatWindow, FlatsLoaded,
    IntercomList, IntercomRef, IntercomSource, IntercomView, KeyOwner, KeyView, LineState, ListFlats, OnOff,
    ProblemName, RecordProblem, ResidentView, ServerRef, SourceReport, SourceState, Validity,
};

/// The most rows one window brings.
pub(crate) const LARGEST_WINDOW: usize = 500;

impl Desk {
    /// The intercoms, from every source that answers and those added by id.
    pub async fn list_intercoms(&self, request: ServerRef) -> Result<IntercomList, CommandError> {
        let id = request.server;
        let added = self.state().server(&id)?.intercoms.clone();
        let mut seen = added.clone();
        let mut problems = Vec::new();
        let mut sources = Vec::new();
        for source in [IntercomSource::ClientList, IntercomSource::AdminList] {
            let (state, error) = match self.ask_for_intercoms(&id, source).await {
                Ok(Some(listing)) => {
                    problems.extend(listing.problems.iter().map(problem));
                    seen.extend(listing.items.iter().map(|intercom| intercom.id));
                    self.keep_intercoms(&id, listing.items);
                    (SourceState::Answered, None)
                }
                Ok(None) => (SourceState::NotOffered, None),
                Err(error) if error.code == ErrorCode::NoAccount => (SourceState::NoAccount, None),
                Err(error) => (SourceState::Failed, Some(error)),
            };
            sources.push(SourceReport { source, state, error });
        }
        // Only a full answer of every source that can answer proves that an intercom is gone.
        let is_whole = sources.iter().all(|report| report.state != SourceState::Failed);
        let rows = self.store.with(&id, |rows| {
            if is_whole {
                rows.intercoms.retain(|intercom| seen.contains(&intercom));
            }
            rows.intercoms.all()
        });
        let mut intercoms: Vec<IntercomView> =
            rows.into_iter().map(|row| intercom_view(row, &added)).collect();
        for id in added {
            if !intercoms.iter().any(|intercom| intercom.id == id) {
                intercoms.push(intercom_view(self.nameless(id), &[id]));
            }
        }
        Ok(IntercomList { intercoms, sources, problems })
    }

    /// Adds an intercom by its record id, named where billing knows it.
    pub async fn add_intercom(&self, request: IntercomRef) -> Result<IntercomView, CommandError> {
        let (server, id) = (request.server, request.intercom);
        if !(1..1 << 53).contains(&id) {
            return Err(CommandError::plain(ErrorCode::IdInvalid));
        }
        let row = self.look_up_intercom(&server, id).await?;
        self.store.with(&server, |rows| rows.intercoms.put(row.clone()));
        {
            let mut state = self.state();
            let saved = state.server_mut(&server)?;
            if !saved.intercoms.contains(&id) {
                saved.intercoms.push(id);
            }
        }
        self.save().await?;
        Ok(intercom_view(row, &[id]))
    }

    /// Takes an intercom that was added by id off the list again.
    pub async fn forget_intercom(&self, request: IntercomRef) -> Result<IntercomList, CommandError> {
        self.state().server_mut(&request.server)?.intercoms.retain(|id| *id != request.intercom);
        self.save().await?;
        self.list_intercoms(ServerRef { server: request.server }).await
    }

    /// Reads every flat of an intercom from the server.
    pub async fn load_flats(&self, request: IntercomRef) -> Result<FlatsLoaded, CommandError> {
        let (server, intercom) = (request.server, request.intercom);
        let known = |listing| FlatsLoaded {
            listing,
            total: self.store.with(&server, |rows| rows.flats.count(intercom)),
            confirmed_at: None,
            problems: Vec::new(),
        };
        let access = match self.access(&server, AccountKind::Admin).await {
            Ok(access) => access,
            Err(error) if error.code == ErrorCode::NoAccount => return Ok(known(FlatListing::NoAccount)),
            Err(error) => return Err(error),
        };
        let asked_at = self.setup.clock.now();
        let listing = match admin::flats(&access.connection, &access.bearer, intercom).await {
            Ok(listing) => listing,
            Err(error) if is_missing(&error) => return Ok(known(FlatListing::NotOffered)),
            Err(error) => return Err(self.read_failed(&access, error)),
        };
        self.state().lists_flats.insert(server.clone());
        let rows: Vec<FlatRow> = listing.items.iter().map(|flat| flat_row(flat, asked_at)).collect();
        let total = self.store.with(&server, |remembered| {
            if listing.is_complete && listing.problems.is_empty() {
                remembered.flats.replace(intercom, rows);
            } else {
                // A record that could not be read is not gone.
                remembered.flats.put_all(intercom, rows);
            }
            remembered.flats.count(intercom)
        });
        Ok(FlatsLoaded {
            listing: FlatListing::Complete,
            total,
            confirmed_at: Some(asked_at),
            problems: listing.problems.iter().map(problem).collect(),
        })
    }

    /// A stretch of the flats that are known. Asks nobody.
    pub fn list_flats(&self, request: ListFlats) -> FlatWindow {
        let sort = match request.sort {
            FlatSort::Number => store::FlatSort::Number,
            FlatSort::Keys => store::FlatSort::Keys,
            FlatSort::Residents => store::FlatSort::Residents,
        };
        let limit = request.limit.min(LARGEST_WINDOW);
        self.store.with(&request.server, |rows| {
            let window = rows.flats.window(
                request.intercom,
                &request.filter,
                sort,
                request.descending,
                request.offset,
                limit,
            );
            FlatWindow {
                total: window.total,
                loaded: rows.flats.count(request.intercom),
                offset: window.offset,
                rows: window.rows.into_iter().map(flat_view).collect(),
            }
        })
    }

    /// One flat with its keys and residents, from the server (seed 003).
    pub async fn get_flat(&self, request: FlatRef) -> Result<FlatDetail, CommandError> {
        let access = self.access(&request.server, AccountKind::Admin).await?;
        let asked_at = self.setup.clock.now();
        let answer = admin::flat(&access.connection, &access.bearer, request.intercom, request.flat).await;
        let (flat, problems) = answer.map_err(|error| self.read_failed(&access, error))?;
        let now = self.setup.clock.now();
        let row = flat_row(&flat, asked_at);
        let lines = self.store.with(&request.server, |rows| {
            let lines = row.lines;
            rows.flats.put(request.intercom, row);
            rows.flats.get(request.intercom, flat.id).map_or(lines, |row| row.lines)
        });
        let residents = flat.users.unwrap_or_default().into_iter().map(|user| ResidentView {
            id: user.id,
            name: user.name,
            login: user.login,
            valid_until: user.expired_at,
            validity: match user.expired_at {
                Some(end) if end <= now => Validity::Expired,
                Some(_) => Validity::Valid,
                None => Validity::Unknown,
            },
        });
        let keys = flat.keys.unwrap_or_default().into_iter().map(|key| KeyView {
            id: key.id,
            key: key.key,
            owner: match key.owner {
                Owner::User(user) => Some(KeyOwner { id: user.id, name: user.name, login: user.login }),
                Owner::None | Owner::Unknown => None,
            },
        });
        Ok(FlatDetail {
            id: flat.id,
            number: flat.number,
            intercom: request.intercom,
            keys: keys.collect(),
            residents: residents.collect(),
            lines: lines_view(lines),
            confirmed_at: asked_at,
            problems: problems.iter().map(problem).collect(),
        })
    }

    /// One source's intercoms; `None` where this server does not have the list.
    async fn ask_for_intercoms(
        &self,
        server: &str,
        source: IntercomSource,
    ) -> Result<Option<server_api::Listing<server_api::Intercom>>, CommandError> {
        let account = match source {
            IntercomSource::ClientList => AccountKind::Client,
            IntercomSource::AdminList => AccountKind::Admin,
        };
        let access = self.access(server, account).await?;
        let answer = match source {
            IntercomSource::ClientList => client::intercoms(&access.connection, &access.bearer).await,
            IntercomSource::AdminList => admin::intercoms(&access.connection, &access.bearer).await,
        };
        match answer {
            Ok(listing) => Ok(Some(listing)),
            Err(error) if is_missing(&error) || is_guess(source, &error) => Ok(None),
            Err(error) => Err(self.read_failed(&access, error)),
        }
    }

    fn keep_intercoms(&self, server: &str, intercoms: Vec<server_api::Intercom>) {
        let confirmed_at = self.setup.clock.now();
        self.store.with(server, |rows| {
            for intercom in intercoms {
                rows.intercoms.put(IntercomRow {
                    id: intercom.id,
                    title: intercom.title,
                    address: intercom.address,
                    entrance: intercom.entrance,
                    online: intercom.online,
                    confirmed_at,
                });
            }
        });
    }

    /// What can be found out about an id the person typed. Where this server is known to list flats or to answer
    /// `intercoms/show`, an id that neither knows is refused; elsewhere it is taken on trust.
    async fn look_up_intercom(&self, server: &str, id: u64) -> Result<IntercomRow, CommandError> {
        let mut row = self.nameless(id);
        let mut refused = None;
        match self.billing_access(server).await {
            Ok(access) => {
                match billing::find_intercom(&access.connection, access.bearer.as_ref(), &IntercomBy::Id(id))
                    .await
                {
                    Ok(found) => {
                        let intercom = found.intercom;
                        row.title = intercom.title;
                        row.entrance = intercom.entrance;
                        return Ok(row);
                    }
                    // Naming it is a kindness of some servers: whatever else this is, the flats will tell.
                    Err(error) => tracing::debug!(%error, "billing does not name the intercom"),
                }
            }
            Err(error) if matches!(error.code, ErrorCode::NoAccount | ErrorCode::SignedOut) => {}
            Err(error) => return Err(error),
        }
        match self.access(server, AccountKind::Admin).await {
            Ok(access) => match admin::flats(&access.connection, &access.bearer, id).await {
                Ok(_) => return Ok(row),
                Err(error) if is_missing(&error) => refused = Some(self.read_failed(&access, error)),
                Err(error) => return Err(self.read_failed(&access, error)),
            },
            Err(error) if error.code == ErrorCode::NoAccount => {}
            Err(error) => return Err(error),
        }
        let lists_flats = self.state().lists_flats.contains(server);
        refused.filter(|_| lists_flats).map_or(Ok(row), Err)
    }

    fn nameless(&self, id: u64) -> IntercomRow {
        let confirmed_at = self.setup.clock.now();
        IntercomRow { id, title: None, address: None, entrance: None, online: None, confirmed_at }
    }
}

/// A flat as an answer told it that was asked for at `asked_at`: a write in between is newer.
fn flat_row(flat: &server_api::Flat, asked_at: DateTime<Utc>) -> FlatRow {
    FlatRow {
        id: flat.id,
        number: flat.number.clone(),
        key_count: flat.key_count,
        resident_count: flat.user_count,
        lines: line_rows(flat.lines, asked_at),
        confirmed_at: asked_at,
    }
}

/// Lines as an answer told them at `now`.
pub(crate) fn line_rows(lines: server_api::Lines, now: DateTime<Utc>) -> LineRows {
    let row = |state: Option<bool>| LineRow { state, confirmed_at: state.map(|_| now) };
    LineRows { analog: row(lines.analog), smartphone: row(lines.smartphone), landline: row(lines.landline) }
}

pub(crate) fn lines_view(lines: LineRows) -> FlatLines {
    let view = |line: LineRow| LineState { state: on_off(line.state), confirmed_at: line.confirmed_at };
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

/// A call this server does not have.
fn is_missing(error: &ApiError) -> bool {
    matches!(error.refused_with(), Some(404 | 405))
}

/// The undocumented list may be a web page, closed to this token or anything else; that is not a failure.
fn is_guess(source: IntercomSource, error: &ApiError) -> bool {
    source == IntercomSource::AdminList
        && (matches!(error, ApiError::NotThisApi { .. })
            || matches!(error.refused_with(), Some(300..=399 | 401 | 403)))
}

fn intercom_view(row: IntercomRow, added: &[u64]) -> IntercomView {
    IntercomView {
        added: added.contains(&row.id),
        id: row.id,
        title: row.title,
        address: row.address,
        entrance: row.entrance,
        online: row.online,
        confirmed_at: row.confirmed_at,
    }
}

fn flat_view(row: FlatRow) -> FlatView {
    FlatView {
        id: row.id,
        number: row.number,
        key_count: row.key_count,
        resident_count: row.resident_count,
        lines: lines_view(row.lines),
        confirmed_at: row.confirmed_at,
    }
}
