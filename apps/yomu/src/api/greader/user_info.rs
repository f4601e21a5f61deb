//! `/user-info`: who is signed in. Fluent Reader checks a password by it.

use axum::response::Response;
use serde_json::json;

use super::visit::{Visit, json};

/// Everything in it is text.
pub(super) async fn show(visit: Visit) -> Response {
    let (id, name) = (visit.user.id.to_string(), &visit.user.name);
    json(&json!({ "userId": id, "userName": name, "userProfileId": id, "userEmail": name }))
}
