//! Who sends a request.

use axum::http::HeaderMap;
use yomu_model::ids::SessionId;
use yomu_store::{StoreError, User};

use super::cookies::Cookie;
use super::error::WebError;
use super::{Access, Web};
use crate::recall::Known;
use crate::sessions::{Sessions, Token};
use crate::sign_in::SignIn;

/// Somebody who is let in.
pub(super) struct Reader {
    pub(super) user: User,
    /// The device; none for the local user.
    pub(super) session: Option<SessionId>,
}

impl Web {
    /// Who sends a request; none when nobody is signed in.
    pub(super) async fn reader(&self, headers: &HeaderMap) -> Result<Option<Reader>, StoreError> {
        match &self.access {
            Access::Local(id) => {
                let user = self.app.store.user(*id).await?;
                Ok(user.map(|user| Reader { user, session: None }))
            }
            Access::SignIn(_) => {
                let Some(token) = self.token(headers) else { return Ok(None) };
                let found = self.sessions().find(&token, self.app.now()).await?;
                Ok(found.map(|Known { user, session }| Reader { user, session }))
            }
        }
    }

    /// The browser's token, good or not.
    pub(super) fn token(&self, headers: &HeaderMap) -> Option<Token> {
        self.cookies.read(headers, Cookie::Session).and_then(Token::parse)
    }

    pub(super) fn sessions(&self) -> Sessions<'_> {
        Sessions::new(&self.app)
    }

    /// How people sign in. Where they need not, its addresses lead nowhere.
    pub(super) fn sign_in(&self) -> Result<&SignIn, WebError> {
        match &self.access {
            Access::SignIn(sign_in) => Ok(sign_in),
            Access::Local(_) => Err(WebError::NotFound),
        }
    }
}
