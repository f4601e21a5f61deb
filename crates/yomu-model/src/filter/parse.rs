//! Rules as text, one on each line, as they are edited in the settings
//!
//! ```text
//! line    = [ action field [ "not" ] how pattern ] | "#" anything
//! action  = "drop" | "keep" | "read" | "star" | "tag" name | "move"
//! name    = a word, or several in "quotes"
//! field   = "any" | "title" | "url" | "author" | "content" | "category"
//! how     = "contains" | "word" | "is" | "matches"
//! pattern = the rest of the line, perhaps in "quotes" (with matches: in /slashes/)
//! ```

use std::fmt;

use super::decide::Rules;
use super::rule::{Action, Field, How, Rule, RuleProblem};
use crate::fold::fold;
use crate::name::TagName;
use crate::tag::parse_tags;

/// A line that is not a rule, or a rule that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineProblem {
    /// Counts from 1.
    pub line: usize,
    /// The character at which it was noticed, counted from 1.
    pub column: usize,
    /// What is wrong, as one sentence.
    pub message: String,
}

impl fmt::Display for LineProblem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "line {}, column {}: {}", self.line, self.column, self.message)
    }
}

/// All rules of a text that can be used, and what is wrong with the others.
pub fn parse_rules(text: &str) -> (Vec<Rule>, Vec<LineProblem>) {
    let (mut rules, mut places, mut problems) = (Vec::new(), Vec::new(), Vec::new());
    for (index, line) in text.lines().enumerate() {
        let mut cursor = Cursor { line, rest: line };
        match parse_line(&mut cursor) {
            Ok(Some((rule, column))) => {
                rules.push(rule);
                places.push((index + 1, column));
            }
            Ok(None) => {}
            Err(message) => problems.push(LineProblem { line: index + 1, column: cursor.column(), message }),
        }
    }
    // What the grammar lets through may still be a bad pattern.
    let (_, unusable) = Rules::compile(&rules);
    for (index, problem) in unusable.iter().rev() {
        let (line, column) = places[*index];
        problems.push(LineProblem { line, column, message: problem.to_string() });
        if *problem != RuleProblem::TooManyRules {
            rules.remove(*index);
        } else {
            rules.truncate(*index);
        }
    }
    problems.sort_by_key(|problem| (problem.line, problem.column));
    (rules, problems)
}

/// The text of some rules, one on each line.
pub fn write_rules(rules: &[Rule]) -> String {
    rules.iter().map(|rule| format!("{rule}\n")).collect()
}

/// A rule and the column of its pattern; none for an empty line or a comment.
fn parse_line(cursor: &mut Cursor<'_>) -> Result<Option<(Rule, usize)>, String> {
    cursor.skip_blanks();
    if cursor.rest.is_empty() || cursor.rest.starts_with(['#', '＃']) {
        return Ok(None);
    }
    let action = cursor.one_of(Action::ALL, Action::word, "a rule begins with")?;
    let tag = if action == Action::Tag { Some(cursor.tag()?) } else { None };
    let field = cursor.one_of(Field::ALL, Field::word, "here stands where to look:")?;
    let is_negated = cursor.not();
    let how = cursor.one_of(How::ALL, How::word, "here stands how to compare:")?;
    let column = cursor.column();
    let pattern = without_quotes(cursor.rest.trim_end(), how.quote()).to_owned();
    Ok(Some((Rule { action, tag, field, is_negated, how, pattern }, column)))
}

fn without_quotes(text: &str, quote: char) -> &str {
    text.strip_prefix(quote).and_then(|text| text.strip_suffix(quote)).unwrap_or(text)
}

/// A line, and what of it was not read yet.
struct Cursor<'t> {
    line: &'t str,
    rest: &'t str,
}

impl<'t> Cursor<'t> {
    fn column(&self) -> usize {
        self.line[..self.line.len() - self.rest.len()].chars().count() + 1
    }

    fn skip_blanks(&mut self) {
        self.rest = self.rest.trim_start();
    }

    /// The next word, if there is one, and what follows it.
    fn peek(&self) -> (&'t str, &'t str) {
        self.rest.split_at(self.rest.find(char::is_whitespace).unwrap_or(self.rest.len()))
    }

    fn accept(&mut self, after: &'t str) {
        self.rest = after;
        self.skip_blanks();
    }

    /// Reads the name of a tag: a word, or what stands in quotes.
    fn tag(&mut self) -> Result<TagName, String> {
        let mut behind_quote = self.rest.chars();
        let closing = match behind_quote.next() {
            Some('"') => Some('"'),
            Some('「') => Some('」'),
            _ => None,
        };
        let (typed, after) = match closing {
            None => self.peek(),
            Some(closing) => behind_quote
                .as_str()
                .split_once(closing)
                .ok_or_else(|| format!("the name of the tag ends with `{closing}`, which is missing"))?,
        };
        let names = parse_tags(typed).map_err(|problem| problem.to_string())?;
        let [name] = names.as_slice() else {
            return Err("here stands the name of one tag, in quotes where it has blanks".to_owned());
        };
        self.accept(after);
        Ok(name.clone())
    }

    fn not(&mut self) -> bool {
        let (word, after) = self.peek();
        let is_not = fold(word) == "not";
        if is_not {
            self.accept(after);
        }
        is_not
    }

    /// Reads one of some words, in any case and width.
    fn one_of<T: Copy>(&mut self, all: &[T], word_of: fn(T) -> &'static str, expected: &str) -> Result<T, String> {
        let (word, after) = self.peek();
        let typed = fold(word);
        if let Some(found) = all.iter().copied().find(|one| word_of(*one) == typed) {
            self.accept(after);
            return Ok(found);
        }
        let words: Vec<String> = all.iter().map(|one| format!("`{}`", word_of(*one))).collect();
        let instead = if word.is_empty() { String::from("the line ends") } else { format!("not `{word}`") };
        Err(format!("{expected} {}; {instead}", words.join(", ")))
    }
}
