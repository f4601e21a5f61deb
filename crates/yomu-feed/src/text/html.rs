//! Plain text or HTML? And plain text as HTML.

use crate::markup::escape;
use crate::search;
use crate::work::steps;

/// Whether text is meant as HTML: it holds a tag or a character reference.
///
/// RSS never says which of the two a description is, and both are common.
pub(crate) fn looks_like_html(text: &str) -> bool {
    search::every(b'<', text.as_bytes()).any(|at| is_tag(&text.as_bytes()[at + 1..]))
        || search::every(b'&', text.as_bytes()).any(|at| is_reference(&text.as_bytes()[at + 1..]))
}

/// A tag's name is short, in ASCII, and ends soon: `<p>`, `</div>`, `<br/>`, `<a href`; unlike `a <b and` or `<名前>`.
fn is_tag(behind: &[u8]) -> bool {
    let name = behind.strip_prefix(b"/").unwrap_or(behind);
    if name.starts_with(b"!--") {
        return true;
    }
    if !name.first().is_some_and(u8::is_ascii_alphabetic) {
        return false;
    }
    let Some(end) = name.iter().take(16).position(|byte| !(byte.is_ascii_alphanumeric() || *byte == b'-')) else {
        return false;
    };
    let rest = &name[end..name.len().min(end + 200)];
    match rest {
        [b'>', ..] | [b'/', b'>', ..] => true,
        // `<a href=...>` and `<br />`, but not `a <b and c`: attributes of real tags have values.
        [space, ..] if space.is_ascii_whitespace() => match search::byte(b'>', rest) {
            Some(close) => close <= 2 || search::byte(b'=', &rest[..close]).is_some(),
            None => search::byte(b'=', rest).is_some(),
        },
        _ => false,
    }
}

fn is_reference(behind: &[u8]) -> bool {
    let end = behind.iter().take(10).position(|byte| !(byte.is_ascii_alphanumeric() || *byte == b'#'));
    end.is_some_and(|end| end > 1 && behind[end] == b';')
}

/// Paragraphs at empty lines, line breaks at line ends, everything else escaped.
pub(crate) fn plain_to_html(text: &str) -> String {
    steps(text.len());
    let mut html = String::with_capacity(text.len() + text.len() / 16 + 8);
    let mut open = false;
    for line in text.lines().map(str::trim) {
        match (line.is_empty(), open) {
            (true, true) => {
                html.push_str("</p>");
                open = false;
            }
            (true, false) => {}
            (false, true) => {
                html.push_str("<br>");
                escape(line, &mut html);
            }
            (false, false) => {
                html.push_str("<p>");
                escape(line, &mut html);
                open = true;
            }
        }
    }
    if open {
        html.push_str("</p>");
    }
    html
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_is_told_from_text() {
        for html in [
            "<p>x</p>",
            "a<br/>b",
            "a<br />b",
            r#"see <a href="x">y</a>"#,
            "x</p>",
            "a &amp; b",
            "&#8217;",
            "<!-- x -->",
        ] {
            assert!(looks_like_html(html), "{html}");
        }
        for text in ["plain", "a < b > c", "x <y and z", "AT&T", "<3", "?a=1&b=2;", "<名前>", "if a<b then"] {
            assert!(!looks_like_html(text), "{text}");
        }
    }

    #[test]
    fn text_becomes_paragraphs() {
        assert_eq!(
            plain_to_html("one < two\nthree\n\n\n four & five\n"),
            "<p>one &lt; two<br>three</p><p>four &amp; five</p>"
        );
        assert_eq!(plain_to_html(" \n "), "");
    }
}
