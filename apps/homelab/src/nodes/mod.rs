//! Nodes that leave, and nodes that get a newer K3s. (Nodes that come, or grow, are an edit of homelab.toml and `homelab up`.)

mod drain;
mod error;
mod remove;
mod upgrade;

pub use error::NodeError;
pub(crate) use remove::is_bound_to;
pub use remove::{Leaving, look as look_before_removal, remove};
pub use upgrade::{check as check_upgrade, upgrade};
