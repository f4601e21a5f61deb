//! `.dockerignore`: which paths stay out of the build context.
//!
//! The facts are moby's: `ignorefile.ReadAll` for the lines, `PatternMatcher.MatchesUsingParentResults` for the verdict, and
//! the walk of `tonistiigi/fsutil`, which asks it for each folder from the top down. The last line that matches a path wins; a
//! line that matches a folder counts for everything in it. One oddity is kept because builds have it: an exception for a
//! folder (`!docs`) does nothing for files that an earlier line excludes by name (`docs/*.md`) while the folder itself was
//! never excluded.

use super::pattern::{BadPattern, Pattern};
use crate::limits::IGNORE_PATTERNS_MAX;

/// The lines of an ignore file.
#[derive(Clone, Debug, Default)]
pub struct IgnoreFile {
    /// In order; the last that matches wins.
    pub patterns: Vec<Pattern>,
    /// Lines that a build stops at, with their numbers.
    pub problems: Vec<(u32, BadPattern)>,
}

/// What each line says of a folder, which its content inherits.
#[derive(Clone, Debug, Default)]
pub(super) struct Verdict {
    /// Whether each pattern matched the folder or one above it.
    matched: Vec<bool>,
    /// Whether it is excluded, and by which pattern.
    pub(super) excluded_by: Option<usize>,
    /// The exception that took it back in.
    pub(super) taken_back_by: Option<usize>,
}

impl IgnoreFile {
    /// Reads the lines of `text`.
    pub fn parse(text: &str) -> Self {
        let mut file = Self::default();
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        for (number, line) in (1..).zip(text.lines()) {
            // Only a `#` in the very first column begins a comment.
            if line.starts_with('#') || line.trim().is_empty() {
                continue;
            }
            if file.patterns.len() >= IGNORE_PATTERNS_MAX {
                file.problems.push((number, BadPattern::TooMany));
                break;
            }
            match Pattern::parse(line, number) {
                Ok(pattern) => file.patterns.push(pattern),
                Err(problem) => file.problems.push((number, problem)),
            }
        }
        file
    }

    /// Whether the file at `path` stays out, walking down to it from the top.
    pub fn excludes(&self, path: &str) -> bool {
        let mut verdict: Option<Verdict> = None;
        for (end, _) in path.match_indices('/').chain([(path.len(), "")]) {
            verdict = Some(self.judge(&path[..end], verdict.as_ref()));
        }
        verdict.is_some_and(|verdict| verdict.excluded_by.is_some())
    }

    /// What the lines say of `path`, given what they say of the folder it is in.
    pub(super) fn judge(&self, path: &str, folder: Option<&Verdict>) -> Verdict {
        let mut verdict = Verdict { matched: Vec::with_capacity(self.patterns.len()), ..Verdict::default() };
        for (number, pattern) in self.patterns.iter().enumerate() {
            let inherited = folder.is_some_and(|folder| folder.matched[number]);
            // A line that could not change the verdict is not asked, and its content inherits nothing from it.
            let is_asked = pattern.is_exception == verdict.excluded_by.is_some();
            let matches = inherited || (is_asked && pattern.matches(path));
            verdict.matched.push(matches);
            match (matches, pattern.is_exception) {
                (true, false) => verdict.excluded_by = Some(number),
                (true, true) => {
                    if verdict.excluded_by.take().is_some() {
                        verdict.taken_back_by = Some(number);
                    }
                }
                (false, _) => {}
            }
        }
        verdict
    }
}
