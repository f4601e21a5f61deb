//! `POST /searches`, `POST /searches/{id}` and `/remove`: searches kept, changed and forgotten.

use axum::Form;
use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;
use yomu_model::ids::SearchId;
use yomu_store::Order;

use crate::actions::saved_search::{SearchForm, change_search, remove_search, save_search};
use crate::web::Web;
use crate::web::error::WebError;
use crate::web::notice::{Done, Notice};
use crate::web::path_id::PathId;
use crate::web::visit::{Visit, see_other};

/// A search as typed.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(in crate::web) struct SavedSearchForm {
    name: String,
    query: String,
    /// `on` when the results begin with the oldest.
    oldest: String,
}

impl SavedSearchForm {
    fn search(&self) -> SearchForm<'_> {
        let order = if self.oldest.is_empty() { Order::Newest } else { Order::Oldest };
        SearchForm { name: &self.name, query: &self.query, order }
    }
}

/// Keeps a search.
pub(in crate::web) async fn save(
    State(web): State<Web>,
    visit: Visit,
    Form(form): Form<SavedSearchForm>,
) -> Result<Response, WebError> {
    let id = save_search(&web.app, visit.user, form.search()).await?;
    Ok(see_other(&format!("/searches/{id}"), Some(Notice::of(Done::SearchKept))))
}

/// Changes one that is kept.
pub(in crate::web) async fn change(
    State(web): State<Web>,
    visit: Visit,
    PathId(id): PathId<SearchId>,
    Form(form): Form<SavedSearchForm>,
) -> Result<Response, WebError> {
    change_search(&web.app, visit.user, id, form.search()).await?;
    Ok(see_other(&format!("/searches/{id}"), Some(Notice::of(Done::SearchKept))))
}

/// Forgets one.
pub(in crate::web) async fn remove(
    State(web): State<Web>,
    visit: Visit,
    PathId(id): PathId<SearchId>,
) -> Result<Response, WebError> {
    remove_search(&web.app, visit.user, id).await?;
    Ok(see_other("/search", Some(Notice::of(Done::SearchForgotten))))
}
