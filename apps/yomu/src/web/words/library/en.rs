//! English.

use yomu_store::Leaving;

use super::LibraryWords;
use crate::web::words::grouped;

pub(in crate::web::words) static EN: LibraryWords = LibraryWords {
    tags: "Tags",
    tags_recent: "Recent tags",
    tag_add: "Add tag",
    tag_take: |name| format!("Remove the tag “{name}”"),
    tag_name: "Name of the tag",
    tag_remove: "Remove from all entries",
    tag_merge_help: "A name that another tag has makes the two one.",
    no_tags: "No tags yet. Give an entry one at its end, and it is found here.",
    highlights: "Highlights",
    highlight: "Highlight",
    highlight_note: "Note",
    highlight_by_hand: "Add a highlight",
    highlight_passage: "Passage",
    highlight_help: "Select text in the article and press h, or paste a passage here.",
    highlight_gone: "No longer in the text",
    highlight_remove: "Remove highlight",
    note: "Note",
    note_save: "Save note",
    no_highlights: "No highlights yet. Select text in an article and press h.",
    no_highlights_found: "No highlight or note has these words.",
    highlights_search: "Search highlights and notes",
    as_markdown: "Save as Markdown",

    searches: "Saved searches",
    search_keep: "Keep this search",
    search_name: "Name",
    search_query: "Search",
    search_forget: "Forget this search",

    rules_all: "Rules for all feeds",
    rules_all_help: "They are held against every new entry, after the rules of its own feed.",
    rules_preview: "Preview",
    rules_preview_title: |count| {
        let entries = if count == 1 { "1 entry".to_owned() } else { format!("{} entries", grouped(count)) };
        format!("In the last 30 days, {entries} looked at")
    },
    rules_nothing: "No rule would have done anything.",
    rules_more: "There are more; these are the newest.",
    rule_line: |line, action| format!("line {line}: {action}"),

    share: "Share",
    shares: "Public links",
    share_new: "New public link",
    share_once: "Whoever has this link can read the entry, and nothing else of yours. It is not shown again.",
    no_shares: "Nothing is shared. “Share” under an entry makes a link that anybody can open.",

    save_title: "Save a page",
    save_help: "The page is fetched and kept, to be read later.",
    bookmarklet: "Save to Yomu",
    bookmarklet_help: "Drag this to the bookmarks of your browser. Pressed on any page, it brings you here to save it.",

    import_progress_title: "How the feeds come in",
    import_progress: |feeds, waiting, failed| {
        let asked = format!("{} of {} feeds asked", grouped(feeds.saturating_sub(waiting)), grouped(feeds));
        if failed == 0 { asked } else { format!("{asked}; {} could not be fetched", grouped(failed)) }
    },
    import_lately: |hours, how| format!("New in the last {hours} hours: {how}"),
    import_look: "Look",
    import_look_again: "Look again",

    import_pages_help: "Or a file with the pages that you saved elsewhere: Pocket, Instapaper, Omnivore, wallabag, Readeck, or \
        the bookmarks of a browser. State, tags, dates and highlights come along.",
    pages_title: "Pages from elsewhere",
    pages_waiting: |count| {
        if count == 1 {
            "1 page is still to be fetched".to_owned()
        } else {
            format!("{} pages are still to be fetched", grouped(count))
        }
    },
    pages_failed: |count| {
        let pages = if count == 1 { "1 page".to_owned() } else { format!("{} pages", grouped(count)) };
        format!("{pages} could not be fetched. Title, address and tags are kept:")
    },

    suggestions: "Suggested feeds",
    suggestions_help: "Well-known feeds to begin with. They are suggestions: tick what you like, and leave any of them whenever you want.",

    storage: "Storage",
    kept: "What is kept",
    kept_entries: "Entries",
    retention: "What is deleted, and when",
    retention_read: "Nothing is deleted because it is old or was read: entries, stars, tags and highlights stay.",
    retention_removed: |hours| {
        format!("What you delete can be brought back for {hours} hours, and is gone after that.")
    },
    retention_unsubscribed: "The entries of a feed that you leave go in the same way, but for those with a star, a tag, a highlight or a public \
        link: they stay under Saved.",
    retention_devices: |days| format!("A device that was not used for {days} days is signed out."),
    waiting_deletion: "Waiting to be deleted",
    removed_entries: |count| if count == 1 { "1 entry".to_owned() } else { format!("{} entries", grouped(count)) },
    deleted_at: |time| format!("deleted for good from {time}"),

    leaving,

    entries_unread,
};

fn leaving(feed: &Leaving, hours: u64) -> String {
    let entries = |count: u32| if count == 1 { "1 entry".to_owned() } else { format!("{} entries", grouped(count)) };
    let back = format!("It can be taken back for {hours} hours, on the page after it and under Storage.");
    let gone = feed.entries.saturating_sub(feed.kept);
    if feed.kept == 0 {
        return format!("Unsubscribing deletes {}. {back}", entries(gone));
    }
    let parts = [
        (feed.starred, "starred"),
        (feed.tagged, "tagged"),
        (feed.highlighted, "highlighted"),
        (feed.shared, "with a public link"),
    ];
    let parts = parts.iter().filter(|(count, _)| *count > 0);
    let parts: Vec<String> = parts.map(|(count, what)| format!("{} {what}", grouped(*count))).collect();
    let stay = if feed.kept == 1 { "stays" } else { "stay" };
    let kept = format!("{} {stay} under Saved: {}.", entries(feed.kept), parts.join(", "));
    format!("Unsubscribing deletes {}. {kept} {back}", entries(gone))
}

fn entries_unread(entries: u32, unread: u32) -> String {
    let entries = if entries == 1 { "1 entry".to_owned() } else { format!("{} entries", grouped(entries)) };
    if unread == 0 { entries } else { format!("{entries}, {} unread", grouped(unread)) }
}
