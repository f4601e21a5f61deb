//! Searches whose answer is remembered: without it, a document of quotes that never close would be searched to its end
//! from each of them.

use crate::search;

/// The next place of a byte, searched once however often it is asked for.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct NextByte<const BYTE: u8>(Memo);

impl<const BYTE: u8> NextByte<BYTE> {
    pub(super) fn from(&mut self, bytes: &[u8], from: usize) -> Option<usize> {
        self.0.recall(bytes, from, |rest| search::byte(BYTE, rest))
    }
}

/// The next place of several bytes in a row, such as `]]>`, likewise.
#[derive(Debug, Clone, Copy)]
pub(super) struct NextPiece {
    piece: &'static [u8],
    memo: Memo,
}

impl NextPiece {
    pub(super) fn new(piece: &'static [u8]) -> Self {
        NextPiece { piece, memo: Memo::default() }
    }

    pub(super) fn from(&mut self, bytes: &[u8], from: usize) -> Option<usize> {
        self.memo.recall(bytes, from, |rest| search::piece(self.piece, rest))
    }
}

#[derive(Debug, Clone, Copy, Default)]
struct Memo {
    /// Nothing is known about places before this one.
    known_from: usize,
    /// The first place at or behind `known_from`; the end of what was searched stands for none.
    found: Option<usize>,
}

impl Memo {
    #[inline(always)]
    fn recall(&mut self, bytes: &[u8], from: usize, search: impl Fn(&[u8]) -> Option<usize>) -> Option<usize> {
        let usable = self.found.is_some_and(|found| self.known_from <= from && from <= found);
        if !usable {
            let found = bytes.get(from..).and_then(search).map(|at| from + at);
            *self = Memo { known_from: from, found: Some(found.unwrap_or(bytes.len())) };
        }
        self.found.filter(|&found| found < bytes.len())
    }
}
