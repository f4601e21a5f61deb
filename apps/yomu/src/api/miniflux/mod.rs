//! The Miniflux REST API, version 1, as its clients use it, and our own additions under the same root.
//!
//! `feed_id` is the number of a subscription, `category_id` that of a folder and one (`api/categories.rs`). What has no
//! counterpart here answers as Miniflux would with its defaults: rules, proxies, themes, gestures. `routes.rs` lists
//! every address with its description, and both the router and `/v1/openapi.json` are made from that list.

mod api_keys;
mod categories;
mod category_feeds;
mod category_json;
mod discover;
mod enclosures;
mod entries;
mod entry_change;
mod entry_content;
mod entry_filter;
mod entry_import;
mod entry_json;
mod error;
mod feed_change;
mod feed_create;
mod feed_json;
mod feeds;
mod health;
mod history;
mod icons;
mod input;
mod mark_all;
mod openapi;
mod opml;
mod route;
mod routes;
mod saved_pages;
mod server;
mod time;
mod user_json;
mod users;

use axum::Router;

use super::Api;

/// The API at `/v1`, and once more below itself for readers who pasted an address that ends with `/v1`.
pub(super) fn router() -> Router<Api> {
    let v1 = route::router(routes::routes());
    let mut root = Router::new();
    for (path, handler) in health::routes() {
        root = root.route(path, handler);
    }
    root.nest("/v1", v1.clone()).nest("/v1/v1", v1)
}
