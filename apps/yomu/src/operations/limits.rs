//! How long things may take before somebody outside loses patience.

use std::time::Duration;

/// Counts of unread entries in a shared cache. Changes end them at once; the number of feeds in trouble changes with each
/// refresh and may be this old.
pub(crate) const COUNTS_KEPT: Duration = Duration::from_secs(15);

/// A program told to stop lets open requests end for this long, and then goes. With `STOPPING` beside it, not after it,
/// that is below the ten seconds after which a container is killed at the latest.
pub(crate) const DRAINING: Duration = Duration::from_secs(7);

/// The whole winding down, with the writing of what ended. A database that is away must not hold it up for longer.
pub(crate) const WINDING_DOWN: Duration = Duration::from_secs(8);

/// What `/readyz` says may be this old: a database that is asked by every probe of every replica has better things to do.
pub(crate) const READINESS_KEPT: Duration = Duration::from_secs(1);

/// A database that takes longer to say "1" is not ready.
pub(crate) const READINESS_TIME: Duration = Duration::from_secs(2);

/// Between attempts to open a database that is away at the start: the first soon, as when both start together.
pub(crate) const REOPEN: (Duration, Duration) = (Duration::from_millis(500), Duration::from_secs(5));
