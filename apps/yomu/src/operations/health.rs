//! `GET /healthz` and `/readyz`, on the port of the pages and on that of the numbers.

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;

use super::Readiness;

/// Both addresses. Whoever watches asks by address, not by name, so nothing guards them; they tell nothing of anybody.
pub(super) fn health(readiness: Readiness) -> Router {
    Router::new().route("/healthz", get(alive)).route("/readyz", get(ready)).with_state(readiness)
}

/// The program runs.
async fn alive() -> &'static str {
    "ok\n"
}

/// The program can do its work.
async fn ready(State(readiness): State<Readiness>) -> (StatusCode, String) {
    match readiness.check().await {
        Ok(()) => (StatusCode::OK, "ok\n".to_owned()),
        Err(reason) => (StatusCode::SERVICE_UNAVAILABLE, format!("{reason}\n")),
    }
}
