//! Pictures to read before signing in.

use chrono::TimeDelta;
use serde_json::{Value, json};
use simulator::{Captcha, Options, Simulator};

use crate::support::{Caller, TestClock};

const SIGN_IN: &str = "/api/v1/token";

async fn wanting(captcha: Captcha) -> (Simulator, TestClock) {
    let clock = TestClock::new();
    (Simulator::start(Options { captcha, ..clock.options() }).await.unwrap(), clock)
}

/// Credentials with a fresh picture read rightly.
async fn with_captcha(simulator: &Simulator) -> Value {
    let shown = Caller::nobody(simulator).get("/api/v1/captcha").await.ok();
    let key = shown["key"].as_str().unwrap();
    let client = &simulator.options().client;
    let answer = simulator.control().captcha_answer(key).unwrap();
    json!({"login": client.login, "password": client.password, "captcha": answer, "key": key})
}

#[tokio::test]
async fn a_picture_comes_with_its_key_and_how_long_it_is_good() {
    let (simulator, _) = wanting(Captcha::Always).await;
    let nobody = Caller::nobody(&simulator);
    let shown = nobody.get("/api/v1/captcha").await.ok();
    assert!(shown["img"].as_str().unwrap().starts_with("data:image/png;base64,"));
    assert_eq!(shown["ttl"], 60);
    assert_eq!(nobody.get("/api/v1/static/basic").await.ok()["is_captcha_available"], true);
}

#[tokio::test]
async fn signing_in_needs_the_picture_read_rightly_and_only_once() {
    let (simulator, _) = wanting(Captcha::Always).await;
    let nobody = Caller::nobody(&simulator);
    let right = with_captcha(&simulator).await;
    let mut plain = right.clone();
    plain.as_object_mut().unwrap().retain(|name, _| name != "captcha" && name != "key");
    assert_eq!(nobody.post(SIGN_IN, &plain).await.refused_fields(), ["captcha"]);
    nobody.post(SIGN_IN, &right).await.ok();
    assert_eq!(nobody.post(SIGN_IN, &right).await.refused_fields(), ["captcha"], "a key is good once");

    let mut wrong = with_captcha(&simulator).await;
    let answer = std::mem::replace(&mut wrong["captcha"], json!("wrong"));
    let texts = nobody.post(SIGN_IN, &wrong).await.errors();
    assert_eq!(texts["captcha"], json!(["The captcha is not read correctly."]));
    wrong["captcha"] = answer;
    assert_eq!(
        nobody.post(SIGN_IN, &wrong).await.refused_fields(),
        ["captcha"],
        "a wrong reading uses it up"
    );
}

#[tokio::test]
async fn a_picture_grows_too_old() {
    let (simulator, clock) = wanting(Captcha::Always).await;
    let late = with_captcha(&simulator).await;
    clock.advance(TimeDelta::seconds(60));
    assert_eq!(Caller::nobody(&simulator).post(SIGN_IN, &late).await.refused_fields(), ["captcha"]);
}

#[tokio::test]
async fn failures_bring_the_picture_and_a_sign_in_takes_it_away() {
    let (simulator, _) = wanting(Captcha::AfterFailures(2)).await;
    let nobody = Caller::nobody(&simulator);
    let wrong = json!({"login": simulator.options().client.login, "password": "wrong"});
    for fields in ["login", "login", "captcha", "captcha"] {
        assert_eq!(nobody.post(SIGN_IN, &wrong).await.refused_fields(), [fields]);
    }
    let right = with_captcha(&simulator).await;
    nobody.post(SIGN_IN, &right).await.ok();
    assert_eq!(nobody.post(SIGN_IN, &wrong).await.refused_fields(), ["login"]);
}

#[tokio::test]
async fn pictures_are_not_shown_too_often() {
    let (simulator, clock) = wanting(Captcha::Never).await;
    let nobody = Caller::nobody(&simulator);
    for _ in 0..20 {
        nobody.get("/api/v1/captcha").await.ok();
        clock.advance(TimeDelta::seconds(1));
    }
    let limited = nobody.get("/api/v1/captcha").await;
    assert_eq!((limited.status, limited.headers["retry-after"].to_str().unwrap()), (429, "580"));
    clock.advance(TimeDelta::seconds(580));
    nobody.get("/api/v1/captcha").await.ok();
}
