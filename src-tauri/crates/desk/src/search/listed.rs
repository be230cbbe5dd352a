//! The servers of the list as the search needs them for every key that is pressed.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use store::{Named, SeenServer, Store, Version};

use crate::error::CommandError;
use crate::intercoms::{Called, called};
use crate::preferences::SavedServer;
use crate::short_names::{self, Chosen};
use crate::state::Desk;
use crate::views::AccountKind;

/// A server of the list: what it is called, how many intercoms of it are remembered, and what those are called.
#[derive(Debug)]
pub(super) struct Shown {
    pub(super) name: String,
    pub(super) intercoms: usize,
    pub(super) called: Called,
}

pub(super) type Listed = HashMap<String, Shown>;

/// What the person made of a server, as far as it changes what its intercoms are called.
#[derive(Debug, PartialEq, Eq)]
struct Made {
    id: String,
    name: String,
    added: Vec<u64>,
    chosen: Chosen,
}

/// The list as it was last, kept for as long as nothing of it changes: names are found by comparing all intercoms of a server
/// with each other, which is no work for every key that is pressed.
#[derive(Debug, Default)]
pub(crate) struct LastListed(Mutex<Option<Last>>);

/// A list, and what it was made from.
#[derive(Debug)]
struct Last {
    version: Version,
    made: Vec<Made>,
    listed: Arc<Listed>,
}

impl LastListed {
    fn get(&self, version: Version, made: &[Made]) -> Option<Arc<Listed>> {
        let last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let last = last.as_ref().filter(|last| last.version == version && last.made == made)?;
        Some(Arc::clone(&last.listed))
    }

    fn keep(&self, version: Version, made: Vec<Made>, listed: &Arc<Listed>) {
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *last = Some(Last { version, made, listed: Arc::clone(listed) });
    }
}

impl Desk {
    /// The servers of the list, and whose rows may be found: who signed out of an account sees nothing of it.
    pub(super) async fn listed(&self) -> Result<(Arc<Listed>, Vec<SeenServer>), CommandError> {
        let (made, seen): (Vec<Made>, Vec<SeenServer>) = {
            let state = self.state();
            let sees = |server: &str, account| state.accounts.contains_key(&(server.to_owned(), account));
            let seen = |server: &SavedServer| SeenServer {
                server: server.id.clone(),
                admin: sees(&server.id, AccountKind::Admin),
                client: sees(&server.id, AccountKind::Client),
            };
            let made = |server: &SavedServer| Made {
                id: server.id.clone(),
                name: server.name.clone(),
                added: server.intercoms.clone(),
                chosen: server.short_names.clone(),
            };
            state.servers().map(|server| (made(server), seen(server))).unzip()
        };
        let last = Arc::clone(&self.last_listed);
        let now = self.setup.clock.now();
        let list = move |store: &Store| {
            // Before the rows are read: what changes meanwhile makes them old.
            let version = store.version();
            if let Some(listed) = version.and_then(|version| last.get(version, &made)) {
                return Ok(listed);
            }
            let mut listed = Listed::new();
            for Made { id, name, added, chosen } in &made {
                let rows = match store.look(id, |rows| rows.intercoms().all()) {
                    Ok(rows) => rows,
                    // It was just removed.
                    Err(store::Error::Gone) => continue,
                    Err(error) => return Err(error),
                };
                let (rows, called) = called(rows, added, chosen, now);
                listed.insert(id.clone(), Shown { name: name.clone(), intercoms: rows.len(), called });
            }
            let listed = Arc::new(listed);
            if let Some(version) = version {
                last.keep(version, made, &listed);
            }
            Ok(listed)
        };
        Ok((self.store(list).await?, seen))
    }
}

/// The flats a text may name by short names of intercoms.
pub(super) fn named(listed: &Listed, text: &str) -> Vec<Named> {
    let mut found = Vec::new();
    for (name, number) in short_names::readings(text) {
        for (server, shown) in listed {
            let at = |intercom| Named { server: server.clone(), intercom, number: number.clone() };
            found.extend(shown.called.by_name(&name).map(at));
        }
    }
    found
}
