//! Fetches the page of an entry and keeps its article beside the feed's own text.

use url::Url;
use yomu_model::ids::EntryId;

use crate::App;
use crate::fetch::{Answer, Kind, Request};
use crate::ingest::article_entry;
use crate::trouble::{ActionError, Trouble};

/// Fetches the article of one entry.
pub(crate) async fn fetch_article(app: &App, entry: EntryId, link: &str) -> Result<(), ActionError> {
    let url = Url::parse(link).map_err(|_| Trouble::new("bad_url", "the entry links to no page"))?;
    let answer = app.fetcher.get(&Request::new(url, Kind::Page)).await;
    let document = match answer.map_err(|error| Trouble::new(error.kind(), error.to_string()))? {
        Answer::Document(document) => document,
        Answer::NotModified(_) => return Ok(()),
    };
    let article = app.compute(move || article_entry(&document)).await;
    let article = article.unwrap_or_else(|| Err(Trouble::new("stopped", "the program is stopping")))?;
    Ok(app.store.store_article(entry, article).await?)
}

/// Fetches the articles of the newest of several entries, one after the other: they are mostly on one host. An article
/// that cannot be had leaves the feed's own text.
pub(super) async fn fetch_articles(app: &App, links: Vec<String>, entries: &[EntryId], max: usize) {
    // Where every entry was stored, links and numbers run side by side.
    if links.len() != entries.len() {
        return;
    }
    for (link, entry) in links.iter().zip(entries).rev().take(max) {
        if let Err(error) = fetch_article(app, *entry, link).await {
            tracing::debug!(%entry, %error, "an article could not be fetched");
        }
    }
}
