//! Trees of files for the guard: the work tree, the index, the history, images.
//!
//! Every source does the same: it hands each file's bytes to the guard once, keeps the contents that rules about builds and
//! manifests need, and says what it could not read. None of them opens a connection.

pub(crate) mod git;
pub mod history;
pub mod hook;
pub mod image;
mod scan;
pub mod staged;
pub mod work_tree;

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use homelab_guard::{ALLOW_FILE, Allowances, Finding, Seen};

use crate::limits::ALLOW_FILE_BYTES_MAX;

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
}

impl Looked {
    /// Reads the exceptions of a folder from the file that is kept for them.
    pub fn read_allow_file(&mut self, folder: &Path) {
        let mut bytes = Vec::new();
        let read = File::open(folder.join(ALLOW_FILE))
            .and_then(|file| file.take(ALLOW_FILE_BYTES_MAX).read_to_end(&mut bytes));
        match read {
            Ok(_) => self.allowances.read_file(ALLOW_FILE, &String::from_utf8_lossy(&bytes)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) if error.kind() == std::io::ErrorKind::NotADirectory => {}
            Err(error) => self.unread.push(Unread { path: ALLOW_FILE.to_string(), reason: error.to_string() }),
        }
    }

    /// Takes out what is excepted on the day `today`, and says how much that was.
    pub fn settle(&mut self, today: jiff::civil::Date, seen: Seen) -> usize {
        let settled = std::mem::take(&mut self.allowances).settle(std::mem::take(&mut self.findings), today, seen);
        self.findings = settled.findings;
        settled.allowed.len()
    }
}
