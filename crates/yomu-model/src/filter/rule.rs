//! One rule, and the line that says it

use std::fmt;

use crate::limits::{PATTERN_CHARS_MAX, RULES_MAX};
use crate::name::TagName;

/// What to do with which entries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// What is done.
    pub action: Action,
    /// Which tag an entry gets; of [`Action::Tag`] alone.
    pub tag: Option<TagName>,
    /// Where to look.
    pub field: Field,
    /// Whether the rule fits when the pattern is *not* there.
    pub is_negated: bool,
    /// How to compare.
    pub how: How,
    /// What to look for: one line, not empty.
    pub pattern: String,
}

macro_rules! words {
    ($(#[$documentation:meta])* $name:ident { $($(#[$variant_documentation:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$documentation])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $name {
            $($(#[$variant_documentation])* $variant,)+
        }

        impl $name {
            /// All of them, in the order of the documentation.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            /// The word that stands for it in a rule.
            pub const fn word(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)+
                }
            }
        }
    };
}

words! {
    /// What a rule does.
    Action {
        /// The entry is not taken in.
        Drop = "drop",
        /// The entry stays, whatever later rules say about dropping.
        Keep = "keep",
        /// The entry counts as read.
        MarkRead = "read",
        /// The entry gets a star.
        Star = "star",
        /// The entry gets a tag.
        Tag = "tag",
        /// The entry goes to the saved pages instead of its feed, to be read later.
        Move = "move",
    }
}

words! {
    /// The part of an entry that a rule looks at.
    Field {
        /// Title, address, author, content and categories, each by itself.
        Any = "any",
        /// The title.
        Title = "title",
        /// The address.
        Url = "url",
        /// The author.
        Author = "author",
        /// The content, as text.
        Content = "content",
        /// One of the categories.
        Category = "category",
    }
}

words! {
    /// How a pattern is compared. All but regular expressions ignore case, width and accents.
    How {
        /// The pattern is somewhere in the text, also inside a word.
        Contains = "contains",
        /// The pattern is there as a word or phrase, as the search finds it.
        Word = "word",
        /// The text is the pattern, apart from blanks around it.
        Is = "is",
        /// A regular expression, on the text as it is. `(?i)` ignores case.
        Regex = "matches",
    }
}

/// Why a rule cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RuleProblem {
    /// A tag without its name.
    NoTag,
    /// Nothing to look for.
    EmptyPattern,
    /// More characters than [`PATTERN_CHARS_MAX`].
    PatternTooLong {
        /// How many there are.
        chars: usize,
    },
    /// A line break or another control character.
    ControlCharacter {
        /// The first one.
        character: char,
    },
    /// `word` with a pattern of punctuation only.
    NoWord {
        /// The pattern.
        pattern: String,
    },
    /// Not a regular expression, or one that would need too much memory.
    BadRegex {
        /// What the parser says, in one line.
        reason: String,
    },
    /// More rules than [`RULES_MAX`]; this one and those after it are not used.
    TooManyRules,
}

impl fmt::Display for RuleProblem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoTag => write!(formatter, "the rule does not say which tag"),
            Self::EmptyPattern => write!(formatter, "the rule says nothing to look for"),
            Self::PatternTooLong { chars } => {
                write!(formatter, "a pattern has at most {PATTERN_CHARS_MAX} characters, not {chars}")
            }
            Self::ControlCharacter { character } => {
                write!(formatter, "a pattern is one line without control characters, not {character:?}")
            }
            Self::NoWord { pattern } => write!(formatter, "`{pattern}` has no word in it; use `contains`"),
            Self::BadRegex { reason } => write!(formatter, "the regular expression cannot be used: {reason}"),
            Self::TooManyRules => write!(formatter, "only the first {RULES_MAX} rules are used"),
        }
    }
}

impl std::error::Error for RuleProblem {}

/// The line that [`super::parse_rules`] reads back as the same rule.
impl fmt::Display for Rule {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { action, tag, field, is_negated, how, pattern } = self;
        let not = if *is_negated { "not " } else { "" };
        write!(formatter, "{} ", action.word())?;
        if let Some(tag) = tag {
            write!(formatter, "\"{tag}\" ")?;
        }
        write!(formatter, "{} {not}{} ", field.word(), how.word())?;
        let quote = how.quote();
        let is_ambiguous = pattern.trim() != pattern || (pattern.starts_with(quote) && pattern.ends_with(quote));
        if *how == How::Regex || is_ambiguous {
            write!(formatter, "{quote}{pattern}{quote}")
        } else {
            formatter.write_str(pattern)
        }
    }
}

impl How {
    /// What may stand around a pattern, and is then taken away once.
    pub(super) const fn quote(self) -> char {
        match self {
            Self::Regex => '/',
            Self::Contains | Self::Word | Self::Is => '"',
        }
    }
}
