//! Markup that wants to run, or to look like the page around it. What wants to take for ever is in `src/work`.

mod checker;

use yomu_clean::{Context, clean, ways};

/// Every one would run a script, load something unasked, or break out, if a sanitizer believed what it says.
const PAYLOADS: &[&str] = &[
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<script>alert(1)",
    "<script/x>alert(1)</script/x>",
    "<<script>alert(1);//<</script>",
    "<script><!--<script></script>alert(1)--></script>",
    "<img src=x onerror=alert(1)>",
    "<img src=\"x\"onerror=alert(1)>",
    "<img/src=x/onerror=alert(1)>",
    "<img src=`x`onerror=alert(1)>",
    "<img src=x:x onerror\n=\nalert(1)>",
    "<img src='x' alt='\"><script>alert(1)</script>'>",
    "<img src=x alt=\"--><img src=y onerror=alert(1)>\">",
    "<img src=javascript:alert(1)>",
    "<img src=\"data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9YWxlcnQoMSk+PC9zdmc+PC9zdmc+PC9zdmc+PC9zdmc+\">",
    "<img src=\"data:text/html,<script>alert(1)</script>\">",
    "<img srcset=\"javascript:alert(1) 1x, x onerror=alert(1) 2x\">",
    "<img srcset=',javascript:alert(1)'>",
    "<img data-src=javascript:alert(1)>",
    "<img longdesc=javascript:alert(1) usemap=#x ismap dynsrc=javascript:x lowsrc=javascript:x>",
    "<image src=x onerror=alert(1)>",
    "<a href=javascript:alert(1)>x</a>",
    "<a href=\"JaVaScRiPt:alert(1)\">x</a>",
    "<a href=\" &#14; javascript:alert(1)\">x</a>",
    "<a href=\"java\tscript:alert(1)\">x</a>",
    "<a href=\"java&#10;script:alert(1)\">x</a>",
    "<a href=\"&#106;avascript:alert(1)\">x</a>",
    "<a href=\"&#x6A;avascript&colon;alert(1)\">x</a>",
    "<a href=\"javascript&Tab;:alert(1)\">x</a>",
    "<a href=\"\u{1}javascript:alert(1)\">x</a>",
    "<a href=\"vbscript:x\">x</a><a href=\"livescript:x\">y</a>",
    "<a href=\"data:text/html;base64,PHNjcmlwdD4=\">x</a>",
    "<a href=\"feed:javascript:alert(1)\">x</a>",
    "<a href=\"view-source:javascript:alert(1)\">x</a>",
    "<a href=\"file:///etc/passwd\">x</a>",
    "<a href=\"blob:https://a.example/1\">x</a>",
    "<a href='x' onmouseover='alert(1)' style='position:fixed;inset:0'>x</a>",
    "<a href=\"https://a.example/\" ping=\"https://evil.example/\" download target=_top>x</a>",
    "<a xlink:href=javascript:alert(1)>x</a>",
    "<a href=\"https://a.example/\" rel=\"opener\">x</a>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href=javascript:alert(1)><text>x</text></a></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x></svg>",
    "<svg><use href=\"data:image/svg+xml,<svg id='x' onload='alert(1)'/>#x\"></svg>",
    "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">",
    "<svg><foreignObject><iframe srcdoc=\"<script>alert(1)</script>\"></iframe></foreignObject></svg>",
    "<svg><title><img src=x onerror=alert(1)></title></svg>",
    "<svg><desc><style><img title=\"</style><img src onerror=alert(1)>\"></desc></svg>",
    "<math><mi xlink:href=javascript:alert(1)>x</mi></math>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<math><annotation-xml encoding=\"text/html\"><style><img src=x onerror=alert(1)></style></annotation-xml></math>",
    "<math><mtext><mglyph><svg><mtext><style><path id=\"</style><img onerror=alert(1) src>\">",
    "<style>@import '//evil.example/x.css';</style>",
    "<style><img src=\"</style><img src=x onerror=alert(1)>\">",
    "<p style=\"background:url(javascript:alert(1))\">x</p>",
    "<p style=\"behavior:url(x.htc);-moz-binding:url(x.xml#y)\">x</p>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<link rel=import href=//evil.example/x.html>",
    "<meta http-equiv=refresh content=\"0;url=javascript:alert(1)\">",
    "<base href=\"javascript:alert(1)//\">",
    "<base href=//evil.example/><a href=/x>y</a>",
    "<body onload=alert(1)>x</body>",
    "<html onmouseover=alert(1)>x</html>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>",
    "<iframe src=//evil.example/></iframe>",
    "<iframe><img src=\"</iframe><img src=x onerror=alert(1)>\"></iframe>",
    "<iframe src=\"https://www.youtube.com/embed/x\" onload=alert(1) title=\"&quot;><img src=x onerror=alert(1)>\"></iframe>",
    "<iframe src=\"https://www.youtube.com@evil.example/embed/x\"></iframe>",
    "<figure class=embed data-embed=\"https://evil.example/\">x</figure>",
    "<figure class=\"embed\" data-embed=\"javascript:alert(1)\">x</figure>",
    "<object data=javascript:alert(1)></object>",
    "<object type=text/html data=//evil.example/><p>x</p></object>",
    "<embed src=javascript:alert(1)>",
    "<applet code=x></applet>",
    "<form action=javascript:alert(1)><button>x</button><input type=image src=x onerror=alert(1)></form>",
    "<button formaction=javascript:alert(1)>x</button>",
    "<input autofocus onfocus=alert(1)>",
    "<select autofocus onfocus=alert(1)><option>x</select>",
    "<textarea autofocus onfocus=alert(1)></textarea><textarea></p><img src=x onerror=alert(1)>",
    "<title></title><img src=x onerror=alert(1)></title>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\"></noscript>",
    "<noembed><img title=\"</noembed><img src onerror=alert(1)>\"></noembed>",
    "<noframes><style></noframes><img src=x onerror=alert(1)></style>",
    "<xmp><p title=\"</xmp><img src=x onerror=alert(1)>\"></xmp>",
    "<plaintext><img src=x onerror=alert(1)>",
    "<template><script>alert(1)</script></template>",
    "<template shadowrootmode=open><slot name=x onslotchange=alert(1)></slot></template>",
    "<video src=x onerror=alert(1) autoplay><source onerror=alert(1)></video>",
    "<video poster=javascript:alert(1)></video>",
    "<audio src=javascript:alert(1) autoplay></audio>",
    "<track src=//evil.example/>",
    "<details open ontoggle=alert(1)>x</details>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<div id=__proto__><a id=cookie name=body>x</a></div>",
    "<a href=#x>y</a><p id='x\"><img src=x onerror=alert(1)>'>z</p>",
    "<p title='\"><img src=x onerror=alert(1)>'>x</p>",
    "<p lang='\"><script>'>x</p><time datetime='\"><script>'>y</time>",
    "<code class='language-\"><script>'>x</code>",
    "<td background=javascript:alert(1)>x</td>",
    "<table background=javascript:alert(1)><tr><td>x</td></tr></table>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<!--x--!><img src=x onerror=alert(1)>",
    "<!DOCTYPE x [<!ENTITY y \"<script>alert(1)</script>\">]>&y;",
    "<![CDATA[><img src=x onerror=alert(1)>]]>",
    "<?xml-stylesheet href=\"javascript:alert(1)\"?><?x ><img src=x onerror=alert(1)>?>",
    "</p/onclick=alert(1)><img src=x onerror=alert(1)//",
    "<p =\"><img src=x onerror=alert(1)>\">x",
    "<x onclick=alert(1)>x</x><x-y is=script>alert(1)</x-y>",
    "<a\0 href=\"java\0script:alert(1)\">x</a><scr\0ipt>alert(1)</scr\0ipt>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&amp;lt;img src=x onerror=alert(1)&amp;gt;",
    "<p>\u{feff}<script\u{3000}>alert(1)</script></p>",
    "+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
    "<a href=\"https://a.example/\u{202e}gpj.exe\">x</a>",
    "<b><p><a href=x><table><a href=javascript:alert(1)><td><b><i><p></table></b>x</i>",
];

#[test]
fn nothing_that_runs_survives() {
    let base = "https://site.example/posts/1".parse().expect("a valid address");
    let context = Context { base: Some(&base), drop_title: None };
    assert!(PAYLOADS.len() >= 60);
    for payload in PAYLOADS {
        // Alone, among ordinary text, and where a parser has other rules.
        for html in [
            (*payload).to_owned(),
            format!("<p>a {payload} b</p>"),
            format!("<table><tr><td>{payload}</td></tr>{payload}</table>"),
            format!("<ul><li>{payload}<li>x</ul>"),
            format!("<p title=\"{payload}\">x</p>"),
            format!("<pre><code>{payload}</code></pre>"),
            format!("<svg>{payload}</svg><math><mi>{payload}"),
        ] {
            let cleaned = clean(&html, &context);
            assert_eq!(checker::faults(&cleaned.html), Vec::<String>::new(), "in:  {html}\nout: {}", cleaned.html);
            assert_eq!(cleaned, ways::long(&html, &context), "the ways differ for {html}");
        }
    }
}

#[test]
fn ids_of_the_page_around_cannot_be_taken_over() {
    let html = clean("<a href=#main>x</a><p id=main>y</p><p id=__proto__>z</p>", &Context::default()).html;
    assert_eq!(html, "<a href=\"#in-article-main\">x</a><p id=\"in-article-main\">y</p><p>z</p>");
}
