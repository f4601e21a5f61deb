//! Who may ask, and what every answer says

use axum::body::Body;
use axum::http::Request;

use crate::support::{Site, entry};

async fn get_from_host(site: &Site, host: &str) -> u16 {
    let request = Request::get("/unread").header("host", host).body(Body::empty()).unwrap();
    site.send(request).await.status.as_u16()
}

#[tokio::test]
async fn only_our_own_names_are_answered() {
    let site = Site::at_address(Some("https://yomu.example.org")).await;
    for host in ["localhost:3000", "127.0.0.1", "[::1]:3000", "yomu.example.org"] {
        assert_eq!(get_from_host(&site, host).await, 200, "{host}");
    }
    for host in ["evil.example", "localhost.evil.example", "192.168.1.2:3000", ""] {
        assert_eq!(get_from_host(&site, host).await, 421, "{host}");
    }
    let request = Request::get("/unread").body(Body::empty()).unwrap();
    site.send(request).await.is(421).shows(&["not known by this host name"]);
}

#[tokio::test]
async fn forms_of_other_sites_change_nothing() {
    let (site, _) = Site::with_entries(vec![entry(1, "One", "text")]).await;
    let path = format!("/entries/{}/star", site.id_of("One").await);
    for (name, value) in [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("origin", "https://evil.example"),
        ("origin", "null"),
        ("origin", "http://localhost:8080"),
    ] {
        let refused = site.post_with(&path, &[], name, value).await;
        refused.is(403).shows(&["came from another site"]);
    }
    assert!(site.get("/starred").await.titles().is_empty());
    site.post_with(&path, &[], "origin", "http://localhost:3000").await.is(303);
    assert_eq!(site.get("/starred").await.titles(), ["One"]);
}

#[tokio::test]
async fn every_answer_keeps_the_browser_on_a_leash() {
    let (site, _) = Site::with_entries(vec![entry(1, "One", "text")]).await;
    for path in ["/unread", "/welcome", "/nothing", "/favicon.ico", "/export.opml"] {
        let answer = site.get(path).await;
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'; "), "{path}: {policy}");
        assert!(!policy.contains("unsafe-inline"), "{path}: {policy}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("referrer-policy"), "same-origin", "{path}");
        assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin", "{path}");
    }
}

#[tokio::test]
async fn once_by_tls_always_by_tls() {
    let site = Site::at_address(Some("https://yomu.example.org")).await;
    for (path, status) in [
        ("/unread", 200),
        ("/", 303),
        ("/nothing", 404),
        ("/mark", 405),
        ("/favicon.ico", 307),
        ("/v1/me", 401),
        ("/v1/nothing", 404),
        ("/reader/api/0/token", 401),
        ("/fever/?api", 200),
    ] {
        let answer = site.get(path).await;
        assert_eq!(answer.status.as_u16(), status, "{path}");
        assert_eq!(answer.header("strict-transport-security"), "max-age=31536000", "{path}");
    }
    for plain in [Site::new().await, Site::at_address(Some("http://yomu.example.org")).await] {
        assert_eq!(
            plain.get("/unread").await.header("strict-transport-security"),
            "",
            "by plain HTTP nothing is promised"
        );
    }
}

#[tokio::test]
async fn a_proxy_that_is_trusted_may_say_that_somebody_came_by_tls() {
    let site = Site::behind("10.0.0.0/8").await;
    for (peer, scheme, says) in
        [("10.0.0.7", "https", "max-age=31536000"), ("10.0.0.7", "http", ""), ("203.0.113.9", "https", "")]
    {
        let mut request = Request::get("/unread").header("host", "localhost").header("x-forwarded-proto", scheme);
        let peer = std::net::SocketAddr::new(peer.parse().unwrap(), 1);
        request.extensions_mut().unwrap().insert(axum::extract::ConnectInfo(peer));
        let answer = site.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!(answer.header("strict-transport-security"), says, "{peer} {scheme}");
    }
}

#[tokio::test]
async fn no_page_has_a_script_or_style_in_it() {
    let (site, feed) = Site::with_entries(vec![entry(1, "One", "text")]).await;
    let entry = format!("/entries/{}", site.id_of("One").await);
    let settings = format!("/feeds/{feed}/settings");
    for path in [
        "/unread",
        "/feeds",
        "/search",
        "/search?q=one",
        "/add",
        "/transfer",
        "/welcome",
        "/trouble",
        &entry,
        &settings,
    ] {
        let page = site.get(path).await;
        page.is(200).hides(&["<style", " style=", " onclick="]);
        // The one bookmark that saves a page is there to be taken out of it.
        let scripts = page.text().matches("javascript:").count();
        let bookmarks = page.text().matches("href=\"javascript:location.href=&#39;").count();
        assert_eq!((scripts, bookmarks), if path == "/add" { (1, 1) } else { (0, 0) }, "{path}");
        assert!(page.text().split("<script").skip(1).all(|rest| rest.starts_with(" type=\"module\" src=\"/assets/")));
        assert_eq!(page.header("cache-control"), "private, no-cache", "{path}");
    }
}

#[tokio::test]
async fn a_method_or_form_that_is_not_meant_is_refused_on_a_page() {
    let site = Site::new().await;
    let answer = site.post("/unread", &[]).await;
    answer.is(405).shows(&["<h1>"]);
    assert_eq!(answer.header("allow"), "GET,HEAD");
    site.get("/mark").await.is(405);
    let huge = "x".repeat(2 * 1024 * 1024);
    site.post("/add", &[("address", &huge)]).await.is(413).shows(&["more than Yomu reads at once"]);
}
