//! Markup as tokens: what we know of HTML below the level of rules.

pub(crate) mod attribute;
pub(crate) mod entity;
pub(crate) mod nesting;
mod open_elements;
pub(crate) mod prune;
pub(crate) mod scan;
pub(crate) mod tag;
pub(crate) mod token;
