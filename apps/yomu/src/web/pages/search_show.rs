//! `GET /search`: entries that meet a query, with the words where they stand.

use axum::extract::{Query, State};
use axum::response::Response;
use serde::Deserialize;
use yomu_model::ids::SearchId;
use yomu_model::search;
use yomu_store::{BodyKind, EntrySummary, Order, Page, StoreError};

use super::entry_show::search_query;
use crate::web::Web;
use crate::web::cursor::{read_cursor, write_cursor};
use crate::web::error::WebError;
use crate::web::limits::{SEARCH_RESULTS, SNIPPET_CHARS};
use crate::web::path_id::PathId;
use crate::web::views::{
    Frame, Link, Piece, Places, Row, SavedForm, SearchView, highlighted, plain_text, quoted, shown_title, snippet,
};
use crate::web::visit::Visit;

/// What an address says about a search.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(in crate::web) struct SearchQuery {
    q: String,
    after: String,
    /// `oldest` or `newest`.
    order: String,
}

/// Searches, or shows how to.
pub(in crate::web) async fn show(
    State(web): State<Web>,
    visit: Visit,
    Query(asked): Query<SearchQuery>,
) -> Result<Response, WebError> {
    let typed = asked.q.trim();
    let order = if asked.order == "oldest" { Order::Oldest } else { Order::Newest };
    let from = search_query(typed);
    let (path, other) = match order {
        Order::Newest => (format!("/search?{from}"), format!("/search?{from}&order=oldest")),
        Order::Oldest => (format!("/search?{from}&order=oldest"), format!("/search?{from}")),
    };
    let saved = SavedForm {
        path: "/searches".to_owned(),
        name: typed.to_owned(),
        query: typed.to_owned(),
        is_oldest_first: order == Order::Oldest,
        is_kept: false,
    };
    let title = if typed.is_empty() { visit.words.search } else { typed };
    let search = Search { title, typed, order, after: &asked.after, path, other };
    results(&web, &visit, search, saved).await
}

/// Shows a search that is kept.
pub(in crate::web) async fn show_saved(
    State(web): State<Web>,
    visit: Visit,
    PathId(id): PathId<SearchId>,
    Query(asked): Query<SearchQuery>,
) -> Result<Response, WebError> {
    let Some(kept) = web.app.store.saved_search(visit.user, id).await? else { return Err(WebError::NotFound) };
    let path = format!("/searches/{id}");
    let order = match asked.order.as_str() {
        "oldest" => Order::Oldest,
        "newest" => Order::Newest,
        _ => kept.order,
    };
    let name = |order| if order == Order::Oldest { "oldest" } else { "newest" };
    let reversed = if order == Order::Oldest { Order::Newest } else { Order::Oldest };
    let saved = SavedForm {
        path: path.clone(),
        name: kept.name.clone(),
        query: kept.query.clone(),
        is_oldest_first: kept.order == Order::Oldest,
        is_kept: true,
    };
    let search = Search {
        title: &kept.name,
        typed: &kept.query,
        order,
        after: &asked.after,
        path: format!("{path}?order={}", name(order)),
        other: format!("{path}?order={}", name(reversed)),
    };
    results(&web, &visit, search, saved).await
}

/// A search with its addresses.
struct Search<'a> {
    title: &'a str,
    typed: &'a str,
    order: Order,
    after: &'a str,
    path: String,
    /// The same running the other way.
    other: String,
}

async fn results(web: &Web, visit: &Visit, search: Search<'_>, saved: SavedForm) -> Result<Response, WebError> {
    let typed = search.typed;
    let query = search::Query::parse(typed, &visit.zone);
    let after = read_cursor(search.after);
    let find = async {
        // A query without a condition would find everything, which nobody asked for.
        if query.is_empty() {
            return Ok(Page { entries: Vec::new(), next: None });
        }
        web.app.store.search(visit.user, &query, search.order, after, SEARCH_RESULTS).await
    };
    let (page, places) = tokio::try_join!(find, Places::load(web, visit))?;
    let joint = if search.path.contains('?') { '&' } else { '?' };
    let next = page.next.map(|cursor| format!("{}{joint}after={}", search.path, write_cursor(cursor)));
    let mut entries = Vec::with_capacity(page.entries.len());
    for entry in page.entries {
        entries.push(result(web, visit, &query, entry).await?);
    }
    // The link names what is, and leads to the other.
    let label = match search.order {
        Order::Newest => visit.words.newest_first,
        Order::Oldest => visit.words.oldest_first,
    };
    visit.page(&SearchView {
        frame: Frame::new(visit, search.title, places),
        problems: query.problems.iter().map(|problem| quoted(&(visit.words.query_problem)(problem))).collect(),
        q: typed.to_owned(),
        entries,
        from: search_query(typed),
        can_mark: false,
        next,
        order: Link { path: search.other, label: label.to_owned() },
        saved: (!query.is_empty()).then_some(saved),
    })
}

/// A row with the found words highlighted. The body is looked into only when neither title nor excerpt shows them.
async fn result(web: &Web, visit: &Visit, query: &search::Query, entry: EntrySummary) -> Result<Row, StoreError> {
    let title = highlighted(query, &shown_title(&entry, visit));
    let mut excerpt = snippet(query, &entry.excerpt, SNIPPET_CHARS);
    let is_shown = |pieces: &[Piece]| pieces.iter().any(|piece| piece.hit);
    if !is_shown(&title) && !is_shown(&excerpt) && query.wanted_terms().next().is_some() {
        for kind in [BodyKind::Article, BodyKind::Feed] {
            let Some(body) = web.app.store.body(visit.user, entry.id, kind).await? else { break };
            let found = snippet(query, &plain_text(&body.html), SNIPPET_CHARS);
            if is_shown(&found) {
                excerpt = found;
                break;
            }
            // The other kind is the same text when there is only one.
            if body.kind != kind {
                break;
            }
        }
    }
    Ok(Row { title, excerpt, ..Row::new(entry, visit) })
}
