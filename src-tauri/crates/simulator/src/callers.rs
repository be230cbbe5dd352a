//! Who is asking: one extractor per kind of account, each refusing what the server would refuse.

use axum::extract::FromRequestParts;
use axum::http::header;
use axum::http::request::Parts;

use crate::installation::Shared;
use crate::options::BillingAccess;
use crate::refusal::Refusal;
use crate::sessions::{Account, Session};

/// A living admin token.
pub(crate) struct AdminCaller;

/// A living client token, and the session it belongs to.
pub(crate) struct ClientCaller {
    pub(crate) session: u64,
}

/// Whatever this installation lets use billing.
pub(crate) struct BillingCaller;

impl FromRequestParts<Shared> for AdminCaller {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &Shared) -> Result<Self, Refusal> {
        require(parts, state, Account::Admin).map(|_| Self)
    }
}

impl FromRequestParts<Shared> for ClientCaller {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &Shared) -> Result<Self, Refusal> {
        require(parts, state, Account::Client).map(|session| Self { session: session.id })
    }
}

impl FromRequestParts<Shared> for BillingCaller {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &Shared) -> Result<Self, Refusal> {
        let account = match state.options.billing {
            BillingAccess::Open => return Ok(Self),
            BillingAccess::AdminToken => Account::Admin,
            BillingAccess::OwnToken => Account::Billing,
        };
        require(parts, state, account).map(|_| Self)
    }
}

fn require(parts: &Parts, state: &Shared, account: Account) -> Result<Session, Refusal> {
    let token = bearer(parts).ok_or(Refusal::Unauthorized)?;
    let now = state.now();
    let mut world = state.world();
    let session = world.sessions.living(token, now).ok_or(Refusal::Unauthorized)?;
    if session.account == account { Ok(session.clone()) } else { Err(Refusal::Forbidden) }
}

fn bearer(parts: &Parts) -> Option<&str> {
    let value = parts.headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    value.strip_prefix("Bearer ").map(str::trim).filter(|token| !token.is_empty())
}
