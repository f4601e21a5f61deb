//! Import and export.

use askama::Template;
use yomu_model::ids::EntryId;
use yomu_store::{FirstFetches, PageFetches};

use super::{Frame, Message};
use crate::trouble::Trouble;
use crate::web::limits::IMPORT_LATELY;
use crate::web::words::Words;

/// The page with the forms.
#[derive(Template)]
#[template(path = "transfer.html")]
pub(in crate::web) struct TransferView {
    pub(in crate::web) frame: Frame,
    /// What of the last file could not be used, in English.
    pub(in crate::web) problems: Vec<String>,
    /// How the feeds of the last day come in; empty when none is new.
    pub(in crate::web) feeds: String,
    /// Where more is said of them, or of those of the last file.
    pub(in crate::web) progress: String,
    /// Why the last file was not read at all.
    pub(in crate::web) message: Option<Message>,
    /// How many pages wait to be fetched; empty when none does.
    pub(in crate::web) waiting: String,
    /// How many could not be; empty when none.
    pub(in crate::web) failed: String,
    pub(in crate::web) failures: Vec<FailureRow>,
}

/// A page that could not be fetched, and why.
pub(in crate::web) struct FailureRow {
    pub(in crate::web) entry: EntryId,
    pub(in crate::web) title: String,
    pub(in crate::web) reason: Message,
}

impl TransferView {
    pub(in crate::web) fn new(
        frame: Frame,
        feeds: &FirstFetches,
        pages: PageFetches,
        problems: Vec<String>,
        message: Option<Message>,
    ) -> Self {
        let words = frame.words;
        let said = |count, words: fn(u32) -> String| if count == 0 { String::new() } else { words(count) };
        let failures = pages.failures.into_iter().map(|one| FailureRow {
            entry: one.entry,
            title: one.title,
            reason: Message::of_trouble(Trouble { kind: one.kind, text: one.text }.of_page(), words),
        });
        Self {
            waiting: said(pages.waiting, words.library.pages_waiting),
            failed: said(pages.failed, words.library.pages_failed),
            failures: failures.collect(),
            problems,
            feeds: lately(feeds, words),
            progress: "/import".to_owned(),
            message,
            frame,
        }
    }
}

fn lately(feeds: &FirstFetches, words: &Words) -> String {
    if feeds.feeds == 0 {
        return String::new();
    }
    let how = (words.library.import_progress)(feeds.feeds, feeds.waiting, feeds.failed);
    (words.library.import_lately)(IMPORT_LATELY.as_secs() / 3600, &how)
}
