//! Rules for new entries: checked, kept, and tried on the entries of the last month.

use jiff::SignedDuration;
use yomu_clean::{Context, clean};
use yomu_model::filter::{Action, Field, FilterFacts, Rule, Rules, parse_rules};
use yomu_model::ids::{EntryId, SubscriptionId, UserId};
use yomu_store::{EntryDetails, EntryFilter, Order, Slice, SortKey};

use crate::App;
use crate::limits::{PREVIEW_ENTRIES_MAX, PREVIEW_READ, PREVIEW_ROWS_MAX};
use crate::trouble::{ActionError, Trouble};

/// How far back a preview looks.
const PREVIEWED: SignedDuration = SignedDuration::from_hours(30 * 24);

/// What rules would have done.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Preview {
    /// How many entries they were held against.
    pub looked_at: u32,
    /// The entries that they would have touched, the newest first.
    pub rows: Vec<PreviewRow>,
    /// Whether there are more than are listed.
    pub has_more: bool,
}

/// An entry that rules would have touched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreviewRow {
    /// The entry.
    pub id: EntryId,
    /// Its title; may be empty.
    pub title: String,
    /// The lines that fit, counted from 1, and what each does.
    pub lines: Vec<(usize, Action)>,
}

/// The first thing wrong with rules, with its place.
///
/// # Errors
/// Trouble that names the line and the column.
pub fn check_rules(text: &str) -> Result<(), Trouble> {
    let (rules, problems) = parse_rules(text);
    if let Some(problem) = problems.first() {
        let place = format!("line {}, column {}", problem.line, problem.column);
        return Err(Trouble::new("rules", format!("{place}: {}", problem.message)));
    }
    match Rules::compile(&rules).1.first() {
        Some((index, problem)) => Err(Trouble::new("rules", format!("rule {}: {problem}", index + 1))),
        None => Ok(()),
    }
}

/// Keeps the rules for all feeds.
///
/// # Errors
/// Trouble with a rule; a failure of the database.
pub async fn set_rules(app: &App, user: UserId, text: &str) -> Result<(), ActionError> {
    check_rules(text)?;
    Ok(app.store.set_rules(user, text).await?)
}

/// What these rules would have done with the entries of the last 30 days, of one feed or of all. Nothing is changed.
///
/// # Errors
/// Trouble with a rule; a failure of the database.
pub async fn preview_rules(
    app: &App,
    user: UserId,
    feed: Option<SubscriptionId>,
    text: &str,
) -> Result<Preview, ActionError> {
    check_rules(text)?;
    let rules = parse_rules(text).0;
    let lines: Vec<usize> = rule_lines(text).collect();
    let filter = EntryFilter {
        feeds: feed.map(|id| vec![id]),
        published_after: Some(app.now() - PREVIEWED),
        ..EntryFilter::default()
    };
    let slice =
        Slice { key: SortKey::Published, order: Order::Newest, after: None, limit: PREVIEW_ENTRIES_MAX, offset: 0 };
    let places = app.store.filtered_places(user, &filter, slice).await?;
    let ids: Vec<EntryId> = places.iter().map(|place| place.entry).collect();
    let mut preview = Preview::default();
    for some in ids.chunks(PREVIEW_READ) {
        let entries = app.store.entry_details(user, some).await?;
        preview.looked_at += u32::try_from(entries.len()).unwrap_or(u32::MAX);
        let (rules, lines) = (rules.clone(), lines.clone());
        let touched = app.compute(move || touched(&rules, &lines, entries)).await.unwrap_or_default();
        preview.rows.extend(touched);
        if preview.rows.len() > PREVIEW_ROWS_MAX {
            preview.has_more = true;
            preview.rows.truncate(PREVIEW_ROWS_MAX);
            break;
        }
    }
    Ok(preview)
}

/// The numbers of the lines that are rules.
fn rule_lines(text: &str) -> impl Iterator<Item = usize> {
    let is_rule = |line: &str| !line.trim().is_empty() && !line.trim_start().starts_with(['#', '＃']);
    text.lines().enumerate().filter(move |(_, line)| is_rule(line)).map(|(index, _)| index + 1)
}

fn touched(rules: &[Rule], lines: &[usize], entries: Vec<EntryDetails>) -> Vec<PreviewRow> {
    let compiled = Rules::compile(rules).0;
    let looks_inside = rules.iter().any(|rule| matches!(rule.field, Field::Content | Field::Any));
    let mut rows = Vec::new();
    for entry in entries {
        let content = if looks_inside { clean(&entry.html, &Context::default()).text } else { String::new() };
        let categories: Vec<String> =
            entry.categories.as_deref().and_then(|json| serde_json::from_str(json).ok()).unwrap_or_default();
        let categories: Vec<&str> = categories.iter().map(String::as_str).collect();
        let decision = compiled.decide(&FilterFacts {
            title: &entry.title,
            url: &entry.url,
            author: &entry.author,
            content: &content,
            categories: &categories,
        });
        let fits = [decision.drop, decision.keep, decision.read, decision.star, decision.moved].into_iter().flatten();
        let mut fits: Vec<usize> = fits.chain(decision.tags).collect();
        fits.sort_unstable();
        let fits: Vec<(usize, Action)> =
            fits.into_iter().filter_map(|index| Some((*lines.get(index)?, rules.get(index)?.action))).collect();
        if !fits.is_empty() {
            rows.push(PreviewRow { id: entry.id, title: entry.title, lines: fits });
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_and_empty_lines_are_counted_and_are_no_rules() {
        let lines: Vec<usize> = rule_lines("# a\n\nread any is x\n  \n＃ b\nstar any is y\n").collect();
        assert_eq!(lines, [3, 6]);
    }
}
