//! XHTML as it stands in Atom content, written as HTML.

use crate::markup::{Scanner, Tag, Token, escape, split_name};
use crate::search;

/// Elements that HTML knows to be empty; all others need an end tag there, where XHTML may write `<a id="x"/>`.
const VOID: [&str; 14] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];

/// Prefixes off, declarations off, empty elements written out, sections as text, and the outer `div` that Atom asks
/// for taken away.
pub(crate) fn xhtml_to_html(markup: &str) -> String {
    let mut html = String::with_capacity(markup.len());
    let mut scanner = Scanner::new(markup);
    while let Some(token) = scanner.next() {
        match token {
            Token::Text(raw) => html.push_str(raw),
            Token::CData(raw) => escape(raw, &mut html),
            Token::Start(tag) => start(&tag, &mut html),
            Token::End(name) => end(split_name(name).1, &mut html),
            Token::Other => {}
        }
    }
    without_outer_div(html.trim()).to_owned()
}

fn start(tag: &Tag<'_>, html: &mut String) {
    let name = split_name(tag.name).1;
    html.push('<');
    html.push_str(name);
    if search::byte(b'=', tag.rest.as_bytes()).is_some() {
        for attribute in tag.attributes() {
            let (prefix, local) = split_name(attribute.name);
            if prefix == "xmlns" || attribute.name == "xmlns" || attribute.name.contains(['"', '\'', '<']) {
                continue;
            }
            html.push(' ');
            html.push_str(if prefix == "xml" { local } else { attribute.name });
            html.push_str("=\"");
            for (index, piece) in attribute.raw.split('"').enumerate() {
                html.push_str(if index > 0 { "&quot;" } else { "" });
                html.push_str(piece);
            }
            html.push('"');
        }
    }
    html.push('>');
    if tag.empty && !is_void(name) {
        end(name, html);
    }
}

fn end(name: &str, html: &mut String) {
    if !is_void(name) {
        html.push_str("</");
        html.push_str(name);
        html.push('>');
    }
}

fn is_void(name: &str) -> bool {
    VOID.iter().any(|void| void.eq_ignore_ascii_case(name))
}

fn without_outer_div(html: &str) -> &str {
    let inside = html.strip_prefix("<div>").and_then(|rest| rest.strip_suffix("</div>"));
    // Two neighbours, `<div>a</div><div>b</div>`, have no common outer one.
    match inside {
        Some(inside) if is_balanced(inside) => inside.trim(),
        _ => html,
    }
}

fn is_balanced(html: &str) -> bool {
    let mut scanner = Scanner::new(html);
    let mut depth = 0_usize;
    while let Some(token) = scanner.next() {
        match token {
            Token::Start(tag) if tag.name == "div" => depth += 1,
            Token::End("div") => match depth.checked_sub(1) {
                Some(outer) => depth = outer,
                None => return false,
            },
            _ => {}
        }
    }
    depth == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn xhtml_becomes_html() {
        let cases = [
            (r#"<div xmlns="http://www.w3.org/1999/xhtml"><p>a &lt; b<br/></p></div>"#, "<p>a &lt; b<br></p>"),
            (r#"<x:div xmlns:x="http://www.w3.org/1999/xhtml"><x:a id="n"/>t</x:div>"#, r#"<a id="n"></a>t"#),
            ("<div>a</div><div>b</div>", "<div>a</div><div>b</div>"),
            ("<p><![CDATA[1 < 2]]></p>", "<p>1 &lt; 2</p>"),
            (r#"<img alt='say "x"' src=a.png />"#, r#"<img alt="say &quot;x&quot;" src="a.png">"#),
            (r#"<p xml:lang="ja">あ</p>"#, r#"<p lang="ja">あ</p>"#),
        ];
        for (xhtml, html) in cases {
            assert_eq!(xhtml_to_html(xhtml), html);
        }
    }
}
