//! `GET /metrics` on a port of its own, which a firewall or a NetworkPolicy keeps to whoever collects. A worker, which has
//! no pages, tells its health there too.

use axum::Router;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::get;
use tokio::time::timeout;

use super::Readiness;
use super::health::health;
use crate::App;
use crate::cache::Place;
use crate::metrics::{self, Queue};
use crate::operations::limits::READINESS_TIME;

/// The router of the port.
pub(crate) fn numbers(readiness: Readiness) -> Router {
    let metrics = Router::new().route("/metrics", get(show)).with_state(readiness.clone());
    health(readiness).merge(metrics)
}

async fn show(State(readiness): State<Readiness>) -> impl IntoResponse {
    let (queue, place) = match readiness.app() {
        None => (None, Place::Memory),
        Some(app) => (queue(app).await, app.cache.place()),
    };
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], metrics::page(queue, place))
}

async fn queue(app: &App) -> Option<Queue> {
    let now = app.now();
    let queue = timeout(READINESS_TIME, app.store.queue(now)).await.ok()?.ok()?;
    Some(Queue {
        waiting: queue.waiting,
        in_work: queue.in_work,
        oldest_millis: queue.oldest.map_or(0, |since| now.as_millisecond() - since.as_millisecond()),
        failing: queue.failing,
        feeds: queue.feeds,
    })
}
