//! Documents that are dear to read for whoever looks too far ahead, or looks at the same thing again.

/// Constructs that are begun again and again, most of them never ended.
const PIECES: [&str; 45] = [
    "<!--",
    "<![CDATA[",
    "<![cdata[",
    "<![CDATA[</item>",
    "<![cdata[</item>",
    "<![CDATA[</entry>",
    "<?a ",
    "<?xml>",
    "<!a[",
    "<!a[>",
    "<!DOCTYPE a [",
    "<a ",
    "<a b='",
    "<a b=\"",
    "<a b=\"<c",
    "<a b=\"'<c d='\"",
    "=\"<='<",
    "<a href=feed><b c=\"",
    "<a href=/rss><!--",
    "<link rel=feed href=x>",
    "&",
    "&#x",
    "&amp;",
    "&unheard;",
    "&lt;p&gt;",
    "&lt;a ",
    "<title>",
    "<title>x</title",
    "<item>",
    "<item/>",
    "<description>",
    "<a:b>",
    "<a:b></c>",
    "</a",
    "<",
    "<x xmlns:y='z'>",
    "\"'",
    "<content type='xhtml'><div>",
    "]]>",
    "<author>x</author><category>x</category>",
    "<item><media:content url='/x'>",
    "<pubDate>soon</pubDate>",
    "<outline text='x'>",
    "<outline text=x xmlUrl=http://x.example/>",
    "<script></b></B>",
];

/// Where they stand: alone, at each level of a feed, in a list of feeds, in a page.
const BEGINNINGS: [&str; 9] = [
    "",
    "<rss version='2.0'><channel>",
    "<rss version='2.0'><channel><item>",
    "<rss version='2.0'><channel><item><title>",
    "<rss version='2.0'><channel><item><description>",
    "<rss version='2.0'><channel><item><description><![CDATA[",
    "<feed xmlns='http://www.w3.org/2005/Atom'><entry><content type='xhtml'>",
    "<opml><body>",
    "<html><head><base href='/x/'>",
];

/// What comes last: nothing, the ends of all of them, or one more beginning behind which everything ends.
const ENDS: [&str; 3] = ["", "-->]]>?>]>'\">", "<![CDATA[]]></description></item>"];

/// Every combination, about this many bytes long, with a name; and others ten times as long, which is enough for the
/// bounds in them.
pub(super) fn bombs(bytes: usize) -> impl Iterator<Item = (String, String)> {
    let endless = BEGINNINGS.into_iter().flat_map(move |beginning| {
        PIECES.into_iter().flat_map(move |piece| {
            ENDS.into_iter().map(move |end| {
                let text = format!("{beginning}{}{end}", piece.repeat(bytes / piece.len()));
                (format!("{beginning} {piece} {end}"), text)
            })
        })
    });
    endless.chain(OTHERS.into_iter().map(move |(name, build)| (name.to_owned(), build(10 * bytes))))
}

/// A document of about so many bytes.
type Build = fn(usize) -> String;

const OTHERS: [(&str, Build); 9] = [
    ("many names", |bytes| format!("<rss {}><x:y><x:y>", numbered(bytes, |n| format!("xmlns:a{n}='b' ")))),
    ("many names in use", |bytes| {
        let declared = numbered(bytes / 2, |n| format!("xmlns:a{n}='b' "));
        format!("<rss {declared}>{}", "<x:y/>".repeat(bytes / 12))
    }),
    ("addresses", |bytes| {
        let base = format!("http://x.example/{}", "y/".repeat(500));
        format!("<feed xml:base='{base}'><entry>{}", "<link href='z' rel='enclosure'/>".repeat(bytes / 32))
    }),
    ("enclosures", |bytes| {
        let one = |n| format!("<enclosure url='http://x.example/{n}'/>");
        format!("<rss><item>{}", numbered(bytes, one))
    }),
    ("identifiers", |bytes| format!("<rss>{}", numbered(bytes, |n| format!("<item><guid>{n}</guid></item>")))),
    ("dates", |bytes| format!("<rss>{}", numbered(bytes, |n| format!("<item><pubDate>\nsoon {n}</pubDate>")))),
    ("folders", |bytes| {
        let feed = |n| format!("<outline xmlUrl='http://x.example/{n}'/>");
        format!("<opml>{}{}", format!("<outline text='{}'>", "x".repeat(2_000)).repeat(16), numbered(bytes, feed))
    }),
    ("items of JSON", |bytes| {
        let item = |n| format!("{{\"id\":\"{n}\",\"tags\":[\"{n}\"],\"content_text\":\"a\nb\"}},");
        format!("{{\"title\":\"x\",\"items\":[{}", numbered(bytes, item))
    }),
    ("lists of JSON", |bytes| format!("{{\"title\":\"x\",\"items\":[{}", "[".repeat(bytes))),
];

fn numbered(bytes: usize, piece: impl Fn(usize) -> String) -> String {
    let mut text = String::with_capacity(bytes + 64);
    for number in 0.. {
        if text.len() >= bytes {
            break;
        }
        text.push_str(&piece(number));
    }
    text
}
