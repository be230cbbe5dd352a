use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use serde_json::{Value, json};

use crate::answers::{admin_signed_in, client_signed_in, too_many_sessions};
use crate::captcha;
use crate::input::{Fields, Language, Reason};
use crate::installation::{Installation, Shared};
use crate::options::{Captcha, Credentials};
use crate::refusal::Refusal;
use crate::sessions::{Account, Origin};

const LONGEST_LOGIN: usize = 255;

/// `GET /api/v1/static/basic`, open to everybody.
pub(super) async fn basic(State(here): State<Shared>) -> Json<Value> {
    Json(json!({
        "is_captcha_available": here.options.captcha != Captcha::Never,
        "is_external_auth_enabled": false,
        "available_locales": ["en", "ru"],
        "version": here.options.dialect.version(),
    }))
}

/// `GET /api/v1/captcha`, open to everybody, but not too often.
pub(super) async fn captcha(State(here): State<Shared>) -> Result<Json<Value>, Refusal> {
    let now = here.now();
    let shown =
        here.world().captchas.show(now).map_err(|retry_after| Refusal::TooManyAttempts { retry_after })?;
    let picture = captcha::data_address(&shown.text).map_err(|error| {
        tracing::error!(%error, "no captcha");
        Refusal::Broken
    })?;
    Ok(Json(json!({"key": shown.key, "img": picture, "ttl": captcha::LIFE.num_seconds()})))
}

/// `POST /api/admin/v1/auth/token`
pub(super) async fn admin(
    State(here): State<Shared>,
    headers: HeaderMap,
    fields: Fields,
) -> Result<Json<Value>, Refusal> {
    let language = Language::of(&headers);
    if !are_right(fields, &here.options.admin)? {
        return Err(wrong_credentials(language));
    }
    let now = here.now();
    let expires_at = now + here.options.admin_token_life;
    let session = here.world().sessions.open(Account::Admin, Origin::of(&headers), now, Some(expires_at));
    Ok(Json(admin_signed_in(&session, &here.options.admin.login, expires_at)))
}

/// `POST /api/v1/token`, with `session_id` to take the place of another session, and with `captcha` and `key` where
/// a picture is wanted.
pub(super) async fn client(
    State(here): State<Shared>,
    headers: HeaderMap,
    mut fields: Fields,
) -> Result<Json<Value>, Refusal> {
    let language = Language::of(&headers);
    let replaced = fields.optional_integer("session_id");
    check_captcha(&here, &mut fields);
    if !are_right(fields, &here.options.client)? {
        here.world().captchas.note_failure();
        return Err(wrong_credentials(language));
    }
    make_room(&here, replaced, language)?;
    let mut world = here.world();
    world.captchas.forget_failures();
    let session = world.sessions.open(Account::Client, Origin::of(&headers), here.now(), None);
    Ok(Json(client_signed_in(&session, &here.options.client.login)))
}

/// Notes what is wrong with the reading of the picture, where one is wanted.
fn check_captcha(here: &Installation, fields: &mut Fields) {
    let now = here.now();
    let mut world = here.world();
    if !world.captchas.is_wanted(here.options.captcha) {
        return;
    }
    match (fields.optional_text("captcha"), fields.optional_text("key")) {
        (Some(text), Some(key)) => {
            if !world.captchas.is_read(&key, &text, now) {
                fields.note("captcha", &Reason::WrongCaptcha);
            }
        }
        (Some(_), None) | (None, _) => fields.note("captcha", &Reason::Required),
    }
}

/// Whether login and password are the account's; refuses what is no login or password at all.
fn are_right(mut fields: Fields, expected: &Credentials) -> Result<bool, Refusal> {
    let login = fields.text("login", LONGEST_LOGIN);
    let password = fields.secret("password");
    let (Some(login), Some(password), false) = (login, password, fields.is_refused()) else {
        return Err(fields.refusal());
    };
    Ok(login == expected.login && password == expected.password)
}

fn wrong_credentials(language: Language) -> Refusal {
    Refusal::invalid("login", &Reason::WrongCredentials, language)
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
        Some(limit) if living.len() >= limit => {
            let left = world.captchas.left(here.options.captcha);
            Err(Refusal::TooManySessions(too_many_sessions(&living, limit, left, now)))
        }
        Some(_) | None => Ok(()),
    }
}
