//! The article of a page: what it says about itself, and its text without all that stands around it.

use jiff::Timestamp;
use url::Url;

use super::body::body;
use super::metadata::metadata;
use crate::clean::{Cleaned, Context, cut};
use crate::language::language;
use crate::limits::PAGE_BYTES_MAX;

/// An article, ready to be read and stored.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Article {
    /// The title, without the name of the site; may be empty.
    pub title: String,
    /// Who wrote it.
    pub byline: Option<String>,
    /// The name of the site.
    pub site: Option<String>,
    /// The language (BCP 47): what the page says, else what its letters say.
    pub lang: Option<String>,
    /// When it was published.
    pub published: Option<Timestamp>,
    /// A summary by the author.
    pub description: Option<String>,
    /// The absolute address of the picture that stands for it.
    pub image: Option<String>,
    /// The address it should be known by.
    pub canonical_url: Option<String>,
    /// The text.
    pub content: Cleaned,
}

/// Finds the article of a page, or nothing where there is no text to read.
///
/// Takes time in proportion to the page, within the bounds of [`crate::limits`].
pub fn extract(page: &str, url: &Url) -> Option<Article> {
    let facts = metadata(cut(page, PAGE_BYTES_MAX).0, url);
    let title = facts.title.unwrap_or_default();
    let base = facts.base.as_ref().unwrap_or(url);
    let context = Context { base: Some(base), drop_title: (!title.is_empty()).then_some(title.as_str()) };
    let content = body(page, &context)?;
    // Pages are copied with their template: a Japanese page may still say that it is English.
    let lang = match (language(&content.text), facts.lang) {
        (Some(found), Some(declared)) if found != "zh" && !declared.starts_with(found) => Some(found.to_owned()),
        (_, Some(declared)) => Some(declared),
        (found, None) => found.map(str::to_owned),
    };
    Some(Article {
        byline: facts.byline,
        site: facts.site,
        lang,
        published: facts.published,
        description: facts.description,
        image: facts.image,
        canonical_url: facts.canonical_url,
        content,
        title,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article(page: &str) -> Option<Article> {
        extract(page, &"https://site.example/2025/post".parse().unwrap())
    }

    fn page(body: &str) -> String {
        format!("<html lang=ja><head><title>春の朝 | 散歩帖</title></head><body>{body}</body></html>")
    }

    #[test]
    fn a_japanese_article_is_found_among_menus() {
        let text =
            "<p>朝の川べりは静かで、鳥の声だけが聞こえていた。橋の下を、ゆっくりと水が流れていく。</p>".repeat(12);
        let found = article(&page(&format!(
            "<nav><ul><li><a href=/>ホーム</a><li><a href=/about>このサイトについて</a></ul></nav>
             <div class=main><h1>春の朝</h1>{text}</div>
             <aside><h3>最近の記事</h3><ul><li><a href=/1>夏の夜</a></ul></aside><footer>© 散歩帖</footer>"
        )))
        .unwrap();
        assert_eq!(found.title, "春の朝");
        assert_eq!(found.lang.as_deref(), Some("ja"));
        assert!(found.content.text.starts_with("朝の川べりは静かで"), "{}", found.content.text);
        for boilerplate in ["このサイトについて", "最近の記事", "©"] {
            assert!(!found.content.text.contains(boilerplate), "{boilerplate}");
        }
    }

    #[test]
    fn a_short_page_is_taken_whole() {
        let found = article(&page("<p>短い知らせ。</p>")).unwrap();
        assert_eq!(found.content.html, "<p>短い知らせ。</p>");
    }

    #[test]
    fn a_page_without_anything_to_read_has_no_article() {
        assert_eq!(article(""), None);
        assert_eq!(article("<html><body><script>app()</script></body></html>"), None);
    }
}
