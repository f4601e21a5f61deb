//! What goes wrong in a simulated home, and how often.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::random::Random;

/// How much goes wrong.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Faults {
    /// Nothing: a home on a good day.
    #[default]
    None,
    /// About one call in fifty.
    Some,
    /// About one call in eight.
    Many,
}

/// One thing that goes wrong. Those of a door are decided when somebody comes through it; the others by what is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fault {
    /// The connection breaks before the other side has seen anything.
    LostBefore,
    /// The other side has done it, and the answer is lost: the caller cannot know.
    LostAfter,
    /// The answer takes long.
    Slow,
    /// Proxmox answers 500, 596 or 599 for no reason of ours.
    ProxmoxError,
    /// The ticket of a login holds no longer: as after two hours, or since the host has a new key.
    TicketEnds,
    /// Somebody else's backup or snapshot holds a container's lock for a while.
    Locked,
    /// The task was accepted and fails.
    TaskFails,
    /// SSH drops in the middle of a command that had begun to change things.
    ShellDrops,
    /// A container reboots by itself.
    Reboots,
    /// A container's disk is full until something is removed.
    DiskFull,
    /// The API server answers 429, 500 or 503, or its watch ends early.
    KubernetesError,
    /// Somebody else changed an object in between: a conflict.
    Conflict,
    /// A pod needs several starts: its image comes slowly, its node is short.
    PodRestarts,
    /// A download breaks off, or comes with the wrong bytes.
    BadDownload,
}

impl Fault {
    /// Every kind.
    pub const ALL: [Self; 14] = [
        Self::LostBefore,
        Self::LostAfter,
        Self::Slow,
        Self::ProxmoxError,
        Self::TicketEnds,
        Self::Locked,
        Self::TaskFails,
        Self::ShellDrops,
        Self::Reboots,
        Self::DiskFull,
        Self::KubernetesError,
        Self::Conflict,
        Self::PodRestarts,
        Self::BadDownload,
    ];
}

/// The faults of one run.
#[derive(Clone, Debug)]
pub(crate) struct FaultPlan {
    level: Faults,
    random: Random,
    /// How often each kind has happened.
    counts: BTreeMap<Fault, u64>,
    /// How many faults came one after another, over all kinds.
    streak: u32,
    /// Off while somebody looks at the world for a test.
    is_on: bool,
}

/// After so many faults in a row the next call goes well: a home in which nothing ever works proves nothing about retries.
const STREAK_MAX: u32 = 4;

/// The longest delay of a slow answer.
const SLOW_MAX: Duration = Duration::from_secs(20);

impl FaultPlan {
    pub(crate) fn new(level: Faults, seed: u64) -> Self {
        // Another sequence than the world's own: faults do not change what else is random.
        Self { level, random: Random::new(seed ^ 0xfa17), counts: BTreeMap::new(), streak: 0, is_on: true }
    }

    /// Whether `fault` happens now. `weight` says how likely it is beside the others: 1 is usual.
    pub(crate) fn happens(&mut self, fault: Fault, weight: u64) -> bool {
        let thousandths = match self.level {
            Faults::None => 0,
            Faults::Some => 5 * weight,
            Faults::Many => 30 * weight,
        };
        let happens = self.is_on && self.streak < STREAK_MAX && self.random.chance(thousandths.min(900));
        if happens {
            self.streak += 1;
            *self.counts.entry(fault).or_default() += 1;
        }
        happens
    }

    /// A call went through: the streak is over.
    pub(crate) fn went_well(&mut self) {
        self.streak = 0;
    }

    /// How long a slow answer takes.
    pub(crate) fn delay(&mut self) -> Duration {
        Duration::from_millis(1 + self.random.below(SLOW_MAX.as_millis() as u64))
    }

    /// A number below `bound` for whatever a fault needs.
    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        self.random.below(bound)
    }

    pub(crate) fn counts(&self) -> &BTreeMap<Fault, u64> {
        &self.counts
    }

    pub(crate) fn set_level(&mut self, level: Faults) {
        self.level = level;
    }

    pub(crate) fn set_on(&mut self, is_on: bool) {
        self.is_on = is_on;
    }
}
