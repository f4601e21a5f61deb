//! The sample library: feeds and pages in the binary, fetched like any other (`apps/yomu/sample`).

use url::Url;

use crate::fetch::{Embedded, SAMPLE_HOST};

/// The subscription list of the sample library.
pub(crate) const OPML: &[u8] = include_bytes!("../sample/sample.opml");

/// The pages that the sample library saves, the first at the bottom of the list.
pub(crate) const PAGES: [&str; 4] = [
    "https://sample.yomu.invalid/kawamukou/sento.html",
    "https://sample.yomu.invalid/mending/sharp-enough",
    "https://sample.yomu.invalid/tejun/shoji",
    "https://sample.yomu.invalid/plain-type/the-comfortable-line",
];

macro_rules! files {
    ($($path:literal: $file:literal, $kind:literal;)*) => {
        &[$(($path, Embedded {
            bytes: include_bytes!(concat!("../sample/", $file)),
            content_type: $kind,
            etag: concat!("\"", env!("CARGO_PKG_VERSION"), "\""),
        })),*]
    };
}

/// Path, file and media type; the same as `sample/MANIFEST.tsv`, by test.
const FILES: &[(&str, Embedded)] = files! {
    "/the-margin/feed.xml": "feeds/the-margin.xml", "application/rss+xml; charset=utf-8";
    "/shiori/feed.atom": "feeds/shiori.atom", "application/atom+xml; charset=utf-8";
    "/cupboard/feed.json": "feeds/cupboard.json", "application/feed+json";
    "/kakueki/feed.rdf": "feeds/kakueki.rdf", "application/rdf+xml";
    "/two-chairs/feed.xml": "feeds/two-chairs.xml", "application/rss+xml";
    "/furuhon/news.xml": "feeds/furuhon.xml", "text/xml; charset=Shift_JIS";
    "/the-margin/": "homes/the-margin.html", "text/html; charset=utf-8";
    "/shiori/": "homes/shiori.html", "text/html; charset=utf-8";
    "/cupboard/": "homes/cupboard.html", "text/html; charset=utf-8";
    "/kakueki/": "homes/kakueki.html", "text/html; charset=utf-8";
    "/two-chairs/": "homes/two-chairs.html", "text/html; charset=utf-8";
    "/furuhon/": "homes/furuhon.html", "text/html; charset=utf-8";
    "/plain-type/the-comfortable-line": "pages/the-comfortable-line.html", "text/html; charset=utf-8";
    "/mending/sharp-enough": "pages/sharp-enough.html", "text/html; charset=utf-8";
    "/tejun/shoji": "pages/shoji.html", "text/html; charset=utf-8";
    "/kawamukou/sento.html": "pages/sento.html", "text/html";
    "/icons/the-margin.png": "icons/the-margin.png", "image/png";
    "/icons/shiori.png": "icons/shiori.png", "image/png";
    "/icons/cupboard.png": "icons/cupboard.png", "image/png";
    "/icons/kakueki.png": "icons/kakueki.png", "image/png";
    "/icons/two-chairs.png": "icons/two-chairs.png", "image/png";
    "/icons/furuhon.png": "icons/furuhon.png", "image/png";
    "/icons/plain-type.png": "icons/plain-type.png", "image/png";
    "/icons/mending.png": "icons/mending.png", "image/png";
    "/icons/tejun.png": "icons/tejun.png", "image/png";
    "/icons/kawamukou.png": "icons/kawamukou.png", "image/png";
    "/sample.opml": "sample.opml", "text/x-opml; charset=utf-8";
};

/// The document at an address of the sample library.
pub(crate) fn document(url: &Url) -> Option<Embedded> {
    FILES.iter().find(|(path, _)| *path == url.path()).map(|(_, document)| *document)
}

/// Whether an address is in the sample library.
pub(crate) fn is_sample(url: &str) -> bool {
    Url::parse(url).is_ok_and(|url| url.host_str() == Some(SAMPLE_HOST))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_manifest_and_the_binary_name_the_same_documents() {
        let manifest = include_str!("../sample/MANIFEST.tsv");
        let listed: Vec<(&str, &str)> = manifest
            .lines()
            .filter(|line| !line.starts_with('#'))
            .map(|line| {
                let columns: Vec<&str> = line.split('\t').collect();
                (columns[0].trim_start_matches("https://sample.yomu.invalid"), columns[2])
            })
            .collect();
        let embedded: Vec<(&str, &str)> = FILES.iter().map(|(path, document)| (*path, document.content_type)).collect();
        assert_eq!(embedded, listed);
    }

    #[test]
    fn what_is_not_in_the_library_is_not_found() {
        assert!(document(&Url::parse("https://sample.yomu.invalid/nothing").unwrap()).is_none());
    }
}
