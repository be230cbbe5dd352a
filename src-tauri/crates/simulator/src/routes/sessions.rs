//! The client account's sessions: listed, ended one by one, signed out of.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde_json::Value;

use super::record_id;
use crate::answers::session;
use crate::callers::ClientCaller;
use crate::installation::Shared;
use crate::offers::Offer;
use crate::refusal::Refusal;

/// `GET /api/v1/sessions`: a bare array.
pub(super) async fn list(
    State(here): State<Shared>,
    caller: ClientCaller,
) -> Result<Json<Vec<Value>>, Refusal> {
    here.offers(Offer::Sessions)?;
    let now = here.now();
    let world = here.world();
    let living = world.sessions.seen_by_client(caller.session, now);
    Ok(Json(living.into_iter().map(|each| session(each, Some(caller.session), now)).collect()))
}

/// `POST /api/v1/sessions/{session}` ends one, the caller's own included.
pub(super) async fn end(
    State(here): State<Shared>,
    caller: ClientCaller,
    Path(id): Path<String>,
) -> Result<StatusCode, Refusal> {
    here.offers(Offer::Sessions)?;
    let id = record_id(&id)?;
    let mut world = here.world();
    let now = here.now();
    if !world.sessions.seen_by_client(caller.session, now).iter().any(|session| session.id == id) {
        return Err(Refusal::NotFound);
    }
    world.sessions.end(|session| session.id == id);
    Ok(StatusCode::NO_CONTENT)
}

/// `POST /api/v1/logout`
pub(super) async fn sign_out(
    State(here): State<Shared>,
    caller: ClientCaller,
) -> Result<StatusCode, Refusal> {
    here.offers(Offer::Sessions)?;
    here.world().sessions.end(|session| session.id == caller.session);
    Ok(StatusCode::NO_CONTENT)
}
