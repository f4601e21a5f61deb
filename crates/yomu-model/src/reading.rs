//! How a reader wants pages to look and articles to be set.
//!
//! Stored as one line of words, such as `sepia serif 20 wide`: only what differs from the default is written, in any
//! order, and a word that is not known any more, or not yet, is passed over.

use std::fmt;

/// The smallest and the largest size of an article's text, in CSS pixels.
pub const SIZES_PX: std::ops::RangeInclusive<u8> = 14..=24;

/// The size unless a reader chooses another.
pub const SIZE_PX: u8 = 18;

macro_rules! choice {
    ($(#[$about:meta])* $name:ident, $default:ident of { $($(#[$each:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $name { $($(#[$each])* $variant,)* }

        impl $name {
            /// All of them, in the order in which they are offered.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// Its word in forms, attributes and the database.
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }

            /// The choice of a word.
            pub fn from_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.word() == word)
            }
        }

        impl Default for $name {
            fn default() -> Self {
                Self::$default
            }
        }
    };
}

choice! {
    /// The colours.
    Theme, System of {
        /// Light or dark, as the device has it at the moment.
        System = "system",
        /// Ink on paper.
        Light = "light",
        /// Ink on old paper.
        Sepia = "sepia",
        /// Paper's colour on night.
        Dark = "dark",
    }
}

choice! {
    /// The letters of articles.
    Font, Language of {
        /// What suits the language: serifs for Latin scripts, gothic for Japanese.
        Language = "auto",
        /// With serifs: Mincho in Japanese.
        Serif = "serif",
        /// Without: gothic in Japanese.
        Sans = "sans",
    }
}

choice! {
    /// The length of lines.
    Width, Medium of {
        /// Shorter.
        Narrow = "narrow",
        /// From which the eye finds back.
        Medium = "medium",
        /// Longer.
        Wide = "wide",
    }
}

choice! {
    /// The distance of lines.
    Leading, Normal of {
        /// Closer.
        Close = "close",
        /// As the script wants it.
        Normal = "normal",
        /// More open.
        Open = "open",
    }
}

/// The word for Japanese in vertical lines.
const VERTICAL: &str = "vertical";

/// The word for lists whose entries are read when they have been scrolled past.
const SCROLLED: &str = "scrolled";

/// How a reader wants it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// The colours.
    pub theme: Theme,
    /// The letters.
    pub font: Font,
    /// The size of the text in CSS pixels, one of [`SIZES_PX`].
    pub size_px: u8,
    /// The length of lines.
    pub width: Width,
    /// The distance of lines.
    pub leading: Leading,
    /// Whether articles in Japanese are set in vertical lines.
    pub vertical_japanese: bool,
    /// Whether entries count as read when they have left a list at its top.
    pub read_when_scrolled: bool,
}

impl Default for Reading {
    fn default() -> Self {
        Self {
            theme: Theme::default(),
            font: Font::default(),
            size_px: SIZE_PX,
            width: Width::default(),
            leading: Leading::default(),
            vertical_japanese: false,
            read_when_scrolled: false,
        }
    }
}

impl Reading {
    /// What stored words say. Words that mean nothing, or do not any more, are passed over.
    ///
    /// ```
    /// use yomu_model::reading::{Reading, Theme};
    /// let reading = Reading::from_words("sepia 20 glowing");
    /// assert_eq!((reading.theme, reading.size_px), (Theme::Sepia, 20));
    /// assert_eq!(reading.to_string(), "sepia 20");
    /// ```
    pub fn from_words(words: &str) -> Self {
        let mut reading = Self::default();
        for word in words.split_ascii_whitespace() {
            if let Some(theme) = Theme::from_word(word) {
                reading.theme = theme;
            } else if let Some(font) = Font::from_word(word) {
                reading.font = font;
            } else if let Some(width) = Width::from_word(word) {
                reading.width = width;
            } else if let Some(leading) = Leading::from_word(word) {
                reading.leading = leading;
            } else if let Some(size) = size_px(word) {
                reading.size_px = size;
            } else if word == VERTICAL {
                reading.vertical_japanese = true;
            } else if word == SCROLLED {
                reading.read_when_scrolled = true;
            }
        }
        reading
    }
}

/// A size as it is typed or stored.
pub fn size_px(text: &str) -> Option<u8> {
    text.parse().ok().filter(|size| SIZES_PX.contains(size))
}

/// The words that [`Reading::from_words`] reads; nothing for the default.
impl fmt::Display for Reading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let default = Self::default();
        let size = self.size_px.to_string();
        let words = [
            (self.theme != default.theme).then_some(self.theme.word()),
            (self.font != default.font).then_some(self.font.word()),
            (self.size_px != default.size_px).then_some(&*size),
            (self.width != default.width).then_some(self.width.word()),
            (self.leading != default.leading).then_some(self.leading.word()),
            self.vertical_japanese.then_some(VERTICAL),
            self.read_when_scrolled.then_some(SCROLLED),
        ];
        f.write_str(&words.into_iter().flatten().collect::<Vec<_>>().join(" "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_choice_is_read_back_as_it_was_written() {
        let mut seen = 0;
        for &theme in Theme::ALL {
            for &font in Font::ALL {
                for &width in Width::ALL {
                    for &leading in Leading::ALL {
                        for (size_px, vertical_japanese) in [(14, true), (SIZE_PX, false), (24, true)] {
                            let read_when_scrolled = !vertical_japanese;
                            let reading =
                                Reading { theme, font, size_px, width, leading, vertical_japanese, read_when_scrolled };
                            assert_eq!(Reading::from_words(&reading.to_string()), reading);
                            seen += 1;
                        }
                    }
                }
            }
        }
        assert_eq!(seen, 4 * 3 * 3 * 3 * 3);
    }

    #[test]
    fn the_default_is_no_word_at_all() {
        assert_eq!(Reading::default().to_string(), "");
        assert_eq!(Reading::from_words(""), Reading::default());
    }

    #[test]
    fn what_means_nothing_is_passed_over() {
        for words in ["13", "25", "256", "-1", "glowing", "\u{0}", "SEPIA"] {
            assert_eq!(Reading::from_words(words), Reading::default(), "{words}");
        }
        assert_eq!(Reading::from_words("glowing wide 99 open").to_string(), "wide open");
    }
}
