//! What may be forgotten: look-ups, counters that run out, and word of news between replicas.
//!
//! Without `VALKEY_URL` all of it is in memory. With it, Valkey has it, so that replicas share it; when Valkey is away,
//! slow or emptied, look-ups are missing (the database is asked), counters go on in memory, and word reaches this process
//! alone. Nothing here is the only copy of anything, and no method fails.

mod events;
mod generations;
mod key;
mod limits;
mod memory;
mod valkey;

use std::sync::Arc;
use std::time::{Duration, Instant};

pub use events::{Event, Listener};
pub use key::Key;
pub use valkey::{ValkeyAddress, ValkeyAddressError};

use events::Events;
use limits::{KEPT_MAX, VALUE_BYTES_MAX};
use memory::Memory;
use valkey::Valkey;

/// The cache of one process. Cheap to clone.
#[derive(Clone)]
pub struct Cache {
    inner: Arc<Inner>,
}

struct Inner {
    memory: Memory,
    valkey: Option<Valkey>,
    events: Events,
}

/// What a look-up found.
#[derive(Debug)]
pub enum Found {
    /// The bytes that were kept.
    Value(Vec<u8>),
    /// Nothing. Whoever then asks the database may keep its answer with the ticket.
    Missing(Ticket),
}

/// The right to keep what the database says. It is void when the key was forgotten since the look-up, so that an answer
/// from before a change is never kept after it.
#[derive(Debug)]
pub struct Ticket(Right);

#[derive(Debug)]
enum Right {
    Memory { key: Key, forgotten: u64 },
    Valkey { key: Key, version: valkey::Version },
    None,
}

/// How often something may be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget {
    /// So many times
    pub times: u64,
    /// in this time, which begins with the first.
    pub within: Duration,
}

/// Whether something may be done once more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spent {
    /// It may.
    Within,
    /// It was done too often.
    Exceeded {
        /// When it may be done again.
        retry_after: Duration,
    },
}

/// Where the cache is at the moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In memory, as no Valkey was asked for.
    Memory,
    /// In Valkey, which answers.
    Valkey,
    /// In Valkey, which does not answer.
    Away,
}

impl Cache {
    /// A cache for one process.
    #[must_use]
    pub fn in_memory() -> Self {
        Self { inner: Arc::new(Inner { memory: Memory::default(), valkey: None, events: Events::default() }) }
    }

    /// A cache that replicas share. Reaching Valkey is the work of background tasks, so this never waits or fails.
    ///
    /// `namespace` tells the keys of this installation from others in the same Valkey.
    #[must_use]
    pub fn in_valkey(address: ValkeyAddress, namespace: &str) -> Self {
        let events = Events::default();
        let valkey = Some(Valkey::start(address, namespace, &events));
        Self { inner: Arc::new(Inner { memory: Memory::default(), valkey, events }) }
    }

    /// Where the cache is.
    #[must_use]
    pub fn place(&self) -> Place {
        match &self.inner.valkey {
            None => Place::Memory,
            Some(valkey) if valkey.is_there() => Place::Valkey,
            Some(_) => Place::Away,
        }
    }

    /// Whether other processes share it.
    #[must_use]
    pub fn is_shared(&self) -> bool {
        self.inner.valkey.is_some()
    }

    /// Looks something up.
    pub async fn look_up(&self, key: Key) -> Found {
        match &self.inner.valkey {
            None => self.inner.memory.look_up(key),
            Some(valkey) => valkey.look_up(key).await,
        }
    }

    /// Keeps what the database said, for `lasting` or a minute, whichever is shorter.
    pub fn keep(&self, ticket: Ticket, value: &[u8], lasting: Duration) {
        if value.len() > VALUE_BYTES_MAX {
            return;
        }
        let lasting = lasting.min(KEPT_MAX);
        match (ticket.0, &self.inner.valkey) {
            (Right::Memory { key, forgotten }, _) => self.inner.memory.keep(key, forgotten, value, lasting),
            (Right::Valkey { key, version }, Some(valkey)) => valkey.keep(&key, version, value, lasting),
            _ => {}
        }
    }

    /// Forgets what was kept, because it changed. Comes after the change in the database, never before.
    pub async fn forget(&self, key: Key) {
        match &self.inner.valkey {
            None => self.inner.memory.forget(&key),
            Some(valkey) => valkey.forget(key).await,
        }
    }

    /// Counts one more of something, such as a try to sign in, and says whether that was one too many.
    pub async fn spend(&self, key: Key, budget: Budget) -> Spent {
        // Counted here too, so that a Valkey that goes away takes no count with it.
        let here = self.inner.memory.count(&key, budget.within);
        let counted = match &self.inner.valkey {
            None => here,
            Some(valkey) => valkey.count(&key, 1, budget.within).await.map_or(here, |shared| shared.max(here)),
        };
        counted.judged(budget)
    }

    /// The same for what happens often: replicas tell each other of every sixteenth part of the budget only, so that most
    /// counts cost nothing, and each replica may go over it by as much.
    pub async fn spend_roughly(&self, key: Key, budget: Budget) -> Spent {
        let step = (budget.times / 16).max(1);
        let here = self.inner.memory.count(&key, budget.within);
        let Some(valkey) = self.inner.valkey.as_ref().filter(|_| here.count.is_multiple_of(step)) else {
            return here.judged(budget);
        };
        match valkey.count(&key, step, budget.within).await {
            Some(shared) if shared.count > budget.times => {
                self.inner.memory.exceed(&key, budget.times, shared.left);
                shared.judged(budget)
            }
            _ => here.judged(budget),
        }
    }

    /// Starts counting anew, as after a sign-in that succeeded.
    pub async fn reset(&self, key: Key) {
        self.inner.memory.reset(&key);
        if let Some(valkey) = &self.inner.valkey {
            valkey.reset(&key).await;
        }
    }

    /// Tells every replica of something new, this one first.
    pub async fn publish(&self, event: Event) {
        self.inner.events.tell(event);
        if let Some(valkey) = &self.inner.valkey {
            valkey.publish(event).await;
        }
    }

    /// Waits until a Valkey that was asked for is there, for a short time at most.
    pub(crate) async fn reached(&self, within: Duration) {
        let until = Instant::now() + within;
        while self.place() == Place::Away && Instant::now() < until {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    /// Listens to what is new, from now on.
    #[must_use]
    pub fn listen(&self) -> Listener {
        self.inner.events.listen()
    }
}

/// How often something was counted in its time, and how much of that is left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Counted {
    count: u64,
    left: Duration,
}

impl Counted {
    fn judged(self, budget: Budget) -> Spent {
        if self.count <= budget.times { Spent::Within } else { Spent::Exceeded { retry_after: self.left } }
    }
}
