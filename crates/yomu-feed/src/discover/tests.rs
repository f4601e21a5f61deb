//! Pages, addresses, and the feeds that follow from them.

use url::Url;

use super::{FormatHint, How, candidates, common_paths, from_address, icons};

fn url(address: &str) -> Url {
    Url::parse(address).expect("an address")
}

fn found(html: &str, page: &str) -> Vec<String> {
    candidates(html, &url(page)).into_iter().map(|candidate| candidate.url.to_string()).collect()
}

#[test]
fn link_elements_are_found_before_anchors() {
    let html = r#"<!doctype html><!-- <link rel=alternate type="application/rss+xml" href="/commented"> -->
        <script>"<link rel=alternate type='application/rss+xml' href='/script'>"</script>
        <a href="/old.rss">RSS</a><a href="/about">x</a>
        <link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed/">
        <LINK REL='alternate' TYPE='application/atom+xml; charset=utf-8' TITLE='A &amp; B' HREF='atom.xml?a=1&amp;b=2'>
        <link rel="feed" href="/rel-feed"><link rel="alternate" hreflang="ja" href="/ja">
        <link rel="alternate" type="application/json" href="https://example.com/wp-json/wp/v2/pages/1">
        <link rel="alternate" type="application/feed+json" href="/feed.json">"#;
    let list = candidates(html, &url("https://example.com/blog/post"));
    let addresses: Vec<_> =
        list.iter().map(|candidate| (candidate.url.as_str(), candidate.format, candidate.how)).collect();
    assert_eq!(
        addresses,
        [
            ("https://example.com/blog/atom.xml?a=1&b=2", FormatHint::Atom, How::LinkElement),
            ("https://example.com/rel-feed", FormatHint::Unknown, How::LinkElement),
            ("https://example.com/feed.json", FormatHint::Json, How::LinkElement),
            ("https://example.com/old.rss", FormatHint::Rss, How::Anchor),
            ("https://example.com/comments/feed/", FormatHint::Rss, How::LinkElement),
        ]
    );
    assert_eq!(list[0].title.as_deref(), Some("A & B"));
    assert_eq!(list[3].title.as_deref(), Some("RSS"));
}

#[test]
fn a_page_without_feeds_has_none() {
    let html = r#"<a href="/sitemap.xml">Map</a><a href="/feedback">Feedback</a><link rel=stylesheet href="/rss.css"><a>RSS</a>"#;
    assert_eq!(found(html, "https://example.com/"), [""; 0]);
}

#[test]
fn the_base_element_counts() {
    let html = r#"<base href="/sub/"><link rel=alternate type=application/rss+xml href=feed>"#;
    assert_eq!(found(html, "https://example.com/a/b"), ["https://example.com/sub/feed"]);
}

#[test]
fn youtube_handles_need_their_page() {
    let html = r#"<script>{"externalId":"UCabcdefghijklmnopqrstuv","x":1}</script>"#;
    assert_eq!(
        found(html, "https://www.youtube.com/@someone"),
        ["https://www.youtube.com/feeds/videos.xml?channel_id=UCabcdefghijklmnopqrstuv"]
    );
    assert_eq!(found(html, "https://example.com/@someone"), ["https://example.com/@someone.rss"]);
}

#[test]
fn known_sites_tell_their_feeds() {
    let cases = [
        (
            "https://www.youtube.com/channel/UCabcdefghijklmnopqrstuv/videos",
            "https://www.youtube.com/feeds/videos.xml?channel_id=UCabcdefghijklmnopqrstuv",
        ),
        ("https://youtube.com/user/name", "https://www.youtube.com/feeds/videos.xml?user=name"),
        (
            "https://www.youtube.com/playlist?list=PLabc-1",
            "https://www.youtube.com/feeds/videos.xml?playlist_id=PLabc-1",
        ),
        ("https://github.com/owner/project", "https://github.com/owner/project/releases.atom"),
        ("https://github.com/owner/project/commits/main", "https://github.com/owner/project/commits/main.atom"),
        ("https://github.com/owner/project/tags", "https://github.com/owner/project/tags.atom"),
        ("https://github.com/owner", "https://github.com/owner.atom"),
        ("https://gitlab.com/group/project", "https://gitlab.com/group/project/-/tags?format=atom"),
        ("https://codeberg.org/owner/project", "https://codeberg.org/owner/project/releases.rss"),
        ("https://old.reddit.com/r/rust/", "https://www.reddit.com/r/rust/.rss"),
        ("https://mastodon.social/@Gargron", "https://mastodon.social/@Gargron.rss"),
        ("https://bsky.app/profile/example.com", "https://bsky.app/profile/example.com/rss"),
        ("https://note.com/someone/n/n123", "https://note.com/someone/rss"),
        ("https://note.com/someone/m/m123", "https://note.com/someone/m/m123/rss"),
        ("https://someone.hatenablog.com/entry/2025/01/06/x", "https://someone.hatenablog.com/feed"),
        ("https://zenn.dev/topics/rust", "https://zenn.dev/topics/rust/feed"),
        ("https://zenn.dev/someone/articles/x", "https://zenn.dev/someone/feed"),
        ("https://qiita.com/tags/rust", "https://qiita.com/tags/rust/feed"),
        ("https://qiita.com/someone", "https://qiita.com/someone/feed"),
        ("https://medium.com/@someone/post-1", "https://medium.com/feed/@someone"),
        ("https://someone.substack.com/p/post", "https://someone.substack.com/feed"),
        ("https://stackoverflow.com/questions/tagged/rust", "https://stackoverflow.com/feeds/tag/rust"),
        ("https://cooking.stackexchange.com/questions/12/x", "https://cooking.stackexchange.com/feeds/question/12"),
        ("https://lobste.rs/t/rust", "https://lobste.rs/t/rust.rss"),
        ("https://crates.io/crates/serde", "https://static.crates.io/rss/crates/serde.xml"),
        ("https://someone.blogspot.com/2025/01/x.html", "https://someone.blogspot.com/feeds/posts/default"),
        ("https://ameblo.jp/someone/entry-1.html", "http://rssblog.ameba.jp/someone/rss20.html"),
    ];
    for (page, feed) in cases {
        let first = from_address(&url(page)).into_iter().next().map(|candidate| candidate.url.to_string());
        assert_eq!(first.as_deref(), Some(feed), "{page}");
    }
}

#[test]
fn other_addresses_tell_nothing() {
    for page in [
        "https://example.com/",
        "https://example.com/@",
        "https://www.tiktok.com/@someone",
        "https://github.com/",
        "https://github.com/topics/rss",
        "https://www.youtube.com/@someone",
        "https://www.youtube.com/channel/short",
        "https://bsky.app/search",
        "https://substack.com/home",
        "ftp://github.com/owner/project",
        "mailto:a@github.com",
    ] {
        assert_eq!(from_address(&url(page)), [], "{page}");
    }
}

#[test]
fn common_paths_start_in_the_folder_of_the_page() {
    let paths: Vec<_> = common_paths(&url("https://example.com/blog/2025/x.html?y"))
        .iter()
        .map(|candidate| candidate.url.to_string())
        .collect();
    assert_eq!(
        paths[..3],
        ["https://example.com/blog/feed", "https://example.com/blog/rss", "https://example.com/blog/index.xml"]
    );
    assert!(
        paths.contains(&"https://example.com/feed".to_owned())
            && paths.contains(&"https://example.com/index.rdf".to_owned())
    );
    assert_eq!(common_paths(&url("https://example.com/index.html"))[0].url.as_str(), "https://example.com/feed");
}

#[test]
fn icons_end_with_the_one_at_the_root() {
    let html = r#"<head><link rel="apple-touch-icon" sizes="180x180" href="/touch.png"><link rel="SHORTCUT ICON" href="fav.png">
        <link rel=icon href="data:image/png;base64,AAAA"><link rel="mask-icon" href="/mask.svg"></head><body><link rel=icon href="/late.png">"#;
    let list: Vec<_> = icons(html, &url("https://example.com/a/b")).iter().map(ToString::to_string).collect();
    assert_eq!(
        list,
        ["https://example.com/a/fav.png", "https://example.com/touch.png", "https://example.com/favicon.ico"]
    );
    assert_eq!(icons("", &url("https://example.com/a")).len(), 1);
}
