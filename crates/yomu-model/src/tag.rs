//! Tags as they are typed: some names in one line
//!
//! ```text
//! recipes, 旅行、#to do
//! ```
//!
//! Names stand between commas of any width, because a name may hold blanks. Two names that differ in case or width alone
//! are one tag, spelled as it was first.

use std::fmt;

use crate::fold::fold;
use crate::limits::TAGS_PER_ENTRY_MAX;
use crate::name::{NameProblem, TagName};

/// Why a line cannot be the tags of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TagProblem {
    /// One of the names cannot be one.
    Name {
        /// The name as typed.
        typed: String,
        /// What is wrong with it.
        problem: NameProblem,
    },
    /// More names than [`TAGS_PER_ENTRY_MAX`].
    TooMany,
}

impl fmt::Display for TagProblem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name { problem, .. } => problem.fmt(formatter),
            Self::TooMany => write!(formatter, "an entry has at most {TAGS_PER_ENTRY_MAX} tags"),
        }
    }
}

impl std::error::Error for TagProblem {}

/// The names in a line, each once. Nothing between two commas is no tag and no mistake.
///
/// # Errors
/// The first name that cannot be one, or too many.
pub fn parse_tags(line: &str) -> Result<Vec<TagName>, TagProblem> {
    let mut tags: Vec<TagName> = Vec::new();
    let mut known = Vec::new();
    for typed in line.split([',', '，', '、', '､', '\n', '\r']) {
        let typed = typed.trim().trim_start_matches(['#', '＃']);
        if typed.trim().is_empty() {
            continue;
        }
        let name = TagName::parse(typed).map_err(|problem| TagProblem::Name { typed: typed.to_owned(), problem })?;
        let key = key(&name);
        if known.contains(&key) {
            continue;
        }
        if tags.len() == TAGS_PER_ENTRY_MAX {
            return Err(TagProblem::TooMany);
        }
        known.push(key);
        tags.push(name);
    }
    Ok(tags)
}

/// What two spellings of one tag have in common.
pub fn key(name: &TagName) -> String {
    fold(name.as_str()).trim().to_owned()
}

/// The line that [`parse_tags`] reads back as the same names.
pub fn write_tags<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    names.into_iter().collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(line: &str) -> Vec<String> {
        parse_tags(line).unwrap().into_iter().map(String::from).collect()
    }

    #[test]
    fn names_stand_between_commas_of_any_width() {
        assert_eq!(names("recipes, 旅行、to do，＃読書 ,, "), ["recipes", "旅行", "to do", "読書"]);
        assert_eq!(names(" "), [""; 0]);
    }

    #[test]
    fn two_spellings_are_one_tag() {
        assert_eq!(names("Rust, rust, ＲＵＳＴ, #rust"), ["Rust"]);
        assert_eq!(names("ねこ, ネコ"), ["ねこ", "ネコ"], "hiragana and katakana are told apart");
    }

    #[test]
    fn a_written_line_is_read_back() {
        assert_eq!(names(&write_tags(["to do", "旅行"])), ["to do", "旅行"]);
    }

    #[test]
    fn a_name_that_cannot_be_seen_and_too_many_are_refused() {
        assert!(matches!(parse_tags("a, \u{200b}"), Err(TagProblem::Name { .. })));
        assert!(matches!(parse_tags(&"x".repeat(201)), Err(TagProblem::Name { .. })));
        let many: String = (0..=TAGS_PER_ENTRY_MAX).map(|number| format!("t{number},")).collect();
        assert_eq!(parse_tags(&many), Err(TagProblem::TooMany));
        assert_eq!(names(many.trim_end_matches(",").rsplit_once(',').unwrap().0).len(), TAGS_PER_ENTRY_MAX);
    }
}
