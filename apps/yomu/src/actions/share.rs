//! Public links to entries: whoever has one reads the entry, and nothing else of its reader's.

use yomu_model::ids::{EntryId, ShareId, UserId};
use yomu_model::secret::Secret;

use crate::App;
use crate::limits::SHARES_MAX;
use crate::sessions::Token;
use crate::trouble::{ActionError, Trouble};

/// Makes a link; returns what it ends with, which cannot be shown again.
///
/// # Errors
/// When the user has no such entry, or too many links; a failure of the database.
pub async fn share(app: &App, user: UserId, entry: EntryId) -> Result<Secret, ActionError> {
    let token = Token::random();
    match app.store.share(user, entry, token.hash(), SHARES_MAX, app.now()).await? {
        Some(true) => Ok(Secret::new(token.to_text())),
        Some(false) => {
            Err(Trouble::new("too_many_shares", format!("there are {SHARES_MAX} links already; revoke one first"))
                .into())
        }
        None => Err(ActionError::NotFound { what: "entry" }),
    }
}

/// Revokes a link. Whoever has it finds nothing from now on.
///
/// # Errors
/// When the user has no such link; a failure of the database.
pub async fn revoke_share(app: &App, user: UserId, id: ShareId) -> Result<(), ActionError> {
    let revoked = app.store.revoke_share(user, id).await?;
    if revoked { Ok(()) } else { Err(ActionError::NotFound { what: "link" }) }
}
