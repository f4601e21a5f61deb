//! `/rules`, and the preview in a feed's settings

use jiff::Timestamp;

use crate::support::{Site, entry};
use yomu_store::{Marks, NewEntry};

fn recent(number: u32, title: &str, text: &str) -> NewEntry {
    NewEntry { published_at: Some(Timestamp::now()), ..entry(number, title, text) }
}

#[tokio::test]
async fn a_preview_says_what_each_line_would_have_done_and_changes_nothing() {
    let old = entry(3, "Sponsored long ago", "buy");
    let (site, feed) = Site::with_entries(vec![old]).await;
    for entry in [recent(1, "Sponsored <soup>", "leeks"), recent(2, "Stew", "beans and 東京")] {
        let marks = Marks { unread: true, starred: false };
        site.store.import_entry(site.user, feed, entry, marks, Timestamp::now()).await.unwrap();
    }
    let rules = "# notes\ndrop title contains soup\ntag \"to eat\" content word 東京\nread any word beans\nmove title is stew\n";
    let page = site.post("/rules", &[("rules", rules), ("preview", "1")]).await;
    page.is(200).shows(&[
        "In the last 30 days, 2 entries looked at",
        "Sponsored &#60;soup&#62;</a><small>line 2: drop",
        "Stew</a><small>line 3: tag · line 4: read · line 5: move",
        "tag &#34;to eat&#34; content word",
    ]);
    page.hides(&["long ago"]);
    site.get("/rules").await.hides(&["contains soup"]);
    assert_eq!(site.unread_count().await, 3);

    let japanese = [("rules", rules), ("preview", "1")];
    site.post_with("/rules", &japanese, "accept-language", "ja").await.shows(&["5行目：保存へ移す"]);

    let settings = format!("/feeds/{feed}/settings");
    let form = [("rules", "star title is stew"), ("address", "https://example.com/feed"), ("preview", "1")];
    site.post(&settings, &form).await.is(200).shows(&["Stew</a><small>line 1: star"]).hides(&["line 2"]);
    site.get(&settings).await.hides(&["star title is stew"]);
    let none = [("rules", "star title is nothing"), ("preview", "1")];
    site.post("/rules", &none).await.shows(&["No rule would have done anything"]);
}

#[tokio::test]
async fn rules_for_all_feeds_are_kept_when_they_can_be_read() {
    let site = Site::new().await;
    site.post("/rules", &[("rules", "drop any contains x")]).await.leads_to("/rules");
    site.get("/rules").await.shows(&["drop any contains x"]);
    for preview in ["", "1"] {
        let wrong = [("rules", "dorp any contains x"), ("preview", preview)];
        site.post("/rules", &wrong).await.is(422).shows(&["Line 1, column 1", "dorp any contains x"]);
    }
    assert_eq!(site.store.rules(site.user).await.unwrap(), "drop any contains x");
}
