//! What the templates are given: everything chosen and worded, nothing left to decide but where it stands.

mod account;
mod add;
mod admin;
mod entry;
mod error;
mod excerpt;
mod feeds;
mod find;
mod frame;
mod highlight;
mod highlights;
mod import;
mod keys;
mod leave;
mod list;
mod media;
mod offline;
mod reading;
mod row;
mod rules;
mod save;
mod search;
mod settings;
mod share;
mod sign_in;
mod storage;
mod suggestions;
mod tags;
mod transfer;
mod trouble;
mod welcome;

pub(super) use account::{AccountView, AppPasswordView};
pub(super) use add::{AddForm, AddView, Choice};
pub(super) use admin::{AdminView, Everything, InvitationLinkView};
pub(super) use entry::{EntryTags, EntryView, OwnTag, Text};
pub(super) use error::ErrorView;
pub(super) use feeds::FeedsView;
pub(super) use find::FindView;
pub(super) use frame::{Frame, Places};
pub(super) use highlight::{highlighted, plain_text, snippet};
pub(super) use highlights::{EntryHighlights, HighlightsView, highlight_groups, with_highlights};
pub(super) use import::ImportView;
pub(super) use keys::KeysView;
pub(super) use leave::LeaveView;
pub(super) use list::{Link, ListView};
pub(super) use media::{Media, media};
pub(super) use offline::OfflineView;
pub(super) use reading::{ReadingChoices, ReadingView};
pub(super) use row::{Piece, Row, foreign, foreign_to, shown_title, source as entry_source};
pub(super) use rules::{PreviewView, RulesView};
pub(super) use save::{SaveForm, SaveView};
pub(super) use search::{SavedForm, SearchView};
pub(super) use settings::{SettingsForm, SettingsView};
pub(super) use share::{ShareLinkView, SharedView, SharesView};
pub(super) use sign_in::{InvitationView, SignInView};
pub(super) use storage::StorageView;
pub(super) use suggestions::SuggestionsView;
pub(super) use tags::TagsView;
pub(super) use transfer::TransferView;
pub(super) use trouble::{Message, TroubleView, quoted};
pub(super) use welcome::WelcomeView;

/// An address that a link may have. Feeds are not believed: whatever is no web address is not linked.
pub(super) fn web_address(url: &str) -> Option<&str> {
    (url.starts_with("https://") || url.starts_with("http://")).then_some(url)
}

/// The host of a web address, without `www.`, as the short name of a site.
pub(super) fn site_name(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    host.strip_prefix("www.").unwrap_or(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_addresses_become_links() {
        assert_eq!(web_address("https://example.com/a"), Some("https://example.com/a"));
        for url in ["", "javascript:alert(1)", "//example.com", "ftp://example.com", " https://example.com"] {
            assert_eq!(web_address(url), None, "{url}");
        }
    }

    #[test]
    fn a_site_is_called_by_its_host() {
        assert_eq!(site_name("https://www.example.com/a?b#c"), "example.com");
        assert_eq!(site_name("http://example.com"), "example.com");
        assert_eq!(site_name(""), "");
    }
}
