//! The shape of a user. Pages have settings of their own here, so most of Miniflux's are as for a new user of it.

use jiff::Timestamp;
use serde::Serialize;
use yomu_store::User;

use super::time::Time;

/// A user in JSON.
#[derive(Debug, Serialize)]
pub(super) struct UserJson<'a> {
    id: i64,
    username: &'a str,
    is_admin: bool,
    theme: &'static str,
    language: &'static str,
    timezone: &'a str,
    entry_sorting_direction: &'static str,
    entry_sorting_order: &'static str,
    stylesheet: &'static str,
    custom_js: &'static str,
    external_font_hosts: &'static str,
    google_id: &'static str,
    openid_connect_id: &'static str,
    entries_per_page: u32,
    keyboard_shortcuts: bool,
    show_reading_time: bool,
    entry_swipe: bool,
    gesture_nav: &'static str,
    last_login_at: Option<Time>,
    display_mode: &'static str,
    default_reading_speed: u32,
    cjk_reading_speed: u32,
    default_home_page: &'static str,
    categories_sorting_order: &'static str,
    mark_read_on_view: bool,
    mark_read_on_media_player_completion: bool,
    media_playback_rate: f32,
    block_filter_entry_rules: &'static str,
    keep_filter_entry_rules: &'static str,
    always_open_external_links: bool,
    open_external_links_in_new_tab: bool,
}

impl<'a> UserJson<'a> {
    /// A user; `seen_at` is when one of theirs was last here.
    pub(super) fn new(user: &'a User, seen_at: Option<Timestamp>) -> Self {
        Self {
            id: user.id.get(),
            username: &user.name,
            is_admin: user.is_admin,
            theme: "system_serif",
            language: if user.language.as_deref() == Some("ja") { "ja_JP" } else { "en_US" },
            timezone: user.time_zone.as_deref().unwrap_or("UTC"),
            entry_sorting_direction: "desc",
            entry_sorting_order: "published_at",
            stylesheet: "",
            custom_js: "",
            external_font_hosts: "",
            google_id: "",
            openid_connect_id: "",
            entries_per_page: 100,
            keyboard_shortcuts: true,
            show_reading_time: true,
            entry_swipe: true,
            gesture_nav: "tap",
            last_login_at: seen_at.map(Time::from),
            display_mode: "standalone",
            // The figures of yomu-clean.
            default_reading_speed: 220,
            cjk_reading_speed: 500,
            default_home_page: "unread",
            categories_sorting_order: "alphabetical",
            mark_read_on_view: true,
            mark_read_on_media_player_completion: false,
            media_playback_rate: 1.0,
            block_filter_entry_rules: "",
            keep_filter_entry_rules: "",
            always_open_external_links: false,
            open_external_links_in_new_tab: true,
        }
    }
}
