//! Dockerfiles, as BuildKit reads them: stages of instructions, each with its place.
//!
//! A broken line is kept as a [`Problem`] and the rest is read all the same, so that one mistake does not hide a secret two
//! lines further down.
//!
//! Not in here: what is right or wrong about an instruction. That is `rules/docker/`.

mod heredoc;
mod instruction;
mod logical_line;
mod names;
mod parse;
mod stages;
#[cfg(test)]
mod tests;
mod variables;
mod words;

use std::ops::Range;

use crate::finding::Location;
use crate::positions::Positions;

pub use heredoc::HereDoc;
pub use instruction::{Command, Flag, Instruction, Kind, Mount, Pair, Run, Transfer, Word};
pub use logical_line::Joined;
pub use names::is_dockerfile;
pub use parse::parse;
pub use variables::Variables;

/// A Dockerfile, and what is wrong with its form.
#[derive(Clone, Debug, Default)]
pub struct Dockerfile {
    positions: Positions,
    /// What `ARG` declares before the first stage.
    pub global_arguments: Vec<Pair>,
    /// From first to last; the last one becomes the image, unless the build names another.
    pub stages: Vec<Stage>,
    /// What could not be read, in order.
    pub problems: Vec<Problem>,
}

/// `FROM` and what follows it.
#[derive(Clone, Debug)]
pub struct Stage {
    /// Where the whole `FROM` stands.
    pub at: Range<usize>,
    /// The image or the earlier stage it begins with, as written.
    pub base: Word,
    /// What `AS` calls it.
    pub name: Option<Word>,
    /// What it does.
    pub instructions: Vec<Instruction>,
}

/// Something that a build would refuse.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where.
    pub at: Range<usize>,
    /// One sentence.
    pub message: String,
}

impl Dockerfile {
    /// The place of some bytes of the file at `path`.
    pub fn location(&self, path: &str, at: &Range<usize>) -> Location {
        let position = self.positions.at(at);
        Location::at(path, position.line, position.column, position.width)
    }

    /// The text that was read.
    pub fn text(&self) -> &str {
        self.positions.text()
    }

    /// All instructions of all stages.
    pub fn instructions(&self) -> impl Iterator<Item = &Instruction> {
        self.stages.iter().flat_map(|stage| &stage.instructions)
    }
}
