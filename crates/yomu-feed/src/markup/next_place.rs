//! Searches whose answer is remembered: without it, a document of quotes that never close would be searched to its end
//! from each of them.

use memchr::{memchr, memmem};

/// The next place of a byte, searched once however often it is asked for.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct NextByte<const BYTE: u8> {
    /// Nothing is known about places before this one.
    known_from: usize,
    /// The first place at or behind `known_from`; the document's end stands for none.
    found: Option<usize>,
}

impl<const BYTE: u8> NextByte<BYTE> {
    pub(super) fn from(&mut self, bytes: &[u8], from: usize) -> Option<usize> {
        let usable = self.found.is_some_and(|found| self.known_from <= from && from <= found);
        if !usable {
            let found = bytes.get(from..).and_then(|rest| memchr(BYTE, rest)).map(|at| from + at);
            *self = NextByte { known_from: from, found: Some(found.unwrap_or(bytes.len())) };
        }
        self.found.filter(|&found| found < bytes.len())
    }
}

/// The next `]]>`, searched once however often it is asked for.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct NextEnd {
    known_from: usize,
    found: Option<usize>,
}

impl NextEnd {
    pub(super) fn from(&mut self, bytes: &[u8], from: usize) -> Option<usize> {
        if !self.found.is_some_and(|found| self.known_from <= from && from <= found) {
            let found = memmem::find(&bytes[from..], b"]]>").map(|at| from + at);
            *self = NextEnd { known_from: from, found: Some(found.unwrap_or(bytes.len())) };
        }
        self.found.filter(|&found| found < bytes.len())
    }
}
