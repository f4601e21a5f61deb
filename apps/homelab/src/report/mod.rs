//! Results and errors as words, JSON and SARIF.

pub mod snippet;
pub mod trouble;
