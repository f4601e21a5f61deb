//! Every bound on what a host can make us read or wait for, with its reason.

use std::time::Duration;

/// Bytes of one answer. The longest honest one is the list of appliances, about 300 KiB; logs are read in pages.
pub const ANSWER_BYTES_MAX: usize = 8 * 1024 * 1024;

/// Header lines of one answer. Proxmox sends about ten.
pub const HEADERS_MAX: usize = 64;

/// Bytes of an error's text that are kept. Proxmox' own are one line; a proxy in between may answer with a page.
pub const DETAIL_BYTES_MAX: usize = 1024;

/// Time to connect. A host at home answers in milliseconds; asleep disks and a busy host need seconds.
pub const CONNECT_TIME: Duration = Duration::from_secs(10);

/// Time for a whole call. A host waits 30 s for another node of its cluster (`proxy_request` in `AnyEvent.pm`) and about 10 s for
/// a configuration's lock, and a hot-plugged change takes a few more.
pub const CALL_TIME: Duration = Duration::from_secs(60);

/// How long an idle connection is kept. The host closes after 5 s (`timeout` in `AnyEvent.pm`); a change that is sent into a
/// closing connection has an unknown outcome, so we close first.
pub const IDLE_CONNECTION: Duration = Duration::from_secs(3);

/// How often a call is tried when the connection failed before anything was sent, or when repeating is harmless.
pub const ATTEMPTS_MAX: u32 = 4;

/// The pause before the second attempt; it doubles from there, so all attempts span 3.5 s: a host whose `pveproxy` restarts is
/// back by then.
pub const RETRY_PAUSE: Duration = Duration::from_millis(500);

/// How long a password's ticket is valid: `$ticket_lifetime` in `PVE/AccessControl.pm`.
pub const TICKET_TIME: Duration = Duration::from_secs(2 * 60 * 60);

/// The age at which a ticket is exchanged for a new one: early enough that the longest pause between two calls does not
/// let it run out.
pub const TICKET_RENEWAL: Duration = Duration::from_secs(90 * 60);

/// The first pause between two looks at a task; starting a container takes about a second.
pub const TASK_POLL_FIRST: Duration = Duration::from_millis(250);

/// The longest pause between two looks at a task.
pub const TASK_POLL_MAX: Duration = Duration::from_secs(2);

/// How long a task may run. Downloading a template over a slow line and backing up 50 GB take tens of minutes.
pub const TASK_TIME: Duration = Duration::from_secs(60 * 60);

/// How long a host may be silent while we wait for its task: a restart of `pveproxy` or of the network, not of the host.
pub const TASK_SILENCE: Duration = Duration::from_secs(90);

/// How long a lock is waited for. Backups hold theirs longest, but nobody should sit through one unasked.
pub const LOCK_TIME: Duration = Duration::from_secs(120);

/// The first pause between two attempts at something locked.
pub const LOCK_POLL_FIRST: Duration = Duration::from_millis(500);

/// The longest pause between two attempts at something locked.
pub const LOCK_POLL_MAX: Duration = Duration::from_secs(5);

/// Lines at the end of a task's log that are shown. The reason of a failure stands in the last few.
pub const LOG_TAIL_LINES: usize = 12;

/// Lines of a task's log asked for at once.
pub const LOG_PAGE_LINES: u64 = 500;

/// Lines of a task's log that are read to find its end. The log of a backup grows by a line every few seconds.
pub const LOG_LINES_MAX: u64 = 20_000;

/// Bytes of one property string. The longest honest one is a mount point with all its options.
pub const PROPERTY_BYTES_MAX: usize = 4 * 1024;

/// Digits of a size. 16 EiB in bytes have 20.
pub const SIZE_DIGITS_MAX: usize = 32;

/// Bytes of a secret that is looked for in what a host says, to be blanked there. Proxmox takes no shorter password, and the
/// letters of a shorter one would stand in every sentence.
pub const SECRET_BYTES_MIN: usize = 5;
