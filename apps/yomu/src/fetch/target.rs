//! The rules for a URL before anything is sent, at every hop.

use url::{Host, Url};

use super::limits::URL_BYTES_MAX;
use super::{AddressRules, FetchError, UrlProblem, port};

/// Where one hop goes.
pub(super) struct Target {
    /// For sentences.
    pub(super) host: String,
    pub(super) port: u16,
    /// The operator's own server, which needs no gap between requests.
    pub(super) own: bool,
}

impl Target {
    /// Checks a URL. Its parser has already turned every spelling of an address (`0x7f.1`, `017700000001`, `2130706433`)
    /// into the address.
    pub(super) fn of(url: &Url, rules: &AddressRules) -> Result<Self, FetchError> {
        let problem = |problem| FetchError::BadUrl { problem };
        if !matches!(url.scheme(), "http" | "https") {
            return Err(problem(UrlProblem::Scheme { scheme: url.scheme().to_owned() }));
        }
        if url.as_str().len() > URL_BYTES_MAX {
            return Err(problem(UrlProblem::TooLong { bytes_max: URL_BYTES_MAX }));
        }
        let (Some(name), Some(port)) = (url.host(), url.port_or_known_default()) else {
            return Err(problem(UrlProblem::Host));
        };
        let host = name.to_string();
        let address = match name {
            Host::Ipv4(address) => Some(address.into()),
            Host::Ipv6(address) => Some(address.into()),
            Host::Domain(_) => None,
        };
        let own = match address {
            Some(address) => rules.names(address),
            None => host == "localhost",
        };
        if let Some(address) = address {
            rules.check(address).map_err(|reserved| FetchError::PrivateAddress {
                host: host.clone(),
                address,
                reserved,
            })?;
        }
        // For a name it is not known yet whose address it has, so the operator's networks do not help it.
        if port::is_foreign(port) && !(own && address.is_some()) {
            return Err(FetchError::ForeignPort { host, port });
        }
        Ok(Self { host, port, own })
    }
}
