//! Feeds to begin with.

use askama::Template;

use super::Frame;
use crate::suggestions::{SUGGESTIONS, Suggestion};

/// The page of suggestions, by language.
#[derive(Template)]
#[template(path = "suggestions.html")]
pub(in crate::web) struct SuggestionsView {
    pub(in crate::web) frame: Frame,
    pub(in crate::web) groups: Vec<SuggestionGroup>,
}

/// The suggestions of one language.
pub(in crate::web) struct SuggestionGroup {
    pub(in crate::web) lang: &'static str,
    pub(in crate::web) name: &'static str,
    pub(in crate::web) feeds: Vec<&'static Suggestion>,
}

impl SuggestionsView {
    /// The language of the page comes first.
    pub(in crate::web) fn new(frame: Frame) -> Self {
        let group = |lang, name| SuggestionGroup {
            lang,
            name,
            feeds: SUGGESTIONS.iter().filter(|one| one.lang == lang).collect(),
        };
        let mut groups = vec![group("en", "English"), group("ja", "日本語")];
        groups.sort_by_key(|one| one.lang != frame.words.code);
        Self { frame, groups }
    }
}
