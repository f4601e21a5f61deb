//! `GET /entries/{id}`: one entry, to be read. It marks nothing: a small script or a button does.

use axum::extract::{Query, State};
use axum::response::Response;
use serde::Deserialize;
use yomu_model::ids::EntryId;
use yomu_store::{BodyKind, Entry, EntryBody, Neighbours, StoreError};

use crate::web::Web;
use crate::web::error::WebError;
use crate::web::list_name::ListName;
use crate::web::path_id::PathId;
use crate::web::views::{EntryView, Frame, Places, Text, entry_source, foreign, media, shown_title, web_address};
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
    let (entry, body, neighbours, places) = tokio::try_join!(
        store.entry(visit.user, id),
        store.body(visit.user, id, wished),
        neighbours(&web, &visit, id, list),
        Places::load(&web, &visit),
    )?;
    let Some(entry) = entry else { return Err(WebError::NotFound) };
    let frame = Frame::new(&visit, shown_title(&entry.summary, &visit), places);
    visit.page(&view(&visit, frame, entry, body, &Origin { list, neighbours, query }))
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

fn view(visit: &Visit, frame: Frame, entry: Entry, body: Option<EntryBody>, origin: &Origin) -> EntryView {
    let words = visit.words;
    let summary = &entry.summary;
    let text = text(&entry, body.as_ref(), &origin.query);
    let this = origin.entry_path(summary.id);
    let joint = if this.contains('?') { '&' } else { '?' };
    let next = origin.neighbours.next.map(|id| origin.entry_path(id));
    let (players, files) = media(entry.enclosures.as_deref(), words);
    EntryView {
        id: summary.id,
        unread: summary.unread,
        starred: summary.starred,
        icon: summary.icon_id,
        feed: (!summary.is_saved_page).then_some(summary.subscription_id),
        source: entry_source(summary),
        title: frame.title.clone(),
        author: summary.author.trim().to_owned(),
        lang: foreign(summary.lang.clone(), visit),
        url: web_address(&summary.url).map(str::to_owned),
        datetime: summary.published_at.map(datetime).unwrap_or_default(),
        when: summary.published_at.map(|time| (words.moment)(time, &visit.zone)).unwrap_or_default(),
        reading_time: (words.reading_time)(summary.reading_minutes),
        text,
        text_path: if text == Text::Article { format!("{this}{joint}text=feed") } else { this },
        body: body.map(|body| body.html).filter(|html| !html.trim().is_empty()),
        excerpt: summary.excerpt.clone(),
        players,
        files,
        categories: entry.categories.as_deref().and_then(|json| serde_json::from_str(json).ok()).unwrap_or_default(),
        comments_url: entry.comments_url.as_deref().and_then(web_address).map(str::to_owned),
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
        _ if summary.is_saved_page || web_address(&summary.url).is_none() => Text::Page,
        Some(BodyKind::Article) => Text::Article,
        // Only an article has the link to the feed's text.
        Some(BodyKind::Feed) if query.text == "feed" => Text::FeedOfTwo,
        Some(BodyKind::Feed) | None => Text::Feed,
    }
}
