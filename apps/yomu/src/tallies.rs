//! Numbers that are asked for all the time and change with each mark: kept in a shared cache until something changes.
//!
//! There they spare PostgreSQL a sum over all subscriptions on each page and at each poll of an app. Without one, asking the
//! database costs as little, and sees what other programs changed at once.

use yomu_model::ids::UserId;
use yomu_store::StoreError;

use crate::App;
use crate::cache::{Event, Found, Key};
use crate::operations::limits::COUNTS_KEPT;

/// What is kept of each user.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tally {
    /// How many entries are unread, and how many feeds in trouble.
    Counts,
    /// How many entries of each feed are read and unread, as apps are told.
    Counters,
}

impl Tally {
    const ALL: [Self; 2] = [Self::Counts, Self::Counters];

    fn key(self, user: UserId) -> Key {
        Key::new(if self == Self::Counts { "unread" } else { "counters" }, user)
    }
}

impl App {
    /// Says that a user's entries or marks changed. Comes after the change.
    pub(crate) async fn changed(&self, user: UserId) {
        if self.cache.is_shared() {
            let [counts, counters] = Tally::ALL.map(|tally| self.cache.forget(tally.key(user)));
            tokio::join!(counts, counters);
        }
        self.cache.publish(Event::Changed(user)).await;
    }

    /// A tally as it is kept, or else as the database says.
    ///
    /// # Errors
    /// A failure of the database.
    pub(crate) async fn tally(
        &self,
        tally: Tally,
        user: UserId,
        ask: impl AsyncFnOnce() -> Result<Vec<u8>, StoreError>,
    ) -> Result<Vec<u8>, StoreError> {
        if !self.cache.is_shared() {
            return ask().await;
        }
        match self.cache.look_up(tally.key(user)).await {
            Found::Value(bytes) => Ok(bytes),
            Found::Missing(ticket) => {
                let bytes = ask().await?;
                self.cache.keep(ticket, &bytes, COUNTS_KEPT);
                Ok(bytes)
            }
        }
    }

    /// How many unread entries a user has, and how many feeds in trouble.
    ///
    /// # Errors
    /// A failure of the database.
    pub(crate) async fn counts(&self, user: UserId) -> Result<(u32, u32), StoreError> {
        let ask = async || {
            let (unread, trouble) = self.store.counts(user).await?;
            Ok([unread.to_be_bytes(), trouble.to_be_bytes()].concat())
        };
        let bytes = self.tally(Tally::Counts, user, ask).await?;
        match <[u8; 8]>::try_from(bytes).map(u64::from_be_bytes) {
            #[expect(clippy::cast_possible_truncation, reason = "each half is one of the numbers")]
            Ok(both) => Ok(((both >> 32) as u32, both as u32)),
            // Of another version of the program, which is gone in a moment.
            Err(_) => self.store.counts(user).await,
        }
    }
}
