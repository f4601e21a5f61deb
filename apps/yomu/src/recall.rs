//! Whose a session or an app password is, remembered for up to a minute where replicas share a cache. The database is asked
//! once a minute and device instead of at every request, and stays the only copy that lasts.
//!
//! Whatever ends or changes a session, an app password or an account forgets what is remembered of it, after the change, for
//! all replicas at once. While Valkey is away nobody remembers anything, and the forgetting is made up for before it is asked
//! again; a replica that alone cannot reach it is believed by the others for a minute at most.
//!
//! Valkey may be shared with other services. So what is remembered carries a keyed hash: who can write there can make us
//! forget, and cannot sign anybody in.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use yomu_model::ids::{SessionId, UserId};
use yomu_model::reading::Reading;
use yomu_store::{StoreError, User};

use crate::App;
use crate::cache::{Found, Key};
use crate::keys::{Hash, is_keyed, keyed};

/// Bytes of the keyed hash before what is remembered.
const MARK_BYTES: usize = 32;

/// Somebody who is known by a token or a password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Known {
    pub(crate) user: User,
    /// The device, where it is a session.
    pub(crate) session: Option<SessionId>,
}

#[derive(Serialize, Deserialize)]
struct Kept {
    user: i64,
    name: String,
    is_admin: bool,
    language: Option<String>,
    time_zone: Option<String>,
    /// How pages look, in words. Absent in what an older program kept, a minute ago at most.
    #[serde(default)]
    reading: String,
    session: Option<i64>,
}

impl App {
    /// Whom a hash belongs to: as remembered, or else as the database says, with how long that may be remembered.
    pub(crate) async fn recall(
        &self,
        hash: Hash,
        ask: impl AsyncFnOnce() -> Result<Option<(Known, Duration)>, StoreError>,
    ) -> Result<Option<Known>, StoreError> {
        // Alone, asking the database costs as little.
        let Some(key) = self.cache.is_shared().then(|| self.keys.derived("recall")).flatten() else {
            return Ok(ask().await?.map(|(known, _)| known));
        };
        let ticket = match self.cache.look_up(name(&hash)).await {
            Found::Value(bytes) => match read(&bytes, &key, &hash) {
                Some(known) => return Ok(Some(known)),
                None => None,
            },
            Found::Missing(ticket) => Some(ticket),
        };
        let Some((known, lasting)) = ask().await? else { return Ok(None) };
        if let Some(ticket) = ticket {
            self.cache.keep(ticket, &written(&known, &key, &hash), lasting);
        }
        Ok(Some(known))
    }

    /// Forgets what is remembered of some hashes. Comes after the change.
    pub(crate) async fn forget_known(&self, hashes: impl IntoIterator<Item = Hash>) {
        if self.cache.is_shared() {
            for hash in hashes {
                self.cache.forget(name(&hash)).await;
            }
        }
    }

    /// Carries out a change of an account, and forgets all that is remembered of it.
    pub(crate) async fn changing_account<T>(
        &self,
        user: UserId,
        change: impl Future<Output = Result<T, StoreError>>,
    ) -> Result<T, StoreError> {
        // Before the change, because an account that is gone has no hashes.
        let hashes = if self.cache.is_shared() { self.store.credential_hashes(user).await? } else { Vec::new() };
        let changed = change.await;
        self.forget_known(hashes).await;
        changed
    }
}

/// Half of a hash, which itself opens nothing, is enough for a name.
fn name(hash: &Hash) -> Key {
    let half: String = hash[..16].iter().map(|byte| format!("{byte:02x}")).collect();
    Key::new("known", half)
}

fn written(known: &Known, key: &[u8; 32], hash: &Hash) -> Vec<u8> {
    let user = &known.user;
    let kept = Kept {
        user: user.id.get(),
        name: user.name.clone(),
        is_admin: user.is_admin,
        language: user.language.clone(),
        time_zone: user.time_zone.clone(),
        reading: user.reading.to_string(),
        session: known.session.map(SessionId::get),
    };
    let text = serde_json::to_vec(&kept).expect("texts and numbers are JSON");
    [&mark(key, hash, &text)[..], &text].concat()
}

fn read(bytes: &[u8], key: &[u8; 32], hash: &Hash) -> Option<Known> {
    let (mark, text) = bytes.split_at_checked(MARK_BYTES)?;
    if !is_keyed(key, &[hash, text].concat(), mark) {
        tracing::warn!("somebody else writes to Valkey under our names; what they wrote is not believed");
        return None;
    }
    let Kept { user, name, is_admin, language, time_zone, reading, session } = serde_json::from_slice(text).ok()?;
    let reading = Reading::from_words(&reading);
    let user = User { id: UserId::new(user), name, is_admin, language, time_zone, reading };
    Some(Known { user, session: session.map(SessionId::new) })
}

/// Over the whole hash, so that what was kept for one is no good for another.
fn mark(key: &[u8; 32], hash: &Hash, text: &[u8]) -> Hash {
    keyed(key, &[hash, text].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: [u8; 32] = [1; 32];
    const HASH: Hash = [2; 32];

    fn known() -> Known {
        let user = User {
            id: UserId::new(7),
            name: "読".to_owned(),
            is_admin: true,
            language: None,
            time_zone: Some("Asia/Tokyo".to_owned()),
            reading: Reading::default(),
        };
        Known { user, session: Some(SessionId::new(9)) }
    }

    #[test]
    fn what_is_kept_is_read_again() {
        assert_eq!(read(&written(&known(), &KEY, &HASH), &KEY, &HASH), Some(known()));
    }

    #[test]
    fn what_anybody_else_wrote_is_not_believed() {
        let bytes = written(&known(), &KEY, &HASH);
        assert_eq!(read(&bytes, &[3; 32], &HASH), None, "another key");
        assert_eq!(read(&bytes, &KEY, &[4; 32]), None, "of another session");
        for index in 0..bytes.len() {
            let mut forged = bytes.clone();
            forged[index] ^= 1;
            assert_eq!(read(&forged, &KEY, &HASH), None, "{index}");
        }
        for short in [&b""[..], &bytes[..MARK_BYTES], &bytes[MARK_BYTES..]] {
            assert_eq!(read(short, &KEY, &HASH), None);
        }
    }
}
