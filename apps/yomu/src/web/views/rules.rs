//! Rules for all feeds, and what rules would have done.

use askama::Template;
use yomu_model::ids::EntryId;

use super::{Frame, Message};
use crate::actions::rules::Preview;
use crate::web::visit::Visit;

/// The page of the rules for all feeds.
#[derive(Template)]
#[template(path = "rules.html")]
pub(in crate::web) struct RulesView {
    pub(in crate::web) frame: Frame,
    pub(in crate::web) rules: String,
    pub(in crate::web) preview: Option<PreviewView>,
    /// Why the form was not carried out.
    pub(in crate::web) message: Option<Message>,
}

/// What rules would have done.
pub(in crate::web) struct PreviewView {
    pub(in crate::web) title: String,
    pub(in crate::web) rows: Vec<PreviewLine>,
    pub(in crate::web) has_more: bool,
}

/// An entry that rules would have touched.
pub(in crate::web) struct PreviewLine {
    pub(in crate::web) id: EntryId,
    pub(in crate::web) title: String,
    pub(in crate::web) what: String,
}

impl PreviewView {
    pub(in crate::web) fn new(preview: Preview, visit: &Visit) -> Self {
        let words = visit.words;
        let rows = preview.rows.into_iter().map(|row| {
            let what = row.lines.iter().map(|(line, action)| (words.library.rule_line)(*line, action.word()));
            let what: Vec<String> = what.collect();
            let title = if row.title.trim().is_empty() { words.untitled.to_owned() } else { row.title };
            PreviewLine { id: row.id, title, what: what.join(" · ") }
        });
        Self {
            title: (words.library.rules_preview_title)(preview.looked_at),
            rows: rows.collect(),
            has_more: preview.has_more,
        }
    }
}
