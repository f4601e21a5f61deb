//! Here-documents: the lines that follow a `RUN`, `COPY` or `ADD` up to a word of the writer's choice.

use std::ops::Range;

use super::logical_line::{Joined, Lines};
use super::words::{quoted_words, unquoted};

/// A here-document.
#[derive(Clone, Debug)]
pub struct HereDoc {
    /// The word that ends it.
    pub name: String,
    /// Whether variables in it are replaced; a quoted word prevents that.
    pub expands: bool,
    /// Its lines.
    pub body: Joined,
}

/// One that was announced in an instruction's line.
pub(super) struct Announced {
    pub(super) at: Range<usize>,
    name: String,
    strips_tabs: bool,
    expands: bool,
}

/// Which here-documents the words of `line` announce: `<<EOF`, `<<-EOF`, `3<<"EOF"`.
pub(super) fn announced(line: &str, from: usize, escape: char) -> Vec<Announced> {
    quoted_words(line, from, escape).into_iter().filter_map(|at| announcement(line, at, escape)).collect()
}

fn announcement(line: &str, at: Range<usize>, escape: char) -> Option<Announced> {
    let word = &line[at.clone()];
    let rest = word.trim_start_matches(|character: char| character.is_ascii_digit()).strip_prefix("<<")?;
    let (rest, strips_tabs) = rest.strip_prefix('-').map_or((rest, false), |rest| (rest, true));
    let name = unquoted(rest, escape);
    if name.is_empty() || rest.contains('<') {
        return None;
    }
    Some(Announced { at, expands: name == rest, name, strips_tabs })
}

/// Reads the lines of one; `None` when the file ends before it does.
pub(super) fn read(lines: &mut Lines<'_>, announced: &Announced) -> Option<HereDoc> {
    let start = lines.offset();
    while let Some((line, line_start)) = lines.next() {
        let content = if announced.strips_tabs { line.trim_start_matches('\t') } else { line };
        if content == announced.name {
            // The body keeps the file's own bytes, tabs included, so that places in it stay true.
            let body = Joined::whole(lines.between(start, line_start), start);
            return Some(HereDoc { name: announced.name.clone(), expands: announced.expands, body });
        }
    }
    None
}
