//! Trees of files for the guard: the work tree, the index, the history, images.
//!
//! Every source does the same: it hands each file's bytes to the guard once, keeps the contents that rules about builds and
//! manifests need, and says what it could not read. None of them opens a connection.

mod allow_files;
pub(crate) mod git;
pub mod history;
pub mod hook;
pub mod image;
mod scan;
pub mod staged;
pub mod work_tree;

use homelab_guard::{Allowances, Finding, Seen};

pub use allow_files::PathsCount;

/// What a look at one source gave.
#[derive(Debug, Default)]
pub struct Looked {
    /// What was found, in no order.
    pub findings: Vec<Finding>,
    /// Exceptions that were written down on the way.
    pub allowances: Allowances,
    /// What could not be read.
    pub unread: Vec<Unread>,
    /// How many files, or versions of files, were searched.
    pub files: u64,
    /// How many bytes they have.
    pub bytes: u64,
}

/// Something that could not be read, so that nothing is known about it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unread {
    /// The path.
    pub path: String,
    /// Why not.
    pub reason: String,
}

impl Looked {
    /// Takes in what another look, or another thread, gave.
    pub fn absorb(&mut self, other: Self) {
        self.findings.extend(other.findings);
        self.allowances.merge(other.allowances);
        self.unread.extend(other.unread);
        self.files += other.files;
        self.bytes += other.bytes;
    }

    /// Takes out what is excepted on the day `today`, and says how much that was.
    pub fn settle(&mut self, today: jiff::civil::Date, seen: Seen) -> usize {
        let settled = std::mem::take(&mut self.allowances).settle(std::mem::take(&mut self.findings), today, seen);
        self.findings = settled.findings;
        settled.allowed.len()
    }
}
