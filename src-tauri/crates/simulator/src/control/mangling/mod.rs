//! Answers made wrong after the work was done right.

mod echo;
mod records;
mod texts;
mod types;

use axum::body::{Body, Bytes, to_bytes};
use axum::http::header;
use axum::response::Response;
use serde_json::Value;

use super::LARGEST_BODY;
use super::fault::Broken;

pub(super) use types::of_another_shape;

/// What is done to the JSON of an answer.
#[derive(Clone, Copy, Debug)]
pub(super) enum Mangling {
    Echo,
    Types,
    Record(Broken),
    EmptyMaps,
    Texts,
}

/// The answer with its JSON made wrong; an answer that is no JSON stays as it is.
pub(super) async fn mangled(response: Response, how: Mangling) -> Response {
    let (mut parts, body) = response.into_parts();
    let bytes = whole(body).await;
    let Ok(answer) = serde_json::from_slice::<Value>(&bytes) else {
        return Response::from_parts(parts, Body::from(bytes));
    };
    let answer = match how {
        Mangling::Echo => echo::falsify(answer),
        Mangling::Types => types::mistaken(answer),
        Mangling::Record(broken) => records::with_one_broken(answer, broken),
        Mangling::EmptyMaps => types::with_empty_maps(answer),
        Mangling::Texts => texts::hostile(answer),
    };
    parts.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(parts, Body::from(answer.to_string()))
}

/// A body as a whole; nothing when it cannot be had, since then its reader is gone.
pub(super) async fn whole(body: Body) -> Bytes {
    to_bytes(body, LARGEST_BODY).await.unwrap_or_default()
}
