//! `GET /sw.js`: the service worker, which reaches as far as the address that it comes from.

use std::sync::LazyLock;

use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::web::assets;

/// It fetches pages of ours, and the pictures of saved pages from wherever they are; it runs nothing else.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; connect-src 'self' https: http:";

const WORKER: &str = include_str!("../../../assets/worker.js");

/// The worker with the files that it keeps. Another file has another name, so that it is another worker.
static SCRIPT: LazyLock<String> = LazyLock::new(|| {
    let shell = [assets::STYLE.path, assets::SCRIPT.path, assets::ICON.path, assets::ICON_192.path];
    let hash = Sha256::new().chain_update(WORKER).chain_update(shell.concat()).finalize();
    let version = u64::from_be_bytes(hash.as_chunks().0[0]);
    format!("const VERSION = \"{version:016x}\";\nconst SHELL = {};\n{WORKER}", json!(shell))
});

/// Shows the worker. Browsers ask for it anew with every visit, and take it when a byte of it is another.
pub(in crate::web) async fn show() -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/javascript; charset=utf-8"),
        (header::CACHE_CONTROL, "no-cache"),
        (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
    ];
    (headers, SCRIPT.as_str()).into_response()
}
