//! JSON web tokens: three parts of base64 with dots between them, the first of which is a header.

use memchr::memmem;

use super::candidate::Candidate;
use super::charset::{BASE64, BASE64URL};
use super::encoded;
use super::shape::LONG;
use crate::rules::secrets::json_web_token;

/// The shortest signature: a truncated HMAC of 128 bits.
const SIGNATURE_MIN: usize = 22;

/// The signature of the token that every introduction to JSON web tokens shows.
const INTRODUCTION: &[u8] = b"SflKxwRJSMeKKF2QT4fw";

/// The token whose first part, or the base64 around it, begins at `at`.
pub(crate) fn find(text: &[u8], at: usize) -> Option<Candidate> {
    let anew = text[..at].last().is_none_or(|before| !BASE64URL.has(*before) && *before != b'+')
        || text[..at].ends_with(b"\\n");
    if !anew {
        return None;
    }
    let (end, header) = if text[at..].starts_with(b"eyJ") { plain(text, at)? } else { wrapped(text, at)? };
    let algorithm = algorithm(&header);
    let message = format!("a JSON web token{algorithm} stands here");
    Some(Candidate { rule: &json_web_token::RULE, range: at..end, message })
}

/// Where the token ends, and its header.
fn plain(text: &[u8], at: usize) -> Option<(usize, Vec<u8>)> {
    let header = BASE64URL.run(&text[at..], LONG);
    let payload_at = at + header + 1;
    let payload = BASE64URL.run(text.get(payload_at..)?, LONG * 4);
    let signature_at = payload_at + payload + 1;
    let signature = BASE64URL.run(text.get(signature_at..)?, LONG);
    let dots = text[at + header] == b'.' && text[payload_at + payload] == b'.';
    if !dots || signature < SIGNATURE_MIN || text[signature_at..].starts_with(INTRODUCTION) {
        return None;
    }
    let header = encoded::text(&text[at..at + header])?;
    let is_header = memmem::find(&header, b"\"alg\"").is_some() || memmem::find(&header, b"\"typ\"").is_some();
    is_header.then_some((signature_at + signature, header))
}

fn wrapped(text: &[u8], at: usize) -> Option<(usize, Vec<u8>)> {
    if !text[at..].starts_with(b"ZXlK") {
        return None;
    }
    let length = BASE64.run(&text[at..], LONG * 4);
    let inside = encoded::text(&text[at..at + length])?;
    let (_, header) = plain(&inside, 0)?;
    Some((at + length, header))
}

fn algorithm(header: &[u8]) -> String {
    let value = serde_json::from_slice::<serde_json::Value>(header).ok();
    let algorithm = value.as_ref().and_then(|value| value.get("alg")).and_then(serde_json::Value::as_str);
    algorithm.filter(|name| name.len() <= 16).map_or_else(String::new, |name| format!(" signed with `{name}`"))
}
