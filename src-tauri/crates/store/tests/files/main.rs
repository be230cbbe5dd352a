//! The files on the disk: what is in them, who can read them, and what becomes of those that cannot be read.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod copies;
mod kept;
mod killed;
mod unreadable;

use std::fs;
use std::path::{Path, PathBuf};

use chrono::{DateTime, TimeDelta, Utc};
use store::{
    CodeRow, Error, FlatDetail, FlatKey, FlatRow, FlatSort, Intent, IntercomRow, Key, KeyRow, KeySort,
    LineRow, LineRows, Outcome, OwnerRow, ResidentRow, Rows, Store, SyncList, Unread, Which,
};

const SERVER: &str = "house";
/// What must not be readable in any file.
const PLANTED: [&str; 8] = [
    "Калитка-во-двор",
    "Ленинская-12",
    "Заречный",
    "04A1B2C3D4E5F6",
    "fyodor.login",
    "81726",
    "Courier-Anna",
    "flat-А-4517",
];

fn key() -> Key {
    Key::new([7; 32])
}

fn open(folder: &Path) -> Store {
    let (store, opened) = Store::open(folder, &key()).unwrap();
    assert_eq!(opened, store::Opened::default());
    store
}

fn then() -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::days(20_000)
}

fn code(id: u64) -> CodeRow {
    CodeRow {
        id,
        code: "81726".to_owned(),
        title: "Courier-Anna".to_owned(),
        intercom: Some(1),
        intercom_title: Some("Калитка-во-двор".to_owned()),
        flat_number: Some("flat-А-4517".to_owned()),
        until: Some(then()),
        is_ended: true,
        is_unsettled: true,
        removed_at: Some(then()),
        created_at: Some(then()),
    }
}

fn intent() -> Intent {
    Intent {
        intercom: 1,
        flat: Some((5, "flat-А-4517".to_owned())),
        title: "Courier-Anna".to_owned(),
        until: then(),
        asked_at: then(),
        account: Some("concierge-4517".to_owned()),
    }
}

fn flat(id: u64, number: &str) -> FlatRow {
    let line = |state| LineRow { state, confirmed_at: Some(then()) };
    FlatRow {
        id: Some(id),
        number: number.to_owned(),
        key_count: Some(3),
        resident_count: None,
        lines: LineRows { analog: line(Some(true)), smartphone: line(Some(false)), landline: line(None) },
        confirmed_at: then(),
        gone_at: None,
    }
}

fn rfid(id: u64) -> KeyRow {
    KeyRow {
        id,
        key: "04A1B2C3D4E5F6".to_owned(),
        owner: OwnerRow::User {
            id: 9,
            name: Some("Фёдор Заречный".to_owned()),
            login: Some("fyodor.login".to_owned()),
        },
        flat: Some((5, "flat-А-4517".to_owned())),
        created_at: None,
        confirmed_at: then(),
        gone_at: None,
    }
}

/// A flat with a key and a resident.
fn inside() -> FlatDetail {
    let resident = ResidentRow {
        id: 9,
        name: Some("Фёдор Заречный".to_owned()),
        login: Some("fyodor.login".to_owned()),
        valid_until: Some(then()),
    };
    FlatDetail {
        flat: flat(5, "flat-А-4517"),
        keys: Some((vec![rfid(1)], then())),
        residents: Some((vec![resident], then())),
    }
}

fn plant(rows: &Rows<'_>) -> Result<(), Error> {
    rows.intercoms().put(&IntercomRow {
        title: Some("Калитка-во-двор".to_owned()),
        address: Some("Ленинская-12".to_owned()),
        ..IntercomRow::nameless(1, then())
    })?;
    rows.flats().put_listed(1, vec![flat(5, "flat-А-4517"), flat(6, "17")])?;
    rows.keys().put_all(1, &[rfid(1)])?;
    rows.flats().put_detail(1, inside())?;
    let mut codes = rows.codes()?;
    codes.listed = vec![code(1), code(2)];
    codes.listed_at = Some(then());
    codes.listed_by_flat.insert(1, (then(), vec![code(3)]));
    codes.proven_lists.insert(1);
    let asked = codes.journal.ask(intent());
    codes.journal.settle(asked, Outcome::Issued(code(4), then()));
    codes.journal.ask(intent());
    rows.keep_codes(&mut codes)
}

/// How many flats, keys and entries of the journal there are.
fn counts(store: &Store, server: &str) -> (usize, usize, usize) {
    let count = |rows: &Rows<'_>| {
        Ok((rows.flats().count(1)?, rows.keys().count(1)?, rows.codes()?.journal.entries().len()))
    };
    store.with(server, count).unwrap()
}

fn search(store: &Store, text: &str) -> Result<store::Found, Error> {
    let all = [SERVER, "other"].map(|server| store::SeenServer {
        server: server.to_owned(),
        admin: true,
        client: true,
    });
    store.search(&store::Query {
        text,
        keys: &[],
        named: &[],
        otherwise: store::Otherwise::NONE,
        seen: &all,
        limit: 8,
    })
}

fn files(folder: &Path) -> Vec<PathBuf> {
    fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect()
}

fn has(bytes: &[u8], text: &[u8]) -> bool {
    bytes.windows(text.len()).any(|window| window == text)
}

/// What of the planted texts stands in the files, as UTF-8 or UTF-16, as it is or folded.
fn readable(folder: &Path) -> Vec<(PathBuf, &'static str)> {
    let mut found = Vec::new();
    for path in files(folder) {
        let bytes = fs::read(&path).unwrap();
        for text in PLANTED {
            let is_here = [text.to_owned(), store::folded(text)].iter().any(|form| {
                let wide: Vec<u8> = form.encode_utf16().flat_map(u16::to_le_bytes).collect();
                has(&bytes, form.as_bytes()) || has(&bytes, &wide)
            });
            if is_here {
                found.push((path.clone(), text));
            }
        }
    }
    found
}
