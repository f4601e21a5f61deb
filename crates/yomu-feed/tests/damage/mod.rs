//! Documents of every kind and what can happen to them: cut, mixed, repeated, spoilt. The same seed gives the same.

const SEEDS: [&str; 12] = [
    r#"<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE rss [<!ENTITY a "b">]><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"><channel><title>T &amp; t</title><link>http://example.com/</link><image><url>/i.png</url><title>x</title></image><item><title><![CDATA[One <b>two</b>]]></title><link>/1</link><guid isPermaLink="false">1</guid><pubDate>Mon, 06 Jan 2025 10:00:00 +0900</pubDate><description>&lt;p&gt;d &nbsp; e&lt;/p&gt;</description><content:encoded><![CDATA[<p>c</p>]]></content:encoded><media:group><media:content url="/v.mp4" type="video/mp4"/><media:thumbnail url="/t.jpg"/></media:group><itunes:duration>1:02:03</itunes:duration><enclosure url="/a.mp3" length="1" type="audio/mpeg"/></item></channel></rss>"#,
    r#"<feed xmlns="http://www.w3.org/2005/Atom" xml:base="http://example.com/a/" xml:lang="ja"><title type="html">あ &lt;i&gt;い&lt;/i&gt;</title><link rel="self" href="feed"/><link rel="hub" href="http://hub.example/"/><id>urn:x</id><author><name>N</name><email>e@example.com</email></author><entry xml:base="b/"><title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">x <em>y</em></div></title><link href="1"/><id>1</id><updated>2025-01-06T10:00:00Z</updated><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>z<br/></p></div></content><category term="t"/></entry></feed>"#,
    r#"<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="http://example.com/"><title>R</title><link>http://example.com/</link><items><rdf:Seq><rdf:li rdf:resource="x"/></rdf:Seq></items></channel><item rdf:about="http://example.com/1"><title>1</title><link>http://example.com/1</link><dc:date>2025-01-06T10:00+09:00</dc:date><dc:creator>C</dc:creator></item></rdf:RDF>"#,
    r#"{"version":"https://jsonfeed.org/version/1.1","title":"J","home_page_url":"https://example.com/","hubs":[{"type":"w","url":"https://h.example/"}],"authors":[{"name":"A"}],"items":[{"id":1,"url":"/1","title":"t","content_html":"<p>x</p>","date_published":"2025-01-06T10:00:00Z","tags":["a"],"attachments":[{"url":"/a.mp3","mime_type":"audio/mpeg","size_in_bytes":1}]},{"id":"2","content_text":"a\n\nb","external_url":"https://x.example/"}]}"#,
    r#"<opml version="2.0"><head><title>L</title></head><body><outline text="F &amp; G"><outline type="rss" text="a" xmlUrl="http://a.example/f" htmlUrl="http://a.example/" category="/x/y,z"/><outline text="H"><outline xmlUrl="feed://b.example/"></outline></outline></outline></body></opml>"#,
    r#"<!DOCTYPE html><html><head><meta charset="euc-jp"><base href="/s/"><title>P</title><script>var x = "<link>";</script><link rel="alternate" type="application/rss+xml" title="F" href="feed?a=1&amp;b=2"><link rel="icon" href="i.png"></head><body><a href="/rss.xml">RSS</a></body></html>"#,
    r#"<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title mode="escaped" type="text/html">a</title><tagline>b</tagline><entry><issued>2005-01-06T10:00:00+09:00</issued><modified>2005</modified><content type="text/html" mode="escaped" xml:base="http://example.com/"><![CDATA[<p>]]></content></entry></feed>"#,
    "Warning: x in y.php\n<?xml version='1.0'?><RSS><CHANNEL><TITLE>U<ITEM><TITLE>a < b <c and d<LINK>x</ITEM><item><description>one<br>two",
    "2025年1月6日(月) 午後3時30分 令和7年 Mon, 06-Jan-25 24:00:00 GMT+9 1736157600 13/1/2025 10h30 mar. 07 ene",
    "\u{feff}日本語の題名ひらがなカタカナ。\u{3000}Всё счастливые café 這是繁體 동해",
    "<![CDATA[ ]]> <!-- --> <? ?> <!x [ ]> & &amp; &#x41; &#0; &unheard; <a b='c' d=\"e\" f=g/> </a> ' \" ",
    r#"<rss version="0.91"><channel><title>x</title><item><title>y</title><link>http:</link><dc:date>soon</dc:date><source url="u">s</source><author>e@example.com (N)</author><guid>1</guid></item><item><guid>1</guid></item></channel></rss>"#,
];

const TOKENS: [&str; 44] = [
    "<item>",
    "</item>",
    "<entry>",
    "</entry>",
    "<title>",
    "</title>",
    "<link>",
    "<link href='",
    "<description>",
    "<content type='xhtml'>",
    "<![CDATA[",
    "]]>",
    "<!--",
    "-->",
    "<?xml version='1.0' encoding='shift_jis'?>",
    "?>",
    "<!DOCTYPE a [",
    "]>",
    "&",
    "&lt;",
    "&#",
    ";",
    "\"",
    "'",
    "<",
    ">",
    "</",
    "/>",
    "=",
    "<media:content url='",
    "<outline text=\"",
    "xml:base='../",
    "xmlns='",
    "<script>",
    "{",
    "}",
    "[",
    "]",
    ",",
    "\u{0}",
    "\u{1b}$B",
    "<channel>",
    "<pubDate>",
    "<![CDATA[</item>",
];

/// The generator of Marsaglia with a multiplication: small, good enough, the same everywhere.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    pub(crate) fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }
}

/// A damaged document of at most some hundred kilobytes.
pub(crate) fn document(random: &mut Random) -> Vec<u8> {
    let mut bytes = SEEDS[random.below(SEEDS.len())].as_bytes().to_vec();
    for _ in 0..random.below(12) {
        damage(&mut bytes, random);
    }
    bytes.truncate(300_000);
    bytes
}

fn damage(bytes: &mut Vec<u8>, random: &mut Random) {
    let from = random.below(bytes.len() + 1);
    let to = (from + random.below(200)).min(bytes.len());
    match random.below(8) {
        0 => bytes.truncate(from),
        1 => drop(bytes.drain(from..to)),
        2 => _ = bytes.get_mut(from).map(|byte| *byte ^= 1 << random.below(8)),
        3 => {
            let other = SEEDS[random.below(SEEDS.len())].as_bytes();
            let start = random.below(other.len());
            let end = (start + random.below(400)).min(other.len());
            drop(bytes.splice(from..to, other[start..end].iter().copied()));
        }
        4 => {
            let token = TOKENS[random.below(TOKENS.len())];
            drop(bytes.splice(from..from, token.bytes()));
        }
        5 => {
            let token = TOKENS[random.below(TOKENS.len())].repeat(1 + random.below(2_000));
            drop(bytes.splice(from..from, token.bytes()));
        }
        6 => {
            let piece = bytes[from..to].repeat(1 + random.below(100));
            drop(bytes.splice(from..from, piece));
        }
        _ => {
            let noise: Vec<u8> = (0..random.below(20)).map(|_| random.next() as u8).collect();
            drop(bytes.splice(from..to, noise));
        }
    }
}
