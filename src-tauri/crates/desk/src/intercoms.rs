//! Intercoms: from every list that answers, and those the person added.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use chrono::{DateTime, Utc};

use server_api::billing::IntercomBy;
use server_api::{ApiError, Bearer, Connection, PanelStatus, Probe, admin, billing, client};
use store::{IntercomRow, Rows, SyncList};

use crate::directory::{self, problem};
use crate::error::{CommandError, Doing, ErrorCode};
use crate::hardware_address::read_mac;
use crate::learning::Verdict;
use crate::short_names::{Chosen, is_name, looks, short_names};
use crate::state::Desk;
use crate::sync::Way;
use crate::views::{
    AccountKind, AddIntercom, Capability, CapabilityState, FlatRange, IntercomList, IntercomName,
    IntercomRef, IntercomSource, IntercomView, ServerRef, SetShortName, SourceReport, SourceState,
};

/// Intercoms added by id whose names are asked of billing at a time: each costs a request.
const MOST_NAMED: usize = 20;
/// The longest id of another system, in bytes.
const LONGEST_EXTERNAL_ID: usize = 200;

impl Desk {
    /// Asks every source that answers for the intercoms; they, what is known of those that were added, and what each
    /// source said.
    pub async fn load_intercoms(&self, request: ServerRef) -> Result<IntercomList, CommandError> {
        self.take_intercoms(request.server, None, &Way::straight()).await
    }

    /// The same on any way. `unwanted` was taken off the list: it stays only where something else names it.
    pub(crate) async fn take_intercoms(
        &self,
        id: String,
        unwanted: Option<u64>,
        way: &Way,
    ) -> Result<IntercomList, CommandError> {
        let added = self.state().server(&id)?.intercoms.clone();
        let mut seen: HashSet<u64> = added.iter().copied().collect();
        let mut problems = Vec::new();
        let mut sources = Vec::new();
        // Only full answers, of every list that there is, prove that an intercom is gone.
        let (mut has_answer, mut is_whole) = (false, true);
        for source in [IntercomSource::ClientList, IntercomSource::AdminList] {
            let (state, error) = match self.ask_for_intercoms(&id, source, way).await {
                Ok(Some(listing)) => {
                    let is_complete = directory::is_whole(&listing);
                    has_answer = true;
                    is_whole &= is_complete;
                    problems.extend(listing.problems.iter().map(problem));
                    seen.extend(listing.items.iter().map(|intercom| intercom.id));
                    let state = if is_complete { SourceState::Answered } else { SourceState::Partial };
                    self.keep_intercoms(&id, listing.items).await?;
                    if is_complete {
                        let (list, now, read) = (source.list(), self.setup.clock.now(), self.read_lists(&id));
                        self.rows(&id, move |rows| read.add(rows, list, now)).await?;
                    }
                    (state, None)
                }
                Ok(None) => (SourceState::NotOffered, None),
                Err(error) if error.code == ErrorCode::NoAccount => {
                    // Whoever signed out has hidden what this list told, not forgotten it.
                    is_whole &= self.knows(&id, source.capability()) != CapabilityState::Answers;
                    (SourceState::NoAccount, None)
                }
                Err(error) => {
                    is_whole = false;
                    (SourceState::Failed, Some(error))
                }
            };
            sources.push(SourceReport { source, state, error });
        }
        let lists_codes = self.may_see(&id, AccountKind::Client)
            && self.knows(&id, Capability::ClientCodes) == CapabilityState::Answers;
        let keep = move |rows: &Rows<'_>| {
            // An intercom that a code stands at is there, whoever lists intercoms. Codes are forgotten when somebody else signs in.
            let codes = rows.codes()?;
            seen.extend(codes.listed.iter().filter_map(|code| code.intercom));
            let knows_codes = codes.listed_at.is_some() || !lists_codes;
            if !(has_answer && is_whole && knows_codes) {
                let known = rows.intercoms().all()?.into_iter().map(|row| row.id);
                seen.extend(known.filter(|id| Some(*id) != unwanted));
            }
            rows.intercoms().keep_only(&seen)
        };
        self.rows(&id, keep).await?;
        self.name_added(&id, &added, way).await?;
        let known = self.known_intercoms(&id).await?;
        Ok(IntercomList { sources, problems, ..known })
    }

    /// The intercoms as they are known. Asks nobody.
    pub async fn list_intercoms(&self, request: ServerRef) -> Result<IntercomList, CommandError> {
        self.known_intercoms(&request.server).await
    }

    async fn known_intercoms(&self, server: &str) -> Result<IntercomList, CommandError> {
        let (rows, called) = self.called(server).await?;
        let last = self.state().server(server)?.last_intercom;
        let intercoms: Vec<_> = rows.into_iter().map(|row| intercom_view(row, &called)).collect();
        let before = intercoms.iter().find(|intercom| Some(intercom.id) == last);
        let first = before.or(intercoms.first()).map(|intercom| intercom.id);
        Ok(IntercomList { intercoms, first, sources: Vec::new(), problems: Vec::new() })
    }

    /// The intercoms of a server, those that were added last, and what the person calls them.
    pub(crate) async fn called(&self, server: &str) -> Result<(Vec<IntercomRow>, Called), CommandError> {
        let rows = self.look(server, |rows| rows.intercoms().all()).await?;
        let (added, chosen) = {
            let state = self.state();
            let saved = state.server(server)?;
            (saved.intercoms.clone(), saved.short_names.clone())
        };
        Ok(called(rows, &added, &chosen, self.setup.clock.now()))
    }

    /// Calls an intercom something for short, or by its entrance or title again.
    pub async fn set_short_name(&self, request: SetShortName) -> Result<IntercomList, CommandError> {
        let SetShortName { server, intercom, short_name } = request;
        let name = short_name.trim();
        // Whatever another is called by, be it for its entrance or title: that would be called something else from now on.
        let others = self.list_intercoms(ServerRef { server: server.clone() }).await?.intercoms;
        let holder = others.iter().find(|row| row.id != intercom && looks(&row.short_name) == looks(name));
        {
            let mut state = self.state();
            let chosen = &mut state.server_mut(&server)?.short_names;
            // One that is called so and not listed at the moment keeps its name, too.
            let absent = chosen.iter().find(|(id, other)| **id != intercom && looks(other) == looks(name));
            let taken =
                holder.map(|row| (row.id, row.title.as_deref())).or(absent.map(|(id, _)| (*id, None)));
            if name.is_empty() {
                chosen.remove(&intercom);
            } else if !is_name(name) {
                let params = serde_json::json!({"field": "short_name"});
                return Err(CommandError::new(ErrorCode::SettingInvalid, params));
            } else if let Some((id, title)) = taken {
                let params = serde_json::json!({"field": "short_name", "id": id, "title": title});
                return Err(CommandError::new(ErrorCode::SettingInvalid, params));
            } else {
                chosen.insert(intercom, name.to_owned());
            }
        }
        self.save().await?;
        self.list_intercoms(ServerRef { server }).await
    }

    /// Adds an intercom by its record id or, where billing names intercoms, by its hardware address or its id in
    /// another system.
    pub async fn add_intercom(&self, request: AddIntercom) -> Result<IntercomView, CommandError> {
        let server = request.server;
        let row = match request.by {
            IntercomName::Id { id } => self.look_up_intercom(&server, id).await?,
            IntercomName::Mac { mac } => {
                let mac = read_mac(&mac).ok_or_else(|| no_name("mac"))?;
                let small = IntercomBy::Mac(mac.to_ascii_lowercase());
                // How a server spells it is not documented.
                match self.find_by_billing(&server, &IntercomBy::Mac(mac), "mac").await {
                    Err(error) if error.code == ErrorCode::UnknownIntercom => {
                        self.find_by_billing(&server, &small, "mac").await?
                    }
                    found => found?,
                }
            }
            IntercomName::ExternalId { id } => {
                let id = id.trim().to_owned();
                if id.is_empty() || id.len() > LONGEST_EXTERNAL_ID || id.chars().any(char::is_control) {
                    return Err(no_name("external_id"));
                }
                self.find_by_billing(&server, &IntercomBy::ExternalId(id), "external_id").await?
            }
        };
        let id = row.id;
        self.keep_intercom(&server, row.clone()).await?;
        {
            let mut state = self.state();
            let saved = state.server_mut(&server)?;
            if !saved.intercoms.contains(&id) {
                saved.intercoms.push(id);
            }
        }
        self.save().await?;
        let row = self.rows(&server, move |rows| rows.intercoms().get(id)).await?.unwrap_or(row);
        let (_, called) = self.called(&server).await?;
        Ok(intercom_view(row, &called))
    }

    /// Takes an intercom that was added off the list again.
    pub async fn forget_intercom(&self, request: IntercomRef) -> Result<IntercomList, CommandError> {
        {
            let mut state = self.state();
            let server = state.server_mut(&request.server)?;
            server.intercoms.retain(|id| *id != request.intercom);
            server.last_intercom = server.last_intercom.filter(|id| *id != request.intercom);
        }
        self.save().await?;
        self.take_intercoms(request.server, Some(request.intercom), &Way::straight()).await
    }

    /// Remembers where the person looks, so that the next start leads there again.
    pub async fn remember_intercom(&self, request: IntercomRef) -> Result<(), CommandError> {
        let is_saved = {
            let mut state = self.state();
            let server = state.server_mut(&request.server)?;
            let before = server.last_intercom.replace(request.intercom);
            before != Some(request.intercom) && !state.is_demo(&request.server)
        };
        if is_saved { self.save().await } else { Ok(()) }
    }

    /// One source's intercoms; `None` where this server does not have the list.
    async fn ask_for_intercoms(
        &self,
        server: &str,
        source: IntercomSource,
        way: &Way,
    ) -> Result<Option<server_api::Listing<server_api::Intercom>>, CommandError> {
        match source {
            IntercomSource::ClientList => {
                let call = |connection: Arc<Connection>, bearer: Bearer| async move {
                    client::intercoms(&way.over(connection), &bearer).await
                };
                self.read(server, source.capability(), call).await
            }
            IntercomSource::AdminList => {
                let call = |connection: Arc<Connection>, bearer: Bearer| async move {
                    admin::intercoms(&way.over(connection), &bearer).await
                };
                self.read(server, source.capability(), call).await
            }
        }
    }

    async fn keep_intercoms(
        &self,
        server: &str,
        intercoms: Vec<server_api::Intercom>,
    ) -> Result<(), CommandError> {
        let now = self.setup.clock.now();
        let keep = move |rows: &Rows<'_>| {
            intercoms.into_iter().try_for_each(|intercom| {
                rows.intercoms().put(&IntercomRow {
                    title: intercom.title,
                    address: intercom.address,
                    entrance: intercom.entrance,
                    online: intercom.online,
                    online_at: intercom.online.map(|_| now),
                    ..IntercomRow::nameless(intercom.id, now)
                })
            })
        };
        self.rows(server, keep).await
    }

    async fn keep_intercom(&self, server: &str, row: IntercomRow) -> Result<(), CommandError> {
        self.rows(server, move |rows| rows.intercoms().put(&row)).await
    }

    /// Asks billing for the names of added intercoms that have none yet.
    async fn name_added(&self, server: &str, added: &[u64], way: &Way) -> Result<(), CommandError> {
        if self.knows(server, Capability::ShowIntercom) == CapabilityState::Missing {
            return Ok(());
        }
        let known = self.look(server, |rows| rows.intercoms().all()).await?;
        let has_name = |id: u64| known.iter().any(|row| row.id == id && row.title.is_some());
        let nameless: Vec<u64> = added.iter().copied().filter(|id| !has_name(*id)).take(MOST_NAMED).collect();
        for id in nameless {
            match self.ask_billing(server, &IntercomBy::Id(id), way).await {
                // The next one would fail the same way.
                Err(error) if error.code != ErrorCode::NotFound => break,
                _ => {}
            }
        }
        Ok(())
    }

    /// What can be found out about an id the person typed. Where this server is known to list flats, an id that
    /// neither billing nor the list knows is refused; elsewhere it is taken on trust.
    async fn look_up_intercom(&self, server: &str, id: u64) -> Result<IntercomRow, CommandError> {
        if !(1..1 << 53).contains(&id) {
            return Err(no_name("id"));
        }
        match self.ask_billing(server, &IntercomBy::Id(id), &Way::straight()).await {
            Ok(row) => return Ok(row),
            // Naming it is a kindness of some servers: whatever else this is, the flats will tell.
            Err(error) => tracing::debug!(%error, "billing does not name the intercom"),
        }
        let row = IntercomRow::nameless(id, self.setup.clock.now());
        let access = match self.access(server, AccountKind::Admin).await {
            Ok(access) => access,
            Err(error) if error.code == ErrorCode::NoAccount => return Ok(row),
            Err(error) => return Err(error),
        };
        // One record tells as much as all of them. A list that is missing for one unknown id says nothing about the
        // server, so nothing is learned.
        let what = Probe::Flats { intercom: id };
        let answer = server_api::probe(&access.connection, Some(&access.bearer), what).await;
        let verdict = self.judge(server, Capability::Flats, &answer);
        match answer {
            Err(error) if verdict != Verdict::Missing => Err(self.read_failed(&access, error)),
            _ => Ok(row),
        }
    }

    async fn find_by_billing(
        &self,
        server: &str,
        by: &IntercomBy,
        what: &str,
    ) -> Result<IntercomRow, CommandError> {
        if self.knows(server, Capability::ShowIntercom) == CapabilityState::Missing {
            return Err(CommandError::not_offered(Capability::ShowIntercom));
        }
        self.ask_billing(server, by, &Way::straight()).await.map_err(|error| match error.code {
            ErrorCode::NotFound => {
                CommandError::new(ErrorCode::UnknownIntercom, serde_json::json!({"what": what}))
            }
            _ => error,
        })
    }

    /// Asks billing for one intercom and keeps what it tells.
    pub(crate) async fn ask_billing(
        &self,
        server: &str,
        by: &IntercomBy,
        way: &Way,
    ) -> Result<IntercomRow, CommandError> {
        let access = self.billing_access(server).await?;
        let answer = billing::find_intercom(&way.over(access.connection), access.bearer.as_ref(), by).await;
        let verdict = Verdict::of(Capability::ShowIntercom, &answer);
        self.learn(server, Capability::ShowIntercom, verdict).await;
        let told = answer.map_err(|error: ApiError| {
            // A billing that does not take this credential ends nobody's sign-in.
            CommandError::of_call(error, Doing::Reading(server, AccountKind::Billing))
        })?;
        if told.status == Some(PanelStatus::Deleted) {
            return Err(CommandError::new(ErrorCode::NotFound, serde_json::json!({"message": null})));
        }
        let row = IntercomRow {
            title: told.intercom.title,
            entrance: told.intercom.entrance,
            address: told.intercom.address,
            mac: told.mac,
            flats: told.flats,
            ..IntercomRow::nameless(told.intercom.id, self.setup.clock.now())
        };
        self.keep_intercom(server, row.clone()).await?;
        Ok(row)
    }
}

impl IntercomSource {
    /// Which of the lists that a sync reads it is.
    pub(crate) fn list(self) -> SyncList {
        match self {
            Self::ClientList => SyncList::ClientIntercoms,
            Self::AdminList => SyncList::AdminIntercoms,
        }
    }

    /// What a server that has this list answers.
    fn capability(self) -> Capability {
        match self {
            Self::ClientList => Capability::ClientIntercoms,
            Self::AdminList => Capability::AdminIntercoms,
        }
    }
}

fn no_name(what: &str) -> CommandError {
    CommandError::new(ErrorCode::IdInvalid, serde_json::json!({"what": what}))
}

/// What the person made of the intercoms of a server.
#[derive(Debug, Default)]
pub(crate) struct Called {
    added: Vec<u64>,
    chosen: Chosen,
    names: HashMap<u64, String>,
}

impl Called {
    /// What an intercom is called for short.
    pub(crate) fn short_name(&self, intercom: u64) -> Option<&String> {
        self.names.get(&intercom)
    }

    /// The intercoms of a short name, as [`looks`] has it.
    pub(crate) fn by_name<'c>(&'c self, name: &'c str) -> impl Iterator<Item = u64> + 'c {
        self.names.iter().filter(move |(_, known)| looks(known) == name).map(|(id, _)| *id)
    }
}

/// The intercoms that are known and those that were added, and what they are called.
pub(crate) fn called(
    mut rows: Vec<IntercomRow>,
    added: &[u64],
    chosen: &Chosen,
    now: DateTime<Utc>,
) -> (Vec<IntercomRow>, Called) {
    for id in added {
        if !rows.iter().any(|row| row.id == *id) {
            rows.push(IntercomRow::nameless(*id, now));
        }
    }
    let names = short_names(&rows, chosen);
    (rows, Called { added: added.to_vec(), chosen: chosen.clone(), names })
}

pub(crate) fn intercom_view(row: IntercomRow, called: &Called) -> IntercomView {
    IntercomView {
        added: called.added.contains(&row.id),
        short_name: called.short_name(row.id).cloned().unwrap_or_else(|| row.id.to_string()),
        is_short_name_chosen: called
            .short_name(row.id)
            .is_some_and(|name| called.chosen.get(&row.id) == Some(name)),
        id: row.id,
        title: row.title,
        address: row.address,
        entrance: row.entrance,
        online: row.online,
        online_at: row.online_at,
        mac: row.mac,
        flats: row.flats.map(|(from, to)| FlatRange { from, to }),
        confirmed_at: row.confirmed_at,
    }
}
