//! What a person types -> [`Query`], without ever refusing
//!
//! ```text
//! rust 言語           both words
//! "rust の本"         a phrase; 「」 and “” do as well
//! cat OR 猫           either
//! -word  -"a phrase"  not there
//! rea*                words that begin so
//! title:word          in the title
//! author:name         by somebody whose name contains it
//! tag:name            with this tag of one's own
//! feed:name  folder:"two words"  is:starred  is:unread  is:read  is:saved   (and -feed:name, -is:starred)
//! after:2026-01-31    that day or later
//! before:2026         earlier than that year
//! ```
//!
//! An input method for Japanese leaves full-width blanks, colons, quotes and minus signs behind: they count as the plain
//! ones. An operator that does not exist is a word like any other.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::problem::QueryProblem;
use super::query::{Clause, Field, Names, Query, Term};
use crate::fold::fold;
use crate::limits::{QUERY_CHARS_MAX, QUERY_TERMS_MAX};

impl Query {
    /// Reads a query. Dates begin at midnight of `zone`.
    pub fn parse(typed: &str, zone: &TimeZone) -> Self {
        let mut parser = Parser { query: Self::default(), zone, or: Or::No };
        let mut rest = typed;
        if let Some((end, _)) = typed.char_indices().nth(QUERY_CHARS_MAX) {
            rest = &typed[..end];
            parser.problem(QueryProblem::TooLong);
        }
        for count in 0.. {
            rest = rest.trim_start();
            if rest.is_empty() {
                break;
            }
            if count == QUERY_TERMS_MAX {
                parser.problem(QueryProblem::TooManyTerms);
                break;
            }
            let (item, after) = Item::read(rest);
            rest = after;
            parser.item(item);
        }
        if parser.or == Or::Expected {
            parser.problem(QueryProblem::LonelyOr);
        }
        parser.query
    }
}

/// One item between blanks: `-title:"two words"`.
struct Item<'t> {
    /// All of it, for problems.
    typed: &'t str,
    is_excluded: bool,
    operator: Option<&'t str>,
    value: &'t str,
    quote: Quote,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Quote {
    No,
    Closed,
    Unclosed,
}

impl<'t> Item<'t> {
    /// Reads the item at the beginning of `text`, which is neither empty nor begins with a blank.
    fn read(text: &'t str) -> (Self, &'t str) {
        let mut rest = text;
        let is_excluded = match rest.strip_prefix(['-', '－', '−']) {
            // `--help` is a word that people look for, not an exclusion.
            Some(after) if after.starts_with(|next: char| !next.is_whitespace() && next != '-') => {
                rest = after;
                true
            }
            _ => false,
        };
        let mut operator = None;
        if let Some(colon) = rest.find(ends_bare).filter(|&end| rest[end..].starts_with([':', '：']))
            && is_operator(&rest[..colon])
        {
            operator = Some(&rest[..colon]);
            rest = rest[colon..].trim_start_matches([':', '：']);
        }
        let (value, quote, after) = if rest.starts_with(is_opening_quote) {
            read_quoted(rest)
        } else {
            let end = rest.find(|next: char| next.is_whitespace() || is_opening_quote(next)).unwrap_or(rest.len());
            (&rest[..end], Quote::No, &rest[end..])
        };
        let typed = &text[..text.len() - after.len()];
        (Self { typed, is_excluded, operator, value, quote }, after)
    }
}

/// The inside of the quotes that `text` begins with.
fn read_quoted(text: &str) -> (&str, Quote, &str) {
    let mut characters = text.chars();
    let closing: &[char] = match characters.next() {
        Some('「') => &['」'],
        Some('『') => &['』'],
        Some('«') => &['»'],
        // Curly quotes open low in German, high in English, and close either way; keyboards mix them with straight ones.
        _ => &['"', '＂', '“', '”', '„', '〝', '〟'],
    };
    let inside = characters.as_str();
    match inside.find(closing) {
        Some(end) => {
            let after = &inside[end..];
            (&inside[..end], Quote::Closed, &after[after.chars().next().map_or(0, char::len_utf8)..])
        }
        None => (inside, Quote::Unclosed, ""),
    }
}

fn is_opening_quote(character: char) -> bool {
    matches!(character, '"' | '＂' | '“' | '”' | '„' | '〝' | '「' | '『' | '«')
}

fn ends_bare(character: char) -> bool {
    character.is_whitespace() || is_opening_quote(character) || matches!(character, ':' | '：')
}

fn is_operator(text: &str) -> bool {
    matches!(fold(text).as_str(), "title" | "author" | "feed" | "folder" | "tag" | "is" | "before" | "after")
}

/// Whether the next term belongs to the last clause.
#[derive(PartialEq, Eq)]
enum Or {
    No,
    /// A term came last, so `OR` may follow.
    Possible,
    /// `OR` came last.
    Expected,
}

struct Parser<'z> {
    query: Query,
    zone: &'z TimeZone,
    or: Or,
}

impl Parser<'_> {
    fn item(&mut self, item: Item<'_>) {
        if item.quote == Quote::Unclosed {
            self.problem(QueryProblem::UnclosedQuote);
        }
        let is_bare = item.quote == Quote::No && !item.is_excluded && item.operator.is_none();
        if is_bare && matches!(item.value, "OR" | "ＯＲ") {
            if self.or == Or::Possible {
                self.or = Or::Expected;
            } else {
                self.problem(QueryProblem::LonelyOr);
            }
            return;
        }
        let operator = item.operator.map(fold);
        match operator.as_deref() {
            None => self.term(&item, Field::Anywhere),
            Some("title") => self.term(&item, Field::Title),
            Some(operator) => {
                self.end_or();
                self.condition(operator, &item);
            }
        }
    }

    fn term(&mut self, item: &Item<'_>, field: Field) {
        if item.operator.is_some() && item.value.is_empty() {
            return self.problem(QueryProblem::NoValue { operator: item.operator.unwrap_or_default().to_owned() });
        }
        let Some(mut term) = Term::new(item.value, field) else {
            return self.problem(QueryProblem::NothingToFind { text: item.typed.trim().to_owned() });
        };
        if item.quote == Quote::No && item.value.ends_with(['*', '＊']) {
            term = term.with_prefix();
        }
        if item.is_excluded {
            self.end_or();
            self.query.excluded.push(term);
            return;
        }
        match self.query.clauses.last_mut() {
            Some(clause) if self.or == Or::Expected => clause.any_of.push(term),
            _ => self.query.clauses.push(Clause { any_of: vec![term] }),
        }
        self.or = Or::Possible;
    }

    fn end_or(&mut self) {
        if self.or == Or::Expected {
            self.problem(QueryProblem::LonelyOr);
        }
        self.or = Or::No;
    }

    fn condition(&mut self, operator: &str, item: &Item<'_>) {
        let value = item.value.trim();
        if value.is_empty() {
            return self.problem(QueryProblem::NoValue { operator: operator.to_owned() });
        }
        match operator {
            "feed" => add_name(&mut self.query.feeds, item.is_excluded, value),
            "author" => add_name(&mut self.query.authors, item.is_excluded, value),
            "folder" => add_name(&mut self.query.folders, item.is_excluded, value),
            "tag" => self.tag(value, item.is_excluded),
            "is" => self.state(value, item.is_excluded),
            _ => self.date(operator, value, item.is_excluded),
        }
    }

    fn tag(&mut self, value: &str, is_excluded: bool) {
        let tags = &mut self.query.tags;
        let list = if is_excluded { &mut tags.none_of } else { &mut tags.all_of };
        // As it is shown and often typed: `#recipes`.
        let name = fold(value.trim_start_matches(['#', '＃']));
        if !list.contains(&name) {
            list.push(name);
        }
    }

    fn state(&mut self, value: &str, is_excluded: bool) {
        let is = &mut self.query.is;
        let (state, wanted) = match fold(value).as_str() {
            "starred" => (&mut is.starred, true),
            "unread" => (&mut is.unread, true),
            "read" => (&mut is.unread, false),
            "saved" => (&mut is.saved, true),
            _ => return self.problem(QueryProblem::UnknownState { value: value.to_owned() }),
        };
        let wanted = wanted != is_excluded;
        if *state.get_or_insert(wanted) != wanted {
            self.problem(QueryProblem::Contradiction { value: value.to_owned() });
        }
    }

    /// Two conditions of a kind: the narrower one counts. `-after:` is `before:`.
    fn date(&mut self, operator: &str, value: &str, is_excluded: bool) {
        let Some(moment) = first_moment(value, self.zone) else {
            return self.problem(QueryProblem::NotADate { value: value.to_owned() });
        };
        if (operator == "before") != is_excluded {
            let before = self.query.before.get_or_insert(moment);
            *before = moment.min(*before);
        } else {
            let after = self.query.after.get_or_insert(moment);
            *after = moment.max(*after);
        }
    }

    fn problem(&mut self, problem: QueryProblem) {
        self.query.problems.push(problem);
    }
}

fn add_name(names: &mut Names, is_excluded: bool, value: &str) {
    let list = if is_excluded { &mut names.none_of } else { &mut names.any_of };
    list.push(fold(value));
}

/// The first moment of a day, a month or a year: `2026-01-31`, `2026/1`, `2026年`.
fn first_moment(value: &str, zone: &TimeZone) -> Option<Timestamp> {
    let folded = fold(value);
    let mut numbers = folded.trim_end_matches(['年', '月', '日']).split(['-', '/', '.', '年', '月']);
    let year = numbers.next()?.parse().ok()?;
    let mut next = || numbers.next().map_or(Some(1), |number| number.parse().ok());
    let date = Date::new(year, next()?, next()?).ok()?;
    if numbers.next().is_some() {
        return None;
    }
    date.to_zoned(zone.clone()).ok().map(|moment| moment.timestamp())
}
