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
    let notice = upload(&site, "file", OPML).await.leads_to("/feeds").notice();
    site.get_with("/feeds", "cookie", &notice).await.shows(&["1 feed imported", "本棚"]);
    let export = site.get("/export.opml").await;
    export.is(200).shows(&["https://example.com/feed", "本棚"]);
    assert_eq!(export.header("content-disposition"), "attachment; filename=\"yomu.opml\"");
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
    upload(&site, "file", &"x".repeat(11 * 1024 * 1024)).await.is(413).shows(&["more than Yomu reads at once"]);
}
