//! The beginning of a text, cut where a reader would pause.

use crate::script::Script;

/// At most `chars_max` characters of the text on one line: up to the end of a sentence, else of a word, with `…` for what is
/// missing.
///
/// ```
/// assert_eq!(yomu_clean::excerpt("First one. Second one.", 15), "First one.…");
/// assert_eq!(yomu_clean::excerpt("東京の朝。静かな街を歩く。", 9), "東京の朝。…");
/// assert_eq!(yomu_clean::excerpt("Short.", 15), "Short.");
/// ```
pub fn excerpt(text: &str, chars_max: usize) -> String {
    let mut line = String::new();
    let mut count = 0;
    // The last places where a cut is good: behind a sentence, behind a word.
    let (mut sentence, mut word) = (0, 0);
    let mut characters = one_line(text).peekable();
    while let Some(character) = characters.next() {
        if count == chars_max {
            return shortened(line, sentence, word);
        }
        line.push(character);
        count += 1;
        let next = characters.peek().copied();
        if ends_sentence(character, next) && count < chars_max {
            sentence = line.len();
        }
        // One character is kept for the `…`.
        if ends_word(character, next) && count < chars_max {
            word = line.len();
        }
    }
    line
}

/// Cuts behind a sentence when that keeps at least half, else behind a word, else where the line ends.
fn shortened(mut line: String, sentence: usize, word: usize) -> String {
    let cut = if sentence * 2 >= line.len() {
        sentence
    } else if word > 0 {
        word
    } else {
        line.char_indices().next_back().map_or(0, |(at, _)| at)
    };
    line.truncate(cut);
    line.truncate(line.trim_end_matches([' ', ',', ';', ':', '、', '，', '・', '（', '(', '「', '『']).len());
    line.push('…');
    line
}

/// White space and line ends as single spaces; none at the ends, and none between characters that are written without.
fn one_line(text: &str) -> impl Iterator<Item = char> {
    let mut characters = text.trim().chars().peekable();
    let mut last = ' ';
    std::iter::from_fn(move || {
        let mut character = characters.next()?;
        if character.is_whitespace() {
            while characters.peek().is_some_and(|next| next.is_whitespace()) {
                characters.next();
            }
            let joins = matches!(last, '。' | '！' | '？' | '」' | '』');
            character = if joins { characters.next()? } else { ' ' };
        }
        last = character;
        Some(character)
    })
}

fn ends_sentence(character: char, next: Option<char>) -> bool {
    match character {
        '。' | '！' | '？' | '．' => !matches!(next, Some('」' | '』' | '）' | '。' | '！' | '？')),
        '」' | '』' => false,
        '.' | '!' | '?' | '…' => next.is_none_or(|next| next == ' '),
        _ => false,
    }
}

fn ends_word(character: char, next: Option<char>) -> bool {
    match next {
        None | Some(' ') => true,
        // Lines of Japanese may break anywhere, but not before these.
        Some(
            '、' | '。' | '，' | '．' | '」' | '』' | '）' | 'ー' | 'ッ' | 'っ' | 'ゃ' | 'ゅ' | 'ょ' | '！' | '？',
        ) => false,
        Some(next) => Script::of(character).is_cjk() || Script::of(next).is_cjk(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_are_where_a_reader_pauses() {
        for (text, chars_max, expected) in [
            ("One two three four", 12, "One two…"),
            ("One two three. Four five six seven", 20, "One two three.…"),
            ("Hi. A rather long second sentence", 20, "Hi. A rather long…"),
            ("unbrokenlyunbrokenly", 10, "unbrokenl…"),
            ("one\n\ntwo\u{3000}three", 50, "one two three"),
            ("東京の朝は静かだ。猫が歩く。", 12, "東京の朝は静かだ。…"),
            ("東京の朝は、とても静かで", 6, "東京の朝…"),
            ("「はい。」と言った。次の文が続く。", 12, "「はい。」と言った。…"),
            ("一行目。\n二行目。", 20, "一行目。二行目。"),
            ("version 1.5 is out today and more", 16, "version 1.5 is…"),
            ("", 10, ""),
            ("abc", 3, "abc"),
            ("abcd", 3, "ab…"),
            ("abcd", 0, "…"),
        ] {
            assert_eq!(excerpt(text, chars_max), expected, "{text} {chars_max}");
        }
    }

    #[test]
    fn nothing_is_longer_than_allowed() {
        let text = "東京の朝は静かだ。Rust is a language. 猫が、歩く。".repeat(3);
        for chars_max in 1..80 {
            assert!(excerpt(&text, chars_max).chars().count() <= chars_max, "{chars_max}");
        }
    }
}
