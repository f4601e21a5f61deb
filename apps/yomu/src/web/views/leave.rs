//! The question before a subscription ends.

use askama::Template;
use yomu_model::ids::SubscriptionId;
use yomu_store::{Leaving, Subscription};

use super::Frame;
use crate::limits::REMOVED_FOR;

/// The page that asks it, with what would be deleted and what would stay.
#[derive(Template)]
#[template(path = "leave.html")]
pub(in crate::web) struct LeaveView {
    pub(in crate::web) frame: Frame,
    pub(in crate::web) id: SubscriptionId,
    pub(in crate::web) name: String,
    pub(in crate::web) leaving: String,
    /// Where the reader came from, and goes in either case.
    pub(in crate::web) back: String,
}

impl LeaveView {
    pub(in crate::web) fn new(frame: Frame, feed: &Subscription, leaving: &Leaving, back: String) -> Self {
        let leaving = (frame.words.library.leaving)(leaving, REMOVED_FOR.as_secs() / 3600);
        Self { id: feed.id, name: feed.title().to_owned(), leaving, back, frame }
    }
}
