use axum::Json;
use axum::extract::State;
use serde_json::Value;

use crate::answers::{billing_intercom, flat_with_lines};
use crate::building::{Flat, Intercom};
use crate::callers::BillingCaller;
use crate::input::{Fields, Reason};
use crate::installation::Shared;
use crate::offers::Offer;
use crate::refusal::Refusal;

const SMARTPHONE: &str = "is_smartphone_sip_line_available";
const LANDLINE: &str = "is_landline_sip_line_available";
const ANALOG: &str = "is_analog_line_available";

/// Seed 004: `PATCH /api/v1/billing/intercom-flats`. Lines the body does not name stay as they are.
pub(super) async fn switch_lines(
    State(here): State<Shared>,
    _caller: BillingCaller,
    mut fields: Fields,
) -> Result<Json<Value>, Refusal> {
    let mut world = here.world();
    let intercom_id = fields.integer("intercom_id");
    let by_number = fields.optional_integer("flat");
    let by_id = fields.optional_integer("flat_id");
    note_the_choice_of_flat(&mut fields);
    let smartphone = fields.optional_boolean(SMARTPHONE);
    let landline = fields.optional_boolean(LANDLINE);
    let analog = fields.optional_boolean(ANALOG);
    note_missing_lines(&mut fields, here.options.all_lines_required);

    let intercom = intercom_id.and_then(|id| world.building.intercom_mut(id));
    if intercom_id.is_some() && intercom.is_none() {
        fields.note("intercom_id", &Reason::NotFound);
    }
    let Some(intercom) = intercom else { return Err(fields.refusal()) };
    let intercom_id = intercom.id;
    let flat = flat_of(intercom, by_number, by_id);
    if flat.is_none() && (by_number.is_some() || by_id.is_some()) {
        fields.note(if by_id.is_some() { "flat_id" } else { "flat" }, &Reason::NotFound);
    }
    let Some(flat) = flat.filter(|_| !fields.is_refused()) else { return Err(fields.refusal()) };

    flat.lines.smartphone = smartphone.unwrap_or(flat.lines.smartphone);
    flat.lines.landline = landline.unwrap_or(flat.lines.landline);
    flat.lines.analog = analog.unwrap_or(flat.lines.analog);
    Ok(Json(flat_with_lines(flat, intercom_id)))
}

/// The flat by its door number, or else by its record id.
fn flat_of(intercom: &mut Intercom, by_number: Option<u64>, by_id: Option<u64>) -> Option<&mut Flat> {
    intercom.flats.iter_mut().find(|flat| match (by_number, by_id) {
        (Some(number), _) => flat.number == number,
        (None, Some(id)) => flat.id == id,
        (None, None) => false,
    })
}

fn note_the_choice_of_flat(fields: &mut Fields) {
    match (fields.given("flat").is_some(), fields.given("flat_id").is_some()) {
        (true, true) => {
            fields.note("flat", &Reason::ProhibitedWith("flat_id"));
            fields.note("flat_id", &Reason::ProhibitedWith("flat"));
        }
        (false, false) => {
            fields.note("flat", &Reason::RequiredWithout("flat_id"));
            fields.note("flat_id", &Reason::RequiredWithout("flat"));
        }
        (true, false) | (false, true) => {}
    }
}

fn note_missing_lines(fields: &mut Fields, are_all_required: bool) {
    let missing: Vec<&str> =
        [SMARTPHONE, LANDLINE, ANALOG].into_iter().filter(|line| fields.given(line).is_none()).collect();
    if missing.len() == 3 || are_all_required {
        for line in missing {
            fields.note(line, &Reason::Required);
        }
    }
}

/// `GET /api/v1/billing/intercoms/show` by `id`, `mac` or `external_id`.
pub(super) async fn show_intercom(
    State(here): State<Shared>,
    _caller: BillingCaller,
    mut fields: Fields,
) -> Result<Json<Value>, Refusal> {
    here.offers(Offer::BillingShow)?;
    let id = fields.optional_integer("id");
    let mac = fields.optional_text("mac");
    let external_id = fields.optional_text("external_id");
    if id.is_none() && mac.is_none() && external_id.is_none() && !fields.is_refused() {
        fields.note("id", &Reason::Required);
    }
    if fields.is_refused() {
        return Err(fields.refusal());
    }
    let world = here.world();
    let is_meant = |intercom: &&Intercom| {
        id.is_none_or(|id| intercom.id == id)
            && mac.as_deref().is_none_or(|mac| intercom.mac.eq_ignore_ascii_case(mac))
            && external_id.as_deref().is_none_or(|id| intercom.external_id.as_deref() == Some(id))
    };
    let found = world.building.intercoms.iter().find(is_meant).ok_or(Refusal::NotFound)?;
    Ok(Json(billing_intercom(found)))
}
