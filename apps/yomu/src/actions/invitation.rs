//! Invitations: a link lets one person in, once, within a week.

use jiff::Timestamp;
use yomu_model::ids::{InvitationId, UserId};
use yomu_model::name::InvitationNote;
use yomu_model::secret::Secret;

use crate::App;
use crate::limits::{INVITATION_LIFE, INVITATIONS_MAX};
use crate::sessions::Token;
use crate::trouble::{ActionError, Trouble};

/// An invitation that was made just now; its link cannot be shown again.
#[derive(Debug, Clone)]
pub struct NewInvitation {
    /// What the link ends with.
    pub token: Secret,
    /// Until when it is good.
    pub expires_at: Timestamp,
}

/// Makes an invitation. `note` says for whom.
///
/// # Errors
/// A note that cannot be used, or too many open invitations.
pub async fn invite(app: &App, by: UserId, note: &str) -> Result<NewInvitation, ActionError> {
    let note = InvitationNote::parse(note).map_err(|problem| Trouble::new("name", problem.to_string()))?;
    let now = app.now();
    if app.store.invitations(now).await?.len() >= INVITATIONS_MAX {
        let text = format!("there are {INVITATIONS_MAX} open invitations already; take one back first");
        return Err(Trouble::new("too_many_invitations", text).into());
    }
    let token = Token::random();
    let expires_at = now.checked_add(INVITATION_LIFE).unwrap_or(Timestamp::MAX);
    app.store.create_invitation(by, token.hash(), note.as_str(), expires_at, now).await?;
    Ok(NewInvitation { token: Secret::new(token.to_text()), expires_at })
}

/// Takes an invitation back.
///
/// # Errors
/// When there is none of this number.
pub async fn take_back_invitation(app: &App, id: InvitationId) -> Result<(), ActionError> {
    let removed = app.store.remove_invitation(id).await?;
    if removed { Ok(()) } else { Err(ActionError::NotFound { what: "invitation" }) }
}
