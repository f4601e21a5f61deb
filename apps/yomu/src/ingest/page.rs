//! A web page, read: its article as what will be stored.

use url::Url;
use yomu_clean::{Article, extract};
use yomu_feed::encoding::decode;
use yomu_model::identity::{ContentHash, EntryFacts, Identity, content_hash, identities};
use yomu_store::NewEntry;

use crate::fetch::Document;
use crate::limits::EXCERPT_CHARS;
use crate::trouble::Trouble;

/// The article of a page that a user saves.
pub(crate) fn page_entry(document: &Document, saved_url: &Url) -> Result<NewEntry, Trouble> {
    let article = read(document)?;
    Ok(entry(article, document, saved_url))
}

/// The article of the page that an entry links to.
pub(crate) fn article_entry(document: &Document) -> Result<NewEntry, Trouble> {
    let article = read(document)?;
    Ok(entry(article, document, &document.url))
}

fn read(document: &Document) -> Result<Article, Trouble> {
    if let Some(media_type) = foreign_type(document) {
        return Err(Trouble::new(
            "not_a_page",
            format!("{} is not a page to read but `{media_type}`; open it in the browser", document.url),
        ));
    }
    let page = decode(&document.bytes, document.content_type.as_deref(), None).text;
    extract(&page, &document.url).ok_or_else(|| {
        Trouble::new("no_article", format!("no article was found on {}; open it in the browser", document.url))
    })
}

/// The media type, when it says that this is neither HTML nor text.
fn foreign_type(document: &Document) -> Option<&str> {
    let media_type = document.content_type.as_deref()?.split(';').next()?.trim();
    let lower = media_type.to_ascii_lowercase();
    let is_readable = lower.is_empty() || lower.starts_with("text/") || lower.contains("html") || lower.contains("xml");
    (!is_readable).then_some(media_type)
}

fn entry(article: Article, document: &Document, saved_url: &Url) -> NewEntry {
    let url = yomu_clean::url_without_tracking(saved_url.as_str()).to_string();
    let title = if article.title.is_empty() { url.clone() } else { article.title };
    let text = article.content.text;
    let (identity, hash) = page_names(&url, &title, &article.content.html);
    NewEntry {
        identity: identity.0,
        content_hash: hash.0,
        title,
        author: article.byline.unwrap_or_default(),
        site: article.site,
        lang: article.lang.or_else(|| yomu_clean::language(&text).map(str::to_owned)),
        excerpt: yomu_clean::excerpt(&text, EXCERPT_CHARS),
        image_url: article.image.or(article.content.image),
        reading_minutes: yomu_clean::reading_time(&text),
        published_at: article.published,
        html: article.content.html,
        text,
        url: if url.is_empty() { document.url.to_string() } else { url },
        ..NewEntry::default()
    }
}

/// A saved page is the same when its address is.
pub(crate) fn page_names(url: &str, title: &str, html: &str) -> (Identity, ContentHash) {
    let facts = EntryFacts { id: None, url: Some(url), title: Some(title), published: None, content: html };
    let by_address = EntryFacts { title: None, content: "", ..facts };
    let identity = identities(&[by_address]).pop().unwrap_or(Identity([0; 16]));
    (identity, content_hash(&facts))
}
