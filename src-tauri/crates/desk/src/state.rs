//! The desk itself: what it holds in memory while the program runs, and how its parts get at it.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::FixedOffset;
use server_api::{Address, ApiError, Bearer, Connection, Language, Limits, Settings, Trust};
use tokio::sync::OnceCell;

use crate::clock::Clock;
use crate::error::{CommandError, Doing, ErrorCode};
use crate::learning::Verdict;
use crate::preferences::{BillingChoice, Preferences, SavedDesk, SavedServer};
use crate::reach::Reach;
use crate::remembering::Shelf;
use crate::renewal::Held;
use crate::search::LastListed;
use crate::sync::Syncs;
use crate::vault::Keyring;
use crate::views::{AccountKind, Capability, DateForm, Identity, LanguageChoice};

/// What a desk is made of.
pub struct Setup {
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Where secrets live.
    pub keyring: Arc<dyn Keyring>,
    /// Where the list of servers and the choices live.
    pub preferences: Arc<dyn Preferences>,
    /// The folder of the store's files; `None`: nothing is remembered beyond this run.
    pub store: Option<PathBuf>,
    /// Limits of every connection.
    pub limits: Limits,
    /// Which of the program's identities this is.
    pub identity: Identity,
    /// The program's version.
    pub version: String,
    /// The system's language, for the choice "as the system".
    pub system_language: Language,
}

/// One desk. Everything the interface asks for is a method of it.
pub struct Desk {
    pub(crate) setup: Setup,
    pub(crate) shelf: Shelf,
    pub(crate) reach: Reach,
    pub(crate) syncs: Arc<Syncs>,
    pub(crate) last_listed: Arc<LastListed>,
    pub(crate) restored: OnceCell<()>,
    /// Held while the document is saved, so that an older one never overwrites a newer one.
    pub(crate) saving: tokio::sync::Mutex<()>,
    /// Held while the keyring is worked with: what is written last is what memory says last.
    pub(crate) keyring_turn: tokio::sync::Mutex<()>,
    /// One turn per account that renews itself and per flat whose lines are switched.
    turns: Mutex<HashMap<String, Arc<tokio::sync::Mutex<()>>>>,
    /// How many requests that change something are under way.
    writing: AtomicUsize,
    state: Arc<Mutex<State>>,
}

/// What changes while the program runs.
pub(crate) struct State {
    pub(crate) saved: SavedDesk,
    /// The demo building's entry, never saved.
    pub(crate) demo: Option<SavedServer>,
    pub(crate) active: Option<String>,
    pub(crate) accounts: HashMap<(String, AccountKind), Held>,
    pub(crate) connections: HashMap<String, Arc<Connection>>,
    /// Accounts that left in this run: what the keyring still has of them must not come back.
    pub(crate) departed: HashSet<(String, AccountKind)>,
    /// This desk's own session of the client account, as its server last listed it.
    pub(crate) own_sessions: HashMap<String, u64>,
    pub(crate) is_keyring_available: bool,
    generation: u64,
}

/// What one call needs: where to, and as whom. Only billing may go without a bearer.
pub(crate) struct Access<B = Bearer> {
    pub(crate) connection: Arc<Connection>,
    pub(crate) bearer: B,
    pub(crate) server: String,
    pub(crate) account: AccountKind,
    pub(crate) generation: u64,
    /// Which account of the server it is, where that is known.
    pub(crate) whose: Option<String>,
}

/// Who is signed in with one of a server's accounts: looked up each time it is asked.
pub(crate) struct SignedIn {
    state: Arc<Mutex<State>>,
    account: (String, AccountKind),
}

impl SignedIn {
    /// Whether somebody is signed in who is not known to be this one. `None` is whoever a pasted token belongs to.
    pub(crate) fn is_another_than(&self, whose: Option<&str>) -> bool {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.accounts.get(&self.account).is_some_and(|held| held.credential.account.as_deref() != whose)
    }
}

impl Desk {
    /// A desk that knows its servers; sign-ins come with [`Desk::restore`].
    pub fn new(setup: Setup) -> Self {
        let saved = SavedDesk::read(setup.preferences.load());
        let active = saved.active.clone().filter(|id| saved.servers.iter().any(|server| server.id == *id));
        let state = State {
            active: active.or_else(|| saved.servers.first().map(|server| server.id.clone())),
            saved,
            demo: None,
            accounts: HashMap::new(),
            connections: HashMap::new(),
            departed: HashSet::new(),
            own_sessions: HashMap::new(),
            is_keyring_available: true,
            generation: 0,
        };
        Self {
            setup,
            shelf: Shelf::default(),
            reach: Reach::default(),
            syncs: Arc::default(),
            last_listed: Arc::default(),
            restored: OnceCell::new(),
            saving: tokio::sync::Mutex::new(()),
            keyring_turn: tokio::sync::Mutex::new(()),
            turns: Mutex::new(HashMap::new()),
            writing: AtomicUsize::new(0),
            state: Arc::new(Mutex::new(state)),
        }
    }

    /// The state, for a moment: never held over an `await`.
    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Who is signed in with an account, for whoever asks that at the store.
    pub(crate) fn signed_in(&self, server: &str, account: AccountKind) -> SignedIn {
        SignedIn { state: Arc::clone(&self.state), account: (server.to_owned(), account) }
    }

    /// What a call of the admin or client account needs.
    pub(crate) async fn access(&self, server: &str, account: AccountKind) -> Result<Access, CommandError> {
        self.restore().await;
        let connection = self.connection(server).await?;
        self.renew_if_due(server, account).await?;
        let now = self.setup.clock.now();
        let state = self.state();
        let key = (server.to_owned(), account);
        let params = || serde_json::json!({"server": server, "account": account});
        match state.accounts.get(&key) {
            None => Err(CommandError::new(ErrorCode::NoAccount, params())),
            Some(held) if held.is_over(now) => Err(CommandError::new(ErrorCode::SignedOut, params())),
            Some(held) => {
                let bearer = Bearer::new(held.credential.token.clone());
                let (generation, whose) = (held.generation, held.credential.account.clone());
                Ok(Access { connection, bearer, server: key.0, account, generation, whose })
            }
        }
    }

    /// Reads with the admin or client account, learns from the answer what this server has, and reads once more
    /// where the sign-in had ended and could renew itself. `None`: this server does not have the call.
    pub(crate) async fn read<T, Answer: Future<Output = Result<T, ApiError>>>(
        &self,
        server: &str,
        capability: Capability,
        call: impl Fn(Arc<Connection>, Bearer) -> Answer,
    ) -> Result<Option<T>, CommandError> {
        Ok(self.read_as_whom(server, capability, call).await?.map(|(found, _)| found))
    }

    /// The same, and which account was answered, where that is known.
    pub(crate) async fn read_as_whom<T, Answer: Future<Output = Result<T, ApiError>>>(
        &self,
        server: &str,
        capability: Capability,
        call: impl Fn(Arc<Connection>, Bearer) -> Answer,
    ) -> Result<Option<(T, Option<String>)>, CommandError> {
        let account = capability.account();
        let mut access = self.access(server, account).await?;
        let mut answer = call(access.connection.clone(), access.bearer.clone()).await;
        self.reach.note(server, answer.as_ref().err(), self.setup.clock.now());
        let mut verdict = self.judge(server, capability, &answer);
        let has_ended = matches!(&answer, Err(error) if error.refused_with() == Some(401));
        // Of a call that no page documents it may say that there is none, or that the sign-in has ended.
        if has_ended && verdict == Verdict::Missing {
            match self.is_over_for_admin_api(&access).await {
                Ok(true) => verdict = Verdict::Nothing,
                Ok(false) => {}
                // Nobody knows which of the two it is.
                Err(error) => {
                    self.reach.note(server, Some(&error), self.setup.clock.now());
                    return Err(self.read_failed(&access, error));
                }
            }
        }
        if has_ended && verdict == Verdict::Nothing && self.renew(server, account, access.generation).await? {
            access = self.access(server, account).await?;
            answer = call(access.connection.clone(), access.bearer.clone()).await;
            verdict = self.judge(server, capability, &answer);
        }
        self.learn(server, capability, verdict).await;
        match answer {
            Ok(found) => Ok(Some((found, access.whose))),
            Err(_) if verdict == Verdict::Missing => Ok(None),
            Err(error) => Err(self.read_failed(&access, error)),
        }
    }

    /// Waits for its turn at something that must not be done twice at once.
    pub(crate) async fn turn(&self, at: String) -> tokio::sync::OwnedMutexGuard<()> {
        let turn = {
            let mut turns = self.turns.lock().unwrap_or_else(PoisonError::into_inner);
            // What nobody holds or waits for is not kept.
            turns.retain(|_, turn| Arc::strong_count(turn) > 1);
            turns.entry(at).or_default().clone()
        };
        turn.lock_owned().await
    }

    /// Counts a request that changes something as under way until the answer is dropped.
    pub(crate) fn writing(&self) -> Writing<'_> {
        self.writing.fetch_add(1, Ordering::SeqCst);
        Writing(&self.writing)
    }

    /// Whether a request that changes something is under way: leaving now would lose its outcome.
    pub fn is_writing(&self) -> bool {
        self.writing.load(Ordering::SeqCst) > 0
    }

    /// What a billing call needs, as the person chose.
    pub(crate) async fn billing_access(&self, server: &str) -> Result<Access<Option<Bearer>>, CommandError> {
        let choice = self.state().server(server)?.billing;
        let account = match choice {
            BillingChoice::None => {
                let (connection, server) = (self.connection(server).await?, server.to_owned());
                let account = AccountKind::Billing;
                return Ok(Access { connection, bearer: None, server, account, generation: 0, whose: None });
            }
            BillingChoice::Admin => AccountKind::Admin,
            BillingChoice::Own => AccountKind::Billing,
        };
        let Access { connection, bearer, server, whose, .. } = self.access(server, account).await?;
        let generation = match choice {
            BillingChoice::Own => self.generation(&server, account),
            // A billing that does not take the admin's token says nothing about the admin account.
            _ => 0,
        };
        let (bearer, account) = (Some(bearer), AccountKind::Billing);
        Ok(Access { connection, bearer, server, account, generation, whose })
    }

    fn generation(&self, server: &str, account: AccountKind) -> u64 {
        let key = (server.to_owned(), account);
        self.state().accounts.get(&key).map_or(0, |held| held.generation)
    }

    /// The error of a failed read.
    pub(crate) fn read_failed<B>(&self, access: &Access<B>, error: ApiError) -> CommandError {
        self.note_signed_out(access, &error);
        CommandError::of_call(error, Doing::Reading(&access.server, access.account))
    }

    /// The error of a failed write. A sign-in that had ended renews itself where it can, so that the write can be
    /// offered again; it is never sent again by itself.
    pub(crate) async fn write_failed<B>(&self, access: &Access<B>, error: ApiError) -> CommandError {
        self.reach.note(&access.server, Some(&error), self.setup.clock.now());
        self.note_signed_out(access, &error);
        if error.refused_with() == Some(401)
            && let Some(account) = self.renewed_for_write(access).await
        {
            let params = serde_json::json!({"server": access.server, "account": account});
            return CommandError::new(ErrorCode::SignInRenewed, params);
        }
        CommandError::of_call(error, Doing::Writing(&access.server, access.account))
    }

    fn note_signed_out<B>(&self, access: &Access<B>, error: &ApiError) {
        if error.refused_with() != Some(401) {
            return;
        }
        let key = (access.server.clone(), access.account);
        if let Some(held) = self.state().accounts.get_mut(&key)
            // A late 401 of an earlier sign-in says nothing about the present one.
            && held.generation == access.generation
        {
            held.is_refused = true;
        }
    }

    /// The connection to a server of the list, made when first needed.
    pub(crate) async fn connection(&self, server: &str) -> Result<Arc<Connection>, CommandError> {
        loop {
            let settings = {
                let state = self.state();
                if let Some(connection) = state.connections.get(server) {
                    return Ok(connection.clone());
                }
                self.settings_of(&state, server)?
            };
            let connection = connect(settings).await?;
            let mut state = self.state();
            // SECURITY: a pin that changed meanwhile must not be used by a client that was made under the old one.
            let now = self.settings_of(&state, server)?;
            let made = connection.settings();
            let is_same = (&now.trust, now.language, now.zone, &now.client_name, now.date_form)
                == (&made.trust, made.language, made.zone, &made.client_name, made.date_form);
            if is_same {
                state.connections.insert(server.to_owned(), connection.clone());
                return Ok(connection);
            }
        }
    }

    fn settings_of(&self, state: &State, server: &str) -> Result<Settings, CommandError> {
        let saved = state.server(server)?;
        let mut settings = self.settings(state, &saved.address, saved.pin.as_deref())?;
        settings.zone = FixedOffset::east_opt(saved.zone_minutes * 60).unwrap_or(settings.zone);
        settings.client_name.clone_from(&saved.client_name);
        settings.date_form = match saved.date_form {
            DateForm::Contract => server_api::DateForm::Contract,
            DateForm::Iso => server_api::DateForm::Iso,
        };
        check_plain(&settings.address, saved.plain_http)?;
        Ok(settings)
    }

    /// The settings of a connection to `address`.
    pub(crate) fn settings(
        &self,
        state: &State,
        address: &str,
        pin: Option<&str>,
    ) -> Result<Settings, CommandError> {
        let mut settings = Settings::new(crate::servers::read_address(address)?);
        settings.trust = pin.map_or(Trust::Platform, |pin| Trust::Pin(pin.to_owned()));
        settings.device = state.saved.device.clone();
        settings.limits = self.setup.limits;
        settings.language = match state.saved.choices.language {
            LanguageChoice::System => self.setup.system_language,
            LanguageChoice::En => Language::English,
            LanguageChoice::Ru => Language::Russian,
        };
        Ok(settings)
    }
}

/// A request that changes something is under way as long as this lives.
pub(crate) struct Writing<'d>(&'d AtomicUsize);

impl Drop for Writing<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

impl State {
    /// As at the first start, but for what the keyring has still to let go of.
    pub(crate) fn forget_everything(&mut self, to_forget: Vec<String>) {
        self.saved = SavedDesk { to_forget, ..SavedDesk::read(None) };
        self.demo = None;
        self.active = None;
        self.accounts.clear();
        self.connections.clear();
        self.own_sessions.clear();
    }

    /// A server of the list, or the demo building.
    pub(crate) fn server(&self, id: &str) -> Result<&SavedServer, CommandError> {
        self.servers().find(|server| server.id == id).ok_or_else(unknown_server)
    }

    /// A server of the list, or the demo building, to be changed.
    pub(crate) fn server_mut(&mut self, id: &str) -> Result<&mut SavedServer, CommandError> {
        let found = self.saved.servers.iter_mut().chain(&mut self.demo).find(|server| server.id == id);
        found.ok_or_else(unknown_server)
    }

    /// The list, the demo building last.
    pub(crate) fn servers(&self) -> impl Iterator<Item = &SavedServer> {
        self.saved.servers.iter().chain(&self.demo)
    }

    pub(crate) fn is_demo(&self, id: &str) -> bool {
        self.demo.as_ref().is_some_and(|demo| demo.id == id)
    }

    /// A number no earlier sign-in has.
    pub(crate) fn next_generation(&mut self) -> u64 {
        self.generation += 1;
        self.generation
    }
}

/// Prepares a connection off the event loop: the platform's certificates may be read from files.
pub(crate) async fn connect(settings: Settings) -> Result<Arc<Connection>, CommandError> {
    let connection = tokio::task::spawn_blocking(move || Connection::new(settings)).await;
    match connection {
        Ok(Ok(connection)) => Ok(Arc::new(connection)),
        Ok(Err(error)) => {
            tracing::error!(%error, "no connection could be prepared");
            Err(CommandError::plain(ErrorCode::Internal))
        }
        Err(_) => Err(CommandError::plain(ErrorCode::Internal)),
    }
}

fn unknown_server() -> CommandError {
    CommandError::plain(ErrorCode::UnknownServer)
}

/// Refuses `http://` to another computer unless the person accepted it.
pub(crate) fn check_plain(address: &Address, is_allowed: bool) -> Result<(), CommandError> {
    if address.is_plain() && !address.is_loopback() && !is_allowed {
        return Err(CommandError::new(ErrorCode::PlainHttp, serde_json::json!({"host": address.host()})));
    }
    Ok(())
}
