//! What a user subscribes to, as apps see it: saved pages are a feed among the others once there are any.

use yomu_model::ids::{SubscriptionId, UserId};
use yomu_store::{StoreError, Subscription, User};

use crate::App;

/// All feeds of a user, by title.
pub(in crate::api) async fn feeds(app: &App, user: UserId) -> Result<Vec<Subscription>, StoreError> {
    let mut all = app.store.subscriptions_and_saved(user, None).await?;
    all.retain(is_shown);
    all.sort_by_cached_key(|one| (one.title().to_lowercase(), one.id));
    Ok(all)
}

/// Some feeds of a user.
pub(in crate::api) async fn some_feeds(
    app: &App,
    user: UserId,
    mut ids: Vec<SubscriptionId>,
) -> Result<Vec<Subscription>, StoreError> {
    ids.sort_unstable();
    ids.dedup();
    app.store.subscriptions_and_saved(user, Some(ids)).await
}

/// One feed of a user.
pub(in crate::api) async fn feed(
    app: &App,
    user: UserId,
    id: SubscriptionId,
) -> Result<Option<Subscription>, StoreError> {
    Ok(some_feeds(app, user, vec![id]).await?.into_iter().next())
}

fn is_shown(feed: &Subscription) -> bool {
    !feed.is_saved_pages || feed.entry_count > 0
}

/// What a feed is called in an app.
pub(in crate::api) fn title<'a>(feed: &'a Subscription, user: &User) -> &'a str {
    match (feed.is_saved_pages, user.language.as_deref()) {
        (false, _) => feed.title(),
        (true, Some("ja")) => "保存したページ",
        (true, _) => "Saved pages",
    }
}
