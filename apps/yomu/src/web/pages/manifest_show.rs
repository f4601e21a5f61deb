//! `GET /manifest.webmanifest`: what a browser needs to know to install the reader as an app.

use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::web::assets;
use crate::web::visit::Guest;

/// Shows the manifest, in the language of the browser.
pub(in crate::web) async fn show(guest: Guest) -> Response {
    let words = guest.words;
    let place = |name: &str, url: &str| json!({ "name": name, "url": url });
    let manifest = json!({
        "id": "/",
        "name": "Yomu",
        "short_name": "Yomu",
        "description": words.welcome_text,
        "lang": words.code,
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#fcfbf8",
        "theme_color": "#fcfbf8",
        "icons": [
            { "src": assets::ICON.path, "sizes": "any", "type": "image/svg+xml" },
            { "src": assets::ICON_192.path, "sizes": "192x192", "type": "image/png" },
            { "src": assets::ICON_512.path, "sizes": "512x512", "type": "image/png" },
            { "src": assets::ICON_MASKABLE.path, "sizes": "512x512", "type": "image/png", "purpose": "maskable" },
        ],
        "shortcuts": [
            place(words.unread, "/unread"),
            place(words.saved, "/saved"),
            place(words.search, "/search"),
            place(words.add, "/add"),
        ],
        "share_target": {
            "action": "/save",
            "method": "GET",
            // It is the default, and Chromium warns where it is not said.
            "enctype": "application/x-www-form-urlencoded",
            "params": { "title": "title", "text": "text", "url": "url" },
        },
    });
    let headers = [
        (header::CONTENT_TYPE, "application/manifest+json"),
        (header::CACHE_CONTROL, "public, max-age=86400"),
        (header::VARY, "Accept-Language, Cookie"),
    ];
    (headers, manifest.to_string()).into_response()
}
