//! What the API server would refuse, in words.

use std::fmt;

use super::kinds::Removal;
use crate::yaml::{self, Place};

/// Something that the API server would refuse.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where.
    pub place: Place,
    /// The way to it: `spec.template.spec.containers[0].image`; empty for the document as a whole.
    pub path: String,
    /// What.
    pub cause: Cause,
}

/// What is wrong. Values are never part of it: one of them may be a secret in the wrong field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The text itself.
    Yaml(yaml::Cause),
    /// No `apiVersion` or no `kind`.
    NoKind {
        /// Which one is missing.
        missing: &'static str,
    },
    /// A kind that this version of its API does not have.
    UnknownKind {
        /// The kind.
        kind: String,
        /// The version of the API.
        api_version: String,
        /// What was probably meant.
        suggestion: Option<String>,
    },
    /// A kind whose API has been removed.
    Removed {
        /// The kind.
        kind: String,
        /// The version of the API.
        api_version: String,
        /// When, and what stands in its place.
        removal: Removal,
    },
    /// A kind that has no schema here, as with the resources of an operator. No fault.
    NoSchema {
        /// The kind.
        kind: String,
        /// The version of the API.
        api_version: String,
    },
    /// A field that the kind does not have.
    UnknownField {
        /// What was probably meant.
        suggestion: Option<&'static str>,
    },
    /// A field that must be there.
    MissingField {
        /// The field.
        field: &'static str,
    },
    /// A value of another type.
    WrongType {
        /// What belongs there.
        expected: &'static str,
        /// What is read there.
        found: &'static str,
    },
    /// A whole number too large for its field.
    OutOfRange {
        /// The least.
        min: i64,
        /// The most.
        max: i64,
    },
    /// A text that is not on the list.
    NotOneOf {
        /// The list.
        options: &'static [&'static str],
        /// What was probably meant.
        suggestion: Option<&'static str>,
    },
    /// A text that is no amount, time, name and so on.
    Malformed {
        /// What it should be, with an example.
        expected: &'static str,
    },
    /// A key that Kubernetes reads as something else.
    KeyIsNotText {
        /// As it is written.
        key: String,
        /// As it is read.
        read_as: &'static str,
    },
}

impl Cause {
    /// Whether the API server would refuse the manifest because of this.
    pub fn is_fault(&self) -> bool {
        !matches!(self, Self::NoSchema { .. })
    }
}

impl From<yaml::Problem> for Problem {
    fn from(problem: yaml::Problem) -> Self {
        Self { place: problem.place, path: String::new(), cause: Cause::Yaml(problem.cause) }
    }
}

/// "; did you mean `x`".
struct Meant<'a>(Option<&'a str>);

impl fmt::Display for Meant<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.map_or(Ok(()), |suggestion| write!(formatter, "; did you mean `{suggestion}`"))
    }
}

impl Problem {
    /// One sentence without the place.
    pub fn message(&self) -> String {
        let path = &self.path;
        match &self.cause {
            Cause::Yaml(cause) => cause.to_string(),
            Cause::NoKind { missing } => format!("the manifest has no `{missing}`"),
            Cause::UnknownKind { kind, api_version, suggestion } => {
                format!("`{api_version}` has no kind `{kind}`{}", Meant(suggestion.as_deref()))
            }
            Cause::Removed { kind, api_version, removal } => {
                format!("`{kind}` of `{api_version}` is gone since Kubernetes 1.{}; {}", removal.minor, removal.instead)
            }
            Cause::NoSchema { kind, api_version } => {
                format!("`{kind}` of `{api_version}` has no schema here, so its fields are not checked")
            }
            Cause::UnknownField { suggestion } => format!("there is no field `{path}`{}", Meant(*suggestion)),
            Cause::MissingField { field } if path.is_empty() => format!("the field `{field}` is missing"),
            Cause::MissingField { field } => format!("the field `{field}` is missing in `{path}`"),
            Cause::WrongType { expected: "text", found } if matches!(*found, "a list" | "a mapping") => {
                format!("`{path}` must be text, and {found} stands there")
            }
            Cause::WrongType { expected: "text", found } => {
                format!("`{path}` must be text, and Kubernetes reads {found}; put it in quotes")
            }
            Cause::WrongType { expected, found } => {
                format!("`{path}` must be {expected}, and Kubernetes reads {found}")
            }
            Cause::OutOfRange { min, max } => format!("`{path}` must be between {min} and {max}"),
            Cause::NotOneOf { options, suggestion } => {
                let options: Vec<String> = options.iter().map(|option| format!("`{option}`")).collect();
                format!("`{path}` must be one of {}{}", options.join(", "), Meant(*suggestion))
            }
            Cause::Malformed { expected } => format!("`{path}` must be {expected}"),
            Cause::KeyIsNotText { key, read_as } => {
                format!("Kubernetes reads the key `{key}` as `{read_as}`; put it in quotes")
            }
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "line {}, column {}: {}", self.place.line, self.place.column, self.message())
    }
}
