//! Keys of an intercom, where the server lists them.

use std::sync::Arc;

use server_api::{Bearer, Connection, KeyRecord, Owner, admin};
use store::{KeyRow, OwnerRow};

use crate::directory::{LARGEST_WINDOW, is_whole, line_rows, problem};
use crate::error::{CommandError, ErrorCode};
use crate::state::Desk;
use crate::views::{
    Capability, FlatName, IntercomRef, KeyListing, KeyOwner, KeySort, KeyWindow, KeysLoaded, ListKeys,
    ListedKey,
};

impl Desk {
    /// Reads every key of an intercom from the server. The lines it tells beside the keys' flats are kept, too.
    pub async fn load_keys(&self, request: IntercomRef) -> Result<KeysLoaded, CommandError> {
        let (server, intercom) = (request.server, request.intercom);
        let asked_at = self.setup.clock.now();
        let known = |listing| KeysLoaded {
            listing,
            total: self.store.with(&server, |rows| rows.keys.count(intercom)),
            confirmed_at: None,
            problems: Vec::new(),
        };
        let call = |connection: Arc<Connection>, bearer: Bearer| async move {
            admin::keys(&connection, &bearer, intercom).await
        };
        let found = match self.read(&server, Capability::Keys, call).await {
            Ok(Some(found)) => found,
            Ok(None) => return Ok(known(KeyListing::NotOffered)),
            Err(error) if error.code == ErrorCode::NoAccount => return Ok(known(KeyListing::NoAccount)),
            Err(error) => return Err(error),
        };
        let is_whole = is_whole(&found);
        let listing = if is_whole { KeyListing::Complete } else { KeyListing::Partial };
        self.store.with(&server, |rows| {
            for flat in found.items.iter().filter_map(|key| key.flat.as_ref()) {
                let told = line_rows(flat.lines, asked_at);
                let key = store::FlatKey::Id(flat.id);
                rows.flats.set_lines(intercom, &key, |lines| *lines = told.merge(*lines));
            }
            let keys = found.items.into_iter().map(|key| key_row(key, asked_at)).collect();
            if is_whole {
                rows.keys.replace(intercom, keys);
            } else {
                // A record that could not be read is not gone.
                rows.keys.put_all(intercom, keys);
            }
        });
        Ok(KeysLoaded {
            confirmed_at: Some(asked_at),
            problems: found.problems.iter().map(problem).collect(),
            ..known(listing)
        })
    }

    /// A stretch of the keys that are known. Asks nobody.
    pub fn list_keys(&self, request: ListKeys) -> KeyWindow {
        let sort = match request.sort {
            KeySort::Key => store::KeySort::Key,
            KeySort::Flat => store::KeySort::Flat,
            KeySort::Owner => store::KeySort::Owner,
            KeySort::Created => store::KeySort::Created,
        };
        let limit = request.limit.min(LARGEST_WINDOW);
        let ListKeys { server, intercom, filter, descending, offset, .. } = request;
        self.store.with(&server, |rows| {
            let window = rows.keys.window(intercom, &filter, sort, descending, offset, limit);
            KeyWindow {
                total: window.total,
                loaded: rows.keys.count(intercom),
                offset: window.offset,
                rows: window.rows.into_iter().map(key_view).collect(),
            }
        })
    }
}

fn key_row(key: KeyRecord, confirmed_at: chrono::DateTime<chrono::Utc>) -> KeyRow {
    KeyRow {
        id: key.id,
        key: key.key,
        owner: match key.owner {
            Owner::User(user) => OwnerRow::User { id: user.id, name: user.name, login: user.login },
            Owner::None => OwnerRow::Nobody,
            Owner::Unknown => OwnerRow::Unknown,
        },
        flat: key.flat.map(|flat| (flat.id, flat.number)),
        created_at: key.created_at,
        confirmed_at,
    }
}

fn key_view(row: KeyRow) -> ListedKey {
    ListedKey {
        id: row.id,
        key: row.key,
        owner: match row.owner {
            OwnerRow::User { id, name, login } => KeyOwner::User { id, name, login },
            OwnerRow::Nobody => KeyOwner::Nobody,
            OwnerRow::Unknown => KeyOwner::Unknown,
        },
        flat: row.flat.map(|(id, number)| FlatName { id, number }),
        created_at: row.created_at,
        confirmed_at: row.confirmed_at,
    }
}
