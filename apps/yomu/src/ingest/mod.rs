//! From a document to what is stored: parse, tell new entries from known ones, clean, judge by the readers' rules.
//!
//! Nothing here waits for a network or a database; all of it runs on a processor of its own (`App::compute`).

mod archived_entry;
mod document;
mod media;
mod new_entry;
mod own_entry;
mod page;
mod verdicts;

pub(crate) use archived_entry::archived_entry;
pub(crate) use document::{CUT_OFF, ReadDocument};
pub(crate) use new_entry::new_entry;
pub(crate) use own_entry::{OwnWords, own_categories, own_entry};
pub(crate) use page::{article_entry, page_entry, page_names};
pub(crate) use verdicts::Judges;
