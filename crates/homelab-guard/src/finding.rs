//! One thing that was found, and where.

use crate::rule::Rule;

/// One thing that was found.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The rule that it breaks.
    pub rule: &'static Rule,
    /// Where it is.
    pub location: Location,
    /// One sentence that names the thing, never its value.
    pub message: String,
    /// What was seen, masked: enough to recognise it, too little to use it.
    pub evidence: Option<String>,
}

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Location {
    /// Which of several versions of the file.
    pub source: Source,
    /// The path from the top of the tree, with `/`. Bytes that are no UTF-8 stand as U+FFFD.
    pub path: String,
    /// Counted from 1; 0 where the finding is about the file as a whole.
    pub line: u32,
    /// Counted in characters from 1; 0 where the finding is about the line as a whole.
    pub column: u32,
    /// How many characters it is about.
    pub width: u32,
}

/// Where a version of a file comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// The folder as it is.
    #[default]
    WorkTree,
    /// What the next commit would hold.
    Staged,
    /// A commit, a tag's message or a stash, by its object name and what it is called.
    Git {
        /// The object's name, abbreviated.
        object: String,
        /// What it is: `commit`, `tag message`, `commit message`, `stash`.
        what: &'static str,
    },
    /// A layer of an image.
    Layer {
        /// Its digest, abbreviated, or its number.
        layer: String,
        /// Whether a later layer deletes the file: it is still there for everybody who looks.
        deleted_later: bool,
    },
    /// The configuration of an image: variables, labels, history.
    ImageConfig,
}

impl Finding {
    /// A name for this finding that stays the same when lines move: what is wrong, in which file, and what was seen of it. The
    /// secret itself is not in it, since a short one could be guessed back from any hash.
    pub fn fingerprint(&self) -> String {
        self.fingerprint_at(&self.location.path)
    }

    /// The same as if it were found at `path`.
    pub(crate) fn fingerprint_at(&self, path: &str) -> String {
        let parts = [self.rule.id, path, &self.message, self.evidence.as_deref().unwrap_or_default()];
        // FNV-1a: it tells findings apart, nothing has to resist anybody.
        let hash = parts
            .iter()
            .flat_map(|part| part.bytes().chain([0]))
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
        format!("{hash:016x}")
    }
}

impl Location {
    /// The whole of a file in the work tree.
    pub fn file(path: impl Into<String>) -> Self {
        Self { source: Source::WorkTree, path: path.into(), line: 0, column: 0, width: 0 }
    }

    /// A place in a file in the work tree.
    pub fn at(path: impl Into<String>, line: u32, column: u32, width: u32) -> Self {
        Self { line, column, width, ..Self::file(path) }
    }
}
