//! The interfaces that existing apps speak: Miniflux, Google Reader and Fever.
//!
//! ```text
//! URL -> <api>/router.rs -> caller.rs (whose app password is this) -> one file a resource -> actions | store
//! ```
//!
//! The three are thin: they translate names, numbers and shapes, and decide nothing that a page would not decide in the
//! same way. Apps are many and can seldom be mended, so what they send is taken as it was meant, and what they get is
//! what the original would send. An app proves itself with every request, so none of this needs the browser's guards;
//! web apps live elsewhere and get the headers that let them ask (`cors.rs`).

mod body;
mod caller;
mod categories;
mod cors;
mod fever;
mod greader;
mod icon_links;
mod library;
mod limits;
mod media;
mod miniflux;
mod params;

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn;
use ipnet::IpNet;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::predicate::{NotForContentType, Predicate as _, SizeAbove};
use tower_http::compression::{CompressionLayer, CompressionLevel};
use tower_http::timeout::{RequestBodyTimeoutLayer, TimeoutLayer};
use url::Url;

use crate::App;
use crate::operations::limits::CHANGE_TIME;
use limits::{BODY_BYTES_MAX, BODY_STALLS, COMPRESSED_FROM_BYTES};

/// What every answer to an app is made from. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Api {
    app: App,
    /// The address under which people reach the program, for links to pictures.
    base_url: Option<Arc<Url>>,
    /// Proxies whose word about the address of a client is believed.
    trusted_proxies: Arc<[IpNet]>,
}

/// All addresses of the three interfaces.
pub(crate) fn router(app: App, base_url: Option<&Url>, trusted_proxies: Arc<[IpNet]>) -> Router {
    let api = Api { app, base_url: base_url.map(|url| Arc::new(url.clone())), trusted_proxies };
    let worthwhile = SizeAbove::new(COMPRESSED_FROM_BYTES).and(NotForContentType::IMAGES);
    Router::new()
        .merge(miniflux::router())
        .merge(greader::router())
        .merge(fever::router())
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .layer(RequestBodyTimeoutLayer::new(BODY_STALLS))
        // Some requests of apps fetch a page although they only ask for it.
        .layer(TimeoutLayer::with_status_code(axum::http::StatusCode::GATEWAY_TIMEOUT, CHANGE_TIME))
        .layer(CatchPanicLayer::new())
        .layer(CompressionLayer::new().quality(CompressionLevel::Precise(4)).compress_when(worthwhile))
        .layer(from_fn(cors::allow_web_apps))
        .with_state(api)
}
