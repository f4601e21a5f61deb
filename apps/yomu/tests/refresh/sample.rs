//! The sample library, brought in by the same way as everything else.

use yomu::actions::open_sample::open_sample;
use yomu_store::View;

use crate::library::on_each_database;

#[tokio::test]
async fn the_sample_library_opens_whole_and_legible() {
    on_each_database(async |library| {
        open_sample(&library.app, library.user).await.unwrap();
        let feeds = library.app.store.subscriptions(library.user).await.unwrap();
        let titles: Vec<&str> = feeds.iter().map(yomu_store::Subscription::title).collect();
        assert_eq!(titles.len(), 6, "{titles:?}");
        // In UTF-8, EUC-JP and Shift_JIS.
        for title in ["栞と季節", "各駅停車の町", "月舟堂 入荷だより", "The Margin"] {
            assert!(titles.contains(&title), "{title} is not among {titles:?}");
        }
        for feed in &feeds {
            assert_eq!(feed.health.error_text, None, "{}", feed.title());
            assert!(!library.entries(feed.id).await.is_empty(), "{}", feed.title());
        }
        let saved = library.list(View::Saved).await;
        let sites: Vec<&str> = saved.iter().map(|page| page.feed_title.as_str()).collect();
        assert_eq!(sites, ["Plain Type Quarterly", "暮らしの手順書", "The Mending Table", "川向こう通信"]);
        // A page of 2003, whose menu stands before its article.
        let old = saved.iter().find(|page| page.title == "銭湯の番台から見た町").unwrap();
        assert!(old.excerpt.starts_with("2026年8月30日 文・戸川 いずみ"), "{}", old.excerpt);
        for entry in library.list(View::All).await {
            assert!(!entry.title.is_empty(), "{}", entry.url);
            let html = library.html(&entry).await;
            assert!(!html.is_empty(), "{}", entry.title);
            // What remains of a text that was read in the wrong encoding.
            for text in [&entry.title, &entry.excerpt, &html] {
                assert!(!text.contains('\u{FFFD}') && !text.contains('\u{80}'), "{}: {text}", entry.url);
            }
        }
        let shop = feeds.iter().find(|feed| feed.title() == "月舟堂 入荷だより").unwrap();
        assert!(library.titles(shop.id).await.contains(&"植物図譜の端本、三冊".to_owned()));
        assert_eq!(library.server.asked_in_all(), 0, "it needs no network");

        // Once more is no more.
        let before = library.list(View::All).await.len();
        open_sample(&library.app, library.user).await.unwrap();
        assert_eq!(library.list(View::All).await.len(), before);
    })
    .await;
}
