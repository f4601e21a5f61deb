//! `/access`: who may do what.

pub mod permissions;
pub mod roles;
pub mod ticket;
