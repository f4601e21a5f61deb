//! From what should be and what was seen to what is to be done.
//!
//! ```text
//! homelab.toml -> desired ─┐
//!                          ├─> make -> Plan { steps, left alone, problems } -> carried out elsewhere -> seen again
//! the home     -> observed ┘
//! ```
//!
//! Every choice is made here, before anything is touched: the plan that is printed is the plan that is carried out. There is
//! no state file. What belongs to us carries our tag; nothing else is ever part of a step.

mod action;
mod containers;
mod desired;
pub mod files;
mod machines;
mod observed;
mod preflight;
mod role;
mod services;
mod step;

pub use action::{Action, Change, Class};
pub use desired::{Component, ContainerSpec, Desired, tag_of};
pub use observed::{
    Appliance, ClusterSeen, ComponentSeen, ContainerSeen, HostSeen, K3sSeen, Login, MachineSeen, NodeSeen, Observed,
    StorageSeen,
};
pub use preflight::Problem;
pub use role::{Grant, role};
pub use step::{Chain, Plan, Step};

use step::Draft;

/// What has to be done so that the home is as `desired`, given that it is as `observed`.
pub fn make(desired: &Desired, observed: &Observed) -> Plan {
    let matched = containers::matched(desired, observed);
    let mut draft = Draft::default();
    containers::steps(desired, observed, &matched, &mut draft);
    machines::steps(desired, observed, &matched, &mut draft);
    services::steps(desired, observed, &mut draft);
    let mut plan = draft.plan();
    plan.problems = preflight::problems(desired, observed, &matched);
    plan.left_alone = containers::left_alone(&matched);
    plan.notes = containers::notes(&matched).into_iter().chain(machines::notes(desired, observed)).collect();
    plan
}
