//! What git is told to keep to itself.

use crate::rule::Rule;

mod env_tracked;
mod ignore_lines;
mod ignore_missing;

/// The rules of this area.
pub const RULES: &[&Rule] = &[&env_tracked::RULE, &ignore_missing::RULE];
