//! What no app should send, and some do.

use axum::body::Body;
use axum::http::Request;

use crate::world::in_each_world;

#[tokio::test]
async fn numbers_that_are_none_are_refused_and_strange_ones_not_found() {
    in_each_world(async |world| {
        for path in ["/entries", "/feeds", "/icons", "/enclosures"] {
            for bad in ["0", "-1", "x", "1.5", "%E7%8C%AB", "9223372036854775808", "1e3"] {
                world.does("GET", &format!("{path}/{bad}"), "", 400).await;
            }
            for strange in ["9007199254740993", "9223372036854775807", "424242"] {
                world.does("GET", &format!("{path}/{strange}"), "", 404).await;
            }
        }
        world.does("GET", "/nothing", "", 404).await.json();
        world.does("PATCH", "/feeds", "", 405).await;
    })
    .await;
}

#[tokio::test]
async fn a_body_may_be_called_anything_but_must_be_json() {
    in_each_world(async |world| {
        let body = format!(r#"{{"entry_ids":[{}],"status":"read"}}"#, world.id("Five").await);
        for kind in ["application/x-www-form-urlencoded", "text/plain", "nonsense", "multipart/form-data"] {
            let request =
                Request::put("/v1/entries").header("x-auth-token", &world.ann.password).header("content-type", kind);
            world.send(request.body(Body::from(body.clone())).unwrap()).await.is(204);
        }
        for bad in ["", "{", "[]", "null", "\"x\"", "{\"entry_ids\":1}", "\u{0}", "猫"] {
            world.does("PUT", "/entries", bad, 400).await.json();
        }
    })
    .await;
}

#[tokio::test]
async fn a_body_of_a_hundred_megabytes_is_refused_early() {
    in_each_world(async |world| {
        let huge = vec![b' '; 100 << 20];
        for (method, path) in [
            ("PUT", "/v1/entries"),
            ("POST", "/v1/import"),
            ("POST", "/v1/feeds"),
            ("POST", "/reader/api/0/edit-tag"),
            ("POST", "/fever/?api"),
        ] {
            let request = Request::builder().method(method).uri(path).header("x-auth-token", &world.ann.password);
            let answer = world.send(request.body(Body::from(huge.clone())).unwrap()).await;
            answer.is(413);
        }
    })
    .await;
}
