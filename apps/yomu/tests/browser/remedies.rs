//! What helps a feed that fails, by one press, on every page that says so. The presses need no scripts.

use std::time::Duration;

use jiff::Timestamp;
use yomu_model::ids::SubscriptionId;
use yomu_store::{FailedCheck, FeedSource};

use crate::driver::Driver;
use crate::site::{Site, Web};

/// A feed that has ended.
async fn gone(site: &Site) -> SubscriptionId {
    let (store, now) = (&site.app.store, Timestamp::now());
    let source = FeedSource::at("https://gone.example/feed");
    let (id, feed, _) = store.subscribe(site.user, &source, None, Some("The harbour"), now).await.unwrap();
    let lease = store.claim_feed(feed, 7, Duration::from_secs(60), now).await.unwrap().unwrap().lease;
    let (kind, text) = ("gone".to_owned(), "`gone.example` says that this is gone for good (410)".to_owned());
    store.finish_failed(&FailedCheck { lease, kind, text, next_check_at: None }, now).await.unwrap();
    id
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_feed_is_kept_silently_and_heard_of_again() {
    let Some(browser) = Driver::without_scripts().await else { return };
    let site = Site::new().await;
    let id = gone(&site).await;
    browser.open(&site.url("/trouble")).await;
    browser.click("[formaction$='/hush']").await;
    browser.says("nothing more is said of it").await;
    browser.says("All feeds are well").await;
    browser.click(".notice button").await;
    browser.says("Taken back").await;

    browser.click("[formaction$='/hush']").await;
    browser.says("All feeds are well").await;
    browser.click("main summary").await;
    browser.click("[formaction$='/unhush']").await;
    browser.says("You hear of this feed’s trouble again").await;
    browser.until("document.querySelector('.troubles [formaction$=\"/hush\"]')").await;

    browser.open(&site.url(&format!("/feeds/{id}/settings"))).await;
    browser.click(".trouble [formaction$='/hush']").await;
    browser.says("Kept silently").await;
    browser.click(".trouble [formaction$='/unhush']").await;
    browser.until("document.querySelector('.trouble [formaction$=\"/hush\"]')").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn leaving_a_feed_in_trouble_asks_with_the_numbers_and_comes_back_to_the_list() {
    let Some(browser) = Driver::without_scripts().await else { return };
    let web = Web::start().await;
    let site = Site::with_entries(&web, 3).await;
    web.put("/feed", "text/html", "<p>We have moved.".to_owned());
    let feed = site.app.store.subscriptions(site.user).await.unwrap()[0].clone();
    yomu::actions::refresh_now::refresh_feed(&site.app, site.user, feed.id).await.unwrap_err();
    browser.open(&site.url("/feeds")).await;
    browser.click(".feeds summary").await;
    browser.click(".feeds [formmethod=get]").await;
    browser.says("Unsubscribing deletes 3 entries.").await;
    browser.click("main a.button").await;
    browser.arrives("/feeds").await;
    assert_eq!(site.app.store.subscriptions(site.user).await.unwrap().len(), 1);

    browser.click(".feeds summary").await;
    browser.click(".feeds [formmethod=get]").await;
    browser.says("Unsubscribing deletes 3 entries.").await;
    browser.click("main .danger").await;
    browser.arrives("/feeds").await;
    browser.says("Unsubscribed. It can be taken back for 24 hours").await;
    assert!(site.app.store.subscriptions(site.user).await.unwrap().is_empty());
    browser.click(".notice button").await;
    browser.says("Two chairs").await;
}
