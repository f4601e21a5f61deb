//! How PostgreSQL is reached: the address and the pool.

use std::time::Duration;

use deadpool_postgres::{Manager, ManagerConfig, Pool, QueueMode, RecyclingMethod, Runtime};
use tokio_postgres::Config;
use tokio_postgres_rustls::MakeRustlsConnect;

use super::tls;
use crate::StoreError;

/// Connections per process. Two web replicas and a worker stay far below PostgreSQL's default of 100.
pub(super) const CONNECTIONS: usize = 8;

/// How long a request waits for a connection before it says that the database is not there.
const WAIT: Duration = Duration::from_secs(5);

/// Prepares the pool; the first use connects.
pub(crate) fn open(url: &str) -> Result<Pool, StoreError> {
    let (address, wishes) = tls::read(url);
    let mut config: Config = address.parse().map_err(|error: tokio_postgres::Error| StoreError::Open {
        place: "DATABASE_URL".to_owned(),
        reason: error.to_string(),
    })?;
    config.application_name("yomu");
    config.connect_timeout(WAIT);
    let place = place(&config);
    let client = tls::client(&wishes).map_err(|reason| StoreError::Open { place: place.clone(), reason })?;
    let manager = Manager::from_config(
        config,
        MakeRustlsConnect::new(client),
        ManagerConfig { recycling_method: RecyclingMethod::Fast },
    );
    Pool::builder(manager)
        .max_size(CONNECTIONS)
        // The connection used last has its statements prepared, its plans made and the server's caches warm.
        .queue_mode(QueueMode::Lifo)
        .runtime(Runtime::Tokio1)
        .wait_timeout(Some(WAIT))
        .create_timeout(Some(WAIT))
        .build()
        .map_err(|error| StoreError::Open { place, reason: error.to_string() })
}

/// Where the database is, without its credentials.
fn place(config: &Config) -> String {
    let host = match config.get_hosts().first() {
        Some(tokio_postgres::config::Host::Tcp(host)) => host.clone(),
        #[cfg(unix)]
        Some(tokio_postgres::config::Host::Unix(path)) => path.display().to_string(),
        None => "?".to_owned(),
    };
    let port = config.get_ports().first().copied().unwrap_or(5432);
    format!("{host}:{port}/{}", config.get_dbname().unwrap_or_default())
}
