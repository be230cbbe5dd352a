//! Keys of an intercom, where the server lists them.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use server_api::{Bearer, Connection, KeyRecord, admin};
use store::{FlatKey, KeyRow, LineRows, Rows, SyncList};

use crate::directory::{KEPT_AT_ONCE, LARGEST_WINDOW, is_whole, line_rows, owner_row, owner_view, problem};
use crate::error::{CommandError, ErrorCode};
use crate::state::Desk;
use crate::sync::Way;
use crate::views::{
    AccountKind, Capability, FlatName, IntercomRef, KeyListing, KeySort, KeyWindow, KeysLoaded, ListKeys,
    ListedKey,
};

impl Desk {
    /// Reads every key of an intercom from the server. The lines it tells beside the keys' flats are kept, too.
    pub async fn load_keys(&self, request: IntercomRef) -> Result<KeysLoaded, CommandError> {
        self.take_keys(&request.server, request.intercom, &Way::straight()).await
    }

    pub(crate) async fn take_keys(
        &self,
        server: &str,
        intercom: u64,
        way: &Way,
    ) -> Result<KeysLoaded, CommandError> {
        let asking = &way.asks(&self.setup.clock);
        let known = async |listing| {
            let sees_admin = self.may_see(server, AccountKind::Admin);
            let count = move |rows: &Rows<'_>| if sees_admin { rows.keys().count(intercom) } else { Ok(0) };
            let total = self.rows(server, count).await?;
            Ok(KeysLoaded { listing, total, confirmed_at: None, problems: Vec::new() })
        };
        let call = |connection: Arc<Connection>, bearer: Bearer| async move {
            admin::keys(&asking.over(connection), &bearer, intercom).await
        };
        let found = match self.read(server, Capability::Keys, call).await {
            Ok(Some(found)) => found,
            Ok(None) => return known(KeyListing::NotOffered).await,
            Err(error) if error.code == ErrorCode::NoAccount => return known(KeyListing::NoAccount).await,
            Err(error) => return Err(error),
        };
        let asked_at = asking.asked_at();
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
        // A record that could not be read is not gone.
        self.keep_keys(server, intercom, keys, lines, is_whole.then_some(asked_at)).await?;
        Ok(KeysLoaded { confirmed_at: Some(asked_at), problems, ..known(listing).await? })
    }

    /// Keeps a list of keys and the lines it tells of their flats, part by part, so that nobody waits long for the store.
    /// What a whole list does not name, asked for at `whole_at`, is gone.
    async fn keep_keys(
        &self,
        server: &str,
        intercom: u64,
        mut keys: Vec<KeyRow>,
        lines: BTreeMap<u64, LineRows>,
        whole_at: Option<DateTime<Utc>>,
    ) -> Result<(), CommandError> {
        let named = keys.iter().map(|key| key.id).collect();
        let tell = move |rows: &Rows<'_>| {
            lines.into_iter().try_for_each(|(flat, told)| {
                rows.flats().set_lines(intercom, &FlatKey::Id(flat), |lines| *lines = told.merge(*lines))
            })
        };
        self.rows(server, tell).await?;
        while !keys.is_empty() {
            let part: Vec<KeyRow> = keys.drain(..keys.len().min(KEPT_AT_ONCE)).collect();
            self.rows(server, move |rows| rows.keys().put_all(intercom, &part)).await?;
        }
        let Some(asked_at) = whole_at else { return Ok(()) };
        let read = self.read_lists(server);
        let end = move |rows: &Rows<'_>| {
            rows.keys().keep_only(intercom, &named, asked_at)?;
            read.add(rows, SyncList::Keys(intercom), asked_at)
        };
        self.rows(server, end).await
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
        self.look(&server, look).await
    }
}

fn key_row(key: KeyRecord, confirmed_at: DateTime<Utc>) -> KeyRow {
    KeyRow {
        id: key.id,
        key: key.key,
        owner: owner_row(key.owner),
        flat: key.flat.map(|flat| (flat.id, flat.number)),
        created_at: key.created_at,
        confirmed_at,
        gone_at: None,
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
        gone_at: row.gone_at,
    }
}
