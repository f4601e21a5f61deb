//! `GET /shared/{token}`: the entry behind a public link, for anybody.

use askama::Template as _;
use axum::extract::{Path, State};
use axum::http::{HeaderName, header};
use axum::response::{Html, IntoResponse as _, Response};
use yomu_store::SharedEntry;

use crate::images::Audience;
use crate::sessions::Token;
use crate::web::Web;
use crate::web::error::WebError;
use crate::web::views::SharedView;
use crate::web::visit::Guest;

/// Shows the entry: no reader, no cookie, nothing for search engines. It is made without [`Guest::page`], which may set
/// cookies.
pub(in crate::web) async fn show(
    State(web): State<Web>,
    mut guest: Guest,
    Path(token): Path<String>,
) -> Result<Response, WebError> {
    let token = Token::parse(&token).ok_or(WebError::NotFound)?;
    let entry = web.app.store.shared_entry(token.hash()).await?.ok_or(WebError::NotFound)?;
    let html = web.app.with_own_pictures(Audience::Link(&token), entry.html);
    let entry = SharedEntry { html, ..entry };
    // What somebody did elsewhere is told there, on the next page of their own.
    guest.notice = None;
    let headers = [
        (HeaderName::from_static("x-robots-tag"), "noindex, nofollow, noarchive"),
        // A revoked link must not live on in a cache.
        (header::CACHE_CONTROL, "private, no-store"),
        (header::VARY, "Accept-Language, Cookie"),
        // The link is the secret: it is told to nobody, not even in our own log of referrers.
        (header::REFERRER_POLICY, "no-referrer"),
    ];
    Ok((headers, Html(SharedView::new(&guest, entry).render()?)).into_response())
}
