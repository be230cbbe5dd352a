use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::Json;
use axum::body::{Body, Bytes, HttpBody, to_bytes};
use axum::extract::{ConnectInfo, MatchedPath, Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use http_body::{Frame, SizeHint};
use serde_json::{Value, json};

use super::record::{ReceivedRequest, body_value, header_texts};
use super::wrong_echo::falsify;
use super::{Call, Control, Fault, fault};
use crate::serving::Cutter;

/// The largest body read, in bytes: far above any real request.
const LARGEST_BODY: usize = 4 * 1024 * 1024;

/// Records a request, and lets it meet the fault armed for it.
pub(super) async fn interfere(
    State(control): State<Control>,
    ConnectInfo(cutter): ConnectInfo<Cutter>,
    request: Request,
    next: Next,
) -> Response {
    let (parts, body) = request.into_parts();
    // A body that cannot be read belongs to a client that is already gone.
    let bytes = to_bytes(body, LARGEST_BODY).await.unwrap_or_default();
    let pattern = parts.extensions.get::<MatchedPath>();
    let call = pattern.and_then(|pattern| Call::of(&parts.method, pattern.as_str()));
    let place = control.note_received(ReceivedRequest {
        call,
        method: parts.method.to_string(),
        path: parts.uri.path_and_query().map(ToString::to_string).unwrap_or_default(),
        headers: header_texts(&parts.headers),
        body: body_value(&bytes),
        status: None,
        is_done: false,
    });
    let fault = fault::take(&mut control.armed(), call);
    let work = next.run(Request::from_parts(parts, Body::from(bytes)));
    match fault {
        None => control.answered(place, work.await),
        Some(fault) => control.answer_faultily(place, fault, work, &cutter).await,
    }
}

impl Control {
    fn note_received(&self, request: ReceivedRequest) -> usize {
        let mut place = 0;
        self.record.send_modify(|record| {
            place = record.requests.len();
            record.requests.push(request);
        });
        place
    }

    fn note_done(&self, place: usize, status: Option<u16>) {
        self.record.send_modify(|record| {
            record.requests[place].status = status;
            record.requests[place].is_done = true;
        });
    }

    fn answered(&self, place: usize, response: Response) -> Response {
        self.note_done(place, Some(response.status().as_u16()));
        response
    }

    async fn answer_faultily(
        &self,
        place: usize,
        fault: Fault,
        work: impl Future<Output = Response>,
        cutter: &Cutter,
    ) -> Response {
        let response = match fault {
            Fault::Latency { ms } => {
                let response = work.await;
                tokio::time::sleep(Duration::from_millis(ms)).await;
                response
            }
            Fault::ResetBefore => return self.reset(place, cutter),
            Fault::ResetAfter => {
                work.await;
                return self.reset(place, cutter);
            }
            Fault::Stall => {
                work.await;
                self.note_done(place, None);
                std::future::pending().await
            }
            Fault::Truncate => truncated(work.await).await,
            Fault::Empty => {
                work.await;
                StatusCode::OK.into_response()
            }
            Fault::WrongEcho => wrongly_echoed(work.await).await,
            Fault::Status { status } => refused(status),
            Fault::Unprocessable => unprocessable(),
            Fault::TooManyRequests { retry_after } => too_many_requests(retry_after),
            Fault::Redirect { status, location } => {
                (code(status), [(header::LOCATION, location)]).into_response()
            }
            Fault::Html => {
                Html("<!doctype html><title>Welcome</title><p>Please sign in to this network.</p>")
                    .into_response()
            }
        };
        self.answered(place, response)
    }

    fn reset(&self, place: usize, cutter: &Cutter) -> Response {
        self.note_done(place, None);
        cutter.cut();
        // Never leaves: the connection ends with the first byte written to it.
        StatusCode::OK.into_response()
    }
}

fn code(status: u16) -> StatusCode {
    StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

fn refused(status: u16) -> Response {
    (code(status), Json(json!({"message": format!("Answered with {status} on purpose.")}))).into_response()
}

fn unprocessable() -> Response {
    let body = json!({
        "message": "There will be no informative message here",
        "errors": {
            "title": ["The title is already in use.", "The title looks like a telephone number."],
            "panel_memory": ["The panel has no room for another code."],
        },
    });
    (StatusCode::UNPROCESSABLE_ENTITY, Json(body)).into_response()
}

fn too_many_requests(retry_after: u64) -> Response {
    let body = Json(json!({"message": "Too Many Attempts."}));
    (StatusCode::TOO_MANY_REQUESTS, [(header::RETRY_AFTER, retry_after.to_string())], body).into_response()
}

async fn wrongly_echoed(response: Response) -> Response {
    let (mut parts, body) = response.into_parts();
    let bytes = to_bytes(body, LARGEST_BODY).await.unwrap_or_default();
    let Ok(answer) = serde_json::from_slice::<Value>(&bytes) else {
        return Response::from_parts(parts, Body::from(bytes));
    };
    parts.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(parts, Body::from(falsify(answer).to_string()))
}

async fn truncated(response: Response) -> Response {
    let (mut parts, body) = response.into_parts();
    let bytes = to_bytes(body, LARGEST_BODY).await.unwrap_or_default();
    parts.headers.remove(header::CONTENT_LENGTH);
    let announced = bytes.len().max(2) as u64;
    let half = bytes.slice(..bytes.len() / 2);
    Response::from_parts(parts, Body::new(HalfBody { announced, half: Some(half), is_flushed: false }))
}

/// Announces a length, sends half of it, and breaks off.
struct HalfBody {
    announced: u64,
    half: Option<Bytes>,
    is_flushed: bool,
}

#[derive(Debug, thiserror::Error)]
#[error("the answer was cut on purpose")]
struct Cut;

impl HttpBody for HalfBody {
    type Data = Bytes;
    type Error = Cut;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Cut>>> {
        if let Some(half) = self.half.take() {
            return Poll::Ready(Some(Ok(Frame::data(half))));
        }
        if self.is_flushed {
            return Poll::Ready(Some(Err(Cut)));
        }
        // A pause lets the half reach the client; an error straight away would throw it out unsent.
        self.is_flushed = true;
        context.waker().wake_by_ref();
        Poll::Pending
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.announced)
    }
}
