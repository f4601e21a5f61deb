//! `/assets/{file}`, `/icons/{id}`, `/favicon.ico`

use yomu_store::Icon;

use crate::support::{Site, at};

#[tokio::test]
async fn style_and_scripts_are_kept_for_ever() {
    let site = Site::new().await;
    let page = site.get("/search").await;
    let paths = page.text().split('"').filter(|text| text.starts_with("/assets/")).map(str::to_owned);
    let paths: Vec<String> = paths.collect();
    assert!(paths.len() >= 3, "{paths:?}");
    let plain = site.get(&paths[0]).await.header("content-encoding").to_owned();
    assert_eq!(plain, "", "nobody gets an encoding that was not asked for");
    for path in paths {
        let asset = site.get(&path).await;
        assert_eq!(asset.is(200).header("cache-control"), "public, max-age=31536000, immutable", "{path}");
        let small = site.get_with(&path, "accept-encoding", "gzip, br").await;
        assert_eq!((small.header("content-encoding"), small.header("vary")), ("br", "Accept-Encoding"));
        assert!(!small.bytes.is_empty() && small.bytes.len() < asset.bytes.len(), "{path}");
    }
    site.get("/assets/yomu.00000000.css").await.is(404);
    site.get("/assets/..%2f..%2fCargo.toml").await.is(404);
    assert!(site.get("/favicon.ico").await.header("location").starts_with("/assets/icon."));
}

#[tokio::test]
async fn an_icon_is_a_picture_whatever_is_in_it() {
    let site = Site::new().await;
    let source = yomu_store::FeedSource::at("https://example.com/feed");
    let (_, feed, _) = site.store.subscribe(site.user, &source, None, None, at(0)).await.expect("subscribed");
    let icon = Icon { media_type: "image/svg+xml".to_owned(), bytes: b"<svg><script>alert(1)</script></svg>".to_vec() };
    site.store.set_icon(feed, Some((b"hash", &icon)), at(0)).await.expect("an icon");
    let answer = site.get("/icons/1").await;
    assert_eq!(answer.is(200).header("content-type"), "image/svg+xml");
    assert!(answer.header("content-security-policy").ends_with("sandbox"));
    assert!(answer.header("cache-control").ends_with("immutable"));
    site.get("/icons/2").await.is(404);
}
