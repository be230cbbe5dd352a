//! What a server and its accounts turn out to answer: learned from every call, asked for gently, remembered.

use std::sync::Arc;

use server_api::{ApiError, Bearer, Connection, Probe, open, probe};

use crate::clock::clock_off;
use crate::error::CommandError;
use crate::preferences::LearnedCapability;
use crate::state::Desk;
use crate::views::{AccountKind, Capability, CapabilityState, CapabilityView, ServerRef, ServerView};

/// What an answer says of a capability.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// It is there.
    Answers,
    /// This server does not have it.
    Missing,
    /// This account may not use it.
    Forbidden,
    /// Nothing: the network, the server or the request failed.
    Nothing,
}

impl Verdict {
    pub(crate) fn of<T>(capability: Capability, answer: &Result<T, ApiError>) -> Self {
        let error = match answer {
            Ok(_) => return Self::Answers,
            Err(error) => error,
        };
        // Nobody documents these two: whatever else stands at their path, they are not there.
        let is_guess = matches!(capability, Capability::AdminIntercoms | Capability::AdminCodes);
        match error.refused_with() {
            Some(405) => Self::Missing,
            Some(404) if is_of_one_record(capability) => Self::Nothing,
            Some(404) => Self::Missing,
            Some(300..=399 | 401 | 403 | 422) if is_guess => Self::Missing,
            Some(403) => Self::Forbidden,
            None if is_guess && matches!(error, ApiError::NotThisApi { .. }) => Self::Missing,
            _ => Self::Nothing,
        }
    }
}

/// Calls about one record: 404 may mean that the record is missing.
fn is_of_one_record(capability: Capability) -> bool {
    matches!(
        capability,
        Capability::FlatDetails
            | Capability::IssueForFlat
            | Capability::IssueForIntercom
            | Capability::ShowIntercom
            | Capability::SwitchLines
    )
}

/// Lists of one intercom.
fn is_of_one_intercom(capability: Capability) -> bool {
    matches!(
        capability,
        Capability::Flats | Capability::Keys | Capability::AdminCodes | Capability::DeleteAdminCodes
    )
}

impl Desk {
    /// Asks a server once for each call that only reads, one after another, and remembers what answers. What changes
    /// something is not tried: it is learned when it is used.
    ///
    /// # Errors
    /// Where the server cannot be reached; what was learned until then stays.
    pub async fn check_capabilities(&self, request: ServerRef) -> Result<ServerView, CommandError> {
        let server = request.server;
        let connection = self.connection(&server).await?;
        if let Ok(basic) = open::basic(&connection).await {
            let clock_minutes = clock_off(connection.server_time(), self.setup.clock.now());
            let mut state = self.state();
            let saved = state.server_mut(&server)?;
            saved.version = basic.version;
            saved.clock_minutes = clock_minutes;
        }
        self.forget_guesses(&server)?;
        let intercom = self.any_intercom(&server).await;
        for capability in Capability::ALL {
            let Some(probe) = probe_of(capability, intercom) else { continue };
            if let Err(error) = self.try_out(&server, capability, probe).await
                && error.retryable
            {
                return Err(error);
            }
        }
        if let Some(id) = intercom {
            self.look_for_open_billing(&server, id).await?;
        }
        self.save().await?;
        self.view(&server)
    }

    /// What an answer says of a capability. Where a call is known to answer, 404 means that the intercom is missing.
    pub(crate) fn judge<T>(
        &self,
        server: &str,
        capability: Capability,
        answer: &Result<T, ApiError>,
    ) -> Verdict {
        let is_known = self.knows(server, capability) == CapabilityState::Answers;
        match answer {
            Err(error) if is_known && error.refused_with() == Some(404) && is_of_one_intercom(capability) => {
                Verdict::Nothing
            }
            // A call that answered before is there: what it refuses once, it refuses of this one record or for now.
            Err(error) if is_known && matches!(error.refused_with(), Some(300..=399 | 401 | 403 | 422)) => {
                Verdict::Nothing
            }
            answer => Verdict::of(capability, answer),
        }
    }

    /// Remembers what an answer said. Saved when it is news; a failure to save costs another look, so it is no error.
    pub(crate) async fn learn(&self, server: &str, capability: Capability, verdict: Verdict) {
        let state = match verdict {
            Verdict::Answers => CapabilityState::Answers,
            Verdict::Missing => CapabilityState::Missing,
            Verdict::Forbidden => CapabilityState::Forbidden,
            Verdict::Nothing => return,
        };
        let checked_at = self.setup.clock.now();
        let is_news = {
            let mut desk = self.state();
            let Ok(saved) = desk.server_mut(server) else { return };
            let before = saved.learned.insert(capability, LearnedCapability { state, checked_at });
            let is_saved = !desk.is_demo(server);
            is_saved && before.is_none_or(|before| before.state != state)
        };
        if is_news && self.save().await.is_err() {
            tracing::warn!("what a server answers could not be saved");
        }
    }

    /// Forgets what using a call once told against it: the server may have changed, and nothing else would find out.
    fn forget_guesses(&self, server: &str) -> Result<(), CommandError> {
        let mut state = self.state();
        let learned = &mut state.server_mut(server)?.learned;
        learned.retain(|capability, known| {
            probe_of(*capability, Some(1)).is_some() || known.state == CapabilityState::Answers
        });
        Ok(())
    }

    /// Forgets what an account was not allowed to: another one signed in.
    pub(crate) fn reconsider(&self, server: &str, account: AccountKind) {
        if let Ok(saved) = self.state().server_mut(server) {
            saved.learned.retain(|capability, known| {
                capability.account() != account || known.state != CapabilityState::Forbidden
            });
        }
    }

    /// Whether a capability is known to be there or not.
    pub(crate) fn knows(&self, server: &str, capability: Capability) -> CapabilityState {
        let state = self.state();
        let learned = state.server(server).ok().and_then(|saved| saved.learned.get(&capability).copied());
        learned.map(|learned| learned.state).unwrap_or_default()
    }

    async fn try_out(&self, server: &str, capability: Capability, what: Probe) -> Result<(), CommandError> {
        if capability.account() != AccountKind::Billing {
            let call = |connection: Arc<Connection>, bearer: Bearer| async move {
                probe(&connection, Some(&bearer), what).await
            };
            return self.read(server, capability, call).await.map(|_| ());
        }
        let access = self.billing_access(server).await?;
        let answer = probe(&access.connection, access.bearer.as_ref(), what).await;
        let verdict = match &answer {
            // It was asked for an intercom that is there, so the call itself is not.
            Err(error) if error.refused_with() == Some(404) => Verdict::Missing,
            answer => Verdict::of(capability, answer),
        };
        self.learn(server, capability, verdict).await;
        answer.map_err(|error| self.read_failed(&access, error))
    }

    /// Whether billing answers without any credential: the server's keeper should know.
    async fn look_for_open_billing(&self, server: &str, intercom: u64) -> Result<(), CommandError> {
        let connection = self.connection(server).await?;
        let answer = probe(&connection, None, Probe::ShowIntercom { id: intercom }).await;
        let is_open = match answer {
            Ok(()) => true,
            Err(error) if matches!(error.refused_with(), Some(401 | 403)) => false,
            // Nothing was learned.
            Err(_) => return Ok(()),
        };
        self.state().server_mut(server)?.billing_open = is_open;
        Ok(())
    }

    /// Some intercom of the server, looked for where none is known yet.
    async fn any_intercom(&self, server: &str) -> Option<u64> {
        if let Some(id) = self.some_intercom(server).await {
            return Some(id);
        }
        // It may fail for every account: then nothing is known, which the probes will find out by themselves.
        let _ = self.load_intercoms(ServerRef { server: server.to_owned() }).await;
        self.some_intercom(server).await
    }
}

/// The gentle question for a capability; `None` where only using it can tell.
fn probe_of(capability: Capability, intercom: Option<u64>) -> Option<Probe> {
    Some(match capability {
        Capability::AdminIntercoms => Probe::AdminIntercoms,
        Capability::Flats => Probe::Flats { intercom: intercom? },
        Capability::Keys => Probe::Keys { intercom: intercom? },
        Capability::AdminCodes => Probe::AdminCodes { intercom: intercom? },
        Capability::ClientIntercoms => Probe::ClientIntercoms,
        Capability::ClientCodes => Probe::ClientCodes,
        Capability::Sessions => Probe::Sessions,
        Capability::ShowIntercom => Probe::ShowIntercom { id: intercom? },
        Capability::FlatDetails
        | Capability::IssueForFlat
        | Capability::DeleteAdminCodes
        | Capability::IssueForIntercom
        | Capability::DeleteClientCodes
        | Capability::SwitchLines => return None,
    })
}

/// Every capability once, as far as is known.
pub(crate) fn capability_views(learned: &crate::preferences::Learned) -> Vec<CapabilityView> {
    let view = |capability: Capability| {
        let known = learned.get(&capability);
        CapabilityView {
            capability,
            account: capability.account(),
            state: known.map(|known| known.state).unwrap_or_default(),
            checked_at: known.map(|known| known.checked_at),
        }
    };
    Capability::ALL.into_iter().map(view).collect()
}
