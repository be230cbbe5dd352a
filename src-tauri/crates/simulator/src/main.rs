//! The stand-in server as a program: prints one line of JSON saying where it is and who may sign in, then runs until
//! it is killed or its standard input closes, so that it never outlives whoever started it.

mod flags;

use std::error::Error;
use std::io::{Read, stdin};
use std::process::ExitCode;

use serde_json::{Map, Value, json};
use simulator::Simulator;
use tokio::sync::oneshot;

use flags::Flags;

#[tokio::main]
async fn main() -> ExitCode {
    let flags = match Flags::read(std::env::args().skip(1)) {
        Ok(flags) => flags,
        Err(problem) => {
            eprintln!("{problem}\n\n{}", flags::USAGE);
            return ExitCode::from(2);
        }
    };
    match run(flags).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(flags: Flags) -> Result<(), Box<dyn Error>> {
    let simulator = Simulator::start(flags.options).await?;
    let mut line = introduction(&simulator);

    #[cfg(feature = "control")]
    let _door = if flags.control {
        let door = simulator::control::open_door(simulator.control()).await?;
        line.insert("control".to_owned(), json!(door.address()));
        Some(door)
    } else {
        None
    };
    #[cfg(not(feature = "control"))]
    line.insert("control".to_owned(), Value::Null);

    println!("{}", Value::Object(line));
    let _ = standard_input_closed().await;
    simulator.stop().await;
    Ok(())
}

fn introduction(simulator: &Simulator) -> Map<String, Value> {
    let options = simulator.options();
    let mut line = Map::new();
    line.insert("address".to_owned(), json!(simulator.address()));
    line.insert("fingerprint".to_owned(), json!(simulator.fingerprint()));
    for (name, account) in [("admin", &options.admin), ("client", &options.client)] {
        line.insert(name.to_owned(), json!({"login": account.login, "password": account.password}));
    }
    line.insert("billing".to_owned(), json!(simulator.tokens().billing));
    line
}

fn standard_input_closed() -> oneshot::Receiver<()> {
    let (closed, receiver) = oneshot::channel();
    // A thread of its own: reading from a terminal or a pipe cannot be cancelled, and must not hold up the end.
    std::thread::spawn(move || {
        let mut ignored = [0; 256];
        while matches!(stdin().read(&mut ignored), Ok(1..)) {}
        let _ = closed.send(());
    });
    receiver
}
