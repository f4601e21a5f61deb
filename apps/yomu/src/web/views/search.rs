//! What a search found.

use askama::Template;

use super::{Frame, Row};

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
}
