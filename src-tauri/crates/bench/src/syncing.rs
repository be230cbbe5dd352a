//! A first reading of a whole server, beside the same requests sent bare; and the second, where nothing has changed.

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use chrono::{DateTime, LocalResult, NaiveDateTime, TimeDelta, Utc};
use desk::views::{AddServer, Identity, Proof, SignIn, SignInAccount, SyncRequest, SyncSummary};
use desk::{
    Clock, CommandError, Desk, Keyring, KeyringError, Language, Limits, Preferences, PreferencesError, Setup,
    SystemClock,
};
use serde_json::{Value, json};
use simulator::control::{Call, Fault, Times};
use simulator::{BuildingSize, Options, Simulator};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

use crate::figures::Figure;
use crate::{Error, Scale, memory};

/// How late the stand-in answers, in milliseconds.
const LATE: u64 = 20;
/// How many requests are under way at once, at most.
const AT_ONCE: usize = 8;
/// Longer than lists count as new.
const LATER: TimeDelta = TimeDelta::minutes(16);
/// What a request may take beside one sent bare: four fifths of its throughput.
const MOST_TIMES: f64 = 1.25;
/// Of the first reading's requests.
const MOST_OF_THE_FIRST: f64 = 0.05;
/// In MB.
const MOST_MEMORY: f64 = 150.0;

/// Reads a server of so many flats twice.
pub(crate) fn measure(folder: &Path, scale: Scale) -> Result<Vec<Figure>, Error> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(read_twice(folder, scale))
}

async fn read_twice(folder: &Path, scale: Scale) -> Result<Vec<Figure>, Error> {
    let size = match scale {
        Scale::Full => BuildingSize { intercoms: 40, flats_per_intercom: 250 },
        Scale::Small => BuildingSize { intercoms: 2, flats_per_intercom: 40 },
    };
    let options = Options { building: Some(size), https: false, admin_list: true, ..Options::default() };
    let simulator = Simulator::start(options).await?;
    simulator.control().fault(Call::Any, Fault::Latency { ms: LATE }, Times::Always);
    let clock = LaterClock::default();
    let desk = desk(&clock, folder);
    let server = connect(&desk, &simulator).await.map_err(Error::from_desk)?;

    let (first, took) = sync(&desk, &server).await?;
    let paths = asked_for(&simulator);
    let bare = bare(&simulator, paths.clone()).await?;
    *clock.0.lock().unwrap_or_else(PoisonError::into_inner) = LATER;
    let (second, _) = sync(&desk, &server).await?;
    let what = format!("a request of the first reading of {} flats, beside one sent bare", first.flats);
    Ok(vec![
        Figure::new("sync", what, took / first.requests.max(1) as f64, "ms")
            .beside(bare / paths.len().max(1) as f64)
            .times_at_most(MOST_TIMES),
        Figure::new("sync", "requests of the next reading, beside the first", second.requests as f64, "")
            .beside(first.requests as f64)
            .times_at_most(MOST_OF_THE_FIRST),
        Figure::new("sync", "this process after both, with the stand-in in it", memory::resident()?, "MB")
            .at_most(MOST_MEMORY),
    ])
}

/// Reads the server and says what it took, in milliseconds.
async fn sync(desk: &Desk, server: &str) -> Result<(SyncSummary, f64), Error> {
    let start = Instant::now();
    let request = SyncRequest { server: server.to_owned(), everything: false };
    let summary = desk.sync(request).await.map_err(Error::from_desk)?;
    Ok((summary, milliseconds(start)))
}

/// What a reading asked the admin API for.
fn asked_for(simulator: &Simulator) -> Vec<String> {
    let requests = simulator.control().requests().into_iter();
    let read = requests.filter(|request| request.method == "GET" && request.path.starts_with("/api/admin/"));
    read.map(|request| request.path).collect()
}

/// Sends the same requests over as many connections as a reading has at most, and says what that took, in milliseconds.
async fn bare(simulator: &Simulator, paths: Vec<String>) -> Result<f64, Error> {
    let address = simulator.address();
    let host = address.strip_prefix("http://").unwrap_or(&address).trim_end_matches('/').to_owned();
    let mut line = Line::open(&host).await?;
    let admin = &simulator.options().admin;
    let signed_in = line
        .send(
            &host,
            "POST",
            "/api/admin/v1/auth/token",
            None,
            &json!({"login": admin.login, "password": admin.password}).to_string(),
        )
        .await?;
    let token =
        serde_json::from_slice::<Value>(&signed_in)?["access_token"].as_str().unwrap_or_default().to_owned();
    let waiting = Arc::new(Mutex::new(paths));
    let start = Instant::now();
    let mut under_way = Vec::new();
    for _ in 0..AT_ONCE {
        let (host, token, waiting) = (host.clone(), token.clone(), Arc::clone(&waiting));
        under_way.push(tokio::spawn(async move {
            let mut line = Line::open(&host).await?;
            loop {
                let next = waiting.lock().unwrap_or_else(PoisonError::into_inner).pop();
                let Some(path) = next else { return Ok::<(), Error>(()) };
                line.send(&host, "GET", &path, Some(&token), "").await?;
            }
        }));
    }
    for one in under_way {
        one.await.map_err(std::io::Error::other)??;
    }
    Ok(milliseconds(start))
}

fn milliseconds(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1_000.0
}

/// A connection that does what HTTP needs and nothing else.
struct Line(BufReader<TcpStream>);

impl Line {
    async fn open(host: &str) -> Result<Self, Error> {
        let stream = TcpStream::connect(host).await?;
        stream.set_nodelay(true)?;
        Ok(Self(BufReader::new(stream)))
    }

    /// Sends a request and reads the answer's body.
    async fn send(
        &mut self,
        host: &str,
        method: &str,
        path: &str,
        token: Option<&str>,
        body: &str,
    ) -> Result<Vec<u8>, Error> {
        let bearer = token.map(|token| format!("Authorization: Bearer {token}\r\n")).unwrap_or_default();
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: {host}\r\nAccept: application/json\r\n{bearer}\
             Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        self.0.get_mut().write_all(request.as_bytes()).await?;
        let mut length = 0;
        let mut status = String::new();
        self.0.read_line(&mut status).await?;
        loop {
            let mut header = String::new();
            if self.0.read_line(&mut header).await? == 0 || header == "\r\n" {
                break;
            }
            if let Some((name, value)) = header.split_once(':')
                && name.eq_ignore_ascii_case("content-length")
            {
                length = value.trim().parse().unwrap_or_default();
            }
        }
        let mut answer = vec![0; length];
        self.0.read_exact(&mut answer).await?;
        // A reading is told "not here" now and then, too.
        if status.starts_with("HTTP/1.1 5") {
            return Err(Error::Answer(status.trim().to_owned()));
        }
        Ok(answer)
    }
}

/// The time, or so much later.
#[derive(Clone, Default)]
struct LaterClock(Arc<Mutex<TimeDelta>>);

impl Clock for LaterClock {
    fn now(&self) -> DateTime<Utc> {
        SystemClock.now() + *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn at_desk(&self, local: NaiveDateTime) -> LocalResult<DateTime<Utc>> {
        SystemClock.at_desk(local)
    }
}

/// A keyring that ends with the process.
#[derive(Default)]
struct OwnKeyring(Mutex<HashMap<String, Vec<u8>>>);

impl Keyring for OwnKeyring {
    fn is_available(&self) -> bool {
        true
    }

    fn get(&self, name: &str) -> Result<Option<Vec<u8>>, KeyringError> {
        Ok(self.0.lock().unwrap_or_else(PoisonError::into_inner).get(name).cloned())
    }

    fn set(&self, name: &str, value: &[u8]) -> Result<(), KeyringError> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(name.to_owned(), value.to_vec());
        Ok(())
    }

    fn delete(&self, name: &str) -> Result<(), KeyringError> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(name);
        Ok(())
    }
}

/// Preferences that nobody reads again.
struct NoPreferences;

impl Preferences for NoPreferences {
    fn load(&self) -> Option<Value> {
        None
    }

    fn save(&self, _: &Value) -> Result<(), PreferencesError> {
        Ok(())
    }

    fn erase(&self) -> Result<(), PreferencesError> {
        Ok(())
    }
}

fn desk(clock: &LaterClock, folder: &Path) -> Desk {
    Desk::new(Setup {
        clock: Arc::new(clock.clone()),
        keyring: Arc::new(OwnKeyring::default()),
        preferences: Arc::new(NoPreferences),
        store: Some(folder.join("synced")),
        limits: Limits::default(),
        identity: Identity::Test,
        version: "0".to_owned(),
        system_language: Language::English,
    })
}

/// Signs in at the stand-in with its admin account.
async fn connect(desk: &Desk, simulator: &Simulator) -> Result<String, CommandError> {
    let server = AddServer {
        address: simulator.address(),
        name: "bench".to_owned(),
        pin: None,
        allow_plain_http: true,
    };
    let server = desk.add_server(server).await?.id;
    let admin = &simulator.options().admin;
    let with = Proof::Password { login: admin.login.clone(), password: admin.password.clone().into() };
    let (account, server_id) = (SignInAccount::Admin, server.clone());
    desk.sign_in(SignIn {
        server: server_id,
        account,
        with,
        remember: false,
        captcha: None,
        end_session: None,
    })
    .await?;
    Ok(server)
}
