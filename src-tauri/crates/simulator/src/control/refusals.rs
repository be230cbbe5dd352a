//! Answers instead of any work.

use axum::Json;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use crate::answers::too_many_sessions;
use crate::input::Language;
use crate::installation::Installation;

/// What of a request decides the form of a refusal.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asker {
    language: Language,
    reads_json: bool,
}

impl Asker {
    pub(super) fn of(headers: &HeaderMap) -> Self {
        let accepted = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok());
        let reads_json = accepted.is_some_and(|kinds| kinds.contains("json"));
        Self { language: Language::of(headers), reads_json }
    }
}

pub(super) fn code(status: u16) -> StatusCode {
    StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

pub(super) fn status(status: u16, here: &Installation) -> Response {
    let message = match status {
        400 => "The panel does not answer.",
        401 => "Unauthenticated.",
        402 => "The licence does not cover this.",
        403 => "This action is unauthorized.",
        404 => "Not found.",
        405 => "The method is not supported for this route.",
        409 => "This version of the application is no longer supported.",
        419 => return (code(419), Json(choice_of_sessions(here))).into_response(),
        429 => "Too Many Attempts.",
        500 => "Server Error",
        503 => "Service Unavailable",
        other => return (code(other), said(&format!("Answered with {other} on purpose."))).into_response(),
    };
    (code(status), said(message)).into_response()
}

fn said(message: &str) -> Json<Value> {
    Json(json!({"message": message}))
}

/// The sessions there are; two of nobody where there are none, since a choice has something to choose from.
fn choice_of_sessions(here: &Installation) -> Value {
    let now = here.now();
    let world = here.world();
    let living = world.sessions.counted_of_client(now);
    if living.is_empty() {
        return invented_choice(now);
    }
    let left = world.captchas.left(here.options.captcha);
    too_many_sessions(&living, living.len(), left, now)
}

fn invented_choice(now: DateTime<Utc>) -> Value {
    let last = now.format("%Y-%m-%dT%H:%M:%S%.6fZ").to_string();
    let session = |id: u64, client: &str, agent: &str, is_online: bool| {
        json!({
            "id": id, "online": is_online, "last": last, "user_agent": agent, "client": client,
            "ip": "192.0.2.7", "is_current": false,
        })
    };
    json!({
        "sessions_limit": 2,
        "sessions": [
            session(901, "web", "Mozilla/5.0 (X11; Linux x86_64)", true),
            session(902, "android", "okhttp/4.12.0", false),
        ],
        "captcha_will_required_in": 5,
    })
}

pub(super) fn unavailable(retry_after: Option<u64>) -> Response {
    let after = retry_after.map(|seconds| [(header::RETRY_AFTER, seconds.to_string())]);
    (StatusCode::SERVICE_UNAVAILABLE, after, said("Service Unavailable")).into_response()
}

pub(super) fn maintenance(asker: Asker) -> Response {
    if asker.reads_json {
        return unavailable(Some(60));
    }
    let page =
        Html("<!DOCTYPE html><html><title>Service Unavailable</title><body>503 | Service Unavailable</body>");
    (StatusCode::SERVICE_UNAVAILABLE, [(header::RETRY_AFTER, "60")], page).into_response()
}

pub(super) fn bad_gateway() -> Response {
    let page = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1>\
                </center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n";
    (StatusCode::BAD_GATEWAY, Html(page)).into_response()
}

pub(super) fn too_many_requests(retry_after: u64) -> Response {
    let after = [(header::RETRY_AFTER, retry_after.to_string())];
    (StatusCode::TOO_MANY_REQUESTS, after, said("Too Many Attempts.")).into_response()
}

pub(super) fn unprocessable(asker: Asker) -> Response {
    let choose = |english, russian| asker.language.choose(english, russian);
    let body = json!({
        "message": choose("There will be no informative message here", "Тут не будет информативного сообщения"),
        "errors": {
            "title": [
                choose("The title is already in use.", "Такое название уже используется."),
                choose("The title looks like a telephone number.", "Название похоже на номер телефона."),
            ],
            "panel_memory": [
                choose("The panel has no room for another code.", "В памяти панели нет места для ещё одного кода."),
            ],
        },
    });
    (StatusCode::UNPROCESSABLE_ENTITY, Json(body)).into_response()
}
