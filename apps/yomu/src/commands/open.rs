//! Opens the app and its one local user for a command.

use std::path::PathBuf;
use std::time::Duration;

use jiff::Timestamp;
use yomu_store::{Store, StoreConfig, User};

use crate::App;
use crate::cache::Cache;
use crate::commands::CommandError;
use crate::config::Config;
use crate::feed_passwords::{key_file, key_file_left_in};
use crate::fetch::{FetchConfig, tls_config};
use crate::metrics;
use crate::operations::limits::REOPEN;
use crate::operations::{Readiness, Stop};
use crate::random::random_bytes;

/// The app over the configured database, and the local user.
pub(super) async fn open(config: &Config) -> Result<(App, User), CommandError> {
    let app = open_app(config).await?;
    // A command ends soon after it began, and what it changes should be known to the replicas that serve.
    app.cache.reached(Duration::from_millis(500)).await;
    let user = app.store.local_user(app.now()).await?;
    Ok((app, user))
}

/// The app over the configured database.
pub(super) async fn open_app(config: &Config) -> Result<App, CommandError> {
    yomu_store::observe(|work, took| metrics::DATABASE.observe([work.name()], took));
    let store = Store::open(&config.store, Timestamp::now()).await?;
    let cache = cache(config, &store).await?;
    let app = App::new(store, fetch_config(config))?.with_cache(cache);
    let secret = config.session_secret.clone();
    Ok(match (&config.store, secret) {
        (StoreConfig::Sqlite(path), secret) => {
            let key = key_file(path).map_err(|reason| CommandError::File {
                path: PathBuf::from(format!("{}.key", path.display())),
                verb: "read",
                reason,
            })?;
            app.with_key_file(secret, &key)
        }
        (StoreConfig::Postgres(_), secret) => {
            match (config.data_folder.as_deref().and_then(key_file_left_in), secret) {
                (Some(key), secret) => app.with_key_file(secret, &key),
                (None, Some(secret)) => app.with_secret(secret),
                (None, None) => app,
            }
        }
    })
}

/// How the program fetches.
pub(super) fn fetch_config(config: &Config) -> FetchConfig {
    FetchConfig {
        allowed_networks: config.allowed_networks.clone(),
        ca_file: config.ca_file.clone(),
        ..FetchConfig::default()
    }
}

/// [`open_app`] for a server, which waits for a database that is away instead of dying again and again. None when it was
/// told to stop before.
pub(super) async fn open_patiently(
    config: &Config,
    readiness: &Readiness,
    stop: &Stop,
) -> Result<Option<App>, CommandError> {
    let mut wait = REOPEN.0;
    loop {
        let reason = match open_app(config).await {
            Err(CommandError::Store(error)) if error.is_away() => error.to_string(),
            Err(error) => return Err(error),
            Ok(app) => return Ok(Some(app.with_stop(stop.clone()))),
        };
        tracing::warn!(reason, "waiting for the database; trying again in {} ms", wait.as_millis());
        readiness.waits_for(reason);
        tokio::select! {
            () = tokio::time::sleep(wait) => wait = (wait * 2).min(REOPEN.1),
            () = stop.told() => return Ok(None),
        }
    }
}

/// The cache that the settings ask for.
async fn cache(config: &Config, store: &Store) -> Result<Cache, CommandError> {
    let Some(address) = config.valkey.clone() else { return Ok(Cache::in_memory()) };
    let address = match address.is_secure() {
        true => address.with_tls(tls_config(config.ca_file.as_deref())?),
        false => address,
    };
    // What belongs to one database is kept apart from what belongs to another, whatever they are called.
    let key = store.server_key("cache", random_bytes()).await?;
    let namespace: String = key[..8].iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(Cache::in_valkey(address, &namespace))
}
