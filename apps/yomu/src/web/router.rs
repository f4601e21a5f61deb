//! Every address of the pages, grouped by what a reader does there.

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, post};
use jiff::tz::TimeZone;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::{CompressionLayer, CompressionLevel};
use tower_http::csrf::CsrfLayer;
use tower_http::timeout::RequestBodyTimeoutLayer;
use url::Url;

use super::cookies::Cookies;
use super::error::WebError;
use super::layers::{SecurityHeaders, dress, observe, own_host_only, security_headers};
use super::limits::{BODY_STALLS, FORM_BYTES_MAX, IMPORT_BYTES_MAX};
use super::pages::{
    account_delete, account_save, account_show, add_show, add_submit, admin_show, app_password_create,
    app_password_remove, asset_show, device_sign_out, entries_mark, entry_article, entry_mark, entry_position,
    entry_remove, entry_share, entry_show, entry_star, entry_tag, events_show, feed_refresh, feed_remedy, feed_remove,
    feed_settings_save, feed_settings_show, feeds_refresh, feeds_show, file_import, folder_remove, folder_rename,
    highlight_change, highlight_create, highlights_export, highlights_show, home_show, icon_show, image_show,
    import_show, invitation_create, invitation_remove, invitation_show, keys_show, list_mark, list_next, list_show,
    manifest_show, offline_show, opml_export, pages_retry, reading_save, reading_show, rules_save, rules_show,
    sample_open, save_show, save_submit, search_save, search_show, share_revoke, shared_image_show, shared_show,
    shares_show, sign_in_finish, sign_in_show, sign_in_start, sign_out, storage_show, suggestions, tag_remove,
    tag_rename, tags_show, transfer_show, trouble_show, undo, user_admin, user_remove, welcome_show, worker_show,
};
use super::{Web, WebConfig};
use crate::operations::answer_time;
use crate::{App, api};

/// All pages, behind everything that guards them.
pub fn router(app: App, config: WebConfig) -> Router {
    let trusted_proxies: Arc<[ipnet::IpNet]> = config.trusted_proxies.into();
    let own_pictures = app.images.is_some();
    let said = SecurityHeaders::new(config.base_url.as_ref(), Arc::clone(&trusted_proxies), own_pictures);
    let web = Web {
        app,
        access: config.access,
        cookies: Cookies::at(config.base_url.as_ref()),
        trusted_proxies,
        host: config.base_url.as_ref().and_then(Url::host_str).map(Arc::from),
        base_url: config.base_url.clone().map(Arc::new),
        zone: TimeZone::system(),
    };
    let apps = api::router(web.app.clone(), config.base_url.as_ref(), Arc::clone(&web.trusted_proxies));
    // The last layer is the first to see a request.
    pages()
        .fallback(|| async { WebError::NotFound })
        .layer(DefaultBodyLimit::max(FORM_BYTES_MAX))
        .layer(RequestBodyTimeoutLayer::new(BODY_STALLS))
        .layer(csrf(config.base_url.as_ref()))
        .layer(from_fn(answer_time))
        .layer(CatchPanicLayer::new())
        .layer(from_fn_with_state(web.clone(), own_host_only))
        .layer(from_fn_with_state(web.clone(), dress))
        // A list of 100 entries in two milliseconds; higher levels cost ten times as much for a tenth less.
        .layer(CompressionLayer::new().quality(CompressionLevel::Precise(4)))
        .with_state(web.clone())
        .merge(pictures(web))
        // Apps come by any name, too, and prove themselves with every request.
        .merge(apps)
        .layer(from_fn_with_state(said, security_headers))
        .layer(from_fn(observe))
}

fn pages() -> Router<Web> {
    Router::new()
        // The first run
        .route("/", get(home_show::show))
        .route("/welcome", get(welcome_show::show))
        .route("/suggestions", get(suggestions::show).post(suggestions::subscribe))
        .route("/welcome/sample", post(sample_open::open))
        // Lists
        .route("/unread", get(list_show::unread))
        .route("/all", get(list_show::all))
        .route("/starred", get(list_show::starred))
        .route("/saved", get(list_show::saved))
        .route("/feeds/{id}", get(list_show::feed))
        .route("/folders/{id}", get(list_show::folder))
        .route("/search", get(search_show::show))
        .route("/events", get(events_show::show))
        .route("/mark", post(list_mark::mark))
        .route("/undo/{what}", post(undo::take_back))
        .route("/next", get(list_next::next))
        .route("/keys", get(keys_show::show))
        // One entry
        .route("/entries/{id}", get(entry_show::show))
        .route("/entries/{id}/read", post(entry_mark::read))
        .route("/entries/{id}/unread", post(entry_mark::unread))
        .route("/entries/{id}/star", post(entry_star::star))
        .route("/entries/{id}/unstar", post(entry_star::unstar))
        .route("/entries/{id}/tags", post(entry_tag::change))
        .route("/entries/{id}/highlights", post(highlight_create::create))
        .route("/entries/{id}/highlights.md", get(highlights_export::of_entry))
        .route("/entries/{id}/share", post(entry_share::create))
        .route("/entries/{id}/article", post(entry_article::fetch))
        .route("/entries/{id}/remove", post(entry_remove::remove))
        .route("/entries/{id}/position", post(entry_position::read))
        .route("/entries/{id}/media-position", post(entry_position::played))
        .route("/reading", get(reading_show::show).post(reading_save::save))
        // Several entries
        .route("/entries/read", post(entries_mark::read))
        .route("/entries/unread", post(entries_mark::unread))
        .route("/entries/star", post(entries_mark::star))
        .route("/entries/unstar", post(entries_mark::unstar))
        // Feeds and folders
        .route("/feeds", get(feeds_show::show))
        .route("/trouble", get(trouble_show::show))
        .route("/refresh", post(feeds_refresh::refresh))
        .route("/feeds/{id}/settings", get(feed_settings_show::show).post(feed_settings_save::save))
        .route("/feeds/{id}/refresh", post(feed_refresh::refresh))
        .route("/feeds/{id}/find", post(feed_remedy::find))
        .route("/feeds/{id}/password", post(feed_remedy::password))
        .route("/feeds/{id}/hush", post(feed_remedy::hush))
        .route("/feeds/{id}/unhush", post(feed_remedy::unhush))
        .route("/feeds/{id}/remove", get(feed_remove::ask).post(feed_remove::remove))
        .route("/folders/{id}/rename", post(folder_rename::rename))
        .route("/folders/{id}/remove", post(folder_remove::remove))
        // What readers keep
        .route("/highlights", get(highlights_show::show))
        .route("/highlights.md", get(highlights_export::all))
        .route("/highlights/{id}/note", post(highlight_change::note))
        .route("/highlights/{id}/remove", post(highlight_change::remove))
        .route("/searches", post(search_save::save))
        .route("/searches/{id}", get(search_show::show_saved).post(search_save::change))
        .route("/searches/{id}/remove", post(search_save::remove))
        .route("/rules", get(rules_show::show).post(rules_save::save))
        .route("/shares", get(shares_show::show))
        .route("/shares/{id}/revoke", post(share_revoke::revoke))
        .route("/shared/{token}", get(shared_show::show))
        .route("/shared/{token}/image/{signature}/{address}", get(shared_image_show::show))
        .route("/storage", get(storage_show::show))
        .route("/tags", get(tags_show::show))
        .route("/tags/{id}", get(list_show::tag))
        .route("/tags/{id}/rename", post(tag_rename::rename))
        .route("/tags/{id}/remove", post(tag_remove::remove))
        // Ways in and out
        .route("/add", get(add_show::show).post(add_submit::submit))
        .route("/save", get(save_show::show).post(save_submit::submit))
        .route("/transfer", get(transfer_show::show))
        .route(
            "/import",
            get(import_show::show).post(file_import::import).layer(DefaultBodyLimit::max(IMPORT_BYTES_MAX)),
        )
        .route("/transfer/retry", post(pages_retry::retry))
        .route("/export.opml", get(opml_export::export))
        // Signing in and out
        .route("/sign-in", get(sign_in_show::show))
        .route("/sign-in/start", get(sign_in_start::start))
        .route("/sign-in/callback", get(sign_in_finish::finish))
        .route("/sign-out", post(sign_out::sign_out))
        .route("/invitations/{token}", get(invitation_show::show))
        // One's own account
        .route("/account", get(account_show::show).post(account_save::save))
        .route("/account/devices/{id}/sign-out", post(device_sign_out::one))
        .route("/account/sign-out-everywhere", post(device_sign_out::all))
        .route("/account/app-passwords", post(app_password_create::create))
        .route("/account/app-passwords/{id}/remove", post(app_password_remove::remove))
        .route("/account/delete", post(account_delete::delete))
        // For admins
        .route("/admin", get(admin_show::show))
        .route("/admin/invitations", post(invitation_create::create))
        .route("/admin/invitations/{id}/remove", post(invitation_remove::remove))
        .route("/admin/users/{id}/admin", post(user_admin::set))
        .route("/admin/users/{id}/remove", post(user_remove::remove))
        // Files
        .route("/icons/{id}", get(icon_show::show))
        .route("/assets/{file}", get(asset_show::show))
        .route("/favicon.ico", get(asset_show::favicon))
        // Installed, and without a network
        .route("/manifest.webmanifest", get(manifest_show::show))
        .route("/sw.js", get(worker_show::show))
        .route("/offline", get(offline_show::show))
}

/// Pictures of articles, which come as streams: nothing waits for their end, compresses them, or dresses their failures.
fn pictures(web: Web) -> Router {
    Router::new()
        .route("/image/{signature}/{address}", get(image_show::show))
        .layer(CatchPanicLayer::new())
        .layer(from_fn_with_state(web.clone(), own_host_only))
        .with_state(web)
}

/// Forms are accepted from our own pages only: as the browser says in `Sec-Fetch-Site`, or else by `Origin`.
fn csrf(base_url: Option<&Url>) -> CsrfLayer {
    let layer = CsrfLayer::new();
    let origin = base_url.map(|url| url.origin().ascii_serialization());
    match origin.and_then(|origin| layer.clone().add_trusted_origin(origin).ok()) {
        Some(trusting) => trusting,
        // An address of the program that is no web address was refused at start.
        None => layer,
    }
}
