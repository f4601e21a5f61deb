//! `/cluster`: what all hosts know together.

pub mod nextid;
pub mod resources;
pub mod status;
