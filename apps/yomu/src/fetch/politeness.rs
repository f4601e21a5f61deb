//! Whose turn it is at which host.
//!
//! At most a few requests are in flight to one host, their starts keep a distance, and a host that asked for rest is
//! not asked before that is over. The table holds hosts that are in use or resting; the idle ones leave when it has
//! doubled since it was last cleaned, so cleaning costs nothing on average.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::Instant;

use super::limits::{HOST_REST_MAX, HOSTS_MAX};

/// The table is not cleaned below this size.
const SWEEP_MIN: usize = 64;

/// All hosts that are asked now, or that asked for rest.
pub(super) struct Politeness {
    table: Mutex<Table>,
    per_host_max: usize,
}

struct Table {
    hosts: HashMap<(String, u16), Arc<Host>>,
    sweep_at: usize,
}

struct Host {
    places: Arc<Semaphore>,
    times: Mutex<Times>,
}

#[derive(Clone, Copy)]
struct Times {
    /// When the next request may start.
    next_start: Instant,
    /// When the host may be asked again.
    rest_until: Instant,
}

/// A request's place at a host, given back when dropped.
pub(super) struct Turn {
    host: Arc<Host>,
    _place: OwnedSemaphorePermit,
}

/// The host asked to be left alone for so long.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Resting(pub(super) Duration);

impl Politeness {
    pub(super) fn new(per_host_max: usize) -> Self {
        let table = Table { hosts: HashMap::new(), sweep_at: SWEEP_MIN };
        Self { table: Mutex::new(table), per_host_max: per_host_max.max(1) }
    }

    /// Waits for a turn. Requests get theirs in the order they came.
    pub(super) async fn turn(&self, host: &str, port: u16, gap: Duration) -> Result<Turn, Resting> {
        let host = self.host(host, port);
        host.awake()?;
        let Ok(place) = Arc::clone(&host.places).acquire_owned().await else {
            unreachable!("the semaphore of a host is never closed")
        };
        // Whoever had the place before may have been told to go away.
        host.awake()?;
        let start = host.reserve_start(gap);
        if start > Instant::now() {
            tokio::time::sleep_until(start).await;
            host.awake()?;
        }
        Ok(Turn { host, _place: place })
    }

    fn host(&self, name: &str, port: u16) -> Arc<Host> {
        let mut table = locked(&self.table);
        // The key is made anew each time; a borrowed look-up of a pair would need more code than it saves.
        let key = (name.to_owned(), port);
        if let Some(host) = table.hosts.get(&key) {
            return Arc::clone(host);
        }
        if table.hosts.len() >= table.sweep_at {
            table.sweep();
        }
        let now = Instant::now();
        let host = Arc::new(Host {
            places: Arc::new(Semaphore::new(self.per_host_max)),
            times: Mutex::new(Times { next_start: now, rest_until: now }),
        });
        table.hosts.insert(key, Arc::clone(&host));
        host
    }

    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        locked(&self.table).hosts.len()
    }
}

impl Table {
    /// Lets idle hosts go, and when that is not enough also the resting ones.
    fn sweep(&mut self) {
        let now = Instant::now();
        self.hosts.retain(|_, host| host.is_used() || host.remembers(now));
        if self.hosts.len() >= HOSTS_MAX {
            self.hosts.retain(|_, host| host.is_used());
        }
        self.sweep_at = (self.hosts.len() * 2).clamp(SWEEP_MIN, HOSTS_MAX.max(self.hosts.len() + 1));
    }
}

impl Host {
    fn awake(&self) -> Result<(), Resting> {
        let left = locked(&self.times).rest_until.saturating_duration_since(Instant::now());
        if left.is_zero() { Ok(()) } else { Err(Resting(left)) }
    }

    fn reserve_start(&self, gap: Duration) -> Instant {
        let mut times = locked(&self.times);
        let start = times.next_start.max(Instant::now());
        times.next_start = start + gap;
        start
    }

    /// The table itself holds one reference; every turn and every waiting request holds another.
    fn is_used(self: &Arc<Self>) -> bool {
        Arc::strong_count(self) > 1
    }

    fn remembers(&self, now: Instant) -> bool {
        let times = locked(&self.times);
        times.rest_until > now || times.next_start > now
    }
}

impl Turn {
    /// Leaves the host alone from now on, for at most an hour.
    pub(super) fn rest(&self, time: Duration) {
        let until = Instant::now() + time.min(HOST_REST_MAX);
        let mut times = locked(&self.host.times);
        times.rest_until = times.rest_until.max(until);
    }
}

/// A panic elsewhere leaves these plain values whole.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
