//! What the pages say about what readers keep: tags, highlights, saved searches, rules, shares, imports.

mod en;
mod ja;

use yomu_store::Leaving;

pub(super) use en::EN;
pub(super) use ja::JA;

/// The words of one language, as `words.library`.
pub(in crate::web) struct LibraryWords {
    // Tags
    pub(in crate::web) tags: &'static str,
    pub(in crate::web) tags_recent: &'static str,
    pub(in crate::web) tag_add: &'static str,
    pub(in crate::web) tag_take: fn(&str) -> String,
    pub(in crate::web) tag_name: &'static str,
    pub(in crate::web) tag_remove: &'static str,
    pub(in crate::web) tag_merge_help: &'static str,
    pub(in crate::web) no_tags: &'static str,
    // Highlights
    pub(in crate::web) highlights: &'static str,
    pub(in crate::web) highlight: &'static str,
    pub(in crate::web) highlight_note: &'static str,
    pub(in crate::web) highlight_by_hand: &'static str,
    pub(in crate::web) highlight_passage: &'static str,
    pub(in crate::web) highlight_help: &'static str,
    pub(in crate::web) highlight_gone: &'static str,
    pub(in crate::web) highlight_remove: &'static str,
    pub(in crate::web) note: &'static str,
    pub(in crate::web) note_save: &'static str,
    pub(in crate::web) no_highlights: &'static str,
    pub(in crate::web) no_highlights_found: &'static str,
    pub(in crate::web) highlights_search: &'static str,
    pub(in crate::web) as_markdown: &'static str,

    // Saved searches
    pub(in crate::web) searches: &'static str,
    pub(in crate::web) search_keep: &'static str,
    pub(in crate::web) search_name: &'static str,
    pub(in crate::web) search_query: &'static str,
    pub(in crate::web) search_forget: &'static str,

    // Rules
    pub(in crate::web) rules_all: &'static str,
    pub(in crate::web) rules_all_help: &'static str,
    pub(in crate::web) rules_preview: &'static str,
    pub(in crate::web) rules_preview_title: fn(u32) -> String,
    pub(in crate::web) rules_nothing: &'static str,
    pub(in crate::web) rules_more: &'static str,
    /// What a line would have done, by the word of its action.
    pub(in crate::web) rule_line: fn(usize, &str) -> String,

    // Public links
    pub(in crate::web) share: &'static str,
    pub(in crate::web) shares: &'static str,
    pub(in crate::web) share_new: &'static str,
    pub(in crate::web) share_once: &'static str,
    pub(in crate::web) no_shares: &'static str,

    // Saving
    pub(in crate::web) save_title: &'static str,
    pub(in crate::web) save_help: &'static str,
    pub(in crate::web) bookmarklet: &'static str,
    pub(in crate::web) bookmarklet_help: &'static str,

    // Feeds brought along
    pub(in crate::web) import_progress_title: &'static str,
    /// How many feeds there are, how many of them wait, and how many failed.
    pub(in crate::web) import_progress: fn(u32, u32, u32) -> String,
    /// How those fare that came in the last hours.
    pub(in crate::web) import_lately: fn(u64, &str) -> String,
    pub(in crate::web) import_look: &'static str,
    pub(in crate::web) import_look_again: &'static str,

    // Pages brought along
    pub(in crate::web) import_pages_help: &'static str,
    pub(in crate::web) pages_title: &'static str,
    pub(in crate::web) pages_waiting: fn(u32) -> String,
    pub(in crate::web) pages_failed: fn(u32) -> String,

    // The first minutes
    pub(in crate::web) suggestions: &'static str,
    pub(in crate::web) suggestions_help: &'static str,

    // Storage
    pub(in crate::web) storage: &'static str,
    pub(in crate::web) kept: &'static str,
    pub(in crate::web) kept_entries: &'static str,
    pub(in crate::web) retention: &'static str,
    pub(in crate::web) retention_read: &'static str,
    pub(in crate::web) retention_removed: fn(u32) -> String,
    pub(in crate::web) retention_unsubscribed: &'static str,
    pub(in crate::web) retention_devices: fn(u32) -> String,
    pub(in crate::web) waiting_deletion: &'static str,
    pub(in crate::web) removed_entries: fn(u32) -> String,
    pub(in crate::web) deleted_at: fn(&str) -> String,

    // Leaving a feed
    /// What becomes of its entries, and for how many hours it can be taken back.
    pub(in crate::web) leaving: fn(&Leaving, u64) -> String,

    // Counts
    pub(in crate::web) entries_unread: fn(u32, u32) -> String,
}
