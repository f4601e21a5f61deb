//! Where Valkey is: `redis://` or `rediss://` (with TLS), `user:password@`, host, port, and the number of the database.

use url::Url;
use yomu_model::secret::Secret;

use crate::fetch::percent_decoded;

/// An address that was understood.
#[derive(Debug, Clone)]
pub struct ValkeyAddress {
    pub(super) host: String,
    pub(super) port: u16,
    pub(super) username: Option<String>,
    pub(super) password: Option<Secret>,
    pub(super) database: u16,
    /// How TLS is spoken, if it is.
    pub(super) tls: Option<std::sync::Arc<rustls::ClientConfig>>,
    is_secure: bool,
}

/// An address is none. It is not repeated: it may hold a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an address such as `redis://:password@host:6379/0`, or `rediss://` for TLS")]
pub struct ValkeyAddressError;

impl ValkeyAddress {
    /// Reads an address.
    ///
    /// # Errors
    /// When it is none.
    pub fn parse(text: &str) -> Result<Self, ValkeyAddressError> {
        let url = Url::parse(text.trim()).map_err(|_| ValkeyAddressError)?;
        let is_secure = match url.scheme() {
            "redis" | "valkey" => false,
            "rediss" | "valkeys" => true,
            _ => return Err(ValkeyAddressError),
        };
        let host = url.host_str().filter(|host| !host.is_empty()).ok_or(ValkeyAddressError)?;
        let database = match url.path().trim_start_matches('/') {
            "" => 0,
            number => number.parse().map_err(|_| ValkeyAddressError)?,
        };
        if url.query().is_some() || url.fragment().is_some() {
            return Err(ValkeyAddressError);
        }
        Ok(Self {
            // An IPv6 address stands in brackets in an address, and nowhere else.
            host: host.trim_start_matches('[').trim_end_matches(']').to_owned(),
            port: url.port().unwrap_or(6379),
            username: decoded(url.username()),
            password: decoded(url.password().unwrap_or_default()).map(Secret::new),
            database,
            tls: None,
            is_secure,
        })
    }

    /// Whether TLS is asked for; [`ValkeyAddress::with_tls`] then has to say how.
    #[must_use]
    pub fn is_secure(&self) -> bool {
        self.is_secure
    }

    /// The address with the authorities that its certificate may come from.
    #[must_use]
    pub fn with_tls(self, mut config: rustls::ClientConfig) -> Self {
        config.alpn_protocols.clear();
        Self { tls: self.is_secure.then(|| std::sync::Arc::new(config)), ..self }
    }

    /// The address for people, without its secrets.
    pub(super) fn place(&self) -> String {
        format!("{}:{}", self.host, self.port)
    }
}

/// A part of an address; an empty one is none.
fn decoded(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| percent_decoded(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_is_read() {
        let address = ValkeyAddress::parse("rediss://yomu:p%40ss@cache.example:7000/3").unwrap();
        assert_eq!(address.place(), "cache.example:7000");
        assert_eq!((address.username.as_deref(), address.database, address.is_secure()), (Some("yomu"), 3, true));
        assert_eq!(address.password.as_ref().map(Secret::expose), Some("p@ss"));
        assert!(!format!("{address:?}").contains("p@ss"));
    }

    #[test]
    fn most_parts_may_be_left_out() {
        for text in ["redis://localhost", "valkey://localhost/", " redis://localhost:6379/0 "] {
            let address = ValkeyAddress::parse(text).unwrap();
            assert_eq!((address.place().as_str(), address.database), ("localhost:6379", 0), "{text}");
            assert!(address.password.is_none() && !address.is_secure());
        }
        assert_eq!(ValkeyAddress::parse("redis://[::1]").unwrap().host, "::1");
    }

    #[test]
    fn anything_else_is_refused_without_repeating_it() {
        for text in ["", "localhost:6379", "http://h", "redis://", "redis://h/x", "redis://h/70000", "redis://h?a=b"] {
            assert_eq!(ValkeyAddress::parse(text).err(), Some(ValkeyAddressError), "{text}");
        }
    }
}
