//! Seals what an older program, or one without a key, stored plain.

use crate::App;

/// Does so once, at the start.
pub async fn seal_passwords(app: App) {
    match app.seal_plain_passwords().await {
        Ok(0) => {}
        Ok(passwords) => tracing::info!(passwords, "passwords of feeds were sealed"),
        Err(error) => {
            tracing::error!(%error, "passwords of feeds could not be sealed; that is tried again at the next start")
        }
    }
}
