//! Other addresses for the pictures of HTML that [`clean`](crate::clean) made.
//!
//! What is stored keeps the addresses that the author wrote. When it is shown, pictures may come by another way; so this
//! reads nothing but the form in which `write/` writes: small letters, every value between double quotes, and `<`, `>`, `&`
//! and `"` always escaped in them.

use std::borrow::Cow;

use crate::rules::srcset::candidates;
use crate::write::escape::push_value;

/// The same HTML, in which every web address that a browser would load a picture from was replaced by what `other` says.
/// Where it says nothing, the address stays. Costs one walk over the text.
pub fn with_pictures_from<'a>(html: &'a str, mut other: impl FnMut(&str) -> Option<String>) -> Cow<'a, str> {
    let mut out = String::new();
    // Up to where `html` is in `out`.
    let mut done = 0;
    let mut from = 0;
    while let Some(start) = html[from..].find('<').map(|at| from + at) {
        let Some(end) = html[start..].find('>').map(|at| start + at) else { break };
        from = end + 1;
        let tag = &html[start..end];
        let Some(attributes) = ATTRIBUTES.iter().find(|(name, _)| tag.starts_with(name)).map(|(_, names)| names) else {
            continue;
        };
        for name in *attributes {
            let Some(value) = tag.find(name).map(|at| at + name.len()) else { continue };
            let Some(length) = tag[value..].find('"') else { continue };
            let old = unescaped(&tag[value..value + length]);
            let new = if name.starts_with(" srcset") { set(&old, &mut other) } else { one(&old, &mut other) };
            if let Some(new) = new {
                out.push_str(&html[done..start + value]);
                push_value(&mut out, &new);
                done = start + value + length;
            }
        }
    }
    if done == 0 {
        return Cow::Borrowed(html);
    }
    out.push_str(&html[done..]);
    Cow::Owned(out)
}

/// Tags and those of their attributes that name pictures, in the order in which they are written.
const ATTRIBUTES: [(&str, &[&str]); 3] =
    [("<img ", &[" src=\"", " srcset=\""]), ("<source ", &[" srcset=\""]), ("<video ", &[" poster=\""])];

fn one(address: &str, other: &mut impl FnMut(&str) -> Option<String>) -> Option<String> {
    if is_web_address(address) { other(address) } else { None }
}

/// `srcset`: one candidate that is replaced is reason enough to write all of it anew.
fn set(raw: &str, other: &mut impl FnMut(&str) -> Option<String>) -> Option<String> {
    let mut out = String::with_capacity(raw.len());
    let mut is_new = false;
    for (address, descriptor) in candidates(raw) {
        let new = one(address, other);
        is_new |= new.is_some();
        if !out.is_empty() {
            out.push_str(", ");
        }
        out.push_str(new.as_deref().unwrap_or(address));
        if !descriptor.is_empty() {
            out.push(' ');
            out.push_str(descriptor);
        }
    }
    is_new.then_some(out)
}

fn is_web_address(address: &str) -> bool {
    address.starts_with("https://") || address.starts_with("http://")
}

/// Undoes what [`push_value`] did.
fn unescaped(value: &str) -> Cow<'_, str> {
    if !value.contains('&') {
        return Cow::Borrowed(value);
    }
    // The ampersand last: `&amp;lt;` was written for `&lt;`.
    Cow::Owned(value.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Context, clean};

    fn proxied(html: &str) -> String {
        with_pictures_from(html, |address| Some(format!("/image/{}", address.len()))).into_owned()
    }

    #[test]
    fn every_way_to_load_a_picture_is_replaced() {
        for (html, expected) in [
            (
                r#"<p>a<img src="https://a.example/1" srcset="https://a.example/1 1x, https://a.example/22 2x" alt="x"></p>"#,
                r#"<p>a<img src="/image/19" srcset="/image/19 1x, /image/20 2x" alt="x"></p>"#,
            ),
            (
                r#"<picture><source srcset="http://a.example/1 640w" media="x"><img src="http://a.example/" alt=""></picture>"#,
                r#"<picture><source srcset="/image/18 640w" media="x"><img src="/image/17" alt=""></picture>"#,
            ),
            (
                r#"<video src="https://a.example/v" poster="https://a.example/p" controls=""></video>"#,
                r#"<video src="https://a.example/v" poster="/image/19" controls=""></video>"#,
            ),
            (r#"<img src="https://a.example/?a=1&amp;b=2" alt="">"#, r#"<img src="/image/26" alt="">"#),
        ] {
            assert_eq!(proxied(html), expected);
        }
    }

    #[test]
    fn everything_else_stays_as_it_is() {
        for html in [
            "",
            "<p>no picture, 1 &lt; 2 and src=\"https://a.example/\"</p>",
            r#"<img src="data:image/png;base64,AAAA" alt="a data picture">"#,
            r#"<a href="https://a.example/img src=">x</a>"#,
            r#"<video><source src="https://a.example/v.mp4" type="video/mp4"></video>"#,
            r#"<p title="&lt;img src=&quot;https://a.example/&quot;&gt;">x</p>"#,
            "<img src=\"https://a.example/ never ends",
        ] {
            assert!(
                matches!(with_pictures_from(html, |_| Some("/other".to_owned())), Cow::Borrowed(same) if same == html)
            );
        }
        let html = r#"<img src="https://a.example/1" alt="">"#;
        assert_eq!(with_pictures_from(html, |_| None), html, "nothing else was said");
    }

    #[test]
    fn after_cleaning_no_picture_is_left_behind() {
        let written = r#"<IMG SRC='https://a.example/"1"&amp;<2>.png' data-srcset="/x 1x,/y?a&b 2x" width=20>
            <picture><source data-srcset=https://a.example/s><img src=//a.example/t></picture><video poster=/p src=/v></video>"#;
        let base = "https://a.example/".parse().ok();
        let cleaned = clean(written, &Context { base: base.as_ref(), ..Context::default() });
        let mut seen = Vec::new();
        let html = with_pictures_from(&cleaned.html, |address| {
            seen.push(address.to_owned());
            Some("/image/x".to_owned())
        });
        assert_eq!(seen.len(), 6, "{seen:?}");
        assert!(!html.replace("src=\"https://a.example/v\"", "").contains("a.example"), "{html}");
        assert!(seen.contains(&"https://a.example/y?a&b".to_owned()), "{seen:?}");
    }
}
