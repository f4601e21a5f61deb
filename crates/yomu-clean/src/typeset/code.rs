//! Code in colours: comments, strings, numbers and keywords, in one walk. It knows no grammar, so it never fails; what it
//! takes for a string at worst has the wrong colour to the end of its line.

use super::languages::Language;

/// Appends escaped code, with elements around what has a colour.
pub(super) fn push(out: &mut String, text: &str, language: &Language) {
    let mut rest = text;
    let mut before = '\n';
    while let Some(first) = rest.chars().next() {
        let (length, class) = token(rest, first, before, language);
        let (token, behind) = rest.split_at(length);
        match class {
            Some(class) => {
                out.push_str("<span class=\"");
                out.push_str(class);
                out.push_str("\">");
                out.push_str(token);
                out.push_str("</span>");
            }
            None => out.push_str(token),
        }
        before = token.chars().next_back().unwrap_or(before);
        rest = behind;
    }
}

/// The length of the next token and the class of its colour.
fn token(rest: &str, first: char, before: char, language: &Language) -> (usize, Option<&'static str>) {
    if let Some(length) = comment(rest, before, language) {
        return (length, Some("c"));
    }
    if let Some(length) = string(rest, before, language) {
        return (length, Some("s"));
    }
    if first == '&' {
        // `&lt;` is one character.
        return (rest.find(';').map_or(1, |end| end + 1), None);
    }
    if !is_word(first) {
        return (first.len_utf8(), None);
    }
    let length = rest.find(|one: char| !is_word(one)).unwrap_or(rest.len());
    let word = &rest[..length];
    if first.is_ascii_digit() {
        // The fraction is part of the number: `3.14`.
        let behind = &rest[length..];
        let digits = behind
            .strip_prefix('.')
            .map_or(0, |fraction| fraction.find(|one: char| !one.is_ascii_alphanumeric()).unwrap_or(fraction.len()));
        let is_fraction = digits > 0 && behind[1..].starts_with(|one: char| one.is_ascii_digit());
        return (if is_fraction { length + 1 + digits } else { length }, Some("n"));
    }
    (length, language.is_keyword(word).then_some("k"))
}

fn comment(rest: &str, before: char, language: &Language) -> Option<usize> {
    if let Some((begin, end)) = language.block_comment
        && let Some(inside) = rest.strip_prefix(begin)
    {
        return Some(inside.find(end).map_or(rest.len(), |at| begin.len() + at + end.len()));
    }
    // `http://` and `$#` are no comments: a blank or nothing stands before one.
    let begins = language.line_comments.iter().any(|begin| rest.starts_with(begin));
    let may = before.is_whitespace() || matches!(before, ';' | '{' | '}' | '(' | ')' | ',');
    (begins && may).then(|| rest.find('\n').unwrap_or(rest.len()))
}

fn string(rest: &str, before: char, language: &Language) -> Option<usize> {
    let quote = language.quotes.iter().find(|quote| rest.starts_with(**quote))?;
    // An apostrophe inside a word, and a lifetime, begin no string.
    if *quote == "'" && (is_word(before) || language.has_lifetimes && !is_character(rest)) {
        return None;
    }
    let spans_lines = quote.len() > 1 || *quote == "`";
    let mut at = quote.len();
    while at < rest.len() {
        let behind = &rest[at..];
        if behind.starts_with(quote) {
            return Some(at + quote.len());
        }
        let first = behind.chars().next()?;
        if first == '\n' && !spans_lines {
            return Some(at);
        }
        at += first.len_utf8();
        if first == '\\'
            && let Some(escaped) = rest[at..].chars().next().filter(|escaped| *escaped != '\n')
        {
            at += escaped.len_utf8();
        }
    }
    Some(rest.len())
}

/// Whether `'a'` or `'\n'` stands here, and not a lifetime.
fn is_character(rest: &str) -> bool {
    let mut inside = rest.chars().skip(1);
    match inside.next() {
        Some('\\') => true,
        Some('&') => rest[1..].find(';').is_some_and(|end| rest[end + 2..].starts_with('\'')),
        Some(_) => inside.next() == Some('\''),
        None => false,
    }
}

fn is_word(one: char) -> bool {
    one.is_alphanumeric() || one == '_'
}

#[cfg(test)]
mod tests {
    use super::super::languages::named;
    use super::push;

    fn coloured(language: &str, code: &str) -> String {
        let mut out = String::new();
        push(&mut out, code, named(language).expect("a language"));
        ["k", "s", "c", "n"]
            .iter()
            .fold(out, |out, class| out.replace(&format!("<span class=\"{class}\">"), &format!("{class}[")))
            .replace("</span>", "]")
    }

    #[test]
    fn rust() {
        assert_eq!(
            coloured(
                "rust",
                "fn a&lt;'b&gt;(c: &amp;'b str) -&gt; char { '\\'' } // 'end\n\"x\\\"y\" 1_000u32 3.14 1..2"
            ),
            "k[fn] a&lt;'b&gt;(c: &amp;'b str) -&gt; char { s['\\''] } c[// 'end]\ns[\"x\\\"y\"] n[1_000u32] n[3.14] n[1]..n[2]"
        );
        assert_eq!(coloured("rs", "/* a\nb */ let"), "c[/* a\nb */] k[let]");
    }

    #[test]
    fn other_languages() {
        assert_eq!(
            coloured("python", "def f(): # it's\n  return \"\"\"a\n'b\"\"\""),
            "k[def] f(): c[# it's]\n  k[return] s[\"\"\"a\n'b\"\"\"]"
        );
        assert_eq!(
            coloured("js", "const a = `x\n${1}`, u = 'http://b'"),
            "k[const] a = s[`x\n${1}`], u = s['http://b']"
        );
        assert_eq!(coloured("bash", "if [ $# -gt 1 ]; then # no"), "k[if] [ $# -gt n[1] ]; k[then] c[# no]");
        assert_eq!(coloured("sql", "SELECT a FROM b -- c"), "k[SELECT] a k[FROM] b c[-- c]");
        assert_eq!(coloured("html", "&lt;!-- a --&gt;&lt;b c=\"d\"&gt;"), "c[&lt;!-- a --&gt;]&lt;b c=s[\"d\"]&gt;");
        assert_eq!(coloured("toml", "a = \"b\" # c"), "a = s[\"b\"] c[# c]");
    }

    #[test]
    fn what_is_not_finished_ends_with_its_line_or_the_text() {
        assert_eq!(coloured("c", "\"a\nint b"), "s[\"a]\nk[int] b");
        assert_eq!(coloured("c", "/* a"), "c[/* a]");
        assert_eq!(coloured("c", "'\\"), "s['\\]");
        assert_eq!(coloured("c", "a &"), "a &");
    }
}
