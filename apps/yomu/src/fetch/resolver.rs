//! Names to addresses, and only to addresses that may be connected to.
//!
//! The HTTP client connects to exactly what is answered here, so a name cannot point to a public address when it is
//! checked and to a private one when it is used. Literal addresses never come by: `target.rs` checks those.
//!
//! `/etc/hosts` is honoured. Names of mDNS (`.local`) are not found unless the DNS server knows them.

use std::error::Error;
use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use hickory_resolver::TokioResolver;
use hickory_resolver::config::{ConnectionConfig, NameServerConfig, ResolverConfig, ResolverOpts};
use hickory_resolver::net::NetError;
use hickory_resolver::net::runtime::TokioRuntimeProvider;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::limits::{DNS_CACHE_MAX, DNS_TRY};
use super::{AddressRules, FetchConfig, FetchSetupError, Reserved};

/// A resolver that answers with permitted addresses only.
#[derive(Clone)]
pub(super) struct PublicResolver {
    source: Arc<Source>,
    rules: Arc<AddressRules>,
    time_max: Duration,
}

enum Source {
    /// Asks DNS servers without a thread for each name.
    Dns(Box<TokioResolver>),
    /// `getaddrinfo` in a blocking thread, where there is no `/etc/resolv.conf` to read servers from.
    System,
}

/// Why a name has no usable address.
#[derive(Debug, Clone)]
pub(super) enum ResolveError {
    NotFound,
    Timeout,
    Private { address: IpAddr, reserved: Reserved },
    Failed { cause: String },
}

impl PublicResolver {
    pub(super) fn new(config: &FetchConfig, rules: Arc<AddressRules>) -> Result<Self, FetchSetupError> {
        Ok(Self { source: Arc::new(Source::new(config)?), rules, time_max: config.limits.dns_time })
    }

    async fn permitted(&self, host: &str) -> Result<Vec<SocketAddr>, ResolveError> {
        let addresses = tokio::time::timeout(self.time_max, self.source.addresses(host))
            .await
            .unwrap_or(Err(ResolveError::Timeout))?;
        let mut refused = ResolveError::NotFound;
        let mut permitted = Vec::with_capacity(addresses.len());
        for address in addresses {
            match self.rules.check(address) {
                // The client puts in the port of the URL.
                Ok(()) => permitted.push(SocketAddr::new(address, 0)),
                Err(reserved) => refused = ResolveError::Private { address, reserved },
            }
        }
        if permitted.is_empty() { Err(refused) } else { Ok(permitted) }
    }
}

impl Resolve for PublicResolver {
    fn resolve(&self, name: Name) -> Resolving {
        let resolver = self.clone();
        Box::pin(async move {
            let addresses = resolver.permitted(name.as_str()).await?;
            Ok(Box::new(addresses.into_iter()) as Addrs)
        })
    }
}

impl Source {
    fn new(config: &FetchConfig) -> Result<Self, FetchSetupError> {
        let mut builder = if config.name_servers.is_empty() {
            match TokioResolver::builder_tokio() {
                Ok(builder) => builder,
                Err(cause) => {
                    tracing::info!(%cause, "no DNS servers configured on this machine, asking the system instead");
                    return Ok(Self::System);
                }
            }
        } else {
            let servers = config.name_servers.iter().map(|&server| name_server(server)).collect();
            TokioResolver::builder_with_config(
                ResolverConfig::from_name_servers(servers),
                TokioRuntimeProvider::default(),
            )
        };
        bound(builder.options_mut());
        let resolver = builder.build().map_err(|cause| FetchSetupError::Client { cause: cause.to_string() })?;
        Ok(Self::Dns(Box::new(resolver)))
    }

    async fn addresses(&self, host: &str) -> Result<Vec<IpAddr>, ResolveError> {
        match self {
            Source::Dns(resolver) => match resolver.lookup_ip(absolute(host)).await {
                Ok(found) => Ok(found.iter().collect()),
                Err(cause) => Err(cause.into()),
            },
            Source::System => match tokio::net::lookup_host((host, 0)).await {
                Ok(found) => Ok(found.map(|address| address.ip()).collect()),
                // getaddrinfo's codes do not survive; by far the most common one is "unknown name".
                Err(_) => Err(ResolveError::NotFound),
            },
        }
    }
}

fn name_server(address: SocketAddr) -> NameServerConfig {
    let connections = [ConnectionConfig::udp(), ConnectionConfig::tcp()].map(|mut connection| {
        connection.port = address.port();
        connection
    });
    NameServerConfig::new(address.ip(), true, connections.into())
}

fn bound(options: &mut ResolverOpts) {
    options.timeout = DNS_TRY;
    options.attempts = 1;
    options.cache_size = DNS_CACHE_MAX;
}

/// A name with a dot is asked for as it is. Otherwise the search list of a Kubernetes pod (`ndots:5`) would turn each
/// name into five questions, and let a search domain answer for someone else's name.
fn absolute(host: &str) -> String {
    if host.contains('.') && !host.ends_with('.') { format!("{host}.") } else { host.to_owned() }
}

impl From<NetError> for ResolveError {
    fn from(cause: NetError) -> Self {
        match cause {
            NetError::Timeout => Self::Timeout,
            cause if cause.is_no_records_found() => Self::NotFound,
            cause => Self::Failed { cause: cause.to_string() },
        }
    }
}

impl fmt::Display for ResolveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound => f.write_str("no such name"),
            Self::Timeout => f.write_str("no answer in time"),
            Self::Private { address, reserved } => write!(f, "{address} is not public ({reserved})"),
            Self::Failed { cause } => f.write_str(cause),
        }
    }
}

impl Error for ResolveError {}
