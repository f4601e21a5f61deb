//! What a database indexes of one entry
//!
//! An [`IndexText`] is the columns of an FTS5 table (`tokenize = 'ascii'`), and from the very same tokens it writes
//! PostgreSQL's `tsvector`. PostgreSQL keeps less than FTS5 would; to get equal results we keep that less on both:
//!
//! - A token that occurs more than [`TOKEN_OCCURRENCES_MAX`] times leaves later places empty (a filler nobody can ask
//!   for), so phrases with it are found in the first part of a very long text only.
//! - After [`PHRASE_POSITION_MAX`] tokens (16,000 Japanese characters, about 100 KB of English) only tokens that were not
//!   there before are added, each alone between fillers: words are found, phrases are not.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::tokens::for_each_token;
use crate::limits::{
    INDEX_BYTES_MAX, PHRASE_POSITION_MAX, SEARCH_TEXT_BYTES_MAX, TITLE_TOKENS_MAX, TOKEN_OCCURRENCES_MAX, cut,
};

/// The tokens of an entry: the two columns of the FTS5 table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IndexText {
    /// The title's tokens, with a blank between.
    pub title: String,
    /// The body's tokens, with a blank between.
    pub body: String,
}

/// Stands where a token was left out, so that its neighbours do not become neighbours of each other.
const FILLER: &str = "·";

/// Where PostgreSQL puts every word that comes too late, and so do we.
const LATE_POSITION: u32 = PHRASE_POSITION_MAX + 2;

impl IndexText {
    /// The tokens of a title and of a body in plain text, without markup.
    pub fn new(title: &str, body: &str) -> Self {
        let (title, body) = (cut(title, SEARCH_TEXT_BYTES_MAX), cut(body, SEARCH_TEXT_BYTES_MAX));
        let mut writer = Writer::new(title.len() + body.len());
        writer.position_max = TITLE_TOKENS_MAX;
        for_each_token(title, |token| writer.early(token.text));
        let title = writer.take();

        // One place stays empty, so that no phrase begins in the title and ends in the body.
        writer.position += 1;
        writer.position_max = PHRASE_POSITION_MAX;
        writer.out.reserve(body.len() + body.len() / 4);
        for_each_token(body, |token| {
            if writer.position < PHRASE_POSITION_MAX { writer.early(token.text) } else { writer.late(token.text) }
        });
        Self { title, body: writer.take() }
    }

    /// The same tokens as a PostgreSQL `tsvector` in text form, to be cast: `'rust':1A,5 '言語':2A`. The title's tokens
    /// have weight A. Lexemes are sorted and written once, so that the server has nothing left to sort.
    pub fn tsvector(&self) -> String {
        let lexemes = self.lexemes();
        let mut vector = String::with_capacity((self.title.len() + self.body.len()) * 2);
        let mut previous = "";
        for lexeme in &lexemes {
            if lexeme.text == previous {
                vector.push(',');
            } else {
                vector.push_str(if previous.is_empty() { "'" } else { " '" });
                vector.push_str(lexeme.text);
                vector.push_str("':");
                previous = lexeme.text;
            }
            push_number(&mut vector, lexeme.position);
            vector.push_str(if lexeme.is_title { "A" } else { "" });
        }
        vector
    }

    /// The same `tsvector` as its binary parameter, which the server need not read letter by letter: the number of
    /// lexemes; then each one's bytes, a zero, the number of its positions, and these with the weight in two upper bits.
    pub fn tsvector_binary(&self) -> Vec<u8> {
        const WEIGHT_A: u16 = 3 << 14;

        let lexemes = self.lexemes();
        let mut vector = Vec::with_capacity((self.title.len() + self.body.len()) * 2);
        let mut number: u32 = 0;
        vector.extend(number.to_be_bytes());
        for occurrences in lexemes.chunk_by(|one, next| one.text == next.text) {
            number += 1;
            vector.extend(occurrences.first().map_or("", |lexeme| lexeme.text).as_bytes());
            vector.push(0);
            let mut positions: u16 = 0;
            let at = vector.len();
            vector.extend(positions.to_be_bytes());
            // The server refuses a position that comes twice.
            for same in occurrences.chunk_by(|one, next| one.position == next.position) {
                let Some(lexeme) = same.first() else { continue };
                let position = u16::try_from(lexeme.position.min(LATE_POSITION)).unwrap_or_default();
                vector.extend((position | if lexeme.is_title { WEIGHT_A } else { 0 }).to_be_bytes());
                positions += 1;
            }
            vector[at..at + 2].copy_from_slice(&positions.to_be_bytes());
        }
        vector[..4].copy_from_slice(&number.to_be_bytes());
        vector
    }

    /// All occurrences of all tokens, sorted.
    fn lexemes(&self) -> Vec<Lexeme<'_>> {
        let mut lexemes = Vec::with_capacity((self.title.len() + self.body.len()) / 6 + 1);
        let mut position = 0;
        for (column, is_title) in [(&self.title, true), (&self.body, false)] {
            for text in column.split(' ').filter(|text| !text.is_empty()) {
                position += 1;
                if text != FILLER {
                    lexemes.push(Lexeme::new(text, position, is_title));
                }
            }
            position += 1;
        }
        lexemes.sort_unstable();
        lexemes
    }
}

/// One occurrence of a token, ordered as PostgreSQL orders lexemes: by bytes.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Lexeme<'t> {
    /// The first eight bytes, which decide most comparisons in one step.
    head: u64,
    text: &'t str,
    position: u32,
    is_title: bool,
}

impl<'t> Lexeme<'t> {
    fn new(text: &'t str, position: u32, is_title: bool) -> Self {
        let position = if position > PHRASE_POSITION_MAX { LATE_POSITION } else { position };
        Self { head: first_bytes(text.as_bytes()).swap_bytes(), text, position, is_title }
    }
}

/// Appends tokens to a column and keeps count.
struct Writer {
    out: String,
    position: u32,
    position_max: u32,
    index_bytes: usize,
    occurrences: Option<HashMap<u64, u16, BuildHasherDefault<AlreadyHashed>>>,
}

impl Writer {
    fn new(text_bytes: usize) -> Self {
        // A token needs a byte of text at least, so a short text cannot have too many of one kind, and need not count.
        let occurrences = (text_bytes > usize::from(TOKEN_OCCURRENCES_MAX)).then(HashMap::default);
        Self { out: String::new(), position: 0, position_max: 0, index_bytes: 0, occurrences }
    }

    /// A token at a place where phrases are still found.
    fn early(&mut self, token: &str) {
        if self.position >= self.position_max || !self.has_room(token) {
            return;
        }
        self.position += 1;
        let is_one_too_many = self.occurrences.as_mut().is_some_and(|occurrences| {
            let count = occurrences.entry(hash(token.as_bytes())).or_insert(0);
            *count = count.saturating_add(1);
            *count > TOKEN_OCCURRENCES_MAX
        });
        self.push(if is_one_too_many { FILLER } else { token });
    }

    /// A token after those places: kept if it is a new one.
    fn late(&mut self, token: &str) {
        let Some(occurrences) = &mut self.occurrences else { return };
        if occurrences.insert(hash(token.as_bytes()), 1).is_none() && self.has_room(token) {
            self.push(FILLER);
            self.push(token);
        }
    }

    /// PostgreSQL stores the bytes, a count of positions, a position, and perhaps a byte to align them.
    fn has_room(&mut self, token: &str) -> bool {
        let needed = self.index_bytes + token.len() + 5;
        let fits = needed <= INDEX_BYTES_MAX;
        // Once something was left out, everything after it is: its neighbours must not become neighbours of each other.
        self.index_bytes = if fits { needed } else { INDEX_BYTES_MAX };
        fits
    }

    fn push(&mut self, token: &str) {
        if !self.out.is_empty() {
            self.out.push(' ');
        }
        self.out.push_str(token);
    }

    fn take(&mut self) -> String {
        std::mem::take(&mut self.out)
    }
}

/// A multiplying hash in the manner of FxHash. It decides which tokens are counted as one, so it must never change with
/// the platform or the day; two tokens with equal hashes would only share their limit.
fn hash(bytes: &[u8]) -> u64 {
    const MULTIPLIER: u64 = 0x9E37_79B9_7F4A_7C15;
    let mut hash = bytes.len() as u64;
    for chunk in bytes.chunks(8) {
        hash = (hash.rotate_left(5) ^ first_bytes(chunk)).wrapping_mul(MULTIPLIER);
    }
    // The map takes its bucket from the low bits, and multiplication mixes upwards.
    hash ^ (hash >> 32)
}

/// Up to eight bytes as a little-endian number.
fn first_bytes(bytes: &[u8]) -> u64 {
    if let Some(eight) = bytes.first_chunk() {
        return u64::from_le_bytes(*eight);
    }
    bytes.iter().rev().fold(0, |number, &byte| (number << 8) | u64::from(byte))
}

/// The keys are hashes already.
#[derive(Default)]
struct AlreadyHashed(u64);

impl Hasher for AlreadyHashed {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = hash(bytes);
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = number;
    }
}

/// Decimal digits without the cost of a formatter: there is one number for each token.
fn push_number(out: &mut String, number: u32) {
    let mut divisor = 1;
    while number / divisor >= 10 {
        divisor *= 10;
    }
    while divisor > 0 {
        out.push(char::from(b'0' + (number / divisor % 10) as u8));
        divisor /= 10;
    }
}
