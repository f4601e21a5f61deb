//! Pictures of articles, which come through the program.

use std::time::{Duration, Instant};

use crate::picture_server::{PNG, PictureServer};
use crate::site::Site;
use crate::visitor::Visitor;

/// Somebody who reads the site of pictures, and the page of its one article.
async fn reading(site: &Site, pictures: &PictureServer, subject: &str, email: &str) -> (Visitor, String) {
    let visitor = site.signed_in(subject, email).await;
    visitor.post("/add", &[("address", &pictures.url("/feed"))]).await.is(303);
    let user = site.user(email).await;
    let deadline = Instant::now() + Duration::from_secs(10);
    let entry = loop {
        let list = site.store.entries(user, yomu_store::View::All, yomu_store::Order::Newest, None, 10).await.unwrap();
        if let Some(entry) = list.entries.first() {
            break entry.id;
        }
        assert!(Instant::now() < deadline, "the feed is read");
        tokio::time::sleep(Duration::from_millis(20)).await;
    };
    let page = visitor.get(&format!("/entries/{entry}")).await;
    (visitor, page.is(200).text.clone())
}

/// The address under which a picture stands on a page.
fn address_of(page: &str, name: &str) -> String {
    let (before, _) = page.split_once(&format!("alt=\"{name}\"")).expect("the picture is on the page");
    let (_, address) = before.rsplit_once("src=\"").expect("an address");
    address.split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_picture_comes_without_its_server_seeing_the_reader() {
    let (site, pictures) = (Site::new().await, PictureServer::start().await);
    let (ann, page) = reading(&site, &pictures, "1", "ann@example.org").await;
    let article = page.split("<div class=\"body\"").nth(1).unwrap();
    assert!(!article.split("</article>").next().unwrap().contains(&pictures.url("/")), "{article}");

    let address = address_of(&page, "good.png");
    let good = ann.get(&address).await;
    good.is(200);
    assert_eq!(good.text.len(), String::from_utf8_lossy(PNG).len());
    for (name, value) in [
        ("content-type", "image/png"),
        ("content-length", "18"),
        ("etag", "\"1\""),
        ("cache-control", "private, max-age=86400, immutable"),
        ("x-content-type-options", "nosniff"),
        ("content-security-policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox"),
    ] {
        assert_eq!(good.headers.get(name).map(|value| value.to_str().unwrap()), Some(value), "{name}");
    }
    let asked = pictures.last_asked();
    for name in ["cookie", "referer", "accept-language", "x-forwarded-for", "origin"] {
        assert!(!asked.contains_key(name), "{name} is nobody's business");
    }
    assert!(asked["user-agent"].to_str().unwrap().starts_with("Yomu/"));

    let (_, set) = page.split_once(" srcset=\"").unwrap();
    let (second, _) = set.split_once(" 2x").unwrap();
    ann.get(second).await.is(200);
    let policy = ann.get("/unread").await.headers["content-security-policy"].to_str().unwrap().to_owned();
    assert!(policy.contains("; img-src 'self' data:"), "{policy}");
}

#[tokio::test]
async fn a_picture_that_the_browser_has_is_not_sent_again() {
    let (site, pictures) = (Site::new().await, PictureServer::start().await);
    let (ann, page) = reading(&site, &pictures, "1", "ann@example.org").await;
    let same = ann.get_with(&address_of(&page, "good.png"), "if-none-match", "\"1\"").await;
    same.is(304);
    assert_eq!(same.headers["etag"], "\"1\"");
    let new = ann.get_with(&address_of(&page, "good.png"), "if-none-match", "\"0\"").await;
    new.is(200);
}

#[tokio::test]
async fn what_is_no_picture_does_not_pass() {
    let (site, pictures) = (Site::new().await, PictureServer::start().await);
    let (ann, page) = reading(&site, &pictures, "1", "ann@example.org").await;
    for (name, says) in [
        ("page.png", "what is there is no picture\n"),
        ("huge.png", "is larger than"),
        ("inside.png", "link-local"),
        ("packed.png", "gzip"),
        ("broken.png", "500"),
        ("gone.png", "404"),
    ] {
        let answer = ann.get(&address_of(&page, name)).await;
        answer.is(404).shows(&[says]).hides(&["<html", "<script"]);
        assert_eq!(answer.headers["content-type"], "text/plain; charset=utf-8", "{name}");
    }
    let started = Instant::now();
    let drip = ann.get(&address_of(&page, "drip.png")).await;
    drip.is(404).shows(&["slow"]);
    assert!(started.elapsed() < Duration::from_secs(4), "{:?}", started.elapsed());
    let broken_off = ann.try_get(&address_of(&page, "endless.png")).await;
    assert!(broken_off.is_err(), "the answer has no end, and so is no picture");
    let drawing = ann.get(&address_of(&page, "drawing.svg")).await;
    drawing.is(200);
    assert_eq!(drawing.headers["content-type"], "image/svg+xml");
    assert!(drawing.headers["content-security-policy"].to_str().unwrap().contains("default-src 'none'"));
}

#[tokio::test]
async fn an_address_is_good_for_the_reader_it_was_made_for() {
    let (site, pictures) =
        (Site::allowing(&["ann@example.org", "bob@example.org"], &[]).await, PictureServer::start().await);
    let (ann, page) = reading(&site, &pictures, "1", "ann@example.org").await;
    let bob = site.signed_in("2", "bob@example.org").await;
    let address = address_of(&page, "good.png");
    ann.get(&address).await.is(200);
    bob.get(&address).await.is(404);
    site.visitor().get(&address).await.is(401);
    let (path, _) = address.rsplit_once('/').unwrap();
    // http://127.0.0.1/
    ann.get(&format!("{path}/aHR0cDovLzEyNy4wLjAuMS8")).await.is(404);
    let forged = format!("/image/{}/{}", "A".repeat(43), address.rsplit('/').next().unwrap());
    ann.get(&forged).await.is(404);
}

#[tokio::test]
async fn whoever_has_a_link_sees_the_pictures_until_it_is_revoked() {
    let (site, pictures) = (Site::new().await, PictureServer::start().await);
    let (ann, page) = reading(&site, &pictures, "1", "ann@example.org").await;
    let (entry, _) = page.split_once("/share\"").expect("the article can be shared");
    let entry = entry.rsplit('/').next().expect("a number");
    let made = ann.post(&format!("/entries/{entry}/share"), &[]).await;
    let (_, link) = made.is(200).text.split_once("/shared/").expect("a link");
    let link = format!("/shared/{}", &link[..43]);

    let stranger = site.visitor();
    let page = stranger.get(&link).await.is(200).text.clone();
    let address = address_of(&page, "good.png");
    assert!(address.starts_with(&format!("{link}/image/")), "{address}");
    let good = stranger.get(&address).await;
    good.is(200);
    assert_eq!(good.headers["content-type"], "image/png");
    assert!(!pictures.last_asked().contains_key("referer"));
    stranger.get(&address.replace(&link, "")).await.is(401);
    stranger.get(&address.replace(&link, &format!("/shared/{}", "A".repeat(43)))).await.is(404);

    let shares = site.store.shares(site.user("ann@example.org").await, None).await.unwrap();
    ann.post(&format!("/shares/{}/revoke", shares[0].id), &[]).await.is(303);
    stranger.get(&address).await.is(404);
}
