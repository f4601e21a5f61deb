//! Kubernetes Secrets: `data` and `stringData`, whatever their keys are called.
//!
//! Read line by line and not by a YAML parser, because charts hold templates that are no YAML.

use std::ops::Range;

use memchr::memmem;

use super::charset::NAME;
use super::cursor::{Cursor, line_end, line_start};
use crate::limits::SECRET_OBJECT_BYTES_MAX;

/// One entry of a Secret.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// What it is called.
    pub(crate) key: Range<usize>,
    /// Its value, without quotes; several lines for a block.
    pub(crate) value: Range<usize>,
    /// Whether it is under `data`, in base64.
    pub(crate) encoded: bool,
}

/// The entries of the Secret whose kind is named at `word`, and where the object ends; nothing where the word is no kind.
pub(crate) fn entries(text: &[u8], word: &Range<usize>) -> Option<(Vec<Entry>, usize)> {
    if &text[word.clone()] != b"Secret" {
        return None;
    }
    let line = line_start(text, word.start);
    let before = text[line..word.start].trim_ascii_end();
    let before = before.strip_suffix(b"\"").or_else(|| before.strip_suffix(b"'")).unwrap_or(before).trim_ascii_end();
    let key = before.strip_suffix(b":")?.trim_ascii_end();
    if let Some(json) = key.strip_suffix(b"\"kind\"").or_else(|| key.strip_suffix(b"\\\"kind\\\"")) {
        return Some(in_json(text, line + json.len()));
    }
    let indent = key.strip_suffix(b"kind")?;
    indent.iter().all(|byte| matches!(byte, b' ' | b'-')).then(|| in_yaml(text, line, indent.len()))
}

fn in_yaml(text: &[u8], kind_line: usize, indent: usize) -> (Vec<Entry>, usize) {
    let start = first_line(text, kind_line, indent);
    let mut entries = Vec::new();
    let mut section: Option<(bool, usize)> = None;
    let mut at = start;
    let limit = text.len().min(kind_line + SECRET_OBJECT_BYTES_MAX);
    while at < limit {
        let end = whole_line_end(text, at);
        let line = &text[at..end];
        let depth = line.iter().take_while(|byte| **byte == b' ').count();
        let content = line[depth..].trim_ascii_end();
        let own_depth = depth + if content.starts_with(b"- ") && depth + 2 == indent { 2 } else { 0 };
        if content.is_empty() || content.starts_with(b"#") || content.starts_with(b"{{") {
            at = end + 1;
            continue;
        }
        let ended = content.starts_with(b"---") || own_depth < indent || content.starts_with(b"- ") && depth < indent;
        if ended && at > kind_line {
            return (entries, at);
        }
        if own_depth == indent {
            section = match content {
                b"data:" => Some((true, 0)),
                b"stringData:" => Some((false, 0)),
                _ => None,
            };
        } else if let Some((encoded, child)) = section.as_mut() {
            *child = if *child == 0 { depth } else { *child };
            if depth == *child {
                entries.extend(entry(text, at + depth, *encoded));
            }
        }
        at = end + 1;
    }
    (entries, at.min(text.len()))
}

/// The first line of the object around a line: keys may stand in any order.
fn first_line(text: &[u8], kind_line: usize, indent: usize) -> usize {
    let mut first = kind_line;
    while let Some(before) = first.checked_sub(1) {
        let start = memchr::memrchr(b'\n', &text[..before]).map_or(0, |end| end + 1);
        let line = &text[start..before];
        let depth = line.iter().take_while(|byte| **byte == b' ').count();
        let begins_item = line[depth..].starts_with(b"- ") && depth + 2 == indent;
        if text[kind_line..].iter().take(indent).any(|byte| *byte == b'-') {
            return first;
        }
        let inside = line.trim_ascii().is_empty() || depth >= indent && !line.starts_with(b"---") || begins_item;
        if !inside || kind_line - start > SECRET_OBJECT_BYTES_MAX {
            return first;
        }
        first = start;
        if begins_item {
            return first;
        }
    }
    first
}

/// The entry that begins at `at`: `key: value`, or `key: |` and the lines under it.
fn entry(text: &[u8], at: usize, encoded: bool) -> Option<Entry> {
    let mut cursor = Cursor::new(text, at);
    let quote = cursor.eat_quote();
    let key = cursor.at..cursor.at + NAME.run(cursor.rest(), 253);
    cursor.at = key.end;
    if quote.is_some() {
        cursor.eat_quote();
    }
    if key.is_empty() || !cursor.eat(b":") {
        return None;
    }
    cursor.skip_blanks();
    cursor.eat(b"!!binary ");
    if matches!(cursor.peek(), b'|' | b'>') {
        let depth = at - line_start(text, at);
        return Some(Entry { key, value: block(text, cursor.at, depth), encoded });
    }
    let value = match cursor.peek() {
        b'"' | b'\'' => cursor.literal()?,
        _ => {
            let start = cursor.at;
            let line = &text[start..whole_line_end(text, start)];
            let comment = memmem::find(line, b" #").unwrap_or(line.len());
            start..start + line[..comment].trim_ascii_end().len()
        }
    };
    (!value.is_empty()).then_some(Entry { key, value, encoded })
}

/// The lines under a block scalar, whose indicator stands at `at`.
fn block(text: &[u8], at: usize, depth: usize) -> Range<usize> {
    let start = (whole_line_end(text, at) + 1).min(text.len());
    let mut end = start;
    while end < text.len() {
        let line_end = whole_line_end(text, end);
        let line = &text[end..line_end];
        let deeper = line.iter().take_while(|byte| **byte == b' ').count() > depth;
        if !deeper && !line.trim_ascii().is_empty() || line_end - start > SECRET_OBJECT_BYTES_MAX {
            break;
        }
        end = (line_end + 1).min(text.len());
    }
    let value = &text[start..end];
    let leading = value.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
    start + leading.min(value.len())..start + value.trim_ascii_end().len().max(leading)
}

/// The `"key": "value"` pairs of `data` and `stringData` in the object around `at`.
fn in_json(text: &[u8], at: usize) -> (Vec<Entry>, usize) {
    let end = text.len().min(at + SECRET_OBJECT_BYTES_MAX);
    let region = &text[at..end];
    let mut entries = Vec::new();
    for (key, encoded) in [(b"\"data\"".as_slice(), true), (b"\"stringData\"".as_slice(), false)] {
        let Some(found) = memmem::find(region, key) else { continue };
        let mut cursor = Cursor::new(text, at + found + key.len());
        cursor.skip(b" \t\r\n:", 64);
        if !cursor.eat(b"{") {
            continue;
        }
        loop {
            cursor.skip(b" \t\r\n,", 256);
            let Some(key) = cursor.literal() else { break };
            cursor.skip(b" \t\r\n:", 64);
            let Some(value) = cursor.literal() else { break };
            entries.push(Entry { key, value, encoded });
        }
    }
    let reached = entries.iter().map(|entry| entry.value.end).max().unwrap_or(at);
    (entries, reached)
}

/// Where the line of `at` ends, however long it is: values in base64 are.
fn whole_line_end(text: &[u8], at: usize) -> usize {
    memchr::memchr(b'\n', &text[at..]).map_or(text.len(), |length| at + length)
}

/// Whether a key names something that everybody may know.
pub(crate) fn is_harmless_key(key: &[u8]) -> bool {
    const HARMLESS: &[&str] = &[
        "username",
        "user",
        "host",
        "hostname",
        "port",
        "database",
        "dbname",
        "name",
        "email",
        "ca.crt",
        "tls.crt",
        "namespace",
        "endpoint",
        "bucket",
        "region",
        "type",
        "project",
        "url",
        "mode",
        "enablelfs",
        "log_level",
        "loglevel",
        "env",
        "environment",
        "tz",
        "issuer",
        "enableoci",
        "insecure",
        "client_id",
        "clientid",
        "sshknownhosts",
        "known_hosts",
        "ssh-publickey",
        "public_key",
    ];
    let small = String::from_utf8_lossy(key).to_ascii_lowercase();
    HARMLESS.contains(&small.as_str())
        || [
            ".crt",
            "_host",
            "_port",
            "_user",
            "_username",
            "-user",
            "-username",
            "_email",
            "_id",
            "-id",
            "_name",
            "_url",
            "-url",
            "_region",
            "_bucket",
            "_level",
            "_enabled",
            ".pub",
        ]
        .iter()
        .any(|ending| small.ends_with(ending))
}

/// Where the line of a place ends, within the limit: for messages.
pub(crate) fn first_line_of(text: &[u8], range: &Range<usize>) -> Range<usize> {
    range.start..range.end.min(line_end(text, range.start))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str) -> Vec<(String, String, bool)> {
        let word = text.find("Secret").map(|at| at..at + 6).unwrap_or_default();
        let found = entries(text.as_bytes(), &word).map(|(entries, _)| entries).unwrap_or_default();
        found
            .into_iter()
            .map(|entry| (text[entry.key].to_string(), text[entry.value].to_string(), entry.encoded))
            .collect()
    }

    #[test]
    fn data_is_found_before_and_after_the_kind() {
        let text = "data:\n  a: QQ==\nkind: Secret\nmetadata:\n  name: x\nstringData:\n  b: \"c\" # d\n";
        assert_eq!(keys(text), [("a".into(), "QQ==".into(), true), ("b".into(), "c".into(), false)]);
    }

    #[test]
    fn only_the_own_object_counts() {
        let text = "kind: ConfigMap\ndata:\n  no: x\n---\nkind: Secret\nstringData:\n  yes: y\n---\ndata:\n  no: z\n";
        assert_eq!(keys(text), [("yes".into(), "y".into(), false)]);
        let list = "items:\n  - kind: ConfigMap\n    data:\n      no: x\n  - kind: Secret\n    data:\n      yes: eQ==\n  - kind: Role\n";
        assert_eq!(keys(list), [("yes".into(), "eQ==".into(), true)]);
    }

    #[test]
    fn blocks_are_whole() {
        let text = "kind: Secret\nstringData:\n  a.conf: |\n    b = c\n    d = e\n  f: g\n";
        assert_eq!(keys(text), [("a.conf".into(), "b = c\n    d = e".into(), false), ("f".into(), "g".into(), false)]);
    }

    #[test]
    fn json_has_pairs() {
        let text = "{\"kind\": \"Secret\", \"data\": {\"a\": \"QQ==\", \"b\": \"Qg==\"}}";
        assert_eq!(keys(text).len(), 2);
    }

    #[test]
    fn other_kinds_and_words_are_none() {
        assert_eq!(keys("kind: SealedSecret\ndata:\n  a: b\n"), []);
        assert_eq!(keys("# a Secret\ndata:\n  a: b\n"), []);
    }
}
