//! What `COPY` and `ADD` take out of the build context.

use std::ops::Range;

use super::ignore_file::IgnoreFile;
use super::pattern::Pattern;
use crate::dockerfile::{Dockerfile, Instruction, Kind, Transfer, Variables};
use crate::limits::CONTEXT_COPIES_MAX;

/// One source of a `COPY` or `ADD` without `--from`.
#[derive(Clone, Debug)]
pub struct ContextCopy {
    /// As it is written, with variables replaced.
    pub source: String,
    /// Its place in the Dockerfile.
    pub at: Range<usize>,
    /// `COPY` or `ADD`.
    pub keyword: &'static str,
    takes: Takes,
    /// What `--exclude` leaves out, from the source on.
    without: IgnoreFile,
}

#[derive(Clone, Debug)]
enum Takes {
    Everything,
    Path(String),
    Matching(Pattern),
}

impl ContextCopy {
    /// Whether it takes the file at this path of the context.
    pub fn takes(&self, inside: &str) -> bool {
        let rest = match &self.takes {
            Takes::Everything => Some(inside),
            Takes::Path(path) if inside == path => return true,
            Takes::Path(path) => inside.strip_prefix(path.as_str()).and_then(|rest| rest.strip_prefix('/')),
            Takes::Matching(pattern) => {
                let ends = inside.match_indices('/').map(|(slash, _)| slash).chain([inside.len()]);
                let matched = ends.into_iter().find(|end| pattern.matches(&inside[..*end]));
                matched.map(|end| inside[end..].trim_start_matches('/'))
            }
        };
        rest.is_some_and(|rest| !self.without.excludes(rest))
    }

    /// Whether it takes all there is.
    pub fn is_whole(&self) -> bool {
        match &self.takes {
            Takes::Everything => true,
            Takes::Path(_) => false,
            Takes::Matching(pattern) => matches!(pattern.text.as_str(), "*" | "**" | "**/*"),
        }
    }
}

/// Everything a Dockerfile takes from its context, in order.
pub(super) fn copies(dockerfile: &Dockerfile) -> Vec<ContextCopy> {
    let mut global = Variables::default();
    global.declare(&dockerfile.global_arguments, None);
    let mut copies = Vec::new();
    for stage in &dockerfile.stages {
        let mut variables = Variables::default();
        for instruction in &stage.instructions {
            if copies.len() >= CONTEXT_COPIES_MAX {
                return copies;
            }
            match &instruction.kind {
                Kind::Arg(pairs) | Kind::Env(pairs) => variables.declare(pairs, Some(&global)),
                Kind::Copy(transfer) if transfer.from.is_none() => {
                    copies.extend(of_transfer(instruction, transfer, "COPY", &variables));
                }
                Kind::Add(transfer) => copies.extend(of_transfer(instruction, transfer, "ADD", &variables)),
                _ => {}
            }
        }
    }
    copies
}

fn of_transfer(
    instruction: &Instruction,
    transfer: &Transfer,
    keyword: &'static str,
    variables: &Variables,
) -> Vec<ContextCopy> {
    let excluded =
        instruction.flags.iter().filter(|flag| flag.name == "exclude").filter_map(|flag| flag.value.as_deref());
    let without = IgnoreFile::parse(&excluded.collect::<Vec<_>>().join("\n"));
    let known = transfer.sources.iter().filter_map(|word| Some((variables.expand(&word.text)?, word.at.clone())));
    let local = known.filter(|(source, _)| keyword == "COPY" || !is_remote(source));
    local
        .take(CONTEXT_COPIES_MAX)
        .filter_map(|(source, at)| {
            let takes = takes(&source)?;
            Some(ContextCopy { source, at, keyword, takes, without: without.clone() })
        })
        .collect()
}

fn takes(source: &str) -> Option<Takes> {
    let pattern = Pattern::parse(source, 0).ok()?;
    Some(match pattern.text.as_str() {
        "." | "/" => Takes::Everything,
        text if text.contains(['*', '?', '[', '\\']) => Takes::Matching(pattern),
        // What leads out of the context leads to its top.
        text => match text.trim_start_matches("../") {
            ".." => Takes::Everything,
            path => Takes::Path(path.to_owned()),
        },
    })
}

/// What `ADD` fetches instead of copying.
pub(crate) fn is_remote(source: &str) -> bool {
    ["http://", "https://", "ftp://", "git://", "ssh://", "git@"].iter().any(|scheme| source.starts_with(scheme))
}
