//! What older apps ask for and nobody has: their own settings, friends, notes.

use axum::response::Response;
use serde_json::json;

use super::visit::{Visit, done, json};

/// No settings.
pub(super) async fn list(_: Visit) -> Response {
    json(&json!({ "prefs": [] }))
}

/// No settings of streams.
pub(super) async fn streams(_: Visit) -> Response {
    json(&json!({ "streamprefs": {} }))
}

/// No friends.
pub(super) async fn friends(_: Visit) -> Response {
    json(&json!({ "friends": [] }))
}

/// Taken and forgotten.
pub(super) async fn accept(_: Visit) -> Response {
    done()
}
