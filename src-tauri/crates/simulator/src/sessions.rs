//! Tokens: who they belong to, how long they live, and where they came from.

use axum::http::{HeaderMap, header};
use chrono::{DateTime, Utc};
use uuid::Uuid;

/// What a token may be used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "control",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
pub enum Account {
    /// The admin API, and billing unless it wants its own token.
    Admin,
    /// The client API.
    Client,
    /// Only the billing API.
    Billing,
}

/// Where a sign-in came from, as the list of sessions shows it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Origin {
    pub(crate) user_agent: String,
    pub(crate) client: String,
}

impl Origin {
    pub(crate) fn of(headers: &HeaderMap) -> Self {
        let text = |name: &str| {
            headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
        };
        Self { user_agent: text(header::USER_AGENT.as_str()), client: text("x-client") }
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Session {
    pub(crate) id: u64,
    pub(crate) account: Account,
    pub(crate) token: String,
    pub(crate) origin: Origin,
    pub(crate) last_used: DateTime<Utc>,
    expires_at: Option<DateTime<Utc>>,
    is_ended: bool,
    /// Made for the run, not by signing in: never counts against the session limit.
    is_preset: bool,
}

/// Every session there ever was; ended ones stay so that their tokens can be told.
#[derive(Debug, Default)]
pub(crate) struct Sessions {
    all: Vec<Session>,
}

impl Sessions {
    /// A new session; without an end it lives until it is ended.
    pub(crate) fn open(
        &mut self,
        account: Account,
        origin: Origin,
        now: DateTime<Utc>,
        expires_at: Option<DateTime<Utc>>,
    ) -> Session {
        self.push(account, origin, now, expires_at, false)
    }

    /// A token made for this run, without anybody signing in.
    pub(crate) fn preset(&mut self, account: Account, now: DateTime<Utc>) -> String {
        self.push(account, Origin::default(), now, None, true).token
    }

    fn push(
        &mut self,
        account: Account,
        origin: Origin,
        now: DateTime<Utc>,
        expires_at: Option<DateTime<Utc>>,
        is_preset: bool,
    ) -> Session {
        let session = Session {
            id: self.all.len() as u64 + 1,
            account,
            // SECURITY: from the system's random source, never from the seed, which others may know.
            token: format!("{}{}", Uuid::new_v4().simple(), Uuid::new_v4().simple()),
            origin,
            last_used: now,
            expires_at,
            is_ended: false,
            is_preset,
        };
        self.all.push(session.clone());
        session
    }

    /// The living session behind a token, noted as used now.
    pub(crate) fn living(&mut self, token: &str, now: DateTime<Utc>) -> Option<&Session> {
        let session = self.all.iter_mut().find(|session| session.token == token && session.lives(now))?;
        session.last_used = now;
        Some(session)
    }

    /// The client sessions that this one is shown: those from signing in, and itself.
    pub(crate) fn seen_by_client(&self, own: u64, now: DateTime<Utc>) -> Vec<&Session> {
        let is_seen = |session: &&Session| {
            session.account == Account::Client
                && session.lives(now)
                && (!session.is_preset || session.id == own)
        };
        self.all.iter().filter(is_seen).collect()
    }

    /// The client sessions that count against the limit.
    pub(crate) fn counted_of_client(&self, now: DateTime<Utc>) -> Vec<&Session> {
        self.all
            .iter()
            .filter(|session| session.account == Account::Client && session.lives(now) && !session.is_preset)
            .collect()
    }

    pub(crate) fn end(&mut self, is_meant: impl Fn(&Session) -> bool) {
        for session in self.all.iter_mut().filter(|session| is_meant(session)) {
            session.is_ended = true;
        }
    }

    #[cfg(feature = "control")]
    pub(crate) fn every_token(&self) -> Vec<String> {
        self.all.iter().map(|session| session.token.clone()).collect()
    }
}

impl Session {
    fn lives(&self, now: DateTime<Utc>) -> bool {
        !self.is_ended && self.expires_at.is_none_or(|end| now < end)
    }
}
