//! The list of servers: looking at one, adding, trusting, removing, and what the frame shows of them.

use std::ops::RangeInclusive;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde_json::json;
use server_api::{Address, AddressError, open};

use crate::codes::{LONGEST_TITLE, is_unreadable};
use crate::error::{CommandError, Doing, ErrorCode};
use crate::learning::capability_views;
use crate::preferences::{BillingChoice, SavedServer, new_id};
use crate::state::{Desk, State, check_plain, connect};
use crate::views::{
    AccountKind, AddServer, AppState, BillingView, Choices, KeyringState, LONGEST_MINUTES, ProbeServer,
    ServerKind, ServerProbe, ServerRef, ServerView, ServerWarning, SetServer, SignInState, TrustCertificate,
    TrustView, ZOOM,
};

/// Zones that exist, in minutes east of UTC.
const ZONES: RangeInclusive<i32> = -12 * 60..=14 * 60;
/// Longest name of a server and of a client, in characters: more fits no list and no header.
const LONGEST_NAME: usize = 100;
const LONGEST_CLIENT_NAME: usize = 64;

/// The id of the demo building.
pub(crate) const DEMO: &str = "demo";

impl Desk {
    /// Everything the frame shows. Waits until the sign-ins of the last run are back.
    pub async fn app_state(&self) -> AppState {
        self.restore().await;
        self.snapshot()
    }

    /// What the person chose for the whole program, as it is now: no keyring is asked.
    pub fn choices(&self) -> Choices {
        self.state().saved.choices.clone()
    }

    /// Sets what the person chose for the whole program.
    pub async fn set_preferences(&self, choices: Choices) -> Result<AppState, CommandError> {
        if !ZOOM.contains(&choices.zoom) {
            return Err(no_sense("zoom"));
        }
        if !(1..=LONGEST_MINUTES).contains(&choices.code_minutes) {
            return Err(no_sense("code_minutes"));
        }
        if choices.code_title.chars().count() > LONGEST_TITLE {
            return Err(no_sense("code_title"));
        }
        {
            let mut state = self.state();
            if state.saved.choices.language != choices.language {
                // The server's own texts follow the language; connections carry it.
                state.connections.clear();
            }
            state.saved.choices = choices;
        }
        self.save().await?;
        Ok(self.snapshot())
    }

    /// Looks whether an intercom server answers at an address. Sends no credential.
    pub async fn probe_server(&self, request: ProbeServer) -> Result<ServerProbe, CommandError> {
        let address = read_address(&request.address)?;
        check_plain(&address, request.allow_plain_http)?;
        let settings = self.settings(&self.state(), &address.to_string(), request.pin.as_deref())?;
        let connection = connect(settings).await?;
        let basic =
            open::basic(&connection).await.map_err(|error| CommandError::of_call(error, Doing::Probing))?;
        let ends = connection.certificate().and_then(|facts| facts.not_after);
        Ok(ServerProbe {
            version: basic.version,
            captcha_available: basic.is_captcha_available,
            trust: trust(&address, request.pin.as_deref(), ends),
            address: address.to_string(),
        })
    }

    /// Puts a server on the list and shows it. Nothing is sent.
    pub async fn add_server(&self, request: AddServer) -> Result<ServerView, CommandError> {
        let address = read_address(&request.address)?;
        check_plain(&address, request.allow_plain_http)?;
        let name = read_name(&request.name, &address)?;
        let server = SavedServer {
            pin: request.pin.filter(|_| !address.is_plain()),
            plain_http: request.allow_plain_http,
            ..SavedServer::new(new_id(), name, address.to_string())
        };
        let id = server.id.clone();
        let shown_before;
        {
            let mut state = self.state();
            state.saved.servers.push(server);
            shown_before = state.active.replace(id.clone());
        }
        if let Err(error) = self.save().await {
            // It would be there twice after another try.
            let mut state = self.state();
            state.saved.servers.retain(|server| server.id != id);
            state.active = shown_before;
            return Err(error);
        }
        self.view(&id)
    }

    /// Puts the demo building on the list, signed in, and shows it. It is never saved.
    pub async fn show_demo(
        &self,
        address: &str,
        admin: &str,
        client: &str,
    ) -> Result<ServerView, CommandError> {
        let address = read_address(address)?.to_string();
        let id = DEMO.to_owned();
        let name = "Lenina 12".to_owned();
        let server = SavedServer { plain_http: true, ..SavedServer::new(id.clone(), name, address) };
        {
            let mut state = self.state();
            state.demo = Some(server);
            state.active = Some(id.clone());
            state.connections.remove(&id);
        }
        // One that still reads the building before must not fill in what it had.
        self.syncs.forget(&id);
        let _ = self.forget_rows(&id).await;
        self.hold_demo(&id, AccountKind::Admin, admin);
        self.hold_demo(&id, AccountKind::Client, client);
        self.syncs.signed_in(&id);
        self.view(&id)
    }

    /// Shows another server of the list.
    pub async fn activate_server(&self, request: ServerRef) -> Result<AppState, CommandError> {
        {
            let mut state = self.state();
            state.server(&request.server)?;
            state.active = Some(request.server);
        }
        self.save().await?;
        Ok(self.snapshot())
    }

    /// Accepts another certificate of a known server.
    pub async fn trust_certificate(&self, request: TrustCertificate) -> Result<ServerView, CommandError> {
        {
            let mut state = self.state();
            state.server_mut(&request.server)?.pin = request.fingerprint;
            // SECURITY: a changed pin needs a new client: pooled connections were made under the old one.
            state.connections.remove(&request.server);
        }
        self.save().await?;
        self.view(&request.server)
    }

    /// Sets what the person can choose about a server.
    pub async fn set_server(&self, request: SetServer) -> Result<ServerView, CommandError> {
        let client_name = request.client_name.trim();
        if !ZONES.contains(&request.zone_minutes) {
            return Err(no_sense("zone"));
        }
        let is_of_a_header = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
        if client_name.is_empty()
            || client_name.len() > LONGEST_CLIENT_NAME
            || !client_name.bytes().all(is_of_a_header)
        {
            return Err(no_sense("client_name"));
        }
        {
            let mut state = self.state();
            let server = state.server_mut(&request.server)?;
            server.name = read_name(&request.name, &read_address(&server.address)?)?;
            server.zone_minutes = request.zone_minutes;
            server.date_form = request.date_form;
            client_name.clone_into(&mut server.client_name);
            // Connections carry all but the name.
            state.connections.remove(&request.server);
        }
        self.save().await?;
        self.view(&request.server)
    }

    /// Takes a server off the list and forgets its sign-ins and everything remembered of it.
    pub async fn remove_server(&self, request: ServerRef) -> Result<AppState, CommandError> {
        let id = request.server;
        self.state().server(&id)?;
        for account in [AccountKind::Admin, AccountKind::Client, AccountKind::Billing] {
            if self.forget_credential(&id, account).await.is_err() {
                // The server stays on the list, so that the sign-in can still be forgotten.
                return Err(CommandError::plain(ErrorCode::KeyringFailed));
            }
        }
        {
            let mut state = self.state();
            state.saved.servers.retain(|server| server.id != id);
            if state.is_demo(&id) {
                state.demo = None;
            }
            state.connections.remove(&id);
            if state.active.as_deref() == Some(&id) {
                let next = state.servers().next().map(|server| server.id.clone());
                state.active = next;
            }
        }
        self.reach.forget(&id);
        self.syncs.forget(&id);
        self.save().await?;
        // The next start forgets what the disk did not let go of now.
        let _ = self.forget_rows(&id).await;
        Ok(self.snapshot())
    }

    /// One server as it is shown.
    pub(crate) fn view(&self, id: &str) -> Result<ServerView, CommandError> {
        let state = self.state();
        Ok(self.view_of(&state, state.server(id)?, self.setup.clock.now()))
    }

    fn view_of(&self, state: &State, server: &SavedServer, now: DateTime<Utc>) -> ServerView {
        ServerView { lost_at: self.reach.lost_at(&server.id), ..view(state, server, now) }
    }

    /// Saves the list of servers and the choices.
    pub(crate) async fn save(&self) -> Result<(), CommandError> {
        let _order = self.saving.lock().await;
        let document = {
            let mut state = self.state();
            let active = state.active.clone().filter(|id| !state.is_demo(id));
            state.saved.active = active;
            state.saved.document()
        };
        let failed = || CommandError::plain(ErrorCode::PreferencesFailed);
        let document = document.map_err(|_| failed())?;
        let preferences = Arc::clone(&self.setup.preferences);
        let saved = tokio::task::spawn_blocking(move || preferences.save(&document)).await;
        saved.map_err(|_| failed())?.map_err(|_| failed())
    }

    pub(crate) fn snapshot(&self) -> AppState {
        let now = self.setup.clock.now();
        let state = self.state();
        AppState {
            version: self.setup.version.clone(),
            identity: self.setup.identity,
            keyring: if state.is_keyring_available {
                KeyringState::Available
            } else {
                KeyringState::Unavailable
            },
            memory: self.shelf.memory(),
            preferences: state.saved.choices.clone(),
            servers: state.servers().map(|server| self.view_of(&state, server, now)).collect(),
            active: state.active.clone(),
        }
    }
}

/// Reads an address, typed or saved.
pub(crate) fn read_address(typed: &str) -> Result<Address, CommandError> {
    Address::parse(typed).map_err(|error| {
        let why = match error {
            AddressError::Empty => "empty",
            AddressError::Scheme => "scheme",
            AddressError::Host => "host",
            AddressError::Port => "port",
            AddressError::Credentials => "credentials",
            AddressError::Unreadable => "unreadable",
        };
        CommandError::new(ErrorCode::AddressInvalid, json!({"why": why}))
    })
}

fn trust(address: &Address, pin: Option<&str>, ends: Option<DateTime<Utc>>) -> TrustView {
    match pin {
        _ if address.is_plain() && address.is_loopback() => TrustView::Local,
        _ if address.is_plain() => TrustView::Plain,
        Some(fingerprint) => TrustView::Pinned { fingerprint: fingerprint.to_owned(), ends },
        None => TrustView::Platform,
    }
}

/// What the person calls a server; its host where they left it blank.
fn read_name(typed: &str, address: &Address) -> Result<String, CommandError> {
    let name = typed.trim();
    if name.chars().count() > LONGEST_NAME || name.chars().any(is_unreadable) {
        return Err(no_sense("name"));
    }
    Ok(if name.is_empty() { address.shown_host() } else { name.to_owned() })
}

fn no_sense(field: &str) -> CommandError {
    CommandError::new(ErrorCode::SettingInvalid, json!({"field": field}))
}

fn view(state: &State, server: &SavedServer, now: DateTime<Utc>) -> ServerView {
    let account = |kind| state.accounts.get(&(server.id.clone(), kind)).map(|held| held.view(now));
    let billing = match server.billing {
        BillingChoice::None => BillingView::None,
        BillingChoice::Admin => BillingView::Admin,
        BillingChoice::Own => BillingView::Own {
            state: account(AccountKind::Billing).map_or(SignInState::Expired, |account| account.state),
        },
    };
    let ends = state.connections.get(&server.id).and_then(|connection| connection.certificate()?.not_after);
    ServerView {
        id: server.id.clone(),
        name: server.name.clone(),
        address: server.address.clone(),
        kind: if state.is_demo(&server.id) { ServerKind::Demo } else { ServerKind::Server },
        trust: read_address(&server.address)
            .map_or(TrustView::Platform, |address| trust(&address, server.pin.as_deref(), ends)),
        zone_minutes: server.zone_minutes,
        admin: account(AccountKind::Admin),
        client: account(AccountKind::Client),
        billing,
        version: server.version.clone(),
        clock_minutes: server.clock_minutes,
        date_form: server.date_form,
        client_name: server.client_name.clone(),
        lost_at: None,
        capabilities: capability_views(&server.learned),
        warnings: server.billing_open.then_some(ServerWarning::BillingOpen).into_iter().collect(),
    }
}
