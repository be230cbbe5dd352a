use std::fmt::Write as _;
use std::sync::Arc;

use chrono::{DateTime, Datelike, Utc};
use rcgen::{CertificateParams, DnType, KeyPair, date_time_ymd};
use rustls::ServerConfig;
use rustls::pki_types::PrivatePkcs8KeyDer;
use sha2::{Digest, Sha256};
use tokio_rustls::TlsAcceptor;

/// Names the certificate is good for: where the simulator listens, and the name of the documentation's server.
const NAMES: [&str; 3] = ["127.0.0.1", "localhost", "vms.local"];

const YEARS_VALID: i32 = 10;

/// A self-signed pair could not be made.
#[derive(Debug, thiserror::Error)]
pub enum CertificateError {
    /// Generating the key or signing with it failed.
    #[error("the self-signed certificate could not be generated")]
    Generate(#[from] rcgen::Error),
    /// The TLS library did not take the pair.
    #[error("the self-signed certificate cannot be served")]
    Serve(#[from] rustls::Error),
}

/// A self-signed certificate and what serves it.
pub(crate) struct Certificate {
    pub(crate) pem: String,
    /// SHA-256 of the leaf: upper-case hex pairs with colons between.
    pub(crate) fingerprint: String,
    pub(crate) acceptor: TlsAcceptor,
}

impl Certificate {
    pub(crate) fn self_signed(now: DateTime<Utc>) -> Result<Self, CertificateError> {
        let key = KeyPair::generate()?;
        let mut params = CertificateParams::new(NAMES.map(str::to_owned))?;
        params.not_before = date_time_ymd(now.year(), 1, 1);
        params.not_after = date_time_ymd(now.year() + YEARS_VALID, 1, 1);
        params.distinguished_name.push(DnType::CommonName, "vms.local");
        params.distinguished_name.push(DnType::OrganizationName, "Lenina 12");
        let certificate = params.self_signed(&key)?;

        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let mut config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_single_cert(
                vec![certificate.der().clone()],
                PrivatePkcs8KeyDer::from(key.serialize_der()).into(),
            )?;
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Self {
            pem: certificate.pem(),
            fingerprint: fingerprint(certificate.der()),
            acceptor: TlsAcceptor::from(Arc::new(config)),
        })
    }
}

fn fingerprint(der: &[u8]) -> String {
    let mut text = String::new();
    for (index, byte) in Sha256::digest(der).iter().enumerate() {
        let colon = if index == 0 { "" } else { ":" };
        // Writing to a string cannot fail.
        let _ = write!(text, "{colon}{byte:02X}");
    }
    text
}
