//! Markup in every state, and its tokens.

use super::*;

fn tokens(text: &str) -> Vec<String> {
    let mut scanner = Scanner::new(text);
    let mut tokens = Vec::new();
    while let Some(token) = scanner.next() {
        tokens.push(match token {
            Token::Text(text) => format!("text {text}"),
            Token::CData(text) => format!("cdata {text}"),
            Token::Start(tag) => {
                format!("{} {}[{}]", if tag.empty { "empty" } else { "start" }, tag.name, tag.rest.trim())
            }
            Token::End(name) => format!("end {name}"),
            Token::Other => "other".to_owned(),
        });
    }
    tokens
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    assert_eq!(tokens(text), expected, "{text}");
}

#[test]
fn well_formed_documents_are_read() {
    check(
        r#"<?xml version="1.0"?><a b="1>2"><c/>x &amp; y<![CDATA[<z>]]></a ><!-- <d> -->"#,
        &["other", r#"start a[b="1>2"]"#, "empty c[]", "text x &amp; y", "cdata <z>", "end a", "other"],
    );
    check(r#"<!DOCTYPE rss [ <!ENTITY a "b"> ]><rss/>"#, &["other", "empty rss[]"]);
}

#[test]
fn a_stray_less_than_is_text() {
    check("<t>a < b <c and d</t>", &["start t[]", "text a ", "text <", "text  b ", "text <c and d", "end t"]);
    check("<t>1<2</t>", &["start t[]", "text 1", "text <", "text 2", "end t"]);
    check("</><", &["text </", "text >", "text <"]);
}

#[test]
fn an_unclosed_quote_does_not_swallow_the_next_elements() {
    check(
        r#"<a href="x>t</a><b c="d">u</b>"#,
        &[r#"start a[href="x]"#, "text t", "end a", r#"start b[c="d"]"#, "text u", "end b"],
    );
    check(r#"<a title="x < y" href="z">"#, &[r#"start a[title="x < y" href="z"]"#]);
}

#[test]
fn an_end_tag_may_lack_its_end() {
    check("<a>x</a<b>y</b", &["start a[]", "text x", "end a", "start b[]", "text y", "end b"]);
}

#[test]
fn comments_and_sections_without_an_end_lose_little() {
    check("<a><!-- x ><b>y</b>", &["start a[]", "other", "start b[]", "text y", "end b"]);
    check("<a><![CDATA[x</item><item>", &["start a[]", "cdata x", "end item", "start item[]"]);
    check(
        "<a><![CDATA[x</item><b><![CDATA[y]]></b>",
        &["start a[]", "cdata x", "end item", "start b[]", "cdata y", "end b"],
    );
    check("<a><![CDATA[cut off", &["start a[]", "cdata cut off"]);
}

#[test]
fn unfinished_tags_at_the_end_are_text() {
    check("<a><b c=", &["start a[]", "text <b c="]);
    check(r#"<a><b c="d"#, &["start a[]", r#"text <b c="d"#]);
}
