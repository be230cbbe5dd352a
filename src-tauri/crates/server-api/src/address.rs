//! The address of a server as a person types it, made into the one form everything else uses.

use std::fmt;
use std::net::IpAddr;

use url::{Host, Url};

/// A server's origin: scheme, host and port, nothing after them. Never holds credentials.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Address(Url);

/// Why a typed address cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// Nothing was typed.
    #[error("the address is empty")]
    Empty,
    /// A scheme other than `https` or `http`.
    #[error("the address has a scheme other than https or http")]
    Scheme,
    /// No host, or one that cannot be one.
    #[error("the address has no usable host")]
    Host,
    /// A port outside 1–65535.
    #[error("the address has an unusable port")]
    Port,
    /// `user:password@` before the host: accounts are entered in their own fields.
    #[error("the address holds credentials")]
    Credentials,
    /// Anything else that is not an address.
    #[error("the address cannot be read")]
    Unreadable,
}

impl Address {
    /// Reads what a person typed or pasted: blanks around it, a path or query behind it and a missing scheme are
    /// all fine. A missing scheme means `https` and never falls back to `http`.
    pub fn parse(typed: &str) -> Result<Self, AddressError> {
        let typed = typed.trim();
        if typed.is_empty() {
            return Err(AddressError::Empty);
        }
        let url = if typed.contains("://") {
            Url::parse(typed)
        } else {
            Url::parse(&format!("https://{}", typed.trim_start_matches('/')))
        };
        let url = url.map_err(|error| match error {
            url::ParseError::EmptyHost
            | url::ParseError::IdnaError
            | url::ParseError::InvalidIpv4Address
            | url::ParseError::InvalidIpv6Address
            | url::ParseError::InvalidDomainCharacter => AddressError::Host,
            url::ParseError::InvalidPort => AddressError::Port,
            _ => AddressError::Unreadable,
        })?;
        if !matches!(url.scheme(), "https" | "http") {
            return Err(AddressError::Scheme);
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(AddressError::Credentials);
        }
        if url.port() == Some(0) {
            return Err(AddressError::Port);
        }
        let mut origin = url;
        origin.set_path("");
        origin.set_query(None);
        origin.set_fragment(None);
        Ok(Self(origin))
    }

    /// The host without brackets, IDN in its ASCII form.
    pub fn host(&self) -> String {
        match self.0.host() {
            Some(Host::Ipv6(address)) => address.to_string(),
            Some(host) => host.to_string(),
            None => String::new(),
        }
    }

    /// The port, the scheme's own where none was typed.
    pub fn port(&self) -> u16 {
        self.0.port_or_known_default().unwrap_or_default()
    }

    /// Host and port as a person would type them: an IPv6 address in brackets, the port only where it is not the
    /// scheme's own.
    pub fn authority(&self) -> String {
        let host = self.0.host_str().unwrap_or_default();
        self.0.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
    }

    /// Whether nothing protects what is sent.
    pub fn is_plain(&self) -> bool {
        self.0.scheme() == "http"
    }

    /// Whether the address is this computer itself.
    pub fn is_loopback(&self) -> bool {
        match self.0.host() {
            Some(Host::Domain(name)) => name == "localhost",
            Some(Host::Ipv4(address)) => IpAddr::V4(address).is_loopback(),
            Some(Host::Ipv6(address)) => IpAddr::V6(address).is_loopback(),
            None => false,
        }
    }

    /// The address of a call, `path` with its leading slash.
    pub(crate) fn call(&self, path: &str) -> Url {
        let mut url = self.0.clone();
        url.set_path(path);
        url
    }
}

impl fmt::Display for Address {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.0.as_str().trim_end_matches('/'))
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(typed: &str) -> String {
        Address::parse(typed).map(|address| address.to_string()).unwrap_or_else(|error| format!("{error:?}"))
    }

    #[test]
    fn a_missing_scheme_means_https() {
        assert_eq!(read("vms.local"), "https://vms.local");
        assert_eq!(read("  vms.local:8443  "), "https://vms.local:8443");
        assert_eq!(read("//10.0.0.5/"), "https://10.0.0.5");
        assert_eq!(read("[::1]:9000"), "https://[::1]:9000");
    }

    #[test]
    fn what_stands_behind_the_host_is_dropped() {
        assert_eq!(read("https://vms.local/admin/#/intercoms?x=1"), "https://vms.local");
    }

    #[test]
    fn a_name_in_another_alphabet_becomes_its_ascii_form() {
        assert_eq!(read("домофон.рф"), "https://xn--d1aqdcba5b.xn--p1ai");
    }

    #[test]
    fn what_cannot_be_a_server_is_refused_with_its_reason() {
        assert_eq!(read("   "), "Empty");
        assert_eq!(read("ftp://vms.local"), "Scheme");
        assert_eq!(read("javascript:alert(1)"), "Port");
        assert_eq!(read("https://admin:secret@vms.local"), "Credentials");
        assert_eq!(read("vms.local:99999"), "Port");
        assert_eq!(read("vms.local:0"), "Port");
        assert_eq!(read("two words"), "Host");
        assert_eq!(read("https://"), "Host");
    }

    #[test]
    fn only_this_computer_is_loopback() {
        for (typed, loopback) in [
            ("http://127.0.0.1:80", true),
            ("http://[::1]", true),
            ("http://localhost", true),
            ("http://10.0.0.1", false),
        ] {
            assert_eq!(Address::parse(typed).unwrap().is_loopback(), loopback, "{typed}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused_and_reading_the_result_again_changes_nothing(typed in ".{0,200}") {
            if let Ok(address) = Address::parse(&typed) {
                let shown = address.to_string();
                prop_assert_eq!(Address::parse(&shown).map(|again| again.to_string()), Ok(shown));
                prop_assert!(!address.host().is_empty());
            }
        }
    }
}
