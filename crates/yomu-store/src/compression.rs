//! Bodies at rest: zstd frames.

use crate::StoreError;

/// Level 3 is zstd's own default: on articles of 1 to 8 KB the levels above cost a multiple for a few per cent.
const LEVEL: i32 = 3;

/// A body never decompresses to more than this; the largest cleaned page is far smaller.
const BODY_BYTES_MAX: usize = 32 << 20;

/// Compresses a body for storing. Called where the cleaning happens, beside the database rather than inside it.
pub(crate) fn compress(text: &str) -> Vec<u8> {
    // Compressing from memory into memory fails only when memory is out.
    zstd::bulk::compress(text.as_bytes(), LEVEL).unwrap_or_else(|error| {
        tracing::error!(%error, "a body could not be compressed");
        Vec::new()
    })
}

/// Decompresses one body.
pub(crate) fn decompress(bytes: &[u8]) -> Result<String, StoreError> {
    Decompressor::new()?.text(bytes)
}

/// Decompresses many bodies: zstd's tables, 150 KB of them, are set up once.
pub(crate) struct Decompressor(zstd::bulk::Decompressor<'static>);

impl Decompressor {
    pub(crate) fn new() -> Result<Self, StoreError> {
        zstd::bulk::Decompressor::new().map(Self).map_err(StoreError::Body)
    }

    pub(crate) fn text(&mut self, bytes: &[u8]) -> Result<String, StoreError> {
        if bytes.is_empty() {
            return Ok(String::new());
        }
        let raw = self.0.decompress(bytes, BODY_BYTES_MAX.min(declared_size(bytes))).map_err(StoreError::Body)?;
        String::from_utf8(raw).map_err(|_| StoreError::Decode { expected: "UTF-8 text" })
    }
}

/// The size that the frame's header declares, so that no more than it is set aside.
fn declared_size(bytes: &[u8]) -> usize {
    match zstd::zstd_safe::get_frame_content_size(bytes) {
        Ok(Some(size)) => usize::try_from(size).unwrap_or(BODY_BYTES_MAX),
        _ => BODY_BYTES_MAX,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_comes_back_as_it_went_in() {
        let text = "<p>読む</p>".repeat(1000);
        let packed = compress(&text);
        assert!(packed.len() < text.len() / 10);
        assert_eq!(decompress(&packed).unwrap(), text);
    }

    #[test]
    fn damage_is_an_error() {
        assert!(decompress(b"not a zstd frame").is_err());
    }
}
