//! The calls, one function each, by the account that makes them.

pub mod admin;
pub mod billing;
pub mod client;
pub mod open;
mod probe;

pub use probe::{Probe, probe};

use std::collections::HashSet;

use chrono::{DateTime, FixedOffset, Utc};
use http::Method;
use serde_json::{Value, json};

use crate::connection::{Bearer, Call, Connection};
use crate::error::{ApiError, LostAnswer, NotThisApi};
use crate::outcome::Wanted;
use crate::read::{self, Code, Flat, Listing, Reader};

/// Records asked for per page. No maximum is documented; where a server says 100 is too many, the list is read with
/// [`DEFAULT_PER_PAGE`].
const PER_PAGE: u32 = 100;
/// What every such server takes (seed 002).
const DEFAULT_PER_PAGE: u32 = 25;
/// A list that claims more pages is lying or endless.
const MOST_PAGES: u32 = 10_000;
/// More records than any list of one account or intercom has.
const MOST_ITEMS: usize = 200_000;
/// So many pages in a row without a new readable record: the server ignores `page`, or the list does not end.
const MOST_IDLE_PAGES: u32 = 3;

/// How many records one call deletes at most (documented for both code lists).
pub const MOST_DELETED: usize = 200;

/// How the contract writes an end: `YYYY-MM-DD HH:MM`, in the server's zone (seeds 000, 001).
fn written_end(end: DateTime<Utc>, zone: FixedOffset) -> String {
    end.with_timezone(&zone).format("%Y-%m-%d %H:%M").to_string()
}

/// Reads every page of a list. Pages that bring nothing new end it, whatever the server claims, but then it is not
/// called complete: some servers ignore `page`, and records move between pages while they are read.
async fn every_page<'c, T>(
    connection: &Connection,
    call: impl Fn() -> Call<'c>,
    one: impl Fn(&mut Reader, &Value, &str) -> Option<T> + Copy,
    id: impl Fn(&T) -> u64,
) -> Result<Listing<T>, ApiError> {
    let mut reader = Reader::new(connection.settings().zone);
    let mut known = HashSet::new();
    let mut items = Vec::new();
    let mut per_page = PER_PAGE;
    let mut number = 1;
    let mut idle = 0;
    let mut is_whole = true;
    let mut left_out = 0;
    let mut total = None;
    let start = tokio::time::Instant::now();
    while number <= MOST_PAGES && start.elapsed() <= connection.settings().limits.listing {
        let mut call = call();
        call.query.push(("per_page", per_page.to_string()));
        call.query.push(("page", number.to_string()));
        let body = match connection.send(call).await {
            Err(error) if number == 1 && per_page != DEFAULT_PER_PAGE && is_too_many(&error) => {
                per_page = DEFAULT_PER_PAGE;
                continue;
            }
            body => body?,
        };
        let page = read::page(&mut reader, &body, one).ok_or_else(|| connection.other_shape())?;
        left_out += page.length - page.items.len();
        let fresh: Vec<T> = page.items.into_iter().filter(|item| known.insert(id(item))).collect();
        idle = if fresh.is_empty() { idle + 1 } else { 0 };
        let is_last = page.length == 0 || page.last.map_or(idle > 0, |last| number >= last);
        is_whole &= page.length <= read::MOST_RECORDS;
        // An end before the last page is no end, and records that come or go meanwhile move others between the pages.
        is_whole &= page.length > 0 || page.last.is_none_or(|last| number >= last);
        is_whole &= total.is_none_or(|before| page.total.is_none_or(|now| now == before));
        total = total.or(page.total);
        items.extend(fresh);
        if is_last {
            return Ok(Listing { items, is_complete: is_whole, left_out, problems: reader.problems });
        }
        if idle >= MOST_IDLE_PAGES || items.len() >= MOST_ITEMS {
            break;
        }
        number += 1;
    }
    Ok(Listing { items, is_complete: false, left_out, problems: reader.problems })
}

/// Whether a server refused the size of a page.
fn is_too_many(error: &ApiError) -> bool {
    matches!(error, ApiError::Refused(refusal) if refusal.status == 422 && refusal.fields.contains_key("per_page"))
}

/// The code a create answered with; a yes without one may still have made it.
fn created(connection: &Connection, body: &Value) -> Result<Code, ApiError> {
    let mut reader = Reader::new(connection.settings().zone);
    read::code(&mut reader, body, "").ok_or_else(|| lost(connection))
}

/// The flat a write answered with.
fn changed(connection: &Connection, body: &Value) -> Result<Flat, ApiError> {
    let mut reader = Reader::new(connection.settings().zone);
    read::flat(&mut reader, body, "").ok_or_else(|| lost(connection))
}

/// A `DELETE` of records by their ids, which travel in its JSON body. Any 2xx but a web page means that they are gone.
fn delete<'c>(name: &'static str, path: String, bearer: &'c Bearer, ids: &[u64]) -> Call<'c> {
    assert!((1..=MOST_DELETED).contains(&ids.len()), "1 to {MOST_DELETED} ids go at once");
    let mut call = Call::write(name, Method::DELETE, path, json!({"ids": ids}), Some(bearer));
    call.wanted = Wanted::Nothing;
    call
}

fn lost(connection: &Connection) -> ApiError {
    let how = LostAnswer::Unreadable(NotThisApi::Shape);
    ApiError::SentNoUsableAnswer { host: connection.settings().address.authority(), how }
}
