//! Every fault the stand-in offers at every call of this crate.

use std::sync::Arc;
use std::time::Duration;

use server_api::{ApiError, Connection, Probe};
use simulator::Options;
use simulator::control::{Broken, Call, Fault, Times};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use crate::every_call::{Effect, Made, make, prepare};
use crate::faults::name;
use crate::{World, settings, world_with};

/// Faults that are looked at, by what they are called here. A new fault does not compile until it has a name, and fails
/// the test until it is in the list.
fn named(fault: &Fault) -> &'static str {
    match fault {
        Fault::Latency { .. } => "latency",
        Fault::ResetBefore => "reset before",
        Fault::ResetAfter => "reset after",
        Fault::Refuse { .. } => "refuse",
        Fault::Stall => "stall",
        Fault::Truncate => "truncate",
        Fault::Slow { .. } => "slow",
        Fault::Status { .. } => "status",
        Fault::Unavailable { .. } => "unavailable",
        Fault::Maintenance => "maintenance",
        Fault::BadGateway => "bad gateway",
        Fault::Unprocessable => "unprocessable",
        Fault::TooManyRequests { .. } => "too many requests",
        Fault::Redirect { .. } => "redirect",
        Fault::Html => "html",
        Fault::Empty => "empty",
        Fault::Huge { .. } => "huge",
        Fault::WrongEcho => "wrong echo",
        Fault::WrongTypes => "wrong types",
        Fault::WrongShape => "wrong shape",
        Fault::BadRecord { .. } => "bad record",
        Fault::EmptyMaps => "empty maps",
        Fault::HostileTexts => "hostile texts",
    }
}

const KINDS: usize = 23;

fn faults() -> Vec<Fault> {
    let statuses = [304, 400, 401, 402, 403, 404, 405, 409, 418, 419, 429, 500, 501, 502, 503, 504, 599, 600];
    let broken = [
        Broken::NoId,
        Broken::HugeId,
        Broken::ZeroId,
        Broken::NegativeId,
        Broken::TextInside,
        Broken::TextInstead,
    ];
    let redirects = [301, 302, 303, 307, 308];
    let mut faults = vec![
        Fault::Latency { ms: 1 },
        Fault::ResetBefore,
        Fault::ResetAfter,
        Fault::Refuse { ms: None },
        Fault::Stall,
        Fault::Truncate,
        Fault::Slow { ms_per_chunk: 60_000 },
        Fault::Unavailable { retry_after: None },
        Fault::Unavailable { retry_after: Some(9) },
        Fault::Maintenance,
        Fault::BadGateway,
        Fault::Unprocessable,
        Fault::TooManyRequests { retry_after: 9 },
        Fault::Html,
        Fault::Empty,
        Fault::Huge { bytes: LIMIT as u64 * 2 },
        Fault::WrongEcho,
        Fault::WrongTypes,
        Fault::WrongShape,
        Fault::EmptyMaps,
        Fault::HostileTexts,
    ];
    faults.extend(statuses.map(|status| Fault::Status { status }));
    faults.extend(broken.map(|how| Fault::BadRecord { how }));
    faults.extend(
        redirects.map(|status| Fault::Redirect { status, location: "https://127.0.0.1:1/".to_owned() }),
    );
    faults
}

/// Larger than any honest answer here, in bytes.
const LIMIT: usize = 1 << 20;

/// Longer than any answer here takes on a busy computer.
const PATIENT: Duration = Duration::from_secs(30);
/// For answers that never end.
const HASTY: Duration = Duration::from_millis(700);
/// So many faults at once: more would only wait for one another.
const AT_ONCE: usize = 4;

async fn fresh_world() -> World {
    let options = Options { admin_list: true, admin_codes_list: true, ..Options::default() };
    let mut world = world_with(options).await;
    let mut settings = settings(&world.simulator);
    settings.limits.body = LIMIT;
    settings.limits.answer = PATIENT;
    world.connection = Connection::new(settings).unwrap();
    world
}

/// The same world with a desk that waits no longer than this.
fn waiting(world: World, answer: Duration) -> World {
    let mut settings = world.connection.settings().clone();
    settings.limits.answer = answer;
    World { connection: Connection::new(settings).unwrap(), ..world }
}

async fn cell(world: &World, ready: &crate::every_call::Prepared, call: Made) -> String {
    let result = make(world, ready, call).await;
    if let Err(error) = &result {
        no_secret(world, error);
    }
    result.map_or_else(|error| name(&error), |()| "done".to_owned())
}

fn no_secret(world: &World, error: &ApiError) {
    let options = world.simulator.options();
    let printed = format!("{error} {error:?} {error:#?}");
    let secrets = world.simulator.control().tokens();
    for secret in secrets.iter().chain([&options.admin.password, &options.client.password]) {
        assert!(!printed.contains(secret.as_str()), "a secret in {printed}");
    }
}

/// Waits until the stand-in's port accepts connections.
async fn listens_again(world: &World) {
    let address = world.simulator.address().replace("http://", "");
    while tokio::net::TcpStream::connect(&address).await.is_err() {
        tokio::task::yield_now().await;
    }
}

/// All calls under one fault: what became of each.
async fn row(fault: Fault) -> (Fault, Vec<(Made, String)>) {
    let world = fresh_world().await;
    let ready = Arc::new(prepare(&world).await);
    let never_ends = matches!(fault, Fault::Stall | Fault::Slow { .. });
    let world = Arc::new(if never_ends { waiting(world, HASTY) } else { world });
    let control = world.simulator.control();
    let mut outcomes = Vec::new();
    if matches!(fault, Fault::Refuse { .. }) {
        // The whole server is gone: one call at a time.
        for call in Made::ALL {
            control.fault(Call::Any, fault.clone(), Times::Count(1));
            outcomes.push((call, cell(&world, &ready, call).await));
            control.clear();
            listens_again(&world).await;
        }
        return (fault, outcomes);
    }
    let before = control.requests().len();
    control.fault(Call::Any, fault.clone(), Times::Always);
    let mut calls = JoinSet::new();
    for call in Made::ALL {
        let (world, ready) = (Arc::clone(&world), Arc::clone(&ready));
        calls.spawn(async move { (call, cell(&world, &ready, call).await) });
    }
    while let Some(outcome) = calls.join_next().await {
        outcomes.push(outcome.unwrap());
    }
    let received = control.requests().split_off(before);
    for call in Made::ALL.into_iter().filter_map(Made::written) {
        let times = received.iter().filter(|request| request.call == Some(call)).count();
        assert!(times <= 1, "{call:?} was sent {times} times under {fault:?}");
    }
    (fault, outcomes)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn every_fault_has_its_meaning_at_every_call_and_no_secret_is_ever_printed() {
    let mut kinds: Vec<&str> = faults().iter().map(named).collect();
    kinds.sort_unstable();
    kinds.dedup();
    assert_eq!(kinds.len(), KINDS);
    let mut rows = JoinSet::new();
    let room = Arc::new(Semaphore::new(AT_ONCE));
    for fault in faults() {
        let room = Arc::clone(&room);
        rows.spawn(async move {
            let _place = room.acquire().await.unwrap();
            row(fault).await
        });
    }
    let mut wrong = Vec::new();
    while let Some(row) = rows.join_next().await {
        let (fault, outcomes) = row.unwrap();
        assert_eq!(outcomes.len(), Made::ALL.len());
        for (call, outcome) in outcomes {
            let expected = exception(&fault, call).unwrap_or_else(|| expected(&fault, call.effect()));
            if outcome != expected {
                wrong.push(format!("{fault:?} at {call:?}: {outcome}, not {expected}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What a fault becomes at a call of this effect.
fn expected(fault: &Fault, effect: Effect) -> String {
    let is_write = matches!(effect, Effect::Write | Effect::Silent);
    let unusable = |why: &str| if is_write { format!("lost: {why}") } else { format!("not this api: {why}") };
    let failed =
        |status: u16| if is_write { format!("lost: {status}") } else { format!("trouble: {status}") };
    match (fault, effect) {
        (
            Fault::Latency { .. }
            | Fault::WrongEcho
            | Fault::WrongTypes
            | Fault::EmptyMaps
            | Fault::HostileTexts,
            _,
        ) => "done".to_owned(),
        (Fault::ResetBefore | Fault::ResetAfter, _) => "lost: connection".to_owned(),
        // A read is tried again, and nobody is there any more.
        (Fault::Refuse { .. }, Effect::Read) => "never reached".to_owned(),
        (Fault::Refuse { .. }, _) => "lost: connection".to_owned(),
        (Fault::Stall, _) => "lost: timeout".to_owned(),
        // An answer of nothing (204) is whole as soon as it begins, and says the same in any shape.
        (
            Fault::Truncate | Fault::Slow { .. } | Fault::Empty | Fault::WrongShape | Fault::BadRecord { .. },
            Effect::Silent,
        ) => "done".to_owned(),
        (Fault::Truncate, _) => "lost: connection".to_owned(),
        (Fault::Slow { .. }, _) => "lost: timeout".to_owned(),
        // To a write it may be the panel's own failure, which does not say how far it got.
        (Fault::Status { status: 400 }, _) if is_write => "lost: 400".to_owned(),
        (Fault::Status { status: status @ 300..=499 }, _) => format!("refused: {status}"),
        (Fault::Status { status }, _) => failed(*status),
        (Fault::Unavailable { .. } | Fault::Maintenance, _) => failed(503),
        (Fault::BadGateway, _) => failed(502),
        (Fault::Unprocessable, _) => "refused: 422".to_owned(),
        (Fault::TooManyRequests { .. }, _) => "refused: 429".to_owned(),
        (Fault::Redirect { status, .. }, _) => format!("refused: {status}"),
        (Fault::Html, _) => unusable("Html"),
        (Fault::Empty, _) => unusable("Empty"),
        (Fault::Huge { .. }, _) => unusable("TooLarge"),
        (Fault::WrongShape, _) => unusable("Shape"),
        // A list goes on without the record; an answer that is the record does not.
        (Fault::BadRecord { .. }, Effect::Read) => "done".to_owned(),
        (Fault::BadRecord { how: Broken::TextInside }, Effect::Write) => "done".to_owned(),
        (Fault::BadRecord { .. }, _) => unusable("Shape"),
    }
}

/// What a fault becomes at one call unlike at others of its effect, and why.
fn exception(fault: &Fault, call: Made) -> Option<String> {
    use Broken::{TextInside, TextInstead};
    let is_no_path =
        matches!(fault, Fault::Redirect { .. } | Fault::Status { status: 300..=399 | 400 | 404 | 405 });
    let is_sign_in = matches!(call, Made::AdminSignIn | Made::ClientSignIn);
    let is_without_id = is_sign_in || matches!(call, Made::Basic | Made::Captcha);
    let outcome = match (fault, call) {
        // Every such server has this path: whoever lacks it is another.
        (_, Made::Basic) if is_no_path => "not this api: NoSuchPath",
        // Answered with 204, like the writes that say nothing.
        (
            Fault::Truncate | Fault::Slow { .. } | Fault::Empty | Fault::WrongShape | Fault::BadRecord { .. },
            Made::Logout,
        ) => "done",
        // Its list is never of one: there are other sessions.
        (Fault::BadRecord { .. }, Made::Probe(Probe::Sessions)) => "done",
        // The text stands for the user, which a sign-in can do without.
        (Fault::BadRecord { how: TextInside }, _) if is_sign_in => "done",
        // Nothing stands within: the text stands for the whole answer.
        (Fault::BadRecord { how: TextInside | TextInstead }, _) if is_without_id => "not this api: Shape",
        (Fault::BadRecord { .. }, _) if is_without_id => "done",
        // The answer is the record.
        (Fault::BadRecord { .. }, Made::FindIntercom) => "not this api: Shape",
        // The text stands for what is beside the record.
        (
            Fault::BadRecord { how: TextInside },
            Made::Probe(
                Probe::ClientCodes | Probe::AdminCodes { .. } | Probe::Flats { .. } | Probe::Keys { .. },
            ),
        ) => "done",
        _ => return None,
    };
    Some(outcome.to_owned())
}
