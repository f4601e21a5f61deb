//! Scripts of characters, as far as reading depends on them.

/// The kinds of writing that are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Script {
    /// Chinese characters, of any language.
    Han,
    /// Hiragana and katakana.
    Kana,
    /// Korean syllables.
    Hangul,
    /// Cyrillic letters.
    Cyrillic,
    /// Greek letters.
    Greek,
    /// Hebrew letters.
    Hebrew,
    /// Arabic letters.
    Arabic,
    /// Thai letters.
    Thai,
    /// Any other letter or digit.
    Other,
    /// No letter: spaces, punctuation, symbols.
    None,
}

impl Script {
    /// The script of a character.
    pub(crate) fn of(character: char) -> Script {
        match character {
            '\0'..='\u{7f}' => {
                if character.is_ascii_alphanumeric() {
                    Script::Other
                } else {
                    Script::None
                }
            }
            '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' => Script::Greek,
            '\u{400}'..='\u{52f}' => Script::Cyrillic,
            '\u{590}'..='\u{5ff}' => Script::Hebrew,
            '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}' => {
                Script::Arabic
            }
            '\u{e00}'..='\u{e7f}' => Script::Thai,
            '\u{3041}'..='\u{3096}'
            | '\u{30a1}'..='\u{30fa}'
            | '\u{30fc}'
            | '\u{31f0}'..='\u{31ff}'
            | '\u{ff66}'..='\u{ff9d}' => Script::Kana,
            '\u{3005}'..='\u{3007}'
            | '\u{3400}'..='\u{4dbf}'
            | '\u{4e00}'..='\u{9fff}'
            | '\u{f900}'..='\u{faff}'
            | '\u{20000}'..='\u{3ffff}' => Script::Han,
            '\u{1100}'..='\u{11ff}' | '\u{3130}'..='\u{318f}' | '\u{ac00}'..='\u{d7af}' => Script::Hangul,
            _ => {
                if character.is_alphanumeric() {
                    Script::Other
                } else {
                    Script::None
                }
            }
        }
    }

    /// Written without spaces between words, and counted by the character.
    pub(crate) fn is_cjk(self) -> bool {
        matches!(self, Script::Han | Script::Kana | Script::Hangul)
    }
}
