//! An open page follows what happens elsewhere.

use yomu::actions::change_feed::{FeedChange, change_feed_partly};
use yomu::actions::mark::mark_entry;
use yomu::actions::tag::change_tags;
use yomu_store::FolderWish;

use crate::driver::Driver;
use crate::site::{Site, Web};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn new_entries_wait_above_the_list_and_nothing_moves() {
    let Some(browser) = Driver::start().await else { return };
    let web = Web::start().await;
    let site = Site::with_entries(&web, 40).await;
    browser.open(&site.url("/unread")).await;
    browser.script("document.querySelector('.entries > li:nth-child(20)').scrollIntoView()").await;
    let place = "return document.querySelector('.entries > li:nth-child(20)').getBoundingClientRect().top";
    let before = browser.script(place).await;
    web.publish_numbered("/feed", "Two chairs", 1..=43);
    site.refresh().await;
    browser.says("New: 3").await;
    browser.until("document.querySelector('.tabs .i-unread b').textContent === '43'").await;
    assert_eq!(browser.script(place).await, before);
    assert_eq!(browser.rows().await.len(), 40, "they come when they are asked for");

    browser.click(".news button").await;
    let rows = browser.rows().await;
    assert_eq!(rows[..4], ["• Entry 43", "• Entry 42", "• Entry 41", "• Entry 40"]);
    assert_eq!(rows.len(), 43);
    browser.until("document.activeElement.textContent === 'Entry 43'").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_read_elsewhere_is_counted_here() {
    let Some(browser) = Driver::start().await else { return };
    let web = Web::start().await;
    let site = Site::with_entries(&web, 5).await;
    browser.open(&site.url("/all")).await;
    let id = site.entry("Entry 3").await.id;
    mark_entry(&site.app, site.user, id, false).await.unwrap();
    browser.until("document.querySelector('.tabs .i-unread b').textContent === '4'").await;
    browser.until("!document.querySelector('.news button').checkVisibility()").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_number_stands_at_its_folder_and_not_at_a_tag_of_the_same_number() {
    let Some(browser) = Driver::start().await else { return };
    let web = Web::start().await;
    let site = Site::with_entries(&web, 3).await;
    let first = site.entry("Entry 1").await.id;
    let store = &site.app.store;
    let folder = store.folder_named(site.user, "News").await.unwrap();
    let feed = store.subscriptions(site.user).await.unwrap()[0].id;
    let change = FeedChange { folder: Some(FolderWish::In(folder)), ..FeedChange::default() };
    change_feed_partly(&site.app, site.user, feed, change).await.unwrap();
    change_tags(&site.app, site.user, first, "trains", "").await.unwrap();
    let tag = store.recent_tags(site.user, 1).await.unwrap()[0].0;
    assert_eq!(tag.get(), folder.get(), "the case that is tested");
    browser.open(&site.url("/all")).await;
    mark_entry(&site.app, site.user, first, false).await.unwrap();
    browser.until("document.querySelector('[href^=\"/folders/\"] b').textContent === '2'").await;
    browser
        .until("document.querySelector('[href^=\"/tags/\"]') && !document.querySelector('[href^=\"/tags/\"] b')")
        .await;
}
