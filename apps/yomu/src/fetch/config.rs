//! What the operator decides about fetching.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use ipnet::IpNet;
use url::Url;

use super::{Embedded, Limits};

/// What the operator decides about fetching. The default suits a reader on the internet.
#[derive(Debug, Clone)]
pub struct FetchConfig {
    /// Networks that may be fetched from although they are not public, such as `192.168.1.0/24` at home.
    pub allowed_networks: Vec<IpNet>,
    /// Who we say we are.
    pub user_agent: String,
    /// Requests in flight to one host.
    pub per_host_max: usize,
    /// Requests in flight to all hosts.
    pub requests_max: usize,
    /// Time between the starts of two requests to one host. Literal addresses in `allowed_networks` and `localhost`
    /// go without: those servers are the operator's own.
    pub host_gap: Duration,
    /// Certificate authorities in PEM form, beside the ones in the binary: for a home with its own.
    pub ca_file: Option<PathBuf>,
    /// DNS servers to ask; empty means those of the system.
    pub name_servers: Vec<SocketAddr>,
    /// Documents in the binary, answered for [`SAMPLE_HOST`](super::SAMPLE_HOST) without touching the network.
    pub embedded: Option<fn(&Url) -> Option<Embedded>>,
    /// Bounds on time and size.
    pub limits: Limits,
}

impl Default for FetchConfig {
    fn default() -> Self {
        Self {
            allowed_networks: Vec::new(),
            user_agent: concat!("Yomu/", env!("CARGO_PKG_VERSION"), " (feed reader)").to_owned(),
            per_host_max: 2,
            requests_max: 32,
            host_gap: Duration::from_millis(250),
            ca_file: None,
            name_servers: Vec::new(),
            embedded: None,
            limits: Limits::default(),
        }
    }
}

/// Why a fetcher cannot be made from a configuration.
#[derive(Debug, thiserror::Error)]
pub enum FetchSetupError {
    /// The user agent has a line break or other control characters in it.
    #[error("the user agent has characters that cannot stand in an HTTP header")]
    UserAgent,
    /// The file of certificate authorities cannot be read.
    #[error("the certificate authorities in `{}` cannot be read: {cause}", path.display())]
    CaFile {
        /// The file named in the configuration.
        path: PathBuf,
        /// What the reader said.
        cause: String,
    },
    /// The file of certificate authorities can be read, but holds none.
    #[error("there is no certificate in `{}`; it should hold certificate authorities in PEM form", path.display())]
    CaFileEmpty {
        /// The file named in the configuration.
        path: PathBuf,
    },
    /// The TLS library refuses our settings.
    #[error("TLS cannot be set up: {cause}")]
    Tls {
        /// What the library said.
        cause: String,
    },
    /// The DNS or HTTP library refuses our settings.
    #[error("the HTTP client cannot be set up: {cause}")]
    Client {
        /// What the library said.
        cause: String,
    },
}
