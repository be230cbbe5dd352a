//! The stand-in server in a process of its own, so that what the desk's has in memory is the desk's.
//!
//! It says in one line where it is and who may sign in, and answers each line on its standard input with one of what it was
//! asked for. It ends when that closes.

use std::io::{BufRead, BufReader, Write, stdin, stdout};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use simulator::control::{Call, Fault, Times};
use simulator::{BuildingSize, Options, Simulator};

use crate::Error;
use crate::building::FLATS;

/// How late it answers, in milliseconds.
const LATE: u64 = 20;
/// How long it is left alone between two looks at whether it is done.
const PAUSE: Duration = Duration::from_millis(50);

/// Where it is, and who may sign in.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Introduction {
    pub(super) address: String,
    pub(super) login: String,
    pub(super) password: String,
}

/// What it was asked for after the first so many requests.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Asked {
    /// How many requests those were.
    pub(super) count: usize,
    /// How many of them are answered.
    done: usize,
    /// The paths of those that read, evenly chosen, at most so many as was said.
    pub(super) paths: Vec<String>,
}

/// A running one.
pub(super) struct StandIn {
    pub(super) at: Introduction,
    process: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
}

impl StandIn {
    /// Starts one with so many flats.
    pub(super) fn start(flats: u64) -> Result<Self, Error> {
        let mut process = Command::new(std::env::current_exe()?)
            .args(["stand-in", "--flats", &flats.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let (input, output) = (process.stdin.take(), process.stdout.take());
        let mut output =
            BufReader::new(output.ok_or_else(|| Error::Answer("no standard output".to_owned()))?);
        let mut line = String::new();
        output.read_line(&mut line)?;
        Ok(Self { at: serde_json::from_str(&line)?, process, input, output })
    }

    /// What it was asked for after the first `after` requests, once all of that is answered; at most `most` paths of it.
    pub(super) async fn asked(&mut self, after: usize, most: usize) -> Result<Asked, Error> {
        let mut before = None;
        loop {
            let asked = self.look(after, most)?;
            if asked.done == asked.count && before == Some(asked.count) {
                return Ok(asked);
            }
            before = Some(asked.count);
            tokio::time::sleep(PAUSE).await;
        }
    }

    fn look(&mut self, after: usize, most: usize) -> Result<Asked, Error> {
        if let Some(input) = &mut self.input {
            writeln!(input, "{after} {most}")?;
        }
        let mut line = String::new();
        self.output.read_line(&mut line)?;
        Ok(serde_json::from_str(&line)?)
    }
}

impl Drop for StandIn {
    fn drop(&mut self) {
        self.input = None;
        if let Err(error) = self.process.wait() {
            eprintln!("the stand-in could not be waited for: {error}");
        }
    }
}

/// Serves a town of so many flats until standard input closes.
pub(crate) fn serve(flats: u64) -> Result<(), Error> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let each = flats.min(FLATS);
        let size = BuildingSize {
            intercoms: u32::try_from(flats.div_ceil(each.max(1))).unwrap_or(u32::MAX),
            flats_per_intercom: u32::try_from(each).unwrap_or(u32::MAX),
        };
        let options = Options {
            building: Some(size),
            even_households: true,
            https: false,
            admin_list: true,
            ..Options::default()
        };
        let simulator = Simulator::start(options).await?;
        simulator.control().fault(Call::Any, Fault::Latency { ms: LATE }, Times::Always);
        let admin = &simulator.options().admin;
        say(&Introduction {
            address: simulator.address(),
            login: admin.login.clone(),
            password: admin.password.clone(),
        })?;
        let answering = {
            let control = simulator.control();
            tokio::task::spawn_blocking(move || {
                for line in stdin().lines() {
                    let line = line?;
                    let (after, most) = line.split_once(' ').unwrap_or_default();
                    let after = after.parse().unwrap_or_default();
                    say(&told(&control.requests_after(after), most.parse().unwrap_or_default()))?;
                }
                Ok::<(), Error>(())
            })
        };
        answering.await.map_err(std::io::Error::other)??;
        simulator.stop().await;
        Ok(())
    })
}

fn told(requests: &[simulator::control::ReceivedRequest], most: usize) -> Asked {
    let reads: Vec<&String> = requests
        .iter()
        .filter(|request| request.method == "GET" && request.path.starts_with("/api/admin/"))
        .map(|request| &request.path)
        .collect();
    let step = reads.len().div_ceil(most.max(1)).max(1);
    Asked {
        count: requests.len(),
        done: requests.iter().filter(|request| request.is_done).count(),
        paths: reads.into_iter().step_by(step).cloned().collect(),
    }
}

fn say(what: &impl Serialize) -> Result<(), Error> {
    let mut out = stdout().lock();
    writeln!(out, "{}", serde_json::to_string(what)?)?;
    Ok(out.flush()?)
}
