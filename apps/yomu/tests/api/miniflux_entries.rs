//! Entries: lists, marks, files, words.

use serde_json::json;

use crate::world::in_each_world;

#[tokio::test]
async fn lists_are_narrowed_ordered_and_cut() {
    in_each_world(async |world| {
        assert_eq!(world.titles("/entries").await, ["One <1>", "二", "Three", "Four", "Five"]);
        assert_eq!(world.titles("/entries?direction=desc&limit=2").await, ["Five", "Four"]);
        assert_eq!(world.titles("/entries?order=title&direction=asc&limit=2&offset=1").await, ["Four", "One <1>"]);
        assert_eq!(world.titles(&format!("/entries?feed_id={}", world.second)).await, ["Four", "Five"]);
        let (one, four) = (world.id("One <1>").await, world.id("Four").await);
        assert_eq!(world.titles(&format!("/entries?order=id&after_entry_id={four}")).await, ["Five"]);
        assert_eq!(world.titles(&format!("/entries?order=id&before_entry_id={}", one + 1)).await, ["One <1>"]);
        let third = "2026-01-03T00:00:00Z".parse::<jiff::Timestamp>().unwrap().as_second();
        assert_eq!(world.titles(&format!("/entries?after={third}")).await, ["Four", "Five"]);
        assert_eq!(world.titles(&format!("/entries?published_before={third}")).await, ["One <1>", "二"]);
        assert_eq!(world.titles("/entries?tags=sea").await, ["One <1>"]);
        assert_eq!(world.titles("/entries?search=%E6%9D%B1%E4%BA%AC").await, ["二"]);
        assert_eq!(world.titles("/entries?search=text&globally_visible=true&x=y").await, ["Three", "One <1>"]);
        let start = jiff::Timestamp::now().as_second() - 3600;
        assert_eq!(world.get(&format!("/entries?changed_after={start}&limit=1")).await["total"], 5);
        assert_eq!(world.get(&format!("/entries?changed_before={start}")).await["total"], 0);
        assert_eq!(world.get("/entries?offset=100").await, json!({ "total": 5, "entries": [] }));
        for bad in ["status=new", "order=size", "direction=up", "limit=1001", "feed_id=4711", "category_id=4711"] {
            world.does("GET", &format!("/entries?{bad}"), "", 400).await;
        }
        let ids = world.get("/entries/ids?limit=2").await;
        assert_eq!((ids["total"].as_i64(), ids["entry_ids"].as_array().unwrap().len()), (Some(5), 2));
        assert_eq!(world.get("/entries/ids?starred=true").await, json!({ "total": 0, "entry_ids": [] }));
        world.does("GET", "/entries/ids?starred=maybe", "", 400).await;
    })
    .await;
}

#[tokio::test]
async fn an_entry_has_everything_miniflux_says_of_it() {
    in_each_world(async |world| {
        let id = world.id("One <1>").await;
        let entry = world.get(&format!("/entries/{id}")).await;
        assert_eq!(entry["content"], "<p>first text</p>");
        assert_eq!(
            (&entry["status"], &entry["starred"], &entry["published_at"]),
            (&json!("unread"), &json!(false), &json!("2026-01-01T00:00:00Z"))
        );
        assert_eq!((&entry["feed"]["id"], &entry["feed_id"]), (&json!(world.first), &json!(world.first)));
        assert_eq!(entry["tags"], json!(["Sea"]));
        assert_eq!(entry["hash"].as_str().map(str::len), Some(32));
        let file = &entry["enclosures"][0];
        assert_eq!(
            (&file["url"], &file["mime_type"], &file["size"]),
            (&json!("https://example.com/a.mp3"), &json!("audio/mpeg"), &json!(12345))
        );

        let path = format!("/enclosures/{}", file["id"]);
        assert_eq!(world.get(&path).await, *file);
        world.does("PUT", &path, r#"{"media_progression":42}"#, 204).await;
        world.does("PUT", &path, r#"{"media_progression":-1}"#, 400).await;
        assert_eq!(world.get(&path).await["media_progression"], 42);
        assert_eq!(world.get(&format!("/entries/{id}")).await["enclosures"][0]["media_progression"], 42);
        world.call(&world.bob, "GET", &path, "").await.is(404);
        world.does("GET", &format!("/enclosures/{}", file["id"].as_i64().unwrap() + 1), "", 404).await;
    })
    .await;
}

#[tokio::test]
async fn marks_and_stars_are_set_and_taken_away() {
    in_each_world(async |world| {
        let (one, two) = (world.id("One <1>").await, world.id("二").await);
        let body =
            json!({ "entry_ids": [one, two, 999_999_999, i64::MAX], "status": "read", "starred": true }).to_string();
        world.does("PUT", "/entries", &body, 204).await;
        assert_eq!(world.titles("/entries?status=read").await, ["One <1>", "二"]);
        assert_eq!(world.titles("/entries?starred=1").await, ["One <1>", "二"]);
        assert_eq!(world.get("/entries?status=unread&limit=1").await["total"], 3);
        world.does("PUT", "/entries", &json!({ "entry_ids": [one], "status": "unread" }).to_string(), 204).await;
        world.does("PUT", &format!("/entries/{one}/bookmark"), "", 204).await;
        world.does("PUT", &format!("/entries/{one}/star"), "", 204).await;
        world.does("DELETE", &format!("/entries/{two}/star"), "", 204).await;
        world.does("DELETE", &format!("/entries/{two}/star"), "", 204).await;
        assert_eq!(world.titles("/entries?starred=true").await, ["One <1>"]);
        for (body, status) in [
            ("{}", 400),
            (r#"{"entry_ids":[],"status":"read"}"#, 400),
            (r#"{"entry_ids":[1]}"#, 400),
            (r#"{"entry_ids":[1],"status":"gone"}"#, 400),
            (r#"{"entry_ids":["1"],"status":"read"}"#, 400),
            (r#"{"entry_ids":[1e400],"status":"read"}"#, 400),
        ] {
            world.does("PUT", "/entries", body, status).await;
        }
        world.does("DELETE", &format!("/entries/{two}"), "", 204).await;
        world.does("GET", &format!("/entries/{two}"), "", 404).await;
    })
    .await;
}

#[tokio::test]
async fn ten_thousand_marks_are_one_request() {
    in_each_world(async |world| {
        let mut ids: Vec<i64> = (10_000_000..10_010_000).collect();
        ids.push(world.id("Five").await);
        world.does("PUT", "/entries", &json!({ "entry_ids": ids, "status": "read" }).to_string(), 204).await;
        assert_eq!(world.titles("/entries?status=read").await, ["Five"]);
    })
    .await;
}

#[tokio::test]
async fn an_entry_is_rewritten_only_where_nobody_else_has_it() {
    in_each_world(async |world| {
        let id = world.id("Three").await;
        let path = format!("/entries/{id}");
        let body = r#"{"title":"Drei","content":"<p onclick=x>neu <script>alert(1)</script></p>"}"#;
        let changed = world.does("PUT", &path, body, 201).await.json();
        assert_eq!((&changed["title"], &changed["content"]), (&json!("Drei"), &json!("<p>neu </p>")));
        assert_eq!(world.titles("/entries?search=neu").await, ["Drei"]);
        world.does("PUT", &path, r#"{"title":""}"#, 400).await;
        let app = &world.library.app;
        let source = yomu_store::FeedSource::at(world.library.server.url("/first"));
        app.store.subscribe(world.bob.id, &source, None, None, app.now()).await.unwrap();
        world.does("PUT", &path, r#"{"title":"Again"}"#, 403).await;
        world.does("PUT", "/entries/999999", r#"{"title":"Again"}"#, 404).await;
    })
    .await;
}

#[tokio::test]
async fn entries_are_imported_and_saved_and_their_articles_fetched() {
    in_each_world(async |world| {
        let server = &world.library.server;
        let text = "<p>It is long enough to be an article, and it says so in more than one sentence. ".repeat(20);
        server.put("/article", "text/html", format!("<html><head><title>T</title></head><body><article>{text}</article></body></html>"));
        let path = format!("/feeds/{}/entries/import", world.first);
        let body = json!({ "url": server.url("/article"), "title": "Mine", "content": "short", "tags": ["x"], "published_at": 1_700_000_000, "external_id": "a" }).to_string();
        let made = world.does("POST", &path, &body, 201).await.json();
        assert_eq!(world.does("POST", &path, &body, 200).await.json(), made);
        world.does("POST", &path, r#"{"title":"no address"}"#, 400).await;
        world.does("POST", "/feeds/999999/entries/import", &body, 404).await;
        let entry = format!("/entries/{}", made["id"]);
        let found = world.get(&entry).await;
        assert_eq!((&found["status"], &found["tags"], &found["published_at"]), (&json!("read"), &json!(["x"]), &json!("2023-11-14T22:13:20Z")));
        assert_eq!(world.get("/entries").await["total"], 6);

        let content = world.get(&format!("{entry}/fetch-content?update_content=true")).await;
        assert!(content["content"].as_str().unwrap().contains("long enough"), "{content}");
        assert!(content["reading_time"].as_i64().unwrap() > 0);
        assert_eq!(world.get(&entry).await["content"], content["content"]);
        world.does("POST", &format!("{entry}/save"), "", 202).await;
        assert_eq!(world.get("/integrations/status").await, json!({ "has_integrations": true }));
        assert!(world.titles("/entries?search=is:saved").await.contains(&"T".to_owned()));
    })
    .await;
}
