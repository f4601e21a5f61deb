//! Private keys with a body, not just the words around one.

use std::ops::Range;

use memchr::memmem;

use super::candidate::Candidate;
use super::charset::{ANY_HEX, BASE64};
use super::randomness::{Makeup, is_spoken};
use crate::rules::secrets::{private_key, vpn_key};

/// How far the body of a key is looked at: its headers and two lines of base64.
const BODY_BYTES: usize = 700;

/// How much base64 makes a body. The shortest key in use, Ed25519 in PKCS #8, has 64 characters.
const BODY_MIN: usize = 44;

/// The key whose `PRIVATE KEY` stands at `at`.
pub(crate) fn find_pem(text: &[u8], at: usize) -> Option<Candidate> {
    if !text[at..].starts_with(b"PRIVATE KEY") {
        return None;
    }
    let before = &text[at.saturating_sub(48)..at];
    let begin = memmem::rfind(before, b"-----BEGIN ").or_else(|| memmem::rfind(before, b"---- BEGIN "))?;
    let kind = &before[begin + "-----BEGIN ".len()..];
    let start = at - (before.len() - begin);
    let after = at + "PRIVATE KEY".len();
    let after = after + if text[after..].starts_with(b" BLOCK") { " BLOCK".len() } else { 0 };
    let dashes = text[after..].iter().take(5).take_while(|byte| matches!(byte, b'-' | b' ')).count();
    let named =
        kind.iter().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || matches!(byte, b' ' | b'-'));
    if !named || dashes < 4 || !has_body(&text[after + dashes..]) {
        return None;
    }
    let kind = String::from_utf8_lossy(kind).trim().to_string();
    let article =
        if kind.is_empty() { "a private key".to_string() } else { format!("a private key of the kind `{kind}`") };
    Some(Candidate {
        rule: &private_key::RULE,
        range: start..after + dashes,
        message: format!("{article} stands here"),
    })
}

/// PuTTY's file, whose head stands at `at`.
pub(crate) fn find_putty(text: &[u8], at: usize) -> Option<Candidate> {
    let rest = &text[at..text.len().min(at + 4096)];
    memmem::find(rest, b"\nPrivate-Lines: ")?;
    let end = at + memchr::memchr(b'\n', rest).unwrap_or(rest.len());
    let end = if text[..end].ends_with(b"\r") { end - 1 } else { end };
    Some(Candidate {
        rule: &private_key::RULE,
        range: at..end,
        message: "a private key in PuTTY's form stands here".to_string(),
    })
}

/// The key that OpenVPN's machines share, whose `OpenVPN Static key V1` stands at `words`: lines of hexadecimal digits.
pub(crate) fn find_static(text: &[u8], words: &Range<usize>) -> Option<Candidate> {
    const LINES_MIN: usize = 4;
    let after = &text[words.end..text.len().min(words.end + BODY_BYTES)];
    let lines = after.split(|byte| matches!(byte, b'\n' | b'\\')).skip(1);
    let key = lines.map(|line| line.strip_prefix(b"n").unwrap_or(line).trim_ascii());
    let digits = key.take_while(|line| line.len() == 32 && ANY_HEX.holds_all(line));
    let is_key = digits.take(LINES_MIN).filter(|line| Makeup::of(line).distinct > 4).count() == LINES_MIN;
    (is_key && text[..words.start].ends_with(b"-----BEGIN ")).then(|| Candidate {
        rule: &vpn_key::RULE,
        range: words.clone(),
        message: "a static key of OpenVPN stands here".to_string(),
    })
}

/// Whether base64 of the length of a key follows, on lines of its own or escaped on one.
fn has_body(after: &[u8]) -> bool {
    let after = &after[..after.len().min(BODY_BYTES)];
    let body = &after[..memmem::find(after, b"-----END").unwrap_or(after.len())];
    let mut length = 0;
    for line in body.split(|byte| matches!(byte, b'\n' | b'\r' | b'\\' | b'"' | b'\'' | b' ' | b',')) {
        // The letter of an escaped line end begins what follows it.
        let run = BASE64.run(line, line.len());
        if run == line.len() && run >= 16 && !is_spoken(line) && Makeup::of(line).distinct > 6 {
            length += run;
        }
    }
    length >= BODY_MIN
}
