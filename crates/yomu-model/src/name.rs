//! What people call their folders, feeds and app passwords: one line that can be seen

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::fold::fold;
use crate::limits::NAME_CHARS_MAX;

/// Why a text cannot be a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NameProblem {
    /// Nothing, or only blanks and characters that cannot be seen.
    Empty,
    /// More characters than [`NAME_CHARS_MAX`].
    TooLong {
        /// How many there are.
        chars: usize,
    },
    /// A line break, a tab or another control character inside.
    ControlCharacter {
        /// The first one.
        character: char,
    },
}

impl fmt::Display for NameProblem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => write!(formatter, "a name needs at least one visible character"),
            Self::TooLong { chars } => write!(formatter, "a name has at most {NAME_CHARS_MAX} characters, not {chars}"),
            Self::ControlCharacter { character } => {
                write!(formatter, "a name is one line without control characters, not {character:?}")
            }
        }
    }
}

impl std::error::Error for NameProblem {}

macro_rules! name {
    ($(#[$documentation:meta])* $name:ident) => {
        $(#[$documentation])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The name in `text`, without the blanks around it.
            pub fn parse(text: &str) -> Result<Self, NameProblem> {
                parse(text).map(Self)
            }

            /// The name as a plain text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(formatter)
            }
        }

        impl TryFrom<String> for $name {
            type Error = NameProblem;

            fn try_from(text: String) -> Result<Self, Self::Error> {
                Self::parse(&text)
            }
        }

        impl From<$name> for String {
            fn from(name: $name) -> Self {
                name.0
            }
        }
    };
}

name! {
    /// The name of a folder.
    FolderName
}
name! {
    /// The title a reader gives to a feed, in place of the feed's own.
    FeedTitle
}
name! {
    /// What a reader calls an app password, such as the app and the device.
    AppPasswordName
}
name! {
    /// A reader's own word for entries; [`crate::tag`] reads several.
    TagName
}
name! {
    /// What a reader calls a search that is kept.
    SearchName
}
name! {
    /// For whom an invitation is.
    InvitationNote
}

fn parse(text: &str) -> Result<String, NameProblem> {
    let name = text.trim();
    if let Some(character) = name.chars().find(|character| character.is_control()) {
        return Err(NameProblem::ControlCharacter { character });
    }
    // Folding takes away what cannot be seen.
    if fold(name).trim().is_empty() {
        return Err(NameProblem::Empty);
    }
    let chars = name.chars().count();
    if chars > NAME_CHARS_MAX {
        return Err(NameProblem::TooLong { chars });
    }
    Ok(name.to_owned())
}
