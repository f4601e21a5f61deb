//! What a search found.

use askama::Template;

use super::{Frame, Link, Row};

/// The page of a search, or of help when nothing is asked.
#[derive(Template)]
#[template(path = "search.html")]
pub(in crate::web) struct SearchView {
    pub(in crate::web) frame: Frame,
    /// What was typed.
    pub(in crate::web) q: String,
    /// What of it could not be used.
    pub(in crate::web) problems: Vec<String>,
    pub(in crate::web) entries: Vec<Row>,
    pub(in crate::web) from: String,
    /// A search is no list to mark from.
    pub(in crate::web) can_mark: bool,
    pub(in crate::web) next: Option<String>,
    /// The other direction.
    pub(in crate::web) order: Link,
    /// The form that keeps the search, or changes one that is kept.
    pub(in crate::web) saved: Option<SavedForm>,
}

impl SearchView {
    /// What the search is called, if it is kept.
    fn kept_name(&self) -> Option<&str> {
        self.saved.as_ref().filter(|saved| saved.is_kept).map(|saved| saved.name.as_str())
    }
}

/// A search to keep, or one that is kept.
pub(in crate::web) struct SavedForm {
    /// Where the form goes.
    pub(in crate::web) path: String,
    pub(in crate::web) name: String,
    pub(in crate::web) query: String,
    pub(in crate::web) is_oldest_first: bool,
    /// Whether there is one to change or to forget.
    pub(in crate::web) is_kept: bool,
}
