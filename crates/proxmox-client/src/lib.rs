//! Typed calls to Proxmox VE 8 and 9.
//!
//! ```text
//! nodes::lxc::create(&node, &wish)  ->  Request<Upid>  ->  Client::run  ->  Transport  ->  Finished | Error
//!            (a value, no IO)                    (login, retries, locks, tasks)
//! ```
//!
//! - **Calls are values.** Modules mirror the API's paths (`nodes::lxc::config` is `/nodes/{node}/lxc/{vmid}/config`). Each
//!   function builds a [`Request`] that says method, path, parameters and the type of its answer. Only what was asked for is
//!   sent, so each call can be compared with the published schema without a host.
//! - **A 200 is not success.** Most changes answer with the name of a task ([`Upid`]). [`Client::run`] waits for the task and
//!   reads its log if it failed; it also waits, within bounds, for locks that others hold.
//! - **A lost answer is not a failure.** If a change was sent and no answer came back, the error is
//!   [`Error::OutcomeUnknown`]: look at what is there before repeating. Reading calls are repeated by the client itself.
//! - **Property strings are values.** `features`, `net0`, `rootfs`, `mp0`, `startup` and `tags` are parsed into the types of
//!   [`value`] and compared there. Proxmox writes them anew when it saves, so their texts differ where their meanings agree.
//! - **Answers are read leniently.** Numbers come as texts, booleans as 1 or not at all, and nothing checks them on the host.
//! - **Secrets print `[redacted]`** ([`Secret`]), also where a host repeats them in an error.
//!
//! ```no_run
//! use std::sync::Arc;
//! use proxmox_client::{Client, Credentials, Https, NodeName, Secret, Trust, nodes::lxc};
//!
//! # async fn example(fingerprint: &str, secret: Secret) -> Result<(), Box<dyn std::error::Error>> {
//! let https = Https::new(&"pve.home".parse()?, &Trust::Pinned(fingerprint.parse()?))?;
//! let client = Client::new(Arc::new(https), Credentials::Token { id: "homelab@pve!up".to_owned(), secret });
//! let node: NodeName = "pve".parse()?;
//! for container in client.send(&lxc::list(&node)).await? {
//!     println!("{} {}", container.vmid, container.status);
//! }
//! client.run(&lxc::status::start(&node, "101".parse()?)).await?;
//! # Ok(())
//! # }
//! ```
//!
//! [`Https`] speaks to a real host and trusts a pinned fingerprint, a CA file or the system's authorities. Anything else that
//! implements [`Transport`] can stand in for a host. Time is `tokio::time` alone, so it can be virtual.
//!
//! Facts about Proxmox carry the name of the source file they come from: `pve-container` `src/PVE/API2/LXC.pm` and so on.
//!
//! Not in here: what should be there, and in which order to make it. Nothing here decides.

pub mod access;
mod answer;
mod client;
pub mod cluster;
mod credentials;
mod encode;
mod error;
mod id;
mod lenient;
pub mod limits;
pub mod nodes;
pub mod pools;
mod request;
mod secret;
mod session;
mod situation;
mod transport;
mod upid;
pub mod value;
pub mod version;

pub use client::{Client, Finished, Patience};
pub use credentials::{Credentials, SecondFactor};
pub use error::Error;
pub use id::{InvalidName, NodeName, PoolId, SnapshotName, StorageId, Vmid};
pub use request::{Call, Done, Method, Parameter, Request};
pub use secret::Secret;
pub use situation::Situation;
pub use transport::{
    Endpoint, Fingerprint, HttpAnswer, HttpRequest, Https, InvalidEndpoint, InvalidFingerprint, Pending, Transport,
    TransportError, Trust, presented_fingerprint,
};
pub use upid::{InvalidUpid, Upid};
