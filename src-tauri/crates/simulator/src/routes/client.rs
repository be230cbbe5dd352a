use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde_json::Value;

use super::{LONGEST_TITLE, MOST_DELETED, MOST_SHOWN, opened, page_request, record_id};
use crate::answers::{client_code, client_intercom, page};
use crate::building::Intercom;
use crate::callers::ClientCaller;
use crate::codes::{Code, Maker, NewCode};
use crate::input::Fields;
use crate::installation::Shared;
use crate::offers::Offer;
use crate::refusal::Refusal;

/// `GET /api/v1/intercom`: the account's own intercoms.
pub(super) async fn intercoms(
    State(here): State<Shared>,
    _caller: ClientCaller,
    mut fields: Fields,
) -> Result<Json<Value>, Refusal> {
    let request = page_request(&mut fields, &here);
    if fields.is_refused() {
        return Err(fields.refusal());
    }
    let world = here.world();
    let own: Vec<&Intercom> =
        world.building.intercoms.iter().filter(|intercom| intercom.is_of_client).collect();
    let path = format!("{}/api/v1/intercom", here.address);
    Ok(Json(page(&own, request, &path, |intercom| client_intercom(intercom))))
}

/// `GET /api/v1/intercom/shows?ids[]=`: a bare array, without what is not the account's own.
pub(super) async fn shows(
    State(here): State<Shared>,
    _caller: ClientCaller,
    mut fields: Fields,
) -> Result<Json<Vec<Value>>, Refusal> {
    here.offers(Offer::IntercomShows)?;
    let Some(ids) = fields.integers("ids", MOST_SHOWN) else { return Err(fields.refusal()) };
    let world = here.world();
    let own = |id: &u64| world.building.intercom(*id).filter(|found| found.is_of_client);
    Ok(Json(ids.iter().filter_map(own).map(client_intercom).collect()))
}

/// `POST /api/v1/intercom/{intercom}/open-door`
pub(super) async fn open_door(
    State(here): State<Shared>,
    _caller: ClientCaller,
    Path(intercom): Path<String>,
) -> Result<StatusCode, Refusal> {
    here.offers(Offer::OpeningDoors)?;
    let world = here.world();
    opened(world.building.intercom(record_id(&intercom)?).filter(|found| found.is_of_client))
}

/// Seed 001: `POST /api/v1/intercom/{intercom}/codes`
pub(super) async fn create_code(
    State(here): State<Shared>,
    _caller: ClientCaller,
    Path(intercom): Path<String>,
    mut fields: Fields,
) -> Result<Json<Value>, Refusal> {
    let now = here.now();
    let intercom = record_id(&intercom)?;
    let mut world = here.world();
    let own = world.building.intercom(intercom).filter(|found| found.is_of_client).cloned();
    let own = own.ok_or(Refusal::NotFound)?;

    let title = fields.text("title", LONGEST_TITLE);
    let expired_at = fields.future_date("expired_at", now, here.options.zone);
    let (Some(title), Some(expired_at)) = (title, expired_at) else { return Err(fields.refusal()) };

    let code = world.codes.create(NewCode { title, maker: Maker::Client, intercom, expired_at }, now);
    Ok(Json(client_code(&code, &own, now, here.style())))
}

/// Seed 002: `GET /api/v1/intercom/codes`, expired codes included until they are deleted.
pub(super) async fn codes(
    State(here): State<Shared>,
    _caller: ClientCaller,
    mut fields: Fields,
) -> Result<Json<Value>, Refusal> {
    let request = page_request(&mut fields, &here);
    if fields.is_refused() {
        return Err(fields.refusal());
    }
    let now = here.now();
    let world = here.world();
    let rows: Vec<(&Code, &Intercom)> = world
        .codes
        .of_client()
        .into_iter()
        .filter_map(|code| Some((code, world.building.intercom(code.intercom)?)))
        .collect();
    let path = format!("{}/api/v1/intercom/codes", here.address);
    Ok(Json(page(&rows, request, &path, |(code, intercom)| client_code(code, intercom, now, here.style()))))
}

/// `DELETE /api/v1/intercom/codes`: ids that are not the account's own are passed over.
pub(super) async fn delete_codes(
    State(here): State<Shared>,
    _caller: ClientCaller,
    mut fields: Fields,
) -> Result<StatusCode, Refusal> {
    here.offers(Offer::DeletingClientCodes)?;
    let Some(ids) = fields.integers("ids", MOST_DELETED) else { return Err(fields.refusal()) };
    here.world().codes.delete(|code| code.maker == Maker::Client && ids.contains(&code.id));
    Ok(StatusCode::NO_CONTENT)
}
