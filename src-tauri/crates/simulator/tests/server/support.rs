use std::sync::{Arc, Mutex};

use chrono::{DateTime, TimeDelta, Utc};
use reqwest::{Client, Method};
use serde_json::{Value, json};
use simulator::{Options, Simulator};

pub(crate) const ENTRANCE: u64 = 21;
pub(crate) const OTHER_ENTRANCE: u64 = 22;
pub(crate) const FLAT: u64 = 501;

/// A clock that moves only when a test moves it. It starts on 21 November 2026 at noon.
#[derive(Clone)]
pub(crate) struct TestClock(Arc<Mutex<DateTime<Utc>>>);

impl TestClock {
    pub(crate) fn new() -> Self {
        Self(Arc::new(Mutex::new("2026-11-21T12:00:00Z".parse().unwrap())))
    }

    pub(crate) fn advance(&self, by: TimeDelta) {
        *self.0.lock().unwrap() += by;
    }

    pub(crate) fn options(&self) -> Options {
        let clock = self.clone();
        Options { clock: Arc::new(move || *clock.0.lock().unwrap()), ..Options::default() }
    }
}

pub(crate) async fn start() -> Simulator {
    Simulator::start(TestClock::new().options()).await.unwrap()
}

pub(crate) fn client(simulator: &Simulator) -> Client {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let mut builder = Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none());
    if let Some(pem) = simulator.certificate_pem() {
        builder = builder.tls_certs_only([reqwest::Certificate::from_pem(pem.as_bytes()).unwrap()]);
    }
    builder.build().unwrap()
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: reqwest::header::HeaderMap,
    pub(crate) text: String,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }

    /// The body of a 200.
    pub(crate) fn ok(&self) -> Value {
        assert_eq!(self.status, 200, "{}", self.text);
        self.json()
    }

    /// The errors of a 422.
    pub(crate) fn errors(&self) -> Value {
        assert_eq!(self.status, 422, "{}", self.text);
        self.json()["errors"].clone()
    }

    /// The fields a 422 complains about, in alphabetical order.
    pub(crate) fn refused_fields(&self) -> Vec<String> {
        self.errors().as_object().unwrap().keys().cloned().collect()
    }
}

/// Somebody with a token, or without one.
pub(crate) struct Caller {
    pub(crate) http: Client,
    address: String,
    token: Option<String>,
    language: &'static str,
}

impl Caller {
    pub(crate) fn admin(simulator: &Simulator) -> Self {
        Self::with(simulator, Some(simulator.tokens().admin))
    }

    pub(crate) fn client(simulator: &Simulator) -> Self {
        Self::with(simulator, Some(simulator.tokens().client))
    }

    pub(crate) fn nobody(simulator: &Simulator) -> Self {
        Self::with(simulator, None)
    }

    pub(crate) fn with(simulator: &Simulator, token: Option<String>) -> Self {
        Self { http: client(simulator), address: simulator.address(), token, language: "en" }
    }

    pub(crate) fn in_russian(self) -> Self {
        Self { language: "ru", ..self }
    }

    pub(crate) async fn try_call(&self, method: Method, path: &str, body: &Value) -> reqwest::Result<Answer> {
        let mut request = self
            .http
            .request(method, format!("{}{path}", self.address))
            .header("Accept", "application/json")
            .header("X-Client", "web")
            .header("hl", self.language);
        if let Some(token) = &self.token {
            request = request.bearer_auth(token);
        }
        if !body.is_null() {
            request = request.header("Content-Type", "application/json").body(body.to_string());
        }
        let response = request.send().await?;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        Ok(Answer { status, headers, text: response.text().await? })
    }

    pub(crate) async fn call(&self, method: Method, path: &str, body: &Value) -> Answer {
        self.try_call(method, path, body).await.unwrap()
    }

    /// Asks until there is an answer; the server may need a moment to listen again.
    pub(crate) async fn until_it_answers(&self, path: &str) {
        while self.try_call(Method::GET, path, &Value::Null).await.is_err() {
            tokio::task::yield_now().await;
        }
    }

    /// Asks until the connection is refused; the server may need a moment to stop listening.
    pub(crate) async fn until_it_is_refused(&self, path: &str) {
        loop {
            match self.try_call(Method::GET, path, &Value::Null).await {
                Err(error) if error.is_connect() => return,
                Ok(_) | Err(_) => tokio::task::yield_now().await,
            }
        }
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.call(Method::GET, path, &Value::Null).await
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> Answer {
        self.call(Method::POST, path, body).await
    }

    pub(crate) async fn patch(&self, path: &str, body: &Value) -> Answer {
        self.call(Method::PATCH, path, body).await
    }

    pub(crate) async fn delete(&self, path: &str, body: &Value) -> Answer {
        self.call(Method::DELETE, path, body).await
    }
}

pub(crate) fn admin_codes(intercom: u64) -> String {
    format!("/api/admin/v1/intercom/{intercom}/codes")
}

pub(crate) fn client_codes(intercom: u64) -> String {
    format!("/api/v1/intercom/{intercom}/codes")
}

/// A code that ends two hours after the test clock's start.
pub(crate) fn visitor() -> Value {
    json!({"title": "Visitor", "expired_at": "2026-11-21 14:00"})
}

pub(crate) fn visitor_of(flat: u64) -> Value {
    json!({"title": "Visitor", "expired_at": "2026-11-21 14:00", "flat_id": flat})
}
