//! The cache that replicas share.
//!
//! A look-up stands under a version of its key: `v:KEY` holds a random version, `d:KEY` the version and the value. A
//! value counts while its version is the current one. Forgetting deletes the version; what somebody still writes under
//! the old one, after asking the database before the change, is never read.

mod address;
mod client;
mod connection;
mod forgettings;
mod resp;
mod subscriber;

use std::time::Duration;

use super::events::{Event, Events};
use super::limits::VERSION_LASTS;
use super::{Counted, Found, Key, Right, Ticket};
use crate::random::random_bytes;

pub use address::{ValkeyAddress, ValkeyAddressError};
use client::Client;
use resp::Reply;
use subscriber::Channel;

/// A random value that stands for one state of a key.
pub(super) type Version = [u8; 16];

/// Valkey, as far as the cache needs it.
pub(super) struct Valkey {
    client: Client,
    /// What every key begins with.
    prefix: String,
    /// The channel of events, and the name of this process in it.
    channel: String,
    own: String,
    /// The work in the background, which ends with the cache.
    tasks: [tokio::task::AbortHandle; 2],
}

impl Valkey {
    pub(super) fn start(address: ValkeyAddress, namespace: &str, events: &Events) -> Self {
        let prefix = format!("yomu:{namespace}:");
        let channel = format!("{prefix}events");
        let own = hex(random_bytes::<8>());
        let subscription = Channel { name: channel.clone(), own: own.clone() };
        let listening = tokio::spawn(subscriber::listen(address.clone(), subscription, events.clone()));
        let (client, connecting) = Client::start(address);
        Self { client, prefix, channel, own, tasks: [connecting, listening.abort_handle()] }
    }

    pub(super) fn is_there(&self) -> bool {
        self.client.is_there()
    }

    pub(super) async fn look_up(&self, key: Key) -> Found {
        let (version_key, value_key) = self.names(&key);
        let asked = self.client.ask(&[&[b"MGET", version_key.as_bytes(), value_key.as_bytes()]]).await;
        let right = match two(asked) {
            Some((Some(version), Some(value))) if value.starts_with(&version) => {
                return Found::Value(value[version.len()..].to_vec());
            }
            Some((Some(version), _)) => {
                version.try_into().map_or(Right::None, |version| Right::Valkey { key, version })
            }
            Some((None, _)) => self.new_version(key, &version_key).await,
            None => Right::None,
        };
        Found::Missing(Ticket(right))
    }

    pub(super) fn keep(&self, key: &Key, version: Version, value: &[u8], lasting: Duration) {
        let (_, name) = self.names(key);
        let value = [version.as_slice(), value].concat();
        self.client.tell(&[b"SET", name.as_bytes(), &value, b"PX", millis(lasting).as_bytes()]);
    }

    pub(super) async fn forget(&self, key: Key) {
        self.client.delete(&self.names(&key).0).await;
    }

    pub(super) async fn count(&self, key: &Key, by: u64, within: Duration) -> Option<Counted> {
        let name = self.counter(key);
        let (name, by, within) = (name.as_bytes(), by.to_string(), millis(within));
        // The end is set where there is none, so a count whose end was lost (killed in between) gets one at the next.
        let commands: [&[&[u8]]; 3] =
            [&[b"INCRBY", name, by.as_bytes()], &[b"PEXPIRE", name, within.as_bytes(), b"NX"], &[b"PTTL", name]];
        match self.client.ask(&commands).await.ok()?.as_slice() {
            [Reply::Number(count), _, Reply::Number(left)] => Some(Counted {
                count: u64::try_from(*count).unwrap_or(0),
                left: Duration::from_millis(u64::try_from(*left).unwrap_or(0)),
            }),
            _ => None,
        }
    }

    pub(super) async fn reset(&self, key: &Key) {
        let _ = self.client.ask(&[&[b"DEL", self.counter(key).as_bytes()]]).await;
    }

    pub(super) async fn publish(&self, event: Event) {
        let message = format!("{} {}", self.own, event.to_wire());
        let _ = self.client.ask(&[&[b"PUBLISH", self.channel.as_bytes(), message.as_bytes()]]).await;
    }

    /// The first to look a key up gives it a version; who comes at the same moment goes without.
    async fn new_version(&self, key: Key, name: &str) -> Right {
        let version: Version = random_bytes();
        let lasting = millis(VERSION_LASTS);
        let asked = self.client.ask(&[&[b"SET", name.as_bytes(), &version, b"PX", lasting.as_bytes(), b"NX"]]).await;
        match asked.as_deref() {
            Ok([Reply::Status(_)]) => Right::Valkey { key, version },
            _ => Right::None,
        }
    }

    fn names(&self, key: &Key) -> (String, String) {
        (format!("{}v:{}", self.prefix, key.as_str()), format!("{}d:{}", self.prefix, key.as_str()))
    }

    fn counter(&self, key: &Key) -> String {
        format!("{}n:{}", self.prefix, key.as_str())
    }
}

impl Drop for Valkey {
    fn drop(&mut self) {
        self.tasks.iter().for_each(tokio::task::AbortHandle::abort);
    }
}

/// What may stand under a key.
type Bytes = Option<Vec<u8>>;

/// The two values of an `MGET`.
fn two(asked: Result<Vec<Reply>, client::Away>) -> Option<(Bytes, Bytes)> {
    let reply = asked.ok()?.pop()?;
    let Reply::Array(members) = reply else { return None };
    match <[Reply; 2]>::try_from(members).ok()? {
        [Reply::Bytes(first), Reply::Bytes(second)] => Some((first, second)),
        _ => None,
    }
}

fn millis(time: Duration) -> String {
    time.as_millis().max(1).to_string()
}

fn hex(bytes: [u8; 8]) -> String {
    format!("{:016x}", u64::from_be_bytes(bytes))
}
