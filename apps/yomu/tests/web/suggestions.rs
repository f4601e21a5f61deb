//! `/suggestions`

use crate::support::Site;

#[tokio::test]
async fn the_readers_language_comes_first_and_only_what_is_ticked_is_subscribed_to() {
    let site = Site::new().await;
    let order = |text: &str| text.find("English</legend>").unwrap() < text.find("日本語</legend>").unwrap();
    assert!(order(site.get("/suggestions").await.is(200).text()));
    assert!(!order(site.get_with("/suggestions", "accept-language", "ja").await.text()));
    site.get("/welcome").await.shows(&["href=\"/suggestions\""]);

    let form = [
        ("feed", "https://xkcd.com/atom.xml"),
        ("feed", "https://lwn.net/headlines/rss"),
        ("feed", "https://evil.example/feed"),
    ];
    site.post("/suggestions", &form).await.leads_to("/feeds");
    let mut urls: Vec<String> =
        site.store.subscriptions(site.user).await.unwrap().into_iter().map(|one| one.source.url).collect();
    urls.sort();
    assert_eq!(urls, ["https://lwn.net/headlines/rss", "https://xkcd.com/atom.xml"]);
    site.post("/suggestions", &[]).await.leads_to("/feeds");
}
