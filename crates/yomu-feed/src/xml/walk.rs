//! The walk over a document.

use std::collections::HashMap;
use url::Url;

use super::captured::Captured;
use super::channel::ChannelDraft;
use super::entry::{EntryDraft, settle_addresses};
use super::scope::{Mark, Scope};
use super::version;
use super::vocabulary::{Extent, Field, Place, Role, role};
use crate::feed::{Feed, Format};
use crate::limits::{BAD_DATES_MAX, CONTENT_BYTES_MAX, DEPTH_MAX};
use crate::markup::{Scanner, Tag, Token, split_name};
use crate::problem::{Problem, Problems, line_at, quote};
use crate::search;
use crate::work::steps;

/// Elements of HTML that are empty; between fields they are litter, and nobody closes them.
const NEVER_CLOSED: [&str; 6] = ["br", "hr", "img", "meta", "p", "input"];

/// Reads a feed from its root element on; nothing if there is none in the document after all.
pub(crate) fn read(
    text: &str,
    root: usize,
    url: Option<&Url>,
    entries_max: usize,
    problems: &mut Problems,
) -> Option<Feed> {
    let mut walk = Walk {
        text,
        scanner: Scanner::new(text),
        scope: Scope::new(url),
        open: Vec::new(),
        channel: ChannelDraft::default(),
        entry: None,
        entries_max,
        root: None,
        has_channel: false,
        full: false,
        unclosed: 0,
        unclosed_at: 0,
        undefined: None,
        too_deep: None,
        bad_dates: Vec::new(),
        problems,
    };
    walk.scanner.rewind(root);
    walk.run();
    walk.finish(url)
}

pub(super) struct Walk<'a, 'p> {
    pub(super) text: &'a str,
    pub(super) scanner: Scanner<'a>,
    scope: Scope<'a>,
    pub(super) open: Vec<Element<'a>>,
    channel: ChannelDraft,
    entry: Option<EntryDraft>,
    entries_max: usize,
    root: Option<&'a str>,
    has_channel: bool,
    full: bool,
    unclosed: usize,
    unclosed_at: usize,
    undefined: Option<(&'a str, usize)>,
    too_deep: Option<usize>,
    bad_dates: Vec<String>,
    problems: &'p mut Problems,
}

/// An element that was begun and not ended.
#[derive(Debug, Clone, Copy)]
pub(super) struct Element<'a> {
    pub(super) name: &'a str,
    pub(super) place: Place,
    mark: Mark,
}

impl<'a> Walk<'a, '_> {
    fn run(&mut self) {
        while let Some(token) = self.scanner.next() {
            match token {
                Token::Start(tag) => self.start(&tag),
                Token::End(name) => self.end(name),
                _ => {}
            }
            if self.full {
                self.open.clear();
                return;
            }
        }
        if self.open.iter().any(|element| element.place != Place::Elsewhere) {
            self.problems.push(Problem::Truncated { line: line_at(self.text, self.text.len()) });
        }
        // What was cut off is kept if it can be told apart when it comes again in full.
        if self.entry.as_ref().is_some_and(EntryDraft::is_recognizable) {
            self.finish_entry();
        }
    }

    fn place(&self) -> Place {
        self.open.last().map_or(Place::Root, |element| element.place)
    }

    fn start(&mut self, tag: &Tag<'a>) {
        let mark = self.scope.enter(tag, self.open.is_empty());
        match self.role(tag.name) {
            Some(Role::Enter(place)) => self.enter(tag, place, mark),
            Some(Role::Field(field)) => {
                self.field(tag, field);
                self.scope.leave(mark);
            }
            None => {
                let ends = tag.empty || NEVER_CLOSED.iter().any(|name| name.eq_ignore_ascii_case(tag.name));
                if ends || !self.push(Element { name: tag.name, place: Place::Elsewhere, mark }) {
                    self.scope.leave(mark);
                }
            }
        }
    }

    pub(super) fn role(&self, name: &str) -> Option<Role> {
        let (prefix, local) = split_name(name);
        let namespace = self.scope.namespace(prefix);
        let mut buffer = [0; 16];
        role(self.place(), namespace, lower_case(local, &mut buffer)?)
    }

    fn enter(&mut self, tag: &Tag<'a>, place: Place, mark: Mark) {
        match place {
            Place::Entry => {
                self.close_entry();
                if self.channel.feed.entries.len() >= self.entries_max {
                    self.problems.push(Problem::TooManyEntries { kept: self.entries_max, max: self.entries_max });
                    self.full = true;
                    return;
                }
                self.entry = Some(EntryDraft::new(tag, self.scope.base()));
            }
            Place::Media => {
                if let Some(entry) = self.entry.as_mut() {
                    entry.enclosure(tag, self.scope.base());
                }
            }
            Place::Root | Place::Channel => self.enter_root(tag, place),
            Place::Elsewhere => {}
        }
        if !tag.empty {
            // An entry must be seen however deep the litter around it is.
            if place == Place::Entry && self.open.len() >= DEPTH_MAX {
                self.open.retain(|element| element.place != Place::Elsewhere);
            }
            self.push(Element { name: tag.name, place, mark });
        } else {
            if place == Place::Entry {
                self.finish_entry();
            }
            self.scope.leave(mark);
        }
    }

    fn enter_root(&mut self, tag: &Tag<'a>, place: Place) {
        self.has_channel |= place == Place::Channel;
        if self.root.is_some()
            || place == Place::Channel && self.open.iter().any(|element| element.place == Place::Root)
        {
            return;
        }
        let (format, stated) = if place == Place::Channel { (Format::Rss20, false) } else { version::format(tag) };
        if !stated {
            self.problems.push(Problem::MissingVersion);
        }
        self.root = Some(tag.name);
        self.channel.feed.format = format;
        self.channel.feed.lang = super::scope::xml_attribute(tag, "lang");
    }

    fn push(&mut self, element: Element<'a>) -> bool {
        if self.open.len() >= DEPTH_MAX {
            self.too_deep.get_or_insert(self.scanner.start());
            return false;
        }
        self.open.push(element);
        true
    }

    fn end(&mut self, name: &str) {
        steps(self.open.len());
        let Some(index) = self.open.iter().rposition(|element| element.name.eq_ignore_ascii_case(name)) else {
            return;
        };
        self.leave_to(index, 1);
    }

    /// Ends the open elements from `index` on, of which so many are ended properly.
    fn leave_to(&mut self, index: usize, ended: usize) {
        let unclosed = self.open.len() - index - ended;
        if unclosed > 0 {
            self.note_unclosed(unclosed);
        }
        let left = self.open.split_off(index);
        if left.iter().any(|element| element.place == Place::Entry) {
            self.finish_entry();
        }
        if let Some(first) = left.first() {
            self.scope.leave(first.mark);
        }
    }

    /// An entry begins while another is open: it was never closed.
    fn close_entry(&mut self) {
        steps(self.open.len());
        if let Some(index) = self.open.iter().position(|element| element.place == Place::Entry) {
            self.leave_to(index, 0);
        }
    }

    pub(super) fn note_unclosed(&mut self, count: usize) {
        if self.unclosed == 0 {
            self.unclosed_at = self.scanner.start();
        }
        self.unclosed += count;
    }

    fn finish_entry(&mut self) {
        if let Some(entry) = self.entry.take() {
            self.channel.feed.entries.push(entry.finish());
        }
    }

    fn field(&mut self, tag: &Tag<'a>, field: Field) {
        let filled = field.filling_attributes().iter().any(|name| tag.attributes().get(name).is_some());
        let captured = if tag.empty || filled { self.nothing(tag) } else { self.capture(tag, field) };
        // Half an address or date is a wrong one.
        if captured.cut_off && field.extent() == Extent::Short {
            return;
        }
        if self.undefined.is_none() && field != Field::Skipped && search::byte(b'&', captured.raw.as_bytes()).is_some()
        {
            self.undefined = captured.undefined_entity();
        }
        let base = self.scope.base();
        let bad_date = match self.entry.as_mut() {
            Some(entry) => entry.take(field, &captured, base),
            None => self.channel.take(field, &captured, base),
        };
        if let Some(date) = bad_date {
            self.note_bad_date(&date);
        }
        if matches!(field, Field::Body(_)) && captured.raw.len() > CONTENT_BYTES_MAX {
            self.problems.push(Problem::TooLong { field: "text", bytes_max: CONTENT_BYTES_MAX });
        }
    }

    /// The same date again says nothing new, and after some the point is made; finding a line costs time.
    fn note_bad_date(&mut self, date: &Captured<'a>) {
        let text = quote(&date.text());
        if self.bad_dates.len() < BAD_DATES_MAX && !self.bad_dates.contains(&text) {
            let line = line_at(self.text, date.position);
            self.problems.push(Problem::BadDate { text: text.clone(), line });
            self.bad_dates.push(text);
        }
    }

    fn finish(mut self, url: Option<&Url>) -> Option<Feed> {
        self.report();
        // A root that looked like one from a distance only, by a quote that closes far behind it.
        let root = self.root.unwrap_or_default();
        let is_rdf = split_name(root).1.eq_ignore_ascii_case("rdf");
        if root.is_empty() || is_rdf && !self.has_channel && self.channel.feed.entries.is_empty() {
            self.problems.push(Problem::OtherXml { root: quote(root) });
            return None;
        }
        let mut feed = self.channel.finish(url);
        let site = feed.site_url.as_deref().and_then(|site| Url::parse(site).ok());
        // Relative addresses start from the site in RSS, and from the document in Atom, as its standard says.
        let is_atom = matches!(feed.format, Format::Atom03 | Format::Atom10);
        let base = if is_atom { url.or(site.as_ref()) } else { site.as_ref().or(url) };
        feed.entries.iter_mut().for_each(|entry| settle_addresses(entry, base));
        if let Some(problem) = shared_id(&feed) {
            self.problems.push(problem);
        }
        Some(feed)
    }

    fn report(&mut self) {
        if let Some(position) = self.scanner.stray() {
            self.problems.push(Problem::StrayLessThan { line: line_at(self.text, position) });
        }
        if self.unclosed > 0 {
            self.problems
                .push(Problem::UnclosedTags { count: self.unclosed, line: line_at(self.text, self.unclosed_at) });
        }
        if let Some((name, position)) = self.undefined {
            self.problems.push(Problem::UndefinedEntity { name: name.to_owned(), line: line_at(self.text, position) });
        }
        if let Some(position) = self.too_deep {
            self.problems.push(Problem::TooDeep { max: DEPTH_MAX, line: line_at(self.text, position) });
        }
    }
}

/// A name in lower case, unless it is longer than all that are known.
fn lower_case<'b>(name: &str, buffer: &'b mut [u8; 16]) -> Option<&'b str> {
    let lower = buffer.get_mut(..name.len())?;
    lower.copy_from_slice(name.as_bytes());
    lower.make_ascii_lowercase();
    std::str::from_utf8(lower).ok()
}

/// The identifier that most entries share.
pub(crate) fn shared_id(feed: &Feed) -> Option<Problem> {
    steps(feed.entries.len());
    let mut counts: HashMap<&str, usize> = HashMap::with_capacity(feed.entries.len());
    for id in feed.entries.iter().filter_map(|entry| entry.id.as_deref()) {
        *counts.entry(id).or_default() += 1;
    }
    let (id, count) = counts.into_iter().max_by_key(|&(id, count)| (count, std::cmp::Reverse(id)))?;
    (count > 1).then(|| Problem::SharedId { id: quote(id), count })
}
