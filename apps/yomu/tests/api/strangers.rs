//! Nobody sees or changes what is another's, whatever number they try.

use axum::body::Body;
use axum::http::Request;
use serde_json::json;

use crate::world::{encode, in_each_world};

#[tokio::test]
async fn every_address_of_anothers_things_is_not_found() {
    in_each_world(async |world| {
        let id = world.id("One <1>").await;
        let news = world.get("/categories").await[1]["id"].clone();
        let (first, before) = (world.first, world.get("/entries").await);
        for (method, path, body) in [
            ("GET", format!("/entries/{id}"), "{}"),
            ("PUT", format!("/entries/{id}"), r#"{"title":"x"}"#),
            ("DELETE", format!("/entries/{id}"), ""),
            ("PUT", format!("/entries/{id}/bookmark"), ""),
            ("DELETE", format!("/entries/{id}/star"), ""),
            ("POST", format!("/entries/{id}/save"), ""),
            ("GET", format!("/entries/{id}/fetch-content"), ""),
            ("GET", format!("/enclosures/{}", id * 1024), ""),
            ("PUT", format!("/enclosures/{}", id * 1024), r#"{"media_progression":1}"#),
            ("GET", format!("/feeds/{first}"), ""),
            ("PUT", format!("/feeds/{first}"), r#"{"title":"x"}"#),
            ("DELETE", format!("/feeds/{first}"), ""),
            ("PUT", format!("/feeds/{first}/refresh"), ""),
            ("GET", format!("/feeds/{first}/icon"), ""),
            ("PUT", format!("/feeds/{first}/mark-all-as-read"), ""),
            ("GET", format!("/feeds/{first}/entries"), ""),
            ("GET", format!("/feeds/{first}/entries/{id}"), ""),
            ("POST", format!("/feeds/{first}/entries/import"), r#"{"url":"https://example.com/"}"#),
            ("PUT", format!("/categories/{news}"), r#"{"title":"x"}"#),
            ("DELETE", format!("/categories/{news}"), ""),
            ("PUT", format!("/categories/{news}/mark-all-as-read"), ""),
            ("GET", format!("/categories/{news}/feeds"), ""),
            ("PUT", format!("/categories/{news}/refresh"), ""),
            ("GET", format!("/categories/{news}/entries"), ""),
            ("GET", format!("/categories/{news}/entries/{id}"), ""),
        ] {
            let answer = world.call(&world.bob, method, &path, body).await;
            assert_eq!(answer.status.as_u16(), 404, "{method} {path}: {}", answer.text());
        }
        let mark = json!({ "entry_ids": [id], "status": "read", "starred": true }).to_string();
        world.call(&world.bob, "PUT", "/entries", &mark).await.is(204);
        let id = id.to_string();
        for (path, form) in [
            (
                "edit-tag",
                vec![
                    ("i", id.as_str()),
                    ("a", "user/-/state/com.google/read"),
                    ("a", "user/-/state/com.google/starred"),
                ],
            ),
            ("mark-all-as-read", vec![("s", "user/-/label/News")]),
            ("mark-all-as-read", vec![("s", "feed/1")]),
            ("disable-tag", vec![("s", "user/-/label/News")]),
            ("subscription/edit", vec![("ac", "unsubscribe"), ("s", "feed/1")]),
        ] {
            let request = Request::post(format!("/reader/api/0/{path}")).header("authorization", world.bob.basic());
            world.send(request.body(Body::from(encode(&form))).unwrap()).await;
        }
        assert_eq!(world.get("/entries").await, before);
        assert_eq!(world.call(&world.bob, "GET", "/entries", "").await.json(), json!({ "total": 0, "entries": [] }));
    })
    .await;
}
