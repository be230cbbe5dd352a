//! What stands behind the door panels: intercoms, flats, keys, residents and lines.

mod demo;
mod large;
mod people;
mod random;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

pub(crate) use random::Random;

use crate::options::Options;

/// Every record of the installation that is neither a code nor a session.
#[derive(Debug, Default)]
pub(crate) struct Building {
    pub(crate) intercoms: Vec<Intercom>,
    pub(crate) residents: BTreeMap<u64, Resident>,
}

/// One door panel.
#[derive(Clone, Debug)]
pub(crate) struct Intercom {
    pub(crate) id: u64,
    pub(crate) title: String,
    pub(crate) address: String,
    /// The entrance.
    pub(crate) department: u64,
    pub(crate) is_online: bool,
    /// Whether the client account may use it.
    pub(crate) is_of_client: bool,
    pub(crate) mac: String,
    pub(crate) serial_number: String,
    /// What the billing system calls it.
    pub(crate) external_id: Option<String>,
    pub(crate) created_at: Option<DateTime<Utc>>,
    pub(crate) updated_at: DateTime<Utc>,
    /// In the order of door numbers.
    pub(crate) flats: Vec<Flat>,
    /// Keys of no flat.
    pub(crate) loose_keys: Vec<Key>,
}

/// One flat at one intercom. The record id is never the door number.
#[derive(Clone, Debug)]
pub(crate) struct Flat {
    pub(crate) id: u64,
    pub(crate) number: u64,
    pub(crate) lines: Lines,
    pub(crate) can_manage_resistance: bool,
    pub(crate) keys: Vec<Key>,
    pub(crate) residents: Vec<u64>,
}

/// Which of a flat's three lines ring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Lines {
    pub(crate) analog: bool,
    pub(crate) smartphone: bool,
    pub(crate) landline: bool,
}

/// One RFID key as one intercom knows it.
#[derive(Clone, Debug)]
pub(crate) struct Key {
    pub(crate) id: u64,
    /// 14 upper-case or 8 lower-case hex digits.
    pub(crate) digits: String,
    pub(crate) owner: Option<u64>,
    pub(crate) created_at: DateTime<Utc>,
    pub(crate) updated_at: DateTime<Utc>,
}

/// A key, and the flat it belongs to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct HeldKey<'a> {
    pub(crate) key: &'a Key,
    pub(crate) flat: Option<&'a Flat>,
}

/// A person linked to flats.
#[derive(Clone, Debug)]
pub(crate) struct Resident {
    pub(crate) id: u64,
    pub(crate) name: String,
    pub(crate) login: String,
    pub(crate) created_at: DateTime<Utc>,
    pub(crate) updated_at: DateTime<Utc>,
    pub(crate) expired_at: DateTime<Utc>,
}

/// The building an installation starts with: the demo building, or one of a chosen size.
pub(crate) fn building(options: &Options, now: DateTime<Utc>) -> Building {
    match options.building {
        None => demo::demo_building(options.seed, now),
        Some(size) => large::large_building(options.seed, now, size, options.even_households),
    }
}

impl Building {
    pub(crate) fn intercom(&self, id: u64) -> Option<&Intercom> {
        self.intercoms.iter().find(|intercom| intercom.id == id)
    }

    pub(crate) fn intercom_mut(&mut self, id: u64) -> Option<&mut Intercom> {
        self.intercoms.iter_mut().find(|intercom| intercom.id == id)
    }

    pub(crate) fn flat(&self, intercom: u64, flat: u64) -> Option<&Flat> {
        self.intercom(intercom)?.flats.iter().find(|candidate| candidate.id == flat)
    }

    /// Whether a flat answers a search: in a key's digits, the door number, a resident's name or login, in any case.
    pub(crate) fn matches(&self, flat: &Flat, search: &str) -> bool {
        let needle = search.to_lowercase();
        let owners = flat.keys.iter().filter_map(|key| key.owner);
        flat.number.to_string().contains(&needle)
            || flat.keys.iter().any(|key| key.digits.to_lowercase().contains(&needle))
            || flat.residents.iter().copied().chain(owners).any(|id| self.is_like(id, &needle))
    }

    /// Whether a key answers a search in lower case: in its digits, its flat's number, its owner's name or login.
    pub(crate) fn key_matches(&self, held: &HeldKey<'_>, needle: &str) -> bool {
        held.key.digits.to_lowercase().contains(needle)
            || held.flat.is_some_and(|flat| flat.number.to_string().contains(needle))
            || held.key.owner.is_some_and(|id| self.is_like(id, needle))
    }

    fn is_like(&self, resident: u64, needle: &str) -> bool {
        self.residents.get(&resident).is_some_and(|person| person.matches(needle))
    }
}

impl Intercom {
    /// Every key, flat by flat, those of no flat last.
    pub(crate) fn keys(&self) -> impl Iterator<Item = HeldKey<'_>> {
        let held = self
            .flats
            .iter()
            .flat_map(|flat| flat.keys.iter().map(move |key| HeldKey { key, flat: Some(flat) }));
        held.chain(self.loose_keys.iter().map(|key| HeldKey { key, flat: None }))
    }
}

impl Resident {
    /// Whether name or login contain a text in lower case.
    pub(crate) fn matches(&self, needle: &str) -> bool {
        self.name.to_lowercase().contains(needle) || self.login.to_lowercase().contains(needle)
    }
}
