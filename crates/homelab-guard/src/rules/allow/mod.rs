//! Exceptions that do not count, or no longer.

use crate::rule::Rule;

pub(crate) mod expired;
pub(crate) mod no_expiry;
pub(crate) mod no_reason;
pub(crate) mod unknown_rule;
pub(crate) mod unreadable;
pub(crate) mod unused;

/// The rules of this area.
pub const RULES: &[&Rule] =
    &[&no_reason::RULE, &no_expiry::RULE, &expired::RULE, &unknown_rule::RULE, &unused::RULE, &unreadable::RULE];
