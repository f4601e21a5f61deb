//! The Google Reader API, as FreshRSS and Miniflux serve it and native apps speak it.
//!
//! Streams are read in `stream.rs`, numbers of items in `item_id.rs`. The token of `ClientLogin` is the app password
//! itself: it needs no table, and ends when the password does. The action token `T` is handed out and never asked for,
//! because half of the apps do not send it and the header proves as much.

mod contents;
mod continuation;
mod edit_tag;
mod icons;
mod item_id;
mod item_json;
mod items;
mod login;
mod mark_all;
mod preferences;
mod stream;
mod stream_filter;
mod subscription_edit;
mod subscriptions;
mod tags;
mod transfer;
mod unread_count;
mod user_info;
mod visit;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{MethodRouter, any, get};

use super::limits::OPML_BYTES_MAX;
use super::{Api, icon_links};

/// Where people say the API is: at the root, with a slash too many, at FreshRSS's address, or at the API's own.
const PREFIXES: [&str; 4] = ["", "/", "/api/greader.php", "/reader/api/0"];

/// The API below each of its prefixes. Most apps stick to GET and POST as the original had them, some do not; so a method
/// is asked for nowhere.
pub(super) fn router() -> Router<Api> {
    let mut router = Router::new();
    for prefix in PREFIXES {
        for (path, handler) in routes() {
            router = router.route(&format!("{prefix}{path}"), handler);
        }
    }
    router.route(&format!("{}/{{name}}", icon_links::PATH), get(icons::show))
}

fn routes() -> Vec<(&'static str, MethodRouter<Api>)> {
    vec![
        ("/accounts/ClientLogin", any(login::login)),
        ("/reader/api/0/token", any(login::token)),
        ("/reader/api/0/user-info", any(user_info::show)),
        ("/reader/api/0/subscription/list", any(subscriptions::list)),
        ("/reader/api/0/subscription/edit", any(subscription_edit::edit)),
        ("/reader/api/0/subscription/quickadd", any(subscription_edit::quick_add)),
        ("/reader/api/0/subscription/export", any(transfer::export)),
        ("/reader/api/0/subscription/import", any(transfer::import).layer(DefaultBodyLimit::max(OPML_BYTES_MAX))),
        ("/reader/api/0/tag/list", any(tags::list)),
        ("/reader/api/0/edit-tag", any(edit_tag::edit)),
        ("/reader/api/0/rename-tag", any(tags::rename)),
        ("/reader/api/0/disable-tag", any(tags::disable)),
        ("/reader/api/0/mark-all-as-read", any(mark_all::mark)),
        ("/reader/api/0/unread-count", any(unread_count::show)),
        ("/reader/api/0/stream/items/ids", any(items::ids)),
        ("/reader/api/0/stream/items/count", any(items::count)),
        ("/reader/api/0/stream/items/contents", any(items::contents)),
        ("/reader/api/0/stream/contents", any(contents::show)),
        ("/reader/api/0/stream/contents/", any(contents::show)),
        ("/reader/api/0/stream/contents/{*stream}", any(contents::show)),
        ("/reader/api/0/preference/list", any(preferences::list)),
        ("/reader/api/0/preference/stream/list", any(preferences::streams)),
        ("/reader/api/0/preference/stream/set", any(preferences::accept)),
        ("/reader/api/0/friend/list", any(preferences::friends)),
        ("/reader/api/0/item/edit", any(preferences::accept)),
        ("/reader/api/0/{*unknown}", any(visit::unknown)),
    ]
}
