//! Writes the HTML that is kept.
//!
//! Everything that ends up in cleaned HTML is written here, from a closed list of elements and attributes, with every text
//! and value escaped. Whatever is asked of the writer, nothing else can come out.

pub(crate) mod anchors;
mod attributes;
mod elements;
pub(crate) mod escape;
pub(crate) mod plain_text;

use crate::clean::{Cleaned, Context};
use crate::markup::attribute::Attributes;
use crate::markup::tag::{Role, Tag};
use crate::work::steps;
use anchors::Anchors;
use plain_text::PlainText;

/// What links to other sites carry: they learn nothing of the reader and get no vote from us.
const LINK_REL: &str = "noopener noreferrer nofollow";

/// Receives markup in order: start tags, end tags, text.
pub(crate) struct Writer<'c> {
    context: &'c Context<'c>,
    html: String,
    text: PlainText,
    anchors: Anchors,
    open: Vec<Open>,
    picture: Option<String>,
    /// The address of the image just written, while nothing else followed.
    last_image: Option<String>,
    headings: usize,
    /// A line feed must be doubled here, because parsers take away the first one.
    pre_at: Option<usize>,
}

/// An open element.
struct Open {
    tag: Tag,
    /// The name in the output; none when only the content is written.
    written: Option<&'static str>,
    /// Where its start tag begins and ends.
    start: usize,
    inner: usize,
    /// Where its plain text begins.
    text: usize,
    /// Something to see is in it.
    filled: bool,
}

impl<'c> Writer<'c> {
    /// A writer for about this many bytes.
    pub(crate) fn new(context: &'c Context<'c>, bytes: usize) -> Self {
        Writer {
            context,
            html: String::with_capacity(bytes + bytes / 8),
            text: PlainText::with_capacity(bytes),
            anchors: Anchors::default(),
            open: Vec::with_capacity(16),
            picture: None,
            last_image: None,
            headings: 0,
            pre_at: None,
        }
    }

    /// Takes a start tag.
    pub(crate) fn start(&mut self, tag: Tag, attributes: &Attributes<'_>) {
        if tag.breaks_line() {
            self.text.line();
        }
        let Role::Keep(name) = tag.role() else {
            if tag == Tag::Iframe {
                self.embed(attributes);
            }
            return;
        };
        match tag {
            Tag::Img => return self.image(attributes),
            Tag::Source => return self.source(attributes),
            Tag::Br | Tag::Wbr | Tag::Hr => return self.void(tag, name),
            Tag::Td | Tag::Th => self.text.space(),
            Tag::Rt | Tag::Rp => self.text.mute(),
            _ => {}
        }
        let start = self.html.len();
        let written = self.start_tag(tag, name, attributes);
        if tag == Tag::Pre {
            self.pre_at = Some(self.html.len());
        }
        let filled = matches!(tag, Tag::Video | Tag::Audio) && self.plays(attributes);
        let open = Open {
            tag,
            written: written.then_some(name),
            start,
            inner: self.html.len(),
            text: self.text.mark(),
            filled,
        };
        self.open.push(open);
    }

    /// Takes an end tag. One that does not belong to the open element is ignored.
    pub(crate) fn end(&mut self, tag: Tag) {
        if !matches!(tag.role(), Role::Keep(_)) || self.open.last().is_none_or(|open| open.tag != tag) {
            return;
        }
        let Some(open) = self.open.pop() else { return };
        if tag.breaks_line() {
            self.text.line();
        }
        match tag {
            Tag::Td | Tag::Th => self.text.space(),
            Tag::Rt | Tag::Rp => self.text.unmute(),
            Tag::Pre => self.pre_at = None,
            _ if tag.is_heading() && self.repeats_title(&open) => {
                self.take_back(open.start);
                self.text.truncate(open.text);
                return;
            }
            _ => {}
        }
        if open.filled {
            self.fill();
        } else if !tag.stays_empty() {
            self.drop_empty(&open);
            return;
        }
        self.end_tag(open.written);
    }

    /// Takes text, decoded.
    pub(crate) fn text(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        if text.starts_with('\n') && self.pre_at == Some(self.html.len()) {
            self.html.push('\n');
        }
        steps(text.len());
        let was = self.html.len();
        escape::push_text(&mut self.html, text);
        self.text.text(text);
        if !is_blank(text) {
            self.fill();
            self.last_image = None;
        }
        debug_assert!(self.html.len() > was, "text is never lost");
    }

    /// Everything is written.
    pub(crate) fn finish(mut self) -> Cleaned {
        while let Some(open) = self.open.last() {
            let tag = open.tag;
            self.end(tag);
        }
        let mut html = self.anchors.finish(self.html);
        html.truncate(html.trim_end().len());
        Cleaned { html, text: self.text.finish(), image: self.picture, problems: Vec::new() }
    }

    fn end_tag(&mut self, written: Option<&str>) {
        if let Some(name) = written {
            self.html.push_str("</");
            self.html.push_str(name);
            self.html.push('>');
        }
    }

    /// Something to see is in the open element.
    fn fill(&mut self) {
        if let Some(open) = self.open.last_mut() {
            open.filled = true;
        }
    }

    /// Leaves out an element with nothing to see in it. Between words, its white space stays.
    fn drop_empty(&mut self, open: &Open) {
        let inner = self.html[open.inner..].to_owned();
        steps(inner.len());
        self.take_back(open.start);
        if !open.tag.breaks_line() {
            self.html.push_str(&inner);
        }
    }

    fn take_back(&mut self, at: usize) {
        self.html.truncate(at);
        self.anchors.truncate(at);
    }

    /// Whether this is the first heading and says what the title above the text says.
    fn repeats_title(&mut self, open: &Open) -> bool {
        let Some(title) = self.context.drop_title else { return false };
        self.headings += 1;
        let words =
            |text: &str| text.split_whitespace().flat_map(str::chars).flat_map(char::to_lowercase).collect::<String>();
        self.headings == 1 && !title.is_empty() && words(self.text.since(open.text)) == words(title)
    }
}

/// White space only, the no-break and the ideographic kind included.
fn is_blank(text: &str) -> bool {
    match text.as_bytes().first() {
        Some(first) if first.is_ascii_graphic() => false,
        _ => text
            .chars()
            .all(|character| character.is_whitespace() || character == '\u{200b}' || character == '\u{feff}'),
    }
}
