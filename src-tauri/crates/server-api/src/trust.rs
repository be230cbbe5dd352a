//! Whom we believe to be the server: the platform's verifier, or a pin of one certificate.
//!
//! There is no "ignore errors": a self-signed server is shown to the person once and pinned.

use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Utc};
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::CryptoProvider;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{CertificateError, DigitallySignedStruct, OtherError, SignatureScheme};
use sha2::{Digest, Sha256};
use x509_parser::prelude::{FromDer, GeneralName, X509Certificate};

/// How the server of one connection proves who it is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Trust {
    /// The operating system's certificate store.
    #[default]
    Platform,
    /// Exactly the leaf certificate with this SHA-256 fingerprint (upper-case hex pairs joined by colons). Its
    /// names are not checked and its expiry only told; its signatures are.
    Pin(String),
}

/// What a person needs to see of a certificate to decide about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertificateFacts {
    /// The host that showed it.
    pub host: String,
    /// The port it was shown on.
    pub port: u16,
    /// SHA-256 of the certificate, upper-case hex pairs joined by colons.
    pub fingerprint: String,
    /// Whom it names.
    pub subject: String,
    /// Who signed it.
    pub issuer: String,
    /// DNS names and addresses it is for.
    pub names: Vec<String>,
    /// First instant of its validity.
    pub not_before: Option<DateTime<Utc>>,
    /// Last instant of its validity.
    pub not_after: Option<DateTime<Utc>>,
}

/// Why a certificate is not trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Distrust {
    /// Nobody this computer trusts signed it: the usual self-signed server.
    UnknownIssuer,
    /// Its time is over.
    Expired,
    /// Its time has not begun.
    NotYetValid,
    /// It is for another name.
    WrongName,
    /// It is not the one that was pinned.
    Changed,
    /// Anything else.
    Other,
}

/// A certificate that blocked a connection.
#[derive(Debug, Clone, thiserror::Error)]
#[error("certificate {} of {} is not trusted ({why:?})", facts.fingerprint, facts.host)]
pub struct UntrustedCertificate {
    /// What it says.
    pub facts: CertificateFacts,
    /// What is wrong with it.
    pub why: Distrust,
    /// The fingerprint that was pinned, where one was.
    pub pinned: Option<String>,
}

/// Checks the server's certificate and keeps what it saw.
#[derive(Debug)]
pub(crate) struct Verifier {
    platform: rustls_platform_verifier::Verifier,
    trust: Trust,
    host: String,
    port: u16,
    seen: Arc<Mutex<Option<CertificateFacts>>>,
}

impl Verifier {
    pub(crate) fn new(
        provider: Arc<CryptoProvider>,
        trust: Trust,
        host: String,
        port: u16,
        seen: Arc<Mutex<Option<CertificateFacts>>>,
    ) -> Result<Self, rustls::Error> {
        let platform = rustls_platform_verifier::Verifier::new(provider)?;
        Ok(Self { platform, trust, host, port, seen })
    }

    fn distrust(&self, facts: CertificateFacts, why: Distrust) -> rustls::Error {
        let pinned = match &self.trust {
            Trust::Pin(fingerprint) => Some(fingerprint.clone()),
            Trust::Platform => None,
        };
        let untrusted = UntrustedCertificate { facts, why, pinned };
        rustls::Error::InvalidCertificate(CertificateError::Other(OtherError(Arc::new(untrusted))))
    }
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        let facts = facts(end_entity, &self.host, self.port);
        *self.seen.lock().unwrap_or_else(PoisonError::into_inner) = Some(facts.clone());
        match &self.trust {
            // SECURITY: a pin replaces the chain and the name, nothing else; the handshake's signatures below
            // still prove that the server holds the pinned certificate's key.
            Trust::Pin(pinned) if *pinned == facts.fingerprint => Ok(ServerCertVerified::assertion()),
            Trust::Pin(_) => Err(self.distrust(facts, Distrust::Changed)),
            Trust::Platform => self
                .platform
                .verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now)
                .map_err(|error| {
                    let why = reason(&error, &facts);
                    self.distrust(facts, why)
                }),
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.platform.verify_tls12_signature(message, cert, dss)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.platform.verify_tls13_signature(message, cert, dss)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.platform.supported_verify_schemes()
    }
}

fn reason(error: &rustls::Error, facts: &CertificateFacts) -> Distrust {
    let rustls::Error::InvalidCertificate(certificate) = error else { return Distrust::Other };
    match certificate {
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => Distrust::Expired,
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => Distrust::NotYetValid,
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            Distrust::WrongName
        }
        CertificateError::UnknownIssuer => Distrust::UnknownIssuer,
        // A self-signed leaf that calls itself an authority is reported under many names.
        _ if facts.subject == facts.issuer => Distrust::UnknownIssuer,
        _ => Distrust::Other,
    }
}

fn facts(certificate: &CertificateDer<'_>, host: &str, port: u16) -> CertificateFacts {
    let mut facts = CertificateFacts {
        host: host.to_owned(),
        port,
        fingerprint: fingerprint(certificate),
        subject: String::new(),
        issuer: String::new(),
        names: Vec::new(),
        not_before: None,
        not_after: None,
    };
    // An unreadable certificate still has a fingerprint, which is what the decision is about.
    if let Ok((_, parsed)) = X509Certificate::from_der(certificate) {
        facts.subject = parsed.subject().to_string();
        facts.issuer = parsed.issuer().to_string();
        facts.not_before = DateTime::from_timestamp(parsed.validity().not_before.timestamp(), 0);
        facts.not_after = DateTime::from_timestamp(parsed.validity().not_after.timestamp(), 0);
        if let Ok(Some(names)) = parsed.subject_alternative_name() {
            facts.names = names.value.general_names.iter().filter_map(name).collect();
        }
    }
    facts
}

fn name(name: &GeneralName<'_>) -> Option<String> {
    match name {
        GeneralName::DNSName(name) => Some((*name).to_owned()),
        GeneralName::IPAddress(bytes) => match bytes.len() {
            4 => <[u8; 4]>::try_from(*bytes).ok().map(|bytes| std::net::Ipv4Addr::from(bytes).to_string()),
            16 => <[u8; 16]>::try_from(*bytes).ok().map(|bytes| std::net::Ipv6Addr::from(bytes).to_string()),
            _ => None,
        },
        _ => None,
    }
}

fn fingerprint(certificate: &[u8]) -> String {
    let pairs: Vec<String> = Sha256::digest(certificate).iter().map(|byte| format!("{byte:02X}")).collect();
    pairs.join(":")
}
