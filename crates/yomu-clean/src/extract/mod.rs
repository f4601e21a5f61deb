//! A page in, its article out.

mod body;
mod date;
mod dominant;
mod json_ld;
mod metadata;
mod title;

pub use metadata::{Metadata, metadata};

use crate::clean::{Cleaned, Context};
use crate::limits::PAGE_BYTES_MAX;
use crate::{excerpt, language};
use jiff::Timestamp;
use url::Url;

/// Characters of an excerpt made here, when the author wrote none.
const EXCERPT_CHARS: usize = 200;

/// An article taken from a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Article {
    /// The title, without the name of the site; the host when the page has none.
    pub title: String,
    /// Who wrote it.
    pub byline: Option<String>,
    /// The name of the site.
    pub site: Option<String>,
    /// The language, as the page says or as the letters tell.
    pub lang: Option<String>,
    /// When it was published.
    pub published: Option<Timestamp>,
    /// A summary by the author, or the beginning of the text.
    pub excerpt: String,
    /// The absolute address of the picture that stands for it.
    pub image: Option<String>,
    /// The address it should be known by.
    pub canonical_url: Option<String>,
    /// The text.
    pub content: Cleaned,
}

/// Takes the article out of a page; none when there is no text in it.
///
/// The page is text already: see `yomu-feed` for encodings.
pub fn extract(page: &str, url: &Url) -> Option<Article> {
    let bounded = crate::clean::cut(page, PAGE_BYTES_MAX).0;
    let metadata = metadata(bounded, url);
    let base = metadata.base.as_ref().unwrap_or(url);
    let context = Context { base: Some(base), drop_title: metadata.title.as_deref() };
    let content = body::body(page, base, &context)?;
    let title = metadata.title.unwrap_or_else(|| first_heading(&content).unwrap_or_else(|| host(url)));
    Some(Article {
        title,
        byline: metadata.byline,
        site: metadata.site,
        lang: metadata.lang.or_else(|| language(&content.text).map(str::to_owned)),
        published: metadata.published,
        excerpt: excerpt(metadata.description.as_deref().unwrap_or(&content.text), EXCERPT_CHARS),
        image: metadata.image.or_else(|| content.image.clone()),
        canonical_url: metadata.canonical_url,
        content,
    })
}

/// A title for a page that names none: its first line, if that is short enough to be one.
fn first_heading(content: &Cleaned) -> Option<String> {
    let line = content.text.lines().next()?;
    (line.chars().count() <= 80).then(|| line.to_owned())
}

fn host(url: &Url) -> String {
    url.host_str().unwrap_or_else(|| url.as_str()).to_owned()
}
