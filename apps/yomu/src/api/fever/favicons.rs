//! `favicons`: the pictures themselves, in Base64.

use std::collections::BTreeSet;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value, json};
use yomu_store::{Subscription, User};

use super::visit::Problem;
use crate::api::Api;

/// Adds `favicons`, each once however many feeds share it.
pub(super) async fn add(
    api: &Api,
    user: &User,
    feeds: &[Subscription],
    out: &mut Map<String, Value>,
) -> Result<(), Problem> {
    let wanted: BTreeSet<_> = feeds.iter().filter_map(|feed| feed.icon_id).collect();
    let mut favicons = Vec::with_capacity(wanted.len());
    for id in wanted {
        if let Some(icon) = api.app.store.icon(user.id, id).await? {
            let data = format!("{};base64,{}", icon.media_type, STANDARD.encode(&icon.bytes));
            favicons.push(json!({ "id": id, "data": data }));
        }
    }
    out.insert("favicons".to_owned(), favicons.into());
    Ok(())
}
