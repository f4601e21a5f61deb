//! Bytes in, text out, whatever the document claims about itself.
//!
//! The order is: the user's override, byte order mark, HTTP charset, XML prolog or HTML `meta`, detection. A claim that
//! the bytes contradict loses: valid UTF-8 with enough evidence beats a claim of anything else, and a claim under
//! which much is unreadable gives way to detection when that reads more.

mod choose;
mod declared;

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::problem::{Problem, quote};
use crate::work::steps;
use declared::{Declared, byte_order_mark, declarations};

/// A decoded document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded<'a> {
    /// The text, without byte order mark; borrowed if the bytes were UTF-8 already.
    pub text: Cow<'a, str>,
    /// The encoding it was read in, by its standard name, such as `UTF-8` or `Shift_JIS`.
    pub encoding: &'static str,
    /// What was wrong: a claim that was false or unknown, bytes without meaning.
    pub problems: Vec<Problem>,
}

/// Decodes a feed or an HTML page. `content_type` is the raw `Content-Type` header; `override_label` is the encoding a
/// user chose, which is followed to the letter.
pub fn decode<'a>(bytes: &'a [u8], content_type: Option<&str>, override_label: Option<&str>) -> Decoded<'a> {
    let mut problems = Vec::new();
    if let Some(label) = override_label.map(str::trim).filter(|label| !label.is_empty()) {
        match Encoding::for_label(label.as_bytes()) {
            Some(encoding) => return read(bytes, encoding, problems),
            None => problems.push(Problem::UnknownEncoding { label: quote(label) }),
        }
    }
    if let Some(encoding) = byte_order_mark(bytes)
        && (encoding != UTF_8 || std::str::from_utf8(bytes).is_ok())
    {
        return read(bytes, encoding, problems);
    }
    if let Some(encoding) = utf_16_without_mark(bytes) {
        return read(bytes, encoding, problems);
    }
    let declared = declarations(bytes, content_type);
    let (encoding, claim) = choose::encoding(bytes, &declared);
    problems.extend(declared.unknown.into_iter().map(|label| Problem::UnknownEncoding { label: quote(&label) }));
    if let Some(claim) = claim {
        problems.push(Problem::EncodingMismatch { declared: claim.name(), used: encoding.name() });
    }
    read(bytes, encoding, problems)
}

fn read<'a>(bytes: &'a [u8], encoding: &'static Encoding, mut problems: Vec<Problem>) -> Decoded<'a> {
    steps(bytes.len());
    let (text, malformed) = encoding.decode_with_bom_removal(bytes);
    if malformed {
        problems.push(Problem::BadBytes { count: choose::losses(&text, bytes, encoding), encoding: encoding.name() });
    }
    Decoded { text, encoding: encoding.name(), problems }
}

/// Markup in UTF-16 starts with `<` and a zero, in the one order or the other.
fn utf_16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(64)];
    let pairs = || head.chunks_exact(2).take(4);
    let count = pairs().count();
    if count >= 2 && pairs().all(|pair| pair[0] != 0 && pair[1] == 0) {
        Some(UTF_16LE)
    } else if count >= 2 && pairs().all(|pair| pair[0] == 0 && pair[1] != 0) {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Whether a label names an encoding, by the table of the WHATWG Encoding Standard.
pub fn is_known_label(label: &str) -> bool {
    Encoding::for_label(label.trim().as_bytes()).is_some()
}

#[cfg(test)]
mod tests;
