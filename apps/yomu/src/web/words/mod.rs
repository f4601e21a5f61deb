//! Everything that the pages say, in each language: one struct, so that a missing sentence does not compile.

mod dates;
mod en;
mod ja;
mod library;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use yomu_model::search::QueryProblem;

use super::notice::Notice;

pub(super) use dates::datetime;
pub(super) use en::EN;
pub(super) use ja::JA;
use library::LibraryWords;

/// The words of one language.
pub(super) struct Words {
    // The language itself
    /// Its tag, for `lang`.
    pub(super) code: &'static str,
    pub(super) other_code: &'static str,
    /// The name of the other language, in that language.
    pub(super) other_language: &'static str,

    // Around every page
    pub(super) skip_to_content: &'static str,
    pub(super) places: &'static str,
    pub(super) menu: &'static str,
    pub(super) unread: &'static str,
    pub(super) starred: &'static str,
    pub(super) saved: &'static str,
    pub(super) all: &'static str,
    pub(super) feeds: &'static str,
    pub(super) folders: &'static str,
    pub(super) search: &'static str,
    pub(super) add: &'static str,
    pub(super) settings: &'static str,
    pub(super) trouble: &'static str,
    pub(super) undo: &'static str,
    pub(super) remove: &'static str,
    pub(super) edit: &'static str,

    // Lists
    pub(super) mark_all_read: &'static str,
    pub(super) mark_read: &'static str,
    pub(super) mark_unread: &'static str,
    pub(super) mark_down_to_here: &'static str,
    pub(super) star: &'static str,
    pub(super) unstar: &'static str,
    pub(super) show_all: &'static str,
    pub(super) show_unread: &'static str,
    pub(super) newest_first: &'static str,
    pub(super) oldest_first: &'static str,
    pub(super) refresh: &'static str,
    pub(super) refresh_all: &'static str,
    pub(super) pages: &'static str,
    pub(super) next_page: &'static str,
    pub(super) untitled: &'static str,
    pub(super) nothing_unread: &'static str,
    pub(super) nothing_starred: &'static str,
    pub(super) nothing_saved: &'static str,
    pub(super) nothing_here: &'static str,

    // One entry
    pub(super) original: &'static str,
    pub(super) fetch_article: &'static str,
    pub(super) show_article: &'static str,
    pub(super) show_feed_text: &'static str,
    pub(super) attachments: &'static str,
    pub(super) comments: &'static str,
    pub(super) previous: &'static str,
    pub(super) next: &'static str,
    pub(super) back_to_list: &'static str,
    pub(super) read_and_next: &'static str,
    pub(super) reading_time: fn(u32) -> String,
    pub(super) duration: fn(u32) -> String,

    // How pages look and articles are set
    pub(super) reading: &'static str,
    pub(super) theme: &'static str,
    pub(super) themes: [&'static str; 4],
    pub(super) font: &'static str,
    pub(super) fonts: [&'static str; 3],
    pub(super) text_size: &'static str,
    pub(super) width: &'static str,
    pub(super) widths: [&'static str; 3],
    pub(super) leading: &'static str,
    pub(super) leadings: [&'static str; 3],
    pub(super) japanese_articles: &'static str,
    pub(super) horizontal_lines: &'static str,
    pub(super) vertical_lines: &'static str,
    pub(super) read_vertically: &'static str,
    pub(super) read_horizontally: &'static str,
    pub(super) scrolled: &'static str,
    pub(super) scrolled_unread: &'static str,
    pub(super) scrolled_read: &'static str,
    pub(super) reading_sample: &'static str,
    pub(super) close: &'static str,
    pub(super) enlarge: &'static str,

    // The keyboard
    pub(super) keys_title: &'static str,
    /// Keys, and what they do; ` / ` stands between keys that belong together.
    pub(super) keys: [(&'static str, &'static str); 16],
    pub(super) keys_on: &'static str,

    // What scripts say; `{n}` is a number
    pub(super) say_marked: &'static str,
    pub(super) say_waiting: &'static str,
    pub(super) say_refused: &'static str,
    pub(super) say_retry: &'static str,
    pub(super) say_news: &'static str,
    pub(super) say_not_kept: &'static str,
    pub(super) say_kept: &'static str,
    pub(super) keep_offline: &'static str,
    pub(super) offline: &'static str,
    pub(super) offline_title: &'static str,
    pub(super) offline_text: &'static str,

    // Feeds and folders
    pub(super) no_folder: &'static str,
    pub(super) no_feeds: &'static str,
    pub(super) folder_title: &'static str,
    pub(super) rename: &'static str,
    pub(super) remove_folder: &'static str,
    pub(super) unsubscribe: &'static str,
    pub(super) leave_title: &'static str,
    pub(super) leave_not: &'static str,
    pub(super) subscribe: &'static str,

    // What is wrong with feeds
    pub(super) trouble_title: &'static str,
    pub(super) no_trouble: &'static str,
    pub(super) try_again: &'static str,
    pub(super) find_address: &'static str,
    pub(super) find_title: &'static str,
    pub(super) find_choose: &'static str,
    pub(super) use_address: &'static str,
    pub(super) save_and_try: &'static str,
    pub(super) hush: &'static str,
    pub(super) hushed: &'static str,
    pub(super) unhush: &'static str,
    pub(super) stopped: &'static str,
    pub(super) since: fn(&str) -> String,
    pub(super) next_try: fn(&str) -> String,
    /// A sentence by the stable code of a failure; none where the stored sentence has to do.
    pub(super) trouble_kind: fn(&str) -> Option<&'static str>,
    pub(super) trouble_unknown: &'static str,

    // Settings of a feed
    pub(super) title: &'static str,
    pub(super) folder: &'static str,
    pub(super) folder_help: &'static str,
    pub(super) address: &'static str,
    pub(super) full_text: &'static str,
    pub(super) full_text_help: &'static str,
    pub(super) encoding: &'static str,
    pub(super) encoding_automatic: &'static str,
    pub(super) encoding_help: &'static str,
    pub(super) credentials: &'static str,
    pub(super) username: &'static str,
    pub(super) password: &'static str,
    pub(super) password_kept: &'static str,
    pub(super) rules: &'static str,
    pub(super) rules_help_title: &'static str,
    pub(super) rules_help: &'static str,
    pub(super) rules_example: &'static str,
    pub(super) save_settings: &'static str,
    pub(super) how_it_goes: &'static str,
    pub(super) last_asked: &'static str,
    pub(super) last_news: &'static str,
    pub(super) next_asked: &'static str,
    pub(super) document_problems: &'static str,

    // Search
    pub(super) search_placeholder: &'static str,
    pub(super) search_help_title: &'static str,
    /// What can be typed, and what it finds.
    pub(super) search_examples: [(&'static str, &'static str); 10],
    pub(super) nothing_found: &'static str,
    pub(super) query_problem: fn(&QueryProblem) -> String,

    // Ways in and out
    pub(super) add_title: &'static str,
    pub(super) add_help: &'static str,
    pub(super) choose_feed: &'static str,
    pub(super) save_page: &'static str,
    pub(super) have_opml: &'static str,
    pub(super) transfer_title: &'static str,
    pub(super) import_title: &'static str,
    pub(super) import_help: &'static str,
    pub(super) import_problems: &'static str,
    pub(super) opml_file: &'static str,
    pub(super) import: &'static str,
    pub(super) export_title: &'static str,
    pub(super) export_help: &'static str,
    pub(super) export: &'static str,
    pub(super) welcome_title: &'static str,
    pub(super) welcome_text: &'static str,
    pub(super) welcome_address: &'static str,
    pub(super) sample_title: &'static str,
    pub(super) sample_help: &'static str,
    pub(super) sample_open: &'static str,

    /// What readers keep.
    pub(super) library: &'static LibraryWords,

    // Signing in
    pub(super) sign_in_title: &'static str,
    pub(super) sign_in_text: &'static str,
    pub(super) sign_in_first: &'static str,
    pub(super) sign_in_with: fn(&str) -> String,
    pub(super) sign_out: &'static str,
    pub(super) invitation_title: &'static str,
    pub(super) invitation_text: fn(&str) -> String,

    // One’s own account
    pub(super) account: &'static str,
    pub(super) signed_in_as: fn(&str) -> String,
    pub(super) preferences: &'static str,
    pub(super) language: &'static str,
    pub(super) as_the_browser: &'static str,
    pub(super) time_zone: &'static str,
    pub(super) app_passwords: &'static str,
    pub(super) app_passwords_help: &'static str,
    pub(super) app_password_name: &'static str,
    pub(super) app_password_create: &'static str,
    pub(super) app_password_new: &'static str,
    pub(super) app_password_once: &'static str,
    pub(super) made_at: fn(&str) -> String,
    pub(super) used_at: fn(&str) -> String,
    pub(super) never_used: &'static str,
    pub(super) revoke: &'static str,
    pub(super) devices: &'static str,
    pub(super) this_device: &'static str,
    pub(super) unknown_device: &'static str,
    pub(super) signed_in_at: fn(&str) -> String,
    pub(super) seen_at: fn(&str) -> String,
    pub(super) sign_out_everywhere: &'static str,
    pub(super) delete_account: &'static str,
    pub(super) delete_account_help: &'static str,
    pub(super) confirm_name: &'static str,
    pub(super) done: &'static str,

    // For admins
    pub(super) admin: &'static str,
    pub(super) people: &'static str,
    pub(super) is_admin: &'static str,
    pub(super) make_admin: &'static str,
    pub(super) unmake_admin: &'static str,
    pub(super) remove_user: &'static str,
    pub(super) remove_user_help: &'static str,
    pub(super) person_has: fn(u32, u32, u32, &str) -> String,
    pub(super) invitations: &'static str,
    pub(super) invitations_help: &'static str,
    pub(super) invitation_for: &'static str,
    pub(super) invite: &'static str,
    pub(super) invitation_new: &'static str,
    pub(super) invitation_once: &'static str,
    pub(super) good_until: fn(&str) -> String,
    pub(super) take_back: &'static str,
    pub(super) readers: fn(u32) -> String,
    pub(super) storage_facts: fn(&str, u32, u32) -> String,

    // After a form
    pub(super) notice: fn(&Notice) -> String,

    // Failures
    pub(super) error_title: &'static str,
    pub(super) error_not_found: &'static str,
    pub(super) error_refused: &'static str,
    pub(super) error_signed_out: &'static str,
    pub(super) error_too_many: &'static str,
    pub(super) error_other_host: &'static str,
    pub(super) error_too_large: &'static str,
    pub(super) error_too_slow: &'static str,
    pub(super) error_bad_request: &'static str,
    pub(super) error_away: &'static str,
    pub(super) error_internal: &'static str,
    pub(super) to_front_page: &'static str,

    // Times
    /// How long ago, as short as in a list.
    pub(super) ago: fn(Timestamp, Timestamp, &TimeZone) -> String,
    /// Day and minute.
    pub(super) moment: fn(Timestamp, &TimeZone) -> String,
}

/// A number with thousands apart: `12,345` in both languages.
pub(super) fn grouped(number: u32) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.char_indices() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;

    #[test]
    fn thousands_stand_apart() {
        for (number, written) in [(0, "0"), (999, "999"), (1_000, "1,000"), (1_234_567, "1,234,567")] {
            assert_eq!(grouped(number), written);
        }
    }

    #[test]
    fn every_sentence_is_used() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut used = String::new();
        for folder in ["templates", "src/web/views", "src/web/layers", "src/web/pages"] {
            for file in fs::read_dir(root.join(folder)).unwrap() {
                used.push_str(&fs::read_to_string(file.unwrap().path()).unwrap());
            }
        }
        used.push_str(&fs::read_to_string(root.join("src/web/visit.rs")).unwrap());
        let declared = include_str!("mod.rs").lines().map(str::trim);
        let fields = declared
            .filter_map(|line| line.strip_prefix("pub(super) ")?.split_once(": "))
            .map(|(name, _)| name)
            // Not the functions beside the struct.
            .filter(|name| !name.contains(' '));
        let kept = include_str!("library/mod.rs").lines().map(str::trim);
        let kept = kept.filter_map(|line| Some(line.strip_prefix("pub(in crate::web) ")?.split_once(": ")?.0));
        let kept: Vec<String> = kept.map(|name| format!("library.{name}")).collect();
        let fields = fields.chain(kept.iter().map(String::as_str));
        let unused: Vec<&str> = fields.filter(|name| !mentions(&used, name)).collect();
        assert!(unused.is_empty(), "sentences that no page says: {unused:?}");
    }

    /// Whether `words.name` stands there, and not only as the beginning of a longer name.
    fn mentions(text: &str, name: &str) -> bool {
        let whole = format!("words.{name}");
        text.match_indices(&whole)
            .any(|(at, _)| !text[at + whole.len()..].starts_with(|next: char| next.is_alphanumeric() || next == '_'))
    }
}
