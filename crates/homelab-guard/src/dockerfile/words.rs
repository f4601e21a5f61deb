//! Words of an instruction: split at white space outside quotes, each with its place.

use std::ops::Range;

/// The words of `text` from byte `from` on, with their quotes.
pub(super) fn quoted_words(text: &str, from: usize, escape: char) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut start = None;
    let mut quote = None;
    let mut characters = text[from..].char_indices().map(|(at, character)| (from + at, character));
    while let Some((at, character)) = characters.next() {
        if quote.is_none() && character.is_whitespace() {
            words.extend(start.take().map(|start| start..at));
            continue;
        }
        start.get_or_insert(at);
        if character == escape && quote != Some('\'') {
            characters.next();
        } else if quote == Some(character) {
            quote = None;
        } else if quote.is_none() && matches!(character, '"' | '\'') {
            quote = Some(character);
        }
    }
    words.extend(start.map(|start| start..text.len()));
    words
}

/// The words of `text` from byte `from` on, where quotes mean nothing: `COPY`, `FROM`, `EXPOSE`.
pub(super) fn plain_words(text: &str, from: usize) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, character) in text[from..].char_indices().map(|(at, character)| (from + at, character)) {
        if character.is_whitespace() {
            words.extend(start.take().map(|start| start..at));
        } else {
            start.get_or_insert(at);
        }
    }
    words.extend(start.map(|start| start..text.len()));
    words
}

/// A word without its quotes and escape characters.
pub(super) fn unquoted(raw: &str, escape: char) -> String {
    let mut value = String::with_capacity(raw.len());
    let mut quote = None;
    let mut characters = raw.chars().peekable();
    while let Some(character) = characters.next() {
        if character == escape && quote != Some('\'') {
            // In double quotes only what would mean something there is escaped; elsewhere the character stands for itself.
            match characters.next_if(|next| quote.is_none() || *next == '"' || *next == '$' || *next == escape) {
                Some(escaped) => value.push(escaped),
                None => value.push(character),
            }
        } else if quote == Some(character) {
            quote = None;
        } else if quote.is_none() && matches!(character, '"' | '\'') {
            quote = Some(character);
        } else {
            value.push(character);
        }
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        quoted_words(text, 0, '\\').into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn quotes_and_escapes_hold_words_together() {
        assert_eq!(words("  a=1 b=\"x y\"  c='p q' d=r\\ s "), ["a=1", "b=\"x y\"", "c='p q'", "d=r\\ s"]);
        assert_eq!(words("\"open and never shut"), ["\"open and never shut"]);
    }

    #[test]
    fn quotes_come_off_once() {
        for (raw, expected) in [
            ("a\"b c\"d", "ab cd"),
            ("'$X \\n'", "$X \\n"),
            ("\"\\$X \\n\"", "$X \\n"),
            ("a\\ b", "a b"),
            ("end\\", "end\\"),
        ] {
            assert_eq!(unquoted(raw, '\\'), expected);
        }
    }
}
