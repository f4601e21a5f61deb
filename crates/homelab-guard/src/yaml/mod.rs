//! YAML as a tree with the place of everything, and what is wrong with the text.
//!
//! Scalars mean what Kubernetes reads in them (`yes` is a boolean there, `0777` is 511); their text is kept beside the meaning.
//! Anchors, aliases and merge keys are expanded, within bounds. JSON is YAML, so it is read as well.
//!
//! Not in here: what a document should look like. That is `schema/`.

mod compose;
mod node;
mod problem;
mod resolve;
#[cfg(test)]
mod tests;

pub use node::{Field, Key, Mapping, Node, Place, Scalar, Style, Value};
pub use problem::{Cause, Problem};
pub use resolve::Meaning;

use crate::limits::YAML_BYTES_MAX;

/// The documents of `text` that are not empty, and everything that is wrong with it. A document that cannot be read is left out;
/// its neighbours are read all the same.
pub fn documents(text: &str) -> (Vec<Node>, Vec<Problem>) {
    let mut documents = Vec::new();
    let mut problems = Vec::new();
    if text.len() > YAML_BYTES_MAX {
        problems.push(Problem::new(Place::default(), Cause::TooLarge { bytes: text.len() }));
        return (documents, problems);
    }
    for part in parts(text.strip_prefix('\u{feff}').unwrap_or(text)) {
        compose::compose(part.text, part.lines_before, &mut documents, &mut problems);
    }
    (documents, problems)
}

/// A stretch of the text that can be read on its own.
struct Part<'text> {
    text: &'text str,
    lines_before: u32,
}

/// Cuts at lines that begin with `---`. YAML knows no place where such a line is anything but the start of a document.
fn parts(text: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let (mut start, mut offset) = (0, 0);
    let (mut lines_before, mut line) = (0, 0);
    // Directives (`%YAML 1.2`) stand before the `---` that they belong to.
    let mut only_directives = true;
    for content in text.split_inclusive('\n') {
        if is_document_start(content) {
            if !only_directives {
                parts.push(Part { text: &text[start..offset], lines_before });
                (start, lines_before) = (offset, line);
            }
            only_directives = false;
        } else if only_directives {
            only_directives = content.trim().is_empty() || content.starts_with(['%', '#']);
        }
        offset += content.len();
        line += 1;
    }
    parts.push(Part { text: &text[start..], lines_before });
    parts
}

fn is_document_start(line: &str) -> bool {
    line.strip_prefix("---").is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t', '\r', '\n']))
}
