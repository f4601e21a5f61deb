//! The elements that are open at one point, roughly as the parser has them, and what they cost it.

use super::tag::{Model, Tag};
use crate::limits::FORMATTING_MAX;
use crate::work::steps;

/// Follows start and end tags.
#[derive(Default)]
pub(super) struct OpenElements<'a> {
    open: Vec<Open<'a>>,
    /// Formatting elements that were not closed, as the parser keeps them to reopen.
    formatting: Vec<Formatting>,
    /// Elements open below the deepest allowed level.
    dropped_depth: usize,
    /// What the parser has paid, in elements.
    pub(super) cost: usize,
    /// Tags were left out because too much was open.
    pub(super) flattened: bool,
}

#[derive(Clone, Copy)]
struct Open<'a> {
    name: &'a str,
    tag: Option<Tag>,
    /// How many formatting elements there were outside of this cell.
    formatting_outside: usize,
}

struct Formatting {
    tag: Tag,
    /// Closed by something around it, so that the parser opens it again in the next block.
    left_open: bool,
}

/// What a parser pays for an element that it puts elsewhere, compared with one that stays where it is written.
const MOVED_COST: usize = 8;

impl<'a> OpenElements<'a> {
    /// Takes words between two tags.
    pub(super) fn words(&mut self) {
        self.cost += self.reopened() + if self.in_table_parts() { MOVED_COST } else { 0 };
    }

    /// Takes a start tag; whether it is kept.
    pub(super) fn start(&mut self, name: &'a str, tag: Option<Tag>, depth_max: usize) -> bool {
        steps(self.open.len() + self.formatting.len());
        if let Some(tag) = tag {
            self.close_implied(tag);
            self.open_implied(tag);
        }
        let moved = self.in_table_parts() && !is_table_part(tag);
        self.cost += 1 + self.reopened() + if moved { MOVED_COST } else { 0 };
        if tag.is_some_and(Tag::is_void) {
            return true;
        }
        if self.open.len() >= depth_max {
            self.dropped_depth += 1;
            self.flattened = true;
            return false;
        }
        if let Some(tag) = tag
            && tag.model() == Model::Formatting
        {
            let inside = self.formatting.len() - self.formatting_of_cell();
            // There is never more than one link, and losing it would lose its address.
            if tag != Tag::A && inside >= FORMATTING_MAX {
                self.flattened = true;
                return false;
            }
            self.formatting.push(Formatting { tag, left_open: false });
        }
        self.push(name, tag);
        true
    }

    /// Takes an end tag; whether it is kept.
    pub(super) fn end(&mut self, name: &str, tag: Option<Tag>) -> bool {
        steps(self.open.len() + self.formatting.len());
        let is_named = |open: &Open<'_>| open.name.eq_ignore_ascii_case(name);
        if self.dropped_depth > 0 && !self.open.last().is_some_and(is_named) {
            self.dropped_depth -= 1;
            return false;
        }
        // Only the end of a part of a table reaches across the borders of cells.
        let is_border = |open: &Open<'_>| !is_table_part(tag) && is_table_part(open.tag);
        let found = self.open.iter().rposition(|open| is_named(open) || is_border(open));
        match (found.filter(|&found| is_named(&self.open[found])), tag) {
            (Some(found), Some(tag)) if tag.model() == Model::Formatting => {
                // The parser takes the element out of the middle and copies what is open inside.
                self.cost += (self.open.len() - 1 - found) * MOVED_COST;
                self.forget_formatting(tag);
                self.open.remove(found);
                true
            }
            (Some(found), _) => {
                self.close_down_to(found);
                true
            }
            // The parser closes formatting elements by name even when something around them is closed already.
            (None, Some(tag)) => self.forget_formatting(tag),
            (None, None) => false,
        }
    }

    fn forget_formatting(&mut self, tag: Tag) -> bool {
        let cell = self.formatting_of_cell();
        let found = self.formatting[cell..].iter().rposition(|formatting| formatting.tag == tag);
        found.map(|position| self.formatting.remove(cell + position)).is_some()
    }

    /// Where the formatting elements of the innermost table cell begin; those outside of it are out of reach.
    fn formatting_of_cell(&self) -> usize {
        let cell = self.open.iter().rev().find(|open| is_cell(open.tag));
        cell.map_or(0, |open| open.formatting_outside).min(self.formatting.len())
    }

    fn push(&mut self, name: &'a str, tag: Option<Tag>) {
        self.open.push(Open { name, tag, formatting_outside: self.formatting.len() });
    }

    fn top(&self) -> Option<Tag> {
        self.open.last().and_then(|open| open.tag)
    }

    /// Closes what a start tag closes by itself.
    fn close_implied(&mut self, tag: Tag) {
        let boundary = |open: &Open<'_>| is_cell(open.tag) || open.tag == Some(Tag::Table);
        let nearest = |open: &[Open<'_>], wanted: &dyn Fn(Tag) -> bool, stop: &dyn Fn(&Open<'_>) -> bool| {
            let position = open.iter().rposition(|open| open.tag.is_some_and(wanted) || stop(open))?;
            open[position].tag.is_some_and(wanted).then_some(position)
        };
        let closed = match tag.model() {
            Model::Block | Model::Heading | Model::Paragraph | Model::Table | Model::VoidBlock => {
                nearest(&self.open, &|open| open == Tag::P, &boundary)
            }
            Model::Item => nearest(&self.open, &|open| open == Tag::Li, &|open| {
                boundary(open) || matches!(open.tag, Some(Tag::Ul | Tag::Ol | Tag::Menu | Tag::Dir))
            }),
            Model::Term => nearest(&self.open, &|open| matches!(open, Tag::Dt | Tag::Dd), &|open| {
                boundary(open) || open.tag == Some(Tag::Dl)
            }),
            Model::Ruby => nearest(&self.open, &|open| open.model() == Model::Ruby, &|open| {
                open.tag.is_none_or(|tag| tag.model() != Model::Formatting)
            }),
            Model::TableCell => {
                nearest(&self.open, &|open| open.model() == Model::TableCell, &|open| open.tag == Some(Tag::Table))
            }
            Model::TableRow => {
                self.outermost_in_table(|open| matches!(open.model(), Model::TableRow | Model::TableCell))
            }
            Model::TableSection | Model::TableCaption => self.outermost_in_table(|open| {
                matches!(open.model(), Model::TableSection | Model::TableRow | Model::TableCaption)
            }),
            Model::Formatting if tag == Tag::A => {
                if let Some(link) = nearest(&self.open, &|open| open == Tag::A, &boundary) {
                    self.cost += (self.open.len() - 1 - link) * MOVED_COST;
                    self.open.remove(link);
                }
                self.forget_formatting(Tag::A);
                None
            }
            _ => None,
        };
        if let Some(position) = closed {
            self.close_down_to(position);
        }
    }

    /// Opens the parts of a table that the parser adds by itself, so that their end tags find them.
    fn open_implied(&mut self, tag: Tag) {
        if matches!(tag.model(), Model::TableRow | Model::TableCell) && self.top() == Some(Tag::Table) {
            self.push(Tag::Tbody.name(), Some(Tag::Tbody));
        }
        if tag.model() == Model::TableCell && self.top().is_some_and(|top| top.model() == Model::TableSection) {
            self.push(Tag::Tr.name(), Some(Tag::Tr));
        }
    }

    fn outermost_in_table(&self, wanted: impl Fn(Tag) -> bool) -> Option<usize> {
        let table = self.open.iter().rposition(|open| open.tag == Some(Tag::Table))?;
        (table + 1..self.open.len()).find(|&position| self.open[position].tag.is_some_and(&wanted))
    }

    fn close_down_to(&mut self, position: usize) {
        while self.open.len() > position {
            let Some(open) = self.open.pop() else { return };
            if is_cell(open.tag) {
                self.formatting.truncate(open.formatting_outside);
            } else if let Some(tag) = open.tag
                && tag.model() == Model::Formatting
                && let Some(formatting) =
                    self.formatting.iter_mut().rev().find(|formatting| formatting.tag == tag && !formatting.left_open)
            {
                formatting.left_open = true;
            }
        }
    }

    fn reopened(&self) -> usize {
        steps(self.formatting.len());
        self.formatting.iter().filter(|formatting| formatting.left_open).count()
    }

    fn in_table_parts(&self) -> bool {
        self.top().is_some_and(|top| matches!(top.model(), Model::Table | Model::TableSection | Model::TableRow))
    }
}

fn is_cell(tag: Option<Tag>) -> bool {
    tag.is_some_and(|tag| matches!(tag.model(), Model::TableCell | Model::TableCaption))
}

fn is_table_part(tag: Option<Tag>) -> bool {
    use Model::{Table, TableCaption, TableCell, TableRow, TableSection};
    tag.is_some_and(|tag| matches!(tag.model(), Table | TableSection | TableRow | TableCell | TableCaption))
}
