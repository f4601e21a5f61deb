//! Apps that are web pages elsewhere, addresses as people type them, and those who watch.

use axum::body::Body;
use axum::http::Request;

use crate::world::in_each_world;

#[tokio::test]
async fn a_web_page_elsewhere_may_ask() {
    in_each_world(async |world| {
        for path in ["/v1/me", "/reader/api/0/user-info", "/fever/", "/accounts/ClientLogin"] {
            let request = Request::builder().method("OPTIONS").uri(path).header("origin", "https://app.example");
            let answer = world.send(request.body(Body::empty()).unwrap()).await;
            answer.is(204);
            assert_eq!(answer.header("access-control-allow-origin"), "*", "{path}");
            assert!(answer.header("access-control-allow-headers").contains("X-Auth-Token"), "{path}");
        }
        let refused = world.send(Request::get("/v1/me").body(Body::empty()).unwrap()).await;
        assert_eq!(refused.is(401).header("access-control-allow-origin"), "*", "the page may read why");
        let page = world.send(Request::get("/unread").header("host", "localhost").body(Body::empty()).unwrap()).await;
        assert_eq!(page.header("access-control-allow-origin"), "", "our own pages are nobody else's");
    })
    .await;
}

#[tokio::test]
async fn addresses_are_found_as_people_type_them() {
    in_each_world(async |world| {
        for path in [
            "/v1/me",
            "/v1/v1/me",
            "/reader/api/0/user-info",
            "//reader/api/0/user-info",
            "/api/greader.php/reader/api/0/user-info",
            "/reader/api/0/reader/api/0/user-info",
        ] {
            let request =
                Request::get(path).header("host", "192.168.1.2:3000").header("x-auth-token", &world.ann.password);
            world.send(request.body(Body::empty()).unwrap()).await.is(200);
        }
        for path in ["/healthcheck", "/liveness", "/readiness"] {
            let answer = world.send(Request::get(path).body(Body::empty()).unwrap()).await;
            assert_eq!(answer.is(200).text(), "OK");
        }
    })
    .await;
}

#[tokio::test]
async fn large_answers_are_compressed_for_those_who_ask() {
    in_each_world(async |world| {
        for (path, encoding) in [("/v1/entries", "gzip"), ("/v1/feeds/counters", "")] {
            let request =
                Request::get(path).header("x-auth-token", &world.ann.password).header("accept-encoding", "gzip");
            let answer = world.send(request.body(Body::empty()).unwrap()).await;
            assert_eq!(answer.is(200).header("content-encoding"), encoding, "{path}");
        }
    })
    .await;
}
