//! Every bound of the cache, with its reason.

use std::time::Duration;

/// The longest that anything is kept. A look-up that should have been forgotten while Valkey could not be reached is wrong
/// for this long at most, even when the process that knew of it died.
pub(super) const KEPT_MAX: Duration = Duration::from_secs(60);

/// A look-up larger than this costs more to move than to ask the database for; counters and sessions have some hundred
/// bytes.
pub(super) const VALUE_BYTES_MAX: usize = 16 << 10;

/// Look-ups kept in memory: at 16 KiB each they would take 32 MiB, at the usual 200 bytes they take 1.
pub(super) const VALUES_IN_MEMORY: usize = 2_000;

/// Counters kept in memory, one for each account and address that tried something in the last minutes: 10 MB.
pub(super) const COUNTERS_IN_MEMORY: usize = 50_000;

/// Longer than a network takes that is worth asking: the database would have answered by then.
pub(super) const ANSWER_TIME: Duration = Duration::from_millis(100);

/// So many answers in a row that came too late mean that Valkey is away.
pub(super) const LATE_ANSWERS: u32 = 3;

/// Connecting, with TLS, and the first answer. Nobody waits for it: it happens in the background.
pub(super) const CONNECT_TIME: Duration = Duration::from_secs(2);

/// Between attempts to reach a Valkey that is away: at first soon, as it is when it restarts, then less often.
pub(super) const RECONNECT: (Duration, Duration) = (Duration::from_millis(100), Duration::from_secs(3));

/// Requests that wait to be sent. At a hundred microseconds each this is a tenth of a second of work.
pub(super) const REQUESTS_QUEUED: usize = 1_000;

/// Forgettings that are kept for a Valkey that is away, some hundred bytes each.
pub(super) const FORGETTINGS_OWED: usize = 10_000;

/// The longest reply that is read; ours are [`VALUE_BYTES_MAX`] and a few more.
pub(super) const REPLY_BYTES_MAX: usize = 64 << 10;

/// Members of an array in a reply: `MGET` of two, and the three of a message.
pub(super) const REPLY_MEMBERS_MAX: usize = 8;

/// How long a version of a key lasts: longer than anything kept under it.
pub(super) const VERSION_LASTS: Duration = Duration::from_secs(24 * 3600);

/// A subscription without word is asked this often whether it still lives.
pub(super) const SUBSCRIPTION_ASKED_EVERY: Duration = Duration::from_secs(5);

/// Events that a slow listener may be behind; one who is further behind looks at everything again.
pub(super) const EVENTS_BEHIND: usize = 256;
