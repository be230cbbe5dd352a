//! Finding out gently what a server answers.

use super::billing::SHOW;
use crate::connection::{Api, Bearer, Call, Connection};
use crate::error::ApiError;
use crate::outcome::Effect;
use crate::read::{self, Reader};

/// A call that a server may lack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Probe {
    /// `GET /api/admin/v1/intercoms`, which no page documents.
    AdminIntercoms,
    /// `GET /api/admin/v1/intercoms/{intercom}/flats`.
    Flats {
        /// Record id of an intercom.
        intercom: u64,
    },
    /// `GET /api/admin/v1/intercoms/{intercom}/keys`.
    Keys {
        /// Record id of an intercom.
        intercom: u64,
    },
    /// `GET /api/admin/v1/intercom/{intercom}/codes`, which no page documents.
    AdminCodes {
        /// Record id of an intercom.
        intercom: u64,
    },
    /// `GET /api/v1/intercom`.
    ClientIntercoms,
    /// `GET /api/v1/intercom/codes` (seed 002).
    ClientCodes,
    /// `GET /api/v1/sessions`.
    Sessions,
    /// `GET /api/v1/billing/intercoms/show?id=`.
    ShowIntercom {
        /// Record id of an intercom.
        id: u64,
    },
}

/// Asks once, for one record of one page where the call is a list, and never repeats it.
///
/// # Errors
/// The call's own. [`ApiError::NotThisApi`] also where the answer is no such list, or a list of which nothing could
/// be read. An empty list is an answer.
pub async fn probe(connection: &Connection, bearer: Option<&Bearer>, probe: Probe) -> Result<(), ApiError> {
    let mut call = Call::read("probe", path(probe), bearer);
    // Not a read: those are repeated.
    call.effect = Effect::Ask;
    if matches!(probe, Probe::ClientIntercoms | Probe::ClientCodes | Probe::Sessions) {
        call.api = Api::Client;
    }
    match probe {
        Probe::ShowIntercom { id } => call.query.push(("id", id.to_string())),
        Probe::Sessions => {}
        _ => call.query = vec![("per_page", "1".to_owned()), ("page", "1".to_owned())],
    }
    let body = connection.send(call).await?;
    let mut reader = Reader::new(connection.settings().zone);
    let reader = &mut reader;
    let looks_right = match probe {
        Probe::AdminIntercoms | Probe::ClientIntercoms => is_list(read::page(reader, &body, read::intercom)),
        Probe::Flats { .. } => is_list(read::page(reader, &body, read::flat)),
        Probe::Keys { .. } => is_list(read::page(reader, &body, read::key_record)),
        Probe::AdminCodes { .. } | Probe::ClientCodes => is_list(read::page(reader, &body, read::code)),
        Probe::Sessions => is_list(read::page(reader, &body, read::session)),
        Probe::ShowIntercom { .. } => read::billing_intercom(reader, &body, "").is_some(),
    };
    if looks_right { Ok(()) } else { Err(connection.other_shape()) }
}

fn path(probe: Probe) -> String {
    match probe {
        Probe::AdminIntercoms => "/api/admin/v1/intercoms".to_owned(),
        Probe::Flats { intercom } => format!("/api/admin/v1/intercoms/{intercom}/flats"),
        Probe::Keys { intercom } => format!("/api/admin/v1/intercoms/{intercom}/keys"),
        Probe::AdminCodes { intercom } => format!("/api/admin/v1/intercom/{intercom}/codes"),
        Probe::ClientIntercoms => "/api/v1/intercom".to_owned(),
        Probe::ClientCodes => "/api/v1/intercom/codes".to_owned(),
        Probe::Sessions => "/api/v1/sessions".to_owned(),
        Probe::ShowIntercom { .. } => SHOW.to_owned(),
    }
}

fn is_list<T>(page: Option<read::Page<T>>) -> bool {
    page.is_some_and(|page| page.length == 0 || !page.items.is_empty())
}
