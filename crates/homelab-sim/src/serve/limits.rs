//! The bounds of the served home.

use std::time::Duration;

/// How many connections are open at once: a browser, a script and a few tools.
pub(super) const CONNECTIONS_MAX: usize = 64;

/// How long a hand-shake or the head of a request may take.
pub(super) const HEAD_TIME: Duration = Duration::from_secs(10);

/// How much is read at the side door: the simulated binaries and snapshots are small, a question never is so large.
pub(super) const QUESTION_BYTES_MAX: u64 = 64 * 1024 * 1024;

/// How much of a body is read: the 3 MiB that an API server takes, and more than Proxmox takes, so that it can say so itself.
pub(super) const BODY_BYTES_MAX: usize = 3 * 1024 * 1024;
