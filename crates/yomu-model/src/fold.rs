//! One idea of "the same character", for search, highlights, filters and names
//!
//! Folded text is NFKC (full-width and half-width forms, ligatures and circled numbers become plain), in lower case,
//! without the accents of Latin and Greek letters, and without characters that cannot be seen (soft hyphens, variation
//! selectors, direction marks). So `Ｃａｆé`, `CAFÉ` and `cafe` are equal, and so are `ｶﾞ` and `ガ`.
//!
//! Not folded: hiragana and katakana (か and カ are different words to a reader), small and large kana, old and new
//! ideographs, й and и, and the vowel signs of Indic and South-East Asian scripts, which are letters there.
//!
//! Text is read in clusters: a character and the marks that may compose with it. Normalizing cluster by cluster gives the
//! same as normalizing the whole, and keeps the place in the original known, which highlights need.

use std::iter;

use unicode_normalization::char::{decompose_canonical, is_combining_mark};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

/// Text as it is compared.
pub fn fold(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut folded = String::with_capacity(text.len());
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at].is_ascii() {
            let end = bytes[at..].iter().position(|byte| !byte.is_ascii()).map_or(bytes.len(), |length| at + length);
            let start = folded.len();
            folded.push_str(&text[at..end]);
            folded[start..].make_ascii_lowercase();
            at = end;
        } else {
            at = fold_cluster(text, at, |character, _| {
                if character != ZERO_WIDTH_SPACE {
                    folded.push(character);
                }
            });
        }
    }
    folded
}

/// A place where a line may break and, in scripts with spaces, a word ends. It is the only invisible character that
/// [`fold_cluster`] passes on.
pub(crate) const ZERO_WIDTH_SPACE: char = '\u{200B}';

/// Folds the cluster that begins at `at` with a character outside ASCII. Calls `emit` with each folded character and the
/// end of the cluster, and returns that end.
///
/// A letter of ASCII followed by a mark needs no cluster: the mark is dropped anyway.
#[inline]
pub(crate) fn fold_cluster(text: &str, at: usize, mut emit: impl FnMut(char, usize)) -> usize {
    let Some(first) = text[at..].chars().next() else { return text.len() };
    let after = at + first.len_utf8();
    // Nothing composes with an ideograph, and these two blocks are most of Japanese and Chinese text.
    if matches!(first, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}') {
        emit(first, after);
        return after;
    }
    let end = cluster_end(text, after);
    if end > after {
        text[at..end].nfkc().for_each(|character| fold_normalized(character, |folded| emit(folded, end)));
        return end;
    }
    match first {
        // Kana, the long vowel mark, Hangul: normalized as they are, and without case.
        '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FC}' | '\u{AC00}'..='\u{D7A3}' => emit(first, end),
        '\u{3000}' => emit(' ', end),
        // 、。「」【】 and the like.
        '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3020}' => emit(first, end),
        // Full-width ASCII stands 0xFEE0 above the plain one.
        '\u{FF01}'..='\u{FF5E}' => {
            let plain = char::from_u32(first as u32 - 0xFEE0).unwrap_or(first);
            emit(plain.to_ascii_lowercase(), end);
        }
        // Russian, which would take the long way below for every letter.
        '\u{0410}'..='\u{042F}' => emit(char::from_u32(first as u32 + 0x20).unwrap_or(first), end),
        '\u{0430}'..='\u{044F}' => emit(first, end),
        // NFKC would write `iPhone™` as `iPhoneTM`, and nobody would find it.
        '\u{2122}' | '\u{2120}' => emit(' ', end),
        _ if is_nfkc_quick(iter::once(first)) == IsNormalized::Yes => {
            fold_normalized(first, |folded| emit(folded, end));
        }
        _ => iter::once(first).nfkc().for_each(|character| fold_normalized(character, |folded| emit(folded, end))),
    }
    end
}

/// The end of the marks that follow a character.
fn cluster_end(text: &str, after: usize) -> usize {
    let mut end = after;
    while let Some(next) = text[end..].chars().next() {
        if !joins_the_previous(next) {
            break;
        }
        end += next.len_utf8();
    }
    end
}

fn joins_the_previous(character: char) -> bool {
    match character {
        // Half-width voiced marks, and the vowels and finals of taken-apart Hangul, are letters to Unicode.
        '\u{FF9E}' | '\u{FF9F}' | '\u{1160}'..='\u{11FF}' | '\u{314F}'..='\u{3163}' | '\u{FFC2}'..='\u{FFDC}' => true,
        '\0'..='\u{02FF}' | '\u{0370}'..='\u{0482}' => false,
        '\u{3000}'..='\u{3029}' | '\u{3040}'..='\u{3098}' | '\u{309B}'..='\u{A66E}' | '\u{AC00}'..='\u{D7A3}' => false,
        _ => is_combining_mark(character),
    }
}

/// Case and accents of one character that is already NFKC.
fn fold_normalized(character: char, mut emit: impl FnMut(char)) {
    if character.is_ascii() {
        return emit(character.to_ascii_lowercase());
    }
    if is_invisible(character) {
        return;
    }
    // One character may become two: `İ` is `i` and a dot above.
    for lower in character.to_lowercase() {
        match lower {
            // Latin, Greek, Greek with more accents: the letter first, then its accents.
            '\u{00C0}'..='\u{024F}' | '\u{0370}'..='\u{03FF}' | '\u{1E00}'..='\u{1FFF}' => {
                decompose_canonical(lower, |part| fold_letter(part, &mut emit));
            }
            _ => fold_letter(lower, &mut emit),
        }
    }
}

/// Letters that Unicode does not take apart, but people do when their keyboard has no such key.
fn fold_letter(letter: char, emit: &mut impl FnMut(char)) {
    match letter {
        'ß' => "ss".chars().for_each(emit),
        'æ' => "ae".chars().for_each(emit),
        'œ' => "oe".chars().for_each(emit),
        'þ' => "th".chars().for_each(emit),
        'ø' => emit('o'),
        'đ' | 'ð' => emit('d'),
        'ł' => emit('l'),
        'ħ' => emit('h'),
        'ı' => emit('i'),
        // The sigma at the end of a word.
        'ς' => emit('σ'),
        // Russian prints ё as е more often than not.
        'ё' => emit('е'),
        _ if is_invisible(letter) => {}
        _ => emit(letter),
    }
}

/// Marks that do not make another letter, and characters that are instructions rather than text.
fn is_invisible(character: char) -> bool {
    matches!(character,
        // Soft hyphen, joiners, direction marks and isolates, invisible operators, byte order mark.
        '\u{00AD}' | '\u{061C}' | '\u{200C}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}'
        // Accents of all scripts, Cyrillic titlo, Hebrew points, Arabic vowels.
        | '\u{0300}'..='\u{036F}' | '\u{0483}'..='\u{0489}' | '\u{0591}'..='\u{05BD}' | '\u{05BF}' | '\u{05C1}'..='\u{05C2}'
        | '\u{05C4}'..='\u{05C5}' | '\u{0610}'..='\u{061A}' | '\u{064B}'..='\u{065F}' | '\u{0670}' | '\u{06D6}'..='\u{06DC}'
        | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}' | '\u{20D0}'..='\u{20F0}' | '\u{FE20}'..='\u{FE2F}'
        // Voiced marks that found no kana to compose with.
        | '\u{3099}' | '\u{309A}'
        // Variation selectors (葛󠄀 is 葛), tags, skin tones.
        | '\u{FE00}'..='\u{FE0F}' | '\u{E0000}'..='\u{E01EF}' | '\u{1F3FB}'..='\u{1F3FF}')
}
