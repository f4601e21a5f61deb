//! What is run, wherever it is run.

use serde::Serialize;

use crate::bytes::Bytes;
use crate::config::Homelab;
use crate::cpu::Cpu;
use crate::decimal::Decimal;

/// So many services of a size, with a database and a cache.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Set {
    /// How many services.
    pub services: u32,
    /// The memory of each.
    pub memory: Bytes,
    /// The processor time that each uses on average, for those who bill use.
    pub cpu_used: Cpu,
    /// The memory of the database.
    pub postgres: Bytes,
    /// The disk of the database.
    pub postgres_storage: Bytes,
    /// The memory of the cache.
    pub valkey: Bytes,
    /// How many commands the cache gets in a month, for those who bill commands.
    pub cache_commands: u32,
}

/// What a service at home uses on average: it sleeps most of the time.
const CPU_USED: Cpu = Cpu::milli(10);

/// A command every 2.6 seconds.
const CACHE_COMMANDS: u32 = 1_000_000;

impl Set {
    /// So many services of a size, with the database and the cache of a home.
    pub fn of(home: &Homelab, services: u32, memory: Bytes) -> Self {
        let shared = &home.shared;
        Self {
            services,
            memory,
            cpu_used: CPU_USED,
            postgres: shared.postgres.memory,
            postgres_storage: shared.postgres.storage,
            valkey: shared.valkey.memory,
            cache_commands: CACHE_COMMANDS,
        }
    }

    /// The memory of everything together.
    pub fn memory_of_all(&self) -> Bytes {
        self.memory * u64::from(self.services) + self.postgres + self.valkey
    }

    /// The processor time of everything together.
    pub(super) fn cpu_of_all(&self) -> Decimal {
        // The database and the cache count as a service each.
        let cpu = self.cpu_used * (u64::from(self.services) + 2);
        Decimal::from_millionths(i64::try_from(cpu.get()).unwrap_or(i64::MAX).saturating_mul(1000))
    }

    /// What is taken to be so, in words.
    pub(super) fn assumptions(&self) -> Vec<String> {
        vec![
            format!(
                "{} services of {}, PostgreSQL with {} and {} of disk, Valkey with {}",
                self.services,
                self.memory.to_words(),
                self.postgres.to_words(),
                self.postgres_storage.to_words(),
                self.valkey.to_words()
            ),
            format!("who bills use is billed all of that memory, and {} of a core for each on average", self.cpu_used),
            format!("who bills commands is billed {} a month", Decimal::whole(self.cache_commands.into())),
            "a month has 30 days; `GB` of providers are taken as GiB".to_string(),
        ]
    }
}

/// A size in gibibytes, as a number to multiply with.
pub(super) fn gib(bytes: Bytes) -> Decimal {
    let bytes = i64::try_from(bytes.get()).unwrap_or(i64::MAX);
    Decimal::whole(bytes >> 20).divided_by(Decimal::whole(1024))
}
