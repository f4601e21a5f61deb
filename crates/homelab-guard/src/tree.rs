//! The files of one source, as the rules see them.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use crate::context::{self, Context};
use crate::dockerfile::{self, Dockerfile};
use crate::manifest::Manifests;
use crate::workflow::{self, Workflow};

/// All paths of one source, with the contents of those that [`FileTree::wants`] names.
#[derive(Clone, Debug, Default)]
pub struct FileTree {
    entries: BTreeMap<String, Entry>,
    read: Read,
}

/// What has been read out of the contents: once, for all rules.
#[derive(Clone, Debug, Default)]
struct Read {
    dockerfiles: OnceLock<BTreeMap<String, Dockerfile>>,
    workflows: OnceLock<Vec<Workflow>>,
    contexts: OnceLock<Vec<Context>>,
    manifests: OnceLock<Manifests>,
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
        let plain = name.strip_suffix(".example").unwrap_or(name);
        let is_yaml = plain.ends_with(".yaml") || plain.ends_with(".yml") || name == "Kustomization";
        is_yaml || name.ends_with("ignore") || dockerfile::is_dockerfile(path)
    }

    /// Puts an entry at `path`, which uses `/` and begins with no `/` or `./`.
    pub fn insert(&mut self, path: impl Into<String>, entry: Entry) {
        self.entries.insert(path.into(), entry);
        self.read = Read::default();
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

    /// Everything in a folder, in order; all there is for the empty name.
    pub fn under(&self, folder: &str) -> impl Iterator<Item = (&str, &Entry)> {
        let start = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let from = self.entries.range(start.clone()..);
        from.take_while(move |(path, _)| path.starts_with(&start)).map(|(path, entry)| (path.as_str(), entry))
    }

    /// All Dockerfiles by path.
    pub fn dockerfiles(&self) -> &BTreeMap<String, Dockerfile> {
        self.read.dockerfiles.get_or_init(|| {
            let files = self.iter().map(|(path, _)| path).filter(|path| dockerfile::is_dockerfile(path));
            files.filter_map(|path| Some((path.to_owned(), dockerfile::parse(&self.text(path)?)))).collect()
        })
    }

    /// All workflows of GitHub Actions.
    pub fn workflows(&self) -> &[Workflow] {
        self.read.workflows.get_or_init(|| workflow::all(self))
    }

    /// The build context of each Dockerfile; several, where it is built in several ways.
    pub fn contexts(&self) -> &[Context] {
        self.read.contexts.get_or_init(|| context::all(self))
    }

    /// All Kubernetes objects, and what is deployed together.
    pub fn manifests(&self) -> &Manifests {
        self.read.manifests.get_or_init(|| Manifests::collect(self))
    }
}
