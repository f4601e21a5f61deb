//! Exceptions in comments: `homelab:allow RULE until 2027-01-31: reason`.

use jiff::civil::Date;
use memchr::memmem;

use super::entry::{Covers, Entry};
use crate::finding::{Finding, Location, Source};
use crate::limits::VALUE_BYTES_MAX;
use crate::rules::allow;

/// What such a comment begins with.
const MARK: &[u8] = b"homelab:allow ";

/// What closes a comment on the same line.
const CLOSING: &[&str] = &["-->", "*/", "#}", "}}", "\\n\\", "\""];

/// The comments in one file, and what is wrong with them.
pub(super) fn read(source: &Source, path: &str, bytes: &[u8]) -> (Vec<Entry>, Vec<Finding>) {
    let (mut entries, mut problems): (Vec<Entry>, Vec<Finding>) = (Vec::new(), Vec::new());
    let (mut line, mut counted) = (1, 0);
    // Comments above one another are all about the line below them.
    let mut waiting: Vec<usize> = Vec::new();
    for at in memmem::find_iter(bytes, MARK) {
        let ends = memchr::memchr_iter(b'\n', &bytes[counted..at]).count();
        line += u32::try_from(ends).unwrap_or(u32::MAX);
        counted = at;
        let text = text_of(bytes, at + MARK.len());
        let location = location(source, path, bytes, at, line, &text);
        match parse(&text) {
            Ok(None) => {}
            Err(message) => {
                problems.push(Finding { rule: &allow::unreadable::RULE, location, message, evidence: None });
            }
            Ok(Some(parsed)) => {
                waiting.retain(|index| covers_line(&entries[*index], line));
                let alone = is_alone(bytes, at);
                for rule in parsed.rules {
                    let lines = if alone { vec![line, line.saturating_add(1)] } else { vec![line] };
                    let covers = Covers::Lines(lines);
                    entries.push(Entry {
                        rule,
                        reason: parsed.reason.clone(),
                        expires: parsed.expires,
                        location: location.clone(),
                        covers,
                    });
                    if alone {
                        waiting.push(entries.len() - 1);
                    }
                }
                for index in &waiting {
                    push_line(&mut entries[*index], line.saturating_add(1));
                }
            }
        }
    }
    (entries, problems)
}

/// What a comment says.
struct Parsed {
    rules: Vec<String>,
    expires: Option<Date>,
    reason: String,
}

/// Nothing where the text is a description of the syntax: names of rules are small.
fn parse(text: &str) -> Result<Option<Parsed>, String> {
    let (head, reason) = text.split_once(':').unwrap_or((text, ""));
    let (rules, day) = match head.split_once(" until ") {
        Some((rules, day)) => (rules, Some(day.trim())),
        None => (head, None),
    };
    let rules: Vec<String> = rules.split([',', ' ']).filter(|rule| !rule.is_empty()).map(str::to_string).collect();
    let is_name = |rule: &String| {
        rule.chars().all(|character| {
            character.is_ascii_lowercase() || character.is_ascii_digit() || matches!(character, '/' | '-')
        })
    };
    if !rules.first().is_some_and(is_name) {
        return Ok(None);
    }
    let expires = match day {
        Some(day) => Some(day.parse().map_err(|_| format!("`{}` is no day; write it as 2027-01-31", shortened(day)))?),
        None => None,
    };
    let rules = rules.into_iter().take_while(is_name).collect();
    Ok(Some(Parsed { rules, expires, reason: reason.trim().to_string() }))
}

/// The rest of the comment's line, without what closes it.
fn text_of(bytes: &[u8], at: usize) -> String {
    let rest = &bytes[at..bytes.len().min(at + VALUE_BYTES_MAX)];
    let line = &rest[..memchr::memchr(b'\n', rest).unwrap_or(rest.len())];
    let text = String::from_utf8_lossy(line);
    let mut text = text.trim();
    while let Some(shorter) = CLOSING.iter().find_map(|closing| text.strip_suffix(closing)) {
        text = shorter.trim_end();
    }
    text.to_string()
}

/// Whether nothing but the beginning of a comment stands before it.
fn is_alone(bytes: &[u8], at: usize) -> bool {
    let before = &bytes[at.saturating_sub(VALUE_BYTES_MAX)..at];
    let line = memchr::memrchr(b'\n', before).map_or(before, |end| &before[end + 1..]);
    line.iter().all(|byte| b" \t#/*<!-;%{".contains(byte))
}

fn covers_line(entry: &Entry, line: u32) -> bool {
    matches!(&entry.covers, Covers::Lines(lines) if lines.contains(&line))
}

fn push_line(entry: &mut Entry, line: u32) {
    if let Covers::Lines(lines) = &mut entry.covers
        && !lines.contains(&line)
    {
        lines.push(line);
    }
}

fn location(source: &Source, path: &str, bytes: &[u8], at: usize, line: u32, text: &str) -> Location {
    let before = &bytes[at.saturating_sub(VALUE_BYTES_MAX)..at];
    let before = memchr::memrchr(b'\n', before).map_or(before, |end| &before[end + 1..]);
    let count = |text: &str| u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
    let column = count(&String::from_utf8_lossy(before)).saturating_add(1);
    let width = count(text).saturating_add(u32::try_from(MARK.len()).unwrap_or(u32::MAX));
    Location { source: source.clone(), path: path.to_string(), line, column, width }
}

fn shortened(text: &str) -> String {
    text.chars().take(40).collect()
}
