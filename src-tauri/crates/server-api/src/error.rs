//! The one error of a call, told apart by what a person may safely do next.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::read::Session;
use crate::trust::UntrustedCertificate;

/// How a call failed.
#[derive(Debug, thiserror::Error)]
pub enum ApiError {
    /// The request did not leave this computer or met nobody: nothing was done.
    #[error("{host} was never reached ({why:?})")]
    NeverReached {
        /// The host that was meant, with its port where it is not the scheme's own.
        host: String,
        /// What stood in the way.
        why: Unreached,
    },
    /// The request went out and no usable answer came back: a write may have been done.
    #[error("{host} got the request and gave no usable answer ({how})")]
    SentNoUsableAnswer {
        /// The host that was asked, with its port where it is not the scheme's own.
        host: String,
        /// What happened to the answer.
        how: LostAnswer,
    },
    /// The server said no: nothing was done.
    #[error("the server refused with {}", .0.status)]
    Refused(Box<Refusal>),
    /// The server failed at a read or a sign-in (5xx, or a status beyond those).
    #[error("{host} is in trouble ({status})")]
    ServerTrouble {
        /// The host that was asked, with its port where it is not the scheme's own.
        host: String,
        /// Its HTTP status, 500–999.
        status: u16,
    },
    /// Something answered that does not speak this API.
    #[error("{host} does not answer like an intercom server ({why:?})")]
    NotThisApi {
        /// The host that was asked, with its port where it is not the scheme's own.
        host: String,
        /// What gave it away.
        why: NotThisApi,
    },
    /// The server's certificate is not trusted: nothing was sent.
    #[error("the certificate of {} is not trusted", .0.facts.host)]
    CertificateNotTrusted(Box<UntrustedCertificate>),
}

/// What kept a request from reaching the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreached {
    /// The name has no address.
    Dns,
    /// The computer is there, but nothing listens on the port.
    Refused,
    /// No connection within the limit.
    Timeout,
    /// The two could not agree on an encrypted connection.
    Tls,
    /// Anything else of the network.
    Other,
}

/// What happened to the answer of a request that went out.
///
/// Its `Display` leaves the server's words out: they may name people, and logs are shown to others.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LostAnswer {
    /// The connection ended before the answer was whole.
    #[error("the connection was lost")]
    ConnectionLost,
    /// The answer was not whole within the limit.
    #[error("timeout")]
    Timeout,
    /// The server said it failed (400 or 5xx to a write), which does not say how far it got.
    #[error("status {status}")]
    Status {
        /// HTTP status: 100–199, 400 or 500–999.
        status: u16,
        /// The server's own `message`, if it gave one: at most 1 000 characters and an ellipsis. It often says why.
        message: Option<String>,
    },
    /// The server said yes, but not what it did.
    #[error("unreadable: {0:?}")]
    Unreadable(NotThisApi),
}

/// What makes an answer not one of this API's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotThisApi {
    /// A web page.
    Html,
    /// Nothing at all.
    Empty,
    /// More than [`crate::Limits::body`].
    TooLarge,
    /// Not JSON.
    NotJson,
    /// JSON of another shape.
    Shape,
    /// A captcha without a PNG or JPEG picture of at most 1 MiB.
    Picture,
    /// The path of a call that every such server has is missing.
    NoSuchPath,
}

/// A definite no.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Refusal {
    /// HTTP status, 300–499.
    pub status: u16,
    /// The server's own `message`, if it gave one.
    pub message: Option<String>,
    /// Every text of a 422 by its key, which need not be a field of the request (all seeds).
    pub fields: BTreeMap<String, Vec<String>>,
    /// How long a 429 asks to wait: at most a day, from seconds or from an HTTP date beside the answer's own `Date`.
    pub retry_after: Option<Duration>,
    /// How many sessions a 419 allows.
    pub sessions_limit: Option<u32>,
    /// The account's living sessions beside a 419, at most 100: one of them can be ended by the next sign-in.
    pub sessions: Vec<Session>,
    /// Whether the next sign-in wants a captcha: a text under the key `captcha`, or a `captcha_will_required_in` of
    /// zero or less (it counts the tries that are left; above zero they are free).
    pub captcha_required: bool,
}

impl ApiError {
    /// The refusal's status, if it is one.
    pub fn refused_with(&self) -> Option<u16> {
        match self {
            Self::Refused(refusal) => Some(refusal.status),
            _ => None,
        }
    }
}
