//! `/version` and `/integrations/status`.

use axum::http::StatusCode;
use axum::response::Response;
use serde_json::json;

use super::error::Answer;
use super::input::{json, json_with};
use crate::api::caller::Caller;

/// The version of Miniflux whose API this is. Apps look here for what they may ask.
const SPEAKS_LIKE: &str = "2.3.4";

/// What runs here; every member of Miniflux's answer has a value.
pub(super) async fn version(_: Caller) -> Response {
    json(&json!({
        "version": SPEAKS_LIKE,
        "commit": concat!("yomu-", env!("CARGO_PKG_VERSION")),
        "build_date": "unknown",
        "go_version": "none",
        "compiler": "rustc",
        "arch": std::env::consts::ARCH,
        "os": std::env::consts::OS,
        "yomu_version": env!("CARGO_PKG_VERSION"),
    }))
}

/// Entries can always be saved: among the saved pages.
pub(super) async fn integrations(_: Caller) -> Answer {
    Ok(json_with(StatusCode::OK, &json!({ "has_integrations": true })))
}
