//! Style sheets without what only people read: comments and most spaces. Nothing is renamed or reordered.

/// The style sheet, shorter. Strings, and with them the drawings in `url("…")`, stay as they are.
pub(crate) fn css(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if let Some(comment) = rest.strip_prefix("/*") {
            rest = comment.split_once("*/").expect("a comment of a style sheet ends").1;
        } else if first == '"' {
            let end = rest[1..].find('"').expect("a string of a style sheet ends") + 2;
            out.push_str(&rest[..end]);
            rest = &rest[end..];
        } else if first.is_whitespace() {
            rest = rest.trim_start();
            space(&mut out, rest);
        } else {
            if first == '}' && out.ends_with(';') {
                out.pop();
            }
            out.push(first);
            rest = &rest[first.len_utf8()..];
        }
    }
    out
}

/// A space, unless what stands before or behind it parts the words as well.
fn space(out: &mut String, behind: &str) {
    let is_needed = |one: char, others: &str| !others.contains(one);
    let before = out.chars().next_back().is_some_and(|last| is_needed(last, "{};:,> "));
    let after = behind.chars().next().is_some_and(|next| is_needed(next, "{};,>"));
    if before && after && !behind.starts_with("/*") {
        out.push(' ');
    }
}

#[cfg(test)]
mod tests {
    use super::css;

    #[test]
    fn comments_and_spaces_go() {
        let text = "/* Ground */\na > b,\nc :is(d) {\n  margin: 0 auto;\n  color: red;\n}\n\n@media (min-width: 2rem) {\n  e { f: g; }\n}\n";
        assert_eq!(css(text), "a>b,c :is(d){margin:0 auto;color:red}@media (min-width:2rem){e{f:g}}");
    }

    #[test]
    fn what_has_a_meaning_stays() {
        assert_eq!(css("a { content: \" /* ; } \"; }"), "a{content:\" /* ; } \"}");
        assert_eq!(css("a { width: calc(1px + 2px); }"), "a{width:calc(1px + 2px)}");
        assert_eq!(css("a b .c { d: e f }"), "a b .c{d:e f}");
        assert_eq!(css("a /* x */ b { c: d /* y */ e }"), "a b{c:d e}");
    }
}
