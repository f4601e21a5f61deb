//! What comes instead of a feed, and feeds in every state of disrepair.

use yomu_feed::{Hints, Parsed, Problem, limits, parse};

fn read(text: &str) -> Parsed {
    parse(text.as_bytes(), &Hints::default())
}

fn titles(parsed: &Parsed) -> Vec<&str> {
    parsed.feed.iter().flat_map(|feed| &feed.entries).map(|entry| entry.title.as_str()).collect()
}

/// The titles that are read, and the problems that are told.
#[track_caller]
fn check(text: &str, expected: &[&str], problems: &[Problem]) {
    let parsed = read(text);
    assert_eq!(titles(&parsed), expected, "{text}");
    assert_eq!(parsed.problems, problems, "{text}");
}

#[test]
fn what_is_no_feed_is_named() {
    let cases: [(&[u8], &str); 9] = [
        (b"", "The document is empty"),
        (b" \r\n\t", "The document is empty"),
        (b"<!doctype html><title>Just a moment...</title>", "This is a web page (`Just a moment...`), not a feed"),
        (b"<html><body>x", "This is a web page, not a feed"),
        (b"{\"error\":\"no\"}", "This is JSON of another kind, not a feed"),
        (b"Too many requests", "This is plain text (`Too many requests`), not a feed"),
        (b"<?xml version='1.0'?><sitemapindex/>", "This is XML of another kind (`sitemapindex`), not a feed"),
        (b"<rdf:RDF xmlns:foaf='f'><foaf:Person/></rdf:RDF>", "This is XML of another kind (`rdf:RDF`), not a feed"),
        (b"\x1f\x8b\x08\x00abc", "This is a binary file, not a feed"),
    ];
    for (bytes, sentence) in cases {
        let parsed = parse(bytes, &Hints::default());
        assert_eq!(parsed.feed, None);
        assert_eq!(parsed.problems.iter().map(ToString::to_string).collect::<Vec<_>>(), [sentence]);
    }
}

#[test]
fn a_feed_without_entries_is_a_feed() {
    check("<rss version='2.0'><channel><title>x</title></channel></rss>", &[], &[]);
}

#[test]
fn broken_markup_loses_no_entry() {
    let unclosed = |count, line| Problem::UnclosedTags { count, line };
    check(
        "<rss version='2.0'><channel>\n<item><title>1\n<item><title>2</title></item>\n<item><title>3</title></channel></rss>",
        &["1", "2", "3"],
        &[unclosed(3, 3)],
    );
    check(
        "<rss version='2.0'><channel><item><title>1</title><description>a<br>b<p>c</description></item><item><title>2</title></item></channel></rss>",
        &["1", "2"],
        &[],
    );
    check(
        "<rss version='2.0'><channel><item><title>a < b</title></item><item><title>2</title></item></channel></rss>",
        &["a < b", "2"],
        &[Problem::StrayLessThan { line: 1 }],
    );
    check(
        "<RSS VERSION='2.0'><CHANNEL><ITEM><TITLE>1</TITLE></ITEM><Item><Title>2</title></item></CHANNEL></RSS>",
        &["1", "2"],
        &[],
    );
    check(
        "<rss version='2.0'><channel><item><title>1</title><description><![CDATA[never closed</description></item><item><title>2</title></item></channel></rss>",
        &["1", "2"],
        &[unclosed(1, 1)],
    );
    check("<rss version='2.0'><item><title>1</title></item></channel></rss></rss>", &["1"], &[]);
    check("<rss version='2.0'><channel><title>t</title></channel><item><title>1</title></item></rss>", &["1"], &[]);
}

#[test]
fn unclosed_breaks_stay_in_the_text() {
    let parsed = read(
        "<rss version='2.0'><channel><item><description>a<br>b &amp; <i>c</i></description></item></channel></rss>",
    );
    let html = parsed.feed.and_then(|feed| feed.entries.into_iter().next()?.content).map(|content| content.html);
    assert_eq!(html.as_deref(), Some("a<br>b &amp; <i>c</i>"));
}

#[test]
fn foreign_text_before_the_feed_is_passed_over() {
    check(
        "<br />\n<b>Warning</b>: x\n<?xml version='1.0'?><?xml version='1.0'?>\n<rss version='2.0'><item><title>1</title></item></rss>",
        &["1"],
        &[Problem::JunkBeforeProlog { bytes: 25 }],
    );
    check("\n\n<?xml version='1.0'?><rss version='2.0'><item><title>1</title></item></rss>", &["1"], &[]);
}

#[test]
fn control_characters_are_left_out() {
    check(
        "<rss version='2.0'><item><title>a\0b\u{8}c</title></item></rss>",
        &["abc"],
        &[Problem::ControlCharacters { count: 2 }],
    );
}

#[test]
fn names_of_html_are_understood_and_others_stay() {
    check(
        "<rss version='2.0'>\n<item><title>a&nbsp;&eacute;</title></item></rss>",
        &["a é"],
        &[Problem::UndefinedEntity { name: "nbsp".into(), line: 2 }],
    );
    check(
        "<rss version='2.0'><item><title>&unheard; AT&T</title></item></rss>",
        &["&unheard; AT&T"],
        &[Problem::UndefinedEntity { name: "unheard".into(), line: 1 }],
    );
    check("<rss version='2.0'><item><title>AT&T &amp; &#233;</title></item></rss>", &["AT&T & é"], &[]);
}

#[test]
fn entity_bombs_do_not_go_off() {
    let bomb = "<!DOCTYPE rss [<!ENTITY a 'aaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;&b;&b;'>]><rss version='2.0'><item><title>&c;</title></item></rss>";
    check(bomb, &["&c;"], &[Problem::UndefinedEntity { name: "c".into(), line: 1 }]);
}

#[test]
fn downloads_that_were_cut_off_keep_what_came() {
    check(
        "<rss version='2.0'><channel><item><guid>1</guid><title>1</title></item>\n<item><guid>2</guid><title>2</title><link>https://exam",
        &["1", "2"],
        &[Problem::Truncated { line: 2 }],
    );
    check(
        "<rss version='2.0'><channel><item><title>1</title></item><item><title>cut",
        &["1"],
        &[Problem::Truncated { line: 1 }],
    );
    check(
        r#"{"version":"https://jsonfeed.org/version/1","items":[{"id":"1","title":"1"},{"id":"2","ti"#,
        &["1"],
        &[Problem::Truncated { line: 1 }],
    );
}

#[test]
fn broken_json_keeps_what_came() {
    check(
        "{\"version\":\"https://jsonfeed.org/version/1\",\n\"items\":[{\"id\":\"1\",\"title\":\"1\"},{\"id\":}]}",
        &["1"],
        &[Problem::BadJson { line: 2, reason: "expected value".into() }],
    );
    let parsed =
        read("{\"version\":\"https://jsonfeed.org/version/1\",\"items\":[{\"id\":\"1\",\"title\":\"two\nlines\"}]}");
    assert_eq!(titles(&parsed), ["two lines"]);
    assert!(matches!(parsed.problems[..], [Problem::BadJson { line: 2, .. }]));
}

#[test]
fn dates_that_are_none_are_told_once() {
    check(
        "<rss version='2.0'>\n<item><title>1</title><pubDate>soon</pubDate></item><item><title>2</title><pubDate>soon</pubDate></item></rss>",
        &["1", "2"],
        &[Problem::BadDate { text: "soon".into(), line: 2 }],
    );
    check("<rss version='2.0'><item><title>1</title><pubDate/></item></rss>", &["1"], &[]);
}

#[test]
fn the_version_is_missed() {
    check("<rss><item><title>1</title></item></rss>", &["1"], &[Problem::MissingVersion]);
    check(r#"{"title":"t","items":[{"id":"1","title":"1"}]}"#, &["1"], &[Problem::MissingVersion]);
}

#[test]
fn deep_nesting_is_bounded_and_what_follows_is_read() {
    let text = format!(
        "<rss version='2.0'><item>{}<title>x</title><item><title>2</title></item></rss>",
        "<x:a>".repeat(100_000)
    );
    let parsed = read(&text);
    assert_eq!(titles(&parsed), ["", "2"]);
    assert!(parsed.problems.contains(&Problem::TooDeep { max: limits::DEPTH_MAX, line: 1 }));
}

#[test]
fn a_hundred_thousand_entries_are_cut_at_the_bound() {
    let item = "<item><title>A title</title></item>";
    let text = format!("<rss version='2.0'><channel>{}</channel></rss>", item.repeat(100_000));
    let parsed = read(&text);
    assert_eq!(parsed.feed.map(|feed| feed.entries.len()), Some(limits::ENTRIES_MAX));
    assert_eq!(parsed.problems, [Problem::TooManyEntries { kept: limits::ENTRIES_MAX, max: limits::ENTRIES_MAX }]);
    let all = parse(text.as_bytes(), &Hints { entries_max: usize::MAX, ..Hints::default() });
    assert_eq!(all.feed.map(|feed| feed.entries.len()), Some(100_000));
}

#[test]
fn only_some_unreadable_dates_are_told() {
    let items: String =
        (0..5_000).map(|n| format!("<item><title>x</title><pubDate>soon {n}</pubDate></item>\n")).collect();
    assert_eq!(read(&format!("<rss version='2.0'>{items}</rss>")).problems.len(), limits::BAD_DATES_MAX);
}

#[test]
fn very_long_fields_are_cut() {
    let long = "長い".repeat(100_000);
    let text = format!(
        "<rss version='2.0'><item><title>{long}</title><guid>{long}</guid><category>{long}</category></item></rss>"
    );
    let entry = read(&text).feed.and_then(|feed| feed.entries.into_iter().next()).unwrap_or_default();
    for field in [entry.title.as_str(), entry.id.as_deref().unwrap_or_default(), &entry.categories[0]] {
        assert!(field.ends_with('…') && field.len() <= limits::TITLE_BYTES_MAX + 3);
    }
}
