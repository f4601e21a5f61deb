//! How much work the program takes on at once. Bounds on what comes from outside stand beside what reads it:
//! `fetch/limits.rs`, and `limits.rs` in yomu-feed, yomu-clean and yomu-model.

use std::time::Duration;

/// Feeds in work at once. Each waits for the network most of the time; the bound keeps the documents in memory few.
pub(crate) const FEEDS_IN_FLIGHT: u32 = 32;

/// How long a worker holds a feed. Longer than the slowest fetch with its articles, so a lease that runs out means that
/// its worker is gone.
pub(crate) const LEASE: Duration = Duration::from_secs(10 * 60);

/// Checks without news that are written together.
pub(crate) const UNCHANGED_BATCH: usize = 64;

/// The refresher looks at the schedule at least this often, whatever it has been told.
pub(crate) const LOOK_AGAIN: Duration = Duration::from_secs(60);

/// A stopping program waits this long for feeds in work; then it gives their leases back.
pub(crate) const STOPPING: Duration = Duration::from_secs(5);

/// Articles fetched after one refresh of a feed with full text: a busy feed's newest, within a minute or so.
pub(crate) const ARTICLES_PER_REFRESH: usize = 20;

/// An icon is looked for again after this time; sites change theirs every few years.
pub(crate) const ICON_AGAIN: Duration = Duration::from_secs(30 * 24 * 3600);

/// What was removed can be brought back for a day.
pub(crate) const REMOVED_FOR: Duration = Duration::from_secs(24 * 3600);

/// How often what was removed is looked through.
pub(crate) const PURGE_EVERY: Duration = Duration::from_secs(3600);

/// Common paths tried on a site that names no feed.
pub(crate) const COMMON_PATHS_TRIED: usize = 6;

/// Characters of a list's excerpt.
pub(crate) const EXCERPT_CHARS: usize = 240;

/// A feed whose host must rest is asked again after this time at the earliest.
pub(crate) const POSTPONED: Duration = Duration::from_secs(60);
