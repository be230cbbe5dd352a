//! The bodies of answers one function per shape, in the dialect of the installation.

mod codes;
mod dates;
mod flats;
mod intercoms;
mod lines;
mod page;
mod style;
mod users;

pub(crate) use codes::{admin_code, client_code};
pub(crate) use flats::{flat_detail, flat_row, flat_with_lines, key_row};
pub(crate) use intercoms::{admin_intercom, billing_intercom, client_intercom};
pub(crate) use page::{PageRequest, page};
pub(crate) use style::Style;
pub(crate) use users::{admin_signed_in, client_signed_in, resident, session, too_many_sessions};
