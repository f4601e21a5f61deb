//! The table of all rules.

use std::sync::LazyLock;

use crate::rule::Rule;

pub mod allow;
#[cfg(test)]
mod content_examples;
pub mod context;
pub mod docker;
pub mod git;
pub mod image;
pub mod manifest;
pub mod secrets;
#[cfg(test)]
mod tree_examples;
mod typed_secrets;
pub mod workflow;

/// Every rule, by area. A new area is one line here; a new rule is one line in its area.
pub static RULES: LazyLock<Vec<&'static Rule>> = LazyLock::new(|| {
    let areas: &[&[&'static Rule]] = &[
        secrets::RULES,
        allow::RULES,
        docker::RULES,
        context::RULES,
        git::RULES,
        image::RULES,
        workflow::RULES,
        manifest::RULES,
    ];
    areas.concat()
});
