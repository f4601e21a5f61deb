//! Feeds and categories.

use serde_json::json;

use crate::library::{RSS, item, rss};
use crate::world::in_each_world;

#[tokio::test]
async fn categories_are_folders_and_one_for_what_is_in_none() {
    in_each_world(async |world| {
        let all = world.get("/categories?counts=true").await;
        assert_eq!(all[0]["id"], 1);
        assert_eq!((&all[0]["feed_count"], &all[0]["total_unread"]), (&json!(1), &json!(3)));
        assert_eq!(
            (&all[1]["title"], &all[1]["feed_count"], &all[1]["total_unread"]),
            (&json!("News"), &json!(1), &json!(2))
        );
        assert!(world.get("/categories").await[0].get("feed_count").is_none());

        let news = all[1]["id"].as_i64().unwrap();
        let made = world.does("POST", "/categories", r#"{"title":"Sport"}"#, 201).await.json();
        world.does("POST", "/categories", r#"{"title":"Sport"}"#, 400).await;
        world.does("POST", "/categories", r#"{"title":""}"#, 400).await;
        let sport = format!("/categories/{}", made["id"]);
        let renamed = world.does("PUT", &sport, r#"{"title":"スポーツ"}"#, 201).await.json();
        assert_eq!(renamed["title"], "スポーツ");
        world.does("PUT", &sport, r#"{"title":"News"}"#, 400).await;
        world.does("PUT", "/categories/1", r#"{"title":"x"}"#, 400).await;
        world.does("PUT", "/categories/999999", r#"{"title":"x"}"#, 404).await;

        assert_eq!(world.get(&format!("/categories/{news}/feeds")).await[0]["id"], json!(world.second));
        assert_eq!(world.get("/categories/1/feeds").await[0]["id"], json!(world.first));
        world.does("PUT", &format!("/categories/{news}/refresh"), "", 204).await;
        assert_eq!(world.titles(&format!("/categories/{news}/entries")).await, ["Four", "Five"]);
        let entry = world.id("Four").await;
        world.does("GET", &format!("/categories/{news}/entries/{entry}"), "", 200).await;
        world.does("GET", &format!("/categories/1/entries/{entry}"), "", 404).await;
        world.does("PUT", &format!("/categories/{news}/mark-all-as-read"), "", 204).await;
        world.does("PUT", "/categories/1/mark-all-as-read", "", 204).await;
        assert_eq!(world.get("/entries?status=unread").await["total"], 0);

        world.does("DELETE", &format!("/categories/{news}"), "", 204).await;
        assert_eq!(world.get("/categories/1/feeds").await.as_array().unwrap().len(), 2, "the feed stays");
        world.does("DELETE", "/categories/1", "", 400).await;
    })
    .await;
}

#[tokio::test]
async fn a_feed_is_found_added_changed_refreshed_and_left() {
    in_each_world(async |world| {
        let server = &world.library.server;
        server.put("/third", RSS, rss(&item(9, "Nine", "nine")));
        let links = "<link rel=alternate type=application/rss+xml href=/third><link rel=alternate type=application/atom+xml href=/other title=Other>";
        server.put("/page", "text/html", format!("<html><head>{links}</head><body>x</body></html>"));
        let body = |path: &str| json!({ "url": server.url(path), "feed_url": server.url(path) });
        let found = world.does("POST", "/discover", &body("/page").to_string(), 200).await.json();
        assert_eq!(found[0]["url"], server.url("/third"));
        assert_eq!((&found[1]["title"], &found[1]["type"]), (&json!("Other"), &json!("atom")));
        let direct = world.does("POST", "/discover", &body("/third").to_string(), 200).await.json();
        assert_eq!(direct, json!([{ "url": server.url("/third"), "title": "Feed", "type": "rss" }]));

        let several = world.does("POST", "/feeds", &body("/page").to_string(), 400).await.json();
        assert!(several["error_message"].as_str().unwrap().contains("/third"), "{several}");
        let news = world.get("/categories").await[1]["id"].clone();
        let wish = json!({ "feed_url": server.url("/third"), "category_id": news, "crawler": true });
        let made = world.does("POST", "/feeds", &wish.to_string(), 201).await.json();
        world.does("POST", "/feeds", &wish.to_string(), 400).await;
        world.does("POST", "/feeds", &body("/missing").to_string(), 500).await;
        world.does("POST", "/feeds", r#"{"feed_url":""}"#, 400).await;
        world.does("POST", "/feeds", &json!({ "feed_url": server.url("/third"), "category_id": 4711 }).to_string(), 400).await;

        let path = format!("/feeds/{}", made["feed_id"]);
        let feed = world.get(&path).await;
        assert_eq!((&feed["crawler"], &feed["category"]["title"], &feed["title"]), (&json!(true), &json!("News"), &json!("Feed")));
        let change = json!({ "title": "Mine", "category_id": 1, "crawler": false, "username": "u", "password": "p", "disabled": true });
        let changed = world.does("PUT", &path, &change.to_string(), 201).await.json();
        assert_eq!((&changed["title"], &changed["category"]["id"], &changed["crawler"]), (&json!("Mine"), &json!(1), &json!(false)));
        assert_eq!((&changed["username"], &changed["password"]), (&json!("u"), &json!("")), "passwords are never shown");
        world.does("PUT", &path, r#"{"category_id":4711}"#, 400).await;
        world.does("PUT", &path, "{}", 201).await;

        server.put("/third", RSS, rss(&(item(9, "Nine", "nine") + &item(10, "Ten", "ten"))));
        world.does("PUT", &format!("{path}/refresh"), "", 204).await;
        assert_eq!(world.titles(&format!("{path}/entries")).await, ["Nine", "Ten"]);
        server.put_with("/third", "500 Oops", "", "");
        world.does("PUT", &format!("{path}/refresh"), "", 500).await;
        let failed = world.get(&path).await;
        assert_eq!(failed["parsing_error_count"], 1);
        assert_ne!(failed["parsing_error_message"], "");

        world.does("PUT", "/feeds/refresh", "", 204).await;
        world.does("GET", &format!("{path}/icon"), "", 404).await;
        world.does("DELETE", &path, "", 204).await;
        world.does("GET", &path, "", 404).await;
        world.does("DELETE", &path, "", 404).await;
    })
    .await;
}

#[tokio::test]
async fn counters_are_those_of_the_lists() {
    in_each_world(async |world| {
        let (first, second) = (world.first.to_string(), world.second.to_string());
        assert_eq!(world.get("/feeds/counters").await, json!({ "reads": {}, "unreads": { &first: 3, &second: 2 } }));
        world.does("PUT", &format!("/feeds/{second}/mark-all-as-read"), "", 204).await;
        assert_eq!(world.get("/feeds/counters").await, json!({ "reads": { &second: 2 }, "unreads": { &first: 3 } }));
        assert_eq!(world.get("/entries?status=read").await["total"], 2);
        assert_eq!(world.get("/entries").await["total"], 5);
        world.does("PUT", "/flush-history", "", 202).await;
        assert_eq!(world.get("/feeds/counters").await, json!({ "reads": {}, "unreads": { &first: 3 } }));
        world.does("DELETE", "/flush-history", "", 202).await;
    })
    .await;
}

#[tokio::test]
async fn saved_pages_are_a_feed_once_there_are_any() {
    in_each_world(async |world| {
        assert_eq!(world.get("/feeds").await.as_array().unwrap().len(), 2);
        let text = "<p>It is long enough to be an article, and it says so in more than one sentence. ".repeat(20);
        world.library.server.put(
            "/page",
            "text/html",
            format!("<html><head><title>A page</title></head><body><article>{text}</article></body></html>"),
        );
        let body = json!({ "url": world.library.server.url("/page") }).to_string();
        let made = world.does("POST", "/saved-pages", &body, 201).await.json();
        let entry = world.get(&format!("/entries/{}", made["entry_id"])).await;
        assert_eq!(entry["title"], "A page");
        let feed = world.get(&format!("/feeds/{}", entry["feed_id"])).await;
        assert_eq!((&feed["title"], &feed["feed_url"]), (&json!("Saved pages"), &json!("yomu:saved")));
        assert_ne!(feed["checked_at"], "0001-01-01T00:00:00Z", "it is never behind");
        world.does("PUT", &format!("/feeds/{}/refresh", entry["feed_id"]), "", 204).await;
        world.does("DELETE", &format!("/feeds/{}", entry["feed_id"]), "", 404).await;
        assert_eq!(world.get("/feeds").await.as_array().unwrap().len(), 3);
        assert_eq!(world.get("/feeds/counters").await["unreads"][entry["feed_id"].to_string()], 1);
    })
    .await;
}

#[tokio::test]
async fn subscriptions_leave_and_come_as_opml() {
    in_each_world(async |world| {
        let exported = world.does("GET", "/export", "", 200).await;
        assert!(exported.header("content-type").starts_with("text/xml"));
        let opml = exported.text().replace("/first", "/imported");
        let answer = world.call(&world.bob, "POST", "/import", &opml).await;
        assert_eq!(answer.is(201).json(), json!({ "message": "Feeds imported successfully" }));
        let feeds = world.call(&world.bob, "GET", "/feeds", "").await.json();
        assert_eq!(feeds.as_array().unwrap().len(), 2);
        world.does("POST", "/import", "this is no OPML", 400).await;
    })
    .await;
}
