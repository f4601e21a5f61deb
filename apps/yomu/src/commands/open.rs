//! Opens the app and its one local user for a command.

use crate::App;
use crate::commands::CommandError;
use crate::config::Config;
use crate::fetch::FetchConfig;
use jiff::Timestamp;
use yomu_store::{Store, User};

/// The app over the configured database, and the local user.
pub(super) async fn open(config: &Config) -> Result<(App, User), CommandError> {
    let store = Store::open(&config.store, Timestamp::now()).await?;
    let user = store.local_user(Timestamp::now()).await?;
    let app = App::new(store, fetch_config(config))?;
    let app = match &config.session_secret {
        Some(secret) => app.with_secret(secret.clone()),
        None => app,
    };
    Ok((app, user))
}

/// How the program fetches.
pub(super) fn fetch_config(config: &Config) -> FetchConfig {
    FetchConfig {
        allowed_networks: config.allowed_networks.clone(),
        ca_file: config.ca_file.clone(),
        ..FetchConfig::default()
    }
}
