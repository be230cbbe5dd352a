use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde_json::Value;

use super::{LONGEST_TITLE, MOST_DELETED, opened, page_request, record_id};
use crate::answers::{admin_code, admin_intercom, flat_detail, flat_row, page};
use crate::building::Flat;
use crate::callers::AdminCaller;
use crate::codes::{Code, Maker, NewCode};
use crate::input::{Fields, Reason};
use crate::installation::Shared;
use crate::offers::Offer;
use crate::refusal::Refusal;

/// `GET /api/admin/v1/intercoms`, which no page documents.
pub(super) async fn intercoms(
    State(here): State<Shared>,
    _caller: AdminCaller,
    mut fields: Fields,
) -> Result<Json<Value>, Refusal> {
    here.offers(Offer::AdminList)?;
    let request = page_request(&mut fields, &here);
    if fields.is_refused() {
        return Err(fields.refusal());
    }
    let path = format!("{}/api/admin/v1/intercoms", here.address);
    Ok(Json(page(&here.world().building.intercoms, request, &path, admin_intercom)))
}

/// `GET /api/admin/v1/intercoms/{intercom}/flats`
pub(super) async fn flats(
    State(here): State<Shared>,
    _caller: AdminCaller,
    Path(intercom): Path<String>,
    mut fields: Fields,
) -> Result<Json<Value>, Refusal> {
    here.offers(Offer::FlatsList)?;
    let intercom = record_id(&intercom)?;
    let request = page_request(&mut fields, &here);
    if fields.is_refused() {
        return Err(fields.refusal());
    }
    let search = fields.optional_text("search").unwrap_or_default();
    let world = here.world();
    let found = world.building.intercom(intercom).ok_or(Refusal::NotFound)?;
    let flats: Vec<&Flat> = found.flats.iter().filter(|flat| world.building.matches(flat, &search)).collect();
    let path = format!("{}/api/admin/v1/intercoms/{intercom}/flats", here.address);
    Ok(Json(page(&flats, request, &path, |flat| flat_row(flat, intercom, here.style()))))
}

/// Seed 003: `GET /api/admin/v1/intercoms/{intercom}/flats/{flat}`
pub(super) async fn flat(
    State(here): State<Shared>,
    _caller: AdminCaller,
    Path((intercom, flat)): Path<(String, String)>,
) -> Result<Json<Value>, Refusal> {
    let world = here.world();
    let found = world.building.flat(record_id(&intercom)?, record_id(&flat)?).ok_or(Refusal::NotFound)?;
    Ok(Json(flat_detail(found, &world.building, here.style())))
}

/// Seed 000: `POST /api/admin/v1/intercom/{intercom}/codes`
pub(super) async fn create_code(
    State(here): State<Shared>,
    _caller: AdminCaller,
    Path(intercom): Path<String>,
    mut fields: Fields,
) -> Result<Json<Value>, Refusal> {
    let now = here.now();
    let intercom = record_id(&intercom)?;
    let mut world = here.world();
    let found = world.building.intercom(intercom).ok_or(Refusal::NotFound)?;

    let title = fields.text("title", LONGEST_TITLE);
    let expired_at = fields.future_date("expired_at", now, here.options.zone);
    let flat_id = fields.integer("flat_id");
    let flat = flat_id.and_then(|id| found.flats.iter().find(|flat| flat.id == id).cloned());
    if flat_id.is_some() && flat.is_none() {
        fields.note("flat_id", &Reason::NotFound);
    }
    let (Some(title), Some(expired_at), Some(flat)) = (title, expired_at, flat) else {
        return Err(fields.refusal());
    };

    let new = NewCode { title, maker: Maker::Admin { flat: flat.id }, intercom, expired_at };
    Ok(Json(admin_code(&world.codes.create(new, now), &flat, now, here.style())))
}

/// `GET /api/admin/v1/intercom/{intercom}/codes`, which no page documents.
pub(super) async fn codes(
    State(here): State<Shared>,
    _caller: AdminCaller,
    Path(intercom): Path<String>,
    mut fields: Fields,
) -> Result<Json<Value>, Refusal> {
    here.offers(Offer::AdminCodesList)?;
    let intercom = record_id(&intercom)?;
    let request = page_request(&mut fields, &here);
    if fields.is_refused() {
        return Err(fields.refusal());
    }
    let now = here.now();
    let world = here.world();
    world.building.intercom(intercom).ok_or(Refusal::NotFound)?;
    let rows: Vec<(&Code, &Flat)> = world
        .codes
        .of_admin(intercom)
        .into_iter()
        .filter_map(|(code, flat)| Some((code, world.building.flat(intercom, flat)?)))
        .collect();
    let path = format!("{}/api/admin/v1/intercom/{intercom}/codes", here.address);
    Ok(Json(page(&rows, request, &path, |(code, flat)| admin_code(code, flat, now, here.style()))))
}

/// `POST /api/admin/v1/intercoms/{intercom}/open-door`
pub(super) async fn open_door(
    State(here): State<Shared>,
    _caller: AdminCaller,
    Path(intercom): Path<String>,
) -> Result<StatusCode, Refusal> {
    here.offers(Offer::OpeningDoors)?;
    let world = here.world();
    opened(world.building.intercom(record_id(&intercom)?))
}

/// `DELETE /api/admin/v1/intercom/{intercom}/codes`: ids that are not admin codes of this intercom are passed over.
pub(super) async fn delete_codes(
    State(here): State<Shared>,
    _caller: AdminCaller,
    Path(intercom): Path<String>,
    mut fields: Fields,
) -> Result<StatusCode, Refusal> {
    here.offers(Offer::DeletingAdminCodes)?;
    let intercom = record_id(&intercom)?;
    let mut world = here.world();
    world.building.intercom(intercom).ok_or(Refusal::NotFound)?;
    let Some(ids) = fields.integers("ids", MOST_DELETED) else { return Err(fields.refusal()) };
    world.codes.delete(|code| {
        code.intercom == intercom && matches!(code.maker, Maker::Admin { .. }) && ids.contains(&code.id)
    });
    Ok(StatusCode::NO_CONTENT)
}
