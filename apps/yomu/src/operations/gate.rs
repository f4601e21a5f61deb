//! The port of the pages, from the first moment: before the database is open there is health to ask for, and one
//! sentence for everybody else.

use std::sync::{Arc, OnceLock};

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use tower::ServiceExt as _;

use super::Readiness;
use super::health::health;

/// The router for a port, and the place where the pages are put when they are there.
pub(crate) fn gate(readiness: Readiness) -> (Router, Pages) {
    let pages = Pages::default();
    let waiting = Router::new().fallback(pass).with_state(pages.clone());
    (health(readiness).merge(waiting), pages)
}

/// The pages, as soon as there are any.
#[derive(Clone, Default)]
pub(crate) struct Pages {
    router: Arc<OnceLock<Router>>,
}

impl Pages {
    /// Lets everybody in.
    pub(crate) fn open(&self, router: Router) {
        let _ = self.router.set(router);
    }
}

async fn pass(State(pages): State<Pages>, request: Request) -> Response {
    match pages.router.get() {
        Some(router) => router.clone().oneshot(request).await.into_response(),
        None => {
            let headers = [(header::RETRY_AFTER, "2"), (header::CACHE_CONTROL, "no-store")];
            (StatusCode::SERVICE_UNAVAILABLE, headers, "Yomu is starting; its database is not there yet\n")
                .into_response()
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::body::{Body, to_bytes};
    use axum::routing::get;

    use super::*;

    async fn ask(router: &Router, path: &str) -> (u16, String) {
        let request = Request::get(path).header("host", "10.42.0.7:3000").body(Body::empty()).unwrap();
        let response = router.clone().oneshot(request).await.unwrap();
        let status = response.status().as_u16();
        let body = to_bytes(response.into_body(), 1 << 20).await.unwrap();
        (status, String::from_utf8(body.to_vec()).unwrap())
    }

    #[tokio::test]
    async fn before_the_pages_are_there_only_health_is() {
        let readiness = Readiness::default();
        let (router, pages) = gate(readiness.clone());
        readiness.waits_for("no connection to the database");
        assert_eq!(ask(&router, "/healthz").await, (200, "ok\n".to_owned()));
        assert_eq!(ask(&router, "/readyz").await, (503, "no connection to the database\n".to_owned()));
        assert_eq!(ask(&router, "/unread").await.0, 503);
        pages.open(Router::new().route("/unread", get(async || "entries")));
        assert_eq!(ask(&router, "/unread").await, (200, "entries".to_owned()));
        assert_eq!(ask(&router, "/healthz").await.0, 200);
    }
}
