//! Lists as readers write them, and as we do.

use super::{Outline, read, write};
use crate::Problem;

fn outline(folders: &[&str], title: &str, xml_url: &str) -> Outline {
    Outline {
        folders: folders.iter().map(|folder| (*folder).to_owned()).collect(),
        title: title.to_owned(),
        xml_url: xml_url.to_owned(),
        ..Outline::default()
    }
}

#[test]
fn folders_and_feeds_are_read() {
    let opml = read(
        br#"<?xml version="1.0"?><opml version="2.0"><head><title> My <b>list</b> </title></head><body>
        <outline text="A &amp; B"><outline text="C"><outline type="rss" text="one" xmlUrl="http://one.example/feed"/></outline>
        <outline type="rss" text="two" title="other" xmlUrl="http://two.example/" htmlUrl="http://two.example/home"
          description="d" category="/x/y,z"></outline></outline>
        <outline text="three" xmlUrl="http://three.example/"/></body></opml>"#,
    );
    assert_eq!(opml.title.as_deref(), Some("My list"));
    assert_eq!(
        opml.outlines,
        [
            outline(&["A & B", "C"], "one", "http://one.example/feed"),
            Outline {
                html_url: Some("http://two.example/home".into()),
                description: Some("d".into()),
                categories: vec!["x/y".into(), "z".into()],
                ..outline(&["A & B"], "two", "http://two.example/")
            },
            outline(&[], "three", "http://three.example/"),
        ]
    );
    assert_eq!(opml.problems, []);
}

#[test]
fn sloppy_outlines_are_read() {
    let cases = [
        (r#"<OPML><Outline XMLURL='http://a.example/' TEXT='a'>"#, "a", "http://a.example/"),
        (
            r#"<opml><outline text="A & B < C" xmlUrl="http://a.example/?x=1&y=2" />"#,
            "A & B < C",
            "http://a.example/?x=1&y=2",
        ),
        (r#"<opml><outline title="only" url="http://a.example/" type="rss"/>"#, "only", "http://a.example/"),
        (r#"<outline text="" title="t" xmlUrl="feed://a.example/x"/>"#, "t", "http://a.example/x"),
        (r#"<opml><outline text="s" xmlUrl="feed:https://a.example/x"/>"#, "s", "https://a.example/x"),
        (r#"<opml><outline text="s" xmlUrl="a.example/x"/>"#, "s", "http://a.example/x"),
    ];
    for (text, title, url) in cases {
        assert_eq!(read(text.as_bytes()).outlines, [outline(&[], title, url)], "{text}");
    }
}

#[test]
fn what_is_no_feed_is_left_out() {
    let opml = read(br#"<opml><outline text="page" type="link" url="http://a.example/"/><outline text="bad" xmlUrl="javascript:x"/></opml>"#);
    assert_eq!(opml.outlines, []);
    assert_eq!(opml.problems, [Problem::BadAddress { text: "javascript:x".into() }]);
}

#[test]
fn feeds_listed_twice_are_kept_and_told() {
    let opml = read(br#"<opml><outline xmlUrl="http://a.example/"/><outline text="F"><outline xmlUrl="http://a.example/"/></outline></opml>"#);
    assert_eq!(opml.outlines.len(), 2);
    assert_eq!(opml.problems, [Problem::DuplicateFeed { url: "http://a.example/".into() }]);
}

#[test]
fn other_documents_are_named() {
    let cases: [(&[u8], &str); 6] = [
        (b"", "The document is empty"),
        (b"http://example.com/feed", "This is plain text, not an OPML file"),
        (b"<!doctype html><p>x", "This is a web page, not an OPML file"),
        (b"<rss version='2.0'/>", "This is a feed, not an OPML file"),
        (b"{}", "This is JSON, not an OPML file"),
        (b"<kml/>", "This is XML of another kind, not an OPML file"),
    ];
    for (bytes, sentence) in cases {
        let opml = read(bytes);
        assert_eq!(opml.outlines, []);
        assert_eq!(opml.problems.iter().map(ToString::to_string).collect::<Vec<_>>(), [sentence]);
        assert!(opml.problems[0].is_fatal());
    }
}

#[test]
fn a_list_with_nothing_in_it_is_no_problem() {
    let opml = read(b"<opml version='2.0'><body></body></opml>");
    assert_eq!((opml.outlines, opml.problems), (vec![], vec![]));
}

#[test]
fn what_is_written_is_read_again() {
    let outlines = [
        outline(&["A", "B"], "one \"quoted\" & <b>", "http://one.example/?a=1&b='2'"),
        outline(&["A"], "日本語のフィード", "http://two.example/"),
        outline(&[], "", "http://three.example/"),
        Outline {
            html_url: Some("http://four.example/".into()),
            description: Some("d > e".into()),
            categories: vec!["x".into(), "y/z".into()],
            ..outline(&["A", "B"], "four", "http://four.example/feed")
        },
    ];
    let read = read(write("My & list", &outlines).as_bytes());
    assert_eq!(read.title.as_deref(), Some("My & list"));
    assert_eq!(read.outlines, outlines);
    assert_eq!(read.problems, []);
}

#[test]
fn long_names_are_cut_once() {
    let long = "\"長".repeat(10_000);
    let first = read(write(&long, &[outline(&[&long], &long, "http://a.example/")]).as_bytes());
    assert!(first.title.as_ref().is_some_and(|title| title.ends_with('…') && title.len() < 2_100));
    assert_eq!(read(write(first.title.as_deref().unwrap_or_default(), &first.outlines).as_bytes()), first);
}

#[test]
fn the_names_of_all_folders_together_are_bounded() {
    let name = "長".repeat(200);
    let folders = |count| vec![name.as_str(); count];
    let read =
        |count: usize| read(write("", &[outline(&folders(count), "x", "http://a.example/")]).as_bytes()).outlines;
    assert_eq!(read(4)[0].folders, folders(4));
    assert_eq!(read(5)[0].folders, folders(4));
}

#[test]
fn written_lists_look_like_this() {
    assert_eq!(
        write("T", &[outline(&["F"], "a\u{1}&", "http://a.example/")]),
        r#"<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0">
  <head>
    <title>T</title>
  </head>
  <body>
    <outline text="F" title="F">
      <outline type="rss" text="a&amp;" title="a&amp;" xmlUrl="http://a.example/"/>
    </outline>
  </body>
</opml>
"#
    );
}
