use std::io;
use std::net::Ipv4Addr;
use std::time::Duration;

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Json, Router};
use chrono::TimeDelta;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use super::{Call, Control, Edit, Fault, ListedCode, ReceivedRequest, Schedule, Times};
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
/// `POST /schedule` with a list of plans, such as
/// `[{call, sequence: {steps: [null, {kind, …}], repeat}}, {call, random: {seed, per_mille, faults: [{kind, …}]}}]` (`call` is
/// any when absent), `POST /refuse {ms}` (null or absent: until `POST /accept` or `/clear`), `POST /clock-off {minutes}`, `POST /edit {kind, …}`
/// answered with `{id}` of what was added or null,
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
        .route("/schedule", post(schedule))
        .route("/refuse", post(refuse))
        .route("/accept", post(accept))
        .route("/clock-off", post(clock_off))
        .route("/edit", post(edit))
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

async fn schedule(State(control): State<Control>, Json(plans): Json<Vec<Schedule>>) -> StatusCode {
    control.schedule(plans);
    StatusCode::NO_CONTENT
}

#[derive(Deserialize)]
struct RefuseOrder {
    #[serde(default)]
    ms: Option<u64>,
}

async fn refuse(State(control): State<Control>, Json(order): Json<RefuseOrder>) -> StatusCode {
    control.refuse_connections(order.ms.map(Duration::from_millis));
    StatusCode::NO_CONTENT
}

async fn accept(State(control): State<Control>) -> StatusCode {
    control.accept_connections();
    StatusCode::NO_CONTENT
}

#[derive(Deserialize)]
struct ClockOrder {
    minutes: i64,
}

async fn clock_off(State(control): State<Control>, Json(order): Json<ClockOrder>) -> StatusCode {
    match TimeDelta::try_minutes(order.minutes) {
        Some(by) => control.set_clock_off(by),
        None => return StatusCode::UNPROCESSABLE_ENTITY,
    }
    StatusCode::NO_CONTENT
}

async fn edit(
    State(control): State<Control>,
    Json(edit): Json<Edit>,
) -> Result<Json<Value>, (StatusCode, String)> {
    let id = control.edit(edit).map_err(|error| (StatusCode::NOT_FOUND, error.to_string()))?;
    Ok(Json(json!({"id": id})))
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
