//! From a port to requests: accepting, TLS, and ending connections at once when the server stops or changes its certificate.

mod certificate;
mod connection;
mod doorway;

pub(crate) use certificate::Certificate;
pub use certificate::CertificateError;
pub(crate) use connection::Cutter;
pub(crate) use doorway::{Door, Doorway};
