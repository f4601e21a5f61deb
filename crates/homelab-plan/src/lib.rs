//! A home as data: what `homelab.toml` says, what fits on it, what it costs, and what belongs elsewhere
//!
//! Everything here is a decision: texts and days come in as arguments, values go out. There is no network, no file, no clock
//! and no randomness, so each decision can be tested by writing down what goes in.
//!
//! | module | decides |
//! |---|---|
//! | [`care`] | which pods leave a node, which node is upgraded next, what a backup holds |
//! | [`capacity`] | how many services fit on the nodes, also with one lost |
//! | [`config`] | what a `homelab.toml` means, and everything that is wrong with it |
//! | [`cost`] | what a month costs, at home and elsewhere |
//! | [`service`] | which secrets a service needs, and where each comes from |
//! | [`place`] | which services belong in the cluster, and which beside it |
//! | [`diagnostic`] | nothing; it says where in a file something is wrong, and what to write instead |
//! | [`bytes`], [`decimal`], [`cpu`] | nothing; they keep sizes, amounts and processor time exact |
//! | [`limits`] | how much of anything is accepted |

pub mod bytes;
pub mod capacity;
pub mod care;
pub mod config;
pub mod cost;
pub mod cpu;
pub mod decimal;
pub mod diagnostic;
pub mod limits;
mod picture;
pub mod place;
pub mod plan;
pub mod service;
