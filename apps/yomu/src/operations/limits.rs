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

/// How long an answer may take that changes something. Adding a site may ask for several documents, each with a limit of
/// its own.
pub(crate) const CHANGE_TIME: Duration = Duration::from_secs(120);

/// How long an answer may take that only looks something up. The slowest are milliseconds of work; what makes them wait is
/// a database that says nothing, or an OpenID issuer, which has ten seconds for each of two documents.
pub(crate) const LOOK_TIME: Duration = Duration::from_secs(25);

/// A connection that says nothing is not waited for for longer. Browsers open some ahead of need, and open others.
pub(crate) const SILENCE_TIME: Duration = Duration::from_secs(20);

/// For all headers of a request, and for the rest between two: proxies keep connections for about a minute.
pub(crate) const HEADERS_TIME: Duration = Duration::from_secs(60);

/// A client that takes nothing of an answer for so long is gone, or wants our memory.
pub(crate) const STALLED_TIME: Duration = Duration::from_secs(60);

/// Connections at once: 2,000 open pages that hear of changes, and as many that ask for something. An idle one has 10 KB.
pub(crate) const CONNECTIONS_MAX: usize = 4_096;

/// Open files that are not for clients: the database, Valkey, feeds, the program's own.
pub(crate) const FILES_FOR_OURSELVES: usize = 256;

/// The bound on open files where the system does not say: the smallest that is usual.
pub(crate) const FILES_UNKNOWN: usize = 1_024;

/// When a connection cannot be taken, most often for want of files, the next is tried after this time.
pub(crate) const ACCEPT_AGAIN: Duration = Duration::from_millis(500);
