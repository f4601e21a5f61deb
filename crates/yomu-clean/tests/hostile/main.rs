//! Markup that wants to run, or to look like the page around it. What wants to take for ever is in `src/work`.

#[path = "../checker/mod.rs"]
mod checker;
mod payloads;

use payloads::FAMILIES;
use std::collections::HashSet;
use url::Url;
use yomu_clean::{Context, clean, extract, ways};

/// Alone, among ordinary text, and in places where a parser has other rules: `*` stands for the payload.
const PLACES: &[&str] = &[
    "*",
    "<p>a * b</p>",
    "<table><tr><td>*</td></tr>*</table>",
    "<ul><li>*<li>x</ul>",
    "<p title=\"*\">x</p>",
    "<p title='*'>x</p>",
    "<a href=\"*\">x</a>",
    "<img src=\"*\" alt='*'>",
    "<pre><code>*</code></pre>",
    "<ruby>漢<rt>*</rt></ruby>",
    "<b><i><p>*</b></i>",
    "<!-- * -->",
    "<svg>*</svg><math><mi>*",
    "<svg><foreignObject>*</foreignObject></svg>",
    "<math><annotation-xml encoding=\"text/html\">*</annotation-xml></math>",
    "<noscript><img src=a.png>*</noscript>",
    "<template>*</template>",
    "<select><option>*</select>",
    "<textarea>*</textarea>*",
    "<style>*</style>*",
    "<title>*</title>*",
    "<form><button>*</button></form>",
    "<iframe>*</iframe>*",
];

fn base() -> Url {
    "https://site.example/posts/1".parse().expect("a valid address")
}

#[test]
fn nothing_that_runs_survives() {
    let base = base();
    let context = Context { base: Some(&base), drop_title: None };
    // Many payloads leave the same harmless words.
    let mut judged = HashSet::new();
    let mut tried = 0;
    for (family, payloads) in FAMILIES {
        for (payload, place) in payloads.iter().flat_map(|payload| PLACES.iter().map(move |place| (payload, place))) {
            let html = place.replace('*', payload);
            let cleaned = clean(&html, &context);
            if judged.insert(cleaned.html.clone()) {
                let faults = checker::faults_everywhere(&cleaned.html);
                assert_eq!(faults, Vec::<String>::new(), "{family}\nin:  {html}\nout: {}", cleaned.html);
            }
            assert_eq!(cleaned, ways::long(&html, &context), "the ways differ for {html}");
            tried += 1;
        }
    }
    let count: usize = FAMILIES.iter().map(|(_, payloads)| payloads.len()).sum();
    assert_eq!(tried, count * PLACES.len());
    assert!(count >= 120, "{count} payloads");
    eprintln!("{count} payloads in {} places, {} different results", PLACES.len(), judged.len());
}

#[test]
fn nothing_that_runs_survives_on_a_page() {
    let url = base();
    let prose =
        "<p>The river was quiet, and the birds were not. Under the bridge, the water went slowly on.</p>".repeat(8);
    for (family, payloads) in FAMILIES {
        for payload in *payloads {
            let page = format!("<title>{payload}</title><body><article><h1>{payload}</h1>{prose}{payload}{prose}");
            // A payload may swallow what is behind it, but hardly what is before.
            let Some(article) = extract(&page, &url) else { continue };
            let faults = checker::faults_everywhere(&article.content.html);
            assert_eq!(faults, Vec::<String>::new(), "{family}\nin:  {page}\nout: {}", article.content.html);
            let addresses = [article.image, article.canonical_url, article.content.image];
            for address in addresses.iter().flatten() {
                assert!(address.starts_with("https://") || address.starts_with("http://"), "{address} in {page}");
            }
        }
    }
}

#[test]
fn addresses_of_a_page_are_of_the_web() {
    for address in ["javascript:alert(1)", "data:text/html,x", "java\tscript:alert(1)", "file:///etc/passwd", "//"] {
        let page = format!(
            "<meta property=og:image content=\"{address}\"><link rel=canonical href=\"{address}\"><base href=\"{address}\">
             <p><a href=2>x</a></p>"
        );
        let article = extract(&page, &base()).expect("there is text");
        assert_eq!((article.image, article.canonical_url), (None, None), "{address}");
        assert!(article.content.html.contains("\"https://site.example/posts/2\""), "{}", article.content.html);
    }
}

#[test]
fn ids_of_the_page_around_cannot_be_taken_over() {
    let html = clean("<a href=#main>x</a><p id=main>y</p><p id=__proto__>z</p>", &Context::default()).html;
    assert_eq!(html, "<a href=\"#in-article-main\">x</a><p id=\"in-article-main\">y</p><p>z</p>");
}

#[test]
fn the_checker_itself_sees_what_is_wrong() {
    for html in [
        "<script>x</script>",
        "<p onclick=\"x\">y</p>",
        "<a href=\"javascript:x\">y</a>",
        "<img src=\"data:image/svg+xml;base64,x\">",
        "<img srcset=\"https://a.example/ 1x, javascript:x 2x\">",
        "<svg></svg>",
        "<p id=\"main\">x</p>",
        "<p><!-- x --></p>",
        "<figure class=\"embed\" data-embed=\"https://evil.example/\"></figure>",
        "<p>x",
        "a > b",
    ] {
        assert!(!checker::faults_everywhere(html).is_empty(), "{html}");
    }
    for html in ["", "text", "<p>a &lt; b</p>", "<ul><li>x</li></ul>", "<a href=\"https://a.example/\">x</a>"] {
        assert_eq!(checker::faults_everywhere(html), Vec::<String>::new(), "{html}");
    }
}
