//! The same without scripts: reading, marking, adding and searching are links and forms.

use crate::driver::Driver;
use crate::site::{Site, Web};
use crate::window::eventually;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everything_but_comfort_is_there_without_scripts() {
    let Some(browser) = Driver::without_scripts().await else { return };
    let site = Site::new().await;
    let web = Web::start().await;
    web.publish_numbered("/feed", "Two chairs", 1..=60);
    browser.resize(1440, 900).await;
    browser.open(&site.url("/")).await;
    browser.arrives("/welcome").await;
    browser.open(&site.url("/add")).await;
    browser.fill("[name=address]", &web.url("/feed")).await;
    browser.click("main form button.main").await;
    browser.says("Subscribed").await;
    assert!(!site.all().await.is_empty());
    let comfort = browser.script("return getComputedStyle(document.querySelector('[data-keep]')).display").await;
    assert_eq!(comfort, "none", "scripts are off, and what only they can do is not offered");

    browser.open(&site.url("/unread?order=oldest")).await;
    browser.click(".entries > li:first-child h2 a").await;
    browser.says("The text of entry 1.").await;
    assert!(site.entry("Entry 1").await.unread, "opening alone writes nothing");
    browser.click("[formaction$='/star']").await;
    eventually(async || site.entry("Entry 1").await.starred).await;
    browser.until("document.querySelector('[formaction$=\"/unstar\"]')").await;
    browser.click(".turn .main").await;
    browser.says("The text of entry 2.").await;
    assert!(!site.entry("Entry 1").await.unread);

    browser.open(&site.url("/unread")).await;
    browser.click(".entries > li:first-child .r").await;
    eventually(async || !site.entry("Entry 60").await.unread).await;
    browser.open(&site.url("/unread")).await;
    browser.click("[formaction='/mark']:not([name])").await;
    browser.says("marked read").await;
    browser.click(".notice button").await;
    browser.says("Taken back").await;
    assert!(site.entry("Entry 30").await.unread);

    browser.open(&site.url("/search")).await;
    browser.fill("input[type=search]", "\"entry 17\"").await;
    browser.click("[role=search] button").await;
    browser.until("document.querySelector('.entries > li')").await;
    assert_eq!(browser.rows().await, ["• Entry 17"]);
}
