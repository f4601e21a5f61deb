//! `/transfer`, `/import`, `/export.opml`

use axum::body::Body;
use axum::http::Request;

use crate::support::{Answer, Site};

const OPML: &str = r#"<opml version="2.0"><body><outline text="本棚">
    <outline type="rss" text="Example" xmlUrl="https://example.com/feed"/></outline></body></opml>"#;

async fn upload(site: &Site, name: &str, content: &str) -> Answer {
    let body = format!(
        "--b\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"f.opml\"\r\n\r\n{content}\r\n--b--\r\n"
    );
    let request = Request::post("/import")
        .header("host", "localhost")
        .header("sec-fetch-site", "same-origin")
        .header("content-type", "multipart/form-data; boundary=b");
    site.send(request.body(Body::from(body)).unwrap()).await
}

#[tokio::test]
async fn feeds_come_in_and_go_out_with_their_folders() {
    let site = Site::new().await;
    site.get("/transfer").await.is(200).shows(&["action=\"/import\"", "/export.opml"]);
    let uploaded = upload(&site, "file", OPML).await;
    let notice = uploaded.is(303).notice();
    assert!(uploaded.header("location").starts_with("/import?since="), "{}", uploaded.header("location"));
    site.get_with("/feeds", "cookie", &notice).await.shows(&["1 feed imported", "本棚"]);
    let export = site.get("/export.opml").await;
    export.is(200).shows(&["https://example.com/feed", "本棚"]);
    assert_eq!(export.header("content-disposition"), "attachment; filename=\"yomu.opml\"");
}

#[tokio::test]
async fn an_import_says_how_many_feeds_were_asked_and_which_failed_and_why() {
    let site = Site::new().await;
    site.fail("https://old.example/feed", "status", "`old.example` says 500").await;
    let feed = |name: &str| format!("<outline text=\"{name}\" xmlUrl=\"https://{name}.example/feed\"/>");
    let names = ["one", "two", "three", "old"];
    let opml = format!("<opml version=\"2.0\"><body>{}</body></opml>", names.map(feed).concat());
    tokio::time::sleep(std::time::Duration::from_millis(2)).await;
    let uploaded = upload(&site, "file", &opml).await;
    let progress = uploaded.is(303).header("location").to_owned();
    let page = site.get(&progress).await;
    page.is(200).shows(&["0 of 3 feeds asked", "id=\"import\" data-waiting", "Look again", "max=\"3\" value=\"0\""]);
    page.hides(&["old.example", "could not be"]);

    site.publish("https://one.example/feed", "One", vec![]).await;
    site.fail("https://two.example/feed", "gone", "`two.example` says that the feed is gone").await;
    let page = site.get(&progress).await;
    page.shows(&[
        "2 of 3 feeds asked; 1 could not be fetched",
        "id=\"import\" data-waiting",
        ">two</a>",
        "“two.example” says",
    ]);
    site.publish("https://three.example/feed", "Three", vec![]).await;
    site.get(&progress)
        .await
        .shows(&["3 of 3 feeds asked; 1 could"])
        .hides(&["id=\"import\" data-waiting", "Look again"]);
    site.get_with(&progress, "accept-language", "ja")
        .await
        .shows(&["3件のうち3件を確認しました。1件は取得できませんでした"]);

    // Whoever comes back within a day finds the way there.
    let said = "New in the last 24 hours: 3 of 3 feeds asked; 1 could not be fetched";
    site.get("/transfer").await.shows(&[said, "<a class=\"button\" href=\"/import\">"]);
    site.get("/import").await.is(200).shows(&["3 of 3 feeds asked; 1 could", ">two</a>"]).hides(&["old.example"]);

    upload(&site, "file", &opml).await.leads_to("/feeds");
    site.get("/import?since=x").await.is(400);
    site.get("/import?since=9223372036854775807").await.is(400);
    // A file of which something could not be used shows what, and the way to the same page.
    let odd = opml.replace("https://two", "nonsense://two").replace("one.example", "four.example");
    upload(&site, "file", &odd).await.is(200).shows(&["Imported, except for these lines", "href=\"/import?since="]);
}

#[tokio::test]
async fn where_nothing_was_imported_lately_nothing_is_said_of_it() {
    let site = Site::new().await;
    site.fail("https://old.example/feed", "status", "`old.example` says 500").await;
    site.get("/transfer").await.hides(&["href=\"/import", "New in the last"]);
    site.get("/import").await.is(200).shows(&["Nothing here yet."]).hides(&["<progress", "old.example"]);
}

#[tokio::test]
async fn pages_of_another_program_come_with_state_tags_dates_and_highlights() {
    let site = Site::new().await;
    let library = r#"[
      {"url": "https://example.com/harbour", "title": "A <b>quiet</b> harbour", "is_archived": 1, "is_starred": 1,
       "tags": ["Travel", "sea"], "created_at": "2016-09-08T11:55:58+0200", "content": "<p>Every harbour has a light.</p>",
       "annotations": [{"quote": "has a light", "text": "Is that so?", "created_at": "2016-09-09T02:00:00+0200"}]},
      {"url": "https://example.com/soup?utm_source=x", "title": "", "is_archived": 0, "is_starred": 0, "tags": [],
       "created_at": "2016-09-08T11:55:59+0200", "content": ""},
      {"url": "javascript:alert(1)", "title": "bad", "is_archived": 0, "is_starred": 0, "tags": []}
    ]"#;
    let done = upload(&site, "file", library).await;
    done.is(200).shows(&["2 pages imported", "ecord 3: “javascript:alert(1)” is no web address", "1 page is still"]);
    assert_eq!(site.get("/saved").await.titles(), ["https://example.com/soup", "A quiet harbour"]);
    assert_eq!(site.get("/starred").await.titles(), ["A quiet harbour"]);
    assert_eq!(site.unread_count().await, 1);
    let path = format!("/entries/{}", site.id_of("A quiet harbour").await);
    site.get(&path).await.shows(&[
        "Every harbour <mark id=\"h1\" class=\"noted\" data-h=\"1\">has a light</mark>.",
        "<p class=\"note\">Is that so?</p>",
        "/tags/Travel",
    ]);

    let again = upload(&site, "file", library).await;
    again.is(200).shows(&["0 pages imported"]);
    assert_eq!(site.get("/saved").await.titles().len(), 2, "nothing is there twice");
    assert_eq!(site.get("/highlights").await.text().matches("<blockquote").count(), 1);
}

#[tokio::test]
async fn what_is_no_opml_is_said() {
    let site = Site::new().await;
    upload(&site, "file", "Dear diary").await.is(422).shows(&["class=\"side\"", "<h1>"]);
    upload(&site, "other", OPML).await.is(400);
    site.post("/import", &[("file", "x")]).await.is(400);
}

#[tokio::test]
async fn a_file_beyond_all_bounds_is_refused() {
    let site = Site::new().await;
    upload(&site, "file", &"x".repeat(65 * 1024 * 1024)).await.is(413).shows(&["more than Yomu reads at once"]);
}
