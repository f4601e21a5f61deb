//! Finds a feed's icon: the one that the feed names, else the one of its site.

use sha2::{Digest as _, Sha256};
use url::Url;
use yomu_feed::discover::icons;
use yomu_feed::encoding::decode;
use yomu_store::{DueFeed, Icon};

use crate::App;
use crate::fetch::{Answer, Document, Kind, Request};
use crate::images::picture_kind;
use crate::limits::ICON_AGAIN;

/// Candidates tried of those that a page names.
const TRIED: usize = 3;

/// Looks for the icon of a feed when that has not been done for a while. A feed without one is no failure.
pub(super) async fn fetch_icon(app: &App, due: &DueFeed, site_url: Option<&str>, named: Option<&str>) {
    let now = app.now();
    if due.icon_checked_at.is_some_and(|checked| checked + ICON_AGAIN > now) {
        return;
    }
    let icon = find(app, &due.source.url, site_url, named).await;
    let hash = icon.as_ref().map(|icon| Sha256::digest(&icon.bytes));
    let stored = icon.as_ref().zip(hash.as_ref()).map(|(icon, hash)| (hash.as_slice(), icon));
    if let Err(error) = app.store.set_icon(due.lease.feed, stored, now).await {
        tracing::warn!(%error, feed = %due.lease.feed, "an icon could not be stored");
    }
}

async fn find(app: &App, feed_url: &str, site_url: Option<&str>, named: Option<&str>) -> Option<Icon> {
    if let Some(url) = named.and_then(|url| Url::parse(url).ok())
        && let Some(icon) = fetch(app, url).await
    {
        return Some(icon);
    }
    let site = Url::parse(site_url.unwrap_or(feed_url)).ok()?;
    for url in candidates(app, site).await.into_iter().take(TRIED) {
        if let Some(icon) = fetch(app, url).await {
            return Some(icon);
        }
    }
    None
}

/// What the site's page names, and `/favicon.ico`.
async fn candidates(app: &App, site: Url) -> Vec<Url> {
    match document(app, site.clone(), Kind::Page).await {
        Some(page) => {
            let html = decode(&page.bytes, page.content_type.as_deref(), None);
            icons(&html.text, &page.url)
        }
        None => site.join("/favicon.ico").into_iter().collect(),
    }
}

async fn fetch(app: &App, url: Url) -> Option<Icon> {
    let document = document(app, url, Kind::Icon).await?;
    let media_type = picture_kind(&document.bytes)?;
    Some(Icon { media_type: media_type.to_owned(), bytes: document.bytes })
}

async fn document(app: &App, url: Url, kind: Kind) -> Option<Document> {
    match app.fetcher.get(&Request::new(url, kind)).await {
        Ok(Answer::Document(document)) => Some(document),
        _ => None,
    }
}
