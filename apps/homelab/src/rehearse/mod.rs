//! Rehearsing: the same run against a simulated home.

mod reach;

pub use reach::{Simulated, reach};
