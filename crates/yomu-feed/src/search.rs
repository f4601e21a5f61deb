//! Searches through bytes, in one place, so that their work is counted.

use memchr::memmem;

use crate::work::steps;

/// The first place of a byte.
#[inline(always)]
pub(crate) fn byte(byte: u8, bytes: &[u8]) -> Option<usize> {
    counted(memchr::memchr(byte, bytes), bytes)
}

/// The first place of either byte.
#[inline(always)]
pub(crate) fn either(one: u8, other: u8, bytes: &[u8]) -> Option<usize> {
    counted(memchr::memchr2(one, other, bytes), bytes)
}

/// All places of a byte; the whole search is counted at its beginning.
#[inline(always)]
pub(crate) fn every(byte: u8, bytes: &[u8]) -> impl Iterator<Item = usize> {
    steps(bytes.len());
    memchr::memchr_iter(byte, bytes)
}

/// The first place of several bytes in a row.
#[inline(always)]
pub(crate) fn piece(piece: &[u8], bytes: &[u8]) -> Option<usize> {
    counted(memmem::find(bytes, piece), bytes)
}

/// How often several bytes stand there in a row.
pub(crate) fn count(piece: &[u8], bytes: &[u8]) -> usize {
    steps(bytes.len());
    memmem::find_iter(bytes, piece).count()
}

#[inline(always)]
fn counted(found: Option<usize>, bytes: &[u8]) -> Option<usize> {
    steps(found.map_or(bytes.len(), |at| at + 1));
    found
}
