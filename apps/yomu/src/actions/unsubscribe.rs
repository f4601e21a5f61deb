//! Ends a subscription.

use yomu_model::ids::{SubscriptionId, UserId};

use super::undo::Undo;
use crate::App;
use crate::trouble::ActionError;

/// Ends a subscription; it can be taken back for a day. What the user set apart of its entries becomes saved pages. Returns
/// the way back, and how many those are.
///
/// # Errors
/// When the user has no such feed; a failure of the database.
pub async fn unsubscribe(app: &App, user: UserId, id: SubscriptionId) -> Result<(Undo, u32), ActionError> {
    let left = app.store.unsubscribe(user, id, app.now()).await?.ok_or(ActionError::NotFound { what: "feed" })?;
    app.changed(user).await;
    Ok((Undo::Unsubscribe { id, at: left.at }, left.kept))
}
