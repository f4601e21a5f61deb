//! Results and errors as words, JSON and SARIF.

pub mod capacity;
pub mod cost;
pub mod findings;
pub mod health;
pub mod place;
pub mod plan;
pub mod rules;
pub mod snippet;
pub mod table;
pub mod timeline;
pub mod trouble;
