use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::building::{Building, Flat, Intercom, Key, Resident};
use crate::installation::World;

/// A change that somebody else makes, past every call: a colleague at the vendor's own panel, say. `intercom`, `flat`, `user`
/// and `code` are record ids.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Edit {
    /// Gives an intercom another title.
    RenameIntercom {
        /// Which one.
        intercom: u64,
        /// Its new title, any text.
        title: String,
    },
    /// Takes a panel off the network, or back.
    SetOnline {
        /// Which one.
        intercom: u64,
        /// Whether it is reachable.
        is_online: bool,
    },
    /// Gives the client account an intercom, or takes it away.
    SetOfClient {
        /// Which one.
        intercom: u64,
        /// Whether the client account may use it.
        is_of_client: bool,
    },
    /// Removes an intercom with everything at it.
    RemoveIntercom {
        /// Which one.
        intercom: u64,
    },
    /// Removes a flat with its keys.
    RemoveFlat {
        /// Where.
        intercom: u64,
        /// Which one.
        flat: u64,
    },
    /// Adds a key, of a flat or of none, to a person or to none.
    AddKey {
        /// Where.
        intercom: u64,
        /// The flat, if any.
        #[serde(default)]
        flat: Option<u64>,
        /// Its digits, any text.
        key: String,
        /// Its owner, if any.
        #[serde(default)]
        user: Option<u64>,
    },
    /// Removes a key.
    RemoveKey {
        /// Where.
        intercom: u64,
        /// Its record id.
        key: u64,
    },
    /// Adds a new person to a flat.
    AddResident {
        /// Where.
        intercom: u64,
        /// The flat.
        flat: u64,
        /// Their name, any text.
        name: String,
        /// Their login, any text.
        login: String,
    },
    /// Removes a person from a flat; keys stay theirs.
    RemoveResident {
        /// Where.
        intercom: u64,
        /// The flat.
        flat: u64,
        /// Who.
        user: u64,
    },
    /// Switches a flat's lines; those not named stay.
    SetLines {
        /// Where.
        intercom: u64,
        /// The flat.
        flat: u64,
        /// The analog handset.
        #[serde(default)]
        analog: Option<bool>,
        /// The smartphone line.
        #[serde(default)]
        smartphone: Option<bool>,
        /// The landline.
        #[serde(default)]
        landline: Option<bool>,
    },
    /// Deletes a code, whoever made it.
    RemoveCode {
        /// Which one.
        code: u64,
    },
}

/// An edit names something that is not there.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no {what} {id}")]
pub struct NothingToEdit {
    /// What is missing.
    pub what: &'static str,
    /// Its record id.
    pub id: u64,
}

/// Does it; the id of the record that was added, if any.
pub(super) fn apply(edit: Edit, world: &mut World, now: DateTime<Utc>) -> Result<Option<u64>, NothingToEdit> {
    let building = &mut world.building;
    match edit {
        Edit::RenameIntercom { intercom, title } => {
            let found = intercom_of(building, intercom)?;
            found.title = title;
            found.updated_at = now;
        }
        Edit::SetOnline { intercom, is_online } => intercom_of(building, intercom)?.is_online = is_online,
        Edit::SetOfClient { intercom, is_of_client } => {
            intercom_of(building, intercom)?.is_of_client = is_of_client;
        }
        Edit::RemoveIntercom { intercom } => {
            intercom_of(building, intercom)?;
            building.intercoms.retain(|each| each.id != intercom);
        }
        Edit::RemoveFlat { intercom, flat } => {
            flat_of(building, intercom, flat)?;
            intercom_of(building, intercom)?.flats.retain(|each| each.id != flat);
        }
        Edit::AddKey { intercom, flat, key, user } => {
            return add_key(building, intercom, flat, (key, user), now).map(Some);
        }
        Edit::RemoveKey { intercom, key } => remove_key(intercom_of(building, intercom)?, key)?,
        Edit::AddResident { intercom, flat, name, login } => {
            return add_resident(building, (intercom, flat), (name, login), now).map(Some);
        }
        Edit::RemoveResident { intercom, flat, user } => {
            let residents = &mut flat_of(building, intercom, flat)?.residents;
            let before = residents.len();
            residents.retain(|each| *each != user);
            is_found(residents.len() < before, "user", user)?;
        }
        Edit::SetLines { intercom, flat, analog, smartphone, landline } => {
            let lines = &mut flat_of(building, intercom, flat)?.lines;
            lines.analog = analog.unwrap_or(lines.analog);
            lines.smartphone = smartphone.unwrap_or(lines.smartphone);
            lines.landline = landline.unwrap_or(lines.landline);
        }
        Edit::RemoveCode { code } => {
            is_found(world.codes.listed().iter().any(|each| each.id == code), "code", code)?;
            world.codes.delete(|each| each.id == code);
        }
    }
    Ok(None)
}

fn is_found(is_there: bool, what: &'static str, id: u64) -> Result<(), NothingToEdit> {
    if is_there { Ok(()) } else { Err(NothingToEdit { what, id }) }
}

fn intercom_of(building: &mut Building, id: u64) -> Result<&mut Intercom, NothingToEdit> {
    building.intercom_mut(id).ok_or(NothingToEdit { what: "intercom", id })
}

fn flat_of(building: &mut Building, intercom: u64, id: u64) -> Result<&mut Flat, NothingToEdit> {
    let flats = &mut intercom_of(building, intercom)?.flats;
    flats.iter_mut().find(|flat| flat.id == id).ok_or(NothingToEdit { what: "flat", id })
}

fn add_key(
    building: &mut Building,
    intercom: u64,
    flat: Option<u64>,
    (digits, owner): (String, Option<u64>),
    now: DateTime<Utc>,
) -> Result<u64, NothingToEdit> {
    if let Some(user) = owner {
        is_found(building.residents.contains_key(&user), "user", user)?;
    }
    let every_id = building.intercoms.iter().flat_map(Intercom::keys).map(|held| held.key.id);
    let id = every_id.max().unwrap_or_default() + 1;
    let key = Key { id, digits, owner, created_at: now, updated_at: now };
    match flat {
        Some(flat) => flat_of(building, intercom, flat)?.keys.push(key),
        None => intercom_of(building, intercom)?.loose_keys.push(key),
    }
    Ok(id)
}

fn remove_key(intercom: &mut Intercom, id: u64) -> Result<(), NothingToEdit> {
    is_found(intercom.keys().any(|held| held.key.id == id), "key", id)?;
    intercom.loose_keys.retain(|key| key.id != id);
    for flat in &mut intercom.flats {
        flat.keys.retain(|key| key.id != id);
    }
    Ok(())
}

fn add_resident(
    building: &mut Building,
    (intercom, flat): (u64, u64),
    (name, login): (String, String),
    now: DateTime<Utc>,
) -> Result<u64, NothingToEdit> {
    let id = building.residents.keys().next_back().copied().unwrap_or_default() + 1;
    flat_of(building, intercom, flat)?.residents.push(id);
    let expired_at = now + TimeDelta::days(36_525);
    let resident = Resident { id, name, login, created_at: now, updated_at: now, expired_at };
    building.residents.insert(id, resident);
    Ok(id)
}
