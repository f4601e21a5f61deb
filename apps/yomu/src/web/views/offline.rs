//! What stands for a page that is not there without a network.

use askama::Template;

use super::Frame;

/// The page for what was not kept.
#[derive(Template)]
#[template(path = "offline.html")]
pub(in crate::web) struct OfflineView {
    pub(in crate::web) frame: Frame,
}
