//! What a request says, read the way the server's framework reads it, with every complaint collected before refusing.

mod dates;
mod fields;
mod reason;

pub(crate) use fields::Fields;
pub(crate) use reason::{Language, Reason};
