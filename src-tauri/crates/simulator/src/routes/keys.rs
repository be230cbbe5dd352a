//! An intercom's keys and people, across its flats.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use axum::Json;
use axum::extract::{Path, State};
use chrono::{DateTime, Utc};
use serde_json::Value;

use super::{page_request, record_id};
use crate::answers::{key_row, page, resident};
use crate::building::{Building, HeldKey, Resident};
use crate::callers::AdminCaller;
use crate::input::Fields;
use crate::installation::{Installation, Shared};
use crate::offers::Offer;
use crate::refusal::Refusal;

/// What can be sorted by, as the request names it.
const SORTS: [&str; 5] = ["id", "key", "flat", "created_at", "updated_at"];
const DIRECTIONS: [&str; 2] = ["asc", "desc"];

/// Which keys are asked for, and in which order.
struct Wanted {
    search: String,
    flat: Option<u64>,
    user: Option<u64>,
    without_user: bool,
    without_flat: bool,
    from: Option<DateTime<Utc>>,
    to: Option<DateTime<Utc>>,
    sort: String,
    is_descending: bool,
}

impl Wanted {
    fn read(fields: &mut Fields, here: &Installation) -> Self {
        Self {
            search: fields.optional_text("search").unwrap_or_default().to_lowercase(),
            flat: fields.optional_integer("intercom_flat_id"),
            user: fields.optional_integer("user_id"),
            without_user: fields.optional_boolean("unbound_users").unwrap_or(false),
            without_flat: fields.optional_boolean("unbound_flats").unwrap_or(false),
            from: fields.optional_date("from", here.options.zone),
            to: fields.optional_date("to", here.options.zone),
            sort: fields.one_of("sort", &SORTS),
            is_descending: fields.one_of("dir", &DIRECTIONS) == "desc",
        }
    }

    fn includes(&self, held: &HeldKey<'_>, building: &Building) -> bool {
        let created = held.key.created_at;
        self.flat.is_none_or(|id| held.flat.is_some_and(|flat| flat.id == id))
            && self.user.is_none_or(|id| held.key.owner == Some(id))
            && (!self.without_user || held.key.owner.is_none())
            && (!self.without_flat || held.flat.is_none())
            && self.from.is_none_or(|from| created >= from)
            && self.to.is_none_or(|to| created <= to)
            && building.key_matches(held, &self.search)
    }

    fn order(&self, one: &HeldKey<'_>, other: &HeldKey<'_>) -> Ordering {
        let number = |held: &HeldKey<'_>| held.flat.map(|flat| flat.number);
        let order = match self.sort.as_str() {
            "key" => one.key.digits.cmp(&other.key.digits),
            "flat" => number(one).cmp(&number(other)),
            "created_at" => one.key.created_at.cmp(&other.key.created_at),
            "updated_at" => one.key.updated_at.cmp(&other.key.updated_at),
            _ => Ordering::Equal,
        };
        let order = order.then_with(|| one.key.id.cmp(&other.key.id));
        if self.is_descending { order.reverse() } else { order }
    }
}

/// `GET /api/admin/v1/intercoms/{intercom}/keys`
pub(super) async fn keys(
    State(here): State<Shared>,
    _caller: AdminCaller,
    Path(intercom): Path<String>,
    mut fields: Fields,
) -> Result<Json<Value>, Refusal> {
    here.offers(Offer::KeysList)?;
    let intercom = record_id(&intercom)?;
    let request = page_request(&mut fields, &here);
    let wanted = Wanted::read(&mut fields, &here);
    if fields.is_refused() {
        return Err(fields.refusal());
    }
    let world = here.world();
    let found = world.building.intercom(intercom).ok_or(Refusal::NotFound)?;
    let mut keys: Vec<HeldKey<'_>> =
        found.keys().filter(|held| wanted.includes(held, &world.building)).collect();
    keys.sort_by(|one, other| wanted.order(one, other));
    let path = format!("{}/api/admin/v1/intercoms/{intercom}/keys", here.address);
    Ok(Json(page(&keys, request, &path, |held| key_row(held, &world.building, intercom, here.style()))))
}

/// `GET /api/admin/v1/intercoms/{intercom}/get-users`
pub(super) async fn users(
    State(here): State<Shared>,
    _caller: AdminCaller,
    Path(intercom): Path<String>,
    mut fields: Fields,
) -> Result<Json<Value>, Refusal> {
    here.offers(Offer::UsersList)?;
    let intercom = record_id(&intercom)?;
    let request = page_request(&mut fields, &here);
    if fields.is_refused() {
        return Err(fields.refusal());
    }
    let search = fields.optional_text("search").unwrap_or_default().to_lowercase();
    let world = here.world();
    let found = world.building.intercom(intercom).ok_or(Refusal::NotFound)?;
    let residents = found.flats.iter().flat_map(|flat| flat.residents.iter().copied());
    let ids: BTreeSet<u64> = residents.chain(found.keys().filter_map(|held| held.key.owner)).collect();
    let people: Vec<&Resident> = ids
        .iter()
        .filter_map(|id| world.building.residents.get(id))
        .filter(|person| person.matches(&search))
        .collect();
    let path = format!("{}/api/admin/v1/intercoms/{intercom}/get-users", here.address);
    Ok(Json(page(&people, request, &path, |person| resident(person, here.style()))))
}
