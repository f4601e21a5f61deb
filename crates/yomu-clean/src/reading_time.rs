//! How long reading takes.

use crate::script::Script;

/// Characters a minute in scripts without spaces. Japanese adults read 400 to 600.
const CJK_CHARACTERS_A_MINUTE: f64 = 500.0;

/// Words a minute in the others. Adults read 200 to 250 in English.
const WORDS_A_MINUTE: f64 = 220.0;

/// Minutes for a text, rounded up, at least one.
///
/// ```
/// assert_eq!(yomu_clean::reading_time(&"word ".repeat(221)), 2);
/// ```
pub fn reading_time(text: &str) -> u32 {
    let (mut characters, mut words) = (0_u32, 0_u32);
    let mut in_word = false;
    for character in text.chars() {
        let script = Script::of(character);
        if script.is_cjk() {
            characters += 1;
            in_word = false;
        } else if script != Script::None {
            words += u32::from(!in_word);
            in_word = true;
        } else if !matches!(character, '\'' | '’' | '-' | '_' | '.' | '@') {
            // `it's` and `well-read` are one word each.
            in_word = false;
        }
    }
    let minutes = f64::from(characters) / CJK_CHARACTERS_A_MINUTE + f64::from(words) / WORDS_A_MINUTE;
    (minutes.ceil() as u32).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minutes_are_rounded_up() {
        for (text, expected) in [
            (String::new(), 1),
            ("word ".repeat(220), 1),
            ("word ".repeat(221), 2),
            ("読".repeat(500), 1),
            ("読".repeat(501), 2),
            ("読".repeat(500) + &"word ".repeat(220), 2),
            ("it's ".repeat(220), 1),
            ("、。".repeat(5000), 1),
        ] {
            assert_eq!(reading_time(&text), expected, "{text:.20}");
        }
    }
}
