//! The table of all rules.

use std::sync::LazyLock;

use crate::rule::Rule;

/// Every rule, by area.
pub static RULES: LazyLock<Vec<&'static Rule>> = LazyLock::new(|| {
    let areas: [&[&'static Rule]; 0] = [];
    areas.concat()
});
