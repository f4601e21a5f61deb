//! Rules that a reader writes about new entries: drop, keep, mark as read, star, tag, move
//!
//! ```text
//! # One rule on each line, read from top to bottom.
//! keep title contains rust
//! drop title contains sponsored
//! drop url matches /\/(ads|promo)\//
//! read author is Jane Doe
//! star any word 東京
//! tag "to cook" title contains recipe
//! move content contains "long read"
//! drop category not contains games
//! ```
//!
//! The first `keep` or `drop` that fits decides whether the entry stays; every `read`, `star`, `tag` and `move` that
//! fits is done; `move` takes an entry from its feed to the saved pages. The rules of a feed stand before those for all feeds.

mod decide;
mod parse;
mod rule;

pub use decide::{Decision, FilterFacts, Rules};
pub use parse::{LineProblem, parse_rules, write_rules};
pub use rule::{Action, Field, How, Rule, RuleProblem};
