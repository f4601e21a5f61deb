//! Who a browser's cookie belongs to.
//!
//! All look-ups and all endings of sessions go through here and nowhere else, so that what is remembered of them
//! ([`crate::recall`]) is forgotten in time.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use ring::digest::{SHA256, digest};
use yomu_model::ids::{SessionId, UserId};
use yomu_store::{Session, SessionLife, StoreError};

use crate::App;
use crate::limits::{SEEN_NOTED_EVERY, SESSION_IDLE, SESSION_WHOLE};
use crate::random::random_bytes;
use crate::recall::Known;

/// How long a session lives.
pub(crate) const LIFE: SessionLife = SessionLife { idle: SESSION_IDLE, whole: SESSION_WHOLE };

/// What a browser holds: 256 random bits. Only its hash leaves this file for the database.
#[derive(Clone)]
pub(crate) struct Token([u8; 32]);

impl Token {
    /// A new one.
    pub(crate) fn random() -> Self {
        Self(random_bytes())
    }

    /// One that a browser sent; nothing else is looked up.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        // 32 bytes are 43 characters.
        let bytes = (text.len() == 43).then(|| URL_SAFE_NO_PAD.decode(text).ok())??;
        bytes.try_into().ok().map(Self)
    }

    /// For the browser.
    pub(crate) fn to_text(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0)
    }

    /// For the database. The token is random, so a plain hash tells nobody what it is.
    pub(crate) fn hash(&self) -> [u8; 32] {
        let mut hash = [0; 32];
        hash.copy_from_slice(digest(&SHA256, &self.0).as_ref());
        hash
    }
}

/// The sessions of everybody.
#[derive(Clone, Copy)]
pub(crate) struct Sessions<'a> {
    app: &'a App,
}

impl<'a> Sessions<'a> {
    pub(crate) fn new(app: &'a App) -> Self {
        Self { app }
    }

    /// Signs a user in on a device.
    pub(crate) async fn begin(self, user: UserId, device: &str, now: Timestamp) -> Result<Token, StoreError> {
        let token = Token::random();
        self.app.store.create_session(user, token.hash(), device, now).await?;
        Ok(token)
    }

    /// Whose token it is, if it is good. Notes the sign of life, at most once a minute.
    pub(crate) async fn find(self, token: &Token, now: Timestamp) -> Result<Option<Known>, StoreError> {
        let (store, hash) = (&self.app.store, token.hash());
        let ask = async || {
            let Some(found) = store.session(hash, LIFE, now).await? else { return Ok(None) };
            let quiet = now.duration_since(found.seen_at);
            let is_due = quiet >= SEEN_NOTED_EVERY;
            if is_due {
                store.touch_session(found.session, now).await?;
            }
            // Remembered until the next sign of life is to be noted.
            let left = if is_due { SEEN_NOTED_EVERY } else { SEEN_NOTED_EVERY - quiet };
            let known = Known { user: found.user, session: Some(found.session) };
            Ok(Some((known, left.unsigned_abs())))
        };
        self.app.recall(hash, ask).await
    }

    /// The devices of a user.
    pub(crate) async fn of(self, user: UserId, now: Timestamp) -> Result<Vec<Session>, StoreError> {
        self.app.store.sessions(user, LIFE, now).await
    }

    /// Ends the session of a token.
    pub(crate) async fn end(self, token: &Token) -> Result<(), StoreError> {
        self.app.store.end_session_of(token.hash()).await?;
        self.app.forget_known([token.hash()]).await;
        Ok(())
    }

    /// Ends one session of a user. Says whether the user had it.
    pub(crate) async fn end_one(self, user: UserId, id: SessionId) -> Result<bool, StoreError> {
        let ended = self.app.store.end_session(user, id).await?;
        self.app.forget_known(ended).await;
        Ok(ended.is_some())
    }

    /// Ends all sessions of a user.
    pub(crate) async fn end_all(self, user: UserId) -> Result<(), StoreError> {
        let ended = self.app.store.end_sessions(user).await?;
        self.app.forget_known(ended).await;
        Ok(())
    }
}

/// How long a browser keeps the cookie: as long as the session may live at most.
pub(crate) fn cookie_seconds() -> u32 {
    u32::try_from(SignedDuration::as_secs(&SESSION_WHOLE)).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_survives_its_cookie_and_is_not_its_hash() {
        let token = Token::random();
        let text = token.to_text();
        assert_eq!(Token::parse(&text).map(|token| token.hash()), Some(token.hash()));
        assert_ne!(Token::random().hash(), token.hash());
        assert_ne!(token.hash(), token.0);
    }

    #[test]
    fn what_is_no_token_is_not_looked_up() {
        let good = Token::random().to_text();
        let padded = format!("{}=", &good[..42]);
        for text in ["", "x", &good[1..], &format!("{good}A"), &padded, &"\u{732b}".repeat(43), &"A".repeat(100_000)] {
            assert!(Token::parse(text).is_none(), "{text:.50}");
        }
    }
}
