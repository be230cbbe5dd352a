//! The address of a server as a person types it, made into the one form everything else uses.

use std::fmt;
use std::net::IpAddr;

use url::{Host, Url};

/// The longest text that is looked at, in bytes.
const LONGEST_TYPED: usize = 2_000;
/// The longest name that DNS knows, in bytes.
const LONGEST_NAME: usize = 253;

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
    /// Reads what a person typed or pasted: blanks and invisible marks around it, a path or query behind it, a dot
    /// after the host and a missing scheme are all fine. A missing scheme means `https` and never falls back to
    /// `http`.
    pub fn parse(typed: &str) -> Result<Self, AddressError> {
        let typed = typed.trim_matches(|one: char| one.is_whitespace() || is_invisible(one));
        if typed.is_empty() {
            return Err(AddressError::Empty);
        }
        // A URL parser drops line breaks and tabs wherever they stand, and would join two lines into one host.
        if typed.len() > LONGEST_TYPED || typed.contains(char::is_control) {
            return Err(AddressError::Unreadable);
        }
        let url = if has_scheme(typed)? {
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
        if let Some(Host::Domain(name)) = origin.host() {
            let name = name.strip_suffix('.').unwrap_or(name).to_owned();
            if name.len() > LONGEST_NAME || name.split('.').any(|label| label.is_empty() || label.len() > 63)
            {
                return Err(AddressError::Host);
            }
            origin.set_host(Some(&name)).map_err(|_| AddressError::Host)?;
        }
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

    /// The host as people write it: IDN in its own alphabet. Only for show, beside [`Address::host`]: letters of two
    /// alphabets may look the same.
    pub fn shown_host(&self) -> String {
        match self.0.host() {
            Some(Host::Domain(name)) => url::quirks::domain_to_unicode(name),
            _ => self.host(),
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

/// Whether a text begins with a scheme of any kind.
///
/// # Errors
/// A scheme that is followed by no `//` and is not a host before a port (`javascript:`, `mailto:`).
fn has_scheme(typed: &str) -> Result<bool, AddressError> {
    let end = typed.find(['/', '?', '#', '\\']).unwrap_or(typed.len());
    let (authority, behind) = typed.split_at(end);
    let Some((scheme, rest)) = authority.split_once(':') else { return Ok(false) };
    let is_scheme = scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    if !is_scheme || authority.contains('@') {
        return Ok(false);
    }
    let is_web = scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http");
    if rest.is_empty() && (is_web || behind.starts_with("//")) {
        return Ok(true);
    }
    let is_port = (behind.is_empty() || !rest.is_empty()) && rest.bytes().all(|byte| byte.is_ascii_digit());
    if is_port || scheme.contains('.') || scheme == "localhost" {
        Ok(false)
    } else if is_web {
        Ok(true)
    } else {
        Err(AddressError::Scheme)
    }
}

/// Marks without a width that come along when an address is copied from a message.
fn is_invisible(one: char) -> bool {
    matches!(one, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
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
        assert_eq!(read("vms.local/?next=https://other.local"), "https://vms.local");
        assert_eq!(read("vms.local?token=secret"), "https://vms.local");
        assert_eq!(read("vms.local."), "https://vms.local");
        assert_eq!(read("http://10.0.0.5./x"), "http://10.0.0.5");
        assert_eq!(read("HTTPS://VMS.Local:443/"), "https://vms.local");
        assert_eq!(read("https:vms.local"), "https://vms.local");
        assert_eq!(read("\u{200b}https://vms.local\u{feff} "), "https://vms.local");
    }

    #[test]
    fn an_authority_names_the_port_only_where_it_is_not_the_schemes_own() {
        for (typed, authority) in [
            ("https://vms.local:443", "vms.local"),
            ("http://vms.local:443", "vms.local:443"),
            ("[::1]:9000", "[::1]:9000"),
            ("https://[::1]", "[::1]"),
        ] {
            assert_eq!(Address::parse(typed).unwrap().authority(), authority, "{typed}");
        }
    }

    #[test]
    fn a_name_in_another_alphabet_becomes_its_ascii_form() {
        assert_eq!(read("домофон.рф"), "https://xn--d1aqdcba5b.xn--p1ai");
        let address = Address::parse("xn--d1aqdcba5b.xn--p1ai").unwrap();
        assert_eq!(
            (address.shown_host().as_str(), address.host().as_str()),
            ("домофон.рф", "xn--d1aqdcba5b.xn--p1ai")
        );
    }

    #[test]
    fn what_cannot_be_a_server_is_refused_with_its_reason() {
        assert_eq!(read("   "), "Empty");
        assert_eq!(read("ftp://vms.local"), "Scheme");
        for typed in
            ["javascript:alert(1)", "file:///etc/passwd", "file:/etc/passwd", "data:text/html,x", "tel:12a"]
        {
            assert_eq!(read(typed), "Scheme", "{typed}");
        }
        for typed in
            ["https://admin:secret@vms.local", "admin:secret@vms.local", "admin@vms.local", "http://x:@a"]
        {
            assert_eq!(read(typed), "Credentials", "{typed}");
        }
        for typed in ["a..b", "..", ".", "a b.local", "https:///", "vms.local..", "[::1", "[fe80::1%eth0]"] {
            assert_eq!(read(typed), "Host", "{typed}");
        }
        assert_eq!(read(&"a".repeat(64)), "Host");
        assert_eq!(read(&"a.".repeat(1_500)), "Unreadable");
        assert_eq!(read("vms.local\nevil.local"), "Unreadable");
        assert_eq!(read("vms.local:80a"), "Port");
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
            crate::fuzzing::address(typed.as_bytes());
        }

        #[test]
        fn anything_like_an_address_is_read_or_refused(
            typed in r"(https?:|HTTP:|file:|javascript:)?/{0,3}([a-zа-я0-9.%-]{0,12}(:[a-z0-9]{0,6})?@)?(\[?[0-9a-f:.]{1,12}\]?|[a-zа-яß0-9.\u{ad}-]{0,20})(:[0-9]{0,6})?[/?#\\]?.{0,10}",
        ) {
            crate::fuzzing::address(typed.as_bytes());
        }

        #[test]
        fn an_address_never_prints_credentials(secret in "[a-z0-9]{12}", rest in "[/?#:@.a-z]{0,8}") {
            for typed in [
                format!("https://{secret}:x@vms.local/{rest}"),
                format!("https://vms.local/{rest}/{secret}?{secret}#{secret}"),
                format!("x:{secret}@vms.local{rest}"),
            ] {
                let printed = format!("{:?}", Address::parse(&typed));
                prop_assert!(!printed.contains(&secret), "{}", printed);
            }
        }
    }
}
