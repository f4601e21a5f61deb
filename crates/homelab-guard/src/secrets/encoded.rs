//! Text inside base64.

use base64::Engine;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};

use crate::limits::ENCODED_BYTES_MAX;

const FORGIVING: GeneralPurposeConfig = GeneralPurposeConfig::new()
    .with_decode_padding_mode(DecodePaddingMode::Indifferent)
    .with_decode_allow_trailing_bits(true);
const STANDARD: GeneralPurpose = GeneralPurpose::new(&base64::alphabet::STANDARD, FORGIVING);
const FOR_ADDRESSES: GeneralPurpose = GeneralPurpose::new(&base64::alphabet::URL_SAFE, FORGIVING);

/// The bytes in `encoded`, where it is base64 of any kind.
pub(crate) fn bytes(encoded: &[u8]) -> Option<Vec<u8>> {
    if encoded.len() > ENCODED_BYTES_MAX {
        return None;
    }
    let for_addresses = encoded.iter().any(|byte| matches!(byte, b'-' | b'_'));
    if for_addresses { FOR_ADDRESSES.decode(encoded).ok() } else { STANDARD.decode(encoded).ok() }
}

/// The text in `encoded`, where it is base64 and what it holds can be read.
pub(crate) fn text(encoded: &[u8]) -> Option<Vec<u8>> {
    let length = encoded.iter().rposition(|byte| *byte != b'=').map_or(0, |last| last + 1);
    if length < 8 || length % 4 == 1 {
        return None;
    }
    let plain = bytes(encoded)?;
    let readable = |byte: &u8| matches!(byte, b' '..=b'~' | b'\n' | b'\r' | b'\t' | 0x80..);
    (plain.iter().all(readable) && std::str::from_utf8(&plain).is_ok()).then_some(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_found_with_and_without_padding() {
        assert_eq!(text(b"aHVudGVyMg==").as_deref(), Some(b"hunter2".as_slice()));
        assert_eq!(text(b"aHVudGVyMg").as_deref(), Some(b"hunter2".as_slice()));
    }

    #[test]
    fn what_is_no_text_stays_as_it_is() {
        for opaque in ["not base64!", "short", "3q2+7wAAAAAAAAAA", "/////////////w=="] {
            assert_eq!(text(opaque.as_bytes()), None, "{opaque}");
        }
    }
}
