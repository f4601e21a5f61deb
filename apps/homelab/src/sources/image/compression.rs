//! Plain, gzip or zstd, told by the first bytes; what comes out is bounded.

use std::io::{self, BufRead, BufReader, Read};

use flate2::bufread::MultiGzDecoder;

use super::trouble::ArchiveTrouble;
use crate::limits::{LAYER_BYTES_MAX, LAYER_FREE_BYTES, LAYER_RATIO_MAX};

/// The reader of the unpacked bytes of `packed`.
pub(super) fn unpacked<'a>(packed: impl Read + 'a) -> io::Result<Box<dyn Read + 'a>> {
    let mut packed = BufReader::with_capacity(64 * 1024, packed);
    let start = packed.fill_buf()?;
    let is_gzip = start.starts_with(&[0x1f, 0x8b]);
    let is_zstd = start.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]);
    let counted = Counted { inner: packed, bytes: std::rc::Rc::default() };
    let bytes = counted.bytes.clone();
    let bounded =
        |inner: Box<dyn Read + 'a>| -> Box<dyn Read + 'a> { Box::new(Bounded { inner, packed: bytes, unpacked: 0 }) };
    Ok(match (is_gzip, is_zstd) {
        (true, _) => bounded(Box::new(MultiGzDecoder::new(counted))),
        (_, true) => bounded(Box::new(zstd::Decoder::with_buffer(counted)?)),
        _ => Box::new(counted),
    })
}

/// Counts what a decoder takes.
struct Counted<R> {
    inner: BufReader<R>,
    bytes: std::rc::Rc<std::cell::Cell<u64>>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.bytes.set(self.bytes.get() + count as u64);
        Ok(count)
    }
}

impl<R: Read> BufRead for Counted<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.bytes.set(self.bytes.get() + amount as u64);
        self.inner.consume(amount);
    }
}

/// Stops a bomb: little that becomes a lot.
struct Bounded<'a> {
    inner: Box<dyn Read + 'a>,
    packed: std::rc::Rc<std::cell::Cell<u64>>,
    unpacked: u64,
}

impl Read for Bounded<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.unpacked += count as u64;
        let by_ratio = self.packed.get().saturating_mul(LAYER_RATIO_MAX).max(LAYER_FREE_BYTES);
        let limit = by_ratio.min(LAYER_BYTES_MAX);
        if self.unpacked > limit {
            return Err(io::Error::other(ArchiveTrouble::TooMuch { limit, unit: "bytes when unpacked" }));
        }
        Ok(count)
    }
}
