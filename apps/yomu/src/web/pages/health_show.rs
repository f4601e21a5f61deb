//! `GET /healthz` and `/readyz`: for whoever watches the program.

use axum::extract::State;
use axum::http::StatusCode;

use crate::web::Web;

/// The program runs.
pub(in crate::web) async fn alive() -> &'static str {
    "ok\n"
}

/// The database answers. Its schema is up to date since the store was opened.
pub(in crate::web) async fn ready(State(web): State<Web>) -> (StatusCode, &'static str) {
    match web.app.store.ping().await {
        Ok(()) => (StatusCode::OK, "ok\n"),
        Err(error) => {
            tracing::warn!(%error, "not ready: the database does not answer");
            (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n")
        }
    }
}
