//! An entry of an archive, cleaned: the file may have been written by anybody.

use url::Url;
use yomu_clean::{Context, clean};
use yomu_store::ArchivedEntry;

use super::media::{StoredEnclosure, json};
use super::new_entry::is_web;

/// Cleans an entry like any other that comes from outside, which leaves what yomu wrote itself as it is, to the letter. Also
/// returns the text for search, which is that of the article where there is one.
pub(crate) fn archived_entry(mut entry: ArchivedEntry) -> (ArchivedEntry, String) {
    if !is_web(&entry.url) {
        entry.url.clear();
    }
    for link in [&mut entry.image_url, &mut entry.comments_url] {
        link.take_if(|link| !is_web(link));
    }
    entry.enclosures = entry.enclosures.and_then(linkable);
    entry.categories.take_if(|text| serde_json::from_str::<Vec<String>>(text).is_err());
    let base = Url::parse(&entry.url).ok();
    let context = Context { base: base.as_ref(), ..Context::default() };
    let mut text = String::new();
    for html in [&mut entry.html, &mut entry.article].into_iter().flatten() {
        let clean = clean(html, &context);
        // Cleaning what is clean takes nothing away but space at the ends.
        if clean.html.trim() != html.trim() {
            *html = clean.html;
        }
        text = clean.text;
    }
    (entry, text)
}

fn linkable(stored: String) -> Option<String> {
    let mut files: Vec<StoredEnclosure> = serde_json::from_str(&stored).ok()?;
    if files.iter().all(|file| is_web(&file.url)) {
        return Some(stored);
    }
    files.retain(|file| is_web(&file.url));
    json(&files)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(url: &str, html: &str, enclosures: &str) -> ArchivedEntry {
        let entry = serde_json::json!({
            "identity": "", "content_hash": "", "url": url, "title": "", "author": "", "excerpt": "", "reading_minutes": 1,
            "image_url": url, "comments_url": url, "enclosures": enclosures, "categories": "[\"a\"]", "html": html,
            "article": html, "sort_at": 0, "created_at": 0, "updated_at": 0,
        });
        serde_json::from_value(entry).unwrap()
    }

    #[test]
    fn what_is_clean_stays_to_the_letter() {
        let clean = entry("https://example.com/", "\n<p>読む</p>\n", r#"[{"url":"https://example.com/a.mp3"}]"#);
        assert_eq!(archived_entry(clean.clone()), (clean, "読む".to_owned()));
    }

    #[test]
    fn what_could_do_harm_is_taken_out() {
        let files = r#"[{"url":"javascript:1"},{"url":"https://example.com/a.mp3"}]"#;
        let (cleaned, _) = archived_entry(entry("javascript:1", "<p onclick=x()>a<script>b</script></p>", files));
        let expected = ArchivedEntry {
            image_url: None,
            comments_url: None,
            ..entry("", "<p>a</p>", r#"[{"url":"https://example.com/a.mp3"}]"#)
        };
        assert_eq!(cleaned, expected);
    }
}
