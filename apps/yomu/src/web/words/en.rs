//! English.

use crate::web::notice::{Done, Notice};

use super::dates::{ago_en, moment_en};
use super::{Words, grouped, library};

pub(in crate::web) static EN: Words = Words {
    code: "en",
    other_code: "ja",
    other_language: "日本語",

    skip_to_content: "Skip to content",
    places: "Places",
    menu: "Menu",
    unread: "Unread",
    starred: "Starred",
    saved: "Saved",
    all: "All",
    feeds: "Feeds",
    folders: "Folders",
    search: "Search",
    add: "Add",
    settings: "Settings",
    trouble: "Trouble",
    undo: "Undo",
    remove: "Delete",
    edit: "Edit",

    mark_all_read: "Mark all read",
    mark_read: "Mark read",
    mark_unread: "Keep unread",
    mark_down_to_here: "Mark read down to here",
    star: "Star",
    unstar: "Remove star",
    show_all: "Show all",
    show_unread: "Only unread",
    newest_first: "Newest first",
    oldest_first: "Oldest first",
    refresh: "Refresh",
    refresh_all: "Refresh all",
    pages: "Pages",
    next_page: "Next page",
    untitled: "Untitled",
    nothing_unread: "Nothing unread. Enjoy the quiet.",
    nothing_starred: "Nothing starred yet. A star keeps an entry here.",
    nothing_saved: "No saved pages yet. Paste any address under “Add” to read it later.",
    nothing_here: "Nothing here yet.",

    original: "Original",
    fetch_article: "Fetch full text",
    show_article: "Show full text",
    show_feed_text: "Show the feed’s text",
    attachments: "Attachments",
    comments: "Comments",
    previous: "Previous",
    next: "Next",
    back_to_list: "Back to list",
    read_and_next: "Mark read and next",
    reading_time,
    duration,

    reading: "Text and display",
    theme: "Colours",
    themes: ["Auto", "Light", "Sepia", "Dark"],
    font: "Typeface",
    fonts: ["Auto", "Serif", "Sans serif"],
    text_size: "Text size",
    width: "Line length",
    widths: ["Short", "Medium", "Long"],
    leading: "Line spacing",
    leadings: ["Close", "Normal", "Open"],
    japanese_articles: "Articles in Japanese",
    horizontal_lines: "Horizontal",
    vertical_lines: "Vertical",
    read_vertically: "Read in vertical lines",
    read_horizontally: "Read in horizontal lines",
    scrolled: "What was scrolled past in a list",
    scrolled_unread: "Stays unread",
    scrolled_read: "Is marked read",
    reading_sample: "A piece of text to see it on",
    close: "Close",
    enlarge: "Show larger",

    keys_title: "Keys",
    keys: [
        ("j / k", "Next, previous entry"),
        ("n", "Next unread entry, in the next feed when this one is done"),
        ("o", "Open the entry; Enter does too"),
        ("u", "Back to the list; Escape does too"),
        ("m", "Mark read or unread"),
        ("s", "Star, or take the star away"),
        ("v", "Open the original in a new window"),
        ("f", "The full text, or the feed’s"),
        ("r", "Refresh"),
        ("A", "Mark the whole list read"),
        ("/", "Search"),
        ("?", "Show these keys"),
        ("g u / g s", "Go to what is unread, or starred"),
        ("g p / g a", "Go to saved pages, or to everything"),
        ("g f", "Go to the feeds"),
        ("g n", "Add something new"),
    ],
    keys_on: "Use single-key shortcuts",

    say_marked: "Marked read: {n}",
    say_waiting: "Marks that wait to be sent: {n}",
    say_refused: "The server refused a mark; it is taken back",
    say_retry: "Send now",
    say_news: "New: {n}",
    say_not_kept: "This is not kept on this device",
    say_kept: "Kept on this device: {n}",
    keep_offline: "Keep for offline",
    offline: "Offline",
    offline_title: "This page is not kept on this device",
    offline_text: "There is no connection just now. What you have opened before, and what you kept for offline, can be read; \
        marks are sent later.",

    no_folder: "Without folder",
    no_feeds: "No feeds yet.",
    folder_title: "Title of the folder",
    rename: "Rename",
    remove_folder: "Remove folder, keep feeds",
    unsubscribe: "Unsubscribe",
    leave_title: "Unsubscribe from this feed?",
    leave_not: "Keep it",
    subscribe: "Subscribe",

    trouble_title: "What is wrong with which feed",
    no_trouble: "All feeds are well.",
    try_again: "Try again",
    find_address: "Find its new address",
    find_title: "The feed’s new address",
    find_choose: "Several feeds were found on its site. Which one takes its place?",
    use_address: "Use this one",
    save_and_try: "Save and try again",
    hush: "Keep it, silently",
    hushed: "Kept silently",
    unhush: "Hear of it again",
    stopped: "It is not asked any more",
    since: |time| format!("Since {time}"),
    next_try: |time| format!("next try {time}"),
    // Failures are stored as English sentences, which name the host and the status.
    trouble_kind: |_| None,
    trouble_unknown: "The feed could not be fetched",

    title: "Title",
    folder: "Folder",
    folder_help: "A new name makes a new folder; empty for none.",
    address: "Address",
    full_text: "Fetch the full text of each entry",
    full_text_help: "For feeds that only bring the beginning: the article is taken from the entry’s page.",
    encoding: "Encoding",
    encoding_automatic: "Automatic",
    encoding_help: "Change it only if the text looks garbled.",
    credentials: "Name and password, if the feed asks for them",
    username: "Name",
    password: "Password",
    password_kept: "unchanged",
    rules: "Rules for new entries",
    rules_help_title: "How rules are written",
    rules_help: "One rule a line: an action (keep, drop, read, star, move, or tag and its name), a field (title, author, url, category, content, any) \
        and a condition (contains, is, word, or matches with a regular expression between slashes; put “not” before it for \
        the opposite). The first keep or drop that fits decides; every read, star, tag and move that fits is done. \
        Move puts an entry under Saved, to be read later, and not in its feed. Lines that begin \
        with # are notes.",
    rules_example: "# keep what is about Rust, drop the advertisements\n\
        keep title contains rust\n\
        drop title contains sponsored\n\
        drop url matches /\\/(ads|promo)\\//\n\
        read author is Jane Doe\n\
        star any word 東京\n\
        tag \"to cook\" title contains recipe\n\
        move title contains interview",
    save_settings: "Save settings",
    how_it_goes: "How it goes",
    last_asked: "Last asked",
    last_news: "Last news",
    next_asked: "Next time",
    document_problems: "The feed can be read, although something is odd about it:",

    search_placeholder: "Words, “phrases”, feed:name",
    search_help_title: "What you can type",
    search_examples: [
        ("rust 言語", "entries with both words"),
        ("\"slow reading\"", "this phrase"),
        ("東京 OR 京都", "either"),
        ("cat -dog", "cat, but not dog"),
        ("title:garden", "in the title"),
        ("feed:margin", "from feeds whose title contains it; folder: works alike"),
        ("author:mori", "by somebody whose name contains it"),
        ("tag:travel", "with a tag of your own; -tag: without it"),
        ("is:starred", "starred; also is:unread, is:read, is:saved"),
        ("after:2026-01 before:2026-07", "published in the first half of 2026"),
    ],
    nothing_found: "Nothing found.",
    query_problem: |problem| problem.to_string(),

    add_title: "Add a feed or a page",
    add_help: "The address of a site, a feed or any page. The feed is found by itself.",
    choose_feed: "This site has several feeds. Which one?",
    save_page: "Save page for later",
    have_opml: "Coming from another reader?",
    transfer_title: "Import and export",
    import_title: "Import from another reader",
    import_help: "Choose the OPML file that your other reader exports. Folders are kept; feeds you have already are left alone.",
    import_problems: "Imported, except for these lines:",
    opml_file: "OPML file",
    import: "Import",
    export_title: "Take your feeds along",
    export_help: "All your feeds and folders as an OPML file, for a backup or another reader.",
    export: "Export",
    welcome_title: "Welcome to Yomu",
    welcome_text: "Feeds and saved pages in one quiet list. Choose a way in; you can take the others later.",
    welcome_address: "Paste an address",
    sample_title: "Just look around",
    sample_help: "A few feeds and pages in English and Japanese that come with Yomu. They need no network and are easily removed.",
    sample_open: "Open the sample library",

    library: &library::EN,

    sign_in_title: "Sign in to Yomu",
    sign_in_text: "This reader is for people who have an account or an invitation.",
    sign_in_first: "Nobody has signed in yet. Whoever does so first looks after this reader and takes over what is in it.",
    sign_in_with: |name| format!("Sign in with {name}"),
    sign_out: "Sign out",
    invitation_title: "You are invited",
    invitation_text: |by| format!("{by} invites you to read here. Sign in, and the account is yours."),

    account: "Account",
    signed_in_as: |email| format!("Signed in as {email}"),
    preferences: "Language and time",
    language: "Language",
    as_the_browser: "As in the browser",
    time_zone: "Time zone",
    app_passwords: "App passwords",
    app_passwords_help: "For reading apps that cannot sign in here. Each app gets its own, so that it can be shut out alone.",
    app_password_name: "App and device",
    app_password_create: "Create",
    app_password_new: "A new app password",
    app_password_once: "Enter both in the app now. The password is not shown again.",
    made_at: |ago| format!("Created: {}", before(ago)),
    used_at: |ago| format!("Last used: {}", before(ago)),
    never_used: "Never used",
    revoke: "Revoke",
    devices: "Devices",
    this_device: "This device",
    unknown_device: "Unknown device",
    signed_in_at: |ago| format!("Signed in: {}", before(ago)),
    seen_at: |ago| format!("Last seen: {}", before(ago)),
    sign_out_everywhere: "Sign out everywhere",
    delete_account: "Delete my account",
    delete_account_help: "Your feeds, marks and saved pages are deleted with it. There is no way back.",
    confirm_name: "To confirm, type",
    done: "Done",

    admin: "Administration",
    people: "People",
    is_admin: "Admin",
    make_admin: "Make admin",
    unmake_admin: "Make an ordinary reader",
    remove_user: "Delete account",
    remove_user_help: "All that this person has here is deleted. There is no way back.",
    person_has,
    invitations: "Invitations",
    invitations_help: "Each link lets one person in, once, within a week.",
    invitation_for: "For whom",
    invite: "Invite",
    invitation_new: "A new invitation",
    invitation_once: "Send this link to the person. It is not shown again.",
    good_until: |time| format!("Good until {time}"),
    take_back: "Take back",
    readers: |count| counted(count, "reader", "readers"),
    storage_facts,

    notice,

    error_title: "That did not work",
    error_not_found: "There is nothing at this address",
    error_refused: "This request came from another site, so nothing was changed",
    error_signed_out: "You are signed out, so nothing was changed; sign in and try again",
    error_too_many: "Too many tries from your network; wait a moment",
    error_other_host: "Yomu is not known by this host name; use the address it printed at start, or set BASE_URL",
    error_too_large: "This is more than Yomu reads at once",
    error_too_slow: "This took too long; try again in a moment",
    error_bad_request: "Yomu could not make sense of this request",
    error_away: "Yomu cannot reach its database, or the disk is full; try again in a moment",
    error_internal: "Something went wrong on our side; the log has the details",
    to_front_page: "To the front page",

    ago: ago_en,
    moment: moment_en,
};

fn reading_time(minutes: u32) -> String {
    format!("{} min read", grouped(minutes.max(1)))
}

/// How long ago, in a sentence: lists of entries say "5 min" alone.
fn before(ago: &str) -> String {
    let is_span = ago.ends_with(" min") || ago.ends_with(" h");
    if is_span { format!("{ago} ago") } else { ago.to_owned() }
}

fn duration(seconds: u32) -> String {
    match (seconds / 3600, seconds / 60 % 60) {
        (0, 0) => format!("{seconds} s"),
        (0, minutes) => format!("{minutes} min"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

fn counted(count: u32, one: &str, many: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{} {many}", grouped(count)) }
}

fn person_has(feeds: u32, entries: u32, pages: u32, size: &str) -> String {
    let feeds = counted(feeds, "feed", "feeds");
    let entries = counted(entries, "entry", "entries");
    format!("{feeds}, {entries}, {} ({size})", counted(pages, "saved page", "saved pages"))
}

fn storage_facts(size: &str, feeds: u32, entries: u32) -> String {
    format!("The database has {size}: {} and {}", counted(feeds, "feed", "feeds"), counted(entries, "entry", "entries"))
}

fn notice(notice: &Notice) -> String {
    /// As long as `limits::REMOVED_FOR` says.
    const BACK: &str = "It can be taken back for 24 hours";
    let sentence = match notice.what {
        Done::Marked => return format!("{} marked read", counted(notice.count, "entry", "entries")),
        Done::Refreshing => return format!("Asking {} for news", counted(notice.count, "feed", "feeds")),
        Done::Imported => return format!("{} imported; they fill in a moment", counted(notice.count, "feed", "feeds")),
        Done::Removed => "Deleted",
        Done::Unsubscribed if notice.count > 0 => {
            let (entries, are) = if notice.count == 1 { ("entry", "is") } else { ("entries", "are") };
            let count = grouped(notice.count);
            return format!("Unsubscribed. {count} {entries} that you had set apart {are} kept under Saved. {BACK}");
        }
        Done::Unsubscribed => return format!("Unsubscribed. {BACK}"),
        Done::Undone => "Taken back",
        Done::NothingToUndo => "It was too late to take that back",
        Done::Subscribed => "Subscribed",
        Done::SubscribedBefore => "You read this feed already",
        Done::SettingsSaved => "Settings saved",
        Done::FeedMoved => "The feed has its new address",
        Done::FeedHushed => "The feed stays, and nothing more is said of it",
        Done::FeedUnhushed => "You hear of this feed’s trouble again",
        Done::Refreshed => "Up to date",
        Done::PageSaved => "Page saved",
        Done::FolderRenamed => "Folder renamed",
        Done::FolderRemoved => "Folder removed; its feeds are still there",
        Done::Highlighted => "Highlighted",
        Done::NoteSaved => "Note saved",
        Done::HighlightRemoved => "Highlight removed",
        Done::SearchKept => "The search is kept",
        Done::SearchForgotten => "The search is forgotten",
        Done::ShareRevoked => "The link is good no more",
        Done::PagesImported => {
            return format!("{} imported; their texts are being fetched", counted(notice.count, "page", "pages"));
        }
        Done::Tagged => "Tags changed",
        Done::TagRenamed => "Tag renamed",
        Done::TagRemoved => "Tag removed",
        Done::SampleOpened => "Here is the sample library",
        Done::SignedOut => "You are signed out",
        Done::SignedOutEverywhere => "You are signed out on all devices",
        Done::DeviceSignedOut => "That device is signed out",
        Done::AppPasswordRemoved => "The password is good no more",
        Done::AccountDeleted => "Your account is deleted",
        Done::UserRemoved => "The account is deleted",
        Done::AdminMade => "There is one more admin",
        Done::AdminUnmade => "There is one admin less",
        Done::InvitationRemoved => "The invitation is taken back",
    };
    sentence.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_not_many() {
        let marked = |count| notice(&Notice::of(Done::Marked).with_count(count));
        assert_eq!(
            [marked(1), marked(0), marked(1200)],
            ["1 entry marked read", "0 entries marked read", "1,200 entries marked read"]
        );
    }

    #[test]
    fn durations_are_short() {
        assert_eq!([40, 95, 3600, 7384].map(duration), ["40 s", "1 min", "1 h 0 min", "2 h 3 min"]);
        assert_eq!([0, 1, 12].map(reading_time), ["1 min read", "1 min read", "12 min read"]);
    }
}
