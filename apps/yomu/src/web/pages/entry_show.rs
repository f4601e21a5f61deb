//! `GET /entries/{id}`: one entry, to be read. It marks nothing: a small script or a button does.

use axum::extract::{Query, State};
use axum::response::Response;
use serde::Deserialize;
use yomu_clean::{Lines, typeset, typeset_text};
use yomu_model::ids::EntryId;
use yomu_store::{BodyKind, Entry, EntryBody, Highlight, Neighbours, StoreError};

use crate::images::Audience;
use crate::web::Web;
use crate::web::error::WebError;
use crate::web::limits::TAGS_TO_COMPLETE;
use crate::web::list_name::ListName;
use crate::web::path_id::PathId;
use crate::web::views::{
    EntryTags, EntryView, Frame, OwnTag, Places, ReadingChoices, Text, entry_source, foreign, media, shown_title,
    web_address, with_highlights,
};
use crate::web::visit::Visit;
use crate::web::words::datetime;

/// What an address says about an entry besides its number.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(in crate::web) struct EntryQuery {
    /// The list that the reader came from.
    from: String,
    /// The search that the reader came from.
    q: String,
    /// `feed` for the feed's text where there is an article too.
    text: String,
    /// `vertical` or `horizontal`, for this once.
    lines: String,
}

/// Shows an entry.
pub(in crate::web) async fn show(
    State(web): State<Web>,
    visit: Visit,
    PathId(id): PathId<EntryId>,
    Query(query): Query<EntryQuery>,
) -> Result<Response, WebError> {
    let store = &web.app.store;
    let wished = if query.text == "feed" { BodyKind::Feed } else { BodyKind::Article };
    let list = query.from.parse().ok();
    let (entry, body, neighbours, position, played, places, tags, highlights) = tokio::try_join!(
        store.entry(visit.user, id),
        store.body(visit.user, id, wished),
        neighbours(&web, &visit, id, list),
        store.reading_position(visit.user, id),
        store.media_positions(visit.user, id),
        Places::load(&web, &visit),
        tags(&web, &visit, id),
        store.highlights_of(visit.user, id),
    )?;
    let Some(entry) = entry else { return Err(WebError::NotFound) };
    let body =
        body.map(|body| EntryBody { html: web.app.with_own_pictures(Audience::Reader(visit.user), body.html), ..body });
    let frame = Frame::new(&visit, shown_title(&entry.summary, &visit), places);
    let origin = Origin { list, neighbours, query };
    let mut view = view(&visit, frame, entry, body, Kept { tags, highlights }, &origin);
    view.position = position.unwrap_or(0);
    for player in &mut view.players {
        player.seconds = played.get(&player.number).copied().unwrap_or(0);
    }
    visit.page(&view)
}

/// Whether the lines run from top to bottom: as the address says, or else as the reader likes Japanese.
fn is_vertical(query: &EntryQuery, entry: &Entry, visit: &Visit) -> bool {
    match query.lines.as_str() {
        "vertical" => true,
        "horizontal" => false,
        _ => {
            let lang = entry.summary.lang.as_deref().unwrap_or_default();
            visit.reading.vertical_japanese && lang.split('-').next() == Some("ja")
        }
    }
}

/// What the reader keeps of an entry.
struct Kept {
    tags: EntryTags,
    highlights: Vec<Highlight>,
}

/// Where the reader came from.
struct Origin {
    list: Option<ListName>,
    neighbours: Neighbours,
    query: EntryQuery,
}

impl Origin {
    /// The address of an entry, reached in the same way.
    fn entry_path(&self, id: EntryId) -> String {
        match self.list {
            Some(list) => format!("/entries/{id}?from={list}"),
            None if !self.query.q.is_empty() => format!("/entries/{id}?{}", search_query(&self.query.q)),
            None => format!("/entries/{id}"),
        }
    }

    fn list_path(&self) -> String {
        match self.list {
            Some(list) => list.path(),
            None if !self.query.q.is_empty() => format!("/search?{}", search_query(&self.query.q)),
            None => "/unread".to_owned(),
        }
    }
}

/// `q=` with what was typed.
pub(in crate::web) fn search_query(typed: &str) -> String {
    url::form_urlencoded::Serializer::new(String::new()).append_pair("q", typed).finish()
}

async fn neighbours(web: &Web, visit: &Visit, id: EntryId, list: Option<ListName>) -> Result<Neighbours, StoreError> {
    let Some(ListName { view, order }) = list else { return Ok(Neighbours::default()) };
    match web.app.store.place(visit.user, view, id).await? {
        Some(place) => web.app.store.neighbours(visit.user, view, order, place).await,
        None => Ok(Neighbours::default()),
    }
}

async fn tags(web: &Web, visit: &Visit, id: EntryId) -> Result<EntryTags, StoreError> {
    let store = &web.app.store;
    let ids = [id];
    let (mut own, all) =
        tokio::try_join!(store.tags_of(visit.user, &ids), store.recent_tags(visit.user, TAGS_TO_COMPLETE))?;
    let own = own.remove(&id).unwrap_or_default();
    let others = all.into_iter().map(|(_, name)| name).filter(|name| !own.contains(name)).collect();
    let take = visit.words.library.tag_take;
    let own = own.into_iter().map(|name| OwnTag { take: take(&name), name }).collect();
    Ok(EntryTags { own, others })
}

fn view(visit: &Visit, frame: Frame, entry: Entry, body: Option<EntryBody>, kept: Kept, origin: &Origin) -> EntryView {
    let words = visit.words;
    let summary = &entry.summary;
    let text = text(&entry, body.as_ref(), &origin.query);
    let this = origin.entry_path(summary.id);
    let joint = if this.contains('?') { '&' } else { '?' };
    let next = origin.neighbours.next.map(|id| origin.entry_path(id));
    let is_vertical = is_vertical(&origin.query, &entry, visit);
    let (lines, other_lines) = match is_vertical {
        true => (Lines::Vertical, "horizontal"),
        false => (Lines::Horizontal, "vertical"),
    };
    let shown = body.filter(|body| !body.html.trim().is_empty()).map(|body| typeset(&body.html, lines));
    let (marked, highlights) = with_highlights(shown.as_deref(), kept.highlights, visit);
    let (players, files) = media(entry.enclosures.as_deref(), words);
    EntryView {
        id: summary.id,
        unread: summary.unread,
        starred: summary.starred,
        icon: summary.icon_id,
        feed: (!summary.is_saved_page).then_some(summary.subscription_id),
        source: entry_source(summary),
        title: frame.title.clone(),
        title_html: typeset_text(&frame.title, lines),
        author: summary.author.trim().to_owned(),
        lang: foreign(summary.lang.clone(), visit),
        url: web_address(&summary.url).map(str::to_owned),
        datetime: summary.published_at.map(datetime).unwrap_or_default(),
        when_html: summary.published_at.map(|time| typeset_text(&(words.moment)(time, &visit.zone), lines)),
        reading_time: (words.reading_time)(summary.reading_minutes),
        text,
        is_vertical,
        lines_path: format!("{this}{joint}lines={other_lines}"),
        choices: ReadingChoices::of(&frame),
        position: 0,
        text_path: if text == Text::Article { format!("{this}{joint}text=feed") } else { this },
        body: shown.map(|html| marked.unwrap_or(html)),
        excerpt: summary.excerpt.clone(),
        players,
        files,
        categories: entry.categories.as_deref().and_then(|json| serde_json::from_str(json).ok()).unwrap_or_default(),
        comments_url: entry.comments_url.as_deref().and_then(web_address).map(str::to_owned),
        tags: kept.tags,
        highlights,
        list_path: origin.list_path(),
        previous: origin.neighbours.previous.map(|id| origin.entry_path(id)),
        after_read: next.clone().unwrap_or_else(|| origin.list_path()),
        next,
        frame,
    }
}

fn text(entry: &Entry, body: Option<&EntryBody>, query: &EntryQuery) -> Text {
    let summary = &entry.summary;
    match body.map(|body| body.kind) {
        _ if entry.is_page || web_address(&summary.url).is_none() => Text::Page,
        Some(BodyKind::Article) => Text::Article,
        // Only an article has the link to the feed's text.
        Some(BodyKind::Feed) if query.text == "feed" => Text::FeedOfTwo,
        Some(BodyKind::Feed) | None => Text::Feed,
    }
}
