//! Fetches the texts of pages that were brought along from elsewhere, some at a time, until told to stop.

use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinSet;
use url::Url;
use yomu_store::PageToFetch;

use crate::App;
use crate::fetch::{Answer, Kind, Request};
use crate::ingest::page_entry;
use crate::limits::{LEASE, LOOK_AGAIN, PAGE_TRIES_MAX, PAGE_TRY_AGAIN, PAGES_IN_FLIGHT};
use crate::trouble::Trouble;

/// Fetches pages as they become due, until told to stop. What is in work then is tried again when its lease has run out.
pub async fn fetch_pages_forever(app: App, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        let fetched = match fetch_some(&app).await {
            Ok(count) => count,
            Err(error) => {
                tracing::error!(%error, "pages that wait to be fetched cannot be read");
                0
            }
        };
        if fetched == 0 {
            tokio::select! {
                () = tokio::time::sleep(LOOK_AGAIN) => {}
                () = app.pages_due.notified() => {}
                _ = stop.changed() => {}
            }
        }
    }
}

/// Fetches the pages whose turn it is, as many as are in flight at once. Returns how many.
///
/// # Errors
/// A failure of the database.
pub async fn fetch_some(app: &App) -> Result<usize, yomu_store::StoreError> {
    let pages = app.store.claim_pages(PAGES_IN_FLIGHT, LEASE, app.now()).await?;
    let count = pages.len();
    let mut tasks = JoinSet::new();
    for page in pages {
        let app = app.clone();
        tasks.spawn(async move { (fetch(&app, &page).await, page) });
    }
    while let Some(ended) = tasks.join_next().await {
        match ended {
            Ok((Ok(()), page)) => app.changed(page.user).await,
            Ok((Err(error), page)) => tracing::error!(%error, entry = page.entry.get(), "a page could not be stored"),
            Err(error) => tracing::error!(%error, "the fetch of a page died"),
        }
    }
    Ok(count)
}

async fn fetch(app: &App, page: &PageToFetch) -> Result<(), yomu_store::StoreError> {
    match article(app, page).await {
        Ok(entry) => app.store.finish_page(page, entry).await,
        Err(trouble) => {
            let may_pass = !is_lasting(&trouble.kind) && page.tries < PAGE_TRIES_MAX;
            let wait = PAGE_TRY_AGAIN.saturating_mul(4_u32.saturating_pow(page.tries.saturating_sub(1)));
            let next = may_pass.then(|| app.now().checked_add(wait.min(Duration::from_secs(86_400))).ok()).flatten();
            app.store.fail_page(page, &trouble.kind, &trouble.text, next).await
        }
    }
}

async fn article(app: &App, page: &PageToFetch) -> Result<yomu_store::NewEntry, Trouble> {
    let url = Url::parse(&page.url).map_err(|error| Trouble::new("bad_url", error.to_string()))?;
    let answer = app.fetcher.get(&Request::new(url.clone(), Kind::Page)).await;
    match answer.map_err(|error| Trouble::new(error.kind(), error.to_string()))? {
        Answer::Document(document) => {
            let entry = app.compute(move || page_entry(&document, &url)).await;
            entry.unwrap_or_else(|| Err(Trouble::new("stopped", "the program is stopping")))
        }
        Answer::NotModified(_) => Err(Trouble::new("empty", format!("{url} sent nothing"))),
    }
}

/// Whether trying again would bring the same.
fn is_lasting(kind: &str) -> bool {
    matches!(
        kind,
        "not_found"
            | "gone"
            | "forbidden"
            | "unauthorized"
            | "private_address"
            | "foreign_port"
            | "bad_url"
            | "too_large"
            | "bomb"
            | "redirect_loop"
            | "too_many_redirects"
            | "not_a_page"
            | "no_article"
            | "not_http"
    )
}
