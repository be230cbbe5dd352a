use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use serde_json::{Value, json};

use crate::answers::{admin_signed_in, client_signed_in, sessions};
use crate::callers::ClientCaller;
use crate::input::{Fields, Language, Reason};
use crate::installation::{Installation, Shared};
use crate::options::Credentials;
use crate::refusal::Refusal;
use crate::sessions::{Account, Origin};

const LONGEST_LOGIN: usize = 255;

/// `GET /api/v1/static/basic`, open to everybody.
pub(super) async fn basic(State(here): State<Shared>) -> Json<Value> {
    Json(json!({
        "is_captcha_available": false,
        "is_external_auth_enabled": false,
        "available_locales": ["en", "ru"],
        "version": here.options.dialect.version(),
    }))
}

/// `POST /api/admin/v1/auth/token`
pub(super) async fn admin(
    State(here): State<Shared>,
    headers: HeaderMap,
    fields: Fields,
) -> Result<Json<Value>, Refusal> {
    check(fields, &here.options.admin, Language::of(&headers))?;
    let now = here.now();
    let expires_at = now + here.options.admin_token_life;
    let session = here.world().sessions.open(Account::Admin, origin(&headers), now, Some(expires_at));
    Ok(Json(admin_signed_in(&session, &here.options.admin.login, expires_at)))
}

/// `POST /api/v1/token`, with `session_id` to take the place of another session.
pub(super) async fn client(
    State(here): State<Shared>,
    headers: HeaderMap,
    mut fields: Fields,
) -> Result<Json<Value>, Refusal> {
    let language = Language::of(&headers);
    let replaced = fields.optional_integer("session_id");
    check(fields, &here.options.client, language)?;
    make_room(&here, replaced, language)?;
    let session = here.world().sessions.open(Account::Client, origin(&headers), here.now(), None);
    Ok(Json(client_signed_in(&session, &here.options.client.login)))
}

/// `POST /api/v1/logout`
pub(super) async fn client_out(State(here): State<Shared>, caller: ClientCaller) -> StatusCode {
    here.world().sessions.end(|session| session.id == caller.session);
    StatusCode::NO_CONTENT
}

fn check(mut fields: Fields, expected: &Credentials, language: Language) -> Result<(), Refusal> {
    let login = fields.text("login", LONGEST_LOGIN);
    let password = fields.secret("password");
    let (Some(login), Some(password), false) = (login, password, fields.is_refused()) else {
        return Err(fields.refusal());
    };
    if login == expected.login && password == expected.password {
        Ok(())
    } else {
        Err(Refusal::invalid("login", &Reason::WrongCredentials, language))
    }
}

/// Ends the session to be replaced; refuses with 419 when there are still too many.
fn make_room(here: &Installation, replaced: Option<u64>, language: Language) -> Result<(), Refusal> {
    let now = here.now();
    let mut world = here.world();
    if let Some(id) = replaced {
        if !world.sessions.counted_of_client(now).iter().any(|session| session.id == id) {
            return Err(Refusal::invalid("session_id", &Reason::NotFound, language));
        }
        world.sessions.end(|session| session.id == id);
    }
    let living = world.sessions.counted_of_client(now);
    match here.options.session_limit {
        Some(limit) if living.len() >= limit => Err(Refusal::TooManySessions(sessions(&living, limit, now))),
        Some(_) | None => Ok(()),
    }
}

fn origin(headers: &HeaderMap) -> Origin {
    let text =
        |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    Origin { user_agent: text(header::USER_AGENT.as_str()), client: text("x-client") }
}
