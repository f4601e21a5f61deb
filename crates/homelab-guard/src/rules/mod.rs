//! The table of all rules.

use std::sync::LazyLock;

use crate::rule::Rule;

pub mod secrets;

/// Every rule, by area. A new area is one line here; a new rule is one line in its area.
pub static RULES: LazyLock<Vec<&'static Rule>> = LazyLock::new(|| {
    let areas: &[&[&'static Rule]] = &[secrets::RULES];
    areas.concat()
});
