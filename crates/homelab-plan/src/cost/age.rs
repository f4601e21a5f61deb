//! Prices grow old.

use std::collections::BTreeMap;

use super::Offer;
use crate::config::Day;

/// After how many days a price is called old: providers announce changes once or twice a year.
const DAYS_MAX: i32 = 180;

/// What is to be said about the age of something, if anything.
pub(super) fn age_in_words(day: Day, today: Day) -> Option<String> {
    // Both are dates of four-digit years, so their distance is some days.
    let days = (today.0 - day.0).get_days();
    match days {
        days if days > DAYS_MAX => Some(format!("is of {day}, {days} days ago")),
        days if days < 0 => Some(format!("is of {day}, which is still to come")),
        _ => None,
    }
}

/// A warning for each source whose prices are old, with the address to look at.
pub(super) fn warnings(offers: &[Offer], today: Day) -> Vec<String> {
    let mut old: BTreeMap<(&str, &str), String> = BTreeMap::new();
    for line in offers.iter().flat_map(|offer| &offer.lines) {
        if let Some(age) = line.as_of.and_then(|day| age_in_words(day, today)) {
            old.entry((&line.provider, &line.source)).or_insert(age);
        }
    }
    let warn = |((provider, source), age): ((&str, &str), String)| format!("a price of {provider} {age}: see {source}");
    old.into_iter().map(warn).collect()
}
