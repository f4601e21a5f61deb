//! Where in a file something is wrong, why, and what to write instead.
//!
//! Not in here: pictures with arrows for a terminal. The caller draws them from the byte ranges.

use std::fmt;
use std::ops::Range;

use serde::Serialize;

/// One thing that is wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// One sentence that names the thing.
    pub message: String,
    /// The places in the text: first the one that is wrong, then those that explain it.
    pub labels: Vec<Label>,
    /// The next step.
    pub help: Option<String>,
    /// The text that would mend it, where there is only one sensible choice.
    pub fix: Option<Fix>,
}

/// A place in the text, with a few words about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Label {
    /// The bytes of the text, from the first to the one after the last.
    pub span: Range<usize>,
    /// What to say there; may be empty where the message says it all.
    pub text: String,
}

/// A replacement that mends a place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fix {
    /// The bytes to replace.
    pub span: Range<usize>,
    /// What belongs there.
    pub replacement: String,
}

/// Everything that is wrong with one file, in the order of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problems {
    /// The text, with each value that looks like a secret covered by `*` of the same length, so that it may be shown.
    pub text: String,
    /// The problems; never empty.
    pub diagnostics: Vec<Diagnostic>,
    /// How many more there were than are listed.
    pub left_out: usize,
}

/// A place as people count: the first line is 1, and so is the first character.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The character in the line, not the byte.
    pub column: usize,
}

/// The line and column of a byte offset; one behind the end counts as the end.
pub fn position(text: &str, offset: usize) -> Position {
    let before = &text.as_bytes()[..offset.min(text.len())];
    let line_start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    Position {
        line: 1 + before.iter().filter(|byte| **byte == b'\n').count(),
        // Bytes that only continue a character do not count.
        column: 1 + before[line_start..].iter().filter(|byte| **byte & 0xC0 != 0x80).count(),
    }
}

impl Diagnostic {
    /// A problem at one place.
    pub fn at(span: Range<usize>, message: impl Into<String>, label: impl Into<String>) -> Self {
        let labels = vec![Label { span, text: label.into() }];
        Self { message: message.into(), labels, help: None, fix: None }
    }

    /// The same, with another place that explains it, such as where a name was used first.
    pub fn and(mut self, span: Range<usize>, label: impl Into<String>) -> Self {
        self.labels.push(Label { span, text: label.into() });
        self
    }

    /// The same, with the next step.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same, with what to write in the first place instead.
    pub fn fix(mut self, replacement: impl Into<String>) -> Self {
        if let Some(label) = self.labels.first() {
            self.fix = Some(Fix { span: label.span.clone(), replacement: replacement.into() });
        }
        self
    }

    /// Where it is.
    pub fn position(&self, text: &str) -> Position {
        position(text, self.labels.first().map_or(0, |label| label.span.start))
    }
}

impl Problems {
    /// For a terminal or a log without pictures: `name:line:column: message`, and the next step under it.
    pub fn to_text(&self, name: &str) -> String {
        let mut lines = String::new();
        for diagnostic in &self.diagnostics {
            let Position { line, column } = diagnostic.position(&self.text);
            lines.push_str(&format!("{name}:{line}:{column}: {}\n", diagnostic.message));
            for label in diagnostic.labels.iter().skip(1) {
                let Position { line, column } = position(&self.text, label.span.start);
                lines.push_str(&format!("  {name}:{line}:{column}: {}\n", label.text));
            }
            if let Some(help) = &diagnostic.help {
                lines.push_str(&format!("  hint: {help}\n"));
            }
        }
        if self.left_out > 0 {
            lines.push_str(&format!("and {} more\n", self.left_out));
        }
        lines
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.to_text("homelab.toml").trim_end())
    }
}

impl std::error::Error for Problems {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_lines_and_characters() {
        let text = "a = 1\n# 読む b\n";
        let at = |offset| (position(text, offset).line, position(text, offset).column);
        assert_eq!(at(0), (1, 1));
        assert_eq!(at(4), (1, 5));
        assert_eq!(at(text.find('b').unwrap()), (2, 6));
        assert_eq!(at(1000), (3, 1), "behind the end is the end");
    }

    #[test]
    fn problems_are_written_with_their_places_and_the_next_step() {
        let problem = Diagnostic::at(6..7, "`b` is taken", "").and(0..1, "first used here").help("take `c`");
        let problems = Problems { text: "a = 1\nb = 2\n".into(), diagnostics: vec![problem], left_out: 2 };
        assert_eq!(
            problems.to_text("x.toml"),
            "x.toml:2:1: `b` is taken\n  x.toml:1:1: first used here\n  hint: take `c`\nand 2 more\n"
        );
    }
}
