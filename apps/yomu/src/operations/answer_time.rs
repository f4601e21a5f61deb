//! No answer takes for ever, whatever it waits for: a database that says nothing, a site that drips.

use axum::extract::Request;
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tokio::time::timeout;

use super::limits::{CHANGE_TIME, LOOK_TIME};

/// Ends what takes too long with 504. Only the time until an answer begins counts: exports and events go on as they do.
pub(crate) async fn answer_time(request: Request, next: Next) -> Response {
    let only_looks = matches!(*request.method(), Method::GET | Method::HEAD);
    let bound = if only_looks { LOOK_TIME } else { CHANGE_TIME };
    match timeout(bound, next.run(request)).await {
        Ok(answer) => answer,
        Err(_late) => StatusCode::GATEWAY_TIMEOUT.into_response(),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use axum::Router;
    use axum::body::Body;
    use axum::middleware::from_fn;
    use axum::routing::get;
    use tokio::time::{Instant, sleep};
    use tower::ServiceExt as _;

    use super::*;

    async fn slow() -> &'static str {
        sleep(Duration::from_secs(60)).await;
        "at last"
    }

    /// The status of an answer that takes a minute to make, and the seconds after which it came.
    async fn asked_by(method: Method) -> (StatusCode, u64) {
        let service = Router::new().route("/", get(slow).post(slow)).layer(from_fn(answer_time));
        let request = Request::builder().method(method).uri("/").body(Body::empty()).unwrap();
        let begun = Instant::now();
        let status = service.oneshot(request).await.unwrap().status();
        (status, begun.elapsed().as_secs())
    }

    #[tokio::test(start_paused = true)]
    async fn who_only_looks_is_not_kept_waiting_and_who_adds_a_slow_site_is_answered() {
        assert_eq!(asked_by(Method::GET).await, (StatusCode::GATEWAY_TIMEOUT, LOOK_TIME.as_secs()));
        assert_eq!(asked_by(Method::HEAD).await, (StatusCode::GATEWAY_TIMEOUT, LOOK_TIME.as_secs()));
        assert_eq!(asked_by(Method::POST).await, (StatusCode::OK, 60));
    }
}
