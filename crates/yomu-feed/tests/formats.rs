//! Every format and extension, in the smallest feed that shows it.

use url::Url;
use yomu_feed::{Content, Enclosure, Entry, Feed, Format, Hints, Problem, parse};

/// The feed, which must be read without any problem, as if fetched from https://example.com/feed.
#[track_caller]
fn feed(text: &str) -> Feed {
    let url = Url::parse("https://example.com/blog/feed").ok();
    let parsed = parse(text.as_bytes(), &Hints { url: url.as_ref(), ..Hints::default() });
    assert_eq!(parsed.problems, []);
    parsed.feed.expect("a feed")
}

/// The only entry of an RSS feed with this inside its item.
#[track_caller]
fn item(inside: &str) -> Entry {
    let text = format!(
        r#"<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><link>https://example.com/</link><item>{inside}</item></channel></rss>"#
    );
    let entries = feed(&text).entries;
    assert_eq!(entries.len(), 1);
    entries.into_iter().next().unwrap_or_default()
}

/// The only entry of an Atom feed with this inside.
#[track_caller]
fn atom(inside: &str) -> Entry {
    let text = format!(r#"<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><entry>{inside}</entry></feed>"#);
    feed(&text).entries.into_iter().next().unwrap_or_default()
}

fn html(content: &Option<Content>) -> Option<&str> {
    content.as_ref().map(|content| content.html.as_str())
}

#[test]
fn versions_are_told_apart() {
    let cases = [
        (
            r#"<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://my.netscape.com/rdf/simple/0.9/"><channel/></rdf:RDF>"#,
            Format::Rss090,
        ),
        (r#"<rss version="0.91"><channel/></rss>"#, Format::Rss091),
        (r#"<rss version="0.92"><channel/></rss>"#, Format::Rss092),
        (r#"<rss version="0.93"><channel/></rss>"#, Format::Rss093),
        (r#"<rss version="0.94"><channel/></rss>"#, Format::Rss094),
        (
            r#"<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel/></rdf:RDF>"#,
            Format::Rss10,
        ),
        (r#"<rss version="2.0"><channel/></rss>"#, Format::Rss20),
        (r#"<feed version="0.3" xmlns="http://purl.org/atom/ns#"/>"#, Format::Atom03),
        (r#"<feed xmlns="http://www.w3.org/2005/Atom"/>"#, Format::Atom10),
        (r#"<a:feed xmlns:a="http://www.w3.org/2005/Atom"></a:feed>"#, Format::Atom10),
        (r#"{"version":"https://jsonfeed.org/version/1","title":"t","items":[]}"#, Format::JsonFeed10),
        (r#"{"version":"https://jsonfeed.org/version/1.1","title":"t","items":[]}"#, Format::JsonFeed11),
    ];
    for (text, format) in cases {
        assert_eq!(feed(text).format, format, "{text}");
    }
}

#[test]
fn rss_2_says_all_this() {
    let feed = feed(
        r#"<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd">
        <channel><title>A &amp; B</title><link>/blog/</link><description>About &lt;b&gt;it&lt;/b&gt;</description><language>ja</language>
        <atom:link rel="self" href="/self"/><atom:link rel="hub" href="https://hub.example/"/><ttl>60</ttl>
        <lastBuildDate>Mon, 06 Jan 2025 10:00:00 GMT</lastBuildDate><managingEditor>e@example.com (Ed)</managingEditor>
        <image><url>/logo.png</url><title>Not the title</title><link>/not-the-link</link></image>
        <itunes:new-feed-url>https://new.example/feed</itunes:new-feed-url>
        <item><title>One</title><link>1.html</link><guid isPermaLink="false">id 1</guid><comments>1.html#c</comments>
        <pubDate>Mon, 06 Jan 2025 10:00:00 +0900</pubDate><author>a@example.com (Ann)</author><category>x</category><category>x</category>
        <category>y</category><enclosure url="1.mp3" length="123" type="audio/mpeg"/><itunes:duration>1:02:03</itunes:duration>
        <itunes:image href="1.jpg"/><description>&lt;p&gt;text&lt;/p&gt;</description><source url="s">Not the title</source></item></channel></rss>"#,
    );
    let utc = |text: &str| text.parse().ok();
    assert_eq!(
        feed,
        Feed {
            format: Format::Rss20,
            title: "A & B".into(),
            site_url: Some("https://example.com/blog/".into()),
            self_url: Some("https://example.com/self".into()),
            description: Some("About it".into()),
            lang: Some("ja".into()),
            icon_url: None,
            image_url: Some("https://example.com/logo.png".into()),
            updated: utc("2025-01-06T10:00:00Z"),
            ttl: Some(60),
            new_url: Some("https://new.example/feed".into()),
            hub_url: Some("https://hub.example/".into()),
            authors: vec!["Ed".into()],
            entries: vec![Entry {
                id: Some("id 1".into()),
                url: Some("https://example.com/blog/1.html".into()),
                comments_url: Some("https://example.com/blog/1.html#c".into()),
                title: "One".into(),
                content: Some(Content { html: "<p>text</p>".into() }),
                published: utc("2025-01-06T01:00:00Z"),
                authors: vec!["Ann".into()],
                categories: vec!["x".into(), "y".into()],
                enclosures: vec![Enclosure {
                    url: "https://example.com/blog/1.mp3".into(),
                    media_type: Some("audio/mpeg".into()),
                    length: Some(123),
                    duration_s: Some(3723),
                    title: None,
                }],
                image_url: Some("https://example.com/blog/1.jpg".into()),
                ..Entry::default()
            }],
        }
    );
}

#[test]
fn atom_1_says_all_this() {
    let feed = feed(
        r#"<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://base.example/a/" xml:lang="ja"><title type="html">A &lt;b&gt;B&lt;/b&gt;</title>
        <subtitle>sub</subtitle><link rel="alternate" type="application/json" href="j"/><link href="home"/><link rel="self" href="feed"/>
        <icon>i.png</icon><logo>l.png</logo><author><name>F</name></author><updated>2025-01-06T10:00:00Z</updated>
        <entry xml:base="b/" xml:lang="en"><title>One</title><id> urn:1 </id><link rel="edit" href="e"/><link rel="alternate" href="1"/>
        <link rel="replies" type="text/html" href="1#c"/><link rel="related" href="https://other.example/"/>
        <link rel="enclosure" href="1.mp3" type="audio/mpeg" length="5" title="Sound"/>
        <published>2025-01-05T00:00:00Z</published><updated>2025-01-06T00:00:00Z</updated><author><name>N</name><uri>u</uri></author>
        <category term="t" label="Label"/><category term="u"/><source><title>Not the title</title><id>not the id</id></source>
        <summary>short</summary><content type="xhtml" xml:base="c/"><div xmlns="http://www.w3.org/1999/xhtml"><p>full<br/></p></div></content></entry></feed>"#,
    );
    assert_eq!((feed.title.as_str(), feed.lang.as_deref()), ("A B", Some("ja")));
    assert_eq!(feed.site_url.as_deref(), Some("https://base.example/a/home"));
    assert_eq!(feed.self_url.as_deref(), Some("https://base.example/a/feed"));
    assert_eq!(feed.icon_url.as_deref(), Some("https://base.example/a/i.png"));
    assert_eq!(feed.image_url.as_deref(), Some("https://base.example/a/l.png"));
    assert_eq!(feed.authors, ["F"]);
    let utc = |text: &str| text.parse().ok();
    assert_eq!(
        feed.entries,
        [Entry {
            id: Some("urn:1".into()),
            url: Some("https://base.example/a/b/1".into()),
            comments_url: Some("https://base.example/a/b/1#c".into()),
            external_url: Some("https://other.example/".into()),
            title: "One".into(),
            content: Some(Content { html: "<p>full<br></p>".into() }),
            summary: Some(Content { html: "<p>short</p>".into() }),
            published: utc("2025-01-05T00:00:00Z"),
            updated: utc("2025-01-06T00:00:00Z"),
            authors: vec!["N".into()],
            categories: vec!["Label".into(), "u".into()],
            enclosures: vec![Enclosure {
                url: "https://base.example/a/b/1.mp3".into(),
                media_type: Some("audio/mpeg".into()),
                length: Some(5),
                duration_s: None,
                title: Some("Sound".into()),
            }],
            image_url: None,
            lang: Some("en".into()),
            base: Some("https://base.example/a/b/c/".into()),
        }]
    );
}

#[test]
fn rdf_uses_dublin_core() {
    let feed = feed(
        r#"<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">
        <channel rdf:about="x"><title>R</title><link>https://r.example/</link><dc:language>ja</dc:language><sy:updatePeriod>daily</sy:updatePeriod>
        <sy:updateFrequency>2</sy:updateFrequency><items><rdf:Seq><rdf:li rdf:resource="https://r.example/1"/></rdf:Seq></items></channel>
        <image><title>no</title><url>/i.png</url></image><textinput><title>no</title><link>no</link></textinput>
        <item rdf:about="https://r.example/1"><title>一</title><dc:date>2025-01-06T10:00+09:00</dc:date><dc:creator>C</dc:creator><dc:subject>S</dc:subject></item></rdf:RDF>"#,
    );
    assert_eq!((feed.title.as_str(), feed.site_url.as_deref(), feed.ttl), ("R", Some("https://r.example/"), Some(720)));
    let entry = &feed.entries[0];
    assert_eq!((entry.id.as_deref(), entry.url.as_deref()), (Some("https://r.example/1"), Some("https://r.example/1")));
    assert_eq!((&entry.authors[..], &entry.categories[..]), (&["C".to_owned()][..], &["S".to_owned()][..]));
    assert_eq!(entry.published, "2025-01-06T01:00:00Z".parse().ok());
}

#[test]
fn json_feeds_are_read_leniently() {
    let feed = feed(
        r#"{"version":"https://jsonfeed.org/version/1.1","title":"J","home_page_url":"https://j.example/","feed_url":"https://j.example/f","language":"ja",
        "icon":"/i.png","favicon":"/f.ico","authors":[{"name":"A"},"B"],"hubs":[{"type":"WebSub","url":"https://hub.example/"}],"unknown":[{}],
        "items":[{"id":42,"url":"/1","title":["wrong"],"content_text":"a\n\n<b>","summary":"s","date_published":1736157600,"tags":"one","image":7,
        "attachments":[{"url":"/a.mp3","mime_type":"audio/mpeg","size_in_bytes":"9","duration_in_seconds":61.5},{}]},
        null, "text", {"id":"https://j.example/2","content_html":"<p>x</p>","external_url":"https://x.example/","author":{"name":"C"}}]}"#,
    );
    assert_eq!((feed.title.as_str(), &feed.authors[..]), ("J", &["A".to_owned(), "B".to_owned()][..]));
    assert_eq!(feed.hub_url.as_deref(), Some("https://hub.example/"));
    assert_eq!(feed.entries.len(), 2);
    let first = &feed.entries[0];
    assert_eq!(
        (first.id.as_deref(), first.url.as_deref(), first.title.as_str()),
        (Some("42"), Some("https://j.example/1"), "")
    );
    assert_eq!((html(&first.content), html(&first.summary)), (Some("<p>a</p><p>&lt;b&gt;</p>"), Some("<p>s</p>")));
    assert_eq!(
        (&first.categories[..], first.image_url.as_deref()),
        (&["one".to_owned()][..], Some("https://j.example/7"))
    );
    assert_eq!(first.published, "2025-01-06T10:00:00Z".parse().ok());
    assert_eq!(
        (first.enclosures.len(), first.enclosures[0].length, first.enclosures[0].duration_s),
        (1, Some(9), Some(61))
    );
    let second = &feed.entries[1];
    assert_eq!(
        (second.url.as_deref(), html(&second.content), second.authors.len()),
        (Some("https://x.example/"), Some("<p>x</p>"), 1)
    );
}

#[test]
fn media_rss_gives_files_pictures_and_text() {
    let entry = atom(
        r#"<id>yt:1</id><title>V</title><link href="https://v.example/1"/><media:group xmlns:media="http://search.yahoo.com/mrss/"><media:title>V</media:title>
        <media:content url="https://v.example/1.mp4" type="video/mp4" fileSize="7" duration="185"><media:title>caption</media:title></media:content>
        <media:thumbnail url="https://v.example/1.jpg"/><media:description>One
two</media:description></media:group>"#,
    );
    assert_eq!((entry.title.as_str(), html(&entry.content)), ("V", Some("<p>One<br>two</p>")));
    assert_eq!(entry.image_url.as_deref(), Some("https://v.example/1.jpg"));
    let file = &entry.enclosures[0];
    assert_eq!((file.length, file.duration_s, file.media_type.as_deref()), (Some(7), Some(185), Some("video/mp4")));
}

#[test]
fn the_fullest_text_is_the_content() {
    let cases: [(&str, Option<&str>, Option<&str>); 6] = [
        (
            "<description>short</description><content:encoded><![CDATA[<p>full</p>]]></content:encoded>",
            Some("<p>full</p>"),
            Some("<p>short</p>"),
        ),
        ("<content:encoded>&lt;p&gt;full&lt;/p&gt;</content:encoded>", Some("<p>full</p>"), None),
        ("<description>only</description>", Some("<p>only</p>"), None),
        ("<description>same</description><content:encoded>same</content:encoded>", Some("<p>same</p>"), None),
        ("<description/><content:encoded> </content:encoded>", None, None),
        ("<description>d</description><content:encoded/>", Some("<p>d</p>"), None),
    ];
    for (inside, content, summary) in cases {
        let entry = item(inside);
        assert_eq!((html(&entry.content), html(&entry.summary)), (content, summary), "{inside}");
    }
}

#[test]
fn links_are_found_wherever_they_are() {
    let cases = [
        ("<link>https://a.example/1</link>", Some("https://a.example/1")),
        ("<link> \n /1 </link>", Some("https://example.com/1")),
        ("<guid>https://a.example/1</guid>", Some("https://a.example/1")),
        ("<guid isPermaLink='false'>https://a.example/1</guid>", None),
        ("<guid>tag:1</guid>", None),
        ("<link/><guid>https://a.example/1</guid>", Some("https://a.example/1")),
        ("<atom:link href='/1'/>", Some("https://example.com/1")),
        (
            "<link>https://a.example/r</link><feedburner:origLink>https://a.example/o</feedburner:origLink>",
            Some("https://a.example/o"),
        ),
        ("<link>javascript:alert(1)</link>", None),
    ];
    for (inside, url) in cases {
        assert_eq!(item(inside).url.as_deref(), url, "{inside}");
    }
}

#[test]
fn the_first_good_date_of_the_best_kind_counts() {
    let entry = item(
        "<dc:date>2025-01-01</dc:date><pubDate>Thu, 02 Jan 2025 00:00:00 GMT</pubDate><dc:date>2025-01-03</dc:date>",
    );
    assert_eq!(entry.published, "2025-01-02T00:00:00Z".parse().ok());
    assert_eq!(item("<atom:updated>2025-01-04T00:00:00Z</atom:updated>").updated, "2025-01-04T00:00:00Z".parse().ok());
}

#[test]
fn entries_that_share_an_identifier_are_kept_and_told() {
    let text = br#"<rss version="2.0"><channel><item><guid>x</guid><title>1</title></item><item><guid>x</guid><title>2</title></item></channel></rss>"#;
    let parsed = parse(text, &Hints::default());
    assert_eq!(parsed.feed.map(|feed| feed.entries.len()), Some(2));
    assert_eq!(parsed.problems, [Problem::SharedId { id: "x".into(), count: 2 }]);
}
