//! Import and export.

use askama::Template;

use super::Frame;

/// The page with both forms.
#[derive(Template)]
#[template(path = "transfer.html")]
pub(in crate::web) struct TransferView {
    pub(in crate::web) frame: Frame,
    /// What of the last file could not be used, in English.
    pub(in crate::web) problems: Vec<String>,
}
