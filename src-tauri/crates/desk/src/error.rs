//! Errors as data: a code, its facts, and whether trying again is safe. The texts belong to the interface.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use server_api::{ApiError, Distrust, LostAnswer, NotThisApi, Refusal, Unreached, UntrustedCertificate};
use ts_rs::TS;
use uuid::Uuid;

use crate::views::{AccountKind, Capability, SessionView};

/// What went wrong, by what a person can do about it. `i18n` has a text for each under `errors.<code>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    /// `{host, why: dns|refused|timeout|tls|other}`: nothing was sent.
    NeverReached,
    /// `{host}`: a read (or sign-in) was sent and not answered in full; nothing was changed.
    NoAnswer,
    /// `{host, status, message}`: a write was sent and no usable answer came back: it may have been done.
    WriteUnknown,
    /// `{host, status}`: the server failed at a read.
    ServerTrouble,
    /// `{server, account}`: the sign-in is not valid any more.
    SignedOut,
    /// `{server, account}`: the sign-in had ended and has renewed itself; what was asked for was not done and can be
    /// asked for again.
    SignInRenewed,
    /// `{account}`: login or password were refused.
    SignInRefused,
    /// `{message}`: the account may not do this.
    Forbidden,
    /// `{message}`: the server does not have it.
    NotFound,
    /// `{fields, message}`: every text of a 422, by field.
    Invalid,
    /// `{limit, sessions, captcha}`: the account has too many sessions; `sessions` are `SessionView`s, one of which
    /// can be ended for this one, and `captcha` says whether that will need one.
    TooManySessions,
    /// `{wrong}`: the sign-in wants a captcha; `wrong` where the answer given was not right.
    CaptchaRequired,
    /// `{seconds}`: too many requests.
    RateLimited,
    /// `{message}`: the server wants a newer client.
    ClientTooOld,
    /// `{message}`: the server's licence does not cover it.
    LicenceEnded,
    /// `{capability}`: this server has no such call.
    NotOffered,
    /// `{status, message}`: any other definite no.
    Refused,
    /// `{host, why: html|empty|too_large|not_json|shape|no_such_path|picture}`: something else answered.
    NotThisApi,
    /// `{host, port, fingerprint, subject, issuer, notBefore, notAfter, names, why, pinned}`.
    CertificateUntrusted,
    /// `{why: empty|scheme|host|port|credentials|unreadable}`.
    AddressInvalid,
    /// `{host}`: `http://` to another computer, not allowed yet.
    PlainHttp,
    /// `{server, account}`: no such account is signed in.
    NoAccount,
    /// Another account of the kind issued the code, and only that one can delete it.
    OtherAccount,
    /// `{why: empty|too_long|control}`.
    TitleInvalid,
    /// `{why: past|unreadable|no_such_time|too_far}`.
    UntilInvalid,
    /// `{lines}`: this server takes all three lines at once, and these are unknown.
    LinesUnknown,
    /// `{what: id|mac|external_id}`: not a name of an intercom.
    IdInvalid,
    /// `{what}`: no intercom has this name.
    UnknownIntercom,
    /// `{field: name|zone|client_name|zoom|code_minutes|code_title|short_name, id?, title?}`: a setting with a value that makes
    /// no sense; or a short name that the intercom of this `id` and `title` goes by.
    SettingInvalid,
    /// `{}`: no login was typed.
    LoginMissing,
    /// `{}`: no password was typed.
    PasswordMissing,
    /// `{}`: no usable token was typed.
    TokenMissing,
    /// `{}`: the server is not in the list any more.
    UnknownServer,
    /// `{}`: the record is not known (any more).
    UnknownRecord,
    /// `{}`: the system's keyring did not let go of a credential.
    KeyringFailed,
    /// `{}`: preferences or the list of servers could not be saved.
    PreferencesFailed,
    /// `{}`: what this desk remembers could not be read or written; nothing was sent.
    StoreFailed,
    /// A request that changes something is still under way.
    StillWriting,
    /// Everything was erased but what the system's keyring did not let go of.
    KeyringKept,
    /// `{}`: the system's clipboard refused.
    ClipboardFailed,
    /// `{}`: the log could not be read.
    LogFailed,
    /// `{}`: the demo building did not start.
    DemoFailed,
    /// `{}`: a defect of this program.
    Internal,
}

impl ErrorCode {
    /// Whether it is about what a person typed or has not done yet, rather than about something that failed.
    fn is_slip(self) -> bool {
        matches!(
            self,
            Self::AddressInvalid
                | Self::PlainHttp
                | Self::NoAccount
                | Self::OtherAccount
                | Self::TitleInvalid
                | Self::UntilInvalid
                | Self::IdInvalid
                | Self::SettingInvalid
                | Self::LoginMissing
                | Self::PasswordMissing
                | Self::TokenMissing
        )
    }
}

/// An error as it crosses to the interface. Holds no secret: what a server said of a request is all it quotes.
#[derive(Debug, Clone, Serialize, Deserialize, TS, thiserror::Error)]
#[error("{code:?} (trace {trace})")]
#[serde(rename_all = "camelCase")]
pub struct CommandError {
    /// What went wrong.
    pub code: ErrorCode,
    /// The facts of it, named at each code.
    #[ts(type = "Record<string, unknown>")]
    pub params: Map<String, Value>,
    /// Whether trying again can help and is safe.
    pub retryable: bool,
    /// Finds the error in the log.
    pub trace: String,
}

/// What was being done when a call failed: decides what a refusal means to the person.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Doing<'d> {
    /// Looking at a server before anyone signed in.
    Probing,
    /// Signing in.
    SigningIn {
        /// Which account.
        account: AccountKind,
        /// Whether the answer to a captcha went with it.
        has_captcha: bool,
    },
    /// Reading with an account of a server.
    Reading(&'d str, AccountKind),
    /// Changing something with an account of a server.
    Writing(&'d str, AccountKind),
}

impl CommandError {
    /// An error with facts: `params` is an object.
    pub fn new(code: ErrorCode, params: Value) -> Self {
        let params = match params {
            Value::Object(params) => params,
            _ => Map::new(),
        };
        let retryable = matches!(
            code,
            ErrorCode::NeverReached | ErrorCode::NoAnswer | ErrorCode::ServerTrouble | ErrorCode::RateLimited
        );
        let trace = Uuid::new_v4().simple().to_string()[..8].to_owned();
        if code.is_slip() {
            tracing::info!(?code, trace, "told the person");
        } else {
            tracing::warn!(?code, trace, "told the person");
        }
        Self { code, params, retryable, trace }
    }

    /// An error that is its code alone.
    pub fn plain(code: ErrorCode) -> Self {
        Self::new(code, json!({}))
    }

    /// This server has no such call.
    pub(crate) fn not_offered(capability: Capability) -> Self {
        Self::new(ErrorCode::NotOffered, json!({"capability": capability}))
    }

    pub(crate) fn of_call(error: ApiError, doing: Doing<'_>) -> Self {
        match error {
            ApiError::NeverReached { host, why } => {
                let why = match why {
                    Unreached::Dns => "dns",
                    Unreached::Refused => "refused",
                    Unreached::Timeout => "timeout",
                    Unreached::Tls => "tls",
                    Unreached::Other => "other",
                };
                Self::new(ErrorCode::NeverReached, json!({"host": host, "why": why}))
            }
            ApiError::SentNoUsableAnswer { host, how } if matches!(doing, Doing::Writing(..)) => {
                let (status, message) = match how {
                    LostAnswer::Status { status, message } => (Some(status), message),
                    _ => (None, None),
                };
                let params = json!({"host": host, "status": status, "message": message});
                Self::new(ErrorCode::WriteUnknown, params)
            }
            ApiError::SentNoUsableAnswer { host, .. } => {
                Self::new(ErrorCode::NoAnswer, json!({"host": host}))
            }
            ApiError::ServerTrouble { host, status } => {
                Self::new(ErrorCode::ServerTrouble, json!({"host": host, "status": status}))
            }
            ApiError::NotThisApi { host, why } => {
                let why = match why {
                    NotThisApi::Html => "html",
                    NotThisApi::Empty => "empty",
                    NotThisApi::TooLarge => "too_large",
                    NotThisApi::NotJson => "not_json",
                    NotThisApi::Shape => "shape",
                    NotThisApi::NoSuchPath => "no_such_path",
                    NotThisApi::Picture => "picture",
                };
                Self::new(ErrorCode::NotThisApi, json!({"host": host, "why": why}))
            }
            ApiError::CertificateNotTrusted(untrusted) => Self::of_certificate(&untrusted),
            ApiError::Refused(refusal) => Self::of_refusal(*refusal, doing),
        }
    }

    fn of_certificate(untrusted: &UntrustedCertificate) -> Self {
        let facts = &untrusted.facts;
        let why = match untrusted.why {
            Distrust::UnknownIssuer => "unknown_issuer",
            Distrust::Expired => "expired",
            Distrust::NotYetValid => "not_yet_valid",
            Distrust::WrongName => "wrong_name",
            Distrust::Changed => "changed",
            Distrust::Other => "other",
        };
        let params = json!({
            "host": facts.host, "port": facts.port, "fingerprint": facts.fingerprint,
            "subject": facts.subject, "issuer": facts.issuer, "names": facts.names,
            "notBefore": facts.not_before, "notAfter": facts.not_after,
            "why": why, "pinned": untrusted.pinned,
        });
        Self::new(ErrorCode::CertificateUntrusted, params)
    }

    fn of_refusal(refusal: Refusal, doing: Doing<'_>) -> Self {
        let message = refusal.message;
        match (refusal.status, doing) {
            (401, Doing::Reading(server, account) | Doing::Writing(server, account)) => {
                Self::new(ErrorCode::SignedOut, json!({"server": server, "account": account}))
            }
            (422, Doing::SigningIn { has_captcha, .. }) if refusal.fields.contains_key("captcha") => {
                Self::new(ErrorCode::CaptchaRequired, json!({"wrong": has_captcha}))
            }
            (401 | 403 | 422, Doing::SigningIn { account, .. }) => Self::new(
                ErrorCode::SignInRefused,
                json!({"account": account, "fields": refusal.fields, "message": message}),
            ),
            (402, _) => Self::new(ErrorCode::LicenceEnded, json!({"message": message})),
            (403, _) => Self::new(ErrorCode::Forbidden, json!({"message": message})),
            (404, _) => Self::new(ErrorCode::NotFound, json!({"message": message})),
            (409, _) => Self::new(ErrorCode::ClientTooOld, json!({"message": message})),
            (419, _) => {
                let sessions: Vec<SessionView> = refusal.sessions.into_iter().map(session_view).collect();
                let params = json!({
                    "limit": refusal.sessions_limit, "sessions": sessions, "captcha": refusal.captcha_required,
                });
                Self::new(ErrorCode::TooManySessions, params)
            }
            (422, _) => Self::new(ErrorCode::Invalid, json!({"fields": refusal.fields, "message": message})),
            (429, _) => {
                let seconds = refusal.retry_after.map(|wait| wait.as_secs());
                Self::new(ErrorCode::RateLimited, json!({"seconds": seconds}))
            }
            (status, _) => Self::new(ErrorCode::Refused, json!({"status": status, "message": message})),
        }
    }
}

/// A session as a person sees it.
pub(crate) fn session_view(session: server_api::Session) -> SessionView {
    SessionView {
        id: session.id,
        online: session.is_online,
        last_seen: session.last_seen,
        user_agent: session.user_agent,
        client: session.client,
        ip: session.ip,
        is_current: session.is_current,
    }
}
