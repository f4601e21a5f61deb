//! What happened in the world, for the timeline that a rehearsal shows.

use std::time::Duration;

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Since the world began.
    pub at: Duration,
    /// Where: `pve`, a container's name, `cluster`, `web`.
    pub place: String,
    /// What, in a few words, without any secret.
    pub what: String,
    /// The fault that it is, if it is one.
    pub fault: Option<crate::Fault>,
}
