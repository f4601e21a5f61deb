//! Text and attribute values as markup.

/// Appends text; what could begin a tag or a reference is escaped.
pub(crate) fn push_text(out: &mut String, text: &str) {
    push_escaped(out, text, &PLAIN_IN_TEXT);
}

/// Appends the value of an attribute, for double quotes.
pub(crate) fn push_value(out: &mut String, value: &str) {
    push_escaped(out, value, &PLAIN_IN_VALUE);
}

const PLAIN_IN_TEXT: [bool; 256] = plain(b"&<>");
const PLAIN_IN_VALUE: [bool; 256] = plain(b"&<>\"");

/// Which bytes are written as they are; looked up for every byte of every entry.
const fn plain(escaped: &[u8]) -> [bool; 256] {
    let mut table = [true; 256];
    let mut index = 0;
    while index < escaped.len() {
        table[escaped[index] as usize] = false;
        index += 1;
    }
    table
}

fn push_escaped(out: &mut String, text: &str, plain: &[bool; 256]) {
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|byte| !plain[usize::from(byte)]) {
        out.push_str(&rest[..at]);
        out.push_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            _ => "&quot;",
        });
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
}
