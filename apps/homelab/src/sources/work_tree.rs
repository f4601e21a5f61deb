//! The folder as it is, ignored files included: an image does not care what git ignores.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use homelab_guard::context::{Context, entering_any_image};
use homelab_guard::{Entry, FileTree, Finding, GitState, Guard, Kind, Source};
use ignore::{DirEntry, WalkBuilder, WalkState};
use indicatif::ProgressBar;

use super::git::{self, States};
use super::scan::scan;
use super::{Looked, Unread};
use crate::limits::TREE_FILE_BYTES_MAX;
use crate::trouble::Trouble;

/// Looks at a folder, or at a single file.
///
/// # Errors
/// There is no such folder.
pub fn look(root: &Path, guard: &Guard, progress: &ProgressBar) -> Result<Looked, Trouble> {
    let cannot_read = |reason| Trouble::CannotRead { path: root.to_path_buf(), reason };
    let kind = fs::metadata(root).map_err(cannot_read)?.file_type();
    if kind.is_file() {
        return Ok(one_file(root, guard));
    }
    if !kind.is_dir() {
        return Err(cannot_read(io::Error::other("it is neither a folder nor a file")));
    }
    let states = States::of(root);
    let (mut looked, mut seen) =
        walk(&[root.to_path_buf()], &Walk { root, states: &states, guard, progress, ignored: false });
    let (tree, folders) = first_tree(&mut seen);
    // Ignored folders are build output, most of the time. They count where an image may take something out of them.
    let entered: Vec<PathBuf> =
        folders.iter().filter(|(name, _)| may_enter(&tree, name)).map(|(_, path)| path.clone()).collect();
    let mut tree = tree;
    if !entered.is_empty() {
        let (more, seen) = walk(&entered, &Walk { root, states: &states, guard, progress, ignored: true });
        looked.absorb(more);
        seen.into_iter().for_each(|seen| insert(&mut tree, seen));
    }
    looked.absorb(entering_ignored(&tree, root, guard));
    looked.findings.extend(guard.tree(&tree));
    Ok(looked)
}

/// Rules, or areas of them, that ask what else is in the folder. Where one file is named, nobody looked.
const ABOUT_NEIGHBOURS: &[&str] = &[
    "context/",
    "git/",
    "manifest/application-source",
    "manifest/dangling-",
    "manifest/default-namespace",
    "manifest/missing-reference",
    "manifest/network-policy",
    "manifest/kustomization",
    "manifest/unknown-service-account",
    "manifest/unlisted-manifest",
];

/// Somebody names one file: what it says by itself is judged, whatever lies beside it.
fn one_file(path: &Path, guard: &Guard) -> Looked {
    let name = path.to_string_lossy().into_owned();
    let mut looked = Looked { files: 1, ..Looked::default() };
    let mut buffer = Vec::new();
    let read = File::open(path).and_then(|mut file| {
        let size = file.metadata()?.len();
        scan(guard, &Source::WorkTree, &name, size, &mut file, &mut buffer)
    });
    match read {
        Ok((findings, bytes)) => {
            looked.findings = findings;
            looked.bytes = bytes;
        }
        Err(error) => looked.unread.push(Unread { path: name.clone(), reason: error.to_string() }),
    }
    // Of what is larger than a window only the end is left, and nobody writes comments there.
    if buffer.len() as u64 == looked.bytes {
        looked.allowances.read_comments(&Source::WorkTree, &name, &buffer);
        if FileTree::wants(&name) {
            looked.findings.extend(alone(&name, &buffer, guard));
        }
    }
    looked
}

/// What the rules about trees say of a file that is the only one.
fn alone(name: &str, bytes: &[u8], guard: &Guard) -> Vec<Finding> {
    let mut tree = FileTree::default();
    let (kind, git, size) = (Kind::File, GitState::Unknown, bytes.len() as u64);
    let place = name.trim_start_matches("./").trim_start_matches('/');
    tree.insert(place, Entry { kind, size, git, bytes: Some(Arc::from(bytes)) });
    let mut findings = guard.tree(&tree);
    findings.retain(|finding| !ABOUT_NEIGHBOURS.iter().any(|area| finding.rule.id.starts_with(area)));
    findings.iter_mut().for_each(|finding| finding.location.path = name.to_string());
    findings
}

/// What one walk needs to know.
struct Walk<'a> {
    root: &'a Path,
    states: &'a States,
    guard: &'a Guard,
    progress: &'a ProgressBar,
    /// Whether everything below is ignored by git.
    ignored: bool,
}

/// Something that a walk came upon.
struct Seen {
    path: String,
    entry: Entry,
    /// Where an ignored folder is, to be looked into later.
    folder: Option<PathBuf>,
}

/// What one thread of a walk gathers. It hands everything over when the thread ends.
struct Gatherer<'a> {
    walk: &'a Walk<'a>,
    results: &'a Mutex<(Looked, Vec<Seen>)>,
    looked: Looked,
    seen: Vec<Seen>,
    buffer: Vec<u8>,
}

fn walk(roots: &[PathBuf], walk: &Walk<'_>) -> (Looked, Vec<Seen>) {
    let Some((first, others)) = roots.split_first() else { return Default::default() };
    let mut builder = WalkBuilder::new(first);
    others.iter().for_each(|other| {
        builder.add(other);
    });
    // Links are looked at and not followed, so a loop of them is harmless.
    builder.standard_filters(false).follow_links(false);
    let results = Mutex::default();
    builder.build_parallel().run(|| {
        let mut gatherer =
            Gatherer { walk, results: &results, looked: Looked::default(), seen: Vec::new(), buffer: Vec::new() };
        Box::new(move |entry| gatherer.take(entry))
    });
    results.into_inner().unwrap_or_else(PoisonError::into_inner)
}

impl Drop for Gatherer<'_> {
    fn drop(&mut self) {
        let mut results = self.results.lock().unwrap_or_else(PoisonError::into_inner);
        results.0.absorb(std::mem::take(&mut self.looked));
        results.1.append(&mut self.seen);
    }
}

impl Gatherer<'_> {
    fn take(&mut self, entry: Result<DirEntry, ignore::Error>) -> WalkState {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                self.looked.unread.push(unread(self.walk.root, &error));
                return WalkState::Continue;
            }
        };
        let Some(kind) = entry.file_type() else { return WalkState::Continue };
        let relative = entry.path().strip_prefix(self.walk.root).unwrap_or(entry.path()).to_path_buf();
        if relative.as_os_str().is_empty() {
            return WalkState::Continue;
        }
        let name = git::bytes(relative.as_os_str());
        let state = self.walk.states.of_file(&name, self.walk.ignored);
        if kind.is_dir() {
            return self.folder(&entry, &name);
        }
        let mut seen = Seen {
            path: git::shown(&name),
            entry: Entry { kind: Kind::File, size: 0, git: state, bytes: None },
            folder: None,
        };
        if kind.is_symlink() {
            let target = fs::read_link(entry.path()).unwrap_or_default();
            seen.entry.kind = Kind::Link(target.to_string_lossy().into_owned());
        } else if kind.is_file() {
            self.file(entry.path(), &mut seen);
        } else {
            // Sockets, pipes and devices are in no repository and in no image.
            return WalkState::Continue;
        }
        self.seen.push(seen);
        WalkState::Continue
    }

    fn folder(&mut self, entry: &DirEntry, name: &[u8]) -> WalkState {
        if entry.file_name() == ".git" {
            return WalkState::Skip;
        }
        if !self.walk.ignored && self.walk.states.ignores_folder(name) {
            self.seen.push(Seen {
                path: git::shown(name),
                entry: Entry { kind: Kind::Folder, size: 0, git: GitState::Ignored, bytes: None },
                folder: Some(entry.path().to_path_buf()),
            });
            return WalkState::Skip;
        }
        WalkState::Continue
    }

    /// Searches a file, unless git ignores it: those wait until it is known which of them enter an image.
    fn file(&mut self, path: &Path, seen: &mut Seen) {
        let wanted = FileTree::wants(&seen.path);
        let is_ignored = seen.entry.git == GitState::Ignored;
        let read = if is_ignored && !wanted {
            fs::symlink_metadata(path).map(|metadata| seen.entry.size = metadata.len())
        } else {
            self.read(path, seen, wanted, is_ignored)
        };
        if let Err(error) = read {
            self.looked.unread.push(Unread { path: seen.path.clone(), reason: error.to_string() });
        }
    }

    fn read(&mut self, path: &Path, seen: &mut Seen, wanted: bool, is_ignored: bool) -> io::Result<()> {
        let mut file = File::open(path)?;
        seen.entry.size = file.metadata()?.len();
        if is_ignored {
            if seen.entry.size <= TREE_FILE_BYTES_MAX {
                seen.entry.bytes = Some(fs::read(path)?.into());
            }
            return Ok(());
        }
        let (findings, bytes) =
            scan(self.walk.guard, &Source::WorkTree, &seen.path, seen.entry.size, &mut file, &mut self.buffer)?;
        self.looked.findings.extend(findings);
        // Of what is larger than a window only the end is left, and nobody writes comments there.
        if self.buffer.len() as u64 == bytes {
            self.looked.allowances.read_comments(&Source::WorkTree, &seen.path, &self.buffer);
        }
        self.looked.files += 1;
        self.looked.bytes += bytes;
        self.walk.progress.inc(1);
        if wanted && seen.entry.size <= TREE_FILE_BYTES_MAX && self.buffer.len() as u64 >= seen.entry.size {
            seen.entry.bytes = Some(Arc::from(self.buffer.as_slice()));
        }
        Ok(())
    }
}

fn unread(root: &Path, error: &ignore::Error) -> Unread {
    let (mut path, mut inner) = (root.to_path_buf(), error);
    while let ignore::Error::WithDepth { err, .. }
    | ignore::Error::WithPath { err, .. }
    | ignore::Error::WithLineNumber { err, .. } = inner
    {
        if let ignore::Error::WithPath { path: at, .. } = inner {
            path = at.clone();
        }
        inner = err;
    }
    let path = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().into_owned();
    Unread { path, reason: inner.to_string() }
}

/// The tree without what is in ignored folders, and those folders by name and place.
fn first_tree(seen: &mut Vec<Seen>) -> (FileTree, Vec<(String, PathBuf)>) {
    let mut tree = FileTree::default();
    let mut folders = Vec::new();
    for mut seen in seen.drain(..) {
        if let Some(path) = seen.folder.take() {
            folders.push((seen.path.clone(), path));
        } else {
            insert(&mut tree, seen);
        }
    }
    folders.sort();
    (tree, folders)
}

fn insert(tree: &mut FileTree, seen: Seen) {
    tree.insert(seen.path, seen.entry);
}

/// Whether some image may take a file out of a folder. A name that nobody has stands for whatever is in there; an exception in
/// the ignore file that names the folder may take back a single one.
fn may_enter(tree: &FileTree, folder: &str) -> bool {
    const ANY_NAME: &str = "homelab-looks-here";
    let last = folder.rsplit('/').next().unwrap_or(folder);
    let takes = |context: &Context| {
        let Some(inside) = context.inside(folder) else { return false };
        let taken_back =
            || context.ignore.patterns.iter().any(|pattern| pattern.is_exception && pattern.text.contains(last));
        context.would_take(&format!("{inside}/{ANY_NAME}")).is_some() || (!context.copies.is_empty() && taken_back())
    };
    tree.contexts().iter().any(takes)
}

/// Secrets in files that only git's ignore rules hide, and that a build would still put into an image.
fn entering_ignored(tree: &FileTree, root: &Path, guard: &Guard) -> Looked {
    let mut looked = Looked::default();
    let is_ignored =
        |path: &str| tree.get(path).is_some_and(|entry| entry.git == GitState::Ignored && entry.kind == Kind::File);
    let mut buffer = Vec::new();
    for (path, dockerfile) in entering_any_image(tree).into_iter().filter(|(path, _)| is_ignored(path)) {
        let read = File::open(root.join(path)).and_then(|mut file| {
            let size = file.metadata()?.len();
            scan(guard, &Source::WorkTree, path, size, &mut file, &mut buffer)
        });
        match read {
            Ok((findings, bytes)) => {
                looked.files += 1;
                looked.bytes += bytes;
                looked.findings.extend(findings.into_iter().map(|mut finding| {
                    finding.message += &format!(" (git ignores the file, but `{dockerfile}` takes it into the image)");
                    finding
                }));
            }
            Err(error) => looked.unread.push(Unread { path: path.to_string(), reason: error.to_string() }),
        }
    }
    looked
}
