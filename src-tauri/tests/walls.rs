//! The walls between the web view and the computer, asserted on the configuration the program really runs with.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::BTreeSet;

use gatehouse::commands::{Kind, LIST};
use serde_json::Value;

fn context() -> tauri::Context {
    gatehouse::context()
}

fn capability() -> Value {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/capabilities/main.json");
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

#[test]
fn nothing_is_loaded_that_is_not_named() {
    let context = context();
    let policy = context.config().app.security.csp.as_ref().unwrap().to_string();
    let said: BTreeSet<&str> = policy.split("; ").map(str::trim).collect();
    let expected = BTreeSet::from([
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "font-src 'self'",
        "img-src 'self'",
        "connect-src ipc: http://ipc.localhost",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    ]);
    assert_eq!(said, expected);
}

#[test]
fn the_web_view_gets_no_global_no_files_and_no_loose_prototype() {
    let context = context();
    let app = &context.config().app;
    assert!(!app.with_global_tauri);
    assert!(app.security.freeze_prototype);
    assert!(!app.security.asset_protocol.enable);
    assert!(app.security.headers.is_none());
    assert_eq!(app.windows.len(), 1);
    assert_eq!(app.windows[0].label, "main");
    assert_eq!(context.config().build.dev_url, None);
    assert_eq!(serde_json::to_value(&app.security.capabilities).unwrap(), serde_json::json!(["main"]));
}

#[test]
fn the_one_window_may_call_the_listed_commands_and_listen_and_nothing_else() {
    let capability = capability();
    assert_eq!(capability["windows"], serde_json::json!(["main"]));
    assert_eq!(capability.get("remote"), None);
    let allowed: Vec<&str> =
        capability["permissions"].as_array().unwrap().iter().map(|one| one.as_str().unwrap()).collect();
    // SECURITY: to hear what the core tells by itself, and to stop hearing it. The window tells nobody anything: no
    // `emit`, and no `default`, which has it.
    let hearing = ["core:event:allow-listen", "core:event:allow-unlisten"].map(str::to_owned);
    let listed: Vec<String> =
        LIST.iter().map(|one| format!("allow-{}", one.name.replace('_', "-"))).chain(hearing).collect();
    assert_eq!(allowed, listed);
    let files = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/capabilities")).unwrap();
    assert_eq!(files.count(), 1);
}

#[test]
fn a_read_provides_something_and_names_are_unique() {
    let names: BTreeSet<&str> = LIST.iter().map(|one| one.name).collect();
    assert_eq!(names.len(), LIST.len());
    for one in LIST.iter().filter(|one| one.kind == Kind::Read) {
        assert!(!one.tags.is_empty(), "{}", one.name);
    }
}

#[test]
fn a_debug_build_does_not_touch_what_a_release_keeps() {
    assert!(context().config().identifier.starts_with("app.gatehouse.desktop."));
}

#[test]
fn one_tls_stack_and_one_provider_are_in_the_tree() {
    let lock = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../Cargo.lock")).unwrap();
    let has = |name: &str| lock.contains(&format!("name = \"{name}\"\n"));
    assert!(has("rustls") && has("ring"));
    for other in ["aws-lc-rs", "native-tls", "openssl"] {
        assert!(!has(other), "{other}");
    }
    // The ciphers of the store's files come from OpenSSL, and nothing else may reach for it.
    let users: Vec<&str> = lock
        .split("[[package]]")
        .filter(|package| package.contains("\n \"openssl-sys\""))
        .filter_map(|package| package.split('"').nth(1))
        .collect();
    assert_eq!(users, ["libsqlite3-sys"]);
}
