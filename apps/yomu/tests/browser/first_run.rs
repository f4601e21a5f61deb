//! From nothing to reading: the sample library, a mark and its way back, a star, a search, a new feed, keys alone.

use crate::driver::Driver;
use crate::site::{Site, Web};
use crate::window::eventually;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn somebody_new_opens_the_sample_reads_marks_stars_searches_and_adds() {
    let Some(browser) = Driver::start().await else { return };
    let site = Site::new().await;
    let web = Web::start().await;
    web.publish_numbered("/feed", "Two chairs", 1..=3);

    browser.open(&site.url("/")).await;
    browser.arrives("/welcome").await;
    browser.click("[action='/welcome/sample'] button").await;
    browser.arrives("/unread").await;
    let rows = browser.rows().await;
    assert!(rows.len() > 5 && rows.iter().all(|row| row.starts_with("• ")), "{rows:?}");

    // Reading marks, and the list is there beside it or behind it.
    browser.click(".entries > li:nth-child(2) h2 a").await;
    browser.until("document.querySelector('.read-pane .entry .body')").await;
    browser.until("document.querySelector('.entries > li:nth-child(2):not(.u)')").await;
    let read = async || site.all().await.iter().filter(|entry| !entry.unread).count();
    eventually(async || read().await == 1).await;

    browser.click(".read-pane [data-key=s]").await;
    eventually(async || site.all().await.iter().any(|entry| entry.starred && !entry.unread)).await;
    browser.until("document.querySelector('.entries > li:nth-child(2) .y')").await;

    // All of it, and back.
    browser.open(&site.url("/unread")).await;
    browser.click("[formaction='/mark']:not([name])").await;
    browser.says("entries marked read").await;
    eventually(async || site.all().await.iter().all(|entry| !entry.unread)).await;
    browser.click(".notice button").await;
    browser.says("Taken back").await;
    eventually(async || read().await == 1).await;

    browser.open(&site.url("/search")).await;
    browser.fill("input[type=search]", "comfortable line").await;
    browser.click("[role=search] button").await;
    browser.until("document.querySelector('.entries mark')").await;

    browser.open(&site.url("/add")).await;
    browser.fill("[name=address]", &web.url("/feed")).await;
    browser.click("main form button.main").await;
    browser.says("Subscribed").await;
    assert_eq!(browser.rows().await, ["• Entry 3", "• Entry 2", "• Entry 1"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn keys_alone_are_enough() {
    let Some(browser) = Driver::start().await else { return };
    let web = Web::start().await;
    let site = Site::with_entries(&web, 4).await;
    browser.open(&site.url("/unread")).await;
    browser.press("jj").await;
    browser.until("document.activeElement.textContent === 'Entry 3'").await;
    browser.press("m").await;
    assert_eq!(browser.rows().await, ["• Entry 4", "Entry 3", "• Entry 2", "• Entry 1"]);
    browser.press("ms").await;
    eventually(async || site.entry("Entry 3").await.starred && site.entry("Entry 3").await.unread).await;

    browser.press("o").await;
    browser.until("document.querySelector('.read-pane h1')?.textContent === 'Entry 3'").await;
    browser.press("j").await;
    browser.until("document.querySelector('.read-pane h1').textContent === 'Entry 2'").await;
    browser.press("n").await;
    browser.until("document.querySelector('.read-pane h1').textContent === 'Entry 1'").await;
    browser.press("n").await;
    browser.until("document.querySelector('.read-pane h1').textContent === 'Entry 4'").await;
    eventually(async || site.all().await.iter().all(|entry| !entry.unread)).await;
    browser.press("m").await;
    eventually(async || site.entry("Entry 4").await.unread).await;
    browser.press("u").await;
    browser.arrives("/unread").await;
    assert_eq!(browser.rows().await, ["• Entry 4", "Entry 3", "Entry 2", "Entry 1"], "the list is as it was left");

    browser.press("?").await;
    browser.until("document.querySelector('dialog[open] kbd')").await;
    browser.press("\u{e00c}").await; // Escape
    browser.until("!document.querySelector('dialog[open]')").await;
    browser.press("gs").await;
    browser.arrives("/starred").await;
    browser.press("ga").await;
    browser.arrives("/all").await;
    browser.press("A").await;
    browser.says("1 entry marked read").await;
    browser.press("/").await;
    browser.arrives("/search").await;
    browser.until("document.activeElement.type === 'search'").await;
    browser.press("gu?jk").await;
    let typed = browser.script("return document.activeElement.value").await;
    assert_eq!(typed, "gu?jk", "letters are letters where one types");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn single_keys_can_be_switched_off() {
    let Some(browser) = Driver::start().await else { return };
    let web = Web::start().await;
    let site = Site::with_entries(&web, 2).await;
    browser.open(&site.url("/keys")).await;
    browser.click("#keys-on").await;
    browser.open(&site.url("/unread")).await;
    browser.press("jm").await;
    assert_eq!(browser.rows().await, ["• Entry 2", "• Entry 1"]);
    browser.open(&site.url("/keys")).await;
    browser.click("#keys-on").await;
    browser.open(&site.url("/unread")).await;
    browser.press("jm").await;
    assert_eq!(browser.rows().await, ["Entry 2", "• Entry 1"]);
}
