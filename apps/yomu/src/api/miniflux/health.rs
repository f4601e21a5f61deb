//! Miniflux's addresses for those who watch, beside our own `/healthz` and `/readyz`.

use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::{MethodRouter, get};

use crate::api::Api;

/// The addresses, at the root.
pub(super) fn routes() -> [(&'static str, MethodRouter<Api>); 3] {
    [("/healthcheck", get(ready)), ("/liveness", get(alive)), ("/readiness", get(ready))]
}

async fn alive() -> &'static str {
    "OK"
}

async fn ready(State(api): State<Api>) -> (StatusCode, &'static str) {
    match api.app.store.ping().await {
        Ok(()) => (StatusCode::OK, "OK"),
        Err(error) => {
            tracing::error!(%error, "the database does not answer");
            (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer")
        }
    }
}
