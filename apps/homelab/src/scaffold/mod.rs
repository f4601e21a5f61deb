//! Repositories: what is in them, and writing them whole or not at all.
//!
//! ```text
//! answers, homelab.toml -> templates filled in (all of them) -> compared with what is there -> written
//! ```
//!
//! The templates are in `templates/`. They use `«name»` for values and lines that begin with `%%` for conditions, so that
//! neither is mistaken for the languages they are written in.

pub mod changes;
pub mod digests;
pub mod infrastructure;
pub mod service;
mod template;
mod write;

pub use changes::{Change, NewFile, State};
pub use write::write;
