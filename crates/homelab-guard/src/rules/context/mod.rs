//! Build contexts: what the builder sees, and what it takes.

use crate::context::Context;
use crate::finding::Location;
use crate::rule::Rule;
use crate::tree::FileTree;

mod broken_line;
mod env_not_excluded;
mod line_undone;
mod no_ignore_file;
mod secret_file_enters;
mod weak_ignore_file;

/// The rules of this area.
pub const RULES: &[&Rule] = &[
    &no_ignore_file::RULE,
    &env_not_excluded::RULE,
    &secret_file_enters::RULE,
    &weak_ignore_file::RULE,
    &line_undone::RULE,
    &broken_line::RULE,
];

/// The place of the copy that lets things in.
fn copy_location(tree: &FileTree, context: &Context, at: &std::ops::Range<usize>) -> Location {
    match tree.dockerfiles().get(&context.dockerfile) {
        Some(file) => file.location(&context.dockerfile, at),
        None => Location::file(&context.dockerfile),
    }
}

/// The ignore files in use, each once, with a context that uses it.
fn ignore_files(tree: &FileTree) -> impl Iterator<Item = (&str, &Context)> {
    let mut seen = std::collections::BTreeSet::new();
    let with_file = tree.contexts().iter().filter_map(|context| Some((context.ignore_path.as_deref()?, context)));
    with_file.filter(move |(path, _)| seen.insert(*path))
}
