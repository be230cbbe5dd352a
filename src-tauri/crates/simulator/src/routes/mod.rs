//! The calls, grouped by the account that makes them.

mod admin;
mod billing;
mod client;
mod keys;
mod sessions;
mod sign_in;

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::map_response_with_state;
use axum::response::Response;
use axum::routing::{get, patch, post};

use crate::answers::PageRequest;
use crate::building::Intercom;
use crate::input::Fields;
use crate::installation::{Installation, Shared};
use crate::refusal::Refusal;

/// Rows of a page when the request does not say.
const DEFAULT_PER_PAGE: u64 = 25;

/// The longest title of a code.
const LONGEST_TITLE: usize = 255;

/// The most intercoms shown by their ids at once.
const MOST_SHOWN: usize = 25;

/// The most codes one call deletes.
const MOST_DELETED: usize = 200;

pub(crate) fn router(installation: Shared) -> Router {
    Router::new()
        .route("/api/admin/v1/auth/token", post(sign_in::admin))
        .route("/api/v1/static/basic", get(sign_in::basic))
        .route("/api/v1/token", post(sign_in::client))
        .route("/api/v1/captcha", get(sign_in::captcha))
        .route("/api/v1/logout", post(sessions::sign_out))
        .route("/api/v1/sessions", get(sessions::list))
        .route("/api/v1/sessions/{session}", post(sessions::end))
        .route("/api/admin/v1/intercoms", get(admin::intercoms))
        .route("/api/admin/v1/intercoms/{intercom}/flats", get(admin::flats))
        .route("/api/admin/v1/intercoms/{intercom}/flats/{flat}", get(admin::flat))
        .route("/api/admin/v1/intercoms/{intercom}/keys", get(keys::keys))
        .route("/api/admin/v1/intercoms/{intercom}/get-users", get(keys::users))
        .route("/api/admin/v1/intercoms/{intercom}/open-door", post(admin::open_door))
        .route(
            "/api/admin/v1/intercom/{intercom}/codes",
            get(admin::codes).post(admin::create_code).delete(admin::delete_codes),
        )
        .route("/api/v1/intercom", get(client::intercoms))
        .route("/api/v1/intercom/shows", get(client::shows))
        .route("/api/v1/intercom/{intercom}/open-door", post(client::open_door))
        .route("/api/v1/intercom/{intercom}/codes", post(client::create_code))
        .route("/api/v1/intercom/codes", get(client::codes).delete(client::delete_codes))
        .route("/api/v1/billing/intercom-flats", patch(billing::switch_lines))
        .route("/api/v1/billing/intercoms/show", get(billing::show_intercom))
        .fallback(async || Refusal::NotFound)
        .method_not_allowed_fallback(async || Refusal::MethodNotAllowed)
        .with_state(installation)
}

/// Lets every answer tell the server's own time, which need not be this computer's.
pub(crate) fn dated(routes: Router, installation: Shared) -> Router {
    let date = async |State(here): State<Shared>, mut response: Response| {
        let now = here.now().format("%a, %d %b %Y %H:%M:%S GMT").to_string();
        if let Ok(now) = HeaderValue::try_from(now) {
            response.headers_mut().insert(header::DATE, now);
        }
        response
    };
    routes.layer(map_response_with_state(installation, date))
}

/// A record id from a path; anything else names nothing.
fn record_id(text: &str) -> Result<u64, Refusal> {
    text.parse().map_err(|_| Refusal::NotFound)
}

/// The answer to opening a door, which a panel that is offline cannot do.
fn opened(intercom: Option<&Intercom>) -> Result<StatusCode, Refusal> {
    match intercom {
        Some(intercom) if intercom.is_online => Ok(StatusCode::NO_CONTENT),
        Some(_) => Err(Refusal::PanelSilent),
        None => Err(Refusal::NotFound),
    }
}

fn page_request(fields: &mut Fields, installation: &Installation) -> PageRequest {
    PageRequest {
        page: fields.bounded("page", 1, u64::from(u32::MAX)),
        per_page: fields.bounded("per_page", DEFAULT_PER_PAGE, installation.options.largest_page),
    }
}
