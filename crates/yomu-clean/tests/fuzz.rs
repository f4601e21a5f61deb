//! Random markup made of hostile and ordinary pieces, the same in every run: for two seconds, or `FUZZ_SECONDS`.
//!
//! Whatever goes in: nothing panics, only allowed markup comes out, the short way gives what the long way gives, and cleaning
//! what was cleaned before changes nothing more.

mod checker;

use std::time::{Duration, Instant};
use yomu_clean::{Context, clean, extract, ways};

/// Pieces that are put together and torn apart.
const PIECES: &[&str] = &[
    "<p>",
    "</p>",
    "<div>",
    "</div>",
    "<b>",
    "</b>",
    "<i>",
    "</i>",
    "<a href=\"/x\">",
    "<a href='#n1'>",
    "</a>",
    "<a name=n1>",
    "<ul>",
    "</ul>",
    "<ol start=3>",
    "</ol>",
    "<li>",
    "</li>",
    "<dl>",
    "<dt>",
    "<dd>",
    "</dl>",
    "</dd>",
    "</dt>",
    "<br>",
    "<br/>",
    "<hr>",
    "<wbr>",
    "<h1>",
    "</h1>",
    "<h2 id=\"n1\">",
    "</h2>",
    "<pre>",
    "</pre>",
    "<code class=\"language-c x\">",
    "</code>",
    "<blockquote>",
    "</blockquote>",
    "<table>",
    "</table>",
    "<tr>",
    "</tr>",
    "<td colspan=\"2\">",
    "</td>",
    "<th>",
    "</th>",
    "<tbody>",
    "</tbody>",
    "<thead>",
    "<caption>",
    "</caption>",
    "<ruby>",
    "</ruby>",
    "<rt>",
    "</rt>",
    "<rp>(</rp>",
    "<rb>",
    "<rtc>",
    "<span lang=\"ja\">",
    "<span style=\"x\">",
    "</span>",
    "<font color=red>",
    "</font>",
    "<figure>",
    "</figure>",
    "<figcaption>",
    "</figcaption>",
    "<center>",
    "</center>",
    "<nobr>",
    "<details open>",
    "<summary>",
    "</summary>",
    "</details>",
    "<img src=\"/a.png\" width=\"30\" alt=\"x &amp; y\">",
    "<img src=x onerror=alert(1)>",
    "<img src='/p.gif' width=1 height=1 />",
    "<img data-src=\"b.png\" src=\"data:image/gif;base64,R0lGODlhAQABAAAAACw=\">",
    "<img srcset=\"a.png 1x, b.png 2x\">",
    "<picture>",
    "<source srcset=\"c.webp\">",
    "</picture>",
    "<video src=\"v.mp4\" autoplay>",
    "</video>",
    "<audio>",
    "<source src=\"s.ogg\" type=\"audio/ogg\">",
    "</audio>",
    "<script>",
    "</script>",
    "<script>alert(1)</script>",
    "<style>",
    "</style>",
    "<noscript>",
    "</noscript>",
    "<noscript><img src=\"/n.png\"></noscript>",
    "<iframe src=\"https://www.youtube.com/embed/AbC\" title=\"A film\">",
    "<iframe src=\"https://evil.example/\">",
    "</iframe>",
    "<object>",
    "</object>",
    "<embed src=x>",
    "<svg>",
    "</svg>",
    "<svg onload=alert(1)>",
    "<math>",
    "</math>",
    "<mi>",
    "<mtext>",
    "<annotation-xml encoding=\"text/html\">",
    "<foreignObject>",
    "<desc>",
    "<title>",
    "</title>",
    "<textarea>",
    "</textarea>",
    "<select>",
    "<option>",
    "</select>",
    "<form action=x>",
    "</form>",
    "<input autofocus onfocus=x>",
    "<button>",
    "</button>",
    "<template>",
    "</template>",
    "<plaintext>",
    "<xmp>",
    "</xmp>",
    "<noembed>",
    "<frameset>",
    "<body onload=x>",
    "<html>",
    "<head>",
    "<meta http-equiv=refresh content=0>",
    "<base href=//evil/>",
    "<link rel=stylesheet href=x>",
    "<!-- c -->",
    "<!--",
    "-->",
    "<!-->",
    "--!>",
    "<![CDATA[",
    "]]>",
    "<!DOCTYPE html>",
    "<?php",
    "?>",
    "<",
    ">",
    "</",
    "/>",
    "\"",
    "'",
    "=",
    "&",
    "&amp;",
    "&lt;",
    "&lt;script&gt;",
    "&nbsp;",
    "&#39;",
    "&#x3c;",
    "&#0;",
    "&#10;",
    "&copy",
    "&copy;",
    "&hellip;",
    "&notit;",
    "&am",
    "p;",
    "text",
    " ",
    "\n",
    "\t",
    "\r\n",
    "\0",
    "\u{a0}",
    "\u{3000}",
    "\u{feff}",
    "\u{c}",
    "東京の",
    "朝。",
    "<猫>",
    "word word",
    "javascript:alert(1)",
    "href=",
    "<a href=\"jAvascript&colon;alert(1)\">",
    "<a href=\" https://a.example/?utm_source=x&b=1 \">",
    "<a href=\"mailto:a@b.example\" title=\"&quot;\">",
    "<a href=//b.example>",
    "<P CLASS=x>",
    "</P>",
    "<IMG SRC=y>",
    "onclick=x",
    "<p onclick=\"x()\" style='y'>",
    "<a b=1 b=2 href=\"/1\" href=\"/2\">",
    "<p title=\"a<b>c\">",
    "<del datetime=\"2025-01-01\">",
    "</del>",
    "<x-y>",
    "</x-y>",
    "<meta property=og:title content='T | S'>",
    "<html lang=ja_JP>",
    "<time datetime=2025-01-06>",
    "<p class=date>2025年1月6日",
    "<base href=/b/>",
    "<link rel=canonical href=/c>",
    "<script type=\"application/ld+json\">{\"@type\":\"Article\",\"headline\":\"T\",\"author\":[{\"name\":\"A\"}]}</script>",
    "<article>",
    "</article>",
    "<nav>",
    "<aside>",
    "°",
    "&uml;",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
];

/// What real entries look like, as the start of mutations.
const SEEDS: &[&str] = &[
    "<p>Words <a href=\"https://site1.example/p/3?utm_source=rss&amp;utm_medium=feed\">link</a> and more.</p>",
    "<figure><img src=\"https://img.example/1.jpg\" width=\"800\" height=\"450\" alt=\"x\" loading=\"lazy\"><figcaption>Caption</figcaption></figure>",
    "<ul><li>one</li><li>two <b>bold</b></li></ul><ol><li>three</ol>",
    "<blockquote><p>Said <em>so</em>.</p></blockquote><h2>Title</h2><p style=\"color:red\" onclick=\"x()\">Red.</p>",
    "<pre><code>if (a &lt; 3 &amp;&amp; b &gt; 2) { run(&quot;x&quot;); }\n</code></pre>",
    "<p>x</p><script>track(3)</script><img src=\"https://pixel.example/t.gif?3\" width=\"1\" height=\"1\">",
    "<p><ruby>漢字<rp>(</rp><rt>かんじ</rt><rp>)</rp></ruby>を読む。</p><p>次の段落。<br>行。</p>",
    "<table><tr><th>a</th><td>b</td></tr>\n<tr><td>c</td><td>d</td></tr>\n</table>",
    "<p>Note<sup><a href=\"#fn1\" id=\"r1\">1</a></sup></p><ol><li id=\"fn1\">There <a href=\"#r1\">back</a></li></ol>",
    "<dl><dt>a<dd>b<dt>c<dd>d</dl><p>one<p>two<div>three</div>",
    "<p>before <iframe src=\"https://www.youtube.com/embed/AbC\"></iframe> after</p>",
];

#[test]
fn nothing_gets_through() {
    let seconds = std::env::var("FUZZ_SECONDS").ok().and_then(|text| text.parse().ok()).unwrap_or(2.0);
    let seed = std::env::var("FUZZ_SEED").ok().and_then(|text| text.parse().ok()).unwrap_or(1);
    let mut random = Random(seed);
    let end = Instant::now() + Duration::from_secs_f64(seconds);
    let (mut runs, mut short) = (0_u64, 0_u64);
    while Instant::now() < end {
        for _ in 0..100 {
            let html = markup(&mut random);
            runs += 1;
            short += u64::from(check(&html));
            if runs.is_multiple_of(8) {
                check_article(&html);
                check_everywhere(&html);
            }
        }
    }
    eprintln!("{runs} runs, the short way took {short}");
    assert!(short * 20 > runs, "too little of it is ordinary: {short} of {runs}");
}

/// Checks one input; whether the short way took it.
fn check(html: &str) -> bool {
    let base = "https://site.example/posts/1".parse().expect("a valid address");
    let context = Context { base: Some(&base), drop_title: Some("Title") };
    let long = ways::long(html, &context);
    let faults = checker::faults(&long.html);
    assert!(faults.is_empty(), "{faults:?}\nin:  {html:?}\nout: {:?}", long.html);
    let short = ways::short(html, &context);
    let is_short = short.is_some();
    if let Some(short) = short {
        assert_eq!(short, long, "the ways differ for {html:?}");
    }
    // Once cleaned, a second time may still close what nesting hid; from then on nothing changes.
    let again = |html: &str| clean(html, &context);
    let second = again(&long.html);
    assert!(checker::faults(&second.html).is_empty(), "cleaned twice: {html:?}");
    let mut last = second.html;
    for _ in 0..4 {
        let next = again(&last).html;
        if next == last {
            return is_short;
        }
        last = next;
    }
    panic!("never settles: {html:?}\nat {last:?}");
}

/// Wherever it is put, and for whoever reads it first, it stays harmless.
fn check_everywhere(html: &str) {
    let cleaned = clean(html, &Context::default());
    let faults = checker::faults_everywhere(&cleaned.html);
    assert!(faults.is_empty(), "{faults:?}\nin:  {html:?}\nout: {:?}", cleaned.html);
}

/// The same as a page: as long as it does not panic, the article is as safe as an entry.
fn check_article(html: &str) {
    let url = "https://site.example/2025/01/06/post".parse().expect("a valid address");
    if let Some(article) = extract(html, &url) {
        let faults = checker::faults(&article.content.html);
        assert!(faults.is_empty(), "{faults:?}\nin:  {html:?}\nout: {:?}", article.content.html);
    }
}

fn markup(random: &mut Random) -> String {
    let mut html = match random.below(3) {
        0 => (0..1 + random.below(12)).map(|_| PIECES[random.below(PIECES.len())]).collect(),
        1 => (0..1 + random.below(4)).map(|_| SEEDS[random.below(SEEDS.len())]).collect(),
        _ => SEEDS[random.below(SEEDS.len())].to_owned(),
    };
    for _ in 0..random.below(5) {
        mutate(&mut html, random);
    }
    html
}

fn mutate(html: &mut String, random: &mut Random) {
    let position = |random: &mut Random, html: &str| {
        let at = random.below(html.len() + 1);
        (0..=at).rev().find(|at| html.is_char_boundary(*at)).unwrap_or(0)
    };
    let at = position(random, html);
    match random.below(5) {
        0 | 1 => html.insert_str(at, PIECES[random.below(PIECES.len())]),
        2 => {
            let end = position(random, html);
            let (from, to) = (at.min(end), at.max(end));
            let to = (from..=to.min(from + 12)).rev().find(|to| html.is_char_boundary(*to)).unwrap_or(from);
            html.replace_range(from..to, "");
        }
        3 => {
            // A tag is taken out or doubled.
            let Some(begin) = html[at..].find('<').map(|found| at + found) else { return };
            let Some(end) = html[begin..].find('>').map(|found| begin + found + 1) else { return };
            let tag = html[begin..end].to_owned();
            if random.below(2) == 0 {
                html.replace_range(begin..end, "");
            } else {
                html.insert_str(position(random, html), &tag);
            }
        }
        _ => html.truncate(at),
    }
}

struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (self.0 >> 33) as usize % limit.max(1)
    }
}
