//! The bodies of answers in the dialect of version 24.12: one function per shape.

mod codes;
mod dates;
mod flats;
mod intercoms;
mod page;
mod users;

pub(crate) use codes::{admin_code, client_code};
pub(crate) use flats::{flat_detail, flat_row, flat_with_lines};
pub(crate) use intercoms::{admin_intercom, billing_intercom, client_intercom};
pub(crate) use page::{PageRequest, page};
pub(crate) use users::{admin_signed_in, client_signed_in, sessions};
