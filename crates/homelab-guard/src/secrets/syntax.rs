//! The pieces of syntax between a name and its value.

use std::ops::Range;

use super::assignment::{Tie, Value};
use super::cursor::{Cursor, line_end, line_start};
use super::file_kind::FileKind;

/// Moves over an operator that ties a value to the name before it.
pub(super) fn operator(cursor: &mut Cursor<'_>, kind: FileKind, blanks: usize) -> Option<Tie> {
    const CODE: [&[u8]; 9] = [b"===", b"==", b":=", b"=>", b"?=", b"||", b"??", b"<-", b"::="];
    if let Some(sign) = CODE.iter().find(|sign| cursor.rest().starts_with(sign)) {
        cursor.at += sign.len();
        return Some(if matches!(*sign, b"||" | b"??") { Tie::Call } else { Tie::Equals });
    }
    let word = cursor.rest().starts_with(b"or ") && blanks > 0 && kind == FileKind::Code;
    match cursor.rest() {
        [b':', b':', ..] | [b'=', b'~', ..] => None,
        [b':', ..] => {
            cursor.at += 1;
            Some(Tie::Colon)
        }
        // A full-width colon, as Japanese notes have it.
        [0xEF, 0xBC, 0x9A, ..] => {
            cursor.at += 3;
            Some(Tie::Colon)
        }
        [b'=', ..] => {
            cursor.at += 1;
            Some(Tie::Equals)
        }
        _ if word => {
            cursor.at += 2;
            Some(Tie::Call)
        }
        _ => None,
    }
}

/// Whether the name at `at` is the first in `"encrypted": {…}`, where only the owner of the key can read.
pub(super) fn is_in_encrypted(text: &[u8], at: usize) -> bool {
    let before = trim_quote(&text[at.saturating_sub(80)..at]).trim_ascii_end();
    let Some(before) = before.strip_suffix(b"{") else { return false };
    let before = before.trim_ascii_end();
    before.strip_suffix(b":").is_some_and(|before| trim_quote(before.trim_ascii_end()).ends_with(b"encrypted"))
}

/// `!!str`, `&anchor`, and the scheme of a header are no part of a value.
pub(super) fn skip_yaml_properties(cursor: &mut Cursor<'_>) {
    for _ in 0..2 {
        if cursor.eat(b"!!str ") || cursor.eat(b"!!binary ") || cursor.eat(b"!unsafe ") {
            cursor.skip_blanks();
        }
        if cursor.peek() == b'&' && cursor.rest().get(1).is_some_and(u8::is_ascii_alphabetic) {
            let mut ahead = *cursor;
            ahead.until(b" ");
            if ahead.peek() == b' ' {
                *cursor = ahead;
                cursor.skip_blanks();
            }
        }
    }
}

/// `${NAME:-value}`, with the name already read.
pub(super) fn value_of_expansion(cursor: &mut Cursor<'_>) -> Option<Value> {
    let signed = cursor.eat(b":-") || cursor.eat(b":=") || cursor.eat(b"-") || cursor.eat(b"=") || cursor.eat(b":");
    if !signed || matches!(cursor.peek(), b'?' | b'+') {
        return None;
    }
    if let Some(range) = cursor.literal() {
        return Some(Value { range, quoted: true, tie: Tie::Equals });
    }
    let range = cursor.until(b"}\"'`");
    (!range.is_empty()).then_some(Value { range, quoted: false, tie: Tie::Equals })
}

/// `<name attribute="…">value</name>`, with the name already read.
pub(super) fn element(cursor: &mut Cursor<'_>) -> Option<Value> {
    cursor.until(b"<>");
    if !cursor.eat(b">") {
        return None;
    }
    let range = cursor.until(b"<");
    (cursor.eat(b"</") && !range.is_empty()).then_some(Value { range, quoted: false, tie: Tie::Element })
}

/// A property list's `<key>Name</key>` and the `<string>` after it.
pub(super) fn property_list(text: &[u8], name_end: usize) -> Option<Value> {
    let mut cursor = Cursor::new(text, name_end);
    if !cursor.eat(b"</key>") {
        return None;
    }
    cursor.skip_to_next_line();
    let begins = cursor.eat(b"<string>");
    let range = cursor.until(b"<");
    (begins && !range.is_empty()).then_some(Value { range, quoted: true, tie: Tie::Element })
}

/// `value: …` behind a name, on the same line or the next.
pub(super) fn value_beside(mut cursor: Cursor<'_>) -> Option<Value> {
    cursor.skip(b" \t,", 16);
    cursor.skip_to_next_line();
    cursor.eat_quote();
    if !cursor.eat_word(b"value") {
        return None;
    }
    cursor.eat_quote();
    literal_or_line(cursor)
}

/// `- value: …` on the line above a name.
pub(super) fn value_above(text: &[u8], line_begin: usize) -> Option<Value> {
    // A name that begins an item of a list has nothing to do with the item above.
    if matches!(text[line_begin..].trim_ascii_start().first(), Some(b'-' | b'{')) {
        return None;
    }
    let above = line_start(text, line_begin.checked_sub(1)?);
    let mut cursor = Cursor::new(text, above);
    cursor.skip(b" \t-", 64);
    cursor.eat_quote();
    let is_value = cursor.eat(b"value");
    cursor.eat_quote();
    if is_value { literal_or_line(cursor) } else { None }
}

fn literal_or_line(mut cursor: Cursor<'_>) -> Option<Value> {
    cursor.skip_blanks();
    if !(cursor.eat(b":") || cursor.eat(b"=")) {
        return None;
    }
    cursor.skip_blanks();
    skip_yaml_properties(&mut cursor);
    if let Some(range) = cursor.literal() {
        return Some(Value { range, quoted: true, tie: Tie::Pair });
    }
    let range = cursor.until_comment();
    (!range.is_empty()).then_some(Value { range, quoted: false, tie: Tie::Pair })
}

/// `variable "name" { default = "value" }`, as Terraform has it.
pub(super) fn default_of_variable(cursor: Cursor<'_>) -> Option<Value> {
    /// A variable has a type and a description besides its default.
    const BLOCK_BYTES_MAX: usize = 600;
    let block = &cursor.rest()[..cursor.rest().len().min(BLOCK_BYTES_MAX)];
    let block = &block[..memchr::memchr(b'}', block)?];
    let mut cursor = Cursor::new(cursor.text, cursor.at + memchr::memmem::find(block, b"default")? + "default".len());
    cursor.skip_blanks();
    cursor.eat(b"=").then_some(())?;
    cursor.skip_blanks();
    cursor.literal().map(|range| Value { range, quoted: true, tie: Tie::Equals })
}

/// The literal behind a name in quotes: `("NAME", "value")`, `("NAME") ?: "value"`, `("NAME").unwrap_or("value")`.
pub(super) fn fallback(cursor: &mut Cursor<'_>) -> Option<Value> {
    const WORDS: [&[u8]; 12] = [
        b"default",
        b"unwrap_or_else",
        b"unwrap_or",
        b"orElse",
        b"fallback",
        b"getOrElse",
        b"String",
        b"from",
        b"Some",
        b"or",
        b"else",
        b"_",
    ];
    let line_end = line_end(cursor.text, cursor.at);
    for _ in 0..24 {
        if cursor.peek() == b'`' {
            return None;
        }
        if let Some(range) = cursor.literal() {
            return Some(Value { range, quoted: true, tie: Tie::Call });
        }
        let signs = cursor.skip(b" \t),.?:|{&=(", 8);
        if cursor.at >= line_end || signs == 0 && !WORDS.iter().any(|word| cursor.eat(word)) {
            return None;
        }
    }
    None
}

/// `setPassword("value")`, `basicAuth("user", "value")`.
pub(super) fn call(cursor: &mut Cursor<'_>) -> Option<Value> {
    let mut ahead = *cursor;
    if let Some(value) = second_of_two(&mut ahead) {
        return Some(value);
    }
    cursor.eat(b"(");
    let range = cursor.literal()?;
    cursor.skip_blanks();
    (cursor.peek() == b')' || cursor.peek() == b'.').then_some(Value { range, quoted: true, tie: Tie::Call })
}

/// The second literal in `("user", "value")`.
pub(super) fn second_of_two(cursor: &mut Cursor<'_>) -> Option<Value> {
    if !(cursor.eat(b"(") || cursor.eat(b"[")) {
        return None;
    }
    let range = second_literal(cursor.text, cursor.at)?;
    Some(Value { range, quoted: true, tie: Tie::Second })
}

/// The second literal of two, the first of which stands at `at`.
pub(super) fn second_literal(text: &[u8], at: usize) -> Option<Range<usize>> {
    let mut cursor = Cursor::new(text, at);
    cursor.literal()?;
    cursor.skip_blanks();
    if !cursor.eat(b",") {
        return None;
    }
    cursor.skip_blanks();
    cursor.eat(b"Some(");
    let range = cursor.literal()?;
    cursor.skip_blanks();
    matches!(cursor.peek(), b')' | b']').then_some(range)
}

/// Whether the name is one of several in a connection string.
pub(super) fn is_connection(text: &[u8], name: &Range<usize>) -> bool {
    const OTHERS: [&[u8]; 9] =
        [b"server=", b"host=", b"user", b"uid=", b"source=", b"://", b"dbname=", b"database=", b"accountname="];
    let from = line_start(text, name.start).max(name.start.saturating_sub(160));
    let to = line_end(text, name.end).min(name.end + 160);
    let around = text[from..to].to_ascii_lowercase();
    OTHERS.iter().any(|other| memchr::memmem::find(&around, other).is_some())
}

/// Whether a quotation mark is open before `at` on its line.
pub(super) fn is_inside_string(text: &[u8], at: usize) -> bool {
    let line = &text[line_start(text, at)..at];
    let mut open = None;
    for (index, byte) in line.iter().enumerate() {
        let escaped = index > 0 && line[index - 1] == b'\\';
        match (open, byte) {
            (None, b'"' | b'\'' | b'`') if !escaped => open = Some(*byte),
            (Some(mark), byte) if mark == *byte && !escaped => open = None,
            _ => {}
        }
    }
    // A literal of several lines began further up: what it holds looks like no code.
    open.is_some() || !line.iter().any(|byte| b"(){};".contains(byte))
}

/// Whether the text begins as `.netrc`, `.msmtprc` and `.authinfo` do.
pub(super) fn is_login_file(text: &[u8]) -> bool {
    let head = &text[..text.len().min(4096)];
    [b"machine ".as_slice(), b"account ", b"login ", b"defaults"]
        .iter()
        .any(|word| memchr::memmem::find(head, word).is_some())
}

pub(super) fn blank_before_operator(text: &[u8], name_end: usize) -> bool {
    text.get(name_end).is_some_and(|byte| matches!(byte, b' ' | b'\t' | b':' | b'?'))
}

pub(super) fn text_is_list_item(text: &[u8], at: usize) -> bool {
    let before = text[line_start(text, at)..at].trim_ascii();
    before == b"-" || before.is_empty()
}

pub(super) fn trim_quote(text: &[u8]) -> &[u8] {
    let mut text = text;
    while let [rest @ .., b'"' | b'\'' | b'\\'] = text {
        text = rest;
    }
    text
}
