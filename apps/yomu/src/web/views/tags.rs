//! All tags.

use askama::Template;
use yomu_model::ids::TagId;
use yomu_store::Tag;

use super::Frame;
use crate::web::visit::Visit;

/// The page of all tags.
#[derive(Template)]
#[template(path = "tags.html")]
pub(in crate::web) struct TagsView {
    pub(in crate::web) frame: Frame,
    pub(in crate::web) tags: Vec<TagRow>,
}

/// A tag, with how much has it.
pub(in crate::web) struct TagRow {
    pub(in crate::web) id: TagId,
    pub(in crate::web) name: String,
    pub(in crate::web) facts: String,
}

impl TagsView {
    pub(in crate::web) fn new(frame: Frame, tags: Vec<Tag>, visit: &Visit) -> Self {
        let facts = visit.words.library.entries_unread;
        let row = |tag: Tag| TagRow { id: tag.id, facts: facts(tag.entry_count, tag.unread_count), name: tag.name };
        Self { frame, tags: tags.into_iter().map(row).collect() }
    }
}
