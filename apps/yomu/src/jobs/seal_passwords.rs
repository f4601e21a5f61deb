//! Seals the passwords of feeds that an older program stored plain, or that lie under an older key.

use crate::App;

/// Does so once, at the start.
pub async fn seal_passwords(app: App) {
    match app.seal_old_passwords().await {
        Ok(0) => {}
        Ok(passwords) => tracing::info!(passwords, "passwords of feeds were sealed"),
        Err(error) => {
            tracing::error!(%error, "passwords of feeds could not be sealed; that is tried again at the next start");
        }
    }
}
