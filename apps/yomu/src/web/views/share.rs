//! Public links: the page behind one, the one that was made just now, and all of them.

use askama::Template;
use yomu_clean::{Lines, typeset};
use yomu_model::ids::{EntryId, ShareId};
use yomu_store::{Share, SharedEntry};

use super::{Frame, foreign_to, site_name, web_address};
use crate::web::visit::{Guest, Visit};
use crate::web::words::datetime;

/// What anybody with the link reads.
#[derive(Template)]
#[template(path = "shared.html")]
pub(in crate::web) struct SharedView {
    pub(in crate::web) frame: Frame,
    pub(in crate::web) title: String,
    pub(in crate::web) source: String,
    pub(in crate::web) author: String,
    pub(in crate::web) lang: Option<String>,
    pub(in crate::web) url: Option<String>,
    pub(in crate::web) datetime: String,
    pub(in crate::web) when: String,
    pub(in crate::web) reading_time: String,
    /// Safe HTML: yomu-clean made it before it was stored.
    pub(in crate::web) body: String,
    pub(in crate::web) excerpt: String,
}

impl SharedView {
    pub(in crate::web) fn new(guest: &Guest, entry: SharedEntry) -> Self {
        let words = guest.words;
        let title = if entry.title.trim().is_empty() { words.untitled.to_owned() } else { entry.title };
        let source = if entry.site.trim().is_empty() { site_name(&entry.url).to_owned() } else { entry.site };
        Self {
            frame: Frame::without_places(guest, title.as_str()),
            title,
            source,
            author: entry.author.trim().to_owned(),
            lang: foreign_to(words, entry.lang),
            url: web_address(&entry.url).map(str::to_owned),
            datetime: entry.published_at.map(datetime).unwrap_or_default(),
            when: entry.published_at.map(|time| (words.moment)(time, &guest.zone)).unwrap_or_default(),
            reading_time: (words.reading_time)(entry.reading_minutes),
            body: typeset(&entry.html, Lines::Horizontal),
            excerpt: entry.excerpt,
        }
    }
}

/// The page that shows a new link, once.
#[derive(Template)]
#[template(path = "share_link.html")]
pub(in crate::web) struct ShareLinkView {
    pub(in crate::web) frame: Frame,
    pub(in crate::web) link: String,
    pub(in crate::web) back: String,
}

/// The page of all links.
#[derive(Template)]
#[template(path = "shares.html")]
pub(in crate::web) struct SharesView {
    pub(in crate::web) frame: Frame,
    pub(in crate::web) shares: Vec<ShareRow>,
}

/// A link that is good.
pub(in crate::web) struct ShareRow {
    pub(in crate::web) id: ShareId,
    pub(in crate::web) entry: EntryId,
    pub(in crate::web) title: String,
    pub(in crate::web) made: String,
}

impl SharesView {
    pub(in crate::web) fn new(frame: Frame, shares: Vec<Share>, visit: &Visit) -> Self {
        let words = visit.words;
        let row = |one: Share| ShareRow {
            id: one.id,
            entry: one.entry_id,
            title: if one.title.trim().is_empty() { words.untitled.to_owned() } else { one.title },
            made: (words.made_at)(&(words.ago)(one.created_at, visit.now, &visit.zone)),
        };
        Self { shares: shares.into_iter().map(row).collect(), frame }
    }
}
