//! A simulated home, for `homelab rehearse` and for tests: a Proxmox VE host, the containers on it, and the cluster in them.
//!
//! A [`World`] has four doors, and whoever calls comes through them as they would come to the real thing:
//!
//! ```text
//! World::proxmox     requests to port 8006 of the host          proxmox/
//! World::shell       commands over SSH on a host or container   host/
//! World::kubernetes  requests to port 6443 of a server          cluster/
//! World::web         downloads and registries                   web/
//! ```
//!
//! Everything happens on tokio's clock and by the seed. With a paused clock a bring-up of half an hour takes milliseconds,
//! and the same seed gives the same faults at the same places, for ever.
//!
//! [`serve`] opens the doors on this computer, on the clock of the wall, so that other programs can knock: two of them over TLS, as
//! they are in the world, and all others by one for `homelab` itself.
//!
//! Where it claims that Proxmox or K3s behaves so, the claim names its source. What it does not know it refuses loudly: a
//! simulator that says yes to everything proves nothing.
//!
//! Not in here: anything of `homelab`. The program and its simulator meet only at bytes.

mod by_hand;
mod cluster;
pub mod event;
pub mod fault;
pub mod home;
pub mod host;
pub mod http;
pub mod latency;
mod postgres;
mod proxmox;
mod random;
pub mod serve;
mod web;
mod world;

pub use cluster::{Answer, Watch};
pub use fault::{Fault, Faults};
pub use home::Home;
pub use world::{Glimpse, Lost, World};
