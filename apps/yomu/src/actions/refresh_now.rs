//! Refreshes at once instead of when it is due.

use yomu_model::ids::{SubscriptionId, UserId};

use crate::App;
use crate::jobs::{Outcome, refresh_feed as refresh_leased};
use crate::limits::LEASE;
use crate::random::random_i64;
use crate::trouble::ActionError;

/// Refreshes one feed of the user, and waits for the outcome.
///
/// # Errors
/// Trouble with the reason when the feed cannot be fetched or read; a failure of the database.
pub async fn refresh_feed(app: &App, user: UserId, id: SubscriptionId) -> Result<(), ActionError> {
    let subscription = app.store.subscription(user, id).await?.ok_or(ActionError::NotFound { what: "feed" })?;
    let claimed = app.store.claim_feed(subscription.feed_id, random_i64(), LEASE, app.now()).await?;
    // Somebody else is at it.
    let Some(due) = claimed else { return Ok(()) };
    let outcome = refresh_leased(app, due).await?;
    settle(app, outcome).await
}

/// Makes everything that the user reads due. The refresher does it in the background.
///
/// # Errors
/// A failure of the database.
pub async fn refresh_all(app: &App, user: UserId) -> Result<u64, ActionError> {
    let feeds = app.store.make_due(user, app.now()).await?;
    app.wake_refresher().await;
    Ok(feeds)
}

/// Makes some of the feeds that the user reads due.
///
/// # Errors
/// A failure of the database.
pub async fn refresh_some(app: &App, user: UserId, feeds: Vec<SubscriptionId>) -> Result<u64, ActionError> {
    let feeds = app.store.make_some_due(user, feeds, app.now()).await?;
    app.due.notify_one();
    Ok(feeds)
}

/// Writes down what is still to be written, and turns a failure into trouble.
pub(super) async fn settle(app: &App, outcome: Outcome) -> Result<(), ActionError> {
    match outcome {
        Outcome::Unchanged(check) => Ok(app.store.finish_unchanged(&[check], app.now()).await?),
        Outcome::Postponed(check) => Ok(app.store.postpone(&[check]).await?),
        Outcome::Failed(trouble) => Err(trouble.into()),
        Outcome::Stored { .. } | Outcome::TakenOver => Ok(()),
    }
}
