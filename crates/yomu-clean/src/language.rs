//! The language of a text, as far as its letters tell.

use crate::script::Script;

/// Characters looked at; a language does not change after that.
const CHARACTERS_MAX: usize = 4000;

/// A guess from the script alone: none for Latin letters, which too many languages share.
///
/// ```
/// assert_eq!(yomu_clean::language("東京の朝は静かだ。"), Some("ja"));
/// assert_eq!(yomu_clean::language("A quiet morning"), None);
/// ```
pub fn language(text: &str) -> Option<&'static str> {
    let mut counts = [0_usize; 10];
    for character in text.chars().take(CHARACTERS_MAX) {
        counts[Script::of(character) as usize] += 1;
    }
    let count = |script: Script| counts[script as usize];
    let letters: usize = counts.iter().sum::<usize>() - count(Script::None);
    // A name or a quotation does not make a language.
    let enough = |count: usize| count > 0 && count * 5 >= letters;
    // Kana decide even where Chinese characters are many; an English article about Japanese has few of both.
    if enough(count(Script::Kana) + count(Script::Han))
        && count(Script::Kana) * 20 >= count(Script::Han)
        && count(Script::Kana) > 0
    {
        return Some("ja");
    }
    let by_script = [
        (Script::Hangul, "ko"),
        (Script::Han, "zh"),
        (Script::Cyrillic, "ru"),
        (Script::Greek, "el"),
        (Script::Hebrew, "he"),
        (Script::Arabic, "ar"),
        (Script::Thai, "th"),
    ];
    by_script.into_iter().find(|(script, _)| enough(count(*script))).map(|(_, language)| language)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_tell_the_language() {
        for (text, expected) in [
            ("東京の朝は静かだ。", Some("ja")),
            ("ｶﾀｶﾅ", Some("ja")),
            ("量子計算概論", Some("zh")),
            ("中文文章的正文。偶尔有 English。", Some("zh")),
            ("서울의 아침은 조용하다", Some("ko")),
            ("Тихое утро", Some("ru")),
            ("Ήσυχο πρωί", Some("el")),
            ("בוקר שקט", Some("he")),
            ("صباح هادئ", Some("ar")),
            ("เช้าที่เงียบสงบ", Some("th")),
            ("Ein ruhiger Morgen", None),
            ("The word 東京 means eastern capital, and that is all that is said here", None),
            ("RustとLinuxでWebサーバーを作る", Some("ja")),
            ("12345 !?", None),
            ("", None),
        ] {
            assert_eq!(language(text), expected, "{text}");
        }
    }
}
