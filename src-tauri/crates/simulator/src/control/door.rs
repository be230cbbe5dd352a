use std::io;
use std::net::Ipv4Addr;

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use super::{Call, Control, Fault, ListedCode, ReceivedRequest, Times};
use crate::Account;

/// The control of one simulator over plain HTTP on loopback, for tests in other processes. Dropping it closes the door.
pub struct ControlDoor {
    address: String,
    serving: JoinHandle<()>,
}

impl ControlDoor {
    /// Where it serves: `http://127.0.0.1:PORT`.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }
}

impl Drop for ControlDoor {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

/// Serves a control on a port the system chooses.
///
/// `POST /fault {call, fault: {kind, …}, times}` (`times` is 1 when absent, null for always), `POST /clear`,
/// `POST /expire {account}`, `POST /change-certificate`, `GET /requests`, `GET /codes`, `GET /tokens`,
/// `GET /captcha?key=` answered with `{answer}`.
///
/// # Errors
/// The system's error when no loopback port can be had.
pub async fn open_door(control: Control) -> io::Result<ControlDoor> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let address = format!("http://{}", listener.local_addr()?);
    let serving = tokio::spawn(async move {
        if let Err(error) = axum::serve(listener, routes(control)).await {
            tracing::error!(%error, "the control door stopped serving");
        }
    });
    Ok(ControlDoor { address, serving })
}

fn routes(control: Control) -> Router {
    Router::new()
        .route("/fault", post(fault))
        .route("/clear", post(clear))
        .route("/expire", post(expire))
        .route("/change-certificate", post(change_certificate))
        .route("/requests", get(requests))
        .route("/codes", get(codes))
        .route("/tokens", get(tokens))
        .route("/captcha", get(captcha))
        .with_state(control)
}

#[derive(Deserialize)]
struct FaultOrder {
    call: Call,
    fault: Fault,
    #[serde(default = "once")]
    times: Option<u32>,
}

/// Absent means once; null means always.
fn once() -> Option<u32> {
    Some(1)
}

#[derive(Deserialize)]
struct ExpireOrder {
    account: Account,
}

async fn fault(State(control): State<Control>, Json(order): Json<FaultOrder>) -> StatusCode {
    control.fault(order.call, order.fault, order.times.map_or(Times::Always, Times::Count));
    StatusCode::NO_CONTENT
}

async fn clear(State(control): State<Control>) -> StatusCode {
    control.clear();
    StatusCode::NO_CONTENT
}

async fn expire(State(control): State<Control>, Json(order): Json<ExpireOrder>) -> StatusCode {
    control.expire(order.account);
    StatusCode::NO_CONTENT
}

async fn change_certificate(State(control): State<Control>) -> Result<StatusCode, (StatusCode, String)> {
    control
        .change_certificate()
        .map(|()| StatusCode::NO_CONTENT)
        .map_err(|error| (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()))
}

async fn requests(State(control): State<Control>) -> Json<Vec<ReceivedRequest>> {
    Json(control.requests())
}

async fn codes(State(control): State<Control>) -> Json<Vec<ListedCode>> {
    Json(control.codes())
}

#[derive(Deserialize)]
struct CaptchaQuestion {
    key: String,
}

async fn captcha(
    State(control): State<Control>,
    Query(question): Query<CaptchaQuestion>,
) -> Result<Json<Value>, StatusCode> {
    let answer = control.captcha_answer(&question.key).ok_or(StatusCode::NOT_FOUND)?;
    Ok(Json(json!({"answer": answer})))
}

async fn tokens(State(control): State<Control>) -> Json<Vec<String>> {
    Json(control.tokens())
}
