//! The value that belongs to a name, in the syntaxes people assign values in.

use std::ops::Range;

use super::charset::{BASE64, NAME};
use super::cursor::{Cursor, line_end, line_start};
use super::file_kind::{FileKind, FileTraits};
use super::randomness::is_random;
use super::syntax::{
    blank_before_operator, call, default_of_variable, element, fallback, is_connection, is_inside_string,
    is_login_file, operator, property_list, second_of_two, skip_yaml_properties, text_is_list_item, trim_quote,
    value_above, value_beside, value_of_expansion,
};
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
        let without_dashes = before.strip_suffix(b"--").or_else(|| before.strip_suffix(b"-")).unwrap_or(before);
        Self {
            quoted: matches!(without_dashes.last(), Some(b'"' | b'\'' | b'`')),
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
            b'{' if closed && traits.kind == FileKind::Quoted => default_of_variable(cursor),
            b',' if closed && !self.is_option && !self.is_first_argument(text) => None,
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
            // `$name := …` in a template and its kin: what is no literal is an expression.
            _ if cursor.text[..self.range.start].ends_with(b"$") && traits.kind != FileKind::Shell => None,
            FileKind::Other if self.begins_line(cursor.text) && tie != Tie::Call => {
                let line = cursor;
                let end = line.text[cursor.until_comment()].iter().rposition(|byte| !b";} ".contains(byte));
                bare(line.at..line.at + end.map_or(0, |last| last + 1))
            }
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
        let compound =
            name.contains(&b'-') && is_literal && traits.kind == FileKind::Other && name.ends_with(b"password");
        let shell_word = compound
            || traits.kind == FileKind::Shell
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
            || self.has_random_word(cursor, traits)
            || self.has_random_word(cursor, traits)
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

    /// Whether a word follows that cannot be anything but a key: `secret wY3…=` in the files of name servers.
    fn has_random_word(&self, mut cursor: Cursor<'_>, traits: FileTraits) -> bool {
        const KEY_MIN: usize = 24;
        let word = cursor.until(b" \t\"'`;|<>)");
        let bytes = &cursor.text[word];
        let is_key = bytes.len() >= KEY_MIN && BASE64.holds_all(bytes) && bytes.ends_with(b"=");
        is_key && traits.kind != FileKind::Code && is_random(bytes)
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

    /// Whether it is the first of several in parentheses, and not one name in a list of names.
    fn is_first_argument(&self, text: &[u8]) -> bool {
        let before = trim_quote(&text[self.range.start.saturating_sub(24)..self.range.start]);
        let before = before.trim_ascii_end();
        matches!(before.last(), Some(b'(' | b'[' | b'&')) || before.is_empty()
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
