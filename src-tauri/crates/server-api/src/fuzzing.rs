//! Every parser as a function of any bytes: a value or a typed error comes out, within bounds, and never a panic.
//!
//! The fuzz targets in `fuzz/` and the property tests call these same functions, so that both look for the same
//! mistakes. Not a part of the crate for anyone else.

use std::time::Duration;

use chrono::{DateTime, Datelike, FixedOffset, Utc};
use secrecy::ExposeSecret;
use serde_json::{Map, Value, json};

use crate::address::Address;
use crate::error::Refusal;
use crate::read::{
    self, Account, BillingIntercom, Code, Flat, Intercom, Key, Lines, Owner, PictureKind, Reader,
    RefusedWith, Session, User,
};

/// A server's text is cut after this many characters, and an ellipsis follows.
const LONGEST: usize = 2_000 + 1;

/// An address as it was typed.
pub fn address(data: &[u8]) {
    let typed = String::from_utf8_lossy(data);
    let Ok(address) = Address::parse(&typed) else { return };
    let shown = address.to_string();
    assert_eq!(Address::parse(&shown).as_ref(), Ok(&address), "{shown}");
    assert!(!address.host().is_empty() && address.port() > 0, "{shown}");
    assert!(address.host().len() <= 253 && !address.host().ends_with('.'), "{shown}");
    assert!(!shown.contains(['@', ' ']) && shown.matches('/').count() == 2, "{shown}");
    assert!(shown.ends_with(&address.authority()), "{shown}");
    assert_eq!(Address::parse(&address.authority()).map(|again| again.host()), Ok(address.host()), "{shown}");
    let _ = (address.shown_host(), address.is_plain(), address.is_loopback());
}

/// A date in any form; the first byte chooses the server's zone.
pub fn instant(data: &[u8]) {
    let (first, text) = data.split_first().unwrap_or((&0, &[]));
    let text = String::from_utf8_lossy(text);
    let Some(instant) = read::parse_instant(&text, zone(*first)) else { return };
    known(Some(&instant));
    for written in [instant.to_rfc3339(), instant.format("%Y-%m-%dT%H:%M:%S%.9fZ").to_string()] {
        assert_eq!(read::parse_instant(&written, zone(0)), Some(instant), "{text:?} became {written}");
    }
}

/// One flat with its lines, keys and users (seed 003).
pub fn flat(data: &[u8]) {
    one(data, read::flat, check_flat);
}

/// One code (seeds 000 and 001).
pub fn code(data: &[u8]) {
    one(data, read::code, check_code);
}

/// One key of the keys list.
pub fn key(data: &[u8]) {
    one(data, read::key_record, |key| {
        check_key(&Key { id: key.id, key: key.key.clone(), owner: key.owner.clone() });
        known(key.created_at.as_ref());
        if let Some(flat) = &key.flat {
            id(flat.id);
            assert!(flat.number.chars().count() <= 64);
            check_lines(flat.lines);
        }
    });
}

/// One intercom.
pub fn intercom(data: &[u8]) {
    one(data, read::intercom, check_intercom);
}

/// One intercom of the billing calls.
pub fn billing_intercom(data: &[u8]) {
    one(data, read::billing_intercom, |found: &BillingIntercom| {
        check_intercom(&found.intercom);
        short([&found.mac, &found.external_id, &found.model]);
        if let Some((from, to)) = found.flats {
            assert!(1 <= from && from <= to && to - from <= 10_000);
        }
    });
}

/// One session.
pub fn session(data: &[u8]) {
    one(data, read::session, check_session);
}

/// A page of each kind of record (seed 002 and the lists around the contract).
pub fn page(data: &[u8]) {
    let Some(body) = body(data) else { return };
    page_of(&body, read::code, check_code);
    page_of(&body, read::flat, check_flat);
    page_of(&body, read::intercom, check_intercom);
    page_of(&body, read::session, check_session);
    page_of(&body, read::key_record, |key| id(key.id));
}

/// How many records of a page can be read, as whichever kind reads most of them.
pub fn readable_records(data: &[u8]) -> usize {
    let Some(body) = body(data) else { return 0 };
    let counts = [
        page_of(&body, read::code, check_code),
        page_of(&body, read::intercom, check_intercom),
        page_of(&body, read::session, check_session),
        page_of(&body, read::key_record, |key| id(key.id)),
    ];
    counts.into_iter().max().unwrap_or_default()
}

/// Both sign-ins.
pub fn sign_in(data: &[u8]) {
    let Some(body) = body(data) else { return };
    let mut reader = Reader::new(zone(0));
    if let Some(session) = read::admin_session(&mut reader, &body) {
        known(session.expires_at.as_ref());
        check_account(&session.account);
        check_token(session.token.expose_secret());
        assert!(
            session.token.expose_secret().len() < 8
                || !format!("{session:?}").contains(session.token.expose_secret())
        );
    }
    if let Some(session) = read::client_session(&body) {
        check_account(&session.account);
        check_token(session.token.expose_secret());
    }
}

/// What a server says of itself.
pub fn basic(data: &[u8]) {
    if let Some(basic) = body(data).as_ref().and_then(read::basic) {
        short([&basic.version]);
    }
}

/// A captcha.
pub fn captcha(data: &[u8]) {
    let Some(Ok(captcha)) = body(data).as_ref().map(read::captcha) else { return };
    let magic: &[u8] = match captcha.image.kind {
        PictureKind::Png => b"\x89PNG\r\n\x1a\n",
        PictureKind::Jpeg => b"\xff\xd8\xff",
    };
    assert!(captcha.image.bytes.starts_with(magic) && captcha.image.bytes.len() <= 1 << 20);
    assert!((1..=2_000).contains(&captcha.key.len()));
    assert!((Duration::from_secs(1)..=Duration::from_secs(3_600)).contains(&captcha.ttl));
}

/// A refusal: the first line is its `Retry-After`, the second its `Date`, the rest its body.
pub fn refusal(data: &[u8]) {
    let mut parts = data.splitn(3, |byte| *byte == b'\n');
    let mut header = || parts.next().and_then(|part| std::str::from_utf8(part).ok());
    let (retry_after, date) = (header(), header());
    let body = parts.next().unwrap_or(data);
    let refusal = read::refusal(RefusedWith { status: 422, retry_after, date, zone: zone(0) }, body);
    check_refusal(&refusal);
}

fn check_refusal(refusal: &Refusal) {
    assert_eq!(refusal.status, 422);
    assert!(refusal.fields.len() <= 50 && refusal.sessions.len() <= 100);
    assert!(refusal.fields.values().all(|texts| (1..=20).contains(&texts.len())));
    let texts =
        refusal.fields.iter().flat_map(|(key, texts)| texts.iter().chain([key])).chain(&refusal.message);
    for text in texts {
        assert!(text.chars().count() <= 1_001);
    }
    assert!(refusal.retry_after.is_none_or(|wait| wait <= Duration::from_secs(24 * 60 * 60)));
    refusal.sessions.iter().for_each(check_session);
    assert!(refusal.captcha_required || !refusal.fields.contains_key("captcha"));
}

fn check_flat(flat: &Flat) {
    id(flat.id);
    flat.intercom.into_iter().for_each(id);
    assert!(flat.number.chars().count() <= 64);
    assert!(flat.properties.len() <= 200);
    assert!(flat.properties.keys().all(|name| name.len() <= 200));
    flat.keys.iter().flatten().for_each(check_key);
    flat.users.iter().flatten().for_each(check_user);
    check_lines(flat.lines);
}

/// What is known of lines survives being written in the contract's names.
fn check_lines(lines: Lines) {
    let said = crate::Line::ALL
        .into_iter()
        .filter_map(|line| Some((line.written().to_owned(), lines.get(line)?.into())));
    let written = json!({"id": 1, "flat": "1", "properties": said.collect::<Map<String, Value>>()});
    let mut reader = Reader::new(zone(0));
    assert_eq!(read::flat(&mut reader, &written, "").map(|flat| flat.lines), Some(lines));
    assert!(reader.problems.is_empty());
}

fn check_key(key: &Key) {
    id(key.id);
    assert!((1..=128).contains(&key.key.chars().count()));
    if let Owner::User(user) = &key.owner {
        check_user(user);
    }
}

fn check_user(user: &User) {
    id(user.id);
    short([&user.name, &user.login]);
    known(user.expired_at.as_ref());
}

fn check_code(code: &Code) {
    id(code.id);
    assert!((1..=64).contains(&code.code.chars().count()));
    assert!(code.title.chars().count() <= LONGEST);
    for instant in [&code.expired_at, &code.will_deleted_at, &code.created_at] {
        known(instant.as_ref());
    }
    code.flat.iter().for_each(check_flat);
    code.intercom.iter().for_each(check_intercom);
}

fn check_intercom(intercom: &Intercom) {
    id(intercom.id);
    short([&intercom.title, &intercom.address, &intercom.entrance]);
}

fn check_session(session: &Session) {
    id(session.id);
    short([&session.user_agent, &session.client, &session.ip]);
    known(session.last_seen.as_ref());
}

fn check_account(account: &Account) {
    account.id.into_iter().for_each(id);
    short([&account.name, &account.login]);
}

fn check_token(token: &str) {
    assert!((1..=8_000).contains(&token.len()) && token.bytes().all(|byte| byte.is_ascii_graphic()));
}

fn one<T>(data: &[u8], read: impl Fn(&mut Reader, &Value, &str) -> Option<T>, check: impl Fn(&T)) {
    let Some(body) = body(data) else { return };
    let mut reader = Reader::new(zone(0));
    match read(&mut reader, &body, "") {
        Some(value) => check(&value),
        None => assert!(!reader.problems.is_empty(), "a record was left out without a word"),
    }
    check_problems(&reader);
}

fn page_of<T>(
    body: &Value,
    one: impl Fn(&mut Reader, &Value, &str) -> Option<T>,
    check: impl Fn(&T),
) -> usize {
    let mut reader = Reader::new(zone(0));
    let Some(page) = read::page(&mut reader, body, one) else { return 0 };
    assert!(page.items.len() <= page.length && page.items.len() <= read::MOST_RECORDS);
    assert!(page.items.len() == page.length || !reader.problems.is_empty(), "left out without a word");
    page.items.iter().for_each(check);
    check_problems(&reader);
    page.items.len()
}

fn check_problems(reader: &Reader) {
    assert!(reader.problems.len() <= 200);
    for problem in &reader.problems {
        assert!(problem.record.len() <= 200 && problem.field.len() <= 200);
    }
}

fn body(data: &[u8]) -> Option<Value> {
    read::json::parse(data).ok()
}

fn id(id: u64) {
    assert!((1..1 << 53).contains(&id));
}

fn short<const N: usize>(texts: [&Option<String>; N]) {
    for text in texts.into_iter().flatten() {
        assert!((1..=LONGEST).contains(&text.chars().count()));
    }
}

fn known(instant: Option<&DateTime<Utc>>) {
    assert!(instant.is_none_or(|instant| (1..=9_999).contains(&instant.year())));
}

/// Every whole quarter of an hour from −14 to +14.
fn zone(choice: u8) -> FixedOffset {
    let quarters = i32::from(choice.cast_signed()).clamp(-56, 56);
    FixedOffset::east_opt(quarters * 15 * 60).unwrap_or_else(|| unreachable!("within a day"))
}
