//! What a user subscribes to, as apps see it: saved pages are a feed among the others once there are any.

use yomu_model::ids::{FolderId, IconId, SubscriptionId, UserId};
use yomu_store::{EntryFeed, StoreError, Subscription, User};

use crate::App;

/// What apps are told of a feed, be it read by itself or with one of its entries.
#[derive(Debug, Clone, Copy)]
pub(in crate::api) struct Feed<'a> {
    pub(in crate::api) id: SubscriptionId,
    pub(in crate::api) folder_id: Option<FolderId>,
    pub(in crate::api) folder_title: Option<&'a str>,
    /// The user's title, the feed's, or its address.
    title: &'a str,
    pub(in crate::api) url: &'a str,
    /// Its site, or its own address.
    pub(in crate::api) site_url: &'a str,
    pub(in crate::api) description: &'a str,
    pub(in crate::api) icon_id: Option<IconId>,
    pub(in crate::api) full_text: bool,
    is_saved_pages: bool,
}

impl<'a> From<&'a Subscription> for Feed<'a> {
    fn from(feed: &'a Subscription) -> Self {
        Self {
            id: feed.id,
            folder_id: feed.folder_id,
            folder_title: feed.folder_title.as_deref(),
            title: feed.title(),
            url: &feed.source.url,
            site_url: feed.site_url.as_deref().unwrap_or(&feed.source.url),
            description: &feed.description,
            icon_id: feed.icon_id,
            full_text: feed.full_text,
            is_saved_pages: feed.is_saved_pages,
        }
    }
}

impl<'a> From<&'a EntryFeed> for Feed<'a> {
    fn from(feed: &'a EntryFeed) -> Self {
        Self {
            id: feed.id,
            folder_id: feed.folder_id,
            folder_title: feed.folder_title.as_deref(),
            title: feed.title(),
            url: &feed.url,
            site_url: feed.site_url.as_deref().unwrap_or(&feed.url),
            description: &feed.description,
            icon_id: feed.icon_id,
            full_text: feed.full_text,
            is_saved_pages: feed.is_saved_pages,
        }
    }
}

impl<'a> Feed<'a> {
    /// What the feed is called in an app.
    pub(in crate::api) fn title(self, user: &User) -> &'a str {
        match (self.is_saved_pages, user.language.as_deref()) {
            (false, _) => self.title,
            (true, Some("ja")) => "保存したページ",
            (true, _) => "Saved pages",
        }
    }
}

/// All feeds of a user, by title.
pub(in crate::api) async fn feeds(app: &App, user: UserId) -> Result<Vec<Subscription>, StoreError> {
    let mut all = app.store.subscriptions_and_saved(user).await?;
    all.retain(is_shown);
    all.sort_by_cached_key(|one| (one.title().to_lowercase(), one.id));
    Ok(all)
}

/// One feed of a user.
pub(in crate::api) async fn feed(
    app: &App,
    user: UserId,
    id: SubscriptionId,
) -> Result<Option<Subscription>, StoreError> {
    app.store.subscription_or_saved(user, id).await
}

fn is_shown(feed: &Subscription) -> bool {
    !feed.is_saved_pages || feed.entry_count > 0
}
