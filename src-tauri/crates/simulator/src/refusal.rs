use axum::Json;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};

use crate::input::{Language, Reason};

/// Texts by field; several per field, in the order they were noted.
#[derive(Debug, Default)]
pub(crate) struct Errors(Map<String, Value>);

impl Errors {
    pub(crate) fn add(&mut self, field: &str, text: String) {
        let texts = self.0.entry(field).or_insert_with(|| Value::Array(Vec::new()));
        if let Value::Array(texts) = texts {
            texts.push(Value::String(text));
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Every way this server says no.
#[derive(Debug)]
pub(crate) enum Refusal {
    /// 400: the body cannot be read at all.
    Malformed,
    /// 400: the panel itself did not answer.
    PanelSilent,
    /// 401: no token, or not a living one.
    Unauthorized,
    /// 403: a living token of an account that may not do this.
    Forbidden,
    /// 404: not there, or not the account's own.
    NotFound,
    /// 405: the path exists for other methods.
    MethodNotAllowed,
    /// 419: the body lists the sessions to choose from.
    TooManySessions(Value),
    /// 429: too often.
    TooManyAttempts {
        /// In seconds.
        retry_after: u64,
    },
    /// 500: the simulator itself failed.
    Broken,
    /// 422: at least one field is wrong.
    Invalid { errors: Errors, language: Language },
}

impl Refusal {
    /// A 422 about one field.
    pub(crate) fn invalid(field: &str, reason: &Reason, language: Language) -> Self {
        let mut errors = Errors::default();
        errors.add(field, reason.text(field, language));
        Self::Invalid { errors, language }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let retry_after = match self {
            Self::TooManyAttempts { retry_after } => Some([(header::RETRY_AFTER, retry_after.to_string())]),
            _ => None,
        };
        let (status, body) = match self {
            Self::Malformed => {
                (StatusCode::BAD_REQUEST, json!({"message": "The request body cannot be read."}))
            }
            Self::PanelSilent => (StatusCode::BAD_REQUEST, json!({"message": "The panel does not answer."})),
            Self::TooManyAttempts { .. } => {
                (StatusCode::TOO_MANY_REQUESTS, json!({"message": "Too Many Attempts."}))
            }
            Self::Broken => (StatusCode::INTERNAL_SERVER_ERROR, json!({"message": "Server Error"})),
            Self::Unauthorized => (StatusCode::UNAUTHORIZED, json!({"message": "Unauthenticated."})),
            Self::Forbidden => (StatusCode::FORBIDDEN, json!({"message": "This action is unauthorized."})),
            Self::NotFound => (StatusCode::NOT_FOUND, json!({"message": "Not found."})),
            Self::MethodNotAllowed => (
                StatusCode::METHOD_NOT_ALLOWED,
                json!({"message": "The method is not supported for this route."}),
            ),
            Self::TooManySessions(body) => (StatusCode::from_u16(419).unwrap_or(StatusCode::CONFLICT), body),
            Self::Invalid { errors, language } => {
                let message = language.choose(
                    "There will be no informative message here",
                    "Тут не будет информативного сообщения",
                );
                (StatusCode::UNPROCESSABLE_ENTITY, json!({"message": message, "errors": errors.0}))
            }
        };
        (status, retry_after, Json(body)).into_response()
    }
}
