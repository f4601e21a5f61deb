//! Subscribes to suggested feeds. They are fetched in the background.

use yomu_model::ids::UserId;
use yomu_store::FeedSource;

use crate::App;
use crate::suggestions::suggestion;
use crate::trouble::ActionError;

/// Subscribes to those of the addresses that are suggestions. Returns how many subscriptions are new.
///
/// # Errors
/// A failure of the database.
pub async fn subscribe_suggested<'a>(
    app: &App,
    user: UserId,
    addresses: impl Iterator<Item = &'a str>,
) -> Result<u32, ActionError> {
    let mut new = 0;
    for feed in addresses.filter_map(suggestion) {
        let (_, _, is_new) = app.store.subscribe(user, &FeedSource::at(feed.url), None, None, app.now()).await?;
        new += u32::from(is_new);
    }
    app.changed(user).await;
    app.wake_refresher().await;
    Ok(new)
}
