//! Searches that are kept under a name.

use jiff::tz::TimeZone;
use yomu_model::ids::{SearchId, UserId};
use yomu_model::limits::QUERY_CHARS_MAX;
use yomu_model::name::SearchName;
use yomu_model::search::Query;
use yomu_store::{NewSearch, Order, StoreError};

use crate::App;
use crate::limits::SEARCHES_MAX;
use crate::trouble::{ActionError, Trouble};

/// A search as it was typed.
#[derive(Debug, Clone, Copy)]
pub struct SearchForm<'a> {
    /// Its name.
    pub name: &'a str,
    /// What to look for.
    pub query: &'a str,
    /// In which direction its results run.
    pub order: Order,
}

/// Keeps a search.
///
/// # Errors
/// Trouble with the name or the query; a failure of the database.
pub async fn save_search(app: &App, user: UserId, form: SearchForm<'_>) -> Result<SearchId, ActionError> {
    let new = checked(form)?;
    match app.store.save_search(user, &new, SEARCHES_MAX, app.now()).await {
        Ok(Some(id)) => Ok(id),
        Ok(None) => {
            let text = format!("there are {SEARCHES_MAX} saved searches already; remove one first");
            Err(Trouble::new("too_many_searches", text).into())
        }
        Err(error) => Err(known(error)),
    }
}

/// Changes a search.
///
/// # Errors
/// As [`save_search`], and when the user has no such search.
pub async fn change_search(app: &App, user: UserId, id: SearchId, form: SearchForm<'_>) -> Result<(), ActionError> {
    let new = checked(form)?;
    match app.store.change_search(user, id, &new).await {
        Ok(true) => Ok(()),
        Ok(false) => Err(ActionError::NotFound { what: "search" }),
        Err(error) => Err(known(error)),
    }
}

/// Forgets a search.
///
/// # Errors
/// When the user has no such search; a failure of the database.
pub async fn remove_search(app: &App, user: UserId, id: SearchId) -> Result<(), ActionError> {
    let removed = app.store.remove_search(user, id).await?;
    if removed { Ok(()) } else { Err(ActionError::NotFound { what: "search" }) }
}

fn checked(form: SearchForm<'_>) -> Result<NewSearch, Trouble> {
    let name = SearchName::parse(form.name).map_err(|problem| Trouble::new("search_name", problem.to_string()))?;
    let query = form.query.trim();
    let chars = query.chars().count();
    // The zone does not matter: only whether anything is asked.
    if chars > QUERY_CHARS_MAX || Query::parse(query, &TimeZone::UTC).is_empty() {
        let text = format!("a search has a condition, and at most {QUERY_CHARS_MAX} characters");
        return Err(Trouble::new("search_empty", text));
    }
    Ok(NewSearch { name, query: query.to_owned(), order: form.order })
}

fn known(error: StoreError) -> ActionError {
    match error {
        StoreError::Duplicate => Trouble::new("search_name", "another saved search has this name").into(),
        error => error.into(),
    }
}
