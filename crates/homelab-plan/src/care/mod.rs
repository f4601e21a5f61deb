//! Decisions about a home that runs: which pods leave a node, which node is upgraded next, and what a backup holds.

mod backup;
mod drain;
mod upgrade;

pub use backup::{Manifest, Part, PartKind, short_token};
pub use drain::{Drain, Pod, drain};
pub use upgrade::{NodeVersion, Refused, next_upgrade};
