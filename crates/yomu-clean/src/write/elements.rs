//! The elements that need more than a name and simple attributes: links, images, media, video frames.

use super::attributes::{push, push_global, push_special, shortened};
use super::{LINK_REL, Open, Writer};
use crate::markup::attribute::{Attributes, Key, value};
use crate::markup::tag::Tag;
use crate::rules::link::{Target, target, web_address};
use crate::rules::{embed, image, pixel, srcset};

impl Writer<'_> {
    /// Writes a start tag, unless the element would mean nothing.
    pub(super) fn start_tag(&mut self, tag: Tag, name: &str, attributes: &Attributes<'_>) -> bool {
        let start = self.html.len();
        self.html.push('<');
        self.html.push_str(name);
        let bare = self.html.len();
        let anchors = self.push_id(tag, attributes);
        let linked = match tag {
            Tag::A => self.push_link(attributes),
            Tag::Video | Tag::Audio => self.push_media(tag, attributes),
            _ => {
                push_special(&mut self.html, tag, attributes);
                false
            }
        };
        push_global(&mut self.html, attributes);
        let means_nothing = match tag {
            Tag::A => !linked && !anchors,
            Tag::Span | Tag::Bdo => self.html.len() == bare && !anchors,
            _ => false,
        };
        if means_nothing {
            self.take_back(start);
            return false;
        }
        self.html.push('>');
        true
    }

    /// Remembers the id of an element; old pages name their anchors instead.
    fn push_id(&mut self, tag: Tag, attributes: &Attributes<'_>) -> bool {
        let name = if tag == Tag::A { value(attributes, Key::Anchor) } else { None };
        let id = value(attributes, Key::Id).or(name).filter(|id| !id.is_empty() && id.len() <= 256);
        if let Some(id) = id {
            self.anchors.id(self.html.len(), id);
        }
        id.is_some()
    }

    fn push_link(&mut self, attributes: &Attributes<'_>) -> bool {
        let Some(raw) = value(attributes, Key::Href) else { return false };
        match target(raw, self.context.base) {
            Some(Target::Web(url)) => {
                push(&mut self.html, "href", &url);
                push(&mut self.html, "rel", LINK_REL);
                true
            }
            Some(Target::Program(url)) => {
                push(&mut self.html, "href", &url);
                true
            }
            Some(Target::SamePage { id, url }) => {
                self.anchors.link(self.html.len(), &id, url);
                true
            }
            None => false,
        }
    }

    /// Nothing plays or loads by itself.
    fn push_media(&mut self, tag: Tag, attributes: &Attributes<'_>) -> bool {
        let base = self.context.base;
        if let Some(src) = value(attributes, Key::Src).and_then(|raw| web_address(raw, base)) {
            push(&mut self.html, "src", &src);
        }
        if tag == Tag::Video {
            if let Some(poster) = value(attributes, Key::Poster).and_then(|raw| web_address(raw, base)) {
                push(&mut self.html, "poster", &poster);
            }
            self.push_dimensions(
                value(attributes, Key::Width).and_then(image::dimension),
                value(attributes, Key::Height).and_then(image::dimension),
            );
        }
        push(&mut self.html, "controls", "");
        push(&mut self.html, "preload", "none");
        true
    }

    /// Whether there is something to play without looking for a `<source>`.
    pub(super) fn plays(&self, attributes: &Attributes<'_>) -> bool {
        value(attributes, Key::Src).and_then(|raw| web_address(raw, self.context.base)).is_some()
    }

    pub(super) fn image(&mut self, attributes: &Attributes<'_>) {
        let Some(image) = image::image(attributes, self.context.base) else { return };
        // A lazy image is often followed by the same one for browsers without scripts.
        if self.last_image.as_deref() == Some(&*image.src) {
            return;
        }
        self.html.push_str("<img");
        push(&mut self.html, "src", &image.src);
        if let Some(srcset) = &image.srcset {
            push(&mut self.html, "srcset", srcset);
            if let Some(sizes) = value(attributes, Key::Sizes).filter(|sizes| is_sizes(sizes)) {
                push(&mut self.html, "sizes", sizes);
            }
        }
        push(&mut self.html, "alt", shortened(value(attributes, Key::Alt).unwrap_or_default()));
        self.push_dimensions(image.width, image.height);
        self.html.push_str(" loading=\"lazy\" decoding=\"async\"");
        push_global(&mut self.html, attributes);
        self.html.push('>');
        self.fill();
        if self.picture.is_none() && pixel::is_picture(&image.src, image.width, image.height) {
            self.picture = Some(image.src.to_string());
        }
        self.last_image = Some(image.src.into_owned());
    }

    /// A `<source>` means something only inside of `<picture>`, `<video>` and `<audio>`.
    pub(super) fn source(&mut self, attributes: &Attributes<'_>) {
        let base = self.context.base;
        let (name, address) = match self.open.last().map(|open| open.tag) {
            Some(Tag::Picture) => {
                let raw = value(attributes, Key::DataSrcset).or_else(|| value(attributes, Key::Srcset));
                ("srcset", raw.and_then(|raw| srcset::absolute(raw, base)))
            }
            Some(Tag::Video | Tag::Audio) => {
                ("src", value(attributes, Key::Src).and_then(|raw| web_address(raw, base)).map(Into::into))
            }
            _ => return,
        };
        let Some(address) = address else { return };
        self.html.push_str("<source");
        push(&mut self.html, name, &address);
        if let Some(media) = value(attributes, Key::Media).filter(|media| is_sizes(media)) {
            push(&mut self.html, "media", media);
        }
        if name == "srcset"
            && let Some(sizes) = value(attributes, Key::Sizes).filter(|sizes| is_sizes(sizes))
        {
            push(&mut self.html, "sizes", sizes);
        }
        if let Some(kind) = value(attributes, Key::Type).filter(|kind| is_media_type(kind)) {
            push(&mut self.html, "type", kind);
        }
        self.html.push('>');
        // A picture without its `<img>` shows nothing.
        if name == "src" {
            self.fill();
        }
    }

    pub(super) fn void(&mut self, tag: Tag, name: &str) {
        self.html.push('<');
        self.html.push_str(name);
        self.html.push('>');
        if tag == Tag::Hr {
            self.fill();
            self.last_image = None;
        }
    }

    /// A frame of a known video host becomes a figure with a link, which a page may turn into a player on a click.
    pub(super) fn embed(&mut self, attributes: &Attributes<'_>) {
        let addresses = [value(attributes, Key::Src), value(attributes, Key::DataSrc)];
        let Some(video) = addresses
            .into_iter()
            .flatten()
            .filter_map(|raw| web_address(raw, self.context.base))
            .find_map(|url| embed::embed(&url))
        else {
            return;
        };
        let reopened = self.leave_paragraph();
        let title = value(attributes, Key::Title).map(str::trim).filter(|title| !title.is_empty());
        let title = shortened(title.unwrap_or(video.host));
        self.html.push_str("<figure class=\"embed\"");
        push(&mut self.html, "data-embed", &video.player);
        self.html.push_str("><a");
        push(&mut self.html, "href", &video.page);
        push(&mut self.html, "rel", LINK_REL);
        self.html.push('>');
        super::escape::push_text(&mut self.html, title);
        self.html.push_str("</a></figure>");
        self.text.line();
        self.text.text(title);
        self.text.line();
        self.fill();
        self.last_image = None;
        self.return_to_paragraph(reopened);
    }

    /// A figure cannot stand in a paragraph, nor a link in a link: closes both and what is open inside of them.
    fn leave_paragraph(&mut self) -> Vec<(Tag, Option<&'static str>, String)> {
        let is_cell = |open: &Open| matches!(open.tag, Tag::Td | Tag::Th | Tag::Caption);
        let from = self.open.iter().rposition(is_cell).unwrap_or(0);
        let outermost = self.open[from..].iter().position(|open| matches!(open.tag, Tag::P | Tag::A));
        let Some(paragraph) = outermost.map(|position| from + position) else { return Vec::new() };
        let left: Vec<_> = self.open[paragraph..]
            .iter()
            .map(|open| (open.tag, open.written, self.html[open.start..open.inner].to_owned()))
            .collect();
        for (tag, ..) in left.iter().rev() {
            self.end(*tag);
        }
        left
    }

    fn return_to_paragraph(&mut self, left: Vec<(Tag, Option<&'static str>, String)>) {
        for (tag, written, start_tag) in left {
            let start = self.html.len();
            // The whitespace of an enclosing start tag may have been copied along; a start tag ends at its `>`.
            self.html.push_str(&start_tag);
            if matches!(tag, Tag::Rt | Tag::Rp) {
                self.text.mute();
            }
            let open = Open { tag, written, start, inner: self.html.len(), text: self.text.mark(), filled: false };
            self.open.push(open);
        }
    }

    fn push_dimensions(&mut self, width: Option<u32>, height: Option<u32>) {
        for (name, pixels) in [("width", width), ("height", height)] {
            if let Some(pixels) = pixels {
                push(&mut self.html, name, &pixels.to_string());
            }
        }
    }
}

/// Media conditions and lengths: no character in them could mean anything else.
fn is_sizes(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 512
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b" (),:-.%/*+\n\t<=>".contains(&byte))
}

fn is_media_type(text: &str) -> bool {
    text.len() <= 100
        && text.contains('/')
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/-+.;= ,\"".contains(&byte))
}
