//! The value that belongs to a name, in the syntaxes people assign values in.

use std::ops::Range;

use super::charset::NAME;
use super::cursor::{Cursor, line_end, line_start};
use super::file_kind::{FileKind, FileTraits};
use crate::limits::NAME_BYTES_MAX;

/// A name that was found, and what surrounds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Name {
    /// Where it stands.
    pub(crate) range: Range<usize>,
    /// Whether a quotation mark stands before it.
    quoted: bool,
    /// Whether it is an option of a command: `--password`.
    pub(crate) is_option: bool,
    /// Whether it stands in `${…}`.
    expanded: bool,
    /// Whether it is an XML element.
    element: bool,
}

/// A value that belongs to a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Value {
    /// Where it stands, without quotes.
    pub(crate) range: Range<usize>,
    /// Whether it stands in quotes.
    pub(crate) quoted: bool,
    /// How it is tied to its name.
    pub(crate) tie: Tie,
}

/// How a value is tied to its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tie {
    /// `NAME=value`, `name = "value"`.
    Equals,
    /// `name: value`.
    Colon,
    /// `--name value`.
    Option,
    /// `name value`, where a format has it so.
    Space,
    /// `define("NAME", "value")`, `setName("value")`, `getenv("NAME") ?: "value"`.
    Call,
    /// `auth = ("user", "value")`, `basicAuth("user", "value")`.
    Second,
    /// `name: NAME` beside `value: value`.
    Pair,
    /// `<name>value</name>`.
    Element,
}

impl Name {
    /// The whole name around a word at `word`.
    pub(crate) fn around(text: &[u8], word: Range<usize>) -> Self {
        let mut start = word.start - NAME.run_back(&text[..word.start], NAME_BYTES_MAX);
        let mut end = word.end + NAME.run(&text[word.end..], NAME_BYTES_MAX);
        // The letter of an escaped line end is no part of the name.
        if text[..start].ends_with(b"\\") && matches!(text[start], b'n' | b't' | b'r') && start < word.start {
            start += 1;
        }
        while start < word.start && matches!(text[start], b'-' | b'.') {
            start += 1;
        }
        while end > word.end && matches!(text[end - 1], b'-' | b'.') {
            end -= 1;
        }
        let before = &text[..start];
        Self {
            quoted: matches!(before.last(), Some(b'"' | b'\'' | b'`')),
            is_option: before.ends_with(b"-"),
            expanded: before.ends_with(b"${"),
            element: before.ends_with(b"<"),
            range: start..end,
        }
    }

    /// Whether it is written as environment variables are.
    pub(crate) fn is_capital(&self, text: &[u8]) -> bool {
        text[self.range.clone()].iter().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || *byte == b'_')
    }

    /// The value that belongs to it.
    pub(crate) fn value(&self, text: &[u8], traits: FileTraits) -> Option<Value> {
        let mut cursor = Cursor::new(text, self.range.end);
        if self.expanded {
            return value_of_expansion(&mut cursor);
        }
        if self.element {
            return element(&mut cursor);
        }
        if let Some(value) = self.pair(text) {
            return Some(value);
        }
        let closed = self.quoted && cursor.eat_quote().is_some();
        cursor.eat(b"]");
        let blanks = cursor.skip_blanks();
        if let Some(tie) = operator(&mut cursor, traits.kind, blanks) {
            return self.operand(cursor, tie, traits, closed);
        }
        match cursor.peek() {
            b',' | b')' if closed => fallback(&mut cursor),
            b'(' if !closed && blanks == 0 => call(&mut cursor),
            b'\'' | b'"' | b'0'..=b'9' | b'!'..=b'~' if blanks > 0 && !closed => self.after_space(cursor, traits),
            _ => None,
        }
    }

    /// What stands behind an operator.
    fn operand(&self, mut cursor: Cursor<'_>, tie: Tie, traits: FileTraits, closed: bool) -> Option<Value> {
        let blanks = cursor.skip_blanks();
        skip_yaml_properties(&mut cursor);
        if let Some(range) = cursor.literal() {
            return Some(Value { range, quoted: true, tie });
        }
        let bare = |range: Range<usize>| (!range.is_empty()).then_some(Value { range, quoted: false, tie });
        match traits.kind {
            FileKind::Yaml if tie == Tie::Colon => self.yaml(cursor, blanks).and_then(bare),
            FileKind::Lines if self.quoted && !closed => bare(cursor.until(b"\"'`")),
            FileKind::Lines if tie == Tie::Colon && blanks == 0 && !self.begins_line(cursor.text) => None,
            FileKind::Lines => bare(cursor.until_comment()),
            FileKind::Json if tie == Tie::Equals && blanks == 0 && is_connection(cursor.text, &self.range) => {
                bare(cursor.until(b"\"'`,;&|<>)}]\\"))
            }
            FileKind::Json | FileKind::Lock | FileKind::Quoted => None,
            FileKind::Code => self.in_program(cursor, tie, blanks),
            FileKind::Yaml if text_is_list_item(cursor.text, self.range.start) => bare(cursor.until_comment()),
            _ if tie == Tie::Colon && blanks == 0 && !self.is_header(cursor.text) => None,
            // `NAME = value` is an assignment in a Makefile, `NAME= value` is none in a shell.
            FileKind::Shell
                if blanks > 0 && tie == Tie::Equals && !blank_before_operator(cursor.text, self.range.end) =>
            {
                None
            }
            FileKind::Other if self.begins_line(cursor.text) && tie != Tie::Call => bare(cursor.until_comment()),
            _ => bare(cursor.until(b" \t\"'`,;&|<>)}]\\")),
        }
    }

    /// A plain or block scalar of YAML.
    fn yaml(&self, mut cursor: Cursor<'_>, blanks: usize) -> Option<Range<usize>> {
        let text = cursor.text;
        if matches!(cursor.peek(), b'|' | b'>') {
            cursor.until(b"");
            let own_indent = self.range.start - line_start(text, self.range.start);
            let next = cursor.skip_to_next_line().then_some(cursor)?;
            let indent = next.at - line_start(text, next.at);
            let line = cursor.until(b"");
            let is_single =
                !text[line.clone()].iter().any(|byte| b" :={".contains(byte)) && !text[line.clone()].starts_with(b"$");
            return (indent > own_indent && is_single).then_some(line);
        }
        if blanks == 0 || matches!(cursor.peek(), b'\r' | b'\n' | b'[' | b'*' | b'&') {
            return None;
        }
        let line = &text[line_start(text, self.range.start)..self.range.start];
        let in_flow =
            line.iter().any(|byte| matches!(byte, b'{' | b'[')) && !line.ends_with(b"{{") && !line.contains(&b'}');
        Some(if in_flow { cursor.until(b",}]") } else { cursor.until_comment() })
    }

    /// Bare words are expressions in a program. What is left are the insides of strings, and types before a literal.
    fn in_program(&self, mut cursor: Cursor<'_>, tie: Tie, blanks: usize) -> Option<Value> {
        let text = cursor.text;
        let in_string = blanks == 0 && tie == Tie::Equals && is_inside_string(text, self.range.start);
        if in_string && (self.is_option || is_connection(text, &self.range)) {
            let range = cursor.until(b" \t\"'`,;&|<>)}]\\");
            return (!range.is_empty()).then_some(Value { range, quoted: false, tie });
        }
        if matches!(cursor.peek(), b'(' | b'[') {
            return second_of_two(&mut cursor);
        }
        // `SECRET: &str = "…"`, `secret: string = process.env.X ?? "…"`, `secret = os.environ.get("X") or "…"`.
        let line = &text[cursor.at..line_end(text, cursor.at).min(cursor.at + 160)];
        let first_quote = line.iter().position(|byte| matches!(byte, b'"' | b'\'' | b'`'))?;
        let between = line[..first_quote].trim_ascii_end();
        let typed = tie == Tie::Colon && between.ends_with(b"=") && !between.ends_with(b"==");
        let alternative = [b"||".as_slice(), b"??", b"?:", b" or"].iter().any(|sign| between.ends_with(sign));
        if !(typed || alternative) || between.iter().any(|byte| matches!(byte, b';' | b'{')) {
            return None;
        }
        cursor.at += first_quote;
        cursor.literal().map(|range| Value { range, quoted: true, tie: if typed { Tie::Equals } else { Tie::Call } })
    }

    /// `name value`: options of commands, and the few formats that separate by a space.
    fn after_space(&self, mut cursor: Cursor<'_>, traits: FileTraits) -> Option<Value> {
        let text = cursor.text;
        let name = &text[self.range.clone()];
        let before = text[line_start(text, self.range.start)..self.range.start].trim_ascii();
        let is_literal = matches!(cursor.peek(), b'"' | b'\'');
        let in_sql = name.eq_ignore_ascii_case(b"password") && cursor.peek() == b'\'' && !traits.is_locale;
        let instruction =
            [b"ENV".as_slice(), b"ARG", b"set", b"setenv"].iter().any(|word| before.eq_ignore_ascii_case(word))
                || before.starts_with(b"set -");
        let directive = matches!(traits.kind, FileKind::Other | FileKind::Lines | FileKind::Shell | FileKind::Yaml);
        let configured = [b"requirepass".as_slice(), b"masterauth", b"auth-pass", b"TOKEN", b"K3S_TOKEN"]
            .contains(&name)
            && before.is_empty();
        let header = before.ends_with(b"proxy_set_header") || before.ends_with(b"set_header");
        let macro_value = before.ends_with(b"#define") && is_literal;
        let uci = before == b"option";
        let shell_word = traits.kind == FileKind::Shell
            && is_literal
            && name.eq_ignore_ascii_case(b"password")
            && !before.starts_with(b"echo")
            && !before.is_empty();
        let bind_key = directive && is_literal && (before.is_empty() || before.ends_with(b"{")) && name == b"secret";
        let login = traits.kind != FileKind::Code
            && (before.starts_with(b"machine ") || before.is_empty() && name == b"password")
            && is_login_file(text);
        let option = self.is_option && traits.kind != FileKind::Code;
        let allowed = option
            || in_sql
            || instruction && traits.kind != FileKind::Code
            || configured
            || header
            || macro_value
            || uci
            || shell_word
            || bind_key
            || login;
        if !allowed
            || !is_literal && matches!(cursor.peek(), b'-' | b'<' | b'[' | b'(' | b'|' | b'=' | b'\\' | b'{' | b'#')
        {
            return None;
        }
        let tie = if option { Tie::Option } else { Tie::Space };
        if let Some(range) = cursor.literal() {
            return Some(Value { range, quoted: true, tie });
        }
        let range =
            if instruction && !before.starts_with(b"set") { cursor.until(b"") } else { cursor.until(b" \t\"'`;|<>)") };
        (!range.is_empty()).then_some(Value { range, quoted: false, tie })
    }

    /// `name: NAME` and `value: …` beside each other, in YAML, JSON, HCL and XML.
    fn pair(&self, text: &[u8]) -> Option<Value> {
        let line_begin = line_start(text, self.range.start);
        let before = &text[line_begin.max(self.range.start.saturating_sub(24))..self.range.start];
        let before = before.trim_ascii_end();
        let before = trim_quote(before).trim_ascii_end();
        if before.ends_with(b"<key>") {
            return property_list(text, self.range.end);
        }
        let sign = before.last().filter(|sign| matches!(sign, b':' | b'='))?;
        let named = trim_quote(before[..before.len() - 1].trim_ascii_end());
        if ![b"name".as_slice(), b"key", b"Name", b"Key", b"variable"].iter().any(|word| named.ends_with(word)) {
            return None;
        }
        let mut cursor = Cursor::new(text, self.range.end);
        cursor.eat_quote();
        let mut ahead = cursor;
        ahead.skip_blanks();
        if *sign == b'=' && ahead.peek() == b'>' {
            return element(&mut ahead);
        }
        value_beside(cursor).or_else(|| value_above(text, line_begin))
    }

    pub(crate) fn begins_line(&self, text: &[u8]) -> bool {
        text[line_start(text, self.range.start)..self.range.start].iter().all(|byte| b" \t#;-+".contains(byte))
    }

    /// Whether it is written as names of HTTP headers are.
    fn is_header(&self, text: &[u8]) -> bool {
        let name = &text[self.range.clone()];
        name.eq_ignore_ascii_case(b"authorization") || name.contains(&b'-') && name[0].is_ascii_uppercase()
    }
}

/// Moves over an operator that ties a value to the name before it.
fn operator(cursor: &mut Cursor<'_>, kind: FileKind, blanks: usize) -> Option<Tie> {
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

/// `!!str`, `&anchor`, and the scheme of a header are no part of a value.
fn skip_yaml_properties(cursor: &mut Cursor<'_>) {
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
fn value_of_expansion(cursor: &mut Cursor<'_>) -> Option<Value> {
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
fn element(cursor: &mut Cursor<'_>) -> Option<Value> {
    cursor.until(b"<>");
    if !cursor.eat(b">") {
        return None;
    }
    let range = cursor.until(b"<");
    (cursor.eat(b"</") && !range.is_empty()).then_some(Value { range, quoted: false, tie: Tie::Element })
}

/// A property list's `<key>Name</key>` and the `<string>` after it.
fn property_list(text: &[u8], name_end: usize) -> Option<Value> {
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
fn value_beside(mut cursor: Cursor<'_>) -> Option<Value> {
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
fn value_above(text: &[u8], line_begin: usize) -> Option<Value> {
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

/// The literal behind a name in quotes: `("NAME", "value")`, `("NAME") ?: "value"`, `("NAME").unwrap_or("value")`.
fn fallback(cursor: &mut Cursor<'_>) -> Option<Value> {
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
fn call(cursor: &mut Cursor<'_>) -> Option<Value> {
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
fn second_of_two(cursor: &mut Cursor<'_>) -> Option<Value> {
    if !(cursor.eat(b"(") || cursor.eat(b"[")) {
        return None;
    }
    cursor.literal()?;
    cursor.skip_blanks();
    if !cursor.eat(b",") {
        return None;
    }
    cursor.skip_blanks();
    cursor.eat(b"Some(");
    let range = cursor.literal()?;
    cursor.skip_blanks();
    matches!(cursor.peek(), b')' | b']').then_some(Value { range, quoted: true, tie: Tie::Second })
}

/// Whether the name is one of several in a connection string.
pub(crate) fn is_connection(text: &[u8], name: &Range<usize>) -> bool {
    const OTHERS: [&[u8]; 9] =
        [b"server=", b"host=", b"user", b"uid=", b"source=", b"://", b"dbname=", b"database=", b"accountname="];
    let from = line_start(text, name.start).max(name.start.saturating_sub(160));
    let to = line_end(text, name.end).min(name.end + 160);
    let around = text[from..to].to_ascii_lowercase();
    OTHERS.iter().any(|other| memchr::memmem::find(&around, other).is_some())
}

/// Whether a quotation mark is open before `at` on its line.
fn is_inside_string(text: &[u8], at: usize) -> bool {
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
fn is_login_file(text: &[u8]) -> bool {
    let head = &text[..text.len().min(4096)];
    [b"machine ".as_slice(), b"account ", b"login ", b"defaults"]
        .iter()
        .any(|word| memchr::memmem::find(head, word).is_some())
}

fn blank_before_operator(text: &[u8], name_end: usize) -> bool {
    text.get(name_end).is_some_and(|byte| matches!(byte, b' ' | b'\t' | b':' | b'?'))
}

fn text_is_list_item(text: &[u8], at: usize) -> bool {
    let before = text[line_start(text, at)..at].trim_ascii();
    before == b"-" || before.is_empty()
}

fn trim_quote(text: &[u8]) -> &[u8] {
    let mut text = text;
    while let [rest @ .., b'"' | b'\'' | b'\\'] = text {
        text = rest;
    }
    text
}
