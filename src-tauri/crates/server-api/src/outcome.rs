//! What became of a request: the one place where a transport's failure or an HTTP status gets its meaning.

use std::error::Error;
use std::io;
use std::time::Duration;

use chrono::FixedOffset;
use http::StatusCode;
use reqwest::Response;
use serde_json::Value;

use crate::error::{ApiError, LostAnswer, NotThisApi, Unreached};
use crate::read::{RefusedWith, json, refusal};
use crate::trust::UntrustedCertificate;

/// What a call does to the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Effect {
    /// Nothing: it may be repeated.
    Read,
    /// Nothing that matters to the records (a sign-in): not repeated by itself, but harmless when lost.
    Ask,
    /// It changes records: never repeated, and a lost answer is said.
    Write,
}

/// What a call needs of its answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// JSON, which says what was done or found.
    Json,
    /// A yes. What stands behind it is not looked at, except that a web page is no yes of this API.
    Nothing,
}

/// What is known of a request when its answer is read.
#[derive(Clone, Copy)]
pub(crate) struct Asked<'a> {
    pub(crate) effect: Effect,
    pub(crate) wanted: Wanted,
    /// The host in errors.
    pub(crate) host: &'a str,
    /// The largest answer, in bytes.
    pub(crate) limit: usize,
    /// What a date without a zone means.
    pub(crate) zone: FixedOffset,
}

/// The error of a request without a response.
pub(crate) fn unanswered(error: &reqwest::Error, effect: Effect, host: &str) -> ApiError {
    if let Some(certificate) = untrusted(error) {
        return ApiError::CertificateNotTrusted(Box::new(certificate));
    }
    let host = host.to_owned();
    if error.is_connect() || error.is_builder() {
        return ApiError::NeverReached { host, why: unreached(error) };
    }
    let how = if error.is_timeout() { LostAnswer::Timeout } else { LostAnswer::ConnectionLost };
    tracing::trace!(?effect, ?how, "no response");
    ApiError::SentNoUsableAnswer { host, how }
}

/// Reads a response to its end and decides what it means.
pub(crate) async fn read(mut response: Response, asked: Asked<'_>) -> Result<Value, ApiError> {
    let Asked { effect, host, .. } = asked;
    let status = response.status();
    let header = |name: http::HeaderName| {
        response.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
    };
    let (retry_after, date) = (header(http::header::RETRY_AFTER), header(http::header::DATE));
    let is_html = header(http::header::CONTENT_TYPE).is_some_and(|kind| kind.contains("text/html"));
    let body = match whole_body(&mut response, asked.limit).await {
        Ok(body) => body,
        // A refusal is one even when its explanation is lost or endless; so is a failure.
        Err(_) if !status.is_success() => Vec::new(),
        Err(BodyError::TooLarge) => return Err(unusable(NotThisApi::TooLarge, effect, host)),
        Err(BodyError::Lost(error)) => {
            let how = if error.is_timeout() { LostAnswer::Timeout } else { LostAnswer::ConnectionLost };
            return Err(ApiError::SentNoUsableAnswer { host: host.to_owned(), how });
        }
    };
    if !status.is_success() {
        let (retry_after, date) = (retry_after.as_deref(), date.as_deref());
        let with = RefusedWith { status: status.as_u16(), retry_after, date, zone: asked.zone };
        let said = refusal(with, &body);
        let host = host.to_owned();
        return Err(if is_refusal(status, effect) {
            ApiError::Refused(Box::new(said))
        } else if effect == Effect::Write {
            let how = LostAnswer::Status { status: status.as_u16(), message: said.message };
            ApiError::SentNoUsableAnswer { host, how }
        } else {
            ApiError::ServerTrouble { host, status: status.as_u16() }
        });
    }
    if status == StatusCode::NO_CONTENT {
        return Ok(Value::Null);
    }
    match (parse(&body, is_html), asked.wanted) {
        (Ok(body), _) => Ok(body),
        (Err(NotThisApi::Html), _) => Err(unusable(NotThisApi::Html, effect, host)),
        (Err(_), Wanted::Nothing) => Ok(Value::Null),
        (Err(why), Wanted::Json) => Err(unusable(why, effect, host)),
    }
}

/// Whether another try of a read may help.
pub(crate) fn is_worth_another_try(error: &ApiError, patience: Duration) -> bool {
    match error {
        ApiError::NeverReached { why, .. } => !matches!(why, Unreached::Dns | Unreached::Refused),
        ApiError::SentNoUsableAnswer { how, .. } => *how == LostAnswer::ConnectionLost,
        ApiError::ServerTrouble { .. } => true,
        ApiError::Refused(refusal) if refusal.status == 429 => {
            refusal.retry_after.is_none_or(|wait| wait <= patience)
        }
        _ => false,
    }
}

/// The wait the server itself asked for.
pub(crate) fn asked_wait(error: &ApiError) -> Option<Duration> {
    match error {
        ApiError::Refused(refusal) => refusal.retry_after,
        _ => None,
    }
}

/// An answer that says yes and nothing more: lost for a write, not this API for anything else.
fn unusable(why: NotThisApi, effect: Effect, host: &str) -> ApiError {
    let host = host.to_owned();
    if effect == Effect::Write {
        ApiError::SentNoUsableAnswer { host, how: LostAnswer::Unreadable(why) }
    } else {
        ApiError::NotThisApi { host, why }
    }
}

/// 3xx and 4xx say no, but 400 to a write may be the panel's own failure, which does not say how far it got.
fn is_refusal(status: StatusCode, effect: Effect) -> bool {
    (status.is_redirection() || status.is_client_error())
        && !(effect == Effect::Write && status == StatusCode::BAD_REQUEST)
}

fn parse(body: &[u8], is_html: bool) -> Result<Value, NotThisApi> {
    json::parse(body)
        .map_err(|why| if is_html && why == NotThisApi::NotJson { NotThisApi::Html } else { why })
}

enum BodyError {
    TooLarge,
    Lost(reqwest::Error),
}

async fn whole_body(response: &mut Response, limit: usize) -> Result<Vec<u8>, BodyError> {
    // An honest server says beforehand how much it will be.
    if response
        .content_length()
        .is_some_and(|length| usize::try_from(length).map_or(true, |length| length > limit))
    {
        return Err(BodyError::TooLarge);
    }
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(BodyError::Lost)? {
        if body.len() + chunk.len() > limit {
            return Err(BodyError::TooLarge);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

fn unreached(error: &reqwest::Error) -> Unreached {
    if error.is_timeout() {
        return Unreached::Timeout;
    }
    if error.is_dns() {
        return Unreached::Dns;
    }
    let mut why = Unreached::Other;
    walk(error, &mut |one| {
        if one.downcast_ref::<rustls::Error>().is_some() {
            why = Unreached::Tls;
        } else if let Some(io) = one.downcast_ref::<io::Error>()
            && io.kind() == io::ErrorKind::ConnectionRefused
        {
            why = Unreached::Refused;
        }
    });
    why
}

fn untrusted(error: &reqwest::Error) -> Option<UntrustedCertificate> {
    let mut found = None;
    walk(error, &mut |one| {
        if let Some(rustls::Error::InvalidCertificate(rustls::CertificateError::Other(other))) =
            one.downcast_ref()
        {
            found = other.0.downcast_ref::<UntrustedCertificate>().cloned();
        }
    });
    found
}

/// Visits an error and everything behind it. The typed TLS error sits inside `io::Error::get_ref`, which
/// `source` skips.
fn walk(error: &(dyn Error + 'static), visit: &mut dyn FnMut(&(dyn Error + 'static))) {
    let mut next = Some(error);
    while let Some(one) = next {
        visit(one);
        let inner = one.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        if let Some(inner) = inner {
            walk(inner, visit);
            return;
        }
        next = one.source();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_400_refuses_a_read_and_leaves_a_write_open() {
        assert!(is_refusal(StatusCode::BAD_REQUEST, Effect::Read));
        assert!(!is_refusal(StatusCode::BAD_REQUEST, Effect::Write));
        assert!(is_refusal(StatusCode::FOUND, Effect::Write));
        assert!(!is_refusal(StatusCode::BAD_GATEWAY, Effect::Read));
    }
}
