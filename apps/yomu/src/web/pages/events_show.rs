//! `GET /events`: the counts whenever they change, for a page that is open (server-sent events).

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::{Arc, LazyLock};

use axum::extract::State;
use axum::http::{HeaderName, StatusCode};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::Stream;
use futures_util::stream::unfold;
use serde::Serialize;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, sleep, timeout_at};
use yomu_model::ids::UserId;
use yomu_store::StoreError;

use crate::App;
use crate::cache::Listener;
use crate::web::Web;
use crate::web::limits::{EVENT_STREAMS_MAX, EVENTS_APART, EVENTS_LAST, LINE_KEPT_ALIVE};
use crate::web::visit::Visit;

/// Turns for open streams, in the whole process.
static TURNS: LazyLock<Arc<Semaphore>> = LazyLock::new(|| Arc::new(Semaphore::new(EVENT_STREAMS_MAX)));

/// Tells the counts now and after each change, for some minutes; browsers then ask again, and are let in again or not.
pub(in crate::web) async fn show(State(web): State<Web>, visit: Visit) -> Response {
    let Ok(turn) = Arc::clone(&TURNS).try_acquire_owned() else {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    };
    let keep_alive = KeepAlive::new().interval(LINE_KEPT_ALIVE);
    // A proxy that collects answers would collect this one for ever.
    let unbuffered = [(HeaderName::from_static("x-accel-buffering"), "no")];
    (unbuffered, Sse::new(counts(web.app, visit.user, turn)).keep_alive(keep_alive)).into_response()
}

/// What a page shows of what happens elsewhere.
#[derive(Serialize)]
struct Counts {
    unread: u32,
    trouble: u32,
    /// What is unread in each folder that holds something unread.
    folders: BTreeMap<i64, u32>,
    /// The highest entry number: a list that knows only lower ones may have to look again.
    newest: i64,
}

impl Counts {
    /// Three small queries, whatever the number of entries.
    async fn read(app: &App, user: UserId) -> Result<Self, StoreError> {
        let store = &app.store;
        let ((unread, trouble), folders, newest) =
            tokio::try_join!(app.counts(user), store.folders(user), store.newest_entry())?;
        let folders = folders.iter().filter(|folder| folder.unread_count > 0);
        let folders = folders.map(|folder| (folder.id.get(), folder.unread_count)).collect();
        Ok(Self { unread, trouble, folders, newest: newest.get() })
    }
}

struct Told {
    app: App,
    user: UserId,
    listener: Listener,
    until: Instant,
    is_first: bool,
    _turn: OwnedSemaphorePermit,
}

fn counts(app: App, user: UserId, turn: OwnedSemaphorePermit) -> impl Stream<Item = Result<Event, Infallible>> {
    // Listening begins before the first counts are read, so that nothing falls between.
    let listener = app.cache.listen();
    let told = Told { app, user, listener, until: Instant::now() + EVENTS_LAST, is_first: true, _turn: turn };
    unfold(told, async |mut told| {
        if !std::mem::take(&mut told.is_first) {
            let changed = timeout_at(told.until, told.listener.changed(told.user));
            tokio::select! {
                changed = changed => changed.ok()?,
                () = told.app.stopping() => return None,
            }
            // Many changes at once are one.
            sleep(EVENTS_APART).await;
            told.listener.skip();
        }
        let counts = Counts::read(&told.app, told.user).await.ok()?;
        Some((Ok(Event::default().event("counts").data(serde_json::to_string(&counts).ok()?)), told))
    })
}
