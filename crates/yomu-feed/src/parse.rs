//! From bytes to a feed: decode, look what it is, read it.

use url::Url;

use crate::controls::without_controls;
use crate::encoding::{Decoded, decode};
use crate::feed::Feed;
use crate::limits::ENTRIES_MAX;
use crate::problem::{Problem, Problems};
use crate::sniff::{Kind, sniff};
use crate::{json, xml};

/// What is known about a document besides its bytes.
#[derive(Debug, Clone, Copy)]
pub struct Hints<'a> {
    /// The address it was fetched from, which relative addresses start from.
    pub url: Option<&'a Url>,
    /// The `Content-Type` header as it came.
    pub content_type: Option<&'a str>,
    /// The encoding the user chose for this feed.
    pub encoding: Option<&'a str>,
    /// How many entries to keep.
    pub entries_max: usize,
}

impl Default for Hints<'_> {
    fn default() -> Self {
        Hints { url: None, content_type: None, encoding: None, entries_max: ENTRIES_MAX }
    }
}

/// What came of a document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parsed {
    /// The feed, unless the document is none; then a fatal problem says what it is instead.
    pub feed: Option<Feed>,
    /// The encoding it was read in.
    pub encoding: &'static str,
    /// What was wrong, the most general first.
    pub problems: Vec<Problem>,
}

/// Reads a feed of any format in any encoding, as far as it can be read.
///
/// ```
/// let parsed = yomu_feed::parse(b"<rss version='2.0'><channel><title>Hello", &yomu_feed::Hints::default());
/// assert_eq!(parsed.problems, [yomu_feed::Problem::Truncated { line: 1 }]);
/// assert!(parsed.feed.is_some());
/// ```
pub fn parse(bytes: &[u8], hints: &Hints<'_>) -> Parsed {
    let mut problems = Problems::default();
    if is_packed(bytes) {
        return Parsed { feed: None, encoding: "binary", problems: vec![Problem::Binary] };
    }
    let Decoded { text, encoding, problems: found } = decode(bytes, hints.content_type, hints.encoding);
    problems.extend(found);
    let (text, controls) = without_controls(text);
    let feed = read(&text, hints, &mut problems);
    if controls > 0 && feed.is_some() {
        problems.push(Problem::ControlCharacters { count: controls });
    }
    Parsed { feed, encoding, problems: problems.into_vec() }
}

fn read(text: &str, hints: &Hints<'_>, problems: &mut Problems) -> Option<Feed> {
    match sniff(text) {
        Kind::Xml { root, junk_bytes } => {
            if junk_bytes > 0 {
                problems.push(Problem::JunkBeforeProlog { bytes: junk_bytes });
            }
            xml::read(text, root, hints.url, hints.entries_max, problems)
        }
        Kind::Json => json::read(text, hints.url, hints.entries_max, problems),
        Kind::Not(problem) => {
            problems.push(problem);
            None
        }
    }
}

/// Compressed files, pictures and documents, by their first bytes.
fn is_packed(bytes: &[u8]) -> bool {
    const SIGNATURES: [&[u8]; 7] =
        [b"\x1f\x8b", b"PK\x03\x04", b"%PDF", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"\x28\xb5\x2f\xfd"];
    SIGNATURES.iter().any(|signature| bytes.starts_with(signature))
}
