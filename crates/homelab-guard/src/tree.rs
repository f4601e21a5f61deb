//! The files of one source, as the rules see them.

use std::collections::BTreeMap;
use std::sync::Arc;

/// All paths of one source, with the contents of those that [`FileTree::wants`] names.
#[derive(Clone, Debug, Default)]
pub struct FileTree {
    entries: BTreeMap<String, Entry>,
}

/// One path.
#[derive(Clone, Debug)]
pub struct Entry {
    /// What stands there.
    pub kind: Kind,
    /// Bytes; 0 for what is no file.
    pub size: u64,
    /// What git makes of it.
    pub git: GitState,
    /// The content, where it was wanted and within bounds.
    pub bytes: Option<Arc<[u8]>>,
}

/// What stands at a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A file.
    File,
    /// A folder; only empty ones are listed.
    Folder,
    /// A link, and where it leads as it is written.
    Link(String),
}

/// What git makes of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GitState {
    /// In the index.
    Tracked,
    /// Not in the index, but the next `git add .` takes it.
    Untracked,
    /// Hidden from git by an ignore rule. A build context takes it all the same.
    Ignored,
    /// There is no git here.
    Unknown,
}

impl FileTree {
    /// Whether a rule looks into the file at `path`, beyond searching it for secrets.
    pub fn wants(path: &str) -> bool {
        let name = path.rsplit('/').next().unwrap_or(path);
        let is_yaml = name.ends_with(".yaml") || name.ends_with(".yml");
        is_yaml || name.contains("Dockerfile") || name.contains("Containerfile") || name.ends_with("ignore")
    }

    /// Puts an entry at `path`, which uses `/` and begins with no `/` or `./`.
    pub fn insert(&mut self, path: impl Into<String>, entry: Entry) {
        self.entries.insert(path.into(), entry);
    }

    /// What stands at `path`.
    pub fn get(&self, path: &str) -> Option<&Entry> {
        self.entries.get(path)
    }

    /// The content at `path` as text, where it was wanted; bytes that are no UTF-8 become U+FFFD.
    pub fn text(&self, path: &str) -> Option<String> {
        let bytes = self.get(path)?.bytes.as_deref()?;
        Some(String::from_utf8_lossy(bytes).into_owned())
    }

    /// All paths in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Entry)> {
        self.entries.iter().map(|(path, entry)| (path.as_str(), entry))
    }
}
