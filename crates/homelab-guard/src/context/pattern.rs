//! One line of an ignore file, and which paths it matches.
//!
//! The meaning is that of moby's `patternmatcher`, which Docker, BuildKit and Podman share: patterns are anchored at the
//! context's top; `*` and `?` stop at `/`, `**` does not; `[…]` is a set; a backslash takes the next character literally.
//! Three oddities of that matcher are kept, since files are really excluded by them: a pattern that only begins with `**` is a
//! plain suffix (`**.key` and `**/.key` differ), one that only ends with `**` is a plain prefix, and a set may match `/`.

use std::ops::Range;

use regex::Regex;

/// A pattern that can be matched.
#[derive(Clone, Debug)]
pub struct Pattern {
    /// Cleaned: without leading and trailing `/`, `!`, `.` and `..`.
    pub text: String,
    /// Whether it begins with `!`: what it matches is in the context after all.
    pub is_exception: bool,
    /// The line of the file, from 1.
    pub line: u32,
    matcher: Matcher,
}

#[derive(Clone, Debug)]
enum Matcher {
    Exact,
    Prefix,
    Suffix,
    /// `**/*.key`: a name that ends so, at any depth.
    NameEnd(String),
    /// `**/id_*`: a name that begins so, at any depth.
    NameStart(String),
    Set(Box<Regex>),
}

/// Why a line is no pattern. A build stops at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadPattern {
    /// `!` alone.
    OnlyAnException,
    /// A `[` without its `]`, an empty range, a backslash at the end.
    Malformed,
    /// Longer than anybody writes, and expensive to compile.
    TooLong,
    /// One of more lines than are read; this one and those below are not.
    TooMany,
}

impl Pattern {
    /// A pattern from a line that is no comment and not blank.
    pub(crate) fn parse(line_text: &str, line: u32) -> Result<Self, BadPattern> {
        let trimmed = line_text.trim();
        let (rest, is_exception) = trimmed.strip_prefix('!').map_or((trimmed, false), |rest| (rest.trim(), true));
        if rest.is_empty() {
            return Err(BadPattern::OnlyAnException);
        }
        if rest.len() > crate::limits::IGNORE_PATTERN_BYTES_MAX {
            return Err(BadPattern::TooLong);
        }
        let cleaned = clean(rest);
        let text = if cleaned.len() > 1 { cleaned.strip_prefix('/').unwrap_or(&cleaned).to_owned() } else { cleaned };
        if !is_well_formed(&text) {
            return Err(BadPattern::Malformed);
        }
        let matcher = compile(&text)?;
        Ok(Self { text, is_exception, line, matcher })
    }

    /// Whether it matches this path itself, whatever stands above it.
    pub fn matches(&self, path: &str) -> bool {
        match &self.matcher {
            Matcher::Exact => path == self.text,
            Matcher::Prefix => path.starts_with(&self.text[..self.text.len() - 2]),
            Matcher::Suffix => {
                let suffix = &self.text[2..];
                path.ends_with(suffix) || suffix.strip_prefix('/').is_some_and(|name| path == name)
            }
            Matcher::NameEnd(end) => path.ends_with(end.as_str()),
            Matcher::NameStart(start) => path.rsplit('/').next().is_some_and(|name| name.starts_with(start.as_str())),
            Matcher::Set(regex) => regex.is_match(path),
        }
    }
}

/// The path without empty, `.` and `..` parts, as Go's `filepath.Clean` leaves it.
fn clean(path: &str) -> String {
    let is_rooted = path.starts_with('/');
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            ".." if is_rooted => {}
            part => parts.push(part),
        }
    }
    let joined = parts.join("/");
    match (is_rooted, joined.is_empty()) {
        (true, _) => format!("/{joined}"),
        (false, true) => ".".to_owned(),
        (false, false) => joined,
    }
}

/// Whether Go's `filepath.Match` takes the pattern: sets are closed, hold something, and their ranges have two ends.
///
/// Go looks no further than the text to match forces it to; here the whole pattern is looked at, which finds the mistakes
/// that a build would find with some other path.
fn is_well_formed(pattern: &str) -> bool {
    let mut characters = pattern.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\\' if characters.next().is_none() => return false,
            '[' => {
                characters.next_if_eq(&'^');
                let mut members = 0;
                loop {
                    if members > 0 && characters.next_if_eq(&']').is_some() {
                        break;
                    }
                    let Some(low) = set_member(&mut characters) else { return false };
                    if characters.next_if_eq(&'-').is_some() {
                        let Some(high) = set_member(&mut characters) else { return false };
                        if high < low {
                            return false;
                        }
                    }
                    members += 1;
                }
            }
            _ => {}
        }
    }
    true
}

fn set_member(characters: &mut std::iter::Peekable<std::str::Chars<'_>>) -> Option<char> {
    match characters.next()? {
        '-' | ']' => None,
        '\\' => characters.next(),
        member => Some(member),
    }
}

fn compile(pattern: &str) -> Result<Matcher, BadPattern> {
    if let Some(matcher) = without_expression(pattern) {
        return Ok(matcher);
    }
    // `.` takes line ends too: a file name may hold them.
    let expression = format!("(?s)^{}$", expression(pattern));
    Regex::new(&expression).map(|regex| Matcher::Set(Box::new(regex))).map_err(|_| BadPattern::Malformed)
}

/// Most patterns are a name or the beginning or end of one, and need no expression: it would be asked for every path.
fn without_expression(pattern: &str) -> Option<Matcher> {
    const SPECIAL: [char; 5] = ['*', '?', '[', ']', '\\'];
    if !pattern.contains(SPECIAL) {
        return Some(Matcher::Exact);
    }
    let prefix = pattern.strip_suffix("**");
    let suffix = pattern.strip_prefix("**");
    match (prefix, suffix) {
        (_, Some(suffix)) if !suffix.contains(SPECIAL) => Some(Matcher::Suffix),
        (Some(prefix), None) if !prefix.contains(SPECIAL) => Some(Matcher::Prefix),
        _ => by_name(pattern.strip_prefix("**/")?),
    }
}

/// What follows `**/`, where it is one star and the rest of a single name.
fn by_name(name: &str) -> Option<Matcher> {
    let is_plain = |part: &str| !part.is_empty() && !part.contains(['*', '?', '[', ']', '\\', '/']);
    let end = name.strip_prefix('*').filter(|end| is_plain(end)).map(|end| Matcher::NameEnd(end.to_owned()));
    let start =
        || name.strip_suffix('*').filter(|start| is_plain(start)).map(|start| Matcher::NameStart(start.to_owned()));
    end.or_else(start)
}

fn expression(pattern: &str) -> String {
    let mut expression = String::with_capacity(pattern.len() * 2);
    let mut rest = pattern;
    while let Some(character) = rest.chars().next() {
        if let Some(behind) = rest.strip_prefix("**") {
            rest = behind.strip_prefix('/').unwrap_or(behind);
            expression.push_str(if rest.is_empty() { ".*" } else { "(.*/)?" });
            continue;
        }
        rest = &rest[character.len_utf8()..];
        match character {
            '*' => expression.push_str("[^/]*"),
            '?' => expression.push_str("[^/]"),
            '\\' => {
                let escaped = rest.chars().next();
                rest = &rest[escaped.map_or(0, char::len_utf8)..];
                expression.push_str(&regex::escape(&escaped.unwrap_or('\\').to_string()));
            }
            '[' => {
                let (set, behind) = set(rest);
                expression.push_str(&set);
                rest = behind;
            }
            other => expression.push_str(&regex::escape(other.encode_utf8(&mut [0; 4]))),
        }
    }
    expression
}

/// The set behind a `[` as an expression, and what follows its `]`. It is known to be well formed.
fn set(rest: &str) -> (String, &str) {
    let mut set = String::from("[");
    let mut at: Range<usize> = 0..0;
    let mut is_escaped = false;
    for (start, character) in rest.char_indices() {
        at = start..start + character.len_utf8();
        match character {
            _ if is_escaped => {
                set.push('\\');
                set.push(character);
                is_escaped = false;
            }
            '\\' => is_escaped = true,
            ']' => break,
            '^' if start == 0 => set.push('^'),
            '-' => set.push('-'),
            // Doubled, these would be operators on sets for the regex crate; so is a bracket in a set.
            '&' | '~' | '[' | '^' => {
                set.push('\\');
                set.push(character);
            }
            member => set.push(member),
        }
    }
    set.push(']');
    (set, &rest[at.end..])
}
