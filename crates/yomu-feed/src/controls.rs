//! Characters that no document may hold: NULs and most of the other control characters.

use std::borrow::Cow;

use crate::work::steps;

/// The text without them, and how many there were. Nothing to remove costs one quick look.
pub(crate) fn without_controls(text: Cow<'_, str>) -> (Cow<'_, str>, usize) {
    steps(text.len());
    // Chunks, so that the compiler can compare many bytes at a time and still stop early.
    let clean =
        text.as_bytes().chunks(4_096).all(|chunk| !chunk.iter().fold(false, |found, &byte| found | is_control(byte)));
    if clean {
        return (text, 0);
    }
    steps(text.len());
    let kept: String = text.chars().filter(|&c| !u8::try_from(c).is_ok_and(is_control)).collect();
    let count = text.len() - kept.len();
    (Cow::Owned(kept), count)
}

fn is_control(byte: u8) -> bool {
    byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r') || byte == 0x7f
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_go_and_the_rest_stays() {
        assert_eq!(without_controls("a\0b\u{1b}\n\tあ".into()), (Cow::Borrowed("ab\n\tあ"), 2));
        assert!(matches!(without_controls("a\r\n\tあ".into()), (Cow::Borrowed(_), 0)));
    }
}
