//! Lists that could not be read: kept with what the run was, so that nobody takes what is here for everything.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use store::{MissedRow, Rows, SyncList};

use super::Syncs;
use super::progress::Missed;
use crate::error::CommandError;
use crate::state::Desk;
use crate::views::{AccountKind, ListName, MissedList};

/// As many are told one by one.
const MOST_TOLD: usize = 20;

impl Missed {
    /// As it is kept.
    pub(super) fn row(&self) -> MissedRow {
        // An error is data: it is always written.
        let why = self.error.as_ref().and_then(|error| serde_json::to_string(error).ok());
        MissedRow { list: self.list, why }
    }

    fn of(row: MissedRow) -> Self {
        let error = row.why.and_then(|why| serde_json::from_str(&why).ok());
        Self { list: row.list, error }
    }
}

/// Takes note of a server's lists that were read whole.
#[derive(Debug)]
pub(crate) struct ReadLists {
    syncs: Arc<Syncs>,
    server: String,
}

impl ReadLists {
    /// Takes note that a list was read that was asked for at `asked_at`: in the store and, before anybody else is at the store,
    /// for the run under way, which would otherwise name it as missed at its end.
    pub(crate) fn add(
        &self,
        rows: &Rows<'_>,
        list: SyncList,
        asked_at: DateTime<Utc>,
    ) -> Result<(), store::Error> {
        rows.sync().listed(list, asked_at)?;
        self.syncs.was_read(&self.server, list);
        Ok(())
    }
}

impl Desk {
    /// Where it is noted which lists of a server were read.
    pub(crate) fn read_lists(&self, server: &str) -> ReadLists {
        ReadLists { syncs: Arc::clone(&self.syncs), server: server.to_owned() }
    }

    /// What the last run of a server that came to its end could not read and nobody has read since.
    pub(super) async fn still_missed(&self, server: &str) -> Result<Vec<Missed>, CommandError> {
        let missed = self.rows(server, |rows| rows.sync().missed()).await?;
        Ok(missed.into_iter().map(Missed::of).collect())
    }

    /// The first of some lists that were missed, as they are told.
    pub(super) async fn missed_views(
        &self,
        server: &str,
        missed: Vec<Missed>,
    ) -> Result<Vec<MissedList>, CommandError> {
        if missed.is_empty() {
            return Ok(Vec::new());
        }
        let (rows, called) = self.called(server).await?;
        let view = |Missed { list, error }: Missed| {
            let intercom = list.intercom();
            let row = rows.iter().find(|row| Some(row.id) == intercom);
            MissedList {
                list: name(list),
                intercom,
                short_name: intercom.and_then(|id| called.short_name(id)).cloned(),
                title: row.and_then(|row| row.title.clone()),
                error,
            }
        };
        Ok(missed.into_iter().take(MOST_TOLD).map(view).collect())
    }
}

/// The account that reads a list.
pub(super) fn reader_of(list: SyncList) -> AccountKind {
    match list {
        SyncList::ClientIntercoms | SyncList::ClientCodes => AccountKind::Client,
        SyncList::AdminIntercoms | SyncList::Flats(_) | SyncList::Keys(_) | SyncList::AdminCodes(_) => {
            AccountKind::Admin
        }
    }
}

fn name(list: SyncList) -> ListName {
    match list {
        SyncList::ClientIntercoms => ListName::ClientIntercoms,
        SyncList::AdminIntercoms => ListName::AdminIntercoms,
        SyncList::ClientCodes => ListName::ClientCodes,
        SyncList::Flats(_) => ListName::Flats,
        SyncList::Keys(_) => ListName::Keys,
        SyncList::AdminCodes(_) => ListName::AdminCodes,
    }
}
