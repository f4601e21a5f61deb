//! Exceptions in the allow file.

use std::ops::Range;

use jiff::civil::Date;
use serde::Deserialize;
use toml::Spanned;

use super::Standing;
use super::entry::{Covers, Entry, pattern};
use crate::finding::{Finding, Location};
use crate::positions::Positions;
use crate::rules::allow;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AllowFile {
    #[serde(default)]
    allow: Vec<Spanned<Written>>,
}

/// An entry as it is written. Everything may be missing, so that what is wrong is told for each entry.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    rule: Option<Spanned<String>>,
    path: Option<Spanned<String>>,
    reason: Option<String>,
    expires: Option<Spanned<toml::Value>>,
    fingerprint: Option<String>,
}

/// The entries, and what is wrong with them.
pub(super) fn read(path: &str, text: &str, standing: &Standing) -> (Vec<Entry>, Vec<Finding>) {
    let positions = Positions::new(text);
    let at = |range: &Range<usize>| {
        let place = positions.at(range);
        Location::at(path, place.line, place.column, place.width)
    };
    let unreadable = |range: &Range<usize>, message: String| Finding {
        rule: &allow::unreadable::RULE,
        location: at(range),
        message,
        evidence: None,
    };
    let file: AllowFile = match toml::from_str(text) {
        Ok(file) => file,
        Err(error) => {
            let place = error.span().unwrap_or(0..0);
            return (
                Vec::new(),
                vec![unreadable(&place, format!("the allow file cannot be read: {}", first_line(error.message())))],
            );
        }
    };
    let (mut entries, mut problems) = (Vec::new(), Vec::new());
    for written in file.allow {
        let span = written.span();
        match entry(written.into_inner(), &span, standing, at) {
            Ok(entry) => entries.push(entry),
            Err((range, message)) => problems.push(unreadable(&range, message)),
        }
    }
    (entries, problems)
}

fn entry(
    written: Written,
    span: &Range<usize>,
    standing: &Standing,
    at: impl Fn(&Range<usize>) -> Location,
) -> Result<Entry, (Range<usize>, String)> {
    let Some(rule) = written.rule else { return Err((span.clone(), "an exception names no `rule`".to_string())) };
    let Some(path) = written.path else { return Err((span.clone(), "an exception names no `path`".to_string())) };
    let Some(pattern) = pattern(path.get_ref()) else {
        return Err((path.span(), "the `path` is empty or too long".to_string()));
    };
    let expires = match written.expires {
        None => None,
        Some(value) => Some(
            day(value.get_ref())
                .ok_or_else(|| (value.span(), "`expires` is no day; write it as 2027-01-31".to_string()))?,
        ),
    };
    let location = at(&rule.span());
    let covers = Covers::Paths { pattern, fingerprint: written.fingerprint, standing: standing.clone() };
    Ok(Entry { rule: rule.into_inner(), reason: written.reason.unwrap_or_default(), expires, location, covers })
}

/// A day, with or without quotes.
fn day(value: &toml::Value) -> Option<Date> {
    match value {
        toml::Value::Datetime(datetime) => datetime.to_string().parse().ok(),
        toml::Value::String(text) => text.parse().ok(),
        _ => None,
    }
}

fn first_line(message: &str) -> &str {
    message.lines().next().unwrap_or(message)
}
