//! Where a host listens.

use std::fmt;
use std::str::FromStr;

use url::{Host, Url};

/// Where `pveproxy` listens unless somebody moved it.
const PORT: u16 = 8006;

/// Host and port of a Proxmox VE API.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Endpoint {
    host: Host<String>,
    port: u16,
}

/// A text that names no host.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{given}` is not the address of a Proxmox host: {cause}")]
pub struct InvalidEndpoint {
    /// What was given, without a password that may have stood in it.
    pub given: String,
    /// What is wrong with it.
    pub cause: &'static str,
}

impl Endpoint {
    /// The host as it stands in an address, IPv6 in brackets.
    pub(crate) fn url_host(&self) -> String {
        self.host.to_string()
    }

    /// The host as a resolver or a certificate knows it, IPv6 without brackets.
    pub(crate) fn name(&self) -> String {
        match &self.host {
            Host::Domain(name) => name.clone(),
            Host::Ipv4(address) => address.to_string(),
            Host::Ipv6(address) => address.to_string(),
        }
    }

    /// The port.
    pub fn port(&self) -> u16 {
        self.port
    }
}

/// `pve.home`, `192.168.0.10:8006`, `[fd00::10]` and `https://pve.home:8006/` are all understood.
impl FromStr for Endpoint {
    type Err = InvalidEndpoint;

    fn from_str(text: &str) -> Result<Self, InvalidEndpoint> {
        let text = text.trim();
        let rest = text.strip_prefix("https://").unwrap_or(text);
        let invalid =
            |cause| InvalidEndpoint { given: rest.rsplit_once('@').map_or(rest, |(_, host)| host).to_owned(), cause };
        if rest.contains("://") {
            return Err(invalid("only https is spoken there"));
        }
        // A scheme without a default port, so that a missing port is told from 443.
        let url = Url::parse(&format!("pve://{rest}")).map_err(|_| invalid("write it as `host` or `host:port`"))?;
        if !url.username().is_empty() || url.password().is_some() {
            return Err(invalid("credentials do not belong into the address"));
        }
        if !matches!(url.path(), "" | "/") || url.query().is_some() || url.fragment().is_some() {
            return Err(invalid("write it without a path"));
        }
        // `pve` is no scheme of the web, so the parser leaves hosts unchecked; parsing again checks names and IPv4.
        let host = url.host_str().and_then(|host| Host::parse(host).ok()).ok_or_else(|| invalid("no host is named"))?;
        Ok(Self { host, port: url.port().unwrap_or(PORT) })
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}", self.host, self.port)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_as_people_write_them() {
        for (text, host) in [
            ("pve.home", "pve.home:8006"),
            ("https://pve.home:8006/", "pve.home:8006"),
            ("https://pve.home", "pve.home:8006"),
            ("192.168.0.10:443", "192.168.0.10:443"),
            ("[fd00::10]", "[fd00::10]:8006"),
            (" PVE ", "pve:8006"),
        ] {
            assert_eq!(text.parse::<Endpoint>().map(|endpoint| endpoint.to_string()), Ok(host.to_owned()), "{text}");
        }
        assert_eq!("[fd00::10]".parse::<Endpoint>().unwrap().name(), "fd00::10");
    }

    #[test]
    fn what_is_no_address_is_refused_and_a_password_not_repeated() {
        for bad in ["", "https://", "http://pve", "pve:99999", "pve/api2", "pve?x", "a b", "ssh://pve", "root@pve"] {
            assert!(bad.parse::<Endpoint>().is_err(), "{bad}");
        }
        let refused = ["https://root:", "hunter2", "@pve"].concat().parse::<Endpoint>().unwrap_err();
        assert!(!refused.to_string().contains("hunter2"), "{refused}");
    }
}
