//! What can be wrong with a YAML text, in words.

use std::fmt;

use super::node::Place;
use crate::limits::{YAML_BYTES_MAX, YAML_DEPTH_MAX, YAML_EXPANSION_MAX};

/// Something wrong with the text, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where.
    pub place: Place,
    /// What.
    pub cause: Cause,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// It is no YAML.
    Syntax {
        /// What the parser says.
        detail: String,
    },
    /// A tab where only spaces may stand.
    TabIndentation,
    /// A key stands twice in one mapping.
    DuplicateKey {
        /// The key.
        key: String,
        /// The line where it stands first.
        first_line: u32,
    },
    /// A key is a list, a mapping or empty.
    KeyIsNotText,
    /// `<<` with something other than a mapping or a list of mappings.
    MergeOfNoMapping,
    /// An anchor that contains itself.
    AliasInsideItsAnchor,
    /// Aliases that would fill the memory.
    AliasesTooLarge,
    /// Nested deeper than anything that a person writes.
    TooDeep,
    /// More bytes than a manifest can have.
    TooLarge {
        /// How many.
        bytes: usize,
    },
}

impl Problem {
    pub(super) fn new(place: Place, cause: Cause) -> Self {
        Self { place, cause }
    }

    /// Whether the document could not be read because of this.
    pub fn is_fatal(&self) -> bool {
        !matches!(self.cause, Cause::DuplicateKey { .. } | Cause::KeyIsNotText | Cause::MergeOfNoMapping)
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Syntax { detail } => write!(formatter, "this is no YAML: {detail}"),
            Self::TabIndentation => {
                formatter.write_str("a tab stands in the indentation, where YAML takes only spaces; replace it")
            }
            Self::DuplicateKey { key, first_line } => {
                write!(formatter, "the key `{key}` stands here a second time, first on line {first_line}; keep one")
            }
            Self::KeyIsNotText => formatter.write_str("a key must be text; this one is a list, a mapping or empty"),
            Self::MergeOfNoMapping => formatter.write_str("`<<` takes a mapping or a list of mappings"),
            Self::AliasInsideItsAnchor => {
                formatter.write_str("this alias stands inside its own anchor, so it has no end")
            }
            Self::AliasesTooLarge => write!(
                formatter,
                "the aliases of this document stand for more than {YAML_EXPANSION_MAX} values; write out what is meant"
            ),
            Self::TooDeep => write!(formatter, "the document is nested deeper than {YAML_DEPTH_MAX} levels"),
            Self::TooLarge { bytes } => write!(
                formatter,
                "the file has {} MiB, and manifests are read up to {} MiB; split it",
                bytes.div_ceil(1024 * 1024),
                YAML_BYTES_MAX / 1024 / 1024
            ),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "line {}, column {}: {}", self.place.line, self.place.column, self.cause)
    }
}
