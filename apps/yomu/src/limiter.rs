//! How often something may be tried, counted in the cache that replicas share, and in memory where there is none.
//!
//! Nobody is locked out by a neighbour. Behind one address there may be an office, so:
//!
//! - A right app password always opens, however many wrong ones came from the same address; those are only told to wait.
//! - A browser in which somebody has signed in before has tries of its own ([`KnownDevice`](crate::sign_in::KnownDevice)).
//! - Programs on this very machine may ask as often as they like: whoever runs them could ask the database.

use std::net::IpAddr;
use std::time::Duration;

use yomu_model::ids::UserId;

use crate::App;
use crate::cache::{Key, Spent};
use crate::limits::{API_REQUESTS, SIGN_INS, SIGN_INS_OF_DEVICE, WRONG_APP_PASSWORDS};

/// Who tries to sign in.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Trying {
    /// A browser in which somebody has signed in before, by its number.
    Device([u8; 16]),
    /// Anybody at this address.
    Stranger(IpAddr),
}

impl App {
    /// One more try to sign in. Says how long to wait when that is one too many.
    pub(crate) async fn try_sign_in(&self, who: Trying) -> Result<(), Duration> {
        let (key, budget) = match who {
            Trying::Device(number) => (Key::new("sign-in-device", u128::from_be_bytes(number)), SIGN_INS_OF_DEVICE),
            Trying::Stranger(address) => (Key::new("sign-in", one_client(address)), SIGN_INS),
        };
        judged(self.cache.spend(key, budget).await)
    }

    /// One more wrong app password. Says how long to wait when that is one too many.
    pub(crate) async fn wrong_app_password(&self, address: Option<IpAddr>) -> Result<(), Duration> {
        let Some(address) = address.filter(|address| !address.is_loopback()) else { return Ok(()) };
        judged(self.cache.spend(Key::new("wrong-password", one_client(address)), WRONG_APP_PASSWORDS).await)
    }

    /// One more request of an account's apps. Says how long to wait when that is one too many.
    pub(crate) async fn api_request(&self, user: UserId, address: Option<IpAddr>) -> Result<(), Duration> {
        if address.is_none_or(|address| address.is_loopback()) {
            return Ok(());
        }
        judged(self.cache.spend_roughly(Key::new("api", user), API_REQUESTS).await)
    }
}

fn judged(spent: Spent) -> Result<(), Duration> {
    match spent {
        Spent::Within => Ok(()),
        // Rounded up, so that whoever waits for so long has waited enough.
        Spent::Exceeded { retry_after } => Err(Duration::from_secs(retry_after.as_secs() + 1)),
    }
}

/// One household has a whole /64 of IPv6 addresses.
fn one_client(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(address) => IpAddr::V6((address.to_bits() >> 64 << 64).into()),
    }
}

#[cfg(test)]
mod tests {
    use yomu_store::{Store, StoreConfig};

    use super::*;
    use crate::fetch::FetchConfig;

    async fn app(folder: &tempfile::TempDir) -> App {
        let config = StoreConfig::Sqlite(folder.path().join("yomu.sqlite3"));
        let store = Store::open(&config, jiff::Timestamp::UNIX_EPOCH).await.unwrap();
        App::new(store, FetchConfig::default()).unwrap()
    }

    #[tokio::test]
    async fn a_household_is_one_client_and_its_neighbours_and_devices_are_not_held_back() {
        let folder = tempfile::tempdir().unwrap();
        let app = app(&folder).await;
        let home = |number: u128| Trying::Stranger(IpAddr::V6((0x2001_0db8_u128 << 96 | number).into()));
        for number in 0..u128::from(SIGN_INS.times) {
            assert_eq!(app.try_sign_in(home(number)).await, Ok(()));
        }
        let wait = app.try_sign_in(home(0)).await.unwrap_err();
        assert!(wait <= SIGN_INS.within + Duration::from_secs(1), "{wait:?}");
        assert_eq!(app.try_sign_in(Trying::Stranger("203.0.113.1".parse().unwrap())).await, Ok(()), "a neighbour");
        assert_eq!(app.try_sign_in(Trying::Device([7; 16])).await, Ok(()), "a device that is known");
    }

    #[tokio::test]
    async fn apps_of_an_account_have_a_bound_and_this_machine_has_none() {
        let folder = tempfile::tempdir().unwrap();
        let app = app(&folder).await;
        let (away, here) = (Some("203.0.113.1".parse().unwrap()), Some("127.0.0.1".parse().unwrap()));
        for _ in 0..API_REQUESTS.times {
            assert_eq!(app.api_request(UserId::new(1), away).await, Ok(()));
        }
        assert!(app.api_request(UserId::new(1), away).await.is_err());
        assert_eq!(app.api_request(UserId::new(1), here).await, Ok(()));
        assert_eq!(app.api_request(UserId::new(2), away).await, Ok(()), "another account");
    }
}
