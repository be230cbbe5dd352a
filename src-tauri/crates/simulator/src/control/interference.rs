use std::time::Duration;

use axum::Json;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{ConnectInfo, MatchedPath, Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};

use super::mangling::{Mangling, mangled, of_another_shape, whole};
use super::record::{ReceivedRequest, body_value, header_texts};
use super::refusals::{self, Asker, code};
use super::streams::{HalfBody, HugeBody, SlowBody};
use super::{Call, Control, Fault, LARGEST_BODY};
use crate::serving::Cutter;

/// Records a request, and lets it meet the fault that lies in wait for it.
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
    let asker = Asker::of(&parts.headers);
    let place = control.note_received(ReceivedRequest {
        call,
        method: parts.method.to_string(),
        path: parts.uri.path_and_query().map(ToString::to_string).unwrap_or_default(),
        headers: header_texts(&parts.headers),
        body: body_value(&bytes),
        status: None,
        is_done: false,
    });
    let fault = control.armed().take(call);
    let work = next.run(Request::from_parts(parts, Body::from(bytes)));
    let response = match fault {
        None => Some(work.await),
        Some(fault) => control.meet(place, fault, work, asker).await,
    };
    match response {
        Some(response) => {
            control.note_done(place, Some(response.status().as_u16()));
            response
        }
        None => {
            control.note_done(place, None);
            cutter.cut();
            // Never leaves: the connection ends with the first byte written to it.
            StatusCode::OK.into_response()
        }
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

    /// What a request that meets a fault is answered; `None` for a connection to be reset.
    async fn meet(
        &self,
        place: usize,
        fault: Fault,
        work: impl Future<Output = Response>,
        asker: Asker,
    ) -> Option<Response> {
        Some(match fault {
            Fault::ResetBefore => return None,
            Fault::Refuse { ms } => {
                self.refuse_connections(ms.map(Duration::from_millis));
                return None;
            }
            Fault::ResetAfter => {
                work.await;
                return None;
            }
            Fault::Stall => {
                work.await;
                self.note_done(place, None);
                std::future::pending().await
            }
            Fault::Latency { ms } => {
                let response = work.await;
                tokio::time::sleep(Duration::from_millis(ms)).await;
                response
            }
            Fault::Truncate => remade(work.await, |bytes| Body::new(HalfBody::of(&bytes))).await,
            Fault::Slow { ms_per_chunk } => {
                let pause = Duration::from_millis(ms_per_chunk);
                remade(work.await, |bytes| Body::new(SlowBody::of(bytes, pause))).await
            }
            Fault::Empty => {
                work.await;
                StatusCode::OK.into_response()
            }
            Fault::WrongShape => {
                let body = whole(work.await.into_body()).await;
                Json(of_another_shape(serde_json::from_slice(&body).ok().as_ref())).into_response()
            }
            Fault::WrongEcho => mangled(work.await, Mangling::Echo).await,
            Fault::WrongTypes => mangled(work.await, Mangling::Types).await,
            Fault::BadRecord { how } => mangled(work.await, Mangling::Record(how)).await,
            Fault::EmptyMaps => mangled(work.await, Mangling::EmptyMaps).await,
            Fault::HostileTexts => mangled(work.await, Mangling::Texts).await,
            Fault::Status { status } => refusals::status(status, &self.installation),
            Fault::Unavailable { retry_after } => refusals::unavailable(retry_after),
            Fault::Maintenance => refusals::maintenance(asker),
            Fault::BadGateway => refusals::bad_gateway(),
            Fault::Unprocessable => refusals::unprocessable(asker),
            Fault::TooManyRequests { retry_after } => refusals::too_many_requests(retry_after),
            Fault::Redirect { status, location } => {
                (code(status), [(header::LOCATION, location)]).into_response()
            }
            Fault::Html => {
                Html("<!doctype html><title>Welcome</title><p>Please sign in to this network.</p>")
                    .into_response()
            }
            Fault::Huge { bytes } => {
                ([(header::CONTENT_TYPE, "application/json")], Body::new(HugeBody::of(bytes))).into_response()
            }
        })
    }
}

/// The same answer with another body, whose length is its own affair.
async fn remade(response: Response, body: impl FnOnce(Bytes) -> Body) -> Response {
    let (mut parts, old) = response.into_parts();
    parts.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(parts, body(whole(old).await))
}
