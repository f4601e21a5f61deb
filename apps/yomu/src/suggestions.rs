//! Feeds to begin with: well known, at addresses that have been the same for years. They are suggestions and nothing more;
//! no one is subscribed to any of them without asking for it.

/// A feed that is suggested.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Suggestion {
    /// The language that it is in: `en` or `ja`.
    pub(crate) lang: &'static str,
    /// What it is called.
    pub(crate) title: &'static str,
    /// Its address.
    pub(crate) url: &'static str,
    /// What it is about, in its own language.
    pub(crate) about: &'static str,
}

const fn feed(lang: &'static str, title: &'static str, url: &'static str, about: &'static str) -> Suggestion {
    Suggestion { lang, title, url, about }
}

/// All suggestions.
pub(crate) const SUGGESTIONS: &[Suggestion] = &[
    feed("en", "BBC News – World", "https://feeds.bbci.co.uk/news/world/rss.xml", "News of the world"),
    feed("en", "The Guardian – World", "https://www.theguardian.com/world/rss", "News and long reads"),
    feed("en", "Ars Technica", "https://feeds.arstechnica.com/arstechnica/index", "Technology and science"),
    feed("en", "Hacker News", "https://news.ycombinator.com/rss", "What programmers talk about"),
    feed("en", "LWN.net", "https://lwn.net/headlines/rss", "Linux and free software"),
    feed("en", "xkcd", "https://xkcd.com/atom.xml", "A comic of romance, sarcasm and mathematics"),
    feed("en", "Astronomy Picture of the Day", "https://apod.nasa.gov/apod.rss", "A picture of the sky each day"),
    feed("en", "Rust Blog", "https://blog.rust-lang.org/feed.xml", "News of a programming language"),
    feed("ja", "NHK 主要ニュース", "https://www3.nhk.or.jp/rss/news/cat0.xml", "その日の主なニュース"),
    feed("ja", "はてなブックマーク 人気エントリー", "https://b.hatena.ne.jp/hotentry.rss", "話題のページ"),
    feed("ja", "GIGAZINE", "https://gigazine.net/news/rss_2.0/", "科学、技術、世の中のこと"),
    feed("ja", "ITmedia NEWS", "https://rss.itmedia.co.jp/rss/2.0/news_bursts.xml", "IT関連のニュース"),
    feed("ja", "Publickey", "https://www.publickey1.jp/atom.xml", "クラウドと開発の動向"),
    feed("ja", "デイリーポータルZ", "https://dailyportalz.jp/feed/headline", "身のまわりの、気になること"),
    feed("ja", "窓の杜", "https://forest.watch.impress.co.jp/data/rss/1.0/wf/feed.rdf", "ソフトウェアの紹介"),
    feed("ja", "Zenn のトレンド", "https://zenn.dev/feed", "技術者が書く記事"),
];

/// The suggestion at an address.
pub(crate) fn suggestion(url: &str) -> Option<&'static Suggestion> {
    SUGGESTIONS.iter().find(|one| one.url == url)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn each_is_there_once_and_both_languages_have_some() {
        let addresses: HashSet<&str> = SUGGESTIONS.iter().map(|one| one.url).collect();
        assert_eq!(addresses.len(), SUGGESTIONS.len());
        for lang in ["en", "ja"] {
            assert!(SUGGESTIONS.iter().filter(|one| one.lang == lang).count() >= 6, "{lang}");
        }
        assert!(SUGGESTIONS.iter().all(|one| one.url.starts_with("https://") && !one.about.is_empty()));
        assert_eq!(suggestion("https://evil.example/"), None);
    }
}
