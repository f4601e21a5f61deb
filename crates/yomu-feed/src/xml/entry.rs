//! What belongs to one entry.

use jiff::Timestamp;
use url::Url;

use super::captured::Captured;
use super::channel::image_address;
use super::person;
use super::scope::xml_attribute;
use super::vocabulary::{Body, Field, Rank};
use crate::address::{absolute, absolute_or_pending as address, is_web};
use crate::dates;
use crate::feed::{Content, Enclosure, Entry};
use crate::limits::{CATEGORIES_MAX, ENCLOSURES_MAX, SHORT_TEXT_BYTES_MAX, TITLE_BYTES_MAX};
use crate::markup::Tag;
use crate::text::{cut, plain_title};
use crate::work::steps;

/// An entry while it is read.
#[derive(Debug, Default)]
pub(super) struct EntryDraft {
    entry: Entry,
    title_rank: Option<Rank>,
    bodies: [Option<Content>; Body::COUNT],
    published: Option<(Rank, Timestamp)>,
    updated: Option<(Rank, Timestamp)>,
    link_is_page: bool,
    original_link: Option<String>,
    permalink: Option<String>,
    duration_s: Option<u32>,
}

impl EntryDraft {
    /// Begins with what the entry's own tag says.
    pub(super) fn new(tag: &Tag<'_>, base: Option<&Url>) -> Self {
        let about = tag.attributes().get("about").map(std::borrow::Cow::into_owned);
        let entry = Entry {
            lang: xml_attribute(tag, "lang"),
            base: base.map(|base| base.as_str().to_owned()),
            id: about.clone().filter(|id| id.len() <= SHORT_TEXT_BYTES_MAX),
            ..Entry::default()
        };
        EntryDraft { entry, permalink: about.and_then(|about| absolute(&about, None)), ..EntryDraft::default() }
    }

    /// Whether enough was read to recognize the entry when it comes again.
    pub(super) fn is_recognizable(&self) -> bool {
        let has_text = self.bodies.iter().any(Option::is_some) || self.published.is_some();
        self.entry.id.is_some() || self.entry.url.is_some() && has_text
    }

    /// Takes in a field; hands back a date that is none.
    pub(super) fn take<'a>(
        &mut self,
        field: Field,
        captured: &Captured<'a>,
        base: Option<&Url>,
    ) -> Option<Captured<'a>> {
        let entry = &mut self.entry;
        match field {
            Field::Title(rank) if self.title_rank.is_none_or(|known| rank < known) => {
                let mut title = captured.title();
                cut(&mut title, TITLE_BYTES_MAX);
                if !title.is_empty() {
                    entry.title = title;
                    self.title_rank = Some(rank);
                }
            }
            Field::Link => self.link(captured, base),
            Field::OriginalLink => self.original_link = address(&captured.text(), base),
            Field::Id => self.id(captured),
            Field::Comments => entry.comments_url = address(&captured.text(), base),
            Field::Body(body) => self.body(body, captured, base),
            Field::Published(rank) => return date(&mut self.published, rank, captured),
            Field::Updated(rank) => return date(&mut self.updated, rank, captured),
            Field::Author => person::add(captured, &mut entry.authors),
            Field::Category => self.category(captured),
            Field::Enclosure => self.enclosure(&captured.tag, base),
            Field::Image | Field::Thumbnail => {
                let written = image_address(captured);
                entry.image_url = entry.image_url.take().or_else(|| written.and_then(|url| address(&url, base)));
            }
            Field::Duration => self.duration_s = duration_s(captured.text().trim()),
            Field::Language => entry.lang = entry.lang.take().or_else(|| captured.value()),
            _ => {}
        }
        None
    }

    /// `media:content` and `enclosure` say what they have in attributes.
    pub(super) fn enclosure(&mut self, tag: &Tag<'_>, base: Option<&Url>) {
        let attributes = tag.attributes();
        let Some(url) = attributes.get("url").or_else(|| attributes.get("href")).and_then(|url| address(&url, base))
        else {
            return;
        };
        self.push_enclosure(Enclosure {
            url,
            media_type: attributes
                .get("type")
                .or_else(|| attributes.get("medium"))
                .map(|text| text.to_ascii_lowercase()),
            length: attributes
                .get("length")
                .or_else(|| attributes.get("fileSize"))
                .and_then(|length| length.parse().ok()),
            duration_s: attributes.get("duration").and_then(|duration| duration_s(&duration)),
            title: attributes.get("title").map(|title| plain_title(&title)),
        });
    }

    fn push_enclosure(&mut self, enclosure: Enclosure) {
        let enclosures = &mut self.entry.enclosures;
        steps(enclosures.len());
        if enclosures.len() < ENCLOSURES_MAX && !enclosures.iter().any(|known| known.url == enclosure.url) {
            enclosures.push(enclosure);
        }
    }

    fn link(&mut self, captured: &Captured<'_>, base: Option<&Url>) {
        let attributes = captured.tag.attributes();
        let Some(href) = attributes.get("href") else {
            let written = address(&captured.text(), base);
            self.entry.url = self.entry.url.take().or(written);
            return;
        };
        let rel = attributes.get("rel").map_or("alternate".to_owned(), |rel| rel.to_ascii_lowercase());
        let is_page = attributes.get("type").is_none_or(|media_type| media_type.contains("html"));
        let entry = &mut self.entry;
        match rel.rsplit('/').next().unwrap_or_default() {
            "alternate" if entry.url.is_none() || is_page && !self.link_is_page => {
                entry.url = address(&href, base);
                self.link_is_page = is_page;
            }
            "replies" if is_page => entry.comments_url = address(&href, base),
            "related" => entry.external_url = entry.external_url.take().or_else(|| address(&href, base)),
            "enclosure" => self.enclosure(&captured.tag, base),
            _ => {}
        }
    }

    fn id(&mut self, captured: &Captured<'_>) {
        let Some(mut id) = captured.value() else { return };
        let is_permalink =
            captured.tag.attributes().get("isPermaLink").is_none_or(|value| !value.eq_ignore_ascii_case("false"));
        if is_permalink {
            self.permalink = absolute(&id, None).or(self.permalink.take());
        }
        cut(&mut id, SHORT_TEXT_BYTES_MAX);
        self.entry.id = Some(id);
    }

    fn body(&mut self, body: Body, captured: &Captured<'_>, base: Option<&Url>) {
        let slot = &mut self.bodies[usize::from(body.0)];
        if slot.is_some() {
            return;
        }
        // Content elsewhere: Atom's way to say that the entry is a file.
        if let Some(source) = captured.tag.attributes().get("src") {
            let media_type = captured.tag.attributes().get("type").map(std::borrow::Cow::into_owned);
            if media_type.as_deref().is_none_or(|media_type| media_type.contains("html")) {
                self.entry.url = self.entry.url.take().or_else(|| address(&source, base));
            } else if let Some(url) = address(&source, base) {
                self.push_enclosure(Enclosure { url, media_type, ..Enclosure::default() });
            }
            return;
        }
        *slot = captured.content();
        if slot.is_some() && body < Body::DESCRIPTION {
            self.entry.lang = xml_attribute(&captured.tag, "lang").or(self.entry.lang.take());
            self.entry.base = base.map(|base| base.as_str().to_owned());
        }
    }

    fn category(&mut self, captured: &Captured<'_>) {
        let attributes = captured.tag.attributes();
        let attribute = attributes.get("label").or_else(|| attributes.get("term")).or_else(|| attributes.get("text"));
        let mut category = match attribute {
            Some(category) => plain_title(&category),
            None => captured.title(),
        };
        cut(&mut category, SHORT_TEXT_BYTES_MAX);
        let categories = &mut self.entry.categories;
        steps(categories.len());
        if !category.is_empty() && categories.len() < CATEGORIES_MAX && !categories.contains(&category) {
            categories.push(category);
        }
    }

    /// The entry; its addresses may still be relative.
    pub(super) fn finish(mut self) -> Entry {
        let mut entry = self.entry;
        entry.published = self.published.map(|(_, time)| time);
        entry.updated = self.updated.map(|(_, time)| time);
        entry.url = self.original_link.or(entry.url).or(self.permalink);
        let fullest = self.bodies.iter().position(Option::is_some);
        entry.content = fullest.and_then(|index| self.bodies[index].take());
        // Without a full text the next one is just another wording of the same, and the content is enough.
        if fullest.is_some_and(|index| index < usize::from(Body::DESCRIPTION.0)) {
            let rest = self.bodies.into_iter().skip(usize::from(Body::DESCRIPTION.0));
            entry.summary = rest.flatten().next().filter(|summary| entry.content.as_ref() != Some(summary));
        }
        // iTunes says it for the entry, which has one file to hear.
        if let [enclosure] = entry.enclosures.as_mut_slice() {
            enclosure.duration_s = enclosure.duration_s.or(self.duration_s);
        }
        entry
    }
}

/// Makes the addresses absolute that had to wait for the feed's; those that still cannot be are dropped.
pub(crate) fn settle_addresses(entry: &mut Entry, base: Option<&Url>) {
    let settle = |url: &mut Option<String>| {
        if url.as_ref().is_some_and(|url| !is_web(url)) {
            *url = url.take().and_then(|url| absolute(&url, base));
        }
    };
    settle(&mut entry.url);
    settle(&mut entry.comments_url);
    settle(&mut entry.external_url);
    settle(&mut entry.image_url);
    entry.enclosures.retain_mut(|enclosure| {
        if !is_web(&enclosure.url) {
            enclosure.url = absolute(&enclosure.url, base).unwrap_or_default();
        }
        !enclosure.url.is_empty()
    });
}

fn date<'a>(slot: &mut Option<(Rank, Timestamp)>, rank: Rank, captured: &Captured<'a>) -> Option<Captured<'a>> {
    match dates::parse(&captured.text()) {
        Some(time) => {
            if slot.is_none_or(|(known, _)| rank < known) {
                *slot = Some((rank, time));
            }
            None
        }
        None => captured.value().is_some().then_some(*captured),
    }
}

/// `3723`, `62:03` or `1:02:03`.
fn duration_s(text: &str) -> Option<u32> {
    let mut seconds: u32 = 0;
    for (index, part) in text.split(':').enumerate() {
        let whole = part.split('.').next().unwrap_or_default().trim();
        let value: u32 = whole.parse().ok().filter(|_| index < 3)?;
        seconds = seconds.checked_mul(60)?.checked_add(value)?;
    }
    Some(seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_read_in_every_form() {
        let cases = [
            ("3723", Some(3723)),
            ("62:03", Some(3723)),
            ("1:02:03", Some(3723)),
            ("185.5", Some(185)),
            ("long", None),
            ("1:2:3:4", None),
        ];
        for (text, seconds) in cases {
            assert_eq!(duration_s(text), seconds, "{text}");
        }
    }
}
