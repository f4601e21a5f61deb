//! The shape of a feed. Passwords stay here; what has no counterpart has the value of a feed that was never changed.

use jiff::Timestamp;
use serde::Serialize;
use yomu_store::{Subscription, User};

use super::category_json::CategoryJson;
use super::time::Time;
use crate::api::library::Feed;

/// A feed in JSON.
#[derive(Debug, Serialize)]
pub(super) struct FeedJson<'a> {
    id: i64,
    user_id: i64,
    feed_url: &'a str,
    site_url: &'a str,
    title: &'a str,
    description: &'a str,
    language: &'a str,
    checked_at: Time,
    next_check_at: Time,
    etag_header: &'a str,
    last_modified_header: &'a str,
    parsing_error_message: &'a str,
    parsing_error_count: u32,
    scraper_rules: &'a str,
    rewrite_rules: &'a str,
    blocklist_rules: &'a str,
    keeplist_rules: &'a str,
    block_filter_entry_rules: &'a str,
    keep_filter_entry_rules: &'a str,
    urlrewrite_rules: &'a str,
    user_agent: &'a str,
    cookie: &'a str,
    username: &'a str,
    password: &'a str,
    disabled: bool,
    no_media_player: bool,
    ignore_http_cache: bool,
    allow_self_signed_certificates: bool,
    fetch_via_proxy: bool,
    hide_globally: bool,
    disable_http2: bool,
    pushover_enabled: bool,
    ntfy_enabled: bool,
    crawler: bool,
    ignore_entry_updates: bool,
    apprise_service_urls: &'a str,
    webhook_url: &'a str,
    ntfy_priority: u32,
    ntfy_topic: &'a str,
    pushover_priority: u32,
    proxy_url: &'a str,
    category: CategoryJson<'a>,
    icon: Option<FeedIconJson>,
}

#[derive(Debug, Serialize)]
struct FeedIconJson {
    feed_id: i64,
    icon_id: i64,
    external_icon_id: String,
}

impl<'a> FeedJson<'a> {
    /// A feed with how its checks go.
    pub(super) fn new(user: &'a User, feed: &'a Subscription, now: Timestamp) -> Self {
        let health = &feed.health;
        // Saved pages are never asked for and so always up to date.
        let checked_at = if feed.is_saved_pages { Some(now) } else { health.checked_at };
        Self {
            checked_at: Time(checked_at),
            next_check_at: Time(health.next_check_at),
            parsing_error_message: health.error_text.as_deref().unwrap_or_default(),
            parsing_error_count: health.error_count,
            username: feed.source.credentials.as_ref().map_or("", |given| &given.username),
            ..Self::inside_entry(user, feed.into())
        }
    }

    /// A feed as it stands in each of its entries, without how its checks go.
    pub(super) fn inside_entry(user: &'a User, feed: Feed<'a>) -> Self {
        Self {
            id: feed.id.get(),
            user_id: user.id.get(),
            feed_url: feed.url,
            site_url: feed.site_url,
            title: feed.title(user),
            description: feed.description,
            language: "",
            checked_at: Time(None),
            next_check_at: Time(None),
            etag_header: "",
            last_modified_header: "",
            parsing_error_message: "",
            parsing_error_count: 0,
            scraper_rules: "",
            rewrite_rules: "",
            blocklist_rules: "",
            keeplist_rules: "",
            block_filter_entry_rules: "",
            keep_filter_entry_rules: "",
            urlrewrite_rules: "",
            user_agent: "",
            cookie: "",
            username: "",
            password: "",
            disabled: false,
            no_media_player: false,
            ignore_http_cache: false,
            allow_self_signed_certificates: false,
            fetch_via_proxy: false,
            hide_globally: false,
            disable_http2: false,
            pushover_enabled: false,
            ntfy_enabled: false,
            crawler: feed.full_text,
            ignore_entry_updates: false,
            apprise_service_urls: "",
            webhook_url: "",
            ntfy_priority: 0,
            ntfy_topic: "",
            pushover_priority: 0,
            proxy_url: "",
            category: CategoryJson::of(user, feed),
            icon: feed.icon_id.map(|icon| FeedIconJson {
                feed_id: feed.id.get(),
                icon_id: icon.get(),
                external_icon_id: icon.to_string(),
            }),
        }
    }
}
