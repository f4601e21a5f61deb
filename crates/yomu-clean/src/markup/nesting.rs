//! When the HTML parser would build exactly the tree that the tags say.
//!
//! The parser moves, closes and reopens elements by rules that fill fifty pages. [`Nesting`] knows the cases where none of
//! them applies, or only one that is easily repeated (a new `<p>` closes the one before it, a `<tr>` gets its `<tbody>`),
//! and refuses everything else.

use super::prune::text_cost;
use super::scan::Unusual;
use super::tag::{Model, Tag};
use crate::limits::{FAST_DEPTH_MAX, NODES_MAX};
use crate::write::Writer;

/// The elements open at this point, as the parser has them.
#[derive(Default)]
pub(crate) struct Nesting {
    open: Vec<Open>,
    nodes: usize,
}

struct Open {
    tag: Tag,
    /// Whether a `<p>` is open between here and the nearest table cell.
    in_paragraph: bool,
    /// Whether an `<a>` is open likewise.
    in_link: bool,
}

impl Nesting {
    /// Takes a start tag; the writer hears of the elements that the parser closes or adds before it.
    pub(crate) fn start(&mut self, tag: Tag, writer: &mut Writer<'_>) -> Result<(), Unusual> {
        self.nodes += 1;
        if self.nodes > NODES_MAX {
            return Err(Unusual);
        }
        match tag.model() {
            Model::Odd => return Err(Unusual),
            Model::Block | Model::VoidBlock | Model::Paragraph | Model::Table => {
                self.close_implied(Tag::P, writer);
                self.refuse(self.in_paragraph() || self.expects_table_parts())?;
            }
            Model::Heading => {
                self.close_implied(Tag::P, writer);
                let in_heading = self.top().is_some_and(Tag::is_heading);
                self.refuse(in_heading || self.in_paragraph() || self.expects_table_parts())?;
            }
            Model::Item => {
                self.close_implied(Tag::Li, writer);
                self.refuse(!matches!(self.top(), Some(Tag::Ul | Tag::Ol)))?;
            }
            Model::Term => {
                self.close_implied(Tag::Dt, writer);
                self.close_implied(Tag::Dd, writer);
                self.refuse(self.top() != Some(Tag::Dl))?;
            }
            Model::Formatting => {
                self.refuse(self.expects_table_parts() || tag == Tag::A && self.in_link())?;
            }
            Model::Phrasing | Model::Void | Model::Raw => self.refuse(self.expects_table_parts())?,
            Model::Ruby => self.refuse(self.top() != Some(Tag::Ruby))?,
            Model::TableCaption => self.refuse(self.top() != Some(Tag::Table))?,
            Model::TableSection => self.refuse(self.top() != Some(Tag::Table))?,
            Model::TableRow => {
                if self.top() == Some(Tag::Table) {
                    self.push(Tag::Tbody)?;
                    writer.start(Tag::Tbody, &[]);
                }
                self.refuse(!self.top().is_some_and(|top| top.model() == Model::TableSection))?;
            }
            Model::TableCell => self.refuse(self.top() != Some(Tag::Tr))?,
        }
        if tag.is_void() || tag.model() == Model::Raw { Ok(()) } else { self.push(tag) }
    }

    /// Takes an end tag, likewise.
    pub(crate) fn end(&mut self, tag: Tag, writer: &mut Writer<'_>) -> Result<(), Unusual> {
        if tag == Tag::Table {
            // Rows without a section got a `<tbody>`, from us or from the author; the end of the table closes either.
            self.close_implied(Tag::Tbody, writer);
        }
        self.refuse(self.top() != Some(tag))?;
        self.open.pop();
        Ok(())
    }

    /// Takes text. Between the parts of a table, the parser leaves only white space where it is.
    pub(crate) fn text(&mut self, text: &str) -> Result<(), Unusual> {
        self.nodes += text_cost(text);
        let misplaced = self.expects_table_parts() && text.bytes().any(|byte| !byte.is_ascii_whitespace());
        self.refuse(misplaced || self.nodes > NODES_MAX)
    }

    /// Closes what is open at the end of the markup.
    pub(crate) fn finish(&mut self, writer: &mut Writer<'_>) {
        while let Some(open) = self.open.pop() {
            writer.end(open.tag);
        }
    }

    fn refuse(&self, unusual: bool) -> Result<(), Unusual> {
        if unusual { Err(Unusual) } else { Ok(()) }
    }

    fn top(&self) -> Option<Tag> {
        self.open.last().map(|open| open.tag)
    }

    fn in_paragraph(&self) -> bool {
        self.open.last().is_some_and(|open| open.in_paragraph)
    }

    fn in_link(&self) -> bool {
        self.open.last().is_some_and(|open| open.in_link)
    }

    /// Between the tags of a table only its parts may stand; the parser moves everything else out.
    fn expects_table_parts(&self) -> bool {
        self.top().is_some_and(|top| matches!(top.model(), Model::Table | Model::TableSection | Model::TableRow))
    }

    fn close_implied(&mut self, tag: Tag, writer: &mut Writer<'_>) {
        if self.top() == Some(tag) {
            self.open.pop();
            writer.end(tag);
        }
    }

    fn push(&mut self, tag: Tag) -> Result<(), Unusual> {
        self.refuse(self.open.len() == FAST_DEPTH_MAX)?;
        let cell = matches!(tag.model(), Model::TableCell | Model::TableCaption);
        let open = Open {
            tag,
            in_paragraph: !cell && (self.in_paragraph() || tag == Tag::P),
            in_link: !cell && (self.in_link() || tag == Tag::A),
        };
        self.open.push(open);
        Ok(())
    }
}
