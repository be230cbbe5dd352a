//! Keys of an intercom, where the server lists them.

use std::collections::BTreeMap;
use std::sync::Arc;

use server_api::{Bearer, Connection, KeyRecord, admin};
use store::{FlatKey, KeyRow, LineRows, Rows};

use crate::directory::{LARGEST_WINDOW, is_whole, line_rows, owner_row, owner_view, problem};
use crate::error::{CommandError, ErrorCode};
use crate::state::Desk;
use crate::views::{
    AccountKind, Capability, FlatName, IntercomRef, KeyListing, KeySort, KeyWindow, KeysLoaded, ListKeys,
    ListedKey,
};

impl Desk {
    /// Reads every key of an intercom from the server. The lines it tells beside the keys' flats are kept, too.
    pub async fn load_keys(&self, request: IntercomRef) -> Result<KeysLoaded, CommandError> {
        let (server, intercom) = (request.server, request.intercom);
        let asked_at = self.setup.clock.now();
        let known = async |listing| {
            let total = self.rows(&server, move |rows| rows.keys().count(intercom)).await?;
            Ok(KeysLoaded { listing, total, confirmed_at: None, problems: Vec::new() })
        };
        let call = |connection: Arc<Connection>, bearer: Bearer| async move {
            admin::keys(&connection, &bearer, intercom).await
        };
        let found = match self.read(&server, Capability::Keys, call).await {
            Ok(Some(found)) => found,
            Ok(None) => return known(KeyListing::NotOffered).await,
            Err(error) if error.code == ErrorCode::NoAccount => return known(KeyListing::NoAccount).await,
            Err(error) => return Err(error),
        };
        let is_whole = is_whole(&found);
        let listing = if is_whole { KeyListing::Complete } else { KeyListing::Partial };
        let problems = found.problems.iter().map(problem).collect();
        let lines: BTreeMap<u64, LineRows> = found
            .items
            .iter()
            .filter_map(|key| key.flat.as_ref())
            .map(|flat| (flat.id, line_rows(flat.lines, asked_at)))
            .collect();
        let keys: Vec<KeyRow> = found.items.into_iter().map(|key| key_row(key, asked_at)).collect();
        let keep = move |rows: &Rows<'_>| {
            for (flat, told) in lines {
                rows.flats().set_lines(intercom, &FlatKey::Id(flat), |lines| *lines = told.merge(*lines))?;
            }
            // A record that could not be read is not gone.
            if is_whole { rows.keys().replace(intercom, &keys) } else { rows.keys().put_all(intercom, &keys) }
        };
        self.rows(&server, keep).await?;
        Ok(KeysLoaded { confirmed_at: Some(asked_at), problems, ..known(listing).await? })
    }

    /// A stretch of the keys that are known; none to whoever signed the admin account out. Asks nobody.
    pub async fn list_keys(&self, request: ListKeys) -> Result<KeyWindow, CommandError> {
        let sort = match request.sort {
            KeySort::Key => store::KeySort::Key,
            KeySort::Flat => store::KeySort::Flat,
            KeySort::Owner => store::KeySort::Owner,
            KeySort::Created => store::KeySort::Created,
        };
        let limit = request.limit.min(LARGEST_WINDOW);
        let ListKeys { server, intercom, filter, descending, offset, .. } = request;
        if !self.may_see(&server, AccountKind::Admin) {
            return Ok(KeyWindow { total: 0, loaded: 0, oldest_at: None, offset, rows: Vec::new() });
        }
        let look = move |rows: &Rows<'_>| {
            let window = rows.keys().window(intercom, &filter, sort, descending, offset, limit)?;
            Ok(KeyWindow {
                total: window.total,
                loaded: rows.keys().count(intercom)?,
                oldest_at: rows.keys().oldest(intercom)?,
                offset: window.offset,
                rows: window.rows.into_iter().map(key_view).collect(),
            })
        };
        self.rows(&server, look).await
    }
}

fn key_row(key: KeyRecord, confirmed_at: chrono::DateTime<chrono::Utc>) -> KeyRow {
    KeyRow {
        id: key.id,
        key: key.key,
        owner: owner_row(key.owner),
        flat: key.flat.map(|flat| (flat.id, flat.number)),
        created_at: key.created_at,
        confirmed_at,
    }
}

pub(crate) fn key_view(row: KeyRow) -> ListedKey {
    ListedKey {
        id: row.id,
        key: row.key,
        owner: owner_view(row.owner),
        flat: row.flat.map(|(id, number)| FlatName { id, number }),
        created_at: row.created_at,
        confirmed_at: row.confirmed_at,
    }
}
