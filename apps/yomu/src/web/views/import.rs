//! How the feeds of an import come in.

use askama::Template;
use yomu_model::ids::SubscriptionId;
use yomu_store::FirstFetches;

use super::{Frame, Message};
use crate::trouble::Trouble;

/// The page about an import.
#[derive(Template)]
#[template(path = "import.html")]
pub(in crate::web) struct ImportView {
    pub(in crate::web) frame: Frame,
    pub(in crate::web) feeds: u32,
    /// Whose turn has come, whatever came of it.
    pub(in crate::web) asked: u32,
    pub(in crate::web) is_over: bool,
    pub(in crate::web) sentence: String,
    pub(in crate::web) failures: Vec<FeedFailure>,
}

/// A feed that could not be fetched, and why.
pub(in crate::web) struct FeedFailure {
    pub(in crate::web) id: SubscriptionId,
    pub(in crate::web) title: String,
    pub(in crate::web) reason: Message,
}

impl ImportView {
    pub(in crate::web) fn new(frame: Frame, fetches: FirstFetches) -> Self {
        let words = frame.words;
        let failures = fetches.failures.into_iter().map(|one| FeedFailure {
            id: one.id,
            title: one.title,
            reason: Message::of_trouble(Trouble { kind: one.kind, text: one.text }, words),
        });
        Self {
            feeds: fetches.feeds,
            asked: fetches.feeds.saturating_sub(fetches.waiting),
            is_over: fetches.waiting == 0,
            sentence: match fetches.feeds {
                0 => words.nothing_here.to_owned(),
                feeds => (words.library.import_progress)(feeds, fetches.waiting, fetches.failed),
            },
            failures: failures.collect(),
            frame,
        }
    }
}
