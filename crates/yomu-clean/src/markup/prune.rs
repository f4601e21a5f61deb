//! Takes out of any HTML what no parser needs to see, and keeps the rest within bounds.
//!
//! Two things happen in one linear pass. Scripts, styles, drawings and comments go, with their content. And the tree that
//! a parser would build is followed roughly: elements below the deepest allowed level lose their tags, and the markup ends
//! where the budget of elements is spent. This is about time and memory only; what is *safe* is decided later.

use super::open_elements::OpenElements;
use super::tag::Tag;
use super::token::{Start, Token, Tokens, attribute, noscript_matters};
use crate::limits::{
    ATTRIBUTES_MAX, DEPTH_MAX, NODES_MAX, PAGE_DEPTH_MAX, PAGE_NODES_MAX, TAG_BYTES_MAX, TAG_ESCAPES_MAX,
    TEXT_PIECE_BYTES_MAX,
};
use crate::rules::{embed::embed, link::web_address};

/// What to keep, and how much of it.
pub(crate) struct Bounds {
    nodes_max: usize,
    depth_max: usize,
    /// Keep `<html>`, `<head>`, `<title>`, `<body>`.
    whole_page: bool,
}

impl Bounds {
    /// For an entry's HTML.
    pub(crate) const FRAGMENT: Bounds = Bounds { nodes_max: NODES_MAX, depth_max: DEPTH_MAX, whole_page: false };
    /// For the page an article is taken from.
    pub(crate) const PAGE: Bounds = Bounds { nodes_max: PAGE_NODES_MAX, depth_max: PAGE_DEPTH_MAX, whole_page: true };
}

/// The result.
pub(crate) struct Pruned {
    pub(crate) html: String,
    /// The budget of elements was spent before the end.
    pub(crate) cut: bool,
    /// Elements were nested too deeply.
    pub(crate) flattened: bool,
}

/// Prunes `html`.
pub(crate) fn prune(html: &str, bounds: &Bounds) -> Pruned {
    let out = Pruned { html: String::with_capacity(html.len()), cut: false, flattened: false };
    let mut pruner =
        Pruner { bounds, tokens: Tokens::new(html), out, open: OpenElements::default(), noscript_until: 0 };
    while let Some(token) = pruner.tokens.next() {
        match token {
            Token::Start(start) => pruner.start(&start),
            Token::End(name) => pruner.end(name),
            Token::Text(text) => pruner.text(text),
            Token::Other => {}
        }
        if pruner.open.cost > bounds.nodes_max {
            pruner.out.cut = true;
            break;
        }
    }
    pruner.out.flattened = pruner.open.flattened;
    pruner.out
}

/// Elements whose content is never wanted.
const DROPPED: &[&str] =
    &["script", "style", "svg", "math", "textarea", "select", "template", "noembed", "noframes", "datalist", "dialog"];

/// Elements whose tags only disturb: they hide markup from the rules of the parser, or mean nothing here.
const UNWRAPPED: &[&str] = &[
    "plaintext",
    "xmp",
    "listing",
    "object",
    "applet",
    "marquee",
    "button",
    "frameset",
    "frame",
    "param",
    "embed",
    "input",
    "nobr",
    "option",
    "optgroup",
    "isindex",
    "keygen",
    "area",
    "map",
    "bgsound",
    // Read with the metadata; what it says may be no address of the web.
    "base",
    "basefont",
    "col",
    "colgroup",
];

/// Elements of the page around the content.
const SHELL: &[&str] = &["html", "head", "body", "meta", "link"];

struct Pruner<'a, 'b> {
    bounds: &'b Bounds,
    tokens: Tokens<'a>,
    out: Pruned,
    open: OpenElements<'a>,
    /// Up to here, the content of a `<noscript>` is read.
    noscript_until: usize,
}

impl<'a> Pruner<'a, '_> {
    fn text(&mut self, text: &str) {
        let cost = text_cost(text);
        // Where the budget ends within the text, as much is left as the budget could pay for at the worst.
        let affordable = self.bounds.nodes_max.saturating_sub(self.open.cost) * 8;
        let text = if cost * 8 > affordable { &text[..text.floor_char_boundary(affordable)] } else { text };
        self.open.cost += cost;
        if text.bytes().any(|byte| !byte.is_ascii_whitespace()) {
            self.open.words();
        }
        let mut rest = text;
        while rest.len() > TEXT_PIECE_BYTES_MAX {
            let (piece, after) = rest.split_at(piece_end(rest));
            self.out.html.push_str(piece);
            // A comment keeps text nodes apart, and goes with all others.
            self.out.html.push_str("<!---->");
            rest = after;
        }
        // A `<` that begins no tag here must not begin one together with what is left of what follows.
        match rest.strip_suffix('<') {
            Some(before) => {
                self.out.html.push_str(before);
                self.out.html.push_str("&lt;");
            }
            None => self.out.html.push_str(rest),
        }
    }

    fn start(&mut self, start: &Start<'a>) {
        let mut lower = [0; 16];
        let Some(name) = lower_case(start.name, &mut lower) else { return self.open_element(start, None) };
        if let Some(name) = DROPPED.iter().find(|dropped| **dropped == name) {
            return self.drop_element(name);
        }
        match name {
            "title" if self.bounds.whole_page => {
                let content = self.tokens.take_until_end("title").unwrap_or_default();
                self.out.html.push_str("<title>");
                self.text(content);
                self.out.html.push_str("</title>");
            }
            "title" => self.drop_element("title"),
            "noscript" => self.noscript(),
            "iframe" => self.frame(start),
            _ if SHELL.contains(&name) => {
                if self.bounds.whole_page {
                    self.open.cost += 1;
                    self.emit(start);
                }
            }
            _ if UNWRAPPED.contains(&name) => {}
            "image" => self.open_element(start, Some(Tag::Img)),
            _ => self.open_element(start, Tag::named(name)),
        }
    }

    fn open_element(&mut self, start: &Start<'a>, tag: Option<Tag>) {
        if self.open.start(start.name, tag, self.bounds.depth_max) {
            self.emit(start);
        }
    }

    fn end(&mut self, name: &str) {
        let mut lower = [0; 16];
        let tag = lower_case(name, &mut lower).and_then(Tag::named);
        if tag == Some(Tag::Br) {
            // To a parser, `</br>` is a line break.
            self.out.html.push_str("<br>");
            self.open.cost += 1;
        } else if self.open.end(name, tag) {
            self.out.html.push_str("</");
            self.out.html.push_str(name);
            self.out.html.push('>');
        }
    }

    /// A frame without its content. On a page, only those with a video, and by their plain address: the code that looks for
    /// the article trips over odd ones.
    fn frame(&mut self, start: &Start<'_>) {
        self.tokens.take_until_end("iframe");
        self.open.cost += 1;
        if !self.bounds.whole_page {
            self.emit(start);
            self.out.html.push_str("</iframe>");
            return;
        }
        let address = ["src", "data-src"].iter().filter_map(|name| attribute(start.attributes, name));
        if let Some(video) = address.filter_map(|raw| embed(&web_address(&raw, None)?)).next() {
            self.out.html.push_str("<iframe src=\"");
            self.out.html.push_str(&video.player);
            self.out.html.push_str("\"></iframe>");
        }
    }

    fn noscript(&mut self) {
        let begin = self.tokens.offset();
        if begin < self.noscript_until {
            return;
        }
        if let Some(content) = self.tokens.take_until_end("noscript")
            && noscript_matters(content)
        {
            self.noscript_until = begin + content.len();
            self.tokens.rewind(begin);
        }
    }

    fn drop_element(&mut self, name: &'static str) {
        let is_text = matches!(name, "script" | "style" | "textarea" | "title" | "noembed" | "noframes");
        if self.tokens.take_until_end(name).is_none() && is_text {
            // To a parser everything behind is the content of this.
            self.tokens.finish();
        }
    }

    fn emit(&mut self, start: &Start<'_>) {
        if start.attribute_count <= ATTRIBUTES_MAX && is_writable(start.source) {
            self.out.html.push_str(start.source);
        } else {
            self.out.html.push('<');
            self.out.html.push_str(start.name);
            self.out.html.push('>');
        }
    }
}

/// What a parser pays for text: references and brackets cost it about an eighth of an element each.
pub(super) fn text_cost(text: &str) -> usize {
    text.bytes().filter(|byte| matches!(byte, b'&' | b'<')).count() / 8
}

/// Where a long text may be split: not within a reference, the longest of which has 33 bytes.
fn piece_end(text: &str) -> usize {
    let end = text.floor_char_boundary(TEXT_PIECE_BYTES_MAX);
    let bytes = &text.as_bytes()[end - 36..end];
    bytes.iter().rposition(|byte| *byte == b'&').map_or(end, |ampersand| end - 36 + ampersand)
}

/// Whether a tag is short enough, or long with little to escape: the serializer behind the parser searches the whole rest of
/// a value again behind every character that it has to look at.
pub(super) fn is_writable(tag: &str) -> bool {
    let escapes = || tag.bytes().filter(|byte| matches!(byte, b'&' | 0xc2)).count();
    tag.len() <= TEXT_PIECE_BYTES_MAX || tag.len() <= TAG_BYTES_MAX && escapes() <= TAG_ESCAPES_MAX
}

/// The name in lower case, if it is short enough to be one we know.
fn lower_case<'b>(name: &str, buffer: &'b mut [u8; 16]) -> Option<&'b str> {
    let lower = buffer.get_mut(..name.len())?;
    lower.copy_from_slice(name.as_bytes());
    lower.make_ascii_lowercase();
    std::str::from_utf8(lower).ok()
}
