//! An entry made ready for writing: body compressed, search tokens made.

use std::sync::Arc;

use yomu_model::search::IndexText;

use crate::NewEntry;
use crate::compression::compress;
use crate::dialect::Dialect;
use crate::limits::AUTHOR_CHARS_MAX;

/// An entry made ready by [`crate::Store::pack`].
#[derive(Debug, Clone)]
pub struct PackedEntry(pub(crate) Arc<Packed>);

#[derive(Debug)]
pub(crate) struct Packed {
    /// The entry, without its body, which is in `body` and `search` now.
    pub(crate) entry: NewEntry,
    pub(crate) body: Vec<u8>,
    pub(crate) search: SearchText,
}

/// The same tokens in the form of each engine.
#[derive(Debug)]
pub(crate) enum SearchText {
    Fts5(IndexText),
    /// As PostgreSQL takes it in binary.
    Tsvector(Vec<u8>),
}

impl Packed {
    pub(crate) fn new(dialect: Dialect, mut entry: NewEntry) -> Self {
        let html = std::mem::take(&mut entry.html);
        let text = std::mem::take(&mut entry.text);
        if let Some((end, _)) = entry.author.char_indices().nth(AUTHOR_CHARS_MAX) {
            entry.author.truncate(end);
        }
        let tokens = IndexText::new(&entry.title, &text);
        let search = match dialect {
            Dialect::Sqlite => SearchText::Fts5(tokens),
            Dialect::Postgres => SearchText::Tsvector(tokens.tsvector_binary()),
        };
        Self { body: compress(&html), entry, search }
    }
}
