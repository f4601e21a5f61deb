//! What went wrong, for people: a stable code and one sentence that names the thing and the next step.

use std::fmt;

/// A failure that a reader sees: on a feed's page, after adding, in the command line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// A stable code, such as `not_found`; pages translate by it, and scripts may rely on it.
    pub kind: String,
    /// One English sentence without a full stop.
    pub text: String,
}

impl Trouble {
    /// A failure with its code.
    pub(crate) fn new(kind: &str, text: impl Into<String>) -> Self {
        Self { kind: kind.to_owned(), text: text.into() }
    }

    /// The same of a page: what translations say of a feed that is gone or nowhere does not fit it.
    pub(crate) fn of_page(self) -> Self {
        match self.kind.as_str() {
            "gone" | "not_found" => Self { kind: format!("page_{}", self.kind), ..self },
            _ => self,
        }
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl std::error::Error for Trouble {}

/// Why an action was not carried out.
#[derive(Debug, thiserror::Error)]
pub enum ActionError {
    /// Something that the reader should know and can act upon.
    #[error(transparent)]
    Trouble(#[from] Trouble),
    /// The user has no such thing.
    #[error("there is no such {what}")]
    NotFound {
        /// What was looked for: `feed`, `entry`, `folder`.
        what: &'static str,
    },
    /// The database failed.
    #[error(transparent)]
    Store(#[from] yomu_store::StoreError),
}

impl ActionError {
    /// The same of a page.
    pub(crate) fn of_page(self) -> Self {
        match self {
            Self::Trouble(trouble) => Self::Trouble(trouble.of_page()),
            error => error,
        }
    }
}
