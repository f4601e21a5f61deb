//! Rust source, split into what the compiler reads and what people read.
//!
//! Not a parser: it knows comments, strings, characters and braces, which is enough to ask whether a word is used.

/// A source text with its parts apart. Both have the line breaks of the original, so line numbers agree.
#[derive(Debug, PartialEq)]
pub(crate) struct Source {
    /// Code, with the insides of comments, strings and characters blanked.
    pub(crate) code: String,
    /// Comments, with everything else blanked.
    pub(crate) comments: String,
}

/// Splits a source text into code and comments.
pub(crate) fn split(text: &str) -> Source {
    let mut source = Source { code: String::with_capacity(text.len()), comments: String::with_capacity(text.len()) };
    let mut rest = text;
    while !rest.is_empty() {
        let (length, part) = next_part(rest, source.code.chars().next_back());
        source.push(&rest[..length], part);
        rest = &rest[length..];
    }
    source
}

/// The code outside `#[cfg(test)]` items.
pub(crate) fn without_tests(code: &str) -> String {
    const MARK: &str = "#[cfg(test)]";
    let mut kept = String::with_capacity(code.len());
    let mut rest = code;
    while let Some(start) = rest.find(MARK) {
        kept.push_str(&rest[..start]);
        let item = &rest[start + MARK.len()..];
        rest = &item[item_length(item)..];
    }
    kept + rest
}

/// The line on which a byte stands, counted from one.
pub(crate) fn line_of(text: &str, at: usize) -> usize {
    text[..at].matches('\n').count() + 1
}

/// Whether the word at this place is not a part of a longer one.
pub(crate) fn is_whole_word(code: &str, at: usize, length: usize) -> bool {
    let part_of_word = |character: char| character.is_alphanumeric() || character == '_';
    !code[..at].ends_with(part_of_word) && !code[at + length..].starts_with(part_of_word)
}

#[derive(Clone, Copy, PartialEq)]
enum Part {
    Code,
    Comment,
    Literal,
}

impl Source {
    fn push(&mut self, text: &str, part: Part) {
        for character in text.chars() {
            let blank = if character == '\n' { '\n' } else { ' ' };
            self.code.push(if part == Part::Code { character } else { blank });
            self.comments.push(if part == Part::Comment { character } else { blank });
        }
    }
}

/// How many bytes the next part has, and what it is.
fn next_part(text: &str, before: Option<char>) -> (usize, Part) {
    if text.starts_with("//") {
        return (text.find('\n').unwrap_or(text.len()), Part::Comment);
    }
    if text.starts_with("/*") {
        return (block_comment(text), Part::Comment);
    }
    let in_word = before.is_some_and(|character| character.is_alphanumeric() || character == '_');
    if !in_word && let Some(length) = raw_string(text) {
        return (length, Part::Literal);
    }
    if text.starts_with('"') {
        return (quoted(text, '"'), Part::Literal);
    }
    if text.starts_with('\'') && is_character(text) {
        return (quoted(text, '\''), Part::Literal);
    }
    (text.chars().next().map_or(1, char::len_utf8), Part::Code)
}

fn block_comment(text: &str) -> usize {
    let mut depth = 0_usize;
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        if rest.starts_with("/*") {
            depth += 1;
            at += 2;
        } else if rest.starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    text.len()
}

/// The length of `r"…"`, `r#"…"#`, `br"…"` and so on.
fn raw_string(text: &str) -> Option<usize> {
    let after_prefix = ["br", "cr", "r"].iter().find_map(|prefix| text.strip_prefix(prefix))?;
    let hashes = after_prefix.bytes().take_while(|byte| *byte == b'#').count();
    let inside = after_prefix[hashes..].strip_prefix('"')?;
    let end = format!("\"{}", "#".repeat(hashes));
    let length = inside.find(&end).map_or(inside.len(), |at| at + end.len());
    Some(text.len() - inside.len() + length)
}

fn quoted(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, character) in text.char_indices().skip(1) {
        if !escaped && character == quote {
            return at + quote.len_utf8();
        }
        escaped = !escaped && character == '\\';
    }
    text.len()
}

/// Tells `'a'` and `'\n'` from the lifetime `'a`.
fn is_character(text: &str) -> bool {
    let mut characters = text.chars().skip(1);
    match characters.next() {
        Some('\\') => true,
        Some(_) => characters.next() == Some('\''),
        None => false,
    }
}

/// The length of the item an attribute belongs to: to its semicolon or its closing brace, whichever is first.
fn item_length(code: &str) -> usize {
    let mut depth = 0_usize;
    for (at, character) in code.char_indices() {
        match character {
            '{' => depth += 1,
            '}' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return at + 1;
                }
            }
            ';' if depth == 0 => return at + 1,
            _ => {}
        }
    }
    code.len()
}

#[test]
fn comments_strings_and_characters_are_not_code() {
    let source =
        split("let a = \"x // y\"; // note \"here\n/* b /* c */ d */ let e: &'a str = r#\"f\"g\"#; '\"'; h('\\'');");
    let words: Vec<&str> = source.code.split_whitespace().collect();
    assert_eq!(words, ["let", "a", "=", ";", "let", "e:", "&'a", "str", "=", ";", ";", "h(", ");"]);
    let notes: Vec<&str> = source.comments.split_whitespace().collect();
    assert_eq!(notes, ["//", "note", "\"here", "/*", "b", "/*", "c", "*/", "d", "*/"]);
}

#[test]
fn an_unfinished_literal_reaches_to_the_end() {
    assert_eq!(split("a \"b").code, "a   ");
    assert_eq!(split("a /* b").code, "a     ");
}

#[test]
fn lines_keep_their_numbers() {
    let code = split("/*\n\n*/ found").code;
    assert_eq!(line_of(&code, code.find("found").unwrap()), 3);
}

#[test]
fn test_items_are_left_out_and_the_rest_stays() {
    let code = "fn a() {}\n#[cfg(test)]\nmod tests { fn b() { {} } }\nfn c() {}\n#[cfg(test)]\nmod d;\nfn e() {}";
    let kept = without_tests(code);
    assert!(kept.contains("fn a") && kept.contains("fn c") && kept.contains("fn e"));
    assert!(!kept.contains("fn b") && !kept.contains("mod d"));
}
