//! Taking the content of a field: to its end tag, or to where it must have ended without one.

use super::captured::Captured;
use super::vocabulary::{Extent, Field, Place, Role};
use super::walk::Walk;
use crate::markup::{Tag, Token, split_name};
use crate::work::steps;

impl<'a> Walk<'a, '_> {
    pub(super) fn nothing(&self, tag: &Tag<'a>) -> Captured<'a> {
        Captured {
            tag: *tag,
            raw: "",
            position: self.scanner.position(),
            has_tags: false,
            has_sections: false,
            cut_off: false,
        }
    }

    /// Goes to the end of a field, or to where it must have ended.
    pub(super) fn capture(&mut self, tag: &Tag<'a>, field: Field) -> Captured<'a> {
        let mut captured = self.nothing(tag);
        let mut depth = 0_usize;
        let end = loop {
            let Some(token) = self.scanner.next() else {
                captured.cut_off = true;
                break self.text.len();
            };
            match token {
                Token::End(name) if name.eq_ignore_ascii_case(tag.name) => {
                    if depth == 0 {
                        break self.scanner.start();
                    }
                    depth -= 1;
                    captured.has_tags = true;
                }
                Token::End(name) if self.is_open(name) => break self.end_early(),
                Token::Start(inner) if self.ends_field(field, inner.name) => break self.end_early(),
                Token::Start(inner) => {
                    depth += usize::from(!inner.empty && inner.name.eq_ignore_ascii_case(tag.name));
                    captured.has_tags = true;
                }
                Token::End(_) => captured.has_tags = true,
                Token::CData(_) | Token::Other => captured.has_sections = true,
                Token::Text(_) => {}
            }
        };
        captured.raw = &self.text[captured.position..end];
        captured
    }

    fn end_early(&mut self) -> usize {
        self.note_unclosed(1);
        let start = self.scanner.start();
        self.scanner.rewind(start);
        start
    }

    /// Whether an end tag is that of an element around the field.
    fn is_open(&self, name: &str) -> bool {
        steps(self.open.len());
        self.open.iter().any(|element| element.place != Place::Elsewhere && element.name.eq_ignore_ascii_case(name))
    }

    /// Whether a start tag inside of a field shows that the field should have ended.
    fn ends_field(&self, field: Field, name: &str) -> bool {
        let (prefix, local) = split_name(name);
        match (self.role(name), field.extent()) {
            (Some(Role::Enter(Place::Entry)), _) => prefix.is_empty(),
            (Some(Role::Field(_)), Extent::Short) => true,
            // HTML has elements called `title`, `link` and `summary`, but none with a prefix.
            (Some(Role::Field(Field::Body(_))), Extent::Long) => false,
            (Some(Role::Field(_)), Extent::Long) => {
                !prefix.is_empty() || ["pubDate", "guid"].iter().any(|known| known.eq_ignore_ascii_case(local))
            }
            _ => false,
        }
    }
}
