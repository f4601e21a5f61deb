//! Text to search tokens: words where people write spaces, pairs of characters where they do not
//!
//! - Letters and digits next to each other are a word, folded as in [`crate::fold`]: `Rust`, `café`, `2026`, `utf8`.
//!   Everything else separates, apostrophes too: `Apple's` is found by `apple` and `l'eau` by `eau`; `.NET` is `net`.
//! - `C#` and `C++` are a word and a sign, so that `C++` finds no C, and `c` finds all three.
//! - Chinese, Japanese and Korean (and Thai, Lao, Khmer and Burmese) runs become overlapping pairs and, at the end, the
//!   last character alone: 東京都 is 東京, 京都, 都. Each character begins one token, so one character is found as a
//!   prefix, and a longer word as its pairs in a row. Words found inside other words (京都 in 東京都) are the price;
//!   a dictionary would need tens of megabytes and still not know next year's names.
//! - Each emoji is a token, other symbols are not: ★ and ♪ decorate.
//!
//! Tokens hold ASCII letters (lower case), ASCII digits and characters outside ASCII, never a blank or quote. FTS5's
//! `ascii` tokenizer therefore splits them at blanks only, and PostgreSQL needs no escapes.

use unicode_normalization::char::is_combining_mark;

use crate::fold::{ZERO_WIDTH_SPACE, fold_cluster};
use crate::limits::TOKEN_BYTES_MAX;

/// One token, and where it stands in the text it was made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token<'t> {
    /// The folded characters, at most [`TOKEN_BYTES_MAX`] bytes.
    pub text: &'t str,
    /// What it is.
    pub kind: TokenKind,
    /// Counts from 0; neighbours in the text have neighbouring numbers.
    pub position: u32,
    /// The byte of the original text where it begins.
    pub start: usize,
    /// The byte after its first character. Differs from `end` only for pairs.
    pub first_end: usize,
    /// The byte after its last character.
    pub end: usize,
}

/// What a token was made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// Letters and digits.
    Word,
    /// The `#` of `C#` or the `++` of `C++`.
    Sign,
    /// Two neighbours in a run without spaces.
    Pair,
    /// The last character of such a run, after its pairs.
    RunEnd,
    /// The only character of such a run.
    Lone,
    /// One emoji.
    Emoji,
}

/// The tokens of a text, in order. Allocates one small buffer; needs time in proportion to the text.
pub fn for_each_token(text: &str, emit: impl FnMut(Token<'_>)) {
    let bytes = text.as_bytes();
    let mut scanner = Scanner::new(emit);
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        if byte.is_ascii_alphanumeric() {
            let rest = &bytes[at..];
            let length = rest.iter().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(rest.len());
            scanner.ascii_letters(&text[at..at + length], at);
            at += length;
        } else if byte.is_ascii() {
            scanner.separator(byte as char, at, at + 1);
            at += 1;
        } else {
            let mut is_visible = false;
            let end = fold_cluster(text, at, |character, end| {
                is_visible = true;
                scanner.character(character, at, end);
            });
            if !is_visible {
                scanner.mark(end);
            }
            at = end;
        }
    }
    scanner.finish();
}

/// What was read and not yet emitted. At most one of word, run and sign is there.
struct Scanner<F> {
    emit: F,
    position: u32,
    word: String,
    word_start: usize,
    word_end: usize,
    run: Option<Run>,
    sign: Option<Sign>,
}

/// The last character of a run without spaces.
struct Run {
    last: char,
    start: usize,
    end: usize,
    is_lone: bool,
}

/// `#`, `+` or `++` directly after a word.
struct Sign {
    token: Option<&'static str>,
    start: usize,
    end: usize,
}

// NFKC leaves none of these in a text, so no word can be mistaken for them.
const SHARP: &str = "＃";
const PLUS_PLUS: &str = "＋＋";

impl<F: FnMut(Token<'_>)> Scanner<F> {
    fn new(emit: F) -> Self {
        let word = String::with_capacity(TOKEN_BYTES_MAX);
        Self { emit, position: 0, word, word_start: 0, word_end: 0, run: None, sign: None }
    }

    #[inline]
    fn ascii_letters(&mut self, letters: &str, start: usize) {
        self.begin_word(start);
        let old = self.word.len();
        let room = TOKEN_BYTES_MAX - old;
        self.word.push_str(&letters[..letters.len().min(room)]);
        self.word[old..].make_ascii_lowercase();
        self.word_end = start + letters.len();
    }

    /// A folded character from outside ASCII, or from a cluster outside ASCII.
    fn character(&mut self, character: char, start: usize, end: usize) {
        match character {
            _ if is_written_without_spaces(character) => self.run_character(character, start, end),
            '\u{1F1E6}'..='\u{1F1FF}' | '\u{1F300}'..='\u{1FAFF}' => self.emoji(character, start, end),
            // Marks that fold away are gone by now; what is left is a vowel sign of its script.
            _ if character.is_alphanumeric() && !is_apostrophe(character) => self.word_character(character, start, end),
            _ if is_combining_mark(character) => {
                if !self.word.is_empty() {
                    self.word_character(character, start, end);
                }
            }
            // Japanese pages mark with it where a line may break inside a sentence.
            ZERO_WIDTH_SPACE if self.run.is_some() => {}
            _ => self.separator(character, start, end),
        }
    }

    fn word_character(&mut self, character: char, start: usize, end: usize) {
        self.begin_word(start);
        if self.word.len() + character.len_utf8() <= TOKEN_BYTES_MAX {
            self.word.push(character);
        }
        self.word_end = end;
    }

    /// An accent or something else that folds to nothing: part of what it stands on.
    fn mark(&mut self, end: usize) {
        if !self.word.is_empty() {
            self.word_end = end;
        } else if let Some(run) = &mut self.run {
            run.end = end;
        }
    }

    fn begin_word(&mut self, start: usize) {
        if self.word.is_empty() {
            self.end_run();
            // `page#part` and `a++b` are two words.
            self.sign = None;
            self.word_start = start;
        }
    }

    fn run_character(&mut self, character: char, start: usize, end: usize) {
        match self.run.take() {
            Some(run) => {
                let mut pair = [0; 8];
                let first = run.last.encode_utf8(&mut pair).len();
                let length = first + character.encode_utf8(&mut pair[first..]).len();
                if let Ok(text) = str::from_utf8(&pair[..length]) {
                    self.token(text, TokenKind::Pair, run.start, run.end, end);
                }
                self.run = Some(Run { last: character, start, end, is_lone: false });
            }
            None => {
                self.end_word();
                self.end_sign();
                self.run = Some(Run { last: character, start, end, is_lone: true });
            }
        }
    }

    fn emoji(&mut self, character: char, start: usize, end: usize) {
        self.finish();
        self.token(character.encode_utf8(&mut [0; 4]), TokenKind::Emoji, start, end, end);
    }

    #[inline]
    fn separator(&mut self, character: char, start: usize, end: usize) {
        self.end_run();
        if !self.word.is_empty() {
            let letters = self.word.len();
            self.end_word();
            self.sign = match character {
                // One letter only: `Title#` is a link to a heading.
                '#' if letters == 1 => Some(Sign { token: Some(SHARP), start, end }),
                '+' => Some(Sign { token: None, start, end }),
                _ => None,
            };
        } else if let Some(sign) = &mut self.sign {
            if character == '+' && sign.token.is_none() {
                sign.token = Some(PLUS_PLUS);
                sign.end = end;
            } else if character == '+' || character == '#' {
                self.sign = None;
            } else {
                self.end_sign();
            }
        }
    }

    fn end_word(&mut self) {
        if !self.word.is_empty() {
            let (start, end) = (self.word_start, self.word_end);
            let token =
                Token { text: &self.word, kind: TokenKind::Word, position: self.position, start, first_end: end, end };
            (self.emit)(token);
            self.position += 1;
            self.word.clear();
        }
    }

    fn end_run(&mut self) {
        if let Some(run) = self.run.take() {
            let kind = if run.is_lone { TokenKind::Lone } else { TokenKind::RunEnd };
            self.token(run.last.encode_utf8(&mut [0; 4]), kind, run.start, run.end, run.end);
        }
    }

    fn end_sign(&mut self) {
        if let Some(Sign { token: Some(text), start, end }) = self.sign.take() {
            self.token(text, TokenKind::Sign, start, end, end);
        }
    }

    fn finish(&mut self) {
        self.end_word();
        self.end_run();
        self.end_sign();
    }

    fn token(&mut self, text: &str, kind: TokenKind, start: usize, first_end: usize, end: usize) {
        (self.emit)(Token { text, kind, position: self.position, start, first_end, end });
        self.position += 1;
    }
}

/// Scripts whose words are not separated by spaces, or (Hangul) whose words carry endings that searchers leave out.
fn is_written_without_spaces(character: char) -> bool {
    matches!(character,
        // Iteration mark, closing mark, zero: ideographs in all but name.
        '\u{3005}'..='\u{3007}' | '\u{303B}'
        | '\u{3041}'..='\u{3096}' | '\u{309D}'..='\u{309F}' | '\u{30A1}'..='\u{30FA}' | '\u{30FC}'..='\u{30FF}'
        // Bopomofo, Hangul letters, small kana for Ainu.
        | '\u{3105}'..='\u{318E}' | '\u{31A0}'..='\u{31BF}' | '\u{31F0}'..='\u{31FF}'
        | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}'
        | '\u{AC00}'..='\u{D7A3}' | '\u{1100}'..='\u{11FF}' | '\u{1B000}'..='\u{1B16F}'
        // Thai, Lao, Burmese, Khmer: letters and signs, without their digits and punctuation.
        | '\u{0E01}'..='\u{0E3A}' | '\u{0E40}'..='\u{0E4E}' | '\u{0E81}'..='\u{0ECE}'
        | '\u{1000}'..='\u{103F}' | '\u{1050}'..='\u{108F}' | '\u{1780}'..='\u{17D3}')
}

/// The letters that Hawaiian and Ukrainian use as apostrophes, and that people type as `'`.
fn is_apostrophe(character: char) -> bool {
    matches!(character, '\u{02B9}'..='\u{02BC}')
}
