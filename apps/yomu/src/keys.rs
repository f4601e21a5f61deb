//! Keys for hashes and sealed cookies, each derived for one purpose.
//!
//! They come from `SESSION_SECRET`. Without it, app passwords are keyed by a random key that the database keeps; those made
//! then stay good when the secret is set later, because both keys are tried.

use ring::hmac;
use tokio::sync::OnceCell;
use yomu_model::secret::Secret;
use yomu_store::{Store, StoreError};

use crate::feed_passwords;
use crate::random::random_bytes;

/// The name of the database's key.
const STORED_KEY: &str = "app-passwords";

/// The program's keys.
#[derive(Default)]
pub(crate) struct Keys {
    secret: Option<Secret>,
    stored: OnceCell<[u8; 32]>,
    /// For passwords of feeds: first the one for new ones.
    feed_passwords: Vec<[u8; 32]>,
}

/// A keyed hash (HMAC-SHA256).
pub(crate) type Hash = [u8; 32];

impl Keys {
    /// The keys of a secret.
    pub(crate) fn new(secret: Option<Secret>) -> Self {
        let keys = Self { secret, ..Self::default() };
        Self { feed_passwords: keys.derived(feed_passwords::purpose()).into_iter().collect(), ..keys }
    }

    /// The same keys, and one from a file.
    pub(crate) fn with_file(mut self, file: &[u8; 32]) -> Self {
        self.feed_passwords.push(feed_passwords::of_file(file));
        self
    }

    /// The keys for passwords of feeds: first the one for new ones. None where there is neither a secret nor a file.
    pub(crate) fn of_feed_passwords(&self) -> &[[u8; 32]] {
        &self.feed_passwords
    }

    /// The key of one purpose, when there is a secret.
    pub(crate) fn derived(&self, purpose: &str) -> Option<[u8; 32]> {
        self.secret.as_ref().map(|secret| keyed(secret.expose().as_bytes(), purpose.as_bytes()))
    }

    /// The key of one purpose: that of the secret, or one that the database keeps.
    pub(crate) async fn derived_or_stored(&self, store: &Store, purpose: &str) -> Result<[u8; 32], StoreError> {
        match self.derived(purpose) {
            Some(key) => Ok(key),
            None => store.server_key(purpose, random_bytes()).await,
        }
    }

    /// The keys for app passwords: first the one for new ones.
    pub(crate) async fn for_app_passwords(&self, store: &Store) -> Result<Vec<[u8; 32]>, StoreError> {
        let made = async || store.server_key(STORED_KEY, random_bytes()).await;
        let stored = *self.stored.get_or_try_init(made).await?;
        Ok(self.derived(STORED_KEY).into_iter().chain([stored]).collect())
    }
}

/// HMAC-SHA256 of some bytes.
pub(crate) fn keyed(key: &[u8], bytes: &[u8]) -> Hash {
    let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key), bytes);
    let mut hash = [0; 32];
    hash.copy_from_slice(tag.as_ref());
    hash
}

/// Whether a hash is that of these bytes, in the same time for every wrong one.
pub(crate) fn is_keyed(key: &[u8], bytes: &[u8], hash: &[u8]) -> bool {
    hmac::verify(&hmac::Key::new(hmac::HMAC_SHA256, key), bytes, hash).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_purpose_has_its_own_key() {
        let keys = Keys::new(Some(Secret::new("a secret")));
        assert_ne!(keys.derived("one"), keys.derived("two"));
        assert_eq!(keys.derived("one"), keys.derived("one"));
        assert_eq!(Keys::default().derived("one"), None);
    }

    #[test]
    fn the_hash_is_that_of_rfc_4231() {
        let hash = keyed(b"Jefe", b"what do ya want for nothing?");
        assert_eq!(hash[..4], [0x5b, 0xdc, 0xc1, 0x46]);
    }
}
