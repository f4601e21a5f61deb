//! `GET /highlights?q=…`: all highlights, or those with some words.

use axum::extract::{Query, State};
use axum::response::Response;
use jiff::Timestamp;
use serde::Deserialize;
use yomu_model::ids::{EntryId, HighlightId};
use yomu_store::Cursor;

use super::entry_show::search_query;
use crate::web::Web;
use crate::web::cursor::{read_cursor, write_cursor};
use crate::web::error::WebError;
use crate::web::limits::HIGHLIGHTS_ON_PAGE;
use crate::web::views::{Frame, HighlightsView, Places, highlight_groups};
use crate::web::visit::Visit;

/// What an address says about the page.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(in crate::web) struct HighlightsQuery {
    q: String,
    after: String,
}

/// Shows highlights, the newest first.
pub(in crate::web) async fn show(
    State(web): State<Web>,
    visit: Visit,
    Query(asked): Query<HighlightsQuery>,
) -> Result<Response, WebError> {
    let words = asked.q.trim();
    // A place among highlights is written as one among entries: a moment and a number.
    let after = read_cursor(&asked.after)
        .and_then(|place| Some((Timestamp::from_millisecond(place.at).ok()?, HighlightId::new(place.entry.get()))));
    let (mut found, places) = tokio::try_join!(
        web.app.store.highlights(visit.user, words, after, HIGHLIGHTS_ON_PAGE + 1),
        Places::load(&web, &visit)
    )?;
    let has_more = found.len() > HIGHLIGHTS_ON_PAGE as usize;
    found.truncate(HIGHLIGHTS_ON_PAGE as usize);
    let next = found.last().filter(|_| has_more).map(|last| {
        let last = &last.highlight;
        let place = Cursor::new(last.created_at, EntryId::new(last.id.get()));
        let query = search_query(words);
        format!("/highlights?{query}&after={}", write_cursor(place))
    });
    visit.page(&HighlightsView {
        frame: Frame::new(&visit, visit.words.library.highlights, places),
        q: words.to_owned(),
        groups: highlight_groups(found, &visit),
        next,
    })
}
