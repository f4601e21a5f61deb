//! The build context: which files a build can see, and which of them it takes into an image.

mod builds;
mod copies;
mod ignore_file;
#[cfg(test)]
mod ignore_file_tests;
mod pattern;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

pub use copies::ContextCopy;
pub use ignore_file::IgnoreFile;
pub use pattern::{BadPattern, Pattern};

pub(crate) use builds::all;
pub(crate) use copies::is_remote;

use crate::tree::{FileTree, Kind};
use ignore_file::Verdict;

/// What one way of building one Dockerfile sees.
#[derive(Clone, Debug)]
pub struct Context {
    /// The path of the Dockerfile.
    pub dockerfile: String,
    /// The folder that is sent to the builder, from the top of the tree; empty for the top.
    pub folder: String,
    /// What says so.
    pub chosen_by: ChosenBy,
    /// The ignore file that counts, if there is one.
    pub ignore_path: Option<String>,
    /// Its lines.
    pub ignore: IgnoreFile,
    /// What the Dockerfile takes out of the context.
    pub copies: Vec<ContextCopy>,
}

/// How the folder of a context is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChosenBy {
    /// A Compose file.
    Compose {
        /// Which.
        path: String,
        /// The line of the service.
        line: u32,
    },
    /// A step of a workflow.
    Workflow {
        /// Which.
        path: String,
        /// The line of the step.
        line: u32,
    },
    /// Nothing names it: the sources of `COPY` exist from the top of the tree.
    Sources,
    /// Nothing names it: the folder of the Dockerfile is the usual choice.
    Folder,
}

/// A file that a build takes in.
#[derive(Clone, Debug)]
pub struct Entering<'a> {
    /// From the top of the tree.
    pub path: &'a str,
    /// The `COPY` or `ADD` that takes it.
    pub copy: &'a ContextCopy,
    /// The line of the ignore file that takes it back in after another has excluded it.
    pub taken_back_by: Option<u32>,
}

impl Context {
    /// The files that get past the ignore file and are taken by a `COPY` or `ADD`, in order.
    pub fn entering<'a>(&'a self, tree: &'a FileTree) -> Vec<Entering<'a>> {
        let mut walk = Walk::default();
        let mut entering = Vec::new();
        for (path, entry) in tree.under(&self.folder) {
            let Some(inside) = self.inside(path).filter(|_| entry.kind != Kind::Folder) else { continue };
            let verdict = walk.judge(&self.ignore, inside);
            if verdict.excluded_by.is_some() {
                continue;
            }
            if let Some(copy) = self.copies.iter().find(|copy| copy.takes(inside)) {
                let taken_back_by = verdict.taken_back_by.map(|number| self.ignore.patterns[number].line);
                entering.push(Entering { path, copy, taken_back_by });
            }
        }
        entering
    }

    /// The copy that would take a file at this path of the context, if it existed.
    pub fn would_take(&self, inside: &str) -> Option<&ContextCopy> {
        let copy = self.copies.iter().find(|copy| copy.takes(inside))?;
        (!self.ignore.excludes(inside)).then_some(copy)
    }

    /// The path within the context of a path of the tree.
    pub fn inside<'path>(&self, path: &'path str) -> Option<&'path str> {
        match self.folder.as_str() {
            "" => Some(path),
            folder => path.strip_prefix(folder)?.strip_prefix('/'),
        }
    }

    /// The copy that takes everything there is.
    pub fn whole_copy(&self) -> Option<&ContextCopy> {
        self.copies.iter().find(|copy| copy.is_whole())
    }

    /// A path of the context as seen from the top of the tree.
    pub fn from_top(&self, inside: &str) -> String {
        if self.folder.is_empty() { inside.to_owned() } else { format!("{}/{inside}", self.folder) }
    }

    /// Where the ignore file stands, or where it should.
    pub fn ignore_place(&self) -> String {
        self.ignore_path.clone().unwrap_or_else(|| self.from_top(".dockerignore"))
    }
}

/// Every file that some build takes in, with the Dockerfile that does. Whoever hides a finding because git ignores its file
/// looks here first: an image does not care what git ignores.
pub fn entering_any_image(tree: &FileTree) -> BTreeMap<&str, &str> {
    let contexts = tree.contexts().iter();
    contexts
        .flat_map(|context| context.entering(tree).into_iter().map(|file| (file.path, context.dockerfile.as_str())))
        .collect()
}

/// Verdicts on the folders above the current file, from the top down. Paths come in order, so that each folder is judged once.
#[derive(Default)]
struct Walk {
    folders: Vec<(String, Verdict)>,
}

impl Walk {
    fn judge(&mut self, ignore: &IgnoreFile, path: &str) -> Verdict {
        let is_above = |folder: &str| path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
        let kept = self.folders.iter().take_while(|(folder, _)| is_above(folder)).count();
        self.folders.truncate(kept);
        let from = self.folders.last().map_or(0, |(folder, _)| folder.len() + 1);
        for (slash, _) in path[from..].match_indices('/') {
            let folder = &path[..from + slash];
            let verdict = ignore.judge(folder, self.folders.last().map(|(_, verdict)| verdict));
            self.folders.push((folder.to_owned(), verdict));
        }
        ignore.judge(path, self.folders.last().map(|(_, verdict)| verdict))
    }
}
