//! Which of the possible encodings a document is really in.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, WINDOWS_1252};

use super::Declared;
use crate::limits::DETECT_BYTES_MAX;
use crate::search;
use crate::work::steps;

/// Valid sequences that make UTF-8 certain: other encodings hit on one or two by accident (two-letter Chinese words are
/// known for it), hardly on four.
const UTF_8_SEQUENCES_CERTAIN: usize = 4;

/// One character in so many may be damaged before a claim is doubted,
const DAMAGE_TOLERATED: usize = 10;

/// and one in so many where the guess has structure and fits without any damage: Japanese encodings read each other
/// with few losses, as rows of half-width letters.
const DAMAGE_TOLERATED_AGAINST_A_FIT: usize = 100;

/// The encoding to read the bytes in, and the claim it contradicts.
pub(super) fn encoding(bytes: &[u8], declared: &Declared) -> (&'static Encoding, Option<&'static Encoding>) {
    let claim = declared.http.or(declared.document);
    steps(bytes.len());
    let chosen = match std::str::from_utf8(bytes) {
        Ok(text) => in_valid_utf_8(bytes, text, declared),
        Err(_) => in_other_bytes(bytes, declared),
    };
    // ASCII is the same under every claim, and GBK a part of GB18030.
    let harmless = claim.is_none_or(|claim| claim == chosen) || bytes.is_ascii() && chosen != ISO_2022_JP;
    (chosen, claim.filter(|_| !harmless))
}

fn in_valid_utf_8(bytes: &[u8], text: &str, declared: &Declared) -> &'static Encoding {
    let claims = || [declared.http, declared.document].into_iter().flatten();
    if text.is_ascii() {
        // ISO-2022-JP writes Japanese in ASCII bytes behind escapes.
        let escapes = search::piece(b"\x1b$", bytes).is_some() || claims().any(|claim| claim == ISO_2022_JP);
        return if escapes && decodes_cleanly(bytes, ISO_2022_JP) && search::byte(0x1b, bytes).is_some() {
            ISO_2022_JP
        } else {
            UTF_8
        };
    }
    let rival = claims().find(|claim| *claim != UTF_8 && !claim.is_single_byte() && decodes_cleanly(bytes, claim));
    let certain = || text.chars().filter(|c| !c.is_ascii()).nth(UTF_8_SEQUENCES_CERTAIN - 1).is_some();
    rival.filter(|_| !certain()).unwrap_or(UTF_8)
}

fn in_other_bytes(bytes: &[u8], declared: &Declared) -> &'static Encoding {
    let claims: Vec<_> = [declared.http, declared.document].into_iter().flatten().collect();
    // A claim of an encoding with structure proves itself by fitting. Servers' default of Latin-1 proves nothing.
    if let Some(claim) = claims.iter().find(|claim| !claim.is_single_byte() && decodes_cleanly(bytes, claim)) {
        return claim;
    }
    let guess = detect(bytes);
    match claims.iter().find(|claim| claim.is_single_byte()) {
        // Every byte is a letter to these, so only a guess that has structure and fits is better.
        Some(claim) => {
            let better = !guess.is_single_byte() && decodes_cleanly(bytes, guess) && **claim == *WINDOWS_1252;
            if better { guess } else { claim }
        }
        None => match claims.first() {
            Some(claim) if !is_doubtful(bytes, claim, guess) => claim,
            // Damaged UTF-8 without any claim.
            None if !is_doubtful(bytes, UTF_8, guess) => UTF_8,
            _ => guess,
        },
    }
}

/// Whether the guess reads the bytes so much better than the claim that the claim must be wrong.
fn is_doubtful(bytes: &[u8], claim: &'static Encoding, guess: &'static Encoding) -> bool {
    steps(2 * bytes.len());
    let (text, _) = claim.decode_without_bom_handling(bytes);
    let lost = losses(&text, bytes, claim);
    let read = text.chars().filter(|c| !c.is_ascii() && *c != '\u{fffd}').count();
    if !guess.is_single_byte() && decodes_cleanly(bytes, guess) {
        return lost * DAMAGE_TOLERATED_AGAINST_A_FIT > read;
    }
    if lost * DAMAGE_TOLERATED <= read {
        return false;
    }
    steps(bytes.len());
    let (text, _) = guess.decode_without_bom_handling(bytes);
    losses(&text, bytes, guess) < lost
}

/// How many characters could not be read.
pub(super) fn losses(text: &str, bytes: &[u8], encoding: &'static Encoding) -> usize {
    let written = if encoding == UTF_8 { search::count("\u{fffd}".as_bytes(), bytes) } else { 0 };
    search::count("\u{fffd}".as_bytes(), text.as_bytes()).saturating_sub(written)
}

fn decodes_cleanly(bytes: &[u8], encoding: &'static Encoding) -> bool {
    steps(bytes.len());
    encoding.decode_without_bom_handling_and_without_replacement(bytes).is_some()
}

fn detect(bytes: &[u8]) -> &'static Encoding {
    let start = Encoding::ascii_valid_up_to(bytes);
    steps(bytes.len().min(start + DETECT_BYTES_MAX));
    let sample = &bytes[start.saturating_sub(64)..bytes.len().min(start + DETECT_BYTES_MAX)];
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(sample, sample.len() == bytes.len());
    detector.guess(None, Utf8Detection::Deny)
}
