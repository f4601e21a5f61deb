//! Text cut to the width of a list.

/// The beginning of a text with at most so many columns, at a word's end where there are words. Characters of East
/// Asian scripts are two columns wide.
pub(in crate::web) fn cut(text: &str, columns_max: usize) -> String {
    let Some(end) = end_of_columns(text, columns_max) else { return text.to_owned() };
    let kept = &text[..end];
    let at_word_edge = match kept.rfind(' ') {
        // A text without blanks is cut where it is.
        Some(blank) if end - blank < 20 => &kept[..blank],
        _ => kept,
    };
    format!("{}…", at_word_edge.trim_end())
}

/// Where the text leaves the columns; none when all of it fits.
fn end_of_columns(text: &str, columns_max: usize) -> Option<usize> {
    let mut columns = 0;
    text.char_indices().find_map(|(at, character)| {
        columns += if (character as u32) < 0x1100 { 1 } else { 2 };
        (columns > columns_max).then_some(at)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fits_is_left_alone() {
        assert_eq!(cut("short", 5), "short");
        assert_eq!(cut("東京", 4), "東京");
        assert_eq!(cut("", 0), "");
    }

    #[test]
    fn a_long_text_ends_at_a_word_or_a_character() {
        assert_eq!(cut("one two three", 9), "one two…");
        assert_eq!(cut("東京の夜は長い", 9), "東京の夜…");
        assert_eq!(cut("a".repeat(40).as_str(), 30), format!("{}…", "a".repeat(30)));
    }
}
