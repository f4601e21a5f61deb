//! Secrets: what nobody else may know, in files that everybody may see.

use crate::rule::Rule;

mod private_key;

/// The rules of this area. Where several see the same secret, the one that stands first here tells of it.
pub const RULES: &[&Rule] = &[&private_key::RULE];
