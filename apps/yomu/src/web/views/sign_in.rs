//! The ways in: by an account, and by an invitation.

use askama::Template;
use url::form_urlencoded::byte_serialize;
use yomu_store::Invitation;

use super::{Frame, Message};

/// The page with the way in.
#[derive(Template)]
#[template(path = "sign_in.html")]
pub(in crate::web) struct SignInView {
    pub(in crate::web) frame: Frame,
    /// What the button says.
    pub(in crate::web) button: String,
    /// Where it leads.
    pub(in crate::web) start: String,
    /// Whether nobody has signed in yet.
    pub(in crate::web) is_first: bool,
    /// Why it did not work.
    pub(in crate::web) message: Option<Message>,
}

impl SignInView {
    pub(in crate::web) fn new(
        frame: Frame,
        provider: &str,
        back: &str,
        is_first: bool,
        message: Option<Message>,
    ) -> Self {
        Self { button: (frame.words.sign_in_with)(provider), start: start("back", back), is_first, message, frame }
    }
}

/// The page behind the link of an invitation.
#[derive(Template)]
#[template(path = "invitation.html")]
pub(in crate::web) struct InvitationView {
    pub(in crate::web) frame: Frame,
    pub(in crate::web) text: String,
    pub(in crate::web) button: String,
    pub(in crate::web) start: String,
}

impl InvitationView {
    pub(in crate::web) fn new(frame: Frame, provider: &str, invitation: &Invitation, token: String) -> Self {
        Self {
            text: (frame.words.invitation_text)(&invitation.created_by),
            button: (frame.words.sign_in_with)(provider),
            start: start("invitation", &token),
            frame,
        }
    }
}

fn start(name: &str, value: &str) -> String {
    format!("/sign-in/start?{name}={}", byte_serialize(value.as_bytes()).collect::<String>())
}
