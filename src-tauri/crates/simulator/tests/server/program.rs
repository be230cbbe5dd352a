use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use serde_json::Value;

#[test]
fn the_program_says_where_it_is_and_ends_with_its_standard_input() {
    let mut program = Command::new(env!("CARGO_BIN_EXE_simulator"))
        .args(["--https", "--control", "--seed", "5", "--admin-password", "secret"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(program.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let line: Value = serde_json::from_str(&line).unwrap();
    assert!(line["address"].as_str().unwrap().starts_with("https://127.0.0.1:"));
    assert!(line["control"].as_str().unwrap().starts_with("http://127.0.0.1:"));
    assert_eq!(line["fingerprint"].as_str().unwrap().len(), 95);
    assert_eq!(line["admin"]["password"], "secret");
    assert!(line["client"]["login"].is_string());

    drop(program.stdin.take());
    assert!(program.wait().unwrap().success());
}

#[test]
fn a_flag_the_program_does_not_know_is_answered_with_the_usage() {
    let output = Command::new(env!("CARGO_BIN_EXE_simulator")).arg("--colour").output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("Usage: simulator"));
}
