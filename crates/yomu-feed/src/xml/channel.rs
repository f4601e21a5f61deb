//! What belongs to the feed itself.

use url::Url;

use super::captured::Captured;
use super::person;
use super::vocabulary::{Body, Field, Rank};
use crate::address::{absolute, absolute_or_pending as address};
use crate::dates;
use crate::feed::Feed;
use crate::limits::TITLE_BYTES_MAX;
use crate::markup::{Scanner, Token, split_name};
use crate::text::{cut, plain_title};

/// A feed while it is read.
#[derive(Debug, Default)]
pub(super) struct ChannelDraft {
    pub(super) feed: Feed,
    title_rank: Option<Rank>,
    description_rank: Option<Body>,
    updated_rank: Option<Rank>,
    /// The site's address is that of a file, so far.
    site_is_other: bool,
    update_period_minutes: Option<u32>,
    update_frequency: Option<u32>,
}

impl ChannelDraft {
    /// Takes in a field; hands back a date that is none.
    pub(super) fn take<'a>(
        &mut self,
        field: Field,
        captured: &Captured<'a>,
        base: Option<&Url>,
    ) -> Option<Captured<'a>> {
        let feed = &mut self.feed;
        match field {
            Field::Title(rank) if self.title_rank.is_none_or(|known| rank < known) => {
                feed.title = captured.title();
                cut(&mut feed.title, TITLE_BYTES_MAX);
                self.title_rank = (!feed.title.is_empty()).then_some(rank);
            }
            Field::Link => self.link(captured, base),
            Field::Body(body) if self.description_rank.is_none_or(|known| body < known) => {
                let mut description = plain_title(&captured.text());
                cut(&mut description, TITLE_BYTES_MAX);
                if !description.is_empty() {
                    feed.description = Some(description);
                    self.description_rank = Some(body);
                }
            }
            Field::Updated(rank) => match dates::parse(&captured.text()) {
                Some(time) if self.updated_rank.is_none_or(|known| rank < known) => {
                    feed.updated = Some(time);
                    self.updated_rank = Some(rank);
                }
                None if captured.value().is_some() => return Some(*captured),
                _ => {}
            },
            Field::Author => person::add(captured, &mut feed.authors),
            Field::Language => feed.lang = feed.lang.take().or_else(|| captured.value()),
            Field::Ttl => feed.ttl = captured.text().trim().parse().ok(),
            Field::UpdatePeriod => self.update_period_minutes = period_minutes(captured.text().trim()),
            Field::UpdateFrequency => self.update_frequency = captured.text().trim().parse().ok(),
            Field::NewFeedUrl => feed.new_url = absolute(&captured.text(), base),
            Field::Icon => feed.icon_url = address(&captured.text(), base),
            Field::Image | Field::Thumbnail => {
                let written = image_address(captured);
                feed.image_url = feed.image_url.take().or_else(|| written.and_then(|url| address(&url, base)));
            }
            _ => {}
        }
        None
    }

    fn link(&mut self, captured: &Captured<'_>, base: Option<&Url>) {
        let feed = &mut self.feed;
        let attributes = captured.tag.attributes();
        let Some(href) = attributes.get("href") else {
            feed.site_url = feed.site_url.take().or_else(|| address(&captured.text(), base));
            return;
        };
        let rel = attributes.get("rel").map_or("alternate".to_owned(), |rel| rel.to_ascii_lowercase());
        match rel.as_str() {
            // Of several alternates the page is meant, not the same in another format.
            "alternate" => {
                let is_page = attributes.get("type").is_none_or(|media_type| media_type.contains("html"));
                if feed.site_url.is_none() || is_page && self.site_is_other {
                    feed.site_url = address(&href, base);
                    self.site_is_other = !is_page;
                }
            }
            "self" => feed.self_url = feed.self_url.take().or_else(|| address(&href, base)),
            "hub" => feed.hub_url = feed.hub_url.take().or_else(|| address(&href, base)),
            _ => {}
        }
    }

    /// The finished feed, without its entries' addresses being looked at.
    pub(super) fn finish(mut self, document: Option<&Url>) -> Feed {
        let feed = &mut self.feed;
        if feed.ttl.is_none() {
            feed.ttl = self.update_period_minutes.map(|minutes| minutes / self.update_frequency.unwrap_or(1).max(1));
        }
        let own = feed.self_url.as_deref().and_then(|url| crate::address::resolve(url, document));
        let base = document.or(own.as_ref()).cloned();
        for url in [&mut feed.site_url, &mut feed.self_url, &mut feed.hub_url, &mut feed.icon_url] {
            *url = url.take().and_then(|url| absolute(&url, base.as_ref()));
        }
        let site = feed.site_url.as_deref().and_then(|url| Url::parse(url).ok()).or(base);
        feed.image_url = feed.image_url.take().and_then(|url| absolute(&url, site.as_ref()));
        self.feed
    }
}

/// `href` of iTunes, `url` of Media RSS, the `url` element of RSS, or just text.
pub(super) fn image_address(captured: &Captured<'_>) -> Option<String> {
    for name in ["href", "url", "resource"] {
        if let Some(url) = captured.tag.attributes().get(name) {
            return Some(url.into_owned());
        }
    }
    if !captured.has_tags {
        return captured.value();
    }
    let mut scanner = Scanner::new(captured.raw);
    while let Some(token) = scanner.next() {
        if let Token::Start(tag) = token
            && split_name(tag.name).1.eq_ignore_ascii_case("url")
        {
            return match scanner.next() {
                Some(Token::Text(url)) => Some(crate::markup::unescape(url).into_owned()),
                Some(Token::CData(url)) => Some(url.to_owned()),
                _ => None,
            };
        }
    }
    None
}

fn period_minutes(period: &str) -> Option<u32> {
    Some(match period.to_ascii_lowercase().as_str() {
        "hourly" => 60,
        "daily" => 24 * 60,
        "weekly" => 7 * 24 * 60,
        "monthly" => 30 * 24 * 60,
        "yearly" => 365 * 24 * 60,
        _ => return None,
    })
}
