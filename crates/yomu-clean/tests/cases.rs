//! What goes in, and exactly what comes out.

mod checker;

use yomu_clean::{Context, Problem, clean, ways};

const REL: &str = r#"rel="noopener noreferrer nofollow""#;

/// Cleans as an entry of `https://site.example/posts/1`; both ways must agree where both apply.
fn cleaned(html: &str) -> yomu_clean::Cleaned {
    let base = "https://site.example/posts/1".parse().expect("a valid address");
    let context = Context { base: Some(&base), drop_title: None };
    let cleaned = clean(html, &context);
    assert_eq!(checker::faults(&cleaned.html), Vec::<String>::new(), "{html}");
    assert_eq!(cleaned, ways::long(html, &context), "the long way differs for {html}");
    cleaned
}

/// `REL` stands for the attribute that every outward link has, `LAZY` for what every image has.
fn check(cases: &[(&str, &str)]) {
    for (html, expected) in cases {
        let expected = expected.replace("REL", REL).replace("LAZY", r#"loading="lazy" decoding="async""#);
        assert_eq!(cleaned(html).html, expected, "{html}");
    }
}

#[test]
fn ordinary_markup_stays() {
    for html in [
        "",
        "text",
        "<p>one</p><p>two <b>bold</b> <em>soft</em></p>",
        "<h2>Title</h2><blockquote><p>said</p></blockquote><hr>",
        "<ul><li>one</li><li>two<ol start=\"3\"><li value=\"7\">x</li></ol></li></ul>",
        "<dl><dt>term</dt><dd>meaning</dd></dl>",
        "<pre><code class=\"language-rust\">if a &lt; b &amp;&amp; c {\n    x\n}</code></pre>",
        "<table><caption>c</caption><thead><tr><th scope=\"col\">a</th></tr></thead><tbody><tr><td colspan=\"2\">b</td></tr></tbody></table>",
        "<p><ruby>漢字<rp>(</rp><rt>かんじ</rt><rp>)</rp></ruby></p>",
        "<p lang=\"ja\" dir=\"ltr\" title=\"x\">a<br>b<sub>1</sub><sup>2</sup><kbd>k</kbd><mark>m</mark><q>q</q></p>",
        "<details open=\"\"><summary>more</summary><p>text</p></details>",
        "<p><del datetime=\"2025-01-06\">old</del><ins>new</ins> <time datetime=\"2025-01-06T10:00\">today</time></p>",
        "<p>a &amp; b &lt; c &gt; d \"e\" 'f'</p>",
        "<p>中文と<span lang=\"en\">English</span></p>",
    ] {
        assert_eq!(cleaned(html).html, html);
    }
}

#[test]
fn broken_markup_is_repaired() {
    check(&[
        ("<p>one<p>two", "<p>one</p><p>two</p>"),
        ("<b>one<i>two</b>three</i>", "<b>one<i>two</i></b><i>three</i>"),
        ("<ul><li>a<li>b</ul>", "<ul><li>a</li><li>b</li></ul>"),
        ("<table><tr><td>a<td>b</table>", "<table><tbody><tr><td>a</td><td>b</td></tr></tbody></table>"),
        ("<table><tr><td>a</td></tr></table>", "<table><tbody><tr><td>a</td></tr></tbody></table>"),
        ("<p>one<div>two</div>three</p>", "<p>one</p><div>two</div>three"),
        ("a</b></p>b", "ab"),
        ("<P CLASS=x>a<BR>b</P>", "<p>a<br>b</p>"),
        ("a < b & c > d &copy; &unknown;", "a &lt; b &amp; c &gt; d © &amp;unknown;"),
        ("<p>cut off <a href=\"https://a.example/", "<p>cut off </p>"),
    ]);
}

#[test]
fn presentation_goes_and_content_stays() {
    check(&[
        ("<p style=\"color:red\" class=\"x\" onclick=\"x()\" data-y=z>a</p>", "<p>a</p>"),
        ("<font color=red>a</font><span class=x>b</span><big>c</big>", "abc"),
        ("<center>a</center><form action=x>b<input><button>go</button></form>", "<div>a</div><div>bgo</div>"),
        ("<strike>a</strike><tt>b</tt><dir><li>c</dir>", "<s>a</s><code>b</code><ul><li>c</li></ul>"),
        (
            "<code class=\"hljs language-js x\">a</code><p class=\"language-js\">b</p>",
            "<code class=\"language-js\">a</code><p>b</p>",
        ),
        ("<x-card><p>a</p></x-card>", "<p>a</p>"),
        ("<!-- more --><p>a</p><!--[if IE]><p>b</p><![endif]-->", "<p>a</p>"),
    ]);
}

#[test]
fn elements_with_nothing_in_them_go() {
    check(&[
        ("<p></p><p> </p><p>&nbsp;</p><p>　</p><p><br></p><div><p><b></b></p></div>x", "x"),
        ("a<b> </b>c<i><br></i>d", "a c<br>d"),
        ("<ul><li></li><li>a</li></ul>", "<ul><li>a</li></ul>"),
        ("<table><tr><td></td></tr></table>", ""),
        ("<table><tr><td></td><td>a</td></tr></table>", "<table><tbody><tr><td></td><td>a</td></tr></tbody></table>"),
        ("<p><a href=\"/x\"><img src=\"/p.gif\" width=1 height=1></a></p>y", "y"),
        ("<figure><figcaption></figcaption></figure>", ""),
    ]);
}

#[test]
fn links_are_absolute_and_do_not_track() {
    check(&[
        ("<a href=\"/x?utm_source=rss&amp;a=1\">x</a>", "<a href=\"https://site.example/x?a=1\" REL>x</a>"),
        ("<a href='//b.example' target=_blank rel=opener>x</a>", "<a href=\"https://b.example/\" REL>x</a>"),
        (
            "<a href=\"https://b.example/?a=1&b=2\" title=T>x</a>",
            "<a href=\"https://b.example/?a=1&amp;b=2\" REL title=\"T\">x</a>",
        ),
        ("<a href=\"mailto:me@b.example\">x</a>", "<a href=\"mailto:me@b.example\">x</a>"),
        ("<a href=\"\">x</a><a>y</a><a href=\"javascript:alert(1)\">z</a>", "xyz"),
        ("<a href=\"https://b.example/日本\">x</a>", "<a href=\"https://b.example/%E6%97%A5%E6%9C%AC\" REL>x</a>"),
    ]);
}

#[test]
fn footnotes_lead_within_the_text_and_nowhere_else() {
    check(&[
        (
            "<p>a<sup id=\"r1\"><a href=\"#fn1\">1</a></sup></p><ol><li id=\"fn1\">b <a href=\"#r1\">↩</a></li></ol>",
            "<p>a<sup id=\"in-article-r1\"><a href=\"#in-article-fn1\">1</a></sup></p><ol><li id=\"in-article-fn1\">b <a href=\"#in-article-r1\">↩</a></li></ol>",
        ),
        (
            "<p><a href=\"https://site.example/posts/1#x\">1</a> <a name=x>b</a></p>",
            "<p><a href=\"#in-article-x\">1</a> <a id=\"in-article-x\">b</a></p>",
        ),
        ("<h2 id=\"top\">a</h2>", "<h2>a</h2>"),
        ("<a href=\"#gone\">a</a>", "<a href=\"https://site.example/posts/1#gone\" REL>a</a>"),
        (
            "<a href=\"#x\">a</a><p id=x>b</p><p id=x>c</p>",
            "<a href=\"#in-article-x\">a</a><p id=\"in-article-x\">b</p><p>c</p>",
        ),
    ]);
}

#[test]
fn images_are_lazy_and_real() {
    check(&[
        (
            "<img src=\"/a.jpg\" width=\"800\" height=\"450\" alt=\"A &amp; B\" loading=eager>",
            "<img src=\"https://site.example/a.jpg\" alt=\"A &amp; B\" width=\"800\" height=\"450\" LAZY>",
        ),
        ("<img src=\"w.gif\" data-src=\"/a.jpg\">", "<img src=\"https://site.example/a.jpg\" alt=\"\" LAZY>"),
        (
            "<img src=\"data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP\" class=lazy data-lazy-src=/a.jpg><noscript><img src=/a.jpg></noscript>",
            "<img src=\"https://site.example/a.jpg\" alt=\"\" LAZY>",
        ),
        (
            "<img data-srcset=\"/s.jpg 320w, /l.jpg 1280w\" sizes=\"100vw\">",
            "<img src=\"https://site.example/l.jpg\" srcset=\"https://site.example/s.jpg 320w, https://site.example/l.jpg 1280w\" sizes=\"100vw\" alt=\"\" LAZY>",
        ),
        (
            "<picture><source srcset=\"/a.webp\" type=\"image/webp\"><img src=\"/a.jpg\"></picture>",
            "<picture><source srcset=\"https://site.example/a.webp\" type=\"image/webp\"><img src=\"https://site.example/a.jpg\" alt=\"\" LAZY></picture>",
        ),
        ("<noscript>Please enable JavaScript.</noscript>x", "x"),
    ]);
}

#[test]
fn nobody_is_counted() {
    check(&[
        ("a<img src=\"https://pixel.example/t.gif?3\" width=\"1\" height=\"1\">", "a"),
        ("a<img src=\"https://pixel.example/t.gif\" height='0' width=0 />", "a"),
        ("a<img src=\"http://feeds.feedburner.com/~r/x/~4/y\">", "a"),
        ("<p>a</p><script>track(3)</script><p><img src=\"https://pixel.wp.com/b.gif\"></p>", "<p>a</p>"),
    ]);
}

#[test]
fn videos_wait_for_a_click() {
    let figure = |title: &str| {
        format!(
            "<figure class=\"embed\" data-embed=\"https://www.youtube-nocookie.com/embed/AbC\"><a href=\"https://www.youtube.com/watch?v=AbC\" REL>{title}</a></figure>"
        )
    };
    check(&[
        ("<iframe src=\"https://www.youtube.com/embed/AbC?rel=0\" allowfullscreen></iframe>", &figure("YouTube")),
        ("<iframe data-src=\"//www.youtube.com/embed/AbC\" title=\"A &lt;film>\"></iframe>", &figure("A &lt;film&gt;")),
        (
            "<p>a <b>b<iframe src=\"https://www.youtube.com/embed/AbC\"></iframe>c</b></p>",
            &format!("<p>a <b>b</b></p>{}<p><b>c</b></p>", figure("YouTube")),
        ),
        ("<p><iframe src=\"https://www.youtube.com/embed/AbC\"></iframe></p>", &figure("YouTube")),
        ("a<iframe src=\"https://evil.example/\"><b>x</b></iframe>b", "ab"),
        ("<figure class=\"embed\" data-embed=\"https://evil.example/\">x</figure>", "<figure>x</figure>"),
        (
            "<video src=\"/v.mp4\" autoplay loop poster=\"/p.jpg\" onplay=x width=640></video>",
            "<video src=\"https://site.example/v.mp4\" poster=\"https://site.example/p.jpg\" width=\"640\" controls=\"\" preload=\"none\"></video>",
        ),
        ("a<video src=\"vmailto:a@b.example\" title=x></video><audio src=\"javascript:x\"></audio>b", "ab"),
        (
            "<audio><source src=\"/a.mp3\" type=\"audio/mpeg\"></audio>",
            "<audio controls=\"\" preload=\"none\"><source src=\"https://site.example/a.mp3\" type=\"audio/mpeg\"></audio>",
        ),
    ]);
}

#[test]
fn text_is_what_search_wants() {
    for (html, expected) in [
        ("<p>one <b>two</b></p><p>three<br>four</p>", "one two\nthree\nfour"),
        ("<ul><li>a</li><li>b</li></ul>c", "a\nb\nc"),
        ("<ruby>漢字<rp>(</rp><rt>かんじ</rt><rp>)</rp></ruby>を読む", "漢字を読む"),
        ("<p>東京の\n朝</p>", "東京の朝"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"),
        ("<script>x</script><style>y</style>z<img src=/a.png alt=w>", "z"),
        ("a&nbsp;&amp;&lt;b", "a &<b"),
    ] {
        assert_eq!(cleaned(html).text, expected, "{html}");
    }
}

#[test]
fn the_first_picture_is_found() {
    for (html, expected) in [
        ("<img src=/icon.png width=16 height=16><img src=/a.jpg>", Some("https://site.example/a.jpg")),
        ("<img src=\"https://pixel.wp.com/x\"><p>x</p>", None),
        ("<p>x</p>", None),
    ] {
        assert_eq!(cleaned(html).image.as_deref(), expected, "{html}");
    }
}

#[test]
fn a_heading_that_repeats_the_title_goes() {
    let drop = |html: &str| clean(html, &Context { base: None, drop_title: Some("A  title") }).html;
    assert_eq!(drop("<h1>a <b>Title</b></h1><p>x</p>"), "<p>x</p>");
    assert_eq!(drop("<h1>Another title</h1><h2>A title</h2>"), "<h1>Another title</h1><h2>A title</h2>");
    assert_eq!(drop("<p>A title</p>"), "<p>A title</p>");
}

#[test]
fn what_is_too_much_is_cut_and_said() {
    use yomu_clean::limits::{DEPTH_MAX, ENTRY_BYTES_MAX, NODES_MAX};
    let problems = |html: &str| clean(html, &Context::default()).problems;
    assert_eq!(problems(&"東京 ".repeat(ENTRY_BYTES_MAX / 7 + 10)), [Problem::TooLong]);
    assert_eq!(problems(&"<br>".repeat(NODES_MAX + 2)), [Problem::TooManyElements]);
    assert_eq!(problems(&("<div>".repeat(DEPTH_MAX + 1) + "x")), [Problem::TooDeep]);
    assert_eq!(problems(&("<div>".repeat(40) + "x")), []);
    let deep = clean(&("<div>".repeat(1000) + "kept" + &"</div>".repeat(1000) + "after"), &Context::default());
    assert_eq!(deep.text, "kept\nafter");
}

#[test]
fn typical_entries_take_the_short_way() {
    for html in [
        "<p>x <a href=\"https://site1.example/p/3?utm_source=rss&amp;utm_medium=feed\">y</a></p>",
        "<p>x <a href=\"https://site1.example/p/3?utm_source=rss&utm_medium=feed&id=1\">y</a></p>",
        "<figure><img src=\"https://img.example/1.jpg\" width=\"800\" height=\"450\" alt=\"x\" loading=\"lazy\"><figcaption>c</figcaption></figure>",
        "<h2>x</h2><p style=\"color:red\" onclick=\"x()\">y</p>",
        "<pre><code>if (a &lt; 3 &amp;&amp; b &gt; 2) { run(&quot;x&quot;); }\n</code></pre>",
        "<p>x</p><script>track(3)</script><img src=\"https://pixel.example/t.gif?3\" width=\"1\" height=\"1\">",
        "<p>It&#8217;s &hellip;</p>\n<!-- more -->\n<p>x<br />y</p>",
        "<table><tr><td>a</td></tr></table><p>one<p>two",
        "<iframe src=\"https://www.youtube.com/embed/AbC\"></iframe>",
    ] {
        assert!(ways::short(html, &Context::default()).is_some(), "{html}");
        cleaned(html);
    }
}

#[test]
fn anything_odd_takes_the_long_way() {
    for html in [
        "<b><i>x</b></i>",
        "<p><div>x</div></p>",
        "<a><a>x</a></a>",
        "x</p>",
        "<table>x</table>",
        "<svg></svg>",
        "<P>x</P>",
        "<p title=\"a\" title=\"b\">x</p>",
        "<p\0>x</p>",
        "a &copy b",
        "<script><!--<script></script>",
        "<![CDATA[x]]>",
        "<p>x\r</p>",
        "<img src=x/>",
        "<p/>x",
        "<a href = x>y</a>",
        "<ruby><rtc>x</rtc></ruby>",
        "<p title=\"never closed>x",
    ] {
        assert!(ways::short(html, &Context::default()).is_none(), "{html}");
        cleaned(html);
    }
}
