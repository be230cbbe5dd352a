//! One connection to one server: its address, trust, headers and limits. Sends calls and nothing else.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use backon::{ExponentialBuilder, Retryable};
use chrono::{DateTime, FixedOffset, Offset, Utc};
use http::Method;
use reqwest::redirect;
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;

use crate::address::Address;
use crate::error::{ApiError, NotThisApi};
use crate::outcome::{self, Asked, Effect, Wanted};
use crate::pace::{Pace, Turn};
use crate::trust::{CertificateFacts, Trust, Verifier};

/// A bearer token.
#[derive(Clone)]
pub struct Bearer(SecretString);

impl Bearer {
    /// Wraps a token.
    pub fn new(token: SecretString) -> Self {
        Self(token)
    }
}

impl fmt::Debug for Bearer {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Bearer(…)")
    }
}

/// The language of the server's own texts (header `hl`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Russian.
    Russian,
}

/// How the client's create call writes the end of a code. The admin's call writes the contract's form always.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DateForm {
    /// `2029-12-31 12:45`, in the server's zone (seeds 000 and 001).
    #[default]
    Contract,
    /// `2029-12-31T12:45:00.000000Z`, in UTC, as the shipping SDKs write it.
    Iso,
}

/// How long and how much.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// From the first packet to an encrypted connection.
    pub connect: Duration,
    /// From the first packet to the last byte of the answer.
    pub answer: Duration,
    /// From the first page of a list to the last: what has not come by then is left, and the list is incomplete.
    pub listing: Duration,
    /// The largest answer, in bytes.
    pub body: usize,
    /// How often a read is tried in all.
    pub attempts: usize,
    /// The first wait between two tries; it doubles, with jitter.
    pub backoff: Duration,
    /// The longest `Retry-After` that is waited for; a longer one is told to the person.
    pub patience: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            answer: Duration::from_secs(30),
            listing: Duration::from_secs(600),
            body: 32 << 20,
            attempts: 3,
            backoff: Duration::from_millis(250),
            patience: Duration::from_secs(5),
        }
    }
}

/// Everything about a server that is not an account.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Where it is.
    pub address: Address,
    /// How it proves who it is.
    pub trust: Trust,
    /// Header `X-Client` of the client API: one of the documented values.
    pub client_name: String,
    /// Header `X-UUID` of the client API: a stable opaque string for this installation.
    pub device: String,
    /// Language of the server's texts.
    pub language: Language,
    /// What a date without a zone means.
    pub zone: FixedOffset,
    /// How the client's create call writes an end.
    pub date_form: DateForm,
    /// How long and how much.
    pub limits: Limits,
}

impl Settings {
    /// The usual settings for an address.
    pub fn new(address: Address) -> Self {
        Self {
            address,
            trust: Trust::Platform,
            client_name: "web".to_owned(),
            device: String::new(),
            language: Language::default(),
            zone: Utc.fix(),
            date_form: DateForm::default(),
            limits: Limits::default(),
        }
    }
}

/// A connection could not even be prepared.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    /// The platform's certificate verifier did not start.
    #[error("the certificate verifier could not be set up")]
    Verifier(#[from] rustls::Error),
    /// The HTTP client did not start.
    #[error("the HTTP client could not be set up")]
    Client(#[from] reqwest::Error),
}

/// A connection to one server. Cheap to share; a change of trust needs a new one, pool and all.
#[derive(Debug)]
pub struct Connection {
    settings: Settings,
    reads: reqwest::Client,
    writes: reqwest::Client,
    seen: Arc<Mutex<Option<CertificateFacts>>>,
    time: Mutex<Option<DateTime<Utc>>>,
    pace: Option<Arc<dyn Pace>>,
}

/// Which headers a call wants.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Api {
    /// Admin and billing: the bearer token alone.
    Plain,
    /// Client: also `X-Client` and `X-UUID`.
    Client,
}

/// One call, ready to be sent.
pub(crate) struct Call<'c> {
    /// Its name in logs and traces.
    pub(crate) name: &'static str,
    pub(crate) api: Api,
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) query: Vec<(&'static str, String)>,
    pub(crate) body: Option<Value>,
    pub(crate) bearer: Option<&'c Bearer>,
    pub(crate) effect: Effect,
    pub(crate) wanted: Wanted,
}

impl<'c> Call<'c> {
    /// A read by the given account.
    pub(crate) fn read(name: &'static str, path: String, bearer: Option<&'c Bearer>) -> Self {
        let (api, method, query, body, effect) = (Api::Plain, Method::GET, Vec::new(), None, Effect::Read);
        Self { name, api, method, path, query, body, bearer, effect, wanted: Wanted::Json }
    }

    /// A write by the given account.
    pub(crate) fn write(
        name: &'static str,
        method: Method,
        path: String,
        body: Value,
        bearer: Option<&'c Bearer>,
    ) -> Self {
        let (api, query, effect) = (Api::Plain, Vec::new(), Effect::Write);
        Self { name, api, method, path, query, body: Some(body), bearer, effect, wanted: Wanted::Json }
    }
}

impl Connection {
    /// Prepares a connection; nothing is sent yet.
    pub fn new(settings: Settings) -> Result<Self, SetupError> {
        let seen = Arc::new(Mutex::new(None));
        let reads = client(&settings, &seen, Effect::Read)?;
        let writes = client(&settings, &seen, Effect::Write)?;
        Ok(Self { settings, reads, writes, seen, time: Mutex::new(None), pace: None })
    }

    /// The same connection for requests that go when `pace` lets them: they wait for as long as a 429 asks, up to
    /// `patience`, and every try of a read is a request of its own.
    pub fn paced(&self, pace: Arc<dyn Pace>, patience: Duration) -> Self {
        let mut settings = self.settings.clone();
        settings.limits.patience = patience;
        // Whoever lets requests go may hold them for any time.
        settings.limits.listing = Duration::MAX;
        Self {
            settings,
            reads: self.reads.clone(),
            writes: self.writes.clone(),
            seen: Arc::clone(&self.seen),
            time: Mutex::new(None),
            pace: Some(pace),
        }
    }

    /// Its settings.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The certificate the server showed last, trusted or not.
    pub fn certificate(&self) -> Option<CertificateFacts> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// What the server's clock said in its last answer (header `Date`, whole seconds). Old as soon as it is there: to be
    /// compared with the time at which that answer came.
    pub fn server_time(&self) -> Option<DateTime<Utc>> {
        *self.time.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A call that this server answered with something of another shape.
    pub(crate) fn other_shape(&self) -> ApiError {
        self.not_this_api(NotThisApi::Shape)
    }

    /// Something answered that does not speak this API.
    pub(crate) fn not_this_api(&self, why: NotThisApi) -> ApiError {
        ApiError::NotThisApi { host: self.settings.address.authority(), why }
    }

    /// Sends a call: a read up to [`Limits::attempts`] times, anything else exactly once.
    pub(crate) async fn send(&self, call: Call<'_>) -> Result<Value, ApiError> {
        let limits = self.settings.limits;
        match call.effect {
            Effect::Read => {
                let backoff = ExponentialBuilder::new()
                    .with_min_delay(limits.backoff)
                    .with_max_times(limits.attempts.saturating_sub(1))
                    .with_jitter();
                (|| self.send_once(&call))
                    .retry(backoff)
                    .when(|error| outcome::is_worth_another_try(error, limits.patience))
                    // A server that asks for less than that, or for a time that is over, is not asked sooner.
                    .adjust(|error, wait| {
                        wait.map(|wait| outcome::asked_wait(error).unwrap_or_default().max(wait))
                    })
                    .await
            }
            Effect::Ask | Effect::Write => self.send_once(&call).await,
        }
    }

    async fn send_once(&self, call: &Call<'_>) -> Result<Value, ApiError> {
        let client = if call.effect == Effect::Write { &self.writes } else { &self.reads };
        let settings = &self.settings;
        let mut request = client
            .request(call.method.clone(), settings.address.call(&call.path))
            .header(http::header::ACCEPT, "application/json")
            .header(
                "hl",
                match settings.language {
                    Language::English => "en",
                    Language::Russian => "ru",
                },
            );
        if call.api == Api::Client {
            request = request.header("X-Client", &settings.client_name).header("X-UUID", &settings.device);
        }
        if let Some(Bearer(token)) = call.bearer {
            // `bearer_auth` marks the header as sensitive, so that no log prints it.
            request = request.bearer_auth(token.expose_secret());
        }
        if !call.query.is_empty() {
            request = request.query(&call.query);
        }
        if let Some(body) = &call.body {
            request = request.header(http::header::CONTENT_TYPE, "application/json").body(body.to_string());
        }
        let host = settings.address.authority();
        let (effect, wanted) = (call.effect, call.wanted);
        let asked = Asked { effect, wanted, host: &host, limit: settings.limits.body, zone: settings.zone };
        let turn = match &self.pace {
            Some(pace) => Some(Turn::wait(pace.as_ref()).await),
            None => None,
        };
        let result = match request.send().await {
            Ok(response) => {
                *self.time.lock().unwrap_or_else(PoisonError::into_inner) = date_of(&response);
                outcome::read(response, asked).await
            }
            Err(error) => Err(outcome::unanswered(&error, effect, &host)),
        };
        if let Some(turn) = turn {
            turn.end(result.as_ref().err());
        }
        // Neither paths' ids nor bodies: a log may be shown to others.
        match &result {
            Ok(_) => tracing::debug!(call = call.name, "answered"),
            Err(error) => tracing::info!(call = call.name, %error, "failed"),
        }
        result
    }
}

fn date_of(response: &reqwest::Response) -> Option<DateTime<Utc>> {
    let date = response.headers().get(http::header::DATE)?.to_str().ok()?;
    DateTime::parse_from_rfc2822(date).ok().map(|date| date.to_utc())
}

fn client(
    settings: &Settings,
    seen: &Arc<Mutex<Option<CertificateFacts>>>,
    effect: Effect,
) -> Result<reqwest::Client, SetupError> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let (host, port) = (settings.address.host(), settings.address.port());
    let verifier = Verifier::new(provider.clone(), settings.trust.clone(), host, port, seen.clone())?;
    let mut tls = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier))
        .with_no_client_auth();
    // SECURITY: a resumed session skips the certificate check, so a removed pin would still be accepted.
    tls.resumption = rustls::client::Resumption::disabled();
    let mut builder = reqwest::Client::builder()
        .tls_backend_preconfigured(tls)
        .connect_timeout(settings.limits.connect)
        .timeout(settings.limits.answer)
        // SECURITY: a redirect could carry a credential elsewhere or turn a POST into a GET.
        .redirect(redirect::Policy::none())
        .retry(reqwest::retry::never());
    if settings.address.is_loopback() {
        builder = builder.no_proxy();
    }
    if effect == Effect::Write {
        // A write never travels on a connection that may be half dead: its failure could not be told from a lost
        // answer, and the person would be asked to check something that was never sent.
        builder = builder.pool_max_idle_per_host(0);
    }
    Ok(builder.build()?)
}
