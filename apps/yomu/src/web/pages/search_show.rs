//! `GET /search`: entries that meet a query, with the words where they stand.

use axum::extract::{Query, State};
use axum::response::Response;
use serde::Deserialize;
use yomu_model::search;
use yomu_store::{BodyKind, EntrySummary, Page, StoreError};

use super::entry_show::search_query;
use crate::web::Web;
use crate::web::cursor::{read_cursor, write_cursor};
use crate::web::error::WebError;
use crate::web::limits::{SEARCH_RESULTS, SNIPPET_CHARS};
use crate::web::views::{Frame, Piece, Places, Row, SearchView, highlighted, plain_text, quoted, shown_title, snippet};
use crate::web::visit::Visit;

/// What an address says about a search.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(in crate::web) struct SearchQuery {
    q: String,
    after: String,
}

/// Searches, or shows how to.
pub(in crate::web) async fn show(
    State(web): State<Web>,
    visit: Visit,
    Query(asked): Query<SearchQuery>,
) -> Result<Response, WebError> {
    let typed = asked.q.trim();
    let query = search::Query::parse(typed, &visit.zone);
    let after = read_cursor(&asked.after);
    let find = async {
        // A query without a condition would find everything, which nobody asked for.
        if query.is_empty() {
            return Ok(Page { entries: Vec::new(), next: None });
        }
        web.app.store.search(visit.user, &query, after, SEARCH_RESULTS).await
    };
    let (page, places) = tokio::try_join!(find, Places::load(&web, &visit))?;
    let from = search_query(typed);
    let next = page.next.map(|cursor| format!("/search?{from}&after={}", write_cursor(cursor)));
    let mut entries = Vec::with_capacity(page.entries.len());
    for entry in page.entries {
        entries.push(result(&web, &visit, &query, entry).await?);
    }
    let title = if typed.is_empty() { visit.words.search } else { typed };
    visit.page(&SearchView {
        frame: Frame::new(&visit, title, places),
        problems: query.problems.iter().map(|problem| quoted(&(visit.words.query_problem)(problem))).collect(),
        q: typed.to_owned(),
        entries,
        from,
        can_mark: false,
        next,
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
