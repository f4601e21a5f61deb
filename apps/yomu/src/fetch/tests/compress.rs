//! Compressed bodies for the tests.

use compression_codecs::brotli::params::EncoderParams;
use compression_codecs::core::Level;
use compression_codecs::core::util::{PartialBuffer, WriteBuffer};
use compression_codecs::{BrotliEncoder, DeflateEncoder, EncodeV2, GzipEncoder, ZlibEncoder, ZstdEncoder};

pub(super) fn gzip(bytes: &[u8]) -> Vec<u8> {
    encoded(GzipEncoder::new(Level::Best.into()), bytes)
}

pub(super) fn zlib(bytes: &[u8]) -> Vec<u8> {
    encoded(ZlibEncoder::new(Level::Best.into()), bytes)
}

pub(super) fn deflate(bytes: &[u8]) -> Vec<u8> {
    encoded(DeflateEncoder::new(Level::Best.into()), bytes)
}

pub(super) fn brotli(bytes: &[u8]) -> Vec<u8> {
    encoded(BrotliEncoder::new(EncoderParams::default().quality(Level::Fastest)), bytes)
}

pub(super) fn zstd(bytes: &[u8]) -> Vec<u8> {
    encoded(ZstdEncoder::new(1), bytes)
}

fn encoded(mut encoder: impl EncodeV2, bytes: &[u8]) -> Vec<u8> {
    let mut input = PartialBuffer::new(bytes);
    let mut out = Vec::new();
    let mut step = [0; 4096];
    loop {
        let mut output = WriteBuffer::new_initialized(&mut step);
        let done = if input.unwritten().is_empty() {
            encoder.finish(&mut output).unwrap()
        } else {
            encoder.encode(&mut input, &mut output).unwrap();
            false
        };
        out.extend_from_slice(output.written());
        if done {
            return out;
        }
    }
}
